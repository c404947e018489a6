/// The languages on screen.
package enum Language: String, Sendable, CaseIterable, Codable {
  case ja, en

  /// What stands between a label and its value: 「：」, in English a colon and a space.
  package var colon: String { self == .ja ? "：" : ": " }

  /// What is said beside something: 「（添え書き）」, in English in brackets after a space.
  package func aside(_ text: String) -> String { self == .ja ? "（\(text)）" : " (\(text))" }
}

/// A text in both languages. `Localized(ja: "機器", en: "Device")[language]`.
package struct Localized: Sendable, Hashable, Codable {
  package let ja: String
  package let en: String

  package init(ja: String, en: String) {
    self.ja = ja
    self.en = en
  }

  /// For names that are the same in both, as a hospital's own.
  package init(both text: String) { self.init(ja: text, en: text) }

  package subscript(language: Language) -> String { language == .ja ? ja : en }
}
