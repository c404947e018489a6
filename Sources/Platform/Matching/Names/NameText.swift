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
    self.words = Self.unfolded(words, characters)
    spellings = Set(self.words.map(\.text))
    hasOtherLetters = self.words.contains { ($0.text.utf8.first ?? 0) > 127 }
  }

  /// What people shorten or run together: `Win10`, `W10`, `Win Server`, `WinXP`, `WindowsServer2019`, 「ウィンドウズ」, `AW+`.
  private static func unfolded(_ words: [NameWord], _ characters: [Character]) -> [NameWord] {
    var result: [NameWord] = []
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : nil
      if let second = runTogether[word.text],
        second != "server" || word.text == "windowsserver" || next?.isNumber == true
      {
        let front = word.text.hasPrefix("windows") ? 7 : 3
        let middle = word.start + front
        result.append(NameWord(text: "windows", isNumber: false, start: word.start, end: middle))
        result.append(NameWord(text: second, isNumber: false, start: middle, end: word.end))
      } else if isWindows(word, next, characters) {
        result.append(NameWord(text: "windows", isNumber: false, start: word.start, end: word.end))
      } else if servers.contains(word.text), result.last?.text == "windows" {
        result.append(NameWord(text: "server", isNumber: false, start: word.start, end: word.end))
      } else {
        result.append(word)
        // The sign of the name, not one between two things.
        if word.text == "aw" || word.text == "alliedware", word.end < characters.count, characters[word.end] == "+" {
          result.append(NameWord(text: "plus", isNumber: false, start: word.end, end: word.end + 1))
        }
      }
    }
    return result
  }

  /// Windows and the word that is written together with it.
  private static let runTogether = [
    "windowsserver": "server", "winserver": "server", "winsvr": "server", "winsrv": "server", "windowsxp": "xp",
    "winxp": "xp", "windowsvista": "vista", "winvista": "vista", "windowsnt": "nt", "winnt": "nt",
  ]
  private static let servers: Set<String> = ["svr", "srv"]
  private static let windows = Fold.key("ウィンドウズ")

  /// `Win10`, `Win Server`, 「ウィンドウズ」, and `W10` where it stands alone: in `LX-W10` it is a model.
  private static func isWindows(_ word: NameWord, _ next: NameWord?, _ characters: [Character]) -> Bool {
    if word.text == windows { return true }
    guard let next else { return false }
    if word.text == "win" { return next.isNumber || next.text == "server" || servers.contains(next.text) }
    guard word.text == "w", next.start == word.end, ["7", "8", "10", "11"].contains(next.text) else { return false }
    return word.start == 0 || " (/,".contains(characters[word.start - 1])
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
