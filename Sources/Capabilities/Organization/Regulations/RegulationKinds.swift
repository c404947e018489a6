import Records
import Text

/// What is ruled in writing, and the forms that must be there on paper.
extension Kind {
  /// 規程: policies, rules, procedures, the penalties clause, plans.
  package static let regulation = Kind(
    key: "regulation",
    label: Localized(ja: "規程", en: "Regulation"),
    plural: Localized(ja: "規程・方針・手順", en: "Regulations"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("validity", ja: "承認と見直し", en: "Approval and review"),
    ],
    fields: [
      Field(
        "name",
        ja: "文書名",
        en: "Title",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "規程名|名称|文書名称"
      ),
      Field("number", ja: "文書番号", en: "Number", .identifier, group: "basic", synonyms: "規程番号|管理番号"),
      Field(
        "category",
        ja: "種類",
        en: "Type",
        .choice([
          Choice("policy", ja: "基本方針", en: "Policy", synonyms: "方針|ポリシー"),
          Choice("rule", ja: "規程", en: "Rule", synonyms: "規定|規則|要綱"),
          Choice("procedure", ja: "実施手順", en: "Procedure", synonyms: "手順書|マニュアル|要領"),
          Choice("penalty", ja: "罰則の条項", en: "Penalties clause", synonyms: "罰則|懲戒|就業規則"),
          Choice("plan", ja: "計画（BCPなど）", en: "Plan", synonyms: "計画|BCP"),
        ]),
        group: "basic",
        weight: .essential
      ),
      Field(
        "department",
        ja: "所管部署",
        en: "Department",
        .reference("department"),
        group: "basic",
        synonyms: "担当部署"
      ),
      Field("contents", ja: "内容", en: "Text", .multiline, group: "basic"),
      Field("place", ja: "保管場所", en: "Place", .text, group: "basic", synonyms: "保存場所|URL"),
      Field(
        "version",
        ja: "版",
        en: "Version",
        .text,
        group: "validity",
        weight: .essential,
        synonyms: "版数|改訂|Version"
      ),
      Field("effective_on", ja: "施行日", en: "In force from", .date, group: "validity", synonyms: "改定日|制定日"),
      Field("approver", ja: "承認者", en: "Approved by", .reference("person"), group: "validity", weight: .essential),
      Field("approved_on", ja: "承認日", en: "Approved on", .date, group: "validity", weight: .essential),
      Field(
        "review_due_on",
        ja: "次の見直し",
        en: "Review due on",
        .date,
        group: "validity",
        weight: .essential,
        synonyms: "見直し期限|次回見直し"
      ),
      Field(
        "must_read",
        ja: "職員が読んで確認する",
        en: "Staff confirm reading",
        .yesNoUnknown,
        group: "validity",
        help: Localized(
          ja: "「あり」にすると、職員の画面に出て、版ごとに「読みました」を記録します。",
          en: "With yes it appears for staff, who confirm each version."
        )
      ),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "validity", weight: .extra),
    ],
    titleFields: ["name"],
    identities: [["number"], ["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "category", "version", "approver", "approved_on", "review_due_on", "must_read"],
    menuOrder: 43,
    reach: .everyone,
    traits: KindTraits(home: OrganizationPath.home)
  )

  /// Where a topic of a checklist is ruled: the document and its article.
  package static let regulationTopic = Kind(
    key: "regulation_topic",
    label: Localized(ja: "規程で定めた事項", en: "Ruled topic"),
    plural: Localized(ja: "どこに定めてあるか", en: "Where topics are ruled"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "事項",
        en: "Topic",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(ja: "点検項目の番号か言葉。例：パスワードの桁数。", en: "A checklist item or its words, as password length."),
        synonyms: "項目|チェック項目"
      ),
      Field(
        "regulation",
        ja: "規程",
        en: "Regulation",
        .reference("regulation"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field("article", ja: "条番号", en: "Article", .text, group: "basic", weight: .essential, synonyms: "条|条文"),
      Field("wording", ja: "定めてある内容", en: "Wording", .multiline, group: "basic"),
    ],
    titleFields: ["name"],
    identities: [["name", "regulation"]],
    defaultSort: [Sort("name")],
    listed: ["name", "regulation", "article", "wording"],
    reach: .everyone,
    traits: KindTraits(home: OrganizationPath.home)
  )

  /// 書類原本: a paper form that care needs when the system stands still, with a copy that is not in the system.
  package static let formOriginal = Kind(
    key: "form_original",
    label: Localized(ja: "書類の原本", en: "Form original"),
    plural: Localized(ja: "書類原本", en: "Form originals"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("copies", ja: "原本と控え", en: "Copies")],
    fields: [
      Field("name", ja: "書類名", en: "Form", .text, group: "basic", weight: .essential, isRequired: true),
      Field("department", ja: "部署", en: "Department", .reference("department"), group: "basic", weight: .essential),
      Field("used_for", ja: "使う場面", en: "Used for", .text, group: "basic", synonyms: "用途"),
      Field("version", ja: "版", en: "Version", .text, group: "basic"),
      Field(
        "offline_place",
        ja: "システム外の控えの場所",
        en: "Offline copy at",
        .text,
        group: "copies",
        weight: .essential,
        help: Localized(
          ja: "ネットワークから切り離した媒体や、紙の束です。",
          en: "On a medium off the network, or a stack of paper."
        )
      ),
      Field("offline_on", ja: "控えを取った日", en: "Offline copy of", .date, group: "copies", weight: .essential),
      Field("master_place", ja: "印刷用原版の場所", en: "Print master at", .text, group: "copies", weight: .essential),
      Field("stock", ja: "紙の在庫（枚）", en: "Sheets in stock", .number, group: "copies"),
      Field(
        "file_hash",
        ja: "ファイルの指紋（SHA-256）",
        en: "SHA-256 of the file",
        .identifier,
        group: "copies",
        weight: .extra
      ),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "copies", weight: .extra),
    ],
    titleFields: ["name"],
    identities: [["name", "department"]],
    defaultSort: [Sort("name")],
    listed: ["name", "department", "used_for", "offline_place", "offline_on", "master_place", "stock"],
    menuOrder: 44,
    reach: .field("department"),
    traits: KindTraits(home: OrganizationPath.home)
  )
}
