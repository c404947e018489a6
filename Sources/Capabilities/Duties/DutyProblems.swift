import Design
import Text

/// Input that cannot be taken, with every reason at once. Nothing has changed.
package struct DutyProblems: Error, Sendable, Hashable {
  /// Name of the form's field (empty for the whole form) and what is wrong.
  package var list: [(field: String, message: Localized)] = []

  package init(_ field: String, _ message: Localized) { list = [(field, message)] }

  init() {}

  mutating func add(_ field: String, _ ja: String, _ en: String) { list.append((field, Localized(ja: ja, en: en))) }

  func errors(_ language: Language) -> [FieldError] { list.map { FieldError($0.field, $0.message[language]) } }

  package static func == (left: DutyProblems, right: DutyProblems) -> Bool {
    left.list.map(\.field) == right.list.map(\.field) && left.list.map(\.message) == right.list.map(\.message)
  }

  package func hash(into hasher: inout Hasher) {
    for problem in list { hasher.combine(problem.message) }
  }
}
