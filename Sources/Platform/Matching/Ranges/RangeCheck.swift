import Advisories

extension VersionRange {
  /// Whether a version lies in the range. An open end holds; a bound that cannot be compared makes it unknown unless the
  /// other bound already says no. `7.2.*` as a bound is the end, or the beginning, of that branch (V7); `*` is no bound, `0`
  /// the beginning.
  package func contains(_ version: Version, in scheme: VersionScheme) -> Truth {
    Self.with(lower) { low in
      Self.with(upper) { high in
        RangeCheck.lowerHolds(version, scheme, low, isIncluded: lower?.isIncluded ?? true)
          && RangeCheck.upperHolds(version, scheme, high, isIncluded: upper?.isIncluded ?? true)
      }
    }
  }

  private static func with(_ bound: VersionBound?, _ body: (UnsafeBufferPointer<UInt8>?) -> Truth) -> Truth {
    guard var text = bound?.version else { return body(nil) }
    return text.withUTF8 { body($0) }
  }
}

/// The two ends of a range, on the bytes of a feed.
enum RangeCheck {
  static func lowerHolds(
    _ version: Version,
    _ scheme: VersionScheme,
    _ bound: UnsafeBufferPointer<UInt8>?,
    isIncluded: Bool
  ) -> Truth {
    guard let bound, !isBeginning(bound) else { return .yes }
    if let stem = branch(bound) {
      if version.isInBranch(stem) { return isIncluded ? .yes : .no }
      return truth(scheme.compare(version, bytes: stem), holds: .greater, orEqual: isIncluded)
    }
    return truth(scheme.compare(version, bytes: bound), holds: .greater, orEqual: isIncluded)
  }

  static func upperHolds(
    _ version: Version,
    _ scheme: VersionScheme,
    _ bound: UnsafeBufferPointer<UInt8>?,
    isIncluded: Bool
  ) -> Truth {
    guard let bound, !(bound.count == 1 && bound[0] == 42) else { return .yes }
    if let stem = branch(bound) {
      if version.isInBranch(stem) { return isIncluded ? .yes : .no }
      return truth(scheme.compare(version, bytes: stem), holds: .less, orEqual: isIncluded)
    }
    return truth(scheme.compare(version, bytes: bound), holds: .less, orEqual: isIncluded)
  }

  private static func truth(_ order: VersionOrder, holds side: VersionOrder, orEqual: Bool) -> Truth {
    switch order {
    case .unknown: .unknown
    case .equal: orEqual ? .yes : .no
    default: order == side ? .yes : .no
    }
  }

  private static func isBeginning(_ bound: UnsafeBufferPointer<UInt8>) -> Bool {
    bound.isEmpty || (bound.count == 1 && (bound[0] == 42 || bound[0] == 48))
  }

  /// What stands before `.*` or `.x` of a branch.
  private static func branch(_ bound: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard bound.count > 2, bound[bound.count - 2] == 46 else { return nil }
    let last = bound[bound.count - 1]
    return last == 42 || last | 0x20 == 120 ? UnsafeBufferPointer(rebasing: bound[..<(bound.count - 2)]) : nil
  }
}

extension Version {
  /// Whether the version begins with the numbers of the branch: 7.2.8 is in 7.2, 7.20 is not.
  package func isInBranch(_ stem: String) -> Bool {
    var stem = stem
    return stem.withUTF8 { isInBranch($0) }
  }

  func isInBranch(_ stem: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { one in
      let span = VersionSpan(one, rule: .generic)
      let stemSpan = VersionSpan(stem, rule: .generic)
      guard span.isReadable, stemSpan.isReadable else { return false }
      var left = VersionCursor(one, span)
      var right = VersionCursor(stem, stemSpan)
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
