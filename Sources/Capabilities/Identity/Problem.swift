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

  /// For the page and `FormField.withError(from:)`: one for each field, so that both say the same.
  func errors(_ language: Language) -> [FieldError] {
    var errors: [FieldError] = []
    for problem in list {
      let message = problem.message[language]
      if let index = errors.firstIndex(where: { $0.field == problem.field }) {
        let separator = language == .ja ? "" : " "
        errors[index] = FieldError(problem.field, errors[index].message + separator + message)
      } else {
        errors.append(FieldError(problem.field, message))
      }
    }
    return errors
  }

  subscript(_ field: String, language: Language) -> String? {
    list.first { $0.field == field }?.message[language]
  }
}
