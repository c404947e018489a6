import CZlib
import Crypto
import Tabular

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The content of a source, a piece at a time. Gzip is inflated on the way, its checksum and length looked at; the
/// content is never whole in memory. One reader at a time.
package final class ByteStream {
  private let source: FeedSource
  private let limits: FeedLimits
  private var position = 0
  private var file: UnsafeMutablePointer<FILE>?
  private var part: PartStream?
  private var isPartDone = false
  /// What zlib works on; nil where the content is as it is.
  private var inflater: UnsafeMutablePointer<z_stream>?
  private let packed: UnsafeMutableRawBufferPointer
  private var packedRange = 0..<0
  private var isInflated = false
  private var hasher: SHA256?
  /// Bytes handed out so far.
  package private(set) var count = 0
  /// Whether the content came out of gzip.
  package private(set) var isCompressed = false

  init(_ source: FeedSource, _ limits: FeedLimits) throws(FeedError) {
    self.source = source
    self.limits = limits
    packed = .allocate(byteCount: 64 << 10, alignment: 16)
    if source.digest != nil { hasher = SHA256() }
    if case .file(let path) = source.content {
      file = fopen(path, "rb")
      guard file != nil else { throw .unreadable(source.name) }
    }
    if case .part(let archive, let entry) = source.content {
      do throws(TabularError) { part = try PartStream(archive, entry) } catch { throw FeedError(error) }
    }
    while packedRange.count < 2 {
      let got = try readRaw(UnsafeMutableRawBufferPointer(rebasing: packed[packedRange.upperBound...]))
      guard got > 0 else { break }
      packedRange = 0..<(packedRange.upperBound + got)
    }
    if packedRange.count >= 2, packed[0] == 0x1f, packed[1] == 0x8b { try startInflating() }
  }

  deinit {
    if let file { fclose(file) }
    if let inflater {
      inflateEnd(inflater)
      inflater.deallocate()
    }
    packed.deallocate()
  }

  /// Fills as much of `room` as there is content for, at least a byte; 0 at the end.
  package func read(into room: UnsafeMutableRawBufferPointer) throws(FeedError) -> Int {
    guard !room.isEmpty else { return 0 }
    let got = if let inflater { try inflate(inflater, room) } else { try copy(into: room) }
    count += got
    guard count <= limits.inflatedBytes else {
      let size = "\(limits.inflatedBytes >> 20) MB"
      throw .tooLarge("展開すると\(size)を超えます", "it would grow beyond \(size)")
    }
    if got > 0 { hasher?.update(bufferPointer: UnsafeRawBufferPointer(rebasing: room[..<got])) } else { endDigest() }
    return got
  }

  private func endDigest() {
    guard let hash = hasher?.finalize() else { return }
    hasher = nil
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    source.digest?.set(String(decoding: text, as: UTF8.self), size: count)
  }

  /// The next bytes, at most so many.
  package func read(upTo limit: Int) throws(FeedError) -> [UInt8] {
    var content: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: min(max(limit, 1), 256 << 10), alignment: 16)
    defer { piece.deallocate() }
    while content.count < limit {
      let room = UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, limit - content.count)])
      let got = try read(into: room)
      guard got > 0 else { break }
      content.append(contentsOf: room[..<got])
    }
    return content
  }

  // MARK: - Raw bytes

  private func copy(into room: UnsafeMutableRawBufferPointer) throws(FeedError) -> Int {
    guard packedRange.isEmpty else {
      let amount = min(room.count, packedRange.count)
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: packed[packedRange.prefix(amount)]))
      packedRange = packedRange.dropFirst(amount)
      return amount
    }
    return try readRaw(room)
  }

  private func readRaw(_ room: UnsafeMutableRawBufferPointer) throws(FeedError) -> Int {
    switch source.content {
    case .memory(let bytes):
      let amount = min(room.count, bytes.count - position)
      guard amount > 0 else { return 0 }
      bytes.withUnsafeBytes {
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<(position + amount)]))
      }
      position += amount
      return amount
    case .file:
      guard let file else { return 0 }
      let got = fread(room.baseAddress, 1, room.count, file)
      guard got > 0 || ferror(file) == 0 else { throw .unreadable(source.name) }
      return got
    case .part:
      guard !isPartDone else { return 0 }
      do throws(TabularError) {
        let got = try part?.read(into: room) ?? 0
        if got == 0 {
          isPartDone = true
          try part?.finish()
        }
        return got
      } catch { throw FeedError(error) }
    }
  }

  // MARK: - Gzip (RFC 1952)

  private func startInflating() throws(FeedError) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 window bits, plus 16 for gzip with its checksum and length.
    guard inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      throw .damaged("gzipとして読めません", "it does not read as gzip")
    }
    inflater = stream
    isCompressed = true
  }

  private func inflate(
    _ stream: UnsafeMutablePointer<z_stream>,
    _ room: UnsafeMutableRawBufferPointer
  ) throws(FeedError) -> Int {
    while !isInflated {
      if packedRange.isEmpty {
        let got = try readRaw(packed)
        guard got > 0 else { throw .damaged("gzipが途中で切れています", "its gzip data is cut off") }
        packedRange = 0..<got
      }
      let wanted = min(room.count, 1 << 30)
      let start = packed.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.next_in = start.map { $0 + packedRange.lowerBound }
      stream.pointee.avail_in = UInt32(packedRange.count)
      stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(wanted)
      let status = CZlib.inflate(stream, Z_NO_FLUSH)
      packedRange = (packedRange.upperBound - Int(stream.pointee.avail_in))..<packedRange.upperBound
      let got = wanted - Int(stream.pointee.avail_out)
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: try endMember(stream)
      default: throw .damaged("gzipの検査値が合いません", "its gzip data or check sum is wrong")
      }
      if got > 0 { return got }
    }
    return 0
  }

  /// Files made by joining gzip files are gzip files (RFC 1952, 2.2). Zeros behind the last are padding of tapes.
  private func endMember(_ stream: UnsafeMutablePointer<z_stream>) throws(FeedError) {
    if packedRange.isEmpty {
      let got = try readRaw(packed)
      packedRange = 0..<got
    }
    guard let next = packedRange.first, packed[next] == 0x1f else {
      isInflated = true
      return
    }
    inflateReset(stream)
  }
}
