import Text

/// The number of an item however a form writes it: 「2(7)」, 「2-⑦」, 「(7)」 under the head 「2 …」, 「③-1」.
struct FormNumber: Sendable, Hashable {
  let parts: [Int]

  init(parts: [Int]) { self.parts = parts }

  /// A text that is a number and nothing else.
  init?(_ text: String) {
    guard let (number, rest) = Self.leading(text), rest.isEmpty else { return nil }
    self = number
  }

  /// The number a text begins with, and the rest. A digit counts only when something follows that ends a number, so that
  /// 「2要素認証」 begins with none.
  static func leading(_ text: String) -> (FormNumber, rest: String)? {
    let characters = Array(Width.halved(Width.trimmed(text)).replacing("−", with: "-"))
    var parts: [Int] = []
    var at = 0
    var isClosed = false
    while at < characters.count {
      let character = characters[at]
      if let value = circled(character) {
        parts.append(value)
        at += 1
        isClosed = true
      } else if character == "(", let close = characters[at...].firstIndex(of: ")"),
        let value = Int(String(characters[(at + 1)..<close]))
      {
        parts.append(value)
        at = close + 1
        isClosed = true
      } else if character.isASCII, character.isNumber {
        let digits = characters[at...].prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 3, let value = Int(String(digits)) else { return nil }
        let end = at + digits.count
        let follows = end < characters.count ? characters[end] : " "
        guard " -.．、(　:：\t\n".contains(follows) || circled(follows) != nil else { break }
        parts.append(value)
        at = end
        isClosed = follows != "-"
      } else if "-.".contains(character), !parts.isEmpty, at + 1 < characters.count,
        characters[at + 1].isNumber || circled(characters[at + 1]) != nil || characters[at + 1] == "("
      {
        at += 1
      } else {
        break
      }
    }
    guard !parts.isEmpty, isClosed else { return nil }
    let rest = String(characters[at...]).drop { " .．、:：\t\n".contains($0) }
    return (FormNumber(parts: parts), Width.trimmed(String(rest)))
  }

  /// ① is 1, ⑳ is 20.
  private static func circled(_ character: Character) -> Int? {
    guard let scalar = character.unicodeScalars.first, (0x2460...0x2473).contains(scalar.value) else { return nil }
    return Int(scalar.value) - 0x245f
  }
}
