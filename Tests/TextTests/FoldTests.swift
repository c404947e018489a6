import Foundation
import Testing
import Text

@Suite("Folding for search")
struct FoldTests {
  @Test(
    "C1 to C9: what a reader takes for the same has one key",
    arguments: [
      ["ｻｲﾊﾞｰ", "サイバー", "さいばー"], ["ＶＰＮ－１２３", "VPN-123", "vpnー123", "VPN‐123", "VPN−123"], ["髙橋", "高橋"], ["山﨑", "山崎"],
      ["齋藤", "斎藤", "斉藤", "齊藤"], ["𠮷野", "吉野"], ["渡邊", "渡邉", "渡辺"], ["葛\u{e0100}城", "葛城"],
      ["㈱ABC", "（株）ＡＢＣ", "(株)ABC"], ["045ー680ー0073", "０４５－６８０－００７３", "045−680−0073", "045-680-0073"],
      ["ﾊﾟｯﾁ", "パッチ", "はﾟっち"], ["か\u{309b}", "が", "か\u{3099}", "ｶﾞ"], ["デ－タセンタ－", "データセンター", "デ-タセンタ-", "でーたせんたー"],
      ["東京　太郎", "東京太郎", "東京 太郎", "東京・太郎"], ["①", "1"], ["Ⅲ号機", "III号機", "iii号機"], ["㍿", "株式会社"],
      ["ＣＴ室", "ct室"], ["濵田", "濱田", "浜田"], ["は\u{309c}", "ぱ"], ["Straße", "STRASSE"],
    ]
  )
  func same(spellings: [String]) throws {
    let key = Fold.key(try #require(spellings.first))
    for spelling in spellings { #expect(Fold.key(spelling) == key, "\(spelling)") }
  }

  @Test("each katakana folds to the hiragana below it, in full width and in half")
  func kana() throws {
    for value in UInt32(0x30a1)...0x30f6 {
      let katakana = try #require(Unicode.Scalar(value))
      let hiragana = try #require(Unicode.Scalar(value - 0x60))
      #expect(Fold.key(String(katakana)) == String(hiragana))
      #expect(Fold.key(String(hiragana)) == String(hiragana))
    }
    #expect(
      Fold.key("ｦｧｨｩｪｫｬｭｮｯｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ")
        == "をぁぃぅぇぉゃゅょっあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん"
    )
    #expect(Fold.key("ヽヾヷ") == "ゝゞヷ")
  }

  @Test("C10: a long sound stays a long sound")
  func longSound() {
    #expect(Fold.key("サイバー") == "さいばー")
    #expect(Fold.key("サイバー") != Fold.key("サイバア"))
  }

  @Test(
    "different words keep different keys",
    arguments: [
      ("かき", "がき"), ("ハンド", "バンド"), ("サーバ1", "サーバ2"), ("きゃく", "きやく"), ("崎", "埼"), ("VPN", "VLAN"), ("病院", "病棟"),
    ]
  )
  func different(first: String, second: String) {
    #expect(Fold.key(first) != Fold.key(second))
  }

  @Test("numbers with dots stay apart in the exact key")
  func exact() {
    #expect(Fold.exactKey("２０１９．５．１") == "2019.5.1")
    #expect(Fold.exactKey("2019.5.1") != Fold.exactKey("201951"))
    #expect(Fold.exactKey(" Ｖ7.0.14 ") == "v7.0.14")
    #expect(Fold.exactKey("１９２．１６８．０．１") == "192.168.0.1")
    #expect(Fold.exactKey("045ー680ー0073") == "045-680-0073")
  }

  @Test("C11: widths of numbers, addresses and mail are halved, the rest stays")
  func widths() {
    #expect(Width.halved("ｔａｒｏ＠ｈｏｓｐ．ｊｐ") == "taro@hosp.jp")
    #expect(Width.halved("０４５－６８０−００７３") == "045-680-0073")
    #expect(Width.halved("サーバー１") == "サーバー1")
    #expect(Width.halved("A　B") == "A B")
    #expect(Width.trimmed("　 a b\u{a0}\n") == "a b")
    #expect(Width.trimmed("　") == "")
  }

  @Test("C12: people count ｶﾞ as one character, exports count bytes")
  func lengths() {
    #expect("ｶﾞ".count == 1)
    #expect(CP932.length(of: "ｶﾞ") == 2)
    #expect(CP932.length(of: "髙A") == 3)
    #expect(CP932.length(of: "𠮷") == nil)
  }

  @Test("folding a key changes nothing", arguments: UInt64(0)..<500)
  func idempotent(seed: UInt64) {
    var random = Seeded(seed)
    for _ in 0..<20 {
      let text = random.text(upTo: 12)
      let key = Fold.key(text)
      #expect(Fold.key(key) == key, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }
  }

  @Test("every character of the basic plane folds as NFKC and lower case say, but for the rules of its own")
  func normalisation() {
    var wrong: [String] = []
    for value in UInt32(0)...0xffff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      let plain = text.precomposedStringWithCompatibilityMapping.lowercased()
      // Own rules: kana, dashes, blanks, signs without width, variant kanji.
      guard plain.unicodeScalars.allSatisfy({ !Self.hasOwnRule($0.value) }), !(0x3400...0x9fff).contains(value),
        !(0x309b...0x309c).contains(value), !(0xff61...0xff9f).contains(value)
      else { continue }
      let key = Fold.key(text)
      if key.unicodeScalars.map(\.value)
        != plain.replacing("ß", with: "ss").replacing("ς", with: "σ").unicodeScalars.map(\.value)
        && Fold.key(plain) != key
      {
        wrong.append("\(String(value, radix: 16)) \(text) \(key) \(plain)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(10))")
  }

  static func hasOwnRule(_ value: UInt32) -> Bool {
    switch value {
    case 0...32, 0x2d, 0x80...0xa0, 0xad, 0x2d7, 0x300...0x36f, 0x1680, 0x180b...0x180e, 0x2000...0x2015,
      0x2028...0x202f, 0x2043,
      0x205f...0x2064, 0x2212, 0x2500, 0x2501, 0x3000, 0x3099...0x30ff, 0xfe00...0xfe0f, 0xfeff:
      true
    default: false
    }
  }

  @Test("a text that needs the slow way folds as one that does not")
  func slowWay() {
    // The combining mark of the first sends the whole text through Foundation.
    for text in ["ｻｲﾊﾞｰ", "ＶＰＮ－１２３", "髙橋", "㈱ABC", "デ－タセンタ－", "東京　太郎", "か\u{309b}", "Ⅲ"] {
      #expect(Fold.key(text + "|e\u{301}") == Fold.key(text + "|é"))
    }
  }

  @Test("keys are as good after any bytes", arguments: UInt64(0)..<200)
  func anything(seed: UInt64) {
    var random = Seeded(seed)
    let text = String(decoding: random.bytes(upTo: 60), as: UTF8.self)
    #expect(Fold.key(Fold.key(text)) == Fold.key(text))
    #expect(Fold.exactKey(Fold.exactKey(text)) == Fold.exactKey(text))
  }
}
