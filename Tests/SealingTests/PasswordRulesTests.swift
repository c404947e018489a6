import Sealing
import Support
import Testing
import Text

@Suite struct PasswordRulesTests {
  typealias Fault = PasswordRules.Fault

  static let alone = PasswordRules.Setting(
    hasSecondFactor: false,
    userName: "yamada-t",
    knownWords: ["Yamada Taro", "Aoba General Hospital", "aoba"],
    phones: ["045-123-9876", "内線 5521"]
  )
  static let withFactor = PasswordRules.Setting(hasSecondFactor: true, userName: "sato", knownWords: [])

  @Test(arguments: [
    "correct7horsebattery", "mizu to 9 kabe no oto", "k7vq2mxw9tbzr", "tanuki8wa42nichi", "AOIKASA73tsukue",
    "liberty9cabinetdoor", "property 5 over poverty", "werewolf tyuj 88",
  ])
  func thirteenCharactersThatNobodyGuessesAreGood(password: String) {
    #expect(PasswordRules.faults(of: password, Self.alone).isEmpty)
  }

  @Test(arguments: [
    ("k7vq2mxw9tbz", [Fault.tooShort(minimum: 13)]),
    ("1739284610572", [.noLetter]),
    ("kvqmxwtbzrpld", [.noDigit]),
    ("kabe7とりmizuwaoto", [.unusableCharacter]),
    ("password920581", [.common]),
    ("P@ssw0rd920581!", [.common]),
    ("!!sakura!!20481", [.common]),
    ("adminpassword70", [.common]),
    ("hospitaladmin31", [.common, .containsKnownWord]),
    ("byouinnurse3157", [.common]),
    ("yamada-t-kabe92", [.containsKnownWord]),
    ("mizuTARO2kabeno", [.containsKnownWord]),
    ("aobanomori72kaz", [.containsKnownWord]),
    ("kabe9876mizuoto", [.containsKnownWord, .sequence]),
    ("kabe5521mizuoto", [.containsKnownWord]),
    ("kabe0451239876z", [.containsKnownWord, .sequence]),
    ("kabbbbe73mizuto", [.repeated]),
    ("k3z9k3z9k3z9k3", [.repeated]),
    ("a1a1a1b1a1a1a", [.repeated]),
    ("kabe1234mizuoto", [.sequence]),
    ("kabe4321mizuoto", [.sequence]),
    ("kabcd7mizuotome", [.sequence]),
    ("qwert7mizukabez", [.keyboardWalk]),
    ("kabe1qaz2wsxmiz", [.keyboardWalk]),
    ("kabe7lkjhgmizuo", [.keyboardWalk]),
    ("", [.tooShort(minimum: 13), .noLetter, .noDigit]),
    (String(repeating: "k7", count: 65), [.tooLong]),
  ])
  func whatIsWrongIsNamed(password: String, faults: [Fault]) {
    #expect(PasswordRules.faults(of: password, Self.alone) == faults)
  }

  @Test func eightAreEnoughBesideASecondFactor() {
    #expect(PasswordRules.faults(of: "k7vq2mxw", Self.withFactor).isEmpty)
    #expect(PasswordRules.faults(of: "k7vq2mx", Self.withFactor) == [.tooShort(minimum: 8)])
    #expect(PasswordRules.faults(of: "1qaz2wsx", Self.withFactor).contains(.keyboardWalk))
  }

  @Test(arguments: UInt64(0)..<500)
  func anyTextIsJudgedWithoutACrash(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let scalars = (0..<Int.random(in: 0...40, using: &chance)).compactMap { _ in
      Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &chance) ? 127 : 0x10ffff), using: &chance))
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    let faults = PasswordRules.faults(of: text, Self.alone)
    #expect(Set(faults).count == faults.count)
    #expect(faults.allSatisfy { !$0.message.ja.isEmpty && !$0.message.en.isEmpty })
  }

  @Test func noRuleSpeaksOfAFixedInterval() {
    let texts = [PasswordRules.hint(hasSecondFactor: false), PasswordRules.hint(hasSecondFactor: true)]
    #expect(texts.allSatisfy { !$0.ja.contains("定期") })
  }
}
