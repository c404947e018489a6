import Text
import Time

/// What a field may hold, checked once at the door of the store. Pure: the same text always gives the same answer.
package enum FieldRule {
  /// Lengths in characters, as people count them.
  package static let longestText = 500
  package static let longestLines = 10_000
  package static let longestIdentifier = 100

  /// The stored form of what somebody typed: empty for not recorded, `?` for 「不明」. Throws why it cannot be stored.
  /// Ids of references are not looked up here.
  package static func normalise(_ field: Field, _ typed: String, today: LocalDate) throws(FieldProblem) -> String {
    let text = Width.trimmed(String(typed.filter { $0 != "\0" }))
    guard !text.isEmpty else { return try nothing(field, typed) }
    if text == Unknown.value || text == "？" { return try unknown(field, typed) }
    let folded = Fold.key(text)
    switch field.type {
    case .choice(let choices): return try choice(field, text, folded, choices)
    case .yesNoUnknown: return try choice(field, text, folded, Choice.yesNo)
    // In free text 「確認中」 is a remark.
    case .multiline where folded != "不明":
      return try Folded.dashes.contains(folded) ? nothing(field, typed) : limited(field, lines(text), longestLines)
    default: break
    }
    if Folded.unknown.contains(folded) { return try unknown(field, typed) }
    if Folded.dashes.contains(folded) || (field.isExact && Folded.empty.contains(folded)) {
      return try nothing(field, typed)
    }
    switch field.type {
    case .text: return try limited(field, oneLine(text), longestText)
    case .reference: return try limited(field, text, longestIdentifier)
    case .identifier: return try limited(field, oneLine(Width.halved(text)), longestIdentifier)
    case .date: return try date(field, text, today)
    case .number: return try number(field, text)
    case .ip: return try addresses(field, text)
    case .mac: return try macs(field, text)
    case .phone: return try phone(field, text)
    case .email: return try email(field, text)
    default: return text
    }
  }

  /// The value as people read it; references by their title.
  package static func shown(
    _ field: Field,
    _ value: String?,
    titles: [String: String] = [:],
    in language: Language
  ) -> String {
    guard let value, !value.isEmpty else { return "" }
    if value == Unknown.value { return Unknown.label[language] }
    if field.referenced != nil {
      return titles[value].map { Record.shown(title: $0, language) } ?? Record.nameless[language]
    }
    if let choice = field.choices.first(where: { $0.key == value }) { return choice.label[language] }
    return value
  }

  /// Not recorded, where that may be.
  private static func nothing(_ field: Field, _ typed: String) throws(FieldProblem) -> String {
    guard field.isRequired else { return "" }
    throw problem(field, typed, ja: "\(field.label.ja)を入力してください。", en: "Enter \(field.label.en.lowercased()).")
  }

  private static func unknown(_ field: Field, _ typed: String) throws(FieldProblem) -> String {
    guard field.isRequired else { return Unknown.value }
    throw problem(
      field,
      typed,
      ja: "\(field.label.ja)は「不明」のままでは登録できません。",
      en: "\(field.label.en) cannot be unknown."
    )
  }

  private static func choice(
    _ field: Field,
    _ text: String,
    _ folded: String,
    _ choices: [Choice]
  ) throws(FieldProblem) -> String {
    if choices.contains(where: { $0.key == text }) { return text }
    if let choice = choices.first(where: { $0.synonyms.contains { Fold.key($0) == folded } }) { return choice.key }
    if Folded.unknown.contains(folded) { return try unknown(field, text) }
    if Folded.empty.contains(folded) { return try nothing(field, text) }
    throw problem(
      field,
      text,
      ja: "次のどれかを選んでください：\(choices.map(\.label.ja).joined(separator: "、"))、不明。",
      en: "Choose one of: \(choices.map(\.label.en).joined(separator: ", ")), Unknown."
    )
  }

  private static func date(_ field: Field, _ text: String, _ today: LocalDate) throws(FieldProblem) -> String {
    switch JapaneseDate.read(text, today: today) {
    case .date(let date, _): return date.iso
    case .ambiguous(_, let question): throw FieldProblem(field: field.key, value: text, reason: question)
    case .invalid(let reason): throw FieldProblem(field: field.key, value: text, reason: reason)
    }
  }

  private static func number(_ field: Field, _ text: String) throws(FieldProblem) -> String {
    let plain = Width.halved(text).filter { $0 != "," }
    let digits = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }),
      plain.count <= 30
    else { throw problem(field, text, ja: "数字で入力してください。例：120、3.5", en: "Enter a number, as 120 or 3.5.") }
    return plain
  }

  private static func addresses(_ field: Field, _ text: String) throws(FieldProblem) -> String {
    let folded = Fold.key(text)
    if folded == "dhcp" || folded == "自動取得" || folded == "自動" { return "DHCP" }
    var read: [String] = []
    for part in parts(text) {
      guard let address = IPAddress(reading: part) else {
        throw problem(
          field,
          text,
          ja: "IPアドレスとして読めません。例：192.168.10.25。自動取得のときは「DHCP」、分からないときは「不明」と入力します。",
          en: "This is not an IP address. Write it as 192.168.10.25, or DHCP, or ? if unknown."
        )
      }
      read.append(address.text)
    }
    return try limited(field, read.joined(separator: ", "), longestText)
  }

  private static func macs(_ field: Field, _ text: String) throws(FieldProblem) -> String {
    if let whole = MACAddress(reading: text) { return whole.text }
    var read: [String] = []
    for part in parts(text) {
      guard let address = MACAddress(reading: part) else {
        throw problem(
          field,
          text,
          ja: "MACアドレスとして読めません。例：00:1B:44:11:3A:B7",
          en: "This is not a MAC address. Write it as 00:1B:44:11:3A:B7."
        )
      }
      read.append(address.text)
    }
    return try limited(field, read.joined(separator: ", "), longestText)
  }

  private static func parts(_ text: String) -> [String] {
    let separators: Set<Character> = [",", "、", "，", ";", "；", "/", "／", "\n", "\r\n", " ", "　", "\t"]
    return text.split { separators.contains($0) }.map(String.init)
  }

  private static func phone(_ field: Field, _ text: String) throws(FieldProblem) -> String {
    let half = oneLine(Width.halved(text))
    guard half.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else {
      throw problem(
        field,
        text,
        ja: "電話番号を入力してください。例：045-123-4567、内線 2345",
        en: "Enter a telephone number, as 045-123-4567."
      )
    }
    return try limited(field, half, longestIdentifier)
  }

  private static func email(_ field: Field, _ text: String) throws(FieldProblem) -> String {
    let half = Width.halved(text)
    let sides = half.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, sides[1].contains("."), !half.contains(where: \.isWhitespace),
      half.count <= 254
    else {
      throw problem(field, text, ja: "メールアドレスとして読めません。例：tantou@example.jp", en: "This is not an e-mail address.")
    }
    return half
  }

  private static func limited(_ field: Field, _ text: String, _ longest: Int) throws(FieldProblem) -> String {
    guard text.count > longest else { return text }
    throw problem(
      field,
      String(text.prefix(60)) + "…",
      ja: "長すぎます。\(longest)文字までにしてください（今は\(text.count)文字）。",
      en: "This is too long: at most \(longest) characters, now \(text.count)."
    )
  }

  private static func oneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return text.split(whereSeparator: \.isNewline).map { Width.trimmed(String($0)) }.joined(separator: " ")
  }

  private static func lines(_ text: String) -> String {
    guard text.utf8.contains(13) else { return text }
    return String(String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 }))
  }

  private static func problem(_ field: Field, _ value: String, ja: String, en: String) -> FieldProblem {
    FieldProblem(field: field.key, value: value, reason: Localized(ja: ja, en: en))
  }

  private enum Folded {
    static let unknown = Set(Unknown.synonyms.map(Fold.key))
    static let empty = Set(Unknown.empties.map(Fold.key))
    /// Nothing but a stroke.
    static let dashes = Set(["-", "－", "―", "ー", "—", "–", "‐", "−", "--", "---", "ーー"].map(Fold.key))
  }
}
