import CZlib

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes a ZIP file to disk a part at a time (APPNOTE.TXT 4.3): parts are deflated on the way and never held whole. Up to
/// 4 GB and 65,535 parts, which every program opens.
package struct ZipWriter: ~Copyable {
  private struct Part {
    let name: [UInt8]
    let checksum: UInt32
    let packed: Int
    let size: Int
    let offset: Int
  }

  private let file: UnsafeMutablePointer<FILE>
  private let path: String
  private var parts: [Part] = []
  private var offset = 0

  /// Makes the file anew, readable by its owner only. Throws what the system says.
  package init(_ path: String) throws(ZipWriteError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ZipWriteError(path, errno) }
    guard let file = fdopen(descriptor, "w+b") else {
      let number = errno
      close(descriptor)
      throw ZipWriteError(path, number)
    }
    self.file = file
    self.path = path
  }

  deinit { fclose(file) }

  /// Adds a part. `next` gives its bytes piece by piece, and an empty piece at the end.
  package mutating func add(_ name: String, _ next: () throws -> [UInt8]) throws {
    let name = Array(name.utf8)
    let start = offset
    // What is not known yet is filled in behind the part.
    try put(Self.local(name, checksum: 0, packed: 0, size: 0))
    var checksum: UInt = crc32(0, nil, 0)
    var size = 0
    let before = offset
    let deflater = try Deflater(path)
    while true {
      let piece = try next()
      if piece.isEmpty { break }
      size += piece.count
      checksum = piece.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
      for packed in try deflater.deflate(piece, isLast: false) { try put(packed) }
    }
    for packed in try deflater.deflate([], isLast: true) { try put(packed) }
    guard offset < Int(UInt32.max), size < Int(UInt32.max), parts.count < 65_535 else {
      throw ZipWriteError(path, EFBIG)
    }
    let part = Part(
      name: name,
      checksum: UInt32(truncatingIfNeeded: checksum),
      packed: offset - before,
      size: size,
      offset: start
    )
    guard fseek(file, start, SEEK_SET) == 0 else { throw ZipWriteError(path, errno) }
    let header = Self.local(name, checksum: part.checksum, packed: part.packed, size: size)
    guard fwrite(header, 1, header.count, file) == header.count, fseek(file, 0, SEEK_END) == 0 else {
      throw ZipWriteError(path, errno)
    }
    parts.append(part)
  }

  /// Adds a part that lies in memory.
  package mutating func add(_ name: String, _ bytes: [UInt8]) throws {
    var rest: [UInt8] = bytes
    try add(name) {
      defer { rest = [] }
      return rest
    }
  }

  /// Writes the directory and puts everything on the disk.
  package mutating func finish() throws(ZipWriteError) {
    let start = offset
    for part in parts { try put(Self.entry(part)) }
    let size = offset - start
    try put(
      [0x50, 0x4b, 5, 6] + Self.short(0) + Self.short(0) + Self.short(parts.count) + Self.short(parts.count)
        + Self.long(UInt32(size)) + Self.long(UInt32(start)) + Self.short(0)
    )
    guard fflush(file) == 0, fsync(fileno(file)) == 0 else { throw ZipWriteError(path, errno) }
  }

  private mutating func put(_ bytes: [UInt8]) throws(ZipWriteError) {
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw ZipWriteError(path, errno) }
    offset += bytes.count
  }

  /// Version 2.0, names in UTF-8 (bit 11), deflated; the date is that of DOS's first day, so that the same parts are the
  /// same file.
  private static func common(checksum: UInt32, packed: Int, size: Int, _ name: [UInt8]) -> [UInt8] {
    short(0x0800) + short(8) + short(0) + short(0x21) + long(checksum) + long(UInt32(packed)) + long(UInt32(size))
      + short(name.count)
  }

  private static func local(_ name: [UInt8], checksum: UInt32, packed: Int, size: Int) -> [UInt8] {
    [0x50, 0x4b, 3, 4] + short(20) + common(checksum: checksum, packed: packed, size: size, name) + short(0) + name
  }

  private static func entry(_ part: Part) -> [UInt8] {
    [0x50, 0x4b, 1, 2] + short(20) + short(20)
      + common(checksum: part.checksum, packed: part.packed, size: part.size, part.name) + short(0) + short(0)
      + short(0) + short(0) + long(0) + long(UInt32(part.offset)) + part.name
  }

  private static func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
  private static func long(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
}

/// zlib's deflate without a header of its own.
final class Deflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private let path: String

  init(_ path: String) throws(ZipWriteError) {
    self.path = path
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard
      deflateInit2_(stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else {
      stream.deallocate()
      throw ZipWriteError(path, ENOMEM)
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func deflate(_ bytes: [UInt8], isLast: Bool) throws(ZipWriteError) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var room = [UInt8](repeating: 0, count: 64 << 10)
    let status = bytes.withUnsafeBufferPointer { input -> Int32 in
      // zlib does not write to its input; its old signature says otherwise.
      stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
      stream.pointee.avail_in = UInt32(input.count)
      var status = Z_OK
      repeat {
        let got = room.withUnsafeMutableBufferPointer { output -> Int in
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          status = CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return output.count - Int(stream.pointee.avail_out)
        }
        if got > 0 { pieces.append(Array(room[..<got])) }
      } while status == Z_OK && (stream.pointee.avail_out == 0 || (isLast && status != Z_STREAM_END))
      return status
    }
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw ZipWriteError(path, EIO) }
    return pieces
  }
}
