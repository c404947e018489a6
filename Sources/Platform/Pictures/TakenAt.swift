/// When a photograph was taken, as its camera wrote it (Exif 2.32 §4.6.5: DateTimeOriginal, else DateTimeDigitized, else
/// DateTime). It is the camera's own wall clock; what zone that was is not said, and not guessed.
package struct TakenAt: Sendable, Hashable {
  /// `2026-11-20`
  package let day: String
  /// `14:05`
  package let time: String

  /// Nil where the file has no such mark or it makes no sense.
  package init?(jpeg bytes: [UInt8]) {
    guard let block = Self.exif(bytes), let taken = Self.read(block) else { return nil }
    self = taken
  }

  /// The TIFF block of the first APP1 segment that begins with `Exif`.
  private static func exif(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF {
      let marker = bytes[at + 1]
      if marker == 0xFF {
        at += 1
        continue
      }
      // Behind the start of a scan there are only squares.
      guard marker != 0xDA, marker != 0xD9 else { return nil }
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      let end = at + 2 + length
      guard length >= 2, end <= bytes.count else { return nil }
      let head = Array("Exif\0\0".utf8)
      if marker == 0xE1, length > 8 + head.count, bytes[(at + 4)..<(at + 4 + head.count)].elementsEqual(head) {
        return bytes[(at + 4 + head.count)..<end]
      }
      at = end
    }
    return nil
  }

  private static func read(_ block: ArraySlice<UInt8>) -> TakenAt? {
    let tiff = Tiff(Array(block))
    guard let first = tiff.start else { return nil }
    let main = tiff.entries(at: first)
    let detail = main[0x8769].map { tiff.entries(at: $0.value) } ?? [:]
    let texts = [detail[0x9003], detail[0x9004], main[0x0132]].compactMap { $0.flatMap(tiff.text) }
    return texts.lazy.compactMap(TakenAt.init(text:)).first
  }

  /// `2026:11:20 14:05:09`; cameras without a clock write zeros or blanks.
  private init?(text: String) {
    let parts = text.split { ":" == $0 || " " == $0 }.compactMap { Int($0) }
    guard parts.count >= 5, (1990...2200).contains(parts[0]), (1...12).contains(parts[1]), (1...31).contains(parts[2]),
      (0...23).contains(parts[3]), (0...59).contains(parts[4])
    else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    day = "\(parts[0])-\(two(parts[1]))-\(two(parts[2]))"
    time = "\(two(parts[3])):\(two(parts[4]))"
  }
}

/// The directories of a TIFF block. Every offset is checked; nothing is followed twice.
private struct Tiff {
  struct Entry {
    let type: Int
    let count: Int
    let value: Int
    /// Where the four bytes of the value stand.
    let place: Int
  }

  private let bytes: [UInt8]
  private let isLittle: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isLittle = bytes.first == 0x49
  }

  var start: Int? {
    guard bytes.count >= 8, number(2, 2) == 42, let first = number(4, 4), first >= 8 else { return nil }
    return first
  }

  private func number(_ at: Int, _ width: Int) -> Int? {
    guard at >= 0, at + width <= bytes.count else { return nil }
    let part = bytes[at..<at + width]
    return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
  }

  func entries(at start: Int) -> [Int: Entry] {
    guard let count = number(start, 2), count <= 512 else { return [:] }
    var entries: [Int: Entry] = [:]
    for index in 0..<count {
      let at = start + 2 + 12 * index
      guard let tag = number(at, 2), let type = number(at + 2, 2), let count = number(at + 4, 4),
        let value = number(at + 8, 4)
      else { break }
      entries[tag] = Entry(type: type, count: count, value: value, place: at + 8)
    }
    return entries
  }

  /// An ASCII value of at most 64 bytes.
  func text(_ entry: Entry) -> String? {
    guard entry.type == 2, (1...64).contains(entry.count) else { return nil }
    let start = entry.count <= 4 ? entry.place : entry.value
    guard start >= 0, start + entry.count <= bytes.count else { return nil }
    return String(decoding: bytes[start..<start + entry.count].prefix { $0 != 0 }, as: UTF8.self)
  }
}
