/// The directory of a ZIP file, checked before anything is inflated.
///
/// Only what the central directory says is believed, and only when it agrees with itself: ranges inside the file, no
/// overlaps (a bomb of a few kilobytes is made of overlapping entries), no two parts of one name, no way out of the
/// folder, sizes within `ReadLimits`. Sizes are enforced again while inflating.
package struct ZipArchive: Sendable {
  package struct Entry: Sendable, Hashable {
    /// With `/` between the folders.
    package let name: String
    package let inflatedSize: Int
    let compressedSize: Int
    let headerOffset: Int
    let isDeflated: Bool
    let checksum: UInt32
  }

  package let entries: [Entry]
  let bytes: [UInt8]
  /// By name in ASCII lower case: names of Office parts do not differ by case.
  private let byName: [String: Int]

  package init(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) throws(TabularError) {
    self.bytes = bytes
    guard bytes.count <= limits.fileBytes else {
      throw .tooLarge("\(bytes.count >> 20) MB", "\(bytes.count >> 20) MB")
    }
    let directory = try Directory(of: bytes)
    guard directory.count <= limits.zipEntries else {
      throw .suspicious("部品が\(directory.count)個あります", "it holds \(directory.count) parts")
    }
    var entries: [Entry] = []
    entries.reserveCapacity(directory.count)
    var byName: [String: Int] = [:]
    var offset = directory.offset
    for _ in 0..<directory.count {
      let entry = try Self.entry(bytes, at: &offset, end: directory.end)
      try Self.check(entry, limits)
      guard byName.updateValue(entries.count, forKey: entry.name.asciiLowercased) == nil else {
        throw .suspicious("同じ名前の部品が2つあります", "two parts have the same name")
      }
      entries.append(entry)
    }
    try Self.checkTogether(entries, limits)
    self.entries = entries
    self.byName = byName
  }

  package func entry(named name: String) -> Entry? { byName[name.asciiLowercased].map { entries[$0] } }

  /// A part, whole. For parts that may be large, `PartStream`.
  package func read(_ entry: Entry) throws(TabularError) -> [UInt8] {
    var stream = try PartStream(self, entry)
    var content = [UInt8](repeating: 0, count: entry.inflatedSize)
    var filled = 0
    while filled < content.count {
      let room = filled
      let got = try content.withUnsafeMutableBufferPointer { (buffer) throws(TabularError) -> Int in
        try stream.read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[room...])))
      }
      guard got > 0 else { break }
      filled += got
    }
    try stream.finish()
    return content
  }
}

// MARK: - Checks

extension ZipArchive {
  private static func check(_ entry: Entry, _ limits: ReadLimits) throws(TabularError) {
    let folders = entry.name.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
    let hasTrick =
      entry.name.utf8.first == 0x2f || entry.name.utf8.contains(0) || entry.name.utf8.contains(0x3a)
      || folders.contains { $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) }
    guard !hasTrick else {
      throw .suspicious("部品の名前が外のフォルダーを指しています", "a part is named to leave its folder")
    }
    guard entry.inflatedSize <= 8 << 20 || entry.inflatedSize / max(1, entry.compressedSize) <= limits.inflationRatio
    else {
      throw .suspicious(
        "展開すると\(entry.inflatedSize / max(1, entry.compressedSize))倍に膨らみます",
        "it would grow \(entry.inflatedSize / max(1, entry.compressedSize)) times"
      )
    }
  }

  private static func checkTogether(_ entries: [Entry], _ limits: ReadLimits) throws(TabularError) {
    var total = 0
    for entry in entries {
      total += entry.inflatedSize
      guard total <= limits.inflatedBytes else {
        throw .suspicious(
          "展開すると\(limits.inflatedBytes >> 20) MBを超えます",
          "it would grow beyond \(limits.inflatedBytes >> 20) MB"
        )
      }
    }
    var end = 0
    for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
      guard entry.headerOffset >= end else {
        throw .suspicious("部品どうしが重なっています", "its parts overlap")
      }
      end = entry.headerOffset + 30 + entry.compressedSize
    }
  }
}

// MARK: - Reading the directory (APPNOTE.TXT 4.3)

extension ZipArchive {
  /// Where the central directory lies, checked to lie inside the file.
  struct Directory {
    var offset: Int
    var count: Int
    var end: Int

    init(of bytes: [UInt8]) throws(TabularError) {
      guard let record = Self.endRecord(bytes) else {
        throw .damaged("ZIPの目録がありません", "the directory of the ZIP file is missing")
      }
      count = bytes.littleEndian16(record + 10)
      offset = bytes.littleEndian32(record + 16)
      end = record
      let needs64 = count == 0xffff || offset == 0xffff_ffff
      if needs64, record >= 20, bytes.littleEndian32(record - 20) == 0x0706_4b50 {
        guard let record64 = bytes.littleEndian64(record - 12), record64 <= bytes.count - 56,
          bytes.littleEndian32(record64) == 0x0606_4b50, let count64 = bytes.littleEndian64(record64 + 32),
          let offset64 = bytes.littleEndian64(record64 + 48)
        else { throw .damaged("ZIP64の目録が読めません", "the ZIP64 directory is unreadable") }
        count = count64
        offset = offset64
        end = record64
      }
      guard offset <= end, count <= (end - offset) / 46 else {
        throw .damaged("ZIPの目録が途中で切れています", "the directory of the ZIP file is cut off")
      }
    }

    /// The last place that carries the signature and whose comment ends with the file.
    private static func endRecord(_ bytes: [UInt8]) -> Int? {
      guard bytes.count >= 22 else { return nil }
      let lowest = max(0, bytes.count - 22 - 0xffff)
      var at = bytes.count - 22
      while at >= lowest {
        if bytes[at] == 0x50, bytes.littleEndian32(at) == 0x0605_4b50,
          at + 22 + bytes.littleEndian16(at + 20) <= bytes.count
        {
          return at
        }
        at -= 1
      }
      return nil
    }
  }

  private static func entry(_ bytes: [UInt8], at offset: inout Int, end: Int) throws(TabularError) -> Entry {
    let cutOff = TabularError.damaged("ZIPの目録が途中で切れています", "the directory of the ZIP file is cut off")
    let start = offset
    guard start <= end - 46, bytes.littleEndian32(start) == 0x0201_4b50 else { throw cutOff }
    let nameEnd = start + 46 + bytes.littleEndian16(start + 28)
    let extraEnd = nameEnd + bytes.littleEndian16(start + 30)
    offset = extraEnd + bytes.littleEndian16(start + 32)
    guard offset <= end else { throw cutOff }
    guard bytes.littleEndian16(start + 8) & 0x41 == 0 else { throw .passwordProtected }
    let method = bytes.littleEndian16(start + 10)
    guard method == 0 || method == 8 else {
      throw .damaged("圧縮方式\(method)には対応していません", "compression method \(method) is not supported")
    }
    var sizes = [
      bytes.littleEndian32(start + 24), bytes.littleEndian32(start + 20), bytes.littleEndian32(start + 42),
    ]
    try read64(bytes, extra: nameEnd..<extraEnd, into: &sizes)
    let (inflated, compressed, header) = (sizes[0], sizes[1], sizes[2])
    guard header <= bytes.count - 30, compressed <= bytes.count - 30 - header else { throw cutOff }
    guard method == 8 || inflated == compressed else {
      throw .damaged("部品の大きさが合いません", "the size of a part does not match")
    }
    // Some libraries of the .NET world write backslashes; Excel reads them as slashes.
    let name = String(decoding: bytes[(start + 46)..<nameEnd].map { $0 == 0x5c ? 0x2f : $0 }, as: UTF8.self)
    return Entry(
      name: name,
      inflatedSize: inflated,
      compressedSize: compressed,
      headerOffset: header,
      isDeflated: method == 8,
      checksum: UInt32(truncatingIfNeeded: bytes.littleEndian32(start + 16))
    )
  }

  /// Sizes that did not fit into 32 bits stand in the extra field 1, in this order, only those that are needed.
  private static func read64(_ bytes: [UInt8], extra: Range<Int>, into sizes: inout [Int]) throws(TabularError) {
    guard sizes.contains(0xffff_ffff) else { return }
    var at = extra.lowerBound
    while at + 4 <= extra.upperBound {
      let length = bytes.littleEndian16(at + 2)
      guard at + 4 + length <= extra.upperBound else { break }
      if bytes.littleEndian16(at) == 1 {
        var value = at + 4
        for index in sizes.indices where sizes[index] == 0xffff_ffff && value + 8 <= at + 4 + length {
          guard let size = bytes.littleEndian64(value) else { break }
          sizes[index] = size
          value += 8
        }
      }
      at += 4 + length
    }
    guard sizes.allSatisfy({ $0 < 1 << 40 }) else {
      throw .damaged("部品の大きさが合いません", "the size of a part does not match")
    }
  }
}

extension [UInt8] {
  // The callers have checked that the bytes are there.
  func littleEndian16(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }

  func littleEndian32(_ at: Int) -> Int { littleEndian16(at) | littleEndian16(at + 2) << 16 }

  /// Nil for what no file on earth can be as large as.
  func littleEndian64(_ at: Int) -> Int? {
    let high = littleEndian32(at + 4)
    return high < 1 << 16 ? littleEndian32(at) | high << 32 : nil
  }
}

extension String {
  var asciiLowercased: String {
    String(decoding: utf8.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
