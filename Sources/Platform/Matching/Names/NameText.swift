import Text

/// A written name taken into words.
struct NameText {
  let characters: [Character]
  let words: [NameWord]
  let spellings: Set<String>
  let hasOtherLetters: Bool

  /// Whether a row that begins with this word can fit at all: most rules are passed over by it.
  func mayHold(_ word: String) -> Bool {
    (word.utf8.first ?? 0) > 127 ? hasOtherLetters : spellings.contains(word)
  }

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
    self.words = Self.unfolded(words)
    spellings = Set(self.words.map(\.text))
    hasOtherLetters = self.words.contains { ($0.text.utf8.first ?? 0) > 127 }
  }

  /// What people shorten or run together: `Win10`, `WindowsServer2019`, 「ウィンドウズ」.
  private static func unfolded(_ words: [NameWord]) -> [NameWord] {
    var result: [NameWord] = []
    for (index, word) in words.enumerated() {
      let isNumbered = index + 1 < words.count && words[index + 1].isNumber
      if word.text == "windowsserver" || (word.text == "winserver" && isNumbered) {
        let middle = word.end - 6
        result.append(NameWord(text: "windows", isNumber: false, start: word.start, end: middle))
        result.append(NameWord(text: "server", isNumber: false, start: middle, end: word.end))
      } else if (word.text == "win" && isNumbered) || word.text == windows {
        result.append(NameWord(text: "windows", isNumber: false, start: word.start, end: word.end))
      } else {
        result.append(word)
      }
    }
    return result
  }

  private static let windows = Fold.key("ウィンドウズ")

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
