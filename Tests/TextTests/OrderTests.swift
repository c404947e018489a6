import Testing
import Text

@Suite("Order of names, and characters of a site's own")
struct OrderTests {
  /// ICU order. Hiragana and katakana of one reading stand at one place, so their order among themselves is that of the
  /// list sorted.
  static let icu = ["ァ", "ア", "アー", "ああ", "アイ", "さいとう", "サイトウ", "サイトー", "サトウ", "ハット", "ハッと", "ハツト", "バット"]

  @Test("G1: readings stand in ICU's order")
  func readings() {
    #expect(Self.icu.sorted(by: ReadingOrder.isBefore) == Self.icu)
    let backwards = Self.icu.reversed().sorted(by: ReadingOrder.isBefore)
    #expect(backwards.map(Fold.key) == Self.icu.map(Fold.key))
  }

  @Test("G1: half-width kana stand with full-width ones")
  func halfWidth() {
    #expect(ReadingOrder.key("ｻｲﾄｳ") == ReadingOrder.key("サイトウ"))
    #expect(ReadingOrder.normalised("ｻｲﾄｳ ﾀﾛｳ") == "サイトウ タロウ")
    #expect(ReadingOrder.normalised("さいとう　ぷりん") == "サイトウ　プリン")
    #expect(ReadingOrder.normalised("ｳﾞｧﾝ") == "ヴァン")
  }

  @Test("G2: equal readings keep the order they had")
  func stable() {
    let people = [("高橋", "タカハシ", 1), ("髙橋", "タカハシ", 2), ("高梁", "ﾀｶﾊｼ", 3), ("相田", "アイダ", 4)]
    let sorted = people.sorted { ReadingOrder.isBefore($0.1, $1.1) }
    #expect(sorted.map(\.2) == [4, 1, 2, 3])
  }

  @Test(
    "G3, G4: numbers in names count as numbers",
    arguments: [
      ("2階", "10階"), ("A-02", "A-10"), ("端末９", "端末１０"), ("KZ00099", "KZ00100"), ("10.0.0.9", "10.0.0.10"),
      ("a1b2", "a1b10"),
      ("A0002", "A10"), ("A9", "A010"), ("サーバ", "サーバ1"), ("1", "100000000000000000000"), ("99999999", "100000000"),
      ("999999999", "1000000000"),
    ]
  )
  func natural(first: String, second: String) {
    #expect(NaturalOrder.isBefore(first, second))
    #expect(!NaturalOrder.isBefore(second, first))
  }

  @Test("names that differ in nothing but width or zeros still have an order")
  func total() {
    #expect(NaturalOrder.isBefore("A1", "Ａ１") != NaturalOrder.isBefore("Ａ１", "A1"))
    #expect(NaturalOrder.isBefore("A01", "A1") != NaturalOrder.isBefore("A1", "A01"))
    #expect(!NaturalOrder.isBefore("A1", "A1"))
  }

  @Test("G5: empty readings come last")
  func empty() {
    #expect(["", "ン", "  ", "ア", "山"].sorted(by: ReadingOrder.isBefore) == ["ア", "ン", "山", "", "  "])
  }

  @Test("both orders are orders: of three texts, two steps make the third", arguments: UInt64(0)..<200)
  func transitive(seed: UInt64) {
    var random = Seeded(seed)
    let texts = (0..<4).map { _ in random.text(upTo: 5) }
    for order in [NaturalOrder.isBefore, ReadingOrder.isBefore] {
      for a in texts {
        #expect(!order(a, a))
        for b in texts {
          #expect(!(order(a, b) && order(b, a)))
          for c in texts where order(a, b) && order(b, c) { #expect(order(a, c)) }
        }
      }
    }
  }

  @Test("H: characters of a site's own are found with place and code")
  func privateUse() {
    let positions = PrivateUse.positions(in: "山\u{e000}田\u{f8ff}")
    #expect(positions.map(\.index) == [1, 3])
    #expect(positions.map(\.code) == ["U+E000", "U+F8FF"])
    #expect(PrivateUse.positions(in: "髙﨑𠮷葛\u{e0100}ｱ").isEmpty)
    #expect(PrivateUse.contains("\u{f0000}"))
  }
}
