import CZlib

/// The content of one part of a ZIP file, a piece at a time, checked against the size and the checksum of the
/// directory: what is longer than announced is refused before it takes memory.
package struct PartStream: ~Copyable {
  private let bytes: [UInt8]
  private let entry: ZipArchive.Entry
  private var position: Int
  private let end: Int
  private var produced = 0
  private var checksum: UInt = 0
  /// On the heap, because zlib keeps the address of its own struct. Nil for a part that is stored as it is.
  private let inflater: UnsafeMutablePointer<z_stream>?

  package init(_ archive: ZipArchive, _ entry: ZipArchive.Entry) throws(TabularError) {
    let bytes = archive.bytes
    let header = entry.headerOffset
    guard header + 30 <= bytes.count, bytes.littleEndian32(header) == 0x0403_4b50 else { throw Self.broken(entry) }
    // The extra field here may be longer than the one in the directory.
    let start = header + 30 + bytes.littleEndian16(header + 26) + bytes.littleEndian16(header + 28)
    guard start + entry.compressedSize <= bytes.count else { throw Self.broken(entry) }
    let inflater = entry.isDeflated ? UnsafeMutablePointer<z_stream>.allocate(capacity: 1) : nil
    if let inflater {
      inflater.initialize(to: z_stream())
      // Minus the window bits: raw deflate without zlib's own header.
      guard inflateInit2_(inflater, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        inflater.deallocate()
        throw Self.broken(entry)
      }
    }
    self.bytes = bytes
    self.entry = entry
    self.inflater = inflater
    position = start
    end = start + entry.compressedSize
  }

  deinit {
    guard let inflater else { return }
    inflateEnd(inflater)
    inflater.deallocate()
  }

  /// Fills as much of `room` as there is content for, at least a byte; 0 at the end of the part.
  package mutating func read(into room: UnsafeMutableRawBufferPointer) throws(TabularError) -> Int {
    guard let start = room.baseAddress, room.count > 0, produced < entry.inflatedSize else { return 0 }
    let wanted = min(room.count, entry.inflatedSize - produced, 1 << 30)
    let got =
      try inflater.map { (stream) throws(TabularError) in try inflate(stream, start, wanted) }
      ?? copy(to: start, wanted)
    guard got > 0 else { throw Self.broken(entry) }
    produced += got
    checksum = crc32(checksum, start.assumingMemoryBound(to: UInt8.self), UInt32(got))
    return got
  }

  /// To be called when everything has been read: tells a damaged part from a whole one.
  package mutating func finish() throws(TabularError) {
    guard produced == entry.inflatedSize, UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw Self.broken(entry)
    }
  }

  private mutating func inflate(
    _ stream: UnsafeMutablePointer<z_stream>,
    _ start: UnsafeMutableRawPointer,
    _ wanted: Int
  ) throws(TabularError) -> Int {
    let from = position
    let input = min(end - from, 1 << 30)
    let status = bytes.withUnsafeBufferPointer { buffer in
      // zlib does not write to its input; its old signature says otherwise.
      stream.pointee.next_in = buffer.baseAddress.map { UnsafeMutablePointer(mutating: $0 + from) }
      stream.pointee.avail_in = UInt32(input)
      stream.pointee.next_out = start.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(wanted)
      return CZlib.inflate(stream, Z_SYNC_FLUSH)
    }
    position += input - Int(stream.pointee.avail_in)
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw Self.broken(entry) }
    return wanted - Int(stream.pointee.avail_out)
  }

  private mutating func copy(to start: UnsafeMutableRawPointer, _ wanted: Int) -> Int {
    let from = position
    let count = min(wanted, end - from)
    bytes.withUnsafeBytes { buffer in
      start.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[from..<(from + count)]))
    }
    position += count
    return count
  }

  private static func broken(_ entry: ZipArchive.Entry) -> TabularError {
    .damaged("部品 \(entry.name) が読めません", "its part \(entry.name) is unreadable")
  }
}

extension UnsafeMutableRawPointer {
  fileprivate func copyMemory(from buffer: UnsafeRawBufferPointer) {
    guard let base = buffer.baseAddress else { return }
    copyMemory(from: base, byteCount: buffer.count)
  }
}
