/// The order by runs (V2, V3): numbers first, filled up with zeros, then the letters behind them, and so on.
enum GenericOrder {
  static func compare(
    _ left: inout VersionCursor,
    _ right: inout VersionCursor,
    lettersArePatches: Bool
  ) -> VersionOrder {
    while true {
      // Final, GA and RELEASE say that it is the release and nothing more.
      while left.isNeutral { left.advance() }
      while right.isNeutral { right.advance() }
      if left.kind == .number, right.kind == .number {
        let order = left.compareNumber(right)
        if order != .equal { return order }
        left.advance()
        right.advance()
      } else if left.kind == .number {
        if !left.isZero { return .greater }
        left.advance()
      } else if right.kind == .number {
        if !right.isZero { return .less }
        right.advance()
      } else if left.kind == .end, right.kind == .end {
        return .equal
      } else if left.kind == .end {
        return right.word(lettersArePatches: lettersArePatches).rank < 0 ? .greater : .less
      } else if right.kind == .end {
        return left.word(lettersArePatches: lettersArePatches).rank < 0 ? .less : .greater
      } else {
        let order = compareWords(left, right, lettersArePatches: lettersArePatches)
        if order != .equal { return order }
        left.advance()
        right.advance()
      }
    }
  }

  private static func compareWords(
    _ left: VersionCursor,
    _ right: VersionCursor,
    lettersArePatches: Bool
  ) -> VersionOrder {
    let spelled = left.compareWord(right)
    let one = left.word(lettersArePatches: lettersArePatches)
    let other = right.word(lettersArePatches: lettersArePatches)
    if one.rank != other.rank { return VersionOrder(one.rank, other.rank) }
    if spelled == .equal || (one.meaning != 0 && one.meaning == other.meaning) { return .equal }
    // A pre-release of the same rank has the same meaning and is equal above. Letters and the short words that makers count
    // with are ordered by the alphabet (MP before RU); what two unknown words mean to each other, nobody knows.
    if lettersArePatches { return spelled }
    return (left.wordLength <= 2 || one.meaning != 0) && (right.wordLength <= 2 || other.meaning != 0)
      ? alphabetical(left, one, right, other) : .unknown
  }

  /// By the shortest spelling of each meaning, so that `patch` stands where `p` does.
  private static func alphabetical(
    _ left: VersionCursor,
    _ one: VersionWord,
    _ right: VersionCursor,
    _ other: VersionWord
  ) -> VersionOrder {
    let leftKey = VersionWords.shortest(one.meaning) ?? left.padded
    let rightKey = VersionWords.shortest(other.meaning) ?? right.padded
    return leftKey < rightKey ? .less : leftKey > rightKey ? .greater : .equal
  }
}

extension VersionCursor {
  /// A word that adds nothing; with a number behind it counts something.
  var isNeutral: Bool {
    kind == .word && wordLength >= 2 && !isFollowedByDigit && VersionWords.neutral.contains(wordKey)
  }

  /// The word's letters, filled up on the right, so that numbers order as words do.
  var padded: UInt64 { VersionWords.padded(wordKey, length: min(wordLength, 8)) }
}

extension VersionWords {
  static func padded(_ key: UInt64, length: Int) -> UInt64 { key << UInt64(8 * (8 - length)) }

  /// The shortest word that means it, filled up.
  static func shortest(_ meaning: Int) -> UInt64? {
    let words = ["p", "r", "u", "sp", "h", "mr", "mp", "ru", "cu", "build", "rev", "v"]
    guard meaning >= 20, meaning - 20 < words.count else { return nil }
    let word = words[meaning - 20]
    return padded(word.utf8.reduce(0) { $0 << 8 | UInt64($1) }, length: word.utf8.count)
  }
}
