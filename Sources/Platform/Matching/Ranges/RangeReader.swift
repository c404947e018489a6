import Advisories

/// Reads the words of a text about versions into ranges.
struct RangeReader {
  private let tokens: [RangeToken]
  private var ranges: [VersionRange] = []
  private var clause = Clause()
  private var isAll = false

  init(_ tokens: [RangeToken]) { self.tokens = tokens }

  /// What is being read between two separators.
  private struct Clause {
    /// The operator that waits for its version.
    var waiting: RangeToken?
    /// A version that no operator has claimed yet.
    var pending: String?
    var lower: VersionBound?
    var upper: VersionBound?
    /// Versions side by side without a word between.
    var others: [String] = []
    /// A branch that a bound may still narrow: 「10.0 系 10.0.5 より前」.
    var branch: String?
    var nameBefore = false
    var nameBehind = false
    var isFull: Bool { pending != nil || branch != nil || lower != nil || upper != nil }
  }

  mutating func read() -> RangeReading {
    for (index, token) in tokens.enumerated() where !take(token, next: next(after: index)) { return .unreadable }
    guard close() else { return .unreadable }
    if isAll { return ranges.isEmpty ? .everything : .ranges(ranges) }
    return ranges.isEmpty ? .unreadable : .ranges(joined())
  }

  private func next(after index: Int) -> RangeToken? { tokens[(index + 1)...].first { $0 != .noise } }

  private mutating func take(_ token: RangeToken, next: RangeToken?) -> Bool {
    switch token {
    case .version(let version): return take(version, next: next)
    case .before, .through, .from, .after, .exactly: return prefix(token)
    case .isUpperExcluded: return upper(isIncluded: false)
    case .isUpperIncluded: return upper(isIncluded: true)
    case .isLowerIncluded: return lower(isIncluded: true)
    case .isLowerExcluded: return lower(isIncluded: false)
    case .to:
      // から with nothing behind it: from here on.
      guard clause.waiting == nil || clause.pending != nil else { return true }
      if let pending = clause.pending {
        clause.lower = VersionBound(Self.stem(pending) ?? pending, isIncluded: true)
        clause.pending = nil
        if case .version? = next { clause.waiting = .through }
        return true
      }
      if clause.lower != nil {
        clause.waiting = .through
        return true
      }
      return clause.upper == nil
    case .branch: return branch(next: next)
    case .all:
      if clause.pending != nil { return branch(next: next) }
      // `all versions before 3.1`
      if next == nil || next == .separator { isAll = true }
      return true
    case .separator:
      // `between 1.0 and 2.0`
      if clause.waiting == nil, clause.lower != nil, clause.upper == nil, isBetween {
        clause.waiting = .through
        return true
      }
      return clause.waiting != nil && !clause.isFull ? false : close()
    case .noise: return true
    case .name:
      // A name in front of a version says of what; behind one nobody knows what it does to it.
      if clause.pending != nil { clause.nameBehind = true } else { clause.nameBefore = true }
      return clause.lower == nil && clause.upper == nil || clause.waiting != nil
        || clause.upper != nil && clause.pending == nil
    case .reversal: return false
    }
  }

  private var isBetween: Bool {
    guard let index = tokens.firstIndex(of: .from) else { return false }
    // A second version must follow the separator directly.
    guard let separator = tokens[index...].firstIndex(of: .separator) else { return false }
    let rest = tokens[(separator + 1)...].filter { $0 != .noise }
    if case .version? = rest.first { return rest.count == 1 }
    return false
  }

  private mutating func take(_ version: String, next: RangeToken?) -> Bool {
    if let waiting = clause.waiting {
      clause.waiting = nil
      switch waiting {
      case .before: clause.upper = VersionBound(Self.stem(version) ?? version, isIncluded: false)
      case .through:
        // X から Y より前: the word behind decides.
        if next == .isUpperExcluded || next == .isUpperIncluded {
          clause.pending = version
        } else {
          clause.upper = VersionBound(Self.branchEnd(version), isIncluded: true)
        }
      case .from: clause.lower = VersionBound(Self.stem(version) ?? version, isIncluded: true)
      case .after: clause.lower = VersionBound(version, isIncluded: false)
      default: clause.pending = version
      }
      return true
    }
    if let pending = clause.pending {
      // Windows 10 版 1.2.3: the first belongs to a name. 1.0 1.1: a list.
      let isName = clause.nameBehind || (clause.nameBefore && pending.allSatisfy(\.isNumber))
      if !isName { clause.others.append(pending) }
    }
    clause.nameBehind = false
    clause.pending = version
    return true
  }

  private mutating func prefix(_ token: RangeToken) -> Bool {
    // 2.x before 2.5, 1.0 through 2.0
    if let pending = clause.pending, clause.lower == nil, !clause.nameBehind, token == .before || token == .through {
      clause.lower = VersionBound(Self.stem(pending) ?? pending, isIncluded: true)
      clause.pending = nil
    } else if clause.pending != nil || (clause.upper != nil && clause.lower != nil) {
      guard close() else { return false }
    }
    if clause.waiting != nil, clause.waiting != .exactly { return clause.waiting == token }
    clause.waiting = token
    return true
  }

  private mutating func upper(isIncluded: Bool) -> Bool {
    guard let pending = clause.pending else { return clause.upper != nil || trailingUpper(isIncluded) }
    clause.upper = VersionBound(
      isIncluded ? Self.branchEnd(pending) : Self.stem(pending) ?? pending,
      isIncluded: isIncluded
    )
    if let branch = clause.branch { clause.lower = VersionBound(branch, isIncluded: true) }
    clause.branch = nil
    clause.pending = nil
    return true
  }

  /// `1.2, 1.3 and earlier`, 「1.2 および 1.3、それ以前」: the word stands behind a separator.
  private mutating func trailingUpper(_ isIncluded: Bool) -> Bool {
    guard let last = ranges.last, let bound = last.upper, last.lower?.version == bound.version else { return false }
    ranges[ranges.count - 1] = VersionRange(upper: VersionBound(bound.version, isIncluded: isIncluded))
    return true
  }

  private mutating func lower(isIncluded: Bool) -> Bool {
    guard let pending = clause.pending else { return clause.lower != nil }
    clause.lower = VersionBound(Self.stem(pending) ?? pending, isIncluded: isIncluded)
    clause.pending = nil
    return true
  }

  private mutating func branch(next: RangeToken?) -> Bool {
    guard let pending = clause.pending else {
      return clause.lower != nil || clause.upper != nil || clause.branch != nil
    }
    if case .version? = next, clause.branch == nil {
      clause.branch = Self.stem(pending) ?? pending
      clause.pending = nil
      return true
    }
    clause.pending = (Self.stem(pending) ?? pending) + ".x"
    return true
  }

  private mutating func close() -> Bool {
    defer { clause = Clause() }
    if let waiting = clause.waiting, waiting != .exactly { return clause.lower != nil && waiting == .through }
    if let branch = clause.branch { ranges.append(.branch(branch)) }
    if clause.nameBehind { return false }
    for version in clause.others { ranges.append(Self.single(version)) }
    if clause.lower != nil || clause.upper != nil {
      if let pending = clause.pending {
        // 10.0 系 10.0.5 より前 is read above; a version left over beside a range is one more version.
        ranges.append(Self.single(pending))
      }
      ranges.append(VersionRange(lower: clause.lower, upper: clause.upper))
    } else if let pending = clause.pending {
      ranges.append(Self.single(pending))
    }
    return true
  }

  /// 「1.0 以降、2.0 未満」 and `>= 1.0, < 1.2`: one range in two clauses.
  private func joined() -> [VersionRange] {
    var result: [VersionRange] = []
    for range in ranges {
      if let last = result.last, let lower = last.lower, last.upper == nil, let upper = range.upper, range.lower == nil,
        VersionScheme.shape.compare(lower.version, upper.version) == .less
      {
        result[result.count - 1] = VersionRange(lower: lower, upper: upper)
      } else {
        result.append(range)
      }
    }
    return result
  }

  private static func single(_ version: String) -> VersionRange {
    stem(version).map { .branch($0) } ?? .only(version)
  }

  /// `2.x`, `2.*`: what stands before the star.
  private static func stem(_ version: String) -> String? {
    for end in [".x", ".X", ".*"] where version.hasSuffix(end) {
      let stem = version.dropLast(2)
      return stem.isEmpty ? nil : stem.hasSuffix(".x") || stem.hasSuffix(".*") ? String(stem.dropLast(2)) : String(stem)
    }
    return nil
  }

  /// Through `2.x` means through the end of that branch.
  private static func branchEnd(_ version: String) -> String { stem(version).map { $0 + ".*" } ?? version }
}
