import Text

/// What it means for patients when the system behind an asset stands still.
package enum ClinicalImportance: String, Sendable, Hashable, CaseIterable, Codable {
  /// Care stops: EMR, monitors, dialysis.
  case critical
  case high
  case normal
  case low
  case unknown

  package var title: Localized {
    switch self {
    case .critical: Localized(ja: "止まると診療できない", en: "care stops without it")
    case .high: Localized(ja: "止まると診療が遅れる", en: "care is delayed")
    case .normal: Localized(ja: "しばらくは代わりの方法がある", en: "there is a way around for a while")
    case .low: Localized(ja: "診療への影響は小さい", en: "little effect on care")
    case .unknown: Localized(ja: "重要度が不明", en: "importance not known")
    }
  }
}
