import Records
import Text

/// What information there is, and who else holds it.
extension Kind {
  /// 情報資産: what information is where, so that a leak can be sized.
  package static let informationAsset = Kind(
    key: "information_asset",
    label: Localized(ja: "情報資産", en: "Information asset"),
    plural: Localized(ja: "情報資産", en: "Information assets"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("keep", ja: "置き場所と保存", en: "Place and retention"),
    ],
    fields: [
      Field(
        "name",
        ja: "情報の名前",
        en: "Information",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "情報資産名|名称|情報名|データ名|ファイル名|Name"
      ),
      Field(
        "contents",
        ja: "含まれる情報",
        en: "Contents",
        .multiline,
        group: "basic",
        weight: .essential,
        help: Localized(
          ja: "氏名、病名、検査結果、画像など。漏えいしたときに誰に何を知らせるかが分かるように書きます。",
          en: "Names, diagnoses, results, images: what would have to be reported after a leak."
        ),
        synonyms: "内容|情報の内容|項目|個人情報の項目|Contents"
      ),
      Field(
        "classification",
        ja: "区分",
        en: "Class",
        .choice([
          Choice("sensitive", ja: "要配慮個人情報", en: "Sensitive personal data", synonyms: "要配慮|診療情報|患者情報"),
          Choice("personal", ja: "個人情報", en: "Personal data", synonyms: "個人|職員情報"),
          Choice("confidential", ja: "機密", en: "Confidential", synonyms: "秘|社外秘|部外秘"),
          Choice("internal", ja: "院内限り", en: "Internal", synonyms: "内部|院内"),
          Choice("open", ja: "公開", en: "Public", synonyms: "公表"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "情報区分|重要度|機密区分|分類|Classification"
      ),
      Field(
        "head_count",
        ja: "人数",
        en: "Persons",
        .number,
        group: "basic",
        weight: .essential,
        help: Localized(
          ja: "おおよその数でかまいません。1,000人を超える漏えいは報告の要る場合があります。",
          en: "A rough figure is enough; leaks of more than 1,000 persons must be reported."
        ),
        synonyms: "本人の数|件数|人数（概数）|対象者数|Head Count|Records"
      ),
      Field(
        "department",
        ja: "所管部署",
        en: "Department",
        .reference("department"),
        group: "basic",
        weight: .essential,
        synonyms: "部署|所有部署|管理部署|Dept|Owner Department"
      ),
      Field("owner", ja: "管理者", en: "Owner", .reference("person"), group: "basic", synonyms: "管理責任者|責任者|担当者|Owner"),
      Field(
        "system",
        ja: "システム",
        en: "System",
        .reference("system"),
        group: "keep",
        weight: .essential,
        synonyms: "保管システム|システム名|System"
      ),
      Field(
        "asset",
        ja: "機器",
        en: "Device",
        .reference("asset"),
        group: "keep",
        weight: .extra,
        synonyms: "保管機器|サーバ|サーバー|Device"
      ),
      Field(
        "form",
        ja: "形",
        en: "Form",
        .choice([
          Choice("system", ja: "システムの中", en: "In a system", synonyms: "DB|データベース|電子（システム）"),
          Choice("shared_folder", ja: "共有フォルダー", en: "Shared folder", synonyms: "共有フォルダ|ファイルサーバ|ファイルサーバー|NAS"),
          Choice("terminal", ja: "端末の中", en: "On a terminal", synonyms: "PC|ローカル"),
          Choice("medium", ja: "持ち運べる媒体", en: "Portable medium", synonyms: "USB|CD|DVD|媒体"),
          Choice("paper", ja: "紙", en: "Paper", synonyms: "紙媒体|書面|帳票"),
          Choice("cloud", ja: "クラウド", en: "Cloud", synonyms: "クラウドサービス"),
        ]),
        group: "keep",
        weight: .essential,
        synonyms: "媒体|保管形態|形態|Form"
      ),
      Field("place", ja: "置き場所", en: "Place", .text, group: "keep", synonyms: "保管場所|フォルダ|パス|格納場所|Place"),
      Field("retention", ja: "保存期間", en: "Retention", .text, group: "keep", synonyms: "保管期間|保存年限|保存期限|Retention"),
      Field("encrypted", ja: "暗号化", en: "Encrypted", .yesNoUnknown, group: "keep", synonyms: "暗号|暗号化の有無|Encryption"),
      Field("confirmed_on", ja: "最終確認日", en: "Confirmed on", .date, group: "keep", synonyms: "確認日|棚卸日|Last Confirmed"),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "keep",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name", "department"]],
    defaultSort: [Sort("name")],
    listed: ["name", "classification", "head_count", "department", "system", "form", "retention", "confirmed_on"],
    menuOrder: 7,
    reach: .field("department")
  )

  /// クラウド・外部サービス in use by a department.
  package static let cloudService = Kind(
    key: "cloud_service",
    label: Localized(ja: "クラウドサービス", en: "Cloud service"),
    plural: Localized(ja: "クラウドサービス", en: "Cloud services"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("data", ja: "データ", en: "Data"),
      FieldGroup("end", ja: "やめるとき", en: "Exit"),
    ],
    fields: [
      Field(
        "name",
        ja: "サービス名",
        en: "Service",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "名称|クラウドサービス名|Webサービス名|ウェブサービス名|利用サービス|Name"
      ),
      Field(
        "department",
        ja: "利用部署",
        en: "Department",
        .reference("department"),
        group: "basic",
        weight: .essential,
        synonyms: "部署|使用部署|所管部署|Dept"
      ),
      Field(
        "purpose",
        ja: "用途",
        en: "Purpose",
        .text,
        group: "basic",
        weight: .essential,
        synonyms: "利用目的|目的|使用目的|Use"
      ),
      Field(
        "vendor",
        ja: "提供事業者",
        en: "Provider",
        .reference("vendor"),
        group: "basic",
        synonyms: "事業者|提供元|提供会社|ベンダ|Vendor|Provider"
      ),
      Field("contract", ja: "契約", en: "Contract", .reference("contract"), group: "basic", weight: .extra),
      Field("address", ja: "アドレス", en: "Address", .text, group: "basic", weight: .extra, synonyms: "URL|サイト|リンク"),
      Field(
        "approval",
        ja: "利用の承認",
        en: "Approved",
        .choice([
          Choice("approved", ja: "承認済み", en: "Approved", synonyms: "承認|許可"),
          Choice("pending", ja: "確認中の申請", en: "Pending", synonyms: "申請中"),
          Choice("refused", ja: "認めない", en: "Refused", synonyms: "不許可|禁止"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "承認|許可|利用許可|Approval"
      ),
      Field(
        "sign_in",
        ja: "サインインのしかた",
        en: "Sign-in",
        .choice([
          Choice("sso", ja: "統合認証", en: "Single sign-on", synonyms: "SSO|シングルサインオン"),
          Choice("second_factor", ja: "二要素", en: "Two factors", synonyms: "多要素|2要素|MFA"),
          Choice("password", ja: "パスワードのみ", en: "Password only", synonyms: "ID・パスワード|ID/PW"),
          Choice("shared", ja: "共有ID", en: "Shared ID", synonyms: "共通ID|部署共有"),
        ]),
        group: "basic",
        weight: .essential,
        synonyms: "認証|認証方式|ログイン方法"
      ),
      Field(
        "users",
        ja: "利用者数",
        en: "Users",
        .number,
        group: "basic",
        weight: .extra,
        synonyms: "人数|アカウント数|ID数|Accounts"
      ),
      Field(
        "data",
        ja: "預ける情報",
        en: "Data given",
        .multiline,
        group: "data",
        weight: .essential,
        synonyms: "データ|保存データ|取り扱う情報|Data"
      ),
      Field(
        "patient_data",
        ja: "患者の情報を含む",
        en: "Patient data",
        .yesNoUnknown,
        group: "data",
        weight: .essential,
        synonyms: "患者情報|個人情報|要配慮個人情報"
      ),
      Field(
        "country",
        ja: "保管する国",
        en: "Stored in",
        .text,
        group: "data",
        synonyms: "国|保管国|データセンター|リージョン|Country|Region"
      ),
      Field("backup", ja: "データの控え", en: "Copy of the data", .yesNoUnknown, group: "data", synonyms: "バックアップ|控え|Backup"),
      Field("starts_on", ja: "利用開始日", en: "Since", .date, group: "end", weight: .extra, synonyms: "開始日|導入日|Start"),
      Field("ends_on", ja: "契約終了日", en: "Ends on", .date, group: "end", synonyms: "終了日|更新日|満了日|Expiry"),
      Field(
        "exit_plan",
        ja: "やめるときの手順",
        en: "Exit",
        .multiline,
        group: "end",
        help: Localized(ja: "データの取り出し方、消した証明のもらい方を書きます。", en: "How the data come back and how erasure is certified."),
        synonyms: "移行|解約|データ返却|Exit Plan"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "end",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name", "department"]],
    defaultSort: [Sort("name")],
    listed: ["name", "department", "purpose", "vendor", "patient_data", "approval", "sign_in", "ends_on"],
    menuOrder: 8,
    reach: .field("department")
  )
}
