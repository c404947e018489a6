import Records
import Text

/// What departments name, and how it may stop them.
extension Kind {
  /// システム: what departments name — electronic records, PACS, laboratory — made of assets, supplied by a vendor.
  package static let system = Kind(
    key: "system",
    label: Localized(ja: "システム", en: "System"),
    plural: Localized(ja: "システム", en: "Systems"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("sign_in", ja: "サインイン", en: "Sign-in"),
      FieldGroup("support", ja: "保守", en: "Support"),
    ],
    fields: [
      Field(
        "name",
        ja: "システム名",
        en: "System",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms:
          "システム|システム名称|名称|情報システム名|業務システム名|部門システム名|サービス名|アプリケーション名|製品名|System Name|Application|Service|Name|System"
      ),
      Field(
        "category",
        ja: "種類",
        en: "Category",
        .choice(systemCategories),
        group: "basic",
        synonyms: "システム種別|種別|分類|区分|システム区分|システム分類|業務分類|Category|Type|System Type|Class"
      ),
      Field(
        "department",
        ja: "所管部署",
        en: "Department",
        .reference("department"),
        group: "basic",
        weight: .essential,
        synonyms: "部署|管理部署|主管部署|担当部署|所管課|所管|利用部署|利用部門|部門|Department|Dept|Owner|Owner Department"
      ),
      Field(
        "owner",
        ja: "責任者",
        en: "Responsible person",
        .reference("person"),
        group: "basic",
        synonyms: "管理者|担当者|システム管理者|運用責任者|責任者名|管理責任者|運用担当者|Owner|Responsible|Administrator|Person in Charge"
      ),
      Field(
        "importance",
        ja: "重要度",
        en: "Importance",
        .choice(systemImportance),
        group: "basic",
        weight: .essential,
        help: Localized(ja: "止まったときに診療がどうなるかで選びます。", en: "Choose by what happens to care when it stops."),
        synonyms: "重要性|優先度|復旧優先度|復旧優先順位|停止影響|影響度|停止時の影響|ランク|Importance|Priority|Criticality|Impact|Rank"
      ),
      Field(
        "patient_data",
        ja: "患者情報",
        en: "Holds patient data",
        .yesNoUnknown,
        group: "basic",
        synonyms: "患者情報の有無|患者情報の取扱い|個人情報|個人情報の有無|医療情報|医療情報の取扱い|要配慮個人情報|Patient Data|Personal Data|PHI|PII"
      ),
      Field(
        "single_sign_on",
        ja: "シングルサインオン",
        en: "Single sign-on",
        .yesNoUnknown,
        group: "sign_in",
        help: Localized(
          ja: "病院の認証基盤で本人を確かめ、このシステム専用のパスワードを使わないときに「あり」を選びます。",
          en:
            "Yes where the hospital's own directory or provider says who somebody is, and no password of its own is used."
        ),
        synonyms:
          "SSO|SSO対応|SSO有無|シングルサインオンの有無|シングルサインオン対応|統合認証|統合認証の有無|認証統合|ID連携|AD連携|認証連携|Single Sign On|SSO Enabled"
      ),
      Field(
        "identity_provider",
        ja: "認証基盤",
        en: "Signed in by",
        .text,
        group: "sign_in",
        help: Localized(
          ja: "本人を確かめているもの。例：Active Directory、職員IC カード認証、クラウドの ID プロバイダー",
          en: "What says who somebody is, as Active Directory, a card system, a provider in the cloud."
        ),
        synonyms:
          "認証先|認証元|認証サーバ|認証サーバー|認証システム|IDプロバイダ|IDプロバイダー|IdP|ディレクトリ|ディレクトリサービス|連携先認証|Identity Provider|Directory|Authenticated By"
      ),
      Field(
        "accounts",
        ja: "アカウントの持ち方",
        en: "Accounts",
        .choice(systemAccounts),
        group: "sign_in",
        synonyms:
          "アカウント|アカウント種別|ID種別|IDの種類|利用者ID|ユーザーID|ユーザID|アカウント管理|共用アカウント|共用IDの有無|ID管理|Account Type|User Accounts"
      ),
      Field(
        "version",
        ja: "版",
        en: "Version",
        .text,
        group: "support",
        weight: .extra,
        synonyms: "バージョン|版数|ソフトウェアバージョン|リビジョン|Ver|Version|Release"
      ),
      Field(
        "vendor",
        ja: "事業者",
        en: "Vendor",
        .reference("vendor"),
        group: "support",
        weight: .essential,
        synonyms: "ベンダ|ベンダー|ベンダ名|ベンダー名|業者|業者名|保守業者|保守会社|開発元|?納入業者|提供元|委託先|メーカー|Vendor|Vendor Name|Supplier|Provider"
      ),
      Field(
        "disclosure",
        ja: "開示書（MDS/SDS）",
        en: "Disclosure statement (MDS/SDS)",
        .choice(Kind.checklistStates),
        group: "support",
        synonyms:
          "MDS/SDS|MDS|SDS|開示書|開示書の有無|開示書の提出|開示書提出|開示書の受領|医療情報セキュリティ開示書|MDS提出|MDS/SDS提出|MDS2|Disclosure|Disclosure Statement"
      ),
      Field(
        "disclosure_on",
        ja: "開示書の受領日",
        en: "Statement received on",
        .date,
        group: "support",
        weight: .extra,
        synonyms: "開示書受領日|MDS受領日|MDS/SDS受領日|Disclosure Received On"
      ),
      Field(
        "started_on",
        ja: "稼働開始日",
        en: "Started on",
        .date,
        group: "support",
        weight: .extra,
        synonyms: "稼働日|導入日|導入年月日|運用開始日|利用開始日|?更新日|Start Date|Go Live|Started|Installed"
      ),
      Field(
        "contract_ends_on",
        ja: "保守契約終了日",
        en: "Support contract ends on",
        .date,
        group: "support",
        synonyms: "契約終了日|契約期限|保守期限|契約満了日|リース終了日|?更新予定日|Contract End|Contract Expiry|Support End"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "support",
        weight: .extra,
        synonyms: "摘要|メモ|特記事項|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "category", "department", "vendor", "importance", "single_sign_on"],
    menuOrder: 2,
    reach: .field("department"),
    traits: KindTraits(
      isMadeByName: true,
      views: [
        (
          Localized(ja: "サインインの一覧", en: "Sign-in of each"),
          signInView("")
        )
      ],
      files: Localized(ja: "情報システムの一覧", en: "Lists of information systems")
    )
  )

  package static let systemCategories = [
    Choice(
      "emr",
      ja: "電子カルテ・オーダ",
      en: "Medical records and orders",
      synonyms: "電子カルテ|オーダ|オーダリング|オーダーリング|HIS|基幹|基幹システム|EMR|EHR"
    ),
    Choice("accounting", ja: "医事会計", en: "Patient accounting", synonyms: "医事|会計|レセコン|レセプト|医事会計システム|Accounting|Billing"),
    Choice("imaging", ja: "画像・放射線", en: "Imaging", synonyms: "PACS|RIS|画像|放射線|画像管理|Imaging|Radiology"),
    Choice("laboratory", ja: "検査", en: "Laboratory", synonyms: "LIS|検体検査|生理検査|病理|検査部門|Laboratory|Lab"),
    Choice(
      "departmental",
      ja: "その他の部門システム",
      en: "Other departmental",
      synonyms: "部門システム|部門|薬剤|給食|透析|手術|看護|健診|リハビリ|Departmental"
    ),
    Choice(
      "infrastructure",
      ja: "基盤",
      en: "Infrastructure",
      synonyms: "インフラ|ネットワーク|認証|仮想基盤|バックアップ|サーバ基盤|Infrastructure|Platform"
    ),
    Choice("office", ja: "事務・情報系", en: "Office", synonyms: "情報系|グループウェア|勤怠|人事給与|財務|事務|メール|Office|Back Office"),
    Choice("facility", ja: "設備", en: "Building services", synonyms: "空調|入退室|監視カメラ|ナースコール|設備系|Facilities|Building"),
    Choice("other", ja: "その他", en: "Other", synonyms: "他|Others"),
  ]

  package static let systemImportance = [
    Choice(
      "critical",
      ja: "止まると診療できない",
      en: "Care stops without it",
      synonyms: "最重要|最高|極めて高い|A|S|1|最優先|必須|Critical|Very High"
    ),
    Choice("high", ja: "止まると診療が遅れる", en: "Care is delayed", synonyms: "高|高い|重要|B|2|High|Important"),
    Choice(
      "medium",
      ja: "しばらくは代わりの方法がある",
      en: "There is a way around for a while",
      synonyms: "中|中程度|普通|C|3|Medium|Moderate"
    ),
    Choice("low", ja: "診療への影響は小さい", en: "Little effect on care", synonyms: "低|低い|軽微|D|4|Low|Minor"),
  ]

  package static let systemAccounts = [
    Choice(
      "personal",
      ja: "個人ごと",
      en: "Personal",
      synonyms: "個人|個人別|個人ID|個人アカウント|個別|1人1ID|一人一ID|Personal|Individual|Named"
    ),
    Choice(
      "shared",
      ja: "共用",
      en: "Shared",
      synonyms: "共有|共通|共用ID|共有ID|共通ID|共用アカウント|部署共用|部署共有|Shared|Generic|Common"
    ),
    Choice(
      "mixed",
      ja: "個人と共用の両方",
      en: "Both",
      synonyms: "混在|両方|併用|個人・共用|個人と共用|一部共用|Mixed|Both"
    ),
    Choice("none", ja: "アカウントなし", en: "No accounts", synonyms: "IDなし|ログインなし|サインインなし|認証なし|None|No Login"),
  ]

  /// The list of systems with how people sign in to each; `filter` is a further part of the query, ending with `&`.
  static func signInView(_ filter: String) -> String {
    "/ledger/system?\(filter)column=department&column=single_sign_on&column=identity_provider&column=accounts"
  }
}
