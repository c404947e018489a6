/// A row of words, of which `*` stands for up to six others and a `+` at the end for the model behind.
struct NamePattern: Sendable {
  let words: [String]

  init(_ text: String) { words = NameText.pattern(text) }

  struct Match {
    /// The words that the pattern itself names.
    var covered: [Int] = []
    /// Of these the ones that a `*` at the end took.
    var open: Set<Int> = []
    /// The first word behind.
    var next = 0
    /// The model behind, in small letters, where the pattern asks for one.
    var model: String?

    /// The words by which it fits.
    var named: Set<Int> { Set(covered).subtracting(open) }
  }

  /// The first place where the pattern fits.
  func match(_ text: NameText) -> Match? {
    guard let first = words.first, text.mayHold(first) else { return nil }
    for start in text.words.indices {
      var match = Match()
      if fits(text, start, 0, &match) { return match }
    }
    return nil
  }

  private func fits(_ text: NameText, _ at: Int, _ index: Int, _ match: inout Match) -> Bool {
    if index == words.count {
      match.next = at
      return true
    }
    if words[index] == "*" {
      if index == words.count - 1 {
        // At the end it takes what follows up to the first number.
        var next = at
        while next < text.words.count, !text.words[next].isNumber { next += 1 }
        match.covered += Array(at..<next)
        match.open = Set(at..<next)
        match.next = next
        return true
      }
      for skip in 0...6 {
        let before = match
        if fits(text, at + skip, index + 1, &match) { return true }
        match = before
      }
      return false
    }
    guard at < text.words.count else { return false }
    if words[index] == "+" { return takesModel(text, at, &match) }
    let word = text.words[at]
    guard word.text == words[index] || (word.text.utf8.first ?? 0) > 127 && word.text.contains(words[index]) else {
      return false
    }
    match.covered.append(at)
    return fits(text, at + 1, index + 1, &match)
  }

  /// Letters, digits and hyphens without a blank between; a model has a digit.
  private func takesModel(_ text: NameText, _ at: Int, _ match: inout Match) -> Bool {
    var end = text.words[at].end
    var next = at + 1
    while next < text.words.count {
      let gap = text.characters[end..<text.words[next].start]
      guard gap.allSatisfy({ $0 == "-" }), text.words[next].text.utf8.allSatisfy({ $0 < 128 }) else { break }
      end = text.words[next].end
      next += 1
    }
    let model = String(text.characters[text.words[at].start..<end]).lowercased()
    guard model.utf8.allSatisfy({ $0 < 128 }), model.contains(where: \.isNumber) else { return false }
    match.covered += Array(at..<next)
    match.next = next
    match.model = model
    return true
  }
}
