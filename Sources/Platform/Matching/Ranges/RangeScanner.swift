/// Takes a text about versions apart. Works on small letters; versions keep their spelling.
struct RangeScanner {
  private let characters: [Character]
  private let lower: [Character]
  private var at = 0
  private var tokens: [RangeToken] = []

  init(_ text: String) {
    characters = Array(text)
    lower = characters.map { Character($0.lowercased().first.map(String.init) ?? " ") }
  }

  mutating func scan() -> [RangeToken] {
    while at < characters.count {
      let character = characters[at]
      if character.isWhitespace || character == "\u{3000}" {
        at +=
          character.isNewline
          ? {
            tokens.append(.separator); return 1
          }() : 1
      } else if !phrase() && !sign() {
        if isVersionStart { version() } else { word() }
      }
    }
    return tokens
  }

  private mutating func phrase() -> Bool {
    guard RangePhrases.firsts.contains(lower[at]) else { return false }
    for (text, token) in RangePhrases.all where matches(text) {
      // より before 前 and から may stand apart from what follows by blanks only in ASCII; a phrase of letters is a whole word.
      if text[0].isASCII, text[text.count - 1].isLetter, at + text.count < lower.count,
        Self.isWord(lower[at + text.count])
      {
        continue
      }
      tokens.append(token)
      at += text.count
      return true
    }
    return false
  }

  private func matches(_ text: [Character]) -> Bool {
    at + text.count <= lower.count && text.indices.allSatisfy { lower[at + $0] == text[$0] }
  }

  /// Comparison signs, commas, waves and dashes between versions, notes in brackets.
  private mutating func sign() -> Bool {
    let next = at + 1 < characters.count ? characters[at + 1] : " "
    switch characters[at] {
    case "<", "≤", "＜", "≦":
      let isIncluded = next == "=" || characters[at] == "≤" || characters[at] == "≦"
      tokens.append(isIncluded ? .through : .before)
      at += next == "=" ? 2 : 1
    case ">", "≥", "＞", "≧":
      let isIncluded = next == "=" || characters[at] == "≥" || characters[at] == "≧"
      tokens.append(isIncluded ? .from : .after)
      at += next == "=" ? 2 : 1
    case "=":
      tokens.append(.exactly)
      at += next == "=" ? 2 : 1
    case ",", ";", "/", "|":
      tokens.append(.separator)
      at += 1
    case "〜", "～", "~", "–", "—", "−", "-":
      tokens.append(.to)
      at += 1
    case "(", "[", "「", "『", "（", "【": note()
    case "+" where isAfterVersion:
      tokens.append(.isLowerIncluded)
      at += 1
    case "*" where !isAfterVersion:
      tokens.append(.all)
      at += 1
    case ":", ".", "。", ")", "]", "'", "\"", "*", "+", "_", "」", "』", "）", "】", "&", "#": at += 1
    default: return false
    }
    return true
  }

  private var isAfterVersion: Bool { if case .version? = tokens.last { true } else { false } }

  /// A note in brackets: read when it says what is included or that all are meant, else passed over.
  private mutating func note() {
    var depth = 0
    var end = at
    while end < characters.count {
      if "([「『（【".contains(characters[end]) { depth += 1 }
      if ")]」』）】".contains(characters[end]) { depth -= 1 }
      end += 1
      if depth == 0 { break }
    }
    let inner = String(characters[min(at + 1, end)..<max(at + 1, end - 1)]).lowercased()
    at = end
    let flipped = ["除く", "以外", "修正", "対策", "except", "fixed", "unaffected", "patched"]
    if flipped.contains(where: { inner.contains($0) }) {
      tokens.append(.reversal)
    } else if ["すべてのバージョン", "全てのバージョン", "全バージョン", "all versions"].contains(inner) {
      tokens.append(.all)
    } else {
      tokens.append(.noise)
    }
  }

  /// A version starts with a digit, or with letters that have a digit right behind them (R80.40, V300R003, v7.2).
  private var isVersionStart: Bool {
    guard Self.isWord(lower[at]) else { return false }
    if lower[at].isASCII, lower[at].isNumber { return true }
    var index = at
    while index < lower.count, lower[index].isASCII, lower[index].isLetter { index += 1 }
    if index < lower.count, lower[index] == ".", index - at <= 4, index + 1 < lower.count {
      let word = String(lower[at..<index])
      return (word == "rev" || word == "ver" || word == "v") && lower[index + 1].isNumber
    }
    return index < lower.count && lower[index].isASCII && lower[index].isNumber
  }

  private mutating func version() {
    let start = at
    var depth = 0
    while at < characters.count {
      let character = lower[at]
      if character == "(" {
        // 9.16(4)38, but not 7.2.8 (GA).
        guard at + 1 < lower.count, Self.isWord(lower[at + 1]), hasClosingBracket else { break }
        depth += 1
      } else if character == ")" {
        guard depth > 0 else { break }
        depth -= 1
      } else if !(character.isASCII && Self.isWord(character)) && !"._-*".contains(character) {
        guard character == ":" || character == "+", at + 1 < lower.count, Self.isWord(lower[at + 1]) else { break }
      }
      at += 1
    }
    while at > start + 1, "._-".contains(characters[at - 1]) { at -= 1 }
    var text = String(characters[start..<at])
    let low = text.lowercased()
    // RU1, SP2, build1639 behind a version belong to it.
    if case .version(let before)? = tokens.last, Self.isSuffix(low) {
      tokens.removeLast()
      text = before + " " + text
    }
    tokens.append(.version(text))
  }

  private var hasClosingBracket: Bool {
    var index = at + 1
    while index < lower.count, Self.isWord(lower[index]) || lower[index] == "." { index += 1 }
    return index < lower.count && lower[index] == ")"
  }

  private static func isSuffix(_ text: String) -> Bool {
    for word in [
      "ru", "mp", "sp", "cu", "build", "update", "patch", "hotfix", "hf", "beta", "rc", "alpha", "u", "r", "p",
    ]
    where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count)
      if rest.first?.isNumber ?? false, rest.allSatisfy({ $0.isNumber || $0 == "." || $0.isLetter }) { return true }
    }
    return false
  }

  /// A word without a digit. `Update 3`, `Patch 2` behind a version belong to it; other words are names.
  private mutating func word() {
    let start = at
    let isASCII = lower[at].isASCII
    while at < characters.count, !characters[at].isWhitespace, lower[at].isASCII == isASCII, Self.isWord(lower[at]) {
      if !isASCII, at > start, RangePhrases.firsts.contains(lower[at]),
        RangePhrases.all.contains(where: { $0.token != .noise && matches($0.text) })
      {
        break
      }
      at += 1
    }
    if at == start { at += 1 }
    let text = String(lower[start..<at])
    if case .version(let before)? = tokens.last,
      ["update", "patch", "sp", "build", "hotfix", "service", "pack", "r", "rev", "beta", "rc"].contains(text)
    {
      var digits = at
      while digits < characters.count, characters[digits] == " " { digits += 1 }
      if digits < characters.count, lower[digits].isASCII, lower[digits].isNumber {
        at = digits
        var end = at
        while end < characters.count, Self.isWord(lower[end]) || lower[end] == "." { end += 1 }
        tokens[tokens.count - 1] = .version(before + " " + text + " " + String(characters[at..<end]))
        at = end
        return
      }
      if text == "service" { return }
    }
    if ["v", "rev", "r", "firmware", "fw", "os", "build", "dated"].contains(text) {
      tokens.append(.noise)
    } else {
      tokens.append(.name)
    }
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }
}
