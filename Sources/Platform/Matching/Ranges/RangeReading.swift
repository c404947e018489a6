import Advisories

/// What a text about versions says. What cannot be read is `unreadable`: neither all versions nor none.
package enum RangeReading: Sendable, Hashable {
  case ranges([VersionRange])
  /// Every version: 「すべてのバージョン」, `all versions`.
  case everything
  case unreadable

  /// Reads 「7.3.7 より前のバージョン」, `7.2.26 and earlier`, `>= 1.0, < 1.2` (vuln.md 4.7, V7).
  package init(_ text: String) {
    guard text.utf8.count <= 2_000 else {
      self = .unreadable
      return
    }
    var reader = RangeReader(RangeToken.tokens(text))
    self = reader.read()
  }
}

extension VersionRange {
  /// Nothing but this version.
  static func only(_ version: String) -> VersionRange {
    VersionRange(lower: VersionBound(version, isIncluded: true), upper: VersionBound(version, isIncluded: true))
  }

  /// All of a branch: `7.2` and every `7.2.*`. The upper end is written as feeds write it.
  static func branch(_ stem: String) -> VersionRange {
    VersionRange(lower: VersionBound(stem, isIncluded: true), upper: VersionBound(stem + ".*", isIncluded: true))
  }
}
