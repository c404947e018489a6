import Advisories

extension VersionRange {
  /// Whether a version lies in the range. An open end holds; a bound that cannot be compared makes it unknown unless the
  /// other bound already says no. `7.2.*` as a bound is the end, or the beginning, of that branch (V7); `*` is no bound, `0`
  /// the beginning.
  package func contains(_ version: Version, in scheme: VersionScheme) -> Truth {
    guard version.isReadable(in: scheme) else { return .unknown }
    return lowerHolds(version, scheme) && upperHolds(version, scheme)
  }

  private func lowerHolds(_ version: Version, _ scheme: VersionScheme) -> Truth {
    guard let lower, !Self.isBeginning(lower.version) else { return .yes }
    if let stem = Self.branch(lower.version) {
      if version.isInBranch(stem) { return lower.isIncluded ? .yes : .no }
      return Self.truth(scheme.compare(version, written: stem), holds: .greater, orEqual: lower.isIncluded)
    }
    return Self.truth(scheme.compare(version, written: lower.version), holds: .greater, orEqual: lower.isIncluded)
  }

  private func upperHolds(_ version: Version, _ scheme: VersionScheme) -> Truth {
    guard let upper, upper.version != "*" else { return .yes }
    if let stem = Self.branch(upper.version) {
      if version.isInBranch(stem) { return upper.isIncluded ? .yes : .no }
      return Self.truth(scheme.compare(version, written: stem), holds: .less, orEqual: upper.isIncluded)
    }
    return Self.truth(scheme.compare(version, written: upper.version), holds: .less, orEqual: upper.isIncluded)
  }

  private static func truth(_ order: VersionOrder, holds side: VersionOrder, orEqual: Bool) -> Truth {
    switch order {
    case .unknown: .unknown
    case .equal: orEqual ? .yes : .no
    default: order == side ? .yes : .no
    }
  }

  private static func isBeginning(_ version: String) -> Bool { version == "*" || version == "0" || version.isEmpty }

  /// What stands before `.*` or `.x` of a branch.
  private static func branch(_ version: String) -> String? {
    let bytes = version.utf8
    guard bytes.count > 2, let last = bytes.last, last == 42 || last == 120 || last == 88 else { return nil }
    guard bytes[bytes.index(bytes.endIndex, offsetBy: -2)] == 46 else { return nil }
    return String(version.dropLast(2))
  }
}

extension Version {
  /// Whether the version begins with the numbers of the branch: 7.2.8 is in 7.2, 7.20 is not.
  func isInBranch(_ stem: String) -> Bool {
    let branch = Version(stem)
    return bytes.withUnsafeBufferPointer { one in
      branch.bytes.withUnsafeBufferPointer { other in
        let span = VersionSpan(one, rule: .generic)
        let stemSpan = VersionSpan(other, rule: .generic)
        guard span.isReadable, stemSpan.isReadable else { return false }
        var left = VersionCursor(one, span)
        var right = VersionCursor(other, stemSpan)
        while right.kind != .end {
          guard left.kind == right.kind else { return false }
          let order = left.kind == .number ? left.compareNumber(right) : left.compareWord(right)
          if order != .equal { return false }
          left.advance()
          right.advance()
        }
        return true
      }
    }
  }
}
