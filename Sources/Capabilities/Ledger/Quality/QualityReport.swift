import Records
import Text
import Time

/// What is wrong with a ledger, rule by rule. Pure: made from the records as they are.
package struct QualityReport: Sendable {
  package let kind: Kind
  package let population: Int
  /// The most pressing first; rules that found nothing are left out.
  package let findings: [QualityFinding]

  package func finding(_ rule: QualityRule, field: String? = nil) -> QualityFinding? {
    findings.first { $0.rule == rule && (field == nil || $0.field == field) }
  }
}

package enum QualityRule: String, Sendable, CaseIterable {
  /// Two things under one number.
  case numberReused
  /// One thing twice.
  case duplicate
  case pastSupport
  case essentialMissing
  case essentialUnknown
  case stale
  case privateUse
  case readingMissing
  case usefulMissing

  package var label: Localized {
    switch self {
    case .numberReused: Localized(ja: "番号の使い回し", en: "Re-used numbers")
    case .duplicate: Localized(ja: "重複", en: "Duplicates")
    case .pastSupport: Localized(ja: "サポート終了", en: "Past end of support")
    case .essentialMissing: Localized(ja: "大事な項目の未記入", en: "Essential fields not recorded")
    case .essentialUnknown: Localized(ja: "大事な項目が不明", en: "Essential fields unknown")
    case .stale: Localized(ja: "長く確認されていない", en: "Not confirmed for long")
    case .privateUse: Localized(ja: "外字", en: "Private-use characters")
    case .readingMissing: Localized(ja: "フリガナの未記入", en: "Without a reading")
    case .usefulMissing: Localized(ja: "あると役立つ項目の未記入", en: "Useful fields not recorded")
    }
  }
}

package struct QualityFinding: Sendable {
  package let rule: QualityRule
  package let field: String?
  package let text: Localized
  /// The ids of the records concerned, in the ledger's order.
  package let records: [String]
  /// For duplicates: which records belong together, and what they share.
  package let groups: [Group]

  package struct Group: Sendable, Hashable {
    package let value: String
    package let records: [String]
  }

  package var count: Int { records.count }
}
