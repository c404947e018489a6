import Text

/// One word of a product's name: a run of ASCII letters, of digits, or of other letters, folded.
struct NameWord: Equatable {
  let text: String
  let isNumber: Bool
  /// Where it stands in `NameText.characters`.
  let start: Int
  let end: Int
}

/// A written name taken into words.
struct NameText {
  let characters: [Character]
  let words: [NameWord]

  init(_ text: String) {
    characters = Array(Width.halved(String(text.prefix(400))))
    var words: [NameWord] = []
    var at = 0
    while at < characters.count {
      guard let kind = Self.kind(characters[at]) else {
        at += 1
        continue
      }
      let start = at
      while at < characters.count, Self.kind(characters[at]) == kind { at += 1 }
      words.append(
        NameWord(
          text: kind == .other ? Fold.key(String(characters[start..<at])) : String(characters[start..<at]).lowercased(),
          isNumber: kind == .digit,
          start: start,
          end: at
        )
      )
    }
    self.words = words
  }

  private enum Kind { case letter, digit, other }

  private static func kind(_ character: Character) -> Kind? {
    if character.isASCII { return character.isNumber ? .digit : character.isLetter ? .letter : nil }
    return character.isLetter || character.isNumber ? .other : nil
  }

  /// The words of a pattern, in which `*` and `+` stand for themselves.
  static func pattern(_ text: String) -> [String] {
    text.split(separator: " ").flatMap { piece in
      piece == "*" || piece == "+" ? [String(piece)] : NameText(String(piece)).words.map(\.text)
    }
  }
}
