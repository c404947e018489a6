import Design
import Text

/// Why an answer was not kept: by field, what is wrong and what to do.
package struct AnswerProblems: Error, Sendable {
  package private(set) var list: [(field: String, text: Localized)] = []

  mutating func add(_ field: String, _ ja: String, _ en: String) { list.append((field, Localized(ja: ja, en: en))) }

  func errors(_ language: Language) -> [FieldError] { list.map { FieldError($0.field, $0.text[language]) } }
}

/// Somebody else answered first, or the round was locked.
package enum RoundConflict: Error, Sendable { case answered, locked }
