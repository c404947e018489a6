/// What a run of letters in a version means (V3).
struct VersionWord {
  /// Below zero: before the release. Zero and above: after it.
  let rank: Int
  /// Words of the same number say the same: `p`, `pl` and `patch`. Zero: a word nobody knows.
  let meaning: Int
}

enum VersionWords {
  static let unknown = VersionWord(rank: 10, meaning: 0)

  /// The first letters of a word as one number.
  static func key(_ letters: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    var key: UInt64 = 0
    for letter in letters { key = key << 8 | UInt64(letter | 0x20) }
    return key
  }

  static func word(_ key: UInt64) -> VersionWord { table[key] ?? unknown }

  private static let table: [UInt64: VersionWord] = {
    // Pre-releases in their order, then what comes after a release. Only the first eight letters count.
    let before: [[String]] = [
      ["dev", "develop", "snapshot", "nightly"], ["alpha"], ["beta"], ["mileston"], ["pre", "preview", "prerelea"],
      ["rc", "cr", "candidat"],
    ]
    let after: [[String]] = [
      ["p", "pl", "patch"], ["r", "release"], ["u", "update", "upd"], ["sp", "servicep"], ["h", "hf", "hotfix"],
      ["mr"], ["mp"], ["ru"], ["cu"], ["build", "bld"], ["rev", "revision"], ["v", "ver", "version"],
    ]
    var table: [UInt64: VersionWord] = [:]
    func add(_ words: [[String]], rank: (Int) -> Int, meaning: Int) {
      for (index, same) in words.enumerated() {
        for word in same {
          var key: UInt64 = 0
          for letter in word.utf8 { key = key << 8 | UInt64(letter) }
          table[key] = VersionWord(rank: rank(index), meaning: meaning + index)
        }
      }
    }
    add(before, rank: { $0 - before.count }, meaning: 1)
    add(after, rank: { _ in 10 }, meaning: 20)
    return table
  }()

  static let neutral: Set<UInt64> = Set(
    ["final", "ga", "release", "stable"].map { $0.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
  )

  static let alpha = VersionWord(rank: -5, meaning: 2)
  static let beta = VersionWord(rank: -4, meaning: 3)
  static let milestone = VersionWord(rank: -3, meaning: 4)
}

extension VersionCursor {
  /// The meaning of the word here. A lone a, b or m with a number behind it is a pre-release (`2.0b2`), without one it is a
  /// patch letter (`1.0.1b`); where letters are patches it always is.
  func word(lettersArePatches: Bool) -> VersionWord {
    if wordLength == 1, isFollowedByDigit, !lettersArePatches {
      switch wordKey {
      case 97: return VersionWords.alpha
      case 98: return VersionWords.beta
      case 109: return VersionWords.milestone
      default: break
      }
    }
    return VersionWords.word(wordKey)
  }
}
