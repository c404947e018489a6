import Records
import Text

/// What is agreed with vendors.
extension Kind {
  /// 契約: what was agreed with a vendor, for security above all.
  package static let contract = Kind(
    key: "contract",
    label: Localized(ja: "契約", en: "Contract"),
    plural: Localized(ja: "契約", en: "Contracts"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("scope", ja: "内容", en: "Scope"),
      FieldGroup("security", ja: "安全の取り決め", en: "Security"),
      FieldGroup("data", ja: "データと再委託", en: "Data and subcontractors"),
    ],
    fields: [
      Field(
        "name",
        ja: "契約名",
        en: "Contract",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "契約名称|契約件名|件名|契約内容|Contract Name|Title"
      ),
      Field(
        "contract_number",
        ja: "契約番号",
        en: "Contract number",
        .identifier,
        group: "basic",
        synonyms: "契約No|契約ID|契約書番号|Contract No"
      ),
      Field(
        "vendor",
        ja: "契約先",
        en: "Contractor",
        .reference("vendor"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "事業者|事業者名|業者名|会社名|委託先|相手方|ベンダ|ベンダー|Vendor|Company|Supplier"
      ),
      Field(
        "department",
        ja: "担当部署",
        en: "Department",
        .reference("department"),
        group: "basic",
        synonyms: "所管部署|部署|契約担当部署|主管課|Dept"
      ),
      Field(
        "category",
        ja: "種類",
        en: "Type",
        .choice([
          Choice("maintenance", ja: "保守", en: "Maintenance", synonyms: "保守契約|保守委託"),
          Choice("outsourcing", ja: "業務委託", en: "Outsourcing", synonyms: "委託|運用委託"),
          Choice("cloud", ja: "クラウド・サービス利用", en: "Cloud service", synonyms: "クラウド|サービス利用|ASP|SaaS"),
          Choice("lease", ja: "リース・レンタル", en: "Lease or rent", synonyms: "リース|レンタル"),
          Choice("purchase", ja: "購入", en: "Purchase", synonyms: "売買|買取"), Choice("other", ja: "その他", en: "Other"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "契約種別|契約区分|区分|Category"
      ),
      Field(
        "starts_on",
        ja: "開始日",
        en: "Starts on",
        .date,
        group: "basic",
        synonyms: "契約開始日|契約日|開始年月日|契約期間開始|自|Start|From"
      ),
      Field(
        "ends_on",
        ja: "終了日",
        en: "Ends on",
        .date,
        group: "basic",
        weight: .essential,
        synonyms: "契約終了日|契約満了日|契約期限|満了日|終了年月日|契約期間終了|至|End|Until|Expiry"
      ),
      Field(
        "renewal",
        ja: "更新のしかた",
        en: "Renewal",
        .choice([
          Choice("automatic", ja: "自動更新", en: "Automatic", synonyms: "自動|自動継続"),
          Choice("each_time", ja: "都度更新", en: "Each time", synonyms: "都度|協議"),
          Choice("ends", ja: "満了で終了", en: "Ends", synonyms: "更新なし|終了"),
        ]),
        group: "basic",
        synonyms: "更新方法|更新区分|更新"
      ),
      Field(
        "notice_days",
        ja: "解約の予告（日前）",
        en: "Notice (days)",
        .number,
        group: "basic",
        weight: .extra,
        synonyms: "予告期間|解約予告|解約予告日数|解約通知|Notice Period"
      ),
      Field(
        "maintenance_way",
        ja: "保守のしかた",
        en: "Maintenance",
        .choice([
          Choice("visit", ja: "訪問のみ", en: "On site only", synonyms: "訪問|オンサイト|来院"),
          Choice("remote", ja: "遠隔のみ", en: "Remote only", synonyms: "遠隔|リモート|オンライン"),
          Choice("both", ja: "訪問と遠隔", en: "On site and remote", synonyms: "両方|併用"),
          Choice("none", ja: "保守なし", en: "None", synonyms: "保守無し"),
        ]),
        group: "scope",
        weight: .essential,
        help: Localized(
          ja: "訪問だけの契約でも、あとから遠隔になっていることがあります。事業者に確かめます。",
          en: "On-site contracts sometimes went online later. Ask the vendor."
        ),
        synonyms: "保守方法|保守形態|対応方法"
      ),
      Field(
        "remote_since",
        ja: "遠隔になった日",
        en: "Remote since",
        .date,
        group: "scope",
        weight: .extra,
        synonyms: "遠隔開始日|リモート開始日"
      ),
      Field(
        "hours",
        ja: "対応時間",
        en: "Hours",
        .text,
        group: "scope",
        weight: .extra,
        synonyms: "受付時間|保守時間|サポート時間|Service Hours"
      ),
      Field(
        "support_phone",
        ja: "障害時の連絡先",
        en: "Support telephone",
        .phone,
        group: "scope",
        weight: .essential,
        synonyms: "障害連絡先|保守窓口|サポート電話|コールセンター|緊急連絡先|Support Phone"
      ),
      Field(
        "security_updates",
        ja: "更新の適用を含む",
        en: "Updates included",
        .yesNoUnknown,
        group: "security",
        weight: .essential,
        help: Localized(
          ja: "脆弱性の修正やファームウェアの更新が、契約の範囲に入っているかどうかです。",
          en: "Whether fixes and firmware updates are part of the contract."
        ),
        synonyms: "セキュリティ更新|パッチ適用|脆弱性対応|アップデート"
      ),
      Field(
        "restore_support",
        ja: "復旧の支援を含む",
        en: "Restore included",
        .yesNoUnknown,
        group: "security",
        weight: .essential,
        synonyms: "復旧支援|障害復旧|復旧作業"
      ),
      Field(
        "boundary_written",
        ja: "責任分界の文書がある",
        en: "Boundary written",
        .yesNoUnknown,
        group: "security",
        weight: .essential,
        synonyms: "責任分界|責任分界点|役割分担|責任分界の取り決め"
      ),
      Field(
        "disclaimers",
        ja: "免責の条項",
        en: "Disclaimers",
        .multiline,
        group: "security",
        weight: .extra,
        synonyms: "免責|免責事項|免責条項"
      ),
      Field(
        "document_place",
        ja: "契約書の保管場所",
        en: "Place of the document",
        .text,
        group: "security",
        weight: .extra,
        synonyms: "保管場所|契約書保管|原本保管"
      ),
      Field(
        "data_taken",
        ja: "データの持ち出しがある",
        en: "Takes data away",
        .yesNoUnknown,
        group: "data",
        weight: .essential,
        help: Localized(
          ja: "「匿名化して保存」「品質向上のため送信」なども持ち出しです。",
          en: "Storing anonymised data or sending it for quality counts too."
        ),
        synonyms: "データ持ち出し|データ提供|データ送信|匿名化保存|二次利用"
      ),
      Field(
        "data_sent",
        ja: "実際に送られるもの",
        en: "What is really sent",
        .multiline,
        group: "data",
        synonyms: "送信データ|提供データ|持ち出す情報"
      ),
      Field(
        "subcontractors",
        ja: "再委託先",
        en: "Subcontractors",
        .multiline,
        group: "data",
        synonyms: "再委託|再委託会社|下請|協力会社"
      ),
      Field(
        "subcontract_consent",
        ja: "再委託に承認が要る",
        en: "Consent to subcontracting",
        .yesNoUnknown,
        group: "data",
        synonyms: "再委託承認|再委託の事前承認"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "data",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["name", "contract_number"],
    identities: [["contract_number"], ["name", "vendor"]],
    defaultSort: [Sort("name")],
    listed: [
      "name", "vendor", "category", "ends_on", "security_updates", "restore_support", "boundary_written",
    ],
    menuOrder: 5,
    reach: .everyone
  )

  /// What a contract speaks of: a system, a device or a line.
  package static let contractCover = Kind(
    key: "contract_cover",
    label: Localized(ja: "契約の対象", en: "Covered by contract"),
    plural: Localized(ja: "契約の対象", en: "Covered by contracts"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "contract",
        ja: "契約",
        en: "Contract",
        .reference("contract"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field("system", ja: "システム", en: "System", .reference("system"), group: "basic"),
      Field("asset", ja: "機器", en: "Device", .reference("asset"), group: "basic"),
      Field("connection", ja: "外部接続", en: "External connection", .reference("connection"), group: "basic"),
      Field(
        "name",
        ja: "対象",
        en: "Covered",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        help: Localized(
          ja: "契約書にある呼び名を書き、下の台帳のどれかと結び付けます。",
          en: "As the contract calls it; link it to a record below."
        ),
        synonyms: "範囲|対象範囲|名称"
      ),
    ],
    titleFields: ["name"],
    identities: [["contract", "name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "contract", "system", "asset", "connection"],
    reach: .everyone
  )

  /// 責任分界: who does one of the things a contract must settle.
  package static let contractClause = Kind(
    key: "contract_clause",
    label: Localized(ja: "責任分界の項目", en: "Contract clause"),
    plural: Localized(ja: "責任分界の項目", en: "Contract clauses"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "contract",
        ja: "契約",
        en: "Contract",
        .reference("contract"),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field(
        "clause",
        ja: "事柄",
        en: "Clause",
        .choice(ContractClause.all.map { Choice($0.key, ja: $0.name.ja, en: $0.name.en) }),
        group: "basic",
        weight: .essential,
        isRequired: true
      ),
      Field(
        "owner",
        ja: "担当",
        en: "Done by",
        .choice(ClauseOwner.allCases.map { Choice($0.rawValue, ja: $0.label.ja, en: $0.label.en) }),
        group: "basic",
        weight: .essential
      ),
      Field("wording", ja: "契約書の言葉・条番号", en: "Wording and article", .multiline, group: "basic"),
    ],
    titleFields: ["clause"],
    identities: [["contract", "clause"]],
    defaultSort: [Sort("clause")],
    listed: ["contract", "clause", "owner", "wording"],
    reach: .everyone,
    traits: KindTraits(namedAfter: ["contract"])
  )
}
