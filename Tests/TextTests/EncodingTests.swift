import Testing
import Text

@Suite("Code page 932 and other encodings")
struct EncodingTests {
  @Test(
    "D1, D2, D4: codes are those of Windows",
    arguments: [
      ("〜", [0x81, 0x60]), ("−", [0x81, 0x7c]), ("‖", [0x81, 0x61]), ("¢", [0x81, 0x91]), ("£", [0x81, 0x92]),
      ("¬", [0x81, 0xca]), ("—", [0x81, 0x5c]), ("～", [0x81, 0x60]), ("－", [0x81, 0x7c]), ("①", [0x87, 0x40]),
      ("㈱", [0x87, 0x8a]), ("髙", [0xfb, 0xfc]), ("﨑", [0xfa, 0xb1]), ("Ⅲ", [0x87, 0x56]), ("¥", [0x5c]), ("\\", [0x5c]),
      ("∪", [0x81, 0xbe]), ("ⅲ", [0xfa, 0x42]), ("№", [0x87, 0x82]), ("￢", [0x81, 0xca]), ("∵", [0x81, 0xe6]),
      ("ｱ", [0xb1]),
      ("亜", [0x88, 0x9f]), ("熙", [0xea, 0xa4]), ("￤", [0xfa, 0x55]), ("\u{e000}", [0xf0, 0x40]),
      ("\u{e757}", [0xf9, 0xfc]),
      ("ヴ", [0x83, 0x94]), ("a\r\nb", [0x61, 0x0d, 0x0a, 0x62]), ("ｶﾞ", [0xb6, 0xde]),
    ] as [(String, [UInt8])]
  )
  func codes(text: String, bytes: [UInt8]) {
    let encoded = CP932.encode(text)
    #expect(encoded.bytes == bytes)
    #expect(encoded.unwritable.isEmpty)
  }

  @Test("D2: both codes of a character that stands twice are read")
  func twice() {
    #expect(CP932.decode([0xee, 0xe0, 0xed, 0x95, 0xfb, 0xfc, 0xfa, 0xb1]).text == "髙﨑髙﨑")
    #expect(CP932.decode([0x81, 0x60, 0x81, 0x7c, 0x81, 0x61, 0x5c]).text == "～－∥\\")
  }

  @Test("D3: what cannot be written is listed with its place and never becomes a question mark")
  func unwritable() {
    let encoded = CP932.encode("a𠮷b葛\u{e0100}㋿é😀ゔ")
    #expect(encoded.unwritable.map(\.character) == ["𠮷", "葛\u{e0100}", "㋿", "é", "😀", "ゔ"])
    #expect(encoded.unwritable.map(\.index) == [1, 3, 4, 5, 6, 7])
    #expect(encoded.bytes == Array("ab".utf8))
    #expect(CP932.encode("か\u{3099}").unwritable.count == 1)
  }

  @Test(arguments: [
    ("?野", "𠮷野", true), ("??野", "𠮷野", true), ("〓野 ?子", "𠮷野 𩸽子", true), ("吉野", "𠮷野", true),
    ("葛城", "葛\u{E0100}城", true), ("令和8年", "㋿8年", true), ("?野", "吉野", false), ("水野", "𠮷野", false),
    ("?野?", "𠮷野", false), ("?", "𠮷野", false), ("𠮷野", "𠮷野", false), ("", "𠮷", false), ("?野", "𠮷田", false),
  ])
  func whatShiftJISLeavesOfAText(text: String, whole: String, isRemnant: Bool) {
    #expect(CP932.isRemnant(text, of: whole) == isRemnant)
  }

  /// Whatever we ourselves write for a text is one of its remnants.
  @Test func whatIsWrittenInShiftJISIsARemnant() {
    var random = Seeded(7)
    let letters = Array("𠮷野髙橋𩸽é㋿A1?〓葛\u{E0100}")
    for _ in 0..<2_000 {
      let count = Int.random(in: 1...8, using: &random)
      let text = String((0..<count).compactMap { _ in letters.randomElement(using: &random) })
      guard !CP932.encode(text).unwritable.isEmpty else { continue }
      for way in CP932.Substitution.allCases {
        let written = CP932.decode(CP932.encode(text, substituting: way).bytes).text
        #expect(CP932.isRemnant(written, of: text), "\(written) of \(text)")
      }
    }
  }

  @Test(
    "D3: similar characters are offered",
    arguments: [
      ("𠮷", "吉"), ("葛\u{e0100}", "葛"), ("㋿", "令和"), ("é", "e"), ("ゔ", "ヴ"), ("か\u{3099}", "が"), ("Å", "A"),
      ("\u{20b9f}", nil),
      ("😀", nil), ("髙", nil),
    ] as [(Character, String?)]
  )
  func substitutes(character: Character, expected: String?) {
    #expect(CP932.substitute(for: character) == expected)
  }

  @Test("D3: the choice of a person is written, and the list stays")
  func chosen() {
    let similar = CP932.encode("𠮷野😀", substituting: .similar)
    #expect(CP932.decode(similar.bytes).text == "吉野〓")
    #expect(similar.unwritable.map(\.index) == [0, 2])
    #expect(CP932.decode(CP932.encode("𠮷野", substituting: .geta).bytes).text == "〓野")
    #expect(CP932.encode("高野", substituting: .geta).unwritable.isEmpty)
  }

  @Test("D5: every entry of the table is read and written back; text written twice gives equal bytes")
  func roundTrip() {
    var pairs = 0
    for lead in Array(UInt8(0x81)...0x9f) + Array(UInt8(0xe0)...0xfc) {
      for trail in Array(UInt8(0x40)...0x7e) + Array(UInt8(0x80)...0xfc) {
        let decoded = CP932.decode([lead, trail])
        guard decoded.problems.isEmpty else { continue }
        pairs += 1
        #expect(decoded.text.unicodeScalars.count == 1)
        let encoded = CP932.encode(decoded.text)
        #expect(encoded.unwritable.isEmpty)
        #expect(CP932.decode(encoded.bytes).text == decoded.text)
        #expect(CP932.encode(CP932.decode(encoded.bytes).text).bytes == encoded.bytes)
      }
    }
    // JIS X 0208 (6,879), NEC row 13 (83), NEC selection (374), IBM (388), and 1,880 places of the user.
    #expect(pairs == 6879 + 83 + 374 + 388 + 1880)
  }

  @Test("bytes that are no character are reported with place and line, and reading goes on")
  func invalid() {
    let decoded = CP932.decode(Array("a,".utf8) + [0x8f, 0xaa, 13, 10, 0x81, 0x2c, 0xff, 10, 0x88, 0x9f, 0x81])
    #expect(
      decoded.text == "a,春\r\n\u{fffd},\u{fffd}\n亜\u{fffd}".replacing("春", with: CP932.decode([0x8f, 0xaa]).text)
    )
    #expect(decoded.problems.map(\.offset) == [6, 8, 12])
    #expect(decoded.problems.map(\.line) == [2, 2, 3])
    #expect(decoded.problems.first?.bytes == [0x81])
  }

  @Test("a broken pair swallows neither a comma nor a letter")
  func brokenPair() {
    #expect(CP932.decode([0x85, 0x40, 0x2c]).text == "\u{fffd}@,")
    #expect(CP932.decode([0x81, 0x2c]).text == "\u{fffd},")
    #expect(CP932.decode([0x85, 0x9f, 0x2c]).text == "\u{fffd},")
    #expect(TextEncoding.eucJP.decode([0xa4, 0x2c]).text == "\u{fffd},")
  }

  static let sample = "管理番号,機器名称\r\n00123,ｻｰﾊﾞ①㈱髙﨑～－\r\n"

  @Test("each encoding is found by its bytes and read back", arguments: TextEncoding.allCases)
  func detected(encoding: TextEncoding) {
    guard encoding != .eucJP else { return }
    let encoded = encoding.encode(Self.sample)
    #expect(encoded.unwritable.isEmpty)
    #expect(TextEncoding.detect(encoded.bytes) == encoding)
    let decoded = encoding.decode(encoded.bytes)
    #expect(decoded.text == Self.sample)
    #expect(decoded.problems.isEmpty)
    #expect(!encoding.title.ja.isEmpty)
  }

  @Test("E1: the mark at the front is no part of the text")
  func mark() {
    #expect(TextEncoding.utf8BOM.decode([0xef, 0xbb, 0xbf, 0x61]).text == "a")
    #expect(TextEncoding.utf8.decode([0xef, 0xbb, 0xbf, 0x61]).text == "a")
    #expect(TextEncoding.utf16LE.decode([0xff, 0xfe, 0x61, 0]).text == "a")
    #expect(TextEncoding.utf16BE.decode([0xfe, 0xff, 0, 0x61]).text == "a")
  }

  @Test("UTF-16 is found without its mark")
  func bare() {
    let bytes = Array(TextEncoding.utf16LE.encode(Self.sample).bytes.dropFirst(2))
    #expect(TextEncoding.detect(bytes) == .utf16LE)
    #expect(TextEncoding.utf16LE.decode(bytes).text == Self.sample)
    let other = Array(TextEncoding.utf16BE.encode(Self.sample).bytes.dropFirst(2))
    #expect(TextEncoding.detect(other) == .utf16BE)
  }

  @Test("EUC-JP is found when it shows kana, and half-width CP932 is not taken for it")
  func euc() {
    let bytes: [UInt8] = [0xa4, 0xa2, 0xa5, 0xa2, 0xb0, 0xa1, 0x8e, 0xb1, 0xad, 0xa1, 0x0a]
    #expect(TextEncoding.detect(bytes) == .eucJP)
    let decoded = TextEncoding.eucJP.decode(bytes)
    #expect(decoded.text == "あア亜ｱ①\n")
    #expect(decoded.problems.isEmpty)
    #expect(TextEncoding.detect(CP932.encode("ｻｰﾊﾞ,ﾌﾟﾘﾝﾀ").bytes) == .cp932)
    #expect(TextEncoding.detect(CP932.encode("ｻｰﾊﾞ").bytes) == .cp932)
    #expect(TextEncoding.detect(CP932.encode("職員番号,氏名,部署").bytes) == .cp932)
  }

  @Test("short and empty files have an encoding too")
  func short() {
    #expect(TextEncoding.detect([]) == .utf8)
    #expect(TextEncoding.detect([0x61]) == .utf8)
    #expect(TextEncoding.detect([0x82, 0xa0]) == .cp932)
    #expect(TextEncoding.detect(Array("あ".utf8)) == .utf8)
  }

  @Test(
    "broken UTF-8 and UTF-16 are reported with place and line",
    arguments: [
      (TextEncoding.utf8, Array("a\nb".utf8) + [0xff] + Array("c\n".utf8) + [0xe3, 0x81], [3, 6, 7], [2, 3, 3]),
      (.utf8, [0xed, 0xa0, 0x80], [0, 1, 2], [1, 1, 1]), (.utf8, [0xc0, 0x80, 0x61], [0, 1], [1, 1]),
      (.utf16LE, [0x61, 0, 0x0a, 0, 0x3d, 0xd8, 0x61, 0, 0x62], [4, 8], [2, 2]),
      (.utf16BE, [0xdc, 0x00, 0x00, 0x61], [0], [1]),
    ] as [(TextEncoding, [UInt8], [Int], [Int])]
  )
  func broken(encoding: TextEncoding, bytes: [UInt8], offsets: [Int], lines: [Int]) {
    let decoded = encoding.decode(bytes)
    #expect(decoded.problems.map(\.offset) == offsets)
    #expect(decoded.problems.map(\.line) == lines)
    #expect(decoded.text.unicodeScalars.contains("\u{fffd}"))
  }

  @Test("random bytes never stop a decoder", arguments: UInt64(0)..<400)
  func anything(seed: UInt64) {
    var random = Seeded(seed)
    let bytes = random.bytes(upTo: 80)
    for encoding in TextEncoding.allCases {
      let decoded = encoding.decode(bytes)
      for problem in decoded.problems {
        #expect(bytes.indices.contains(problem.offset))
        #expect(Array(bytes[problem.offset..<problem.offset + problem.bytes.count]) == problem.bytes)
      }
      if encoding != .utf8, encoding != .utf8BOM {
        #expect(decoded.text.unicodeScalars.filter { $0 == "\u{fffd}" }.count >= decoded.problems.count)
      }
    }
    _ = TextEncoding.detect(bytes)  // only that it answers
  }

  @Test("random text is written or listed, character by character", arguments: UInt64(0)..<300)
  func anyText(seed: UInt64) {
    var random = Seeded(seed)
    let text = random.text(upTo: 30)
    let encoded = CP932.encode(text)
    let characters = Array(text)
    for unwritable in encoded.unwritable { #expect(characters[unwritable.index] == unwritable.character) }
    let decoded = CP932.decode(encoded.bytes)
    #expect(decoded.problems.isEmpty)
    #expect(CP932.encode(decoded.text).bytes == encoded.bytes)
    for choice in CP932.Substitution.allCases {
      #expect(CP932.encode(text, substituting: choice).unwritable == encoded.unwritable)
    }
    for encoding in [TextEncoding.utf8, .utf8BOM, .utf16LE, .utf16BE] where !text.unicodeScalars.contains("\u{feff}") {
      #expect(Array(encoding.decode(encoding.encode(text).bytes).text.unicodeScalars) == Array(text.unicodeScalars))
    }
  }
}
