import Text

/// One thing that is recorded about every record of a kind.
package struct Field: Sendable {
  /// The column's name.
  package let key: String
  package let label: Localized
  package let type: FieldType
  /// The key of its `FieldGroup`.
  package let group: String
  /// How hospitals head this column, in Japanese and English. Compared after folding, so width, case and spaces are free.
  package let synonyms: [String]
  /// A record cannot be kept without it.
  package let isRequired: Bool
  package let weight: Weight
  package let help: Localized?

  /// How much it matters that a record has the field, for the quality page.
  package enum Weight: Int, Sendable, Comparable {
    case extra, useful, essential
    package static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  package init(
    _ key: String,
    ja: String,
    en: String,
    _ type: FieldType,
    group: String,
    weight: Weight = .useful,
    isRequired: Bool = false,
    help: Localized? = nil,
    synonyms: String = ""
  ) {
    self.key = key
    label = Localized(ja: ja, en: en)
    self.type = type
    self.group = group
    self.synonyms = [ja, en] + synonyms.split(separator: "|").map(String.init)
    self.isRequired = isRequired
    self.weight = weight
    self.help = help
  }

  /// The kind of record the field points to.
  package var referenced: String? {
    if case .reference(let kind) = type { return kind }
    return nil
  }

  package var choices: [Choice] {
    switch type {
    case .choice(let choices): choices
    case .yesNoUnknown: Choice.yesNo
    default: []
    }
  }

  /// How a record's title says the value: a choice by its name. Nil where it names nothing: not recorded, or 「不明」.
  func inTitle(_ value: String?) -> String? {
    guard let value, !value.isEmpty, value != Unknown.value else { return nil }
    return choices.first { $0.key == value }?.label.ja ?? value
  }

  /// Whether what is stored has one spelling only, so that it is compared and searched without folding anything away.
  package var isExact: Bool {
    switch type {
    case .identifier, .date, .number, .ip, .mac, .phone, .email: true
    default: false
    }
  }
}

package enum FieldType: Sendable, Hashable {
  case text, multiline
  /// A number or code given by somebody: kept with its leading zeros, half width.
  case identifier
  case choice([Choice])
  case yesNoUnknown
  /// Stored as `YYYY-MM-DD`.
  case date
  case number
  case ip, mac, phone, email
  /// The id of a record of the kind.
  case reference(String)
}

/// One of the values a field may have.
package struct Choice: Sendable, Hashable {
  /// As it is stored.
  package let key: String
  package let label: Localized
  /// How ledgers write it.
  package let synonyms: [String]

  package init(_ key: String, ja: String, en: String, synonyms: String = "") {
    self.key = key
    label = Localized(ja: ja, en: en)
    self.synonyms = [ja, en] + synonyms.split(separator: "|").map(String.init)
  }

  package static let yesNo = [
    Choice("yes", ja: "あり", en: "Yes", synonyms: Unknown.yes),
    Choice("no", ja: "なし", en: "No", synonyms: Unknown.no),
    Choice("na", ja: "対象外", en: "Does not apply", synonyms: "対象外|非対象|適用外|該当外|not applicable|n/a"),
  ]
}

/// 「不明」: somebody looked and does not know. A value of its own in every field: neither empty nor no.
package enum Unknown {
  /// As it is stored.
  package static let value = "?"
  package static let label = Localized(ja: "不明", en: "Unknown")
  /// Not recorded at all.
  package static let missingLabel = Localized(ja: "未記入", en: "Not recorded")

  /// How ledgers write it.
  package static let synonyms = words(
    "?|？|??|???|不明|不詳|不明確|未確認|確認中|要確認|未調査|調査中|わからない|わかりません|分からない|分かりません|判らない|"
      + "不明（要確認）|不明(確認中)|要調査|未把握|把握していない|未詳|unknown|unk|unclear|not known|to be confirmed|tbc|tbd"
  )

  /// Words that say that there is nothing to record.
  package static let empties = words(
    "-|－|―|ー|—|–|‐|−|--|---|ーー|‐‐|*|＊|・|/|／|×××|n/a|na|n.a.|none|null|nil|#n/a|空欄|空白|該当なし|該当無し|非該当|対象なし|記載なし|"
      + "なし(該当なし)|特になし|特に無し|特記事項なし|未記入|未入力|未登録|同左なし"
  )

  static let yes =
    "有|有り|アリ|○|〇|◯|◎|●|レ|✓|✔|☑|yes|y|true|1|はい|済|済み|実施|実施済|実施済み|対応済|対応済み|設定済|設定済み|設定あり|している|"
    + "導入済|導入済み|提出済|提出済み|可|該当|該当する|必要|on|有（）|存在する|ok|enabled"
  static let no =
    "無|無し|ナシ|×|✕|✖|x|ｘ|no|n|false|0|いいえ|未|未実施|未対応|未設定|設定なし|していない|未導入|未提出|不可|該当しない|不要|off|"
    + "存在しない|ng|disabled"

  private static func words(_ text: String) -> [String] { text.split(separator: "|").map(String.init) }
}
