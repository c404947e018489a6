import Text

/// How names are compared: letters and digits only, small, folded.
package enum ProductLetters {
  package static func key(_ text: String) -> String { StatementEvaluation.letters(Fold.key(text)) }
}
