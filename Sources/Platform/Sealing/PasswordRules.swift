import Text

/// What a password must be, checked when it is set.
///
/// Source: 医療情報システムの安全管理に関するガイドライン 第7.0版 システム運用編 14.1.1 and 14⑥(1): 13 characters or more where the password is the
/// only factor, 8 or more beside a second factor; letters and digits mixed, capitals not required; guessable ones
/// blocked when they are set; earlier ones not used again. A change at fixed intervals is not asked for any more
/// (14.1.1), so nothing here or elsewhere demands one.
package enum PasswordRules {
  /// Who sets it: what of them is guessable.
  package struct Setting: Sendable {
    package let hasSecondFactor: Bool
    package let userName: String
    /// Names of the person and the facility as far as they are typed in letters, telephone numbers, and the like.
    package let knownWords: [String]
    package let phones: [String]

    package init(hasSecondFactor: Bool, userName: String, knownWords: [String] = [], phones: [String] = []) {
      self.hasSecondFactor = hasSecondFactor
      self.userName = userName
      self.knownWords = knownWords
      self.phones = phones
    }

    package var minimum: Int { hasSecondFactor ? 8 : 13 }
  }

  /// How many earlier passwords may not come back; the caller compares them with `PasswordHash.isReused`.
  package static let remembered = 5
  package static let maximum = 128

  package enum Fault: Sendable, Hashable {
    case tooShort(minimum: Int), tooLong
    case noLetter, noDigit
    case unusableCharacter
    case common
    case containsKnownWord
    case repeated, sequence, keyboardWalk
    /// Found by the caller, who has the earlier hashes.
    case reused
  }

  /// Everything wrong with the password, in the order it should be said. Empty means it may be used.
  package static func faults(of password: String, _ setting: Setting) -> [Fault] {
    let scalars = Array(password.unicodeScalars)
    var faults: [Fault] = []
    if scalars.count < setting.minimum { faults.append(.tooShort(minimum: setting.minimum)) }
    if scalars.count > maximum { return [.tooLong] }
    if scalars.contains(where: { !(0x20...0x7e).contains($0.value) }) { faults.append(.unusableCharacter) }
    if !scalars.contains(where: { isLetter(UInt32($0.value)) }) { faults.append(.noLetter) }
    if !scalars.contains(where: { isDigit(UInt32($0.value)) }) { faults.append(.noDigit) }
    let lowered = Array(lowercased(password).utf8)
    if isCommon(lowered) { faults.append(.common) }
    if containsKnownWord(lowered, setting) { faults.append(.containsKnownWord) }
    if isRepeated(lowered) { faults.append(.repeated) }
    if hasSequence(lowered) { faults.append(.sequence) }
    if hasKeyboardWalk(lowered) { faults.append(.keyboardWalk) }
    return faults
  }

  /// What the field's hint says before anything is typed.
  package static func hint(hasSecondFactor: Bool) -> Localized {
    let minimum = hasSecondFactor ? 8 : 13
    return Localized(
      ja: "\(minimum)文字以上で、英字と数字を混ぜてください。大文字と記号は使わなくてもかまいません。短い言葉をいくつかつなぐと覚えやすくなります。",
      en: "At least \(minimum) characters, letters and digits mixed. Capitals and symbols are optional. "
        + "A few short words joined together are easy to remember."
    )
  }
}

extension PasswordRules.Fault {
  /// For beside the field: what is wrong and what to do.
  package var message: Localized {
    switch self {
    case .tooShort(let minimum):
      Localized(ja: "\(minimum)文字以上にしてください。", en: "Use at least \(minimum) characters.")
    case .tooLong:
      Localized(
        ja: "\(PasswordRules.maximum)文字以内にしてください。",
        en: "Use at most \(PasswordRules.maximum) characters."
      )
    case .noLetter: Localized(ja: "英字を1文字以上入れてください。", en: "Add at least one letter.")
    case .noDigit: Localized(ja: "数字を1文字以上入れてください。", en: "Add at least one digit.")
    case .unusableCharacter:
      Localized(
        ja: "半角の英字・数字・記号だけを使ってください。かなや全角の文字は、入力できない端末があります。",
        en: "Use only half-width letters, digits and symbols. Others cannot be typed on every device."
      )
    case .common:
      Localized(
        ja: "よく使われるパスワードなので、推測されます。別の言葉にしてください。",
        en: "This password is widely used and easily guessed. Choose other words."
      )
    case .containsKnownWord:
      Localized(
        ja: "ユーザー名、氏名、施設名、電話番号を含まないようにしてください。",
        en: "Leave out the user name, your name, the facility's name and telephone numbers."
      )
    case .repeated:
      Localized(
        ja: "同じ文字や同じ並びの繰り返しを避けてください。",
        en: "Avoid repeating the same character or group of characters."
      )
    case .sequence:
      Localized(ja: "1234、abcdのような連続した並びを避けてください。", en: "Avoid runs such as 1234 or abcd.")
    case .keyboardWalk:
      Localized(
        ja: "qwerty、1qaz2wsxのようなキーボードの並びを避けてください。",
        en: "Avoid keyboard patterns such as qwerty or 1qaz2wsx."
      )
    case .reused:
      Localized(
        ja: "最近使ったパスワード（直近\(PasswordRules.remembered)回）は使えません。別のものにしてください。",
        en: "This is one of your last \(PasswordRules.remembered) passwords. Choose another."
      )
    }
  }
}

extension PasswordRules {
  private static func isLetter(_ value: UInt32) -> Bool { (65...90).contains(value) || (97...122).contains(value) }

  private static func isDigit(_ value: UInt32) -> Bool { (48...57).contains(value) }

  private static func lowercased(_ text: String) -> String {
    String(decoding: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }

  /// A common password, also with digits or symbols before or after it and with letters written as digits
  /// (`p@ssw0rd2026`).
  private static func isCommon(_ password: [UInt8]) -> Bool {
    func holds(_ bytes: some Collection<UInt8>) -> Bool {
      !bytes.isEmpty && CommonPasswords.words.contains(String(decoding: bytes, as: UTF8.self))
    }
    func core(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
      let isPart: (UInt8) -> Bool = { isLetter(UInt32($0)) }
      guard let first = bytes.firstIndex(where: isPart), let last = bytes.lastIndex(where: isPart) else { return [] }
      return bytes[first...last]
    }
    let read = password.map(unleet)
    return holds(password) || holds(read) || holds(core(password)) || holds(core(password).map(unleet))
      || isWordsOnly(Array(core(password).map(unleet)))
  }

  /// The letters are two common words and nothing else (`adminpassword`, `hospitaladmin`).
  private static func isWordsOnly(_ letters: [UInt8]) -> Bool {
    guard (6...40).contains(letters.count) else { return false }
    return (3...letters.count - 3).contains { cut in
      CommonPasswords.words.contains(String(decoding: letters[..<cut], as: UTF8.self))
        && CommonPasswords.words.contains(String(decoding: letters[cut...], as: UTF8.self))
    }
  }

  private static func unleet(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "@"), UInt8(ascii: "4"): UInt8(ascii: "a")
    case UInt8(ascii: "0"): UInt8(ascii: "o")
    case UInt8(ascii: "1"), UInt8(ascii: "!"): UInt8(ascii: "i")
    case UInt8(ascii: "3"): UInt8(ascii: "e")
    case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
    case UInt8(ascii: "7"): UInt8(ascii: "t")
    default: byte
    }
  }

  private static func containsKnownWord(_ password: [UInt8], _ setting: Setting) -> Bool {
    var words: [[UInt8]] = []
    for text in [setting.userName] + setting.knownWords {
      // Parts of what is typed in letters: `yamada-t@hospital`, `Aoba General Hospital`.
      words += lowercased(text).utf8.split { !isLetter(UInt32($0)) && !isDigit(UInt32($0)) }.map { Array($0) }
        .filter { $0.count >= 3 }
    }
    let whole = Array(lowercased(setting.userName).utf8)
    if whole.count >= 3 { words.append(whole) }
    for phone in setting.phones {
      let digits = phone.utf8.filter { isDigit(UInt32($0)) }
      if digits.count >= 6 { words.append(digits) }
      words += phone.utf8.split { !isDigit(UInt32($0)) }.map { Array($0) }.filter { $0.count >= 4 }
    }
    return words.contains { contains(password, $0) }
  }

  /// Four of one character in a row, fewer than five different characters, or one group over and over.
  private static func isRepeated(_ password: [UInt8]) -> Bool {
    var run = 1
    for index in password.indices.dropFirst() {
      run = password[index] == password[index - 1] ? run + 1 : 1
      if run >= 4 { return true }
    }
    if password.count >= 8, Set(password).count < 5 { return true }
    guard password.count >= 6 else { return false }
    return (1...password.count / 2).contains { period in
      (period..<password.count).allSatisfy { password[$0] == password[$0 - period] }
    }
  }

  /// Four letters or digits that follow each other up or down.
  private static func hasSequence(_ password: [UInt8]) -> Bool {
    var run = 1
    var direction = 0
    for index in password.indices.dropFirst() {
      let (last, this) = (UInt32(password[index - 1]), UInt32(password[index]))
      let isSameKind = (isLetter(last) && isLetter(this)) || (isDigit(last) && isDigit(this))
      let step = isSameKind ? Int(this) - Int(last) : 0
      if step == 1 || step == -1 {
        run = step == direction ? run + 1 : 2
        direction = step
      } else {
        run = 1
        direction = 0
      }
      if run >= 4 { return true }
    }
    return false
  }

  /// Five neighbouring keys of one row, or of columns taken one after another.
  private static func hasKeyboardWalk(_ password: [UInt8]) -> Bool {
    guard password.count >= 5 else { return false }
    return (0...password.count - 5).contains { start in
      let part = Array(password[start..<start + 5])
      return walks.contains { contains($0, part) || contains($0, part.reversed()) }
    }
  }

  private static let walks: [[UInt8]] = [
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "!@#$%^&*()", "!\"#$%&'()",
  ].map { Array($0.utf8) }

  private static func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= whole.count, !part.isEmpty else { return false }
    return (0...whole.count - part.count).contains { whole[$0..<$0 + part.count].elementsEqual(part) }
  }
}
