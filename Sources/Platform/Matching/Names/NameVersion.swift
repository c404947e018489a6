/// The version that stands behind a product's name.
struct NameVersion {
  /// As written, with its build: `v7.2.8 build1639`.
  let written: String
  /// The words it takes.
  let covered: Range<Int>

  /// Words without meaning in between are passed over; another word ends the search.
  init?(in text: NameText, behind: Int, ignoring ignored: Set<String>) {
    var index = behind
    while index < text.words.count {
      let word = text.words[index]
      if word.isNumber { break }
      let isPrefix = ["v", "r", "rev", "ver", "version", "release"].contains(word.text)
      if isPrefix, index + 1 < text.words.count, text.words[index + 1].isNumber { break }
      guard ignored.contains(word.text) else { return nil }
      index += 1
    }
    guard index < text.words.count else { return nil }
    let start = text.words[index].start
    var end = Self.end(text.characters, from: start)
    if let more = Self.suffixEnd(text, behind: end) { end = more }
    written = String(text.characters[start..<end])
    guard written.contains(where: \.isNumber) else { return nil }
    covered = index..<(text.words.firstIndex { $0.start >= end } ?? text.words.count)
  }

  private static func end(_ characters: [Character], from start: Int) -> Int {
    var at = start
    var depth = 0
    var hasDigit = false
    while at < characters.count {
      let character = characters[at]
      let next = at + 1 < characters.count ? characters[at + 1] : " "
      let nextIsWord = next.isASCII && (next.isNumber || next.isLetter)
      if character.isASCII, character.isNumber || character.isLetter {
        hasDigit = hasDigit || character.isNumber
      } else if character == "(" {
        guard nextIsWord, hasDigit else { break }
        depth += 1
      } else if character == ")" {
        guard depth > 0 else { break }
        depth -= 1
      } else if "._-+:".contains(character) {
        guard nextIsWord else { break }
      } else if character == " ", !hasDigit {
        // v 7.2, Rev. 14
      } else {
        break
      }
      at += 1
    }
    return at
  }

  /// ` build1639`, ` SP1`, ` RU1 MP2`, ` Update 3`, `,build0304` behind belong to it.
  private static func suffixEnd(_ text: NameText, behind end: Int) -> Int? {
    var result: Int?
    var at = end
    while let index = text.words.firstIndex(where: { $0.start >= at }), index + 1 < text.words.count {
      let word = text.words[index]
      let gap = text.characters[at..<word.start]
      guard gap.allSatisfy({ $0 == " " || $0 == "," || $0 == "(" }),
        ["build", "sp", "ru", "mp", "update", "patch", "cu", "u", "hotfix"].contains(word.text),
        text.words[index + 1].isNumber
      else { return result }
      at = text.words[index + 1].end
      result = at
    }
    return result
  }
}

extension Version {
  /// The version without prefix, build and notes, in small letters: what CPE would write. Nil where it is none.
  package var core: String? {
    let span = bytes.withUnsafeBufferPointer { VersionSpan($0, rule: .generic) }
    guard span.isReadable else { return nil }
    return String(decoding: bytes[span.start..<span.end], as: UTF8.self).lowercased()
  }
}
