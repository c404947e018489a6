import Records
import Text

/// Whom to call outside, and in which order lines are cut.
extension Kind {
  /// 外部連絡先 (付録3「外部連絡先一覧」): organisation, telephone, fax, address, what for, until when, and who last made sure
  /// that the number is right.
  package static let contact = Kind(
    key: "contact",
    label: Localized(ja: "連絡先", en: "Contact"),
    plural: Localized(ja: "外部連絡先", en: "Outside contacts"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("reach", ja: "連絡のしかた", en: "How to reach"),
      FieldGroup("proof", ja: "確認", en: "Verification"),
    ],
    fields: [
      Field(
        "name",
        ja: "組織名",
        en: "Organisation",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "機関名|名称|連絡先名|会社名|Organization"
      ),
      Field("section", ja: "担当部署・担当者", en: "Section or person", .text, group: "basic", synonyms: "部署|窓口|担当者"),
      Field(
        "purpose",
        ja: "連絡する内容",
        en: "What for",
        .text,
        group: "basic",
        weight: .essential,
        synonyms: "用途|目的|連絡内容|どんなとき"
      ),
      Field(
        "position",
        ja: "順番",
        en: "Order",
        .number,
        group: "basic",
        weight: .extra,
        help: Localized(ja: "紙に並べる順番です。小さい数が上になります。", en: "The order on paper, small numbers first."),
        synonyms: "連絡順|優先順位|No"
      ),
      Field("phone", ja: "電話", en: "Telephone", .phone, group: "reach", weight: .essential, synonyms: "電話番号|TEL"),
      Field(
        "phone_night",
        ja: "夜間・休日の電話",
        en: "Out-of-hours telephone",
        .phone,
        group: "reach",
        synonyms: "夜間連絡先|時間外"
      ),
      Field("fax", ja: "FAX", en: "Fax", .phone, group: "reach", synonyms: "ファクス|ファックス|FAX番号"),
      Field("email", ja: "メール", en: "E-mail", .email, group: "reach", synonyms: "メールアドレス"),
      Field("address", ja: "住所・ウェブサイト", en: "Address or web site", .text, group: "reach", synonyms: "住所|所在地|URL"),
      Field("vendor", ja: "事業者", en: "Vendor", .reference("vendor"), group: "reach", weight: .extra),
      Field("valid_until", ja: "有効期限", en: "Valid until", .date, group: "proof", synonyms: "期限|終了日"),
      Field(
        "verified_on",
        ja: "最後に確かめた日",
        en: "Last verified on",
        .date,
        group: "proof",
        weight: .essential,
        help: Localized(
          ja: "実際に電話するか、公式の案内で番号を見比べた日です。半年ごとに確かめます。",
          en: "The day somebody rang or compared the number with the official notice. Every half year."
        ),
        synonyms: "確認日|最終確認日"
      ),
      Field("verified_by", ja: "確かめた人", en: "Verified by", .text, group: "proof", synonyms: "確認者"),
      Field("source", ja: "出どころ", en: "Source", .text, group: "proof", synonyms: "出典|情報源"),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "proof", weight: .extra),
    ],
    titleFields: ["name"],
    identities: [["name", "section"]],
    defaultSort: [Sort("position"), Sort("name")],
    listed: ["name", "section", "purpose", "phone", "phone_night", "fax", "verified_on"],
    menuOrder: 22,
    reach: .everyone,
    traits: KindTraits(
      lead: Localized(
        ja: "攻撃を受けたときに連絡する相手です。電子カルテが止まっても見られるように、紙に印刷して置いておきます。",
        en: "Whom to call in an attack. Print the sheet, so that it is there when everything stands still."
      ),
      views: [
        (Localized(ja: "一覧表を印刷", en: "Print the sheet"), OrganizationPath.contactSheet),
        (Localized(ja: "ひな形から追加", en: "Add from the pack"), OrganizationPath.contactPack),
      ],
      home: OrganizationPath.home
    )
  )

  /// 切り離しの順序: which lines are cut in which order, entered by one person and approved by another. The order of stages is
  /// that of MHLW's BCP template 3.3.2: the network to the backups, then outside lines, then the borders of segments.
  package static let cutStep = Kind(
    key: "cut_step",
    label: Localized(ja: "切り離しの手順", en: "Disconnection step"),
    plural: Localized(ja: "切り離しの順序", en: "Disconnection order"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("proof", ja: "承認", en: "Approval")],
    fields: [
      Field(
        "stage",
        ja: "段階",
        en: "Stage",
        .choice(CutStage.allCases.map { Choice($0.rawValue, ja: $0.label.ja, en: $0.label.en) }),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field("position", ja: "順番", en: "Order", .number, group: "basic", weight: .essential),
      Field(
        "name",
        ja: "切り離すもの",
        en: "What is cut",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "対象|回線|機器"
      ),
      Field("how", ja: "切り方", en: "How", .multiline, group: "basic", weight: .essential, synonyms: "手順|方法"),
      Field("place", ja: "場所", en: "Place", .text, group: "basic", weight: .essential, synonyms: "設置場所"),
      Field("who", ja: "切る人", en: "Who cuts", .text, group: "basic", weight: .essential, synonyms: "担当|担当者"),
      Field("effect", ja: "止まる業務", en: "What stops", .text, group: "basic", synonyms: "影響|影響範囲"),
      Field("connection", ja: "外部接続", en: "Connection", .reference("connection"), group: "basic", weight: .extra),
      Field(
        "entered_by",
        ja: "記入した人",
        en: "Entered by",
        .reference("person"),
        group: "proof",
        weight: .essential
      ),
      Field(
        "approved_by",
        ja: "承認した人",
        en: "Approved by",
        .reference("person"),
        group: "proof",
        weight: .essential,
        help: Localized(ja: "記入した人とは別の人が承認します。", en: "Somebody other than who entered it.")
      ),
      Field("approved_on", ja: "承認日", en: "Approved on", .date, group: "proof", weight: .essential),
      Field("remarks", ja: "備考", en: "Remarks", .multiline, group: "proof", weight: .extra),
    ],
    titleFields: ["name"],
    identities: [["stage", "name"]],
    defaultSort: [Sort("stage"), Sort("position")],
    listed: ["stage", "position", "name", "how", "place", "who", "approved_by"],
    menuOrder: 23,
    reach: .everyone,
    traits: KindTraits(
      lead: Localized(
        ja: "緊急時にどの回線を、どの順に抜くかです。バックアップにつながるネットワーク、外部との回線、区画の境目の順に切ります。記入した人と別の人が承認するまで、紙には「未決定」と出ます。",
        en:
          "Which line is cut in which order: the network to the backups, outside lines, then borders between segments. Until a second person approves, the paper says “undecided”."
      ),
      views: [(Localized(ja: "順序を承認", en: "Approve the order"), OrganizationPath.cutOrder)],
      home: OrganizationPath.home
    )
  )
}

/// The stages of disconnection (MHLW サイバー攻撃を想定したBCPのひな形, 2024-06, 3.3.2).
package enum CutStage: String, Sendable, CaseIterable {
  case backup = "1_backup"
  case outside = "2_outside"
  case segment = "3_segment"

  package var label: Localized {
    switch self {
    case .backup: Localized(ja: "① バックアップにつながるネットワーク", en: "1. Network to the backups")
    case .outside: Localized(ja: "② 外部との回線", en: "2. Outside lines")
    case .segment: Localized(ja: "③ 区画の境目", en: "3. Borders between segments")
    }
  }

  /// What must be decided where nothing is recorded.
  var question: Localized {
    switch self {
    case .backup:
      Localized(
        ja: "バックアップ装置につながるLANケーブルはどれか。どこにあり、誰が抜くか。",
        en: "Which cable leads to the backups, where is it, and who pulls it?"
      )
    case .outside:
      Localized(
        ja: "外部につながる回線をどの順に抜くか。オンライン資格確認と保守回線を止めてよいと決めるのは誰か。",
        en: "In which order are outside lines cut, and who decides to stop eligibility checks and maintenance?"
      )
    case .segment:
      Localized(
        ja: "どの区画の境目を、どの機器で閉じるか。診療を続けるために残す区画はどこか。",
        en: "Which borders are closed on which device, and which segment stays open so that care goes on?"
      )
    }
  }
}
