import Design
import Text

extension KeptError {
  /// What is wrong as a form shows it, in the words that stand beside the fields; what belongs to none stands above.
  package func fieldErrors(_ language: Language) -> [FieldError] {
    switch self {
    case .wrong(let troubles): troubles.map { FieldError($0.field, $0.message[language]) }
    default: [FieldError("", message[language])]
    }
  }
}
