import Records
import Text

extension Kind {
  /// 予算要求: what was asked for in a fiscal year, what was granted, and what has been spent of it.
  package static let budgetItem = Kind(
    key: "budget_item",
    label: Localized(ja: "予算要求", en: "Budget request"),
    plural: Localized(ja: "予算と執行", en: "Budget"),
    groups: [
      FieldGroup("basic", ja: "要求", en: "Request"), FieldGroup("decision", ja: "決定", en: "Decision"),
      FieldGroup("spending", ja: "執行", en: "Spending"),
    ],
    fields: [
      Field(
        "name",
        ja: "件名",
        en: "What for",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "要求名|事業名|名称|品名|Title"
      ),
      Field(
        "fiscal_year",
        ja: "年度",
        en: "Fiscal year",
        .identifier,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(ja: "例：2026、令和8年度", en: "As 2026 or FY2026: the year in which it begins."),
        synonyms: "会計年度|予算年度|要求年度"
      ),
      Field("department", ja: "担当部署", en: "Department", .reference("department"), group: "basic", synonyms: "部署|要求部署"),
      Field(
        "category",
        ja: "種類",
        en: "Type",
        .choice([
          Choice("device", ja: "機器・装置", en: "Devices", synonyms: "機器|装置|ハードウェア|備品"),
          Choice("software", ja: "ソフトウェア・利用料", en: "Software and subscriptions", synonyms: "ソフトウェア|ライセンス|利用料"),
          Choice("service", ja: "保守・委託", en: "Maintenance and services", synonyms: "保守|委託|役務"),
          Choice("training", ja: "教育・訓練", en: "Training and drills", synonyms: "教育|研修|訓練"),
          Choice("people", ja: "人員", en: "Staff", synonyms: "人件費|増員"),
          Choice("other", ja: "その他", en: "Other"),
        ]),
        group: "basic",
        synonyms: "区分|費目"
      ),
      Field(
        "reason",
        ja: "理由",
        en: "Reason",
        .multiline,
        group: "basic",
        help: Localized(
          ja: "かけないと何が起こるか、どの点検項目や機器のためかを書きます。",
          en: "What happens without it, and for which item or device."
        ),
        synonyms: "必要性|目的|要求理由"
      ),
      Field(
        "requested",
        ja: "要求額（円）",
        en: "Requested (yen)",
        .number,
        group: "basic",
        weight: .essential,
        synonyms: "要求額|要求金額|見積額|金額"
      ),
      Field("requested_on", ja: "要求した日", en: "Requested on", .date, group: "basic", synonyms: "要求日|申請日"),
      Field(
        "approved",
        ja: "認められた額（円）",
        en: "Granted (yen)",
        .number,
        group: "decision",
        weight: .essential,
        help: Localized(ja: "認められなかったときは 0 を書きます。", en: "0 where it was refused."),
        synonyms: "認められた額|決定額|査定額|予算額|承認額"
      ),
      Field("decided_on", ja: "決まった日", en: "Decided on", .date, group: "decision", synonyms: "決定日|決裁日|承認日"),
      Field(
        "spent",
        ja: "執行額（円）",
        en: "Spent (yen)",
        .number,
        group: "spending",
        weight: .essential,
        synonyms: "執行額|支出額|実績額|支払額"
      ),
      Field(
        "spent_as_of",
        ja: "執行額の時点",
        en: "Spent as of",
        .date,
        group: "spending",
        weight: .essential,
        synonyms: "執行の時点|時点|基準日"
      ),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "spending", weight: .extra, synonyms: "摘要|メモ|Notes"),
    ],
    titleFields: ["name"],
    identities: [["fiscal_year", "name"]],
    defaultSort: [Sort("fiscal_year", isDescending: true)],
    listed: ["name", "fiscal_year", "category", "requested", "approved", "decided_on", "spent", "spent_as_of"],
    menuOrder: 46,
    reach: .everyone,
    traits: KindTraits(
      lead: Localized(
        ja: "セキュリティのために要求した予算と、認められた額、執行した額です。今年度の合計は病院長のホームに出ます。",
        en:
          "What was asked for security, what was granted and what was spent. The year's sums stand on the director's home."
      ),
      files: Localized(ja: "予算要求書、執行状況の一覧", en: "Budget requests, spending lists"),
      home: OrganizationPath.home
    )
  )
}
