import Text

/// The words of a text about versions.
enum RangeToken: Equatable {
  case version(String)
  /// In front of a version: `before`, `<`.
  case before
  /// In front of a version: `through`, `up to`, `<=`.
  case through
  /// In front of a version: `from`, `>=`, `since`.
  case from
  /// In front of a version: `after`, `>`.
  case after
  /// In front of a version: `=`.
  case exactly
  /// Behind a version: 未満, より前.
  case isUpperExcluded
  /// Behind a version: 以前, 以下, まで, `and earlier`.
  case isUpperIncluded
  /// Behind a version: 以降, 以上, から, `and later`.
  case isLowerIncluded
  /// Behind a version: より後.
  case isLowerExcluded
  /// Between two versions, or behind the first: から, `to`, ～, `-`.
  case to
  /// 系, `all versions` behind a version.
  case branch
  case all
  case separator
  /// A note in brackets, or words without meaning here: バージョン, `version`.
  case noise
  /// A name in front of a version.
  case name
  /// What turns the meaning around (を除く, `except`, `fixed`), so that nothing may be concluded.
  case reversal

  static func tokens(_ text: String) -> [RangeToken] {
    var scanner = RangeScanner(Width.halved(text))
    return scanner.scan()
  }
}
