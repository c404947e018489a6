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

  /// Whether it is nothing but a year: a name that feeds and ledgers give to a product.
  var isYear: Bool {
    guard let lower, lower == upper else { return false }
    let text = lower.version
    return text.utf8.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20"))
      && text.utf8.allSatisfy { 48...57 ~= $0 }
  }

  /// Whether it begins in one branch and ends before the first release of another: from 6.4.0 to before 6.5.0.
  var endsAtNextBranch: Bool {
    guard let lower, lower.version != "0", lower.version != "*", let upper, !upper.isIncluded else { return false }
    let end = upper.version.split(separator: ".")
    guard end.count > 2, end.dropFirst(2).allSatisfy({ part in part.allSatisfy { $0 == "0" } }) else { return false }
    let start = lower.version.split(separator: ".").prefix(2).map(String.init)
    return start + Array(repeating: "0", count: 2 - start.count) != end.prefix(2).map(String.init)
  }

  /// All of a branch: `7.2` and every `7.2.*`. The upper end is written as feeds write it.
  static func branch(_ stem: String) -> VersionRange {
    VersionRange(lower: VersionBound(stem, isIncluded: true), upper: VersionBound(stem + ".*", isIncluded: true))
  }
}
