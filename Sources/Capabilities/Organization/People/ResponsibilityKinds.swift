import Records
import Text

/// Who answers for what, and what people are qualified for.
extension Kind {
  /// 責任の体制: one post of the chain 管理者 → 情報統括責任者 → 医療情報システム安全管理責任者・企画管理者 → 現場責任者
  /// (安全管理ガイドライン 第7.0版 企画管理編; 手引き 付録2「サイバーセキュリティ体制図」), with who holds it and who stands in.
  package static let responsibility = Kind(
    key: "responsibility",
    label: Localized(ja: "体制の役割", en: "Responsibility"),
    plural: Localized(ja: "責任の体制", en: "Responsibilities"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("reach", ja: "連絡", en: "Contact")],
    fields: [
      Field(
        "role",
        ja: "役割",
        en: "Role",
        .choice(ChainRole.allCases.map { Choice($0.rawValue, ja: $0.label.ja, en: $0.label.en) }),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "役割名|責任区分|Role"
      ),
      Field(
        "person",
        ja: "担当者",
        en: "Held by",
        .reference("person"),
        group: "basic",
        weight: .essential,
        synonyms: "氏名|責任者|Person"
      ),
      Field(
        "deputy",
        ja: "代行者",
        en: "Deputy",
        .reference("person"),
        group: "basic",
        weight: .essential,
        help: Localized(ja: "本人が不在のときに、同じことを決められる人です。", en: "Who may decide the same when the holder is away."),
        synonyms: "代理|代理者|副担当|Deputy"
      ),
      Field(
        "department",
        ja: "部署",
        en: "Department",
        .reference("department"),
        group: "basic",
        help: Localized(ja: "現場責任者は、受け持つ部署ごとに1件ずつ登録します。", en: "Site managers: one record for each department."),
        synonyms: "所属|担当部署"
      ),
      Field("appointed_on", ja: "任命日", en: "Appointed on", .date, group: "basic", synonyms: "発令日|就任日"),
      Field("until", ja: "任期の終わり", en: "Until", .date, group: "basic", synonyms: "任期|満了日"),
      Field(
        "phone",
        ja: "内線・電話",
        en: "Telephone",
        .phone,
        group: "reach",
        weight: .essential,
        synonyms: "内線|電話|院内PHS|PHS"
      ),
      Field(
        "phone_night",
        ja: "夜間・休日の電話",
        en: "Out-of-hours telephone",
        .phone,
        group: "reach",
        synonyms: "緊急連絡先|夜間連絡先|携帯"
      ),
      Field("decides", ja: "決めること", en: "Decides", .multiline, group: "reach", synonyms: "権限|決定事項"),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "reach", weight: .extra),
    ],
    titleFields: ["role"],
    identities: [["role", "department", "person"]],
    defaultSort: [Sort("role")],
    listed: ["role", "person", "deputy", "department", "phone", "phone_night"],
    menuOrder: 21,
    reach: .everyone,
    traits: KindTraits(
      views: [(Localized(ja: "体制図を見る", en: "See the chart"), OrganizationPath.chart)],
      frontPath: OrganizationPath.chart,
      importName: "responsibilities",
      home: OrganizationPath.home
    )
  )

  /// 資格: 医療情報技師 and the like, with the day it runs out.
  package static let qualification = Kind(
    key: "qualification",
    label: Localized(ja: "資格", en: "Qualification"),
    plural: Localized(ja: "資格", en: "Qualifications"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "資格名",
        en: "Qualification",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(
          ja: "例：医療情報技師、情報処理安全確保支援士。",
          en: "For example: certified healthcare information technologist."
        ),
        synonyms: "資格|資格名称|免許名"
      ),
      Field(
        "person",
        ja: "職員",
        en: "Person",
        .reference("person"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "氏名|保有者"
      ),
      Field("number", ja: "登録番号", en: "Number", .identifier, group: "basic", synonyms: "認定番号|免許番号"),
      Field("acquired_on", ja: "取得日", en: "Acquired on", .date, group: "basic", synonyms: "認定日|登録日"),
      Field(
        "valid_until",
        ja: "有効期限",
        en: "Valid until",
        .date,
        group: "basic",
        weight: .essential,
        synonyms: "更新期限|期限|満了日"
      ),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "basic", weight: .extra),
    ],
    titleFields: ["name"],
    identities: [["name", "person"]],
    defaultSort: [Sort("name")],
    listed: ["name", "person", "number", "acquired_on", "valid_until"],
    menuOrder: 24,
    reach: .everyone,
    traits: KindTraits(home: OrganizationPath.home)
  )
}
