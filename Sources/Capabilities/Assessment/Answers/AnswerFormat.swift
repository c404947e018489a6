import Packs
import Text

/// How something is answered, with what an answer must keep to.
package struct AnswerFormat: Sendable, Hashable {
  package let kind: AnswerKind
  /// In their order; empty where nothing is chosen. A yes or no of a survey has its three here, one of a checklist none.
  package let choices: [AnswerChoice]
  /// The range of a number; nil for the usual one.
  package let least: Int?
  package let most: Int?
  /// What a number counts.
  package let unit: Localized?
  /// Whether a date must lie in the fiscal year of the round.
  package let staysInYear: Bool

  package init(
    _ kind: AnswerKind,
    choices: [AnswerChoice] = [],
    least: Int? = nil,
    most: Int? = nil,
    unit: Localized? = nil,
    staysInYear: Bool = false
  ) {
    self.kind = kind
    self.choices = choices
    self.least = least
    self.most = most
    self.unit = unit
    self.staysInYear = staysInYear
  }

  /// Where the pack names no range.
  package static let usualRange = 0...1_000_000_000
  /// Characters of a text.
  package static let longest = 4_000
  /// Choices of one item of a checklist.
  package static let mostChoices = 50

  /// The numbers that are taken.
  package var range: ClosedRange<Int> {
    let lower = least ?? min(Self.usualRange.lowerBound, most ?? 0)
    return lower...max(lower, most ?? Self.usualRange.upperBound)
  }

  /// Which numbers are taken, in words, with what they count: beside the field, before anything is typed.
  var span: Localized {
    let (low, high) = (range.lowerBound, range.upperBound)
    let ja = most == nil ? "\(low)以上の整数" : "\(low)から\(high)までの整数"
    let en = most == nil ? "A whole number from \(low)" : "A whole number, \(low) to \(high)"
    guard let unit else { return Localized(ja: ja, en: en) }
    return Localized(ja: "単位：\(unit.ja)。\(ja)", en: "Unit: \(unit.en). \(en)")
  }

  // MARK: Reading a pack

  /// The names of an entry that say how it is answered, beside `kind`.
  static let names: Set<String> = ["choices", "least", "most", "unit"]

  /// Reads choices and range of an entry. Throws `PackError` where they do not go with the kind.
  static func read(_ entry: PackEntry, _ kind: AnswerKind, staysInYear: Bool = false) throws(PackError) -> AnswerFormat
  {
    let choices = try choices(entry, kind)
    let least = entry.has("least") ? try entry.number("least") : nil
    let most = entry.has("most") ? try entry.number("most") : nil
    return AnswerFormat(
      kind,
      choices: choices,
      least: least,
      most: most,
      unit: try entry.optionalWords("unit").map { Localized($0) },
      staysInYear: staysInYear
    )
  }

  private static func choices(_ entry: PackEntry, _ kind: AnswerKind) throws(PackError) -> [AnswerChoice] {
    let given = try list(entry, "choices")
    switch kind {
    case .choice, .choices, .matrix:
      guard given.count >= 2 else {
        throw entry.wrong("choices", ja: "「choices」は2つ以上必要です。", en: "‘choices’ needs two or more")
      }
      return given
    default:
      guard given.isEmpty else {
        throw entry.wrong("choices", ja: "この種類に「choices」は書けません。", en: "this kind takes no ‘choices’")
      }
      return []
    }
  }

  /// Keys with their labels, each key once.
  static func list(_ entry: PackEntry, _ name: String) throws(PackError) -> [AnswerChoice] {
    var found: [AnswerChoice] = []
    for line in try entry.entries(name) {
      try line.allow(["key", "ja", "en"])
      let key = try line.text("key")
      guard AnswerChoice.isKey(key), !found.contains(where: { $0.key == key }) else {
        throw line.wrong(
          "key",
          ja: "「key」は半角の英小文字・数字・ハイフンで、重ならないようにします（\(key)）。",
          en: "‘key’ is lower-case letters, digits and hyphens, each once, not ‘\(key)’"
        )
      }
      found.append(AnswerChoice(key: key, label: Localized(ja: try line.text("ja"), en: try line.text("en"))))
    }
    return found
  }
}
