import Advisories

/// Where a version stands to the ranges of one source when none of them holds it (V6).
enum RangeListing {
  /// Not affected: above a range in the same branch, or above all of them. Not listed: below all, or in a branch that no
  /// range touches.
  static func verdict(
    _ component: PreparedComponent,
    outside ranges: [VersionRange]
  ) -> SourceView.Verdict {
    let (version, scheme) = (component.version, component.scheme)
    // Of a Windows, ranges of other build lines do not speak.
    let ranges = ranges.filter { !component.isOfOtherLine($0) }
    guard !ranges.isEmpty else { return .notListed }
    var isAbove = false
    var isBelowSome = false
    for range in ranges {
      if RangeCheck.isAbove(version, range, scheme) {
        if sharesBranch(version, range) { return .notAffected }
        isAbove = true
      } else if RangeCheck.isBelow(version, range, scheme) {
        // Below the first affected release of its own branch: the fault came later.
        if let lower = range.lower, sharesBranch(version, lower.version) { return .notAffected }
        isBelowSome = true
      } else {
        return .possible(.versionIncomparable)
      }
    }
    return isAbove && !isBelowSome ? .notAffected : .notListed
  }

  private static func sharesBranch(_ version: Version, _ range: VersionRange) -> Bool {
    [range.lower?.version, range.upper?.version].compactMap(\.self).contains { sharesBranch(version, $0) }
  }

  /// The first two numbers are the same.
  private static func sharesBranch(_ version: Version, _ bound: String) -> Bool {
    let numbers = bound.split(separator: ".", maxSplits: 2)
    guard numbers.count >= 2 else { return false }
    return version.isInBranch(numbers[0] + "." + numbers[1].prefix { $0.isNumber })
  }
}

extension RangeCheck {
  static func isAbove(_ version: Version, _ range: VersionRange, _ scheme: VersionScheme) -> Bool {
    range.upper != nil && VersionRange(upper: range.upper).contains(version, in: scheme) == .no
  }

  static func isBelow(_ version: Version, _ range: VersionRange, _ scheme: VersionScheme) -> Bool {
    range.lower != nil && VersionRange(lower: range.lower).contains(version, in: scheme) == .no
  }
}
