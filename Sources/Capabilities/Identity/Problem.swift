import Design
import Text

/// What is wrong with one thing somebody entered, for beside its field.
package struct Problem: Sendable, Hashable {
  /// The name of the form's field, empty where it is the whole form.
  package let field: String
  package let message: Localized

  init(_ field: String, _ message: Localized) {
    self.field = field
    self.message = message
  }
}

/// Input that cannot be taken, with every reason at once. Nothing has changed.
package struct Problems: Error, Sendable, Hashable {
  package let list: [Problem]

  init(_ list: [Problem]) { self.list = list }

  init(_ field: String, _ message: Localized) { list = [Problem(field, message)] }

  /// For `FormField.withError(from:)`.
  func errors(_ language: Language) -> [FieldError] { list.map { FieldError($0.field, $0.message[language]) } }

  subscript(_ field: String, language: Language) -> String? {
    list.first { $0.field == field }?.message[language]
  }
}
