import CZlib

/// A ZIP file in which some parts hold something else. All others are copied as they lie, header and data, byte for byte,
/// and stay in their order.
enum ZipPatch {
  private struct Member {
    /// In the central directory.
    let directory: Range<Int>
    let offset: Int
    let name: String
  }

  static func replacing(_ contents: [String: [UInt8]], in archive: ZipArchive) throws(TabularError) -> [UInt8] {
    let bytes = archive.bytes
    let directory = try ZipArchive.Directory(of: bytes)
    guard bytes.littleEndian32(directory.end) == 0x0605_4b50 else {
      throw .damaged("ZIP64のため書き換えられません", "it is a ZIP64 file, which is not rewritten")
    }
    let members = Self.members(bytes, directory)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 4096)
    var offsets: [String: Int] = [:]
    var sizes: [String: (checksum: Int, packed: Int, size: Int)] = [:]
    let byOffset = members.sorted { $0.offset < $1.offset }
    output += bytes[..<(byOffset.first?.offset ?? directory.offset)]
    for (index, member) in byOffset.enumerated() {
      let end = index + 1 < byOffset.count ? byOffset[index + 1].offset : directory.offset
      offsets[member.name] = output.count
      guard let content = contents[member.name] else {
        output += bytes[member.offset..<end]
        continue
      }
      let packed = try Self.deflated(content)
      let checksum = Int(content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) })
      sizes[member.name] = (checksum, packed.count, content.count)
      let nameLength = bytes.littleEndian16(member.offset + 26)
      var header = Array(bytes[member.offset..<(member.offset + 30 + nameLength)])
      // Sizes stand in the header, not behind the data.
      Self.put(header.littleEndian16(6) & ~8, 2, at: 6, in: &header)
      Self.put(8, 2, at: 8, in: &header)
      Self.put(checksum, 4, at: 14, in: &header)
      Self.put(packed.count, 4, at: 18, in: &header)
      Self.put(content.count, 4, at: 22, in: &header)
      Self.put(0, 2, at: 28, in: &header)
      output += header
      output += packed
    }
    let start = output.count
    for member in members {
      var line = Array(bytes[member.directory])
      Self.put(offsets[member.name] ?? 0, 4, at: 42, in: &line)
      if let (checksum, packed, size) = sizes[member.name] {
        Self.put(line.littleEndian16(8) & ~8, 2, at: 8, in: &line)
        Self.put(8, 2, at: 10, in: &line)
        Self.put(checksum, 4, at: 16, in: &line)
        Self.put(packed, 4, at: 20, in: &line)
        Self.put(size, 4, at: 24, in: &line)
      }
      output += line
    }
    var end = Array(bytes[directory.end...])
    Self.put(output.count - start, 4, at: 12, in: &end)
    Self.put(start, 4, at: 16, in: &end)
    return output + end
  }

  /// The archive has checked that the directory is whole.
  private static func members(_ bytes: [UInt8], _ directory: ZipArchive.Directory) -> [Member] {
    var members: [Member] = []
    var at = directory.offset
    for _ in 0..<directory.count {
      let name = at + 46
      let nameEnd = name + bytes.littleEndian16(at + 28)
      let end = nameEnd + bytes.littleEndian16(at + 30) + bytes.littleEndian16(at + 32)
      members.append(
        Member(
          directory: at..<end,
          offset: bytes.littleEndian32(at + 42),
          name: String(decoding: bytes[name..<nameEnd].map { $0 == 0x5c ? 0x2f : $0 }, as: UTF8.self)
        )
      )
      at = end
    }
    return members
  }

  private static func deflated(_ content: [UInt8]) throws(TabularError) -> [UInt8] {
    do {
      let deflater = try Deflater("")
      return Array(
        (try deflater.deflate(content, isLast: false) + deflater.deflate([], isLast: true)).joined()
      )
    } catch {
      throw .damaged("圧縮できませんでした", "a part could not be packed")
    }
  }

  private static func put(_ value: Int, _ count: Int, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<count { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
  }
}
