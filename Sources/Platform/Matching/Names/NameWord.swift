/// One word of a product's name: a run of ASCII letters, of digits, or of other letters, folded.
struct NameWord: Equatable {
  let text: String
  let isNumber: Bool
  /// Where it stands in `NameText.characters`.
  let start: Int
  let end: Int
}
