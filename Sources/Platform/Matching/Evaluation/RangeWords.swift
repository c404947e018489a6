import Advisories
import Text

extension VersionRange {
  /// 「7.0.0 以上 7.0.14 未満」, `7.0.0 up to but not including 7.0.14`.
  package var words: Localized {
    if let lower, let upper, lower == upper { return Localized(both: lower.version) }
    let low = lower.flatMap { $0.version == "0" || $0.version == "*" ? nil : $0 }
    let high = upper.flatMap { $0.version == "*" ? nil : $0 }
    if let low, let high, high.version == low.version + ".*" {
      return Localized(ja: "\(low.version) 系", en: "all of \(low.version)")
    }
    switch (low, high) {
    case (nil, nil): return Localized(ja: "すべての版", en: "all versions")
    case (let low?, nil):
      return low.isIncluded
        ? Localized(ja: "\(low.version) 以上", en: "\(low.version) and later")
        : Localized(ja: "\(low.version) より後", en: "after \(low.version)")
    case (nil, let high?): return Self.upper(high)
    case (let low?, let high?):
      let end = Self.upper(high)
      return Localized(
        ja: "\(low.version) \(low.isIncluded ? "以上" : "より後") \(end.ja)",
        en: (low.isIncluded ? "from " : "after ") + low.version + " " + end.en
      )
    }
  }

  private static func upper(_ bound: VersionBound) -> Localized {
    if bound.version.hasSuffix(".*") {
      let stem = String(bound.version.dropLast(2))
      return Localized(ja: "\(stem) 系まで", en: "through all of \(stem)")
    }
    return bound.isIncluded
      ? Localized(ja: "\(bound.version) 以下", en: "through \(bound.version)")
      : Localized(ja: "\(bound.version) 未満", en: "before \(bound.version)")
  }
}
