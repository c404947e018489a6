/// A piece of text with what is known around it.
struct NameContext {
  let text: NameText
  /// Vendors of the maker's column.
  let makers: Set<String>
  /// Vendors that the text itself names, and the words that do it.
  let vendors: Set<String>
  let vendorWords: Set<Int>

  /// Words that nothing explains.
  func left(_ covered: Set<Int>, ignoring ignored: Set<String>) -> [String] {
    text.words.indices.filter { !covered.contains($0) && !ignored.contains(text.words[$0].text) }
      .map { String(text.characters[text.words[$0].start..<text.words[$0].end]) }
  }

  /// What stands between the first and the last of these words.
  func matched(_ covered: [Int]) -> String {
    guard let first = covered.min(), let last = covered.max() else { return String(text.characters) }
    return String(text.characters[text.words[first].start..<text.words[last].end])
  }

  /// A way of cutting a piece into a name and a version.
  struct Cut {
    let name: String
    let version: String?
    /// Whether nothing of the piece is left.
    let isWhole: Bool
  }

  /// Ways of cutting the piece, the longest name first, with a maker in front and without.
  func readings(ignoring ignored: Set<String>) -> [Cut] {
    let words = text.words.indices.filter { !vendorWords.contains($0) }
    guard let first = words.first else { return [] }
    let starts = first == 0 ? [first] : [0, first]
    var readings: [Cut] = []
    for end in words.reversed() {
      let names = starts.map { String(text.characters[text.words[$0].start..<text.words[end].end]) }
      if end == words.last {
        readings += names.map { Cut(name: $0, version: nil, isWhole: true) }
        continue
      }
      guard !isInNumber(end), let version = NameVersion(in: text, behind: end + 1, ignoring: ignored) else { continue }
      let covered = Set(0...end).union(version.covered).union(vendorWords)
      let isWhole = left(covered, ignoring: ignored).isEmpty
      readings += names.map { Cut(name: $0, version: version.written, isWhole: isWhole) }
    }
    return readings
  }

  /// Whether a number goes on behind the word: the 7 of 7.0.
  private func isInNumber(_ index: Int) -> Bool {
    let (word, next) = (text.words[index], text.words[index + 1])
    return word.isNumber && next.isNumber && next.start == word.end + 1 && text.characters[word.end] == "."
  }
}
