/// The encodings of files a hospital receives.
package enum TextEncoding: String, Sendable, CaseIterable, Codable {
  case utf8, utf8BOM, utf16LE, utf16BE, cp932, eucJP

  /// What to call it on a page.
  package var title: Localized {
    switch self {
    case .utf8: Localized(both: "UTF-8")
    case .utf8BOM: Localized(ja: "UTF-8（BOM付き）", en: "UTF-8 with BOM")
    case .utf16LE: Localized(ja: "UTF-16（リトルエンディアン）", en: "UTF-16 (little endian)")
    case .utf16BE: Localized(ja: "UTF-16（ビッグエンディアン）", en: "UTF-16 (big endian)")
    case .cp932: Localized(ja: "Shift_JIS（CP932）", en: "Shift_JIS (CP932)")
    case .eucJP: Localized(both: "EUC-JP")
    }
  }

  /// The likeliest encoding: by the mark at the front, then UTF-16 by its zero bytes, then UTF-8 when every byte fits,
  /// then EUC-JP when it fits and shows kana, and CP932 else. A person may choose another.
  package static func detect(_ bytes: [UInt8]) -> TextEncoding {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return .utf8BOM }
    if bytes.starts(with: [0xff, 0xfe]) { return .utf16LE }
    if bytes.starts(with: [0xfe, 0xff]) { return .utf16BE }
    if let wide = detectUTF16(bytes) { return wide }
    if bytes.allSatisfy({ $0 < 128 }) || String(validating: bytes, as: UTF8.self) != nil { return .utf8 }
    return looksLikeEUC(bytes) ? .eucJP : .cp932
  }

  /// The text, with a byte order mark dropped. Bytes that are no text become U+FFFD and are listed.
  package func decode(_ bytes: [UInt8]) -> Decoded {
    switch self {
    case .utf8, .utf8BOM: Self.decodeUTF8(bytes)
    case .utf16LE: Self.decodeUTF16(bytes, high: 1)
    case .utf16BE: Self.decodeUTF16(bytes, high: 0)
    case .cp932: CP932.decode(bytes)
    case .eucJP: CP932.decodeEUC(bytes)
    }
  }

  /// The bytes of a text, with the mark where the encoding has one (UTF-16 always gets one). EUC-JP is only read: its
  /// text is written as UTF-8.
  package func encode(_ text: String) -> Encoded {
    switch self {
    case .utf8, .eucJP: Encoded(bytes: Array(text.utf8), unwritable: [])
    case .utf8BOM: Encoded(bytes: [0xef, 0xbb, 0xbf] + text.utf8, unwritable: [])
    case .utf16LE:
      Encoded(bytes: [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }, unwritable: [])
    case .utf16BE:
      Encoded(bytes: [0xfe, 0xff] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }, unwritable: [])
    case .cp932: CP932.encode(text)
    }
  }

  /// Zero bytes stand in UTF-16 only: behind each ASCII character in LE, before it in BE.
  private static func detectUTF16(_ bytes: [UInt8]) -> TextEncoding? {
    let sample = bytes.prefix(4096)
    var zeros = (even: 0, odd: 0)
    for index in sample.indices where sample[index] == 0 {
      if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    if bytes.count % 2 == 0, zeros.odd > zeros.even * 4 { return .utf16LE }
    if bytes.count % 2 == 0, zeros.even > zeros.odd * 4 { return .utf16BE }
    return nil
  }

  private static func looksLikeEUC(_ bytes: [UInt8]) -> Bool {
    var pairs = 0
    var kana = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { return false }
      let next = bytes[index + 1]
      if byte == 0x8f {
        guard index + 2 < bytes.count, next >= 0xa1, bytes[index + 2] >= 0xa1 else { return false }
        index += 3
        continue
      }
      guard byte == 0x8e || (0xa1...0xfe).contains(byte), (0xa1...0xfe).contains(next) else { return false }
      pairs += 1
      // Rows 4 and 5. In CP932 these bytes are the half-width signs ､ and ･, rare in running text.
      if byte == 0xa4 || byte == 0xa5 { kana += 1 }
      index += 2
    }
    return kana * 5 >= pairs
  }

  private static func decodeUTF8(_ bytes: [UInt8]) -> Decoded {
    let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    if let text = start == 0
      ? String(validating: bytes, as: UTF8.self) : String(validating: bytes[start...], as: UTF8.self)
    {
      return Decoded(text: text, problems: [])
    }
    var problems: [Decoded.Problem] = []
    var line = 1
    var index = start
    while index < bytes.count {
      let length = sequenceLength(bytes, at: index)
      if length > 0 {
        if bytes[index] == 10 || (bytes[index] == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)) {
          line += 1
        }
        index += length
      } else {
        problems.append(Decoded.Problem(offset: index, line: line, bytes: [bytes[index]]))
        index += 1
      }
    }
    return Decoded(text: String(decoding: bytes[start...], as: UTF8.self), problems: problems)
  }

  /// How many bytes the well-formed character at `index` takes (Unicode table 3-7), or 0.
  private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
    func byte(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
    func tail(_ offset: Int) -> Bool { byte(offset) & 0xc0 == 0x80 }
    let first = bytes[index]
    switch first {
    case 0..<0x80: return 1
    case 0xc2...0xdf: return tail(1) ? 2 : 0
    case 0xe0...0xef:
      let second = byte(1)
      let fits = first == 0xe0 ? second >= 0xa0 : first == 0xed ? second < 0xa0 : true
      return fits && tail(1) && tail(2) ? 3 : 0
    case 0xf0...0xf4:
      let second = byte(1)
      let fits = first == 0xf0 ? second >= 0x90 : first == 0xf4 ? second < 0x90 : true
      return fits && tail(1) && tail(2) && tail(3) ? 4 : 0
    default: return 0
    }
  }

  /// `high` is the offset of the upper byte of each unit.
  private static func decodeUTF16(_ bytes: [UInt8], high: Int) -> Decoded {
    var scalars = String.UnicodeScalarView()
    var problems: [Decoded.Problem] = []
    var line = 1
    var index = 0
    func unit(_ index: Int) -> UInt32? {
      index + 1 < bytes.count ? UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + 1 - high]) : nil
    }
    while index < bytes.count {
      var length = 2
      var scalar: UInt32? = nil
      if let first = unit(index) {
        scalar = first
        if (0xd800..<0xdc00).contains(first), let second = unit(index + 2), (0xdc00..<0xe000).contains(second) {
          scalar = 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
          length = 4
        }
      }
      if let scalar, let character = Unicode.Scalar(scalar) {
        if index > 0 || scalar != 0xfeff { scalars.append(character) }
        if scalar == 10 || (scalar == 13 && unit(index + 2) != 10) { line += 1 }
      } else {
        length = min(2, bytes.count - index)
        problems.append(Decoded.Problem(offset: index, line: line, bytes: Array(bytes[index..<index + length])))
        scalars.append("\u{fffd}")
      }
      index += length
    }
    return Decoded(text: String(scalars), problems: problems)
  }
}

/// A text read from bytes, and what could not be read.
package struct Decoded: Sendable, Hashable {
  package let text: String
  package let problems: [Problem]

  package init(text: String, problems: [Problem]) {
    self.text = text
    self.problems = problems
  }

  package struct Problem: Sendable, Hashable {
    /// Bytes from the front of the file.
    package let offset: Int
    /// Line of the file, from 1; CRLF, LF and CR each end one.
    package let line: Int
    package let bytes: [UInt8]
  }
}

/// Bytes made of a text, and the characters that the encoding does not have.
package struct Encoded: Sendable, Hashable {
  package let bytes: [UInt8]
  package let unwritable: [Unwritable]

  package struct Unwritable: Sendable, Hashable {
    package let character: Character
    /// Place of the character in the text, counted in characters from 0.
    package let index: Int
  }
}
