import Intake
import Text

/// Schemas of a hospital's ledgers as the tests need them. The product's own are richer; these hold what is hard.
enum Schemas {
  static let assets = IntakeSchema(
    kind: "assets",
    fields: [
      field(
        "asset_number",
        "管理番号",
        "Asset number",
        .identifier,
        "資産番号|資産管理番号|機器管理番号|機器番号|備品番号|管理No|管理No.|番号|Asset No|Asset ID|Asset Tag|ID"
      ),
      field("category", "区分", "Category", .choice(categories), "機器区分|種別|機器種別|種類|分類|Type|Device Type"),
      field("name", "機器名", "Name", .text, "機器名称|名称|品名|装置名|設備名|端末名|Asset Name|Device Name|Device"),
      field("host_name", "ホスト名", "Host name", .identifier, "コンピュータ名|コンピューター名|PC名|Hostname|Computer Name"),
      field("os", "OS・ファームウェア", "OS or firmware", .text, "OS|OS名|OS/FW|OSバージョン|Operating System|Firmware"),
      field("model", "型番", "Model", .text, "型式|機種|機種名|モデル|製品名|型名|メーカー型番|Model Name|Model Number"),
      field("manufacturer", "メーカー", "Manufacturer", .text, "メーカ|メーカー名|製造元|製造会社|Maker"),
      field("department", "設置部署", "Department", .reference(kind: "department"), "部署|部署名|所管部署|管理部署|使用部署|部門|Dept"),
      field(
        "maintenance_vendor",
        "保守業者",
        "Maintenance vendor",
        .reference(kind: "vendor"),
        "保守会社|保守ベンダ|保守ベンダー|ベンダ|ベンダー|業者|業者名|Vendor|Maintenance Company"
      ),
      field("ip_address", "IPアドレス", "IP address", .ip, "IP|固定IP|アドレス|IPv4アドレス"),
      field("mac_address", "MACアドレス", "MAC address", .mac, "MAC|物理アドレス|アドレス|Physical Address"),
      field("serial_number", "製造番号", "Serial number", .identifier, "シリアル番号|シリアル|シリアルNo|製番|S/N|Serial|Serial No"),
      field("location", "設置場所", "Location", .reference(kind: "location"), "場所|設置位置|設置フロア|フロア|部屋|Place|Room"),
      field("installed_on", "導入年月日", "Installed on", .date, "導入日|設置日|購入日|購入年月日|納入日|取得日|Install Date|Purchase Date"),
      field("antivirus", "ウイルス対策", "Antivirus", .choice(antivirus), "ウイルス対策ソフト|アンチウイルス|ウイルス対策有無"),
      field("last_patched_on", "最終パッチ適用日", "Last patched on", .date, "パッチ適用日|最終更新適用日|Last Patch"),
      field("procurement", "調達区分", "Procurement", .choice(procurement), "調達方法|取得区分|契約区分"),
      field("last_seen_on", "最終確認日", "Last seen on", .date, "棚卸日|確認日|最終稼働日時"),
      field("remarks", "備考", "Remarks", .multiline, "備考欄|摘要|メモ|コメント|特記事項|Notes|Comment"),
    ],
    identity: [
      IdentityRule("asset_number", label: Localized(ja: "管理番号", en: "asset number")),
      IdentityRule("serial_number", label: Localized(ja: "製造番号", en: "serial number")),
      IdentityRule("mac_address", label: Localized(ja: "MACアドレス", en: "MAC address")),
      IdentityRule("host_name", label: Localized(ja: "ホスト名", en: "host name")),
    ]
  )

  static let connections = IntakeSchema(
    kind: "connections",
    fields: [
      field("department", "所管部署", "Department", .reference(kind: "department"), "部署|部署名|管理部署|担当部署"),
      field("vendor", "事業者", "Vendor", .reference(kind: "vendor"), "ベンダ名|ベンダー名|業者名|保守業者|会社名"),
      field(
        "system",
        "システム・装置",
        "System or device",
        .text,
        "システム名・医療機器名|システム名|装置名|医療機器名|機器名",
        isRequired: true
      ),
      field("has_connection", "外部接続の有無", "Connected", .yesNoUnknown, "外部接続|接続有無|外部接続有無"),
      field("purpose", "用途", "Purpose", .text, "接続目的|目的|利用目的"),
      field("mode", "常時・必要時", "Always or on demand", .choice(modes), "接続形態|接続方法|常時/必要時"),
      field("line_type", "回線種類", "Line", .choice(lines), "回線|回線種別|回線の種類"),
      field("mechanism", "接続の仕組み", "Mechanism", .text, "接続方式|仕組み|VPN方式"),
      field("boundary_device", "外部接点機器", "Boundary device", .text, "接点機器|境界機器|ルータ|VPN装置"),
      field("place", "設置場所", "Place", .text, "場所|設置位置"),
      field("source_restriction", "接続元制限", "Source restricted", .yesNoUnknown, "接続元の制限|IP制限"),
      field("authentication", "認証方式", "Authentication", .text, "認証|認証方法"),
      field("destination", "接続先", "Destination", .text, "院内接続先|到達範囲"),
      field("other_protection", "その他対策", "Other protection", .text, "その他の対策|その他、セキュリティを担保する仕組み"),
      field("patch_state", "パッチ適用状況", "Patch state", .text, "脆弱性指摘の有無／パッチ|最新パッチ適用状況|パッチ適用"),
      field("last_confirmed_on", "最終確認日", "Last confirmed on", .date, "確認日|調査日|棚卸日"),
      field("checklist_state", "チェックリスト提出", "Checklist", .yesNoUnknown, "チェックリスト|チェックリスト提出状況"),
      field("remarks", "備考", "Remarks", .multiline, "摘要|メモ"),
    ],
    identity: [
      IdentityRule(
        "system",
        "department",
        "vendor",
        label: Localized(ja: "システム・部署・事業者", en: "system, department, vendor")
      )
    ]
  )

  static let people = IntakeSchema(
    kind: "people",
    fields: [
      field("staff_number", "職員番号", "Staff number", .identifier, "職員ID|職員コード|社員番号|Staff No|Employee ID"),
      field("name", "氏名", "Name", .text, "名前|職員名|Full Name", isRequired: true),
      field("reading", "フリガナ", "Reading", .text, "ふりがな|カナ|氏名カナ|Kana"),
      field("department", "所属", "Department", .reference(kind: "department"), "所属部署|部署|部署名|Dept"),
      field("occupation", "職種", "Occupation", .text, "職種名|Job"),
      field("post", "役職", "Post", .text, "役職名|職位"),
      field("joined_on", "採用日", "Joined on", .date, "採用年月日|入職日|入社日"),
      field("left_on", "退職日", "Left on", .date, "退職年月日|離職日"),
      field("email", "メール", "Email", .email, "メールアドレス|E-mail|Mail"),
      field("phone", "電話番号", "Phone", .phone, "内線|電話|TEL"),
    ],
    identity: [
      IdentityRule("staff_number", label: Localized(ja: "職員番号", en: "staff number")),
      IdentityRule("email", label: Localized(ja: "メール", en: "email")),
    ]
  )

  private static func field(
    _ key: String,
    _ ja: String,
    _ en: String,
    _ type: IntakeType,
    _ synonyms: String,
    isRequired: Bool = false
  ) -> IntakeField {
    IntakeField(
      key: key,
      label: Localized(ja: ja, en: en),
      type: type,
      synonyms: synonyms.split(separator: "|").map(String.init),
      isRequired: isRequired,
      noneIsEmpty: key == "os" ? true : nil
    )
  }

  private static func choices(_ list: [(String, String, String)]) -> [IntakeChoice] {
    list.map { key, ja, synonyms in
      IntakeChoice(
        key: key,
        label: Localized(ja: ja, en: key),
        synonyms: synonyms.split(separator: "|").map(String.init)
      )
    }
  }

  static let categories = choices([
    ("server", "サーバ", "サーバー|SV|Server"), ("terminal", "端末", "PC|ノートPC|デスクトップ|Client"),
    ("network", "NW機器", "ネットワーク機器|スイッチ|ルータ|ファイアウォール|Switch|Router"), ("medical", "医療機器", "モダリティ|Modality"),
    ("printer", "プリンタ", "プリンター|複合機"), ("iot", "IoT", "IoT機器|カメラ"),
  ])
  static let antivirus = choices([
    ("installed", "導入済", "有|あり|○|済|Defender|Apex One"), ("none", "未導入", "未|無|なし|×"),
    ("exempt", "対象外", "除外"),
  ])
  static let procurement = choices([
    ("bought", "購入", "買取"), ("leased", "リース", ""), ("rented", "レンタル", ""), ("loan", "借用", "借用(デモ)|デモ"),
  ])
  static let modes = choices([("always", "常時接続", "常時"), ("on_demand", "必要時", "都度|必要時接続")])
  static let lines = choices([
    ("fibre", "光回線", "フレッツ光|光"), ("leased", "専用線", ""), ("lte", "モバイル（LTE）", "LTE|SIMルータ|モバイル(ＬＴＥ)"),
    ("isdn", "ISDN", ""),
  ])
}
