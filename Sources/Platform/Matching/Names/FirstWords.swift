/// Finds what can fit a text at all by the word it begins with, so that a text is not held against hundreds of rows.
struct FirstWords: Sendable {
  /// By a word of ASCII letters and digits.
  private var plain: [String: [Int]] = [:]
  /// Of other letters, which may run on into the next word.
  private var others: [Int] = []

  /// The first words of each row, in the order of the rows.
  init(_ rows: [[String]]) {
    for (place, words) in rows.enumerated() {
      for word in Set(words) {
        if (word.utf8.first ?? 0) > 127 { others.append(place) } else { plain[word, default: []].append(place) }
      }
    }
  }

  /// The rows that may fit, in their order.
  func places(_ text: NameText) -> [Int] {
    var found = text.spellings.flatMap { plain[$0] ?? [] }
    if text.hasOtherLetters { found += others }
    return found.count < 2 ? found : Set(found).sorted()
  }
}
