import Records
import Text

/// Where things stand and hang together: places, network zones, systems, and the parts of an asset.
extension Kind {
  package static let location = Kind(
    key: "location",
    label: Localized(ja: "場所", en: "Location"),
    plural: Localized(ja: "場所", en: "Locations"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "場所",
        en: "Location",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "設置場所|場所名|名称|部屋名|室名|ロケーション|Location|Place|Room|Name"
      ),
      Field(
        "building",
        ja: "建物",
        en: "Building",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "棟|建屋|館|建物名|棟名|Building|Block|Wing"
      ),
      Field(
        "floor",
        ja: "階",
        en: "Floor",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "フロア|階数|階層|Floor|Level|Storey"
      ),
      Field(
        "room",
        ja: "部屋",
        en: "Room",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "室|部屋名|部屋番号|室番号|室名|Room|Room No|Room Number"
      ),
      Field(
        "locked",
        ja: "施錠",
        en: "Locked",
        .yesNoUnknown,
        group: "basic",
        weight: .extra,
        synonyms: "施錠の有無|施錠管理|鍵|入退室管理|入退室管理の有無|Locked|Access Control"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "building", "floor", "room"],
    menuOrder: 7,
    reach: .everyone,
    traits: KindTraits(isMadeByName: true, parts: LocationName.parts)
  )

  /// ゾーン: a part of the network with its own addresses and its own trust.
  package static let zone = Kind(
    key: "zone",
    label: Localized(ja: "ネットワーク区画", en: "Network zone"),
    plural: Localized(ja: "ネットワーク区画", en: "Network zones"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "name",
        ja: "区画名",
        en: "Zone",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms:
          "ゾーン|ゾーン名|セグメント|セグメント名|ネットワーク名|ネットワーク区画|系統|LAN名|名称|VLAN名|Zone|Zone Name|Segment|Network|Network Name|Name"
      ),
      Field(
        "address_range",
        ja: "アドレス範囲",
        en: "Address range",
        .text,
        group: "basic",
        synonyms:
          "ネットワークアドレス|サブネット|IPアドレス範囲|CIDR|アドレス帯|IP範囲|セグメントアドレス|Range|Subnet|CIDR|Address Range|Network Address|Prefix"
      ),
      Field(
        "vlan",
        ja: "VLAN番号",
        en: "VLAN",
        .identifier,
        group: "basic",
        weight: .extra,
        synonyms: "VLAN|VLANID|VLAN ID|VID|VLAN No"
      ),
      Field(
        "internet",
        ja: "インターネット接続",
        en: "Reaches the internet",
        .yesNoUnknown,
        group: "basic",
        synonyms: "インターネット|インターネット接続の有無|外部接続|外部接続の有無|Internet|Internet Access"
      ),
      Field(
        "purpose",
        ja: "用途",
        en: "Purpose",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "目的|利用目的|使用目的|説明|Purpose|Use|Description"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name"],
    identities: [["name"]],
    defaultSort: [Sort("name")],
    listed: ["name", "address_range", "vlan", "internet"],
    menuOrder: 8,
    reach: .everyone,
    traits: KindTraits(isMadeByName: true)
  )

  /// システム: what departments name — electronic records, PACS, laboratory — made of assets, supplied by a vendor.
  package static let system = Kind(
    key: "system",
    label: Localized(ja: "システム", en: "System"),
    plural: Localized(ja: "システム", en: "Systems"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("support", ja: "保守", en: "Support")],
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
    listed: ["name", "category", "department", "vendor", "importance"],
    menuOrder: 2,
    reach: .field("department"),
    traits: KindTraits(
      isMadeByName: true,
      files: Localized(ja: "情報システムの一覧", en: "Lists of information systems")
    )
  )

  package static let software = Kind(
    key: "software",
    label: Localized(ja: "ソフトウェア", en: "Software"),
    plural: Localized(ja: "ソフトウェア", en: "Software"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "asset",
        ja: "機器",
        en: "Device",
        .reference("asset"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "管理番号|機器名|インストール先|端末|コンピューター名|Asset|Installed On|Host|Computer"
      ),
      Field(
        "name",
        ja: "ソフトウェア名",
        en: "Software",
        .text,
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms:
          "ソフト名|ソフト|アプリケーション|アプリケーション名|アプリ名|プログラム名|製品名|名称|Software Name|Application|Program|Product|Name|DisplayName"
      ),
      Field(
        "version",
        ja: "版",
        en: "Version",
        .text,
        group: "basic",
        weight: .essential,
        synonyms: "バージョン|版数|ソフトウェアバージョン|Ver|Version|Release|DisplayVersion"
      ),
      Field(
        "publisher",
        ja: "発行元",
        en: "Publisher",
        .text,
        group: "basic",
        weight: .extra,
        synonyms: "メーカー|製造元|提供元|ベンダ|ベンダー|開発元|Publisher|Vendor|Manufacturer"
      ),
      Field(
        "installed_on",
        ja: "導入日",
        en: "Installed on",
        .date,
        group: "basic",
        weight: .extra,
        synonyms: "インストール日|導入年月日|Install Date|Installed|InstallDate"
      ),
      Field(
        "support_ends_on",
        ja: "サポート終了日",
        en: "Support ends on",
        .date,
        group: "basic",
        synonyms: "サポート期限|EOL|EOS|保守期限|End of Support|Support End"
      ),
      Field(
        "licence",
        ja: "ライセンス",
        en: "Licence",
        .identifier,
        group: "basic",
        weight: .extra,
        synonyms: "ライセンス番号|ライセンスキー|プロダクトキー|契約番号|License|Licence|License Key"
      ),
    ],
    titleFields: ["name"],
    identities: [["asset", "name"]],
    defaultSort: [Sort("name")],
    listed: ["asset", "name", "version", "publisher", "support_ends_on"],
    reach: .parent("asset"),
    traits: KindTraits(importName: "software")
  )

  package static let interface = Kind(
    key: "interface",
    label: Localized(ja: "ネットワーク接続口", en: "Interface"),
    plural: Localized(ja: "ネットワーク接続口", en: "Interfaces"),
    groups: [FieldGroup("basic", ja: "基本情報", en: "Basics")],
    fields: [
      Field(
        "asset",
        ja: "機器",
        en: "Device",
        .reference("asset"),
        group: "basic",
        weight: .essential,
        isRequired: true,
        synonyms: "管理番号|機器名|端末|ホスト名|Asset|Device|Host"
      ),
      Field(
        "name",
        ja: "接続口",
        en: "Interface",
        .text,
        group: "basic",
        synonyms: "ポート|ポート名|インターフェース|インターフェイス|NIC|NIC名|LANポート|Interface|Port|Port Name"
      ),
      Field(
        "ip_address",
        ja: "IPアドレス",
        en: "IP address",
        .ip,
        group: "basic",
        weight: .essential,
        synonyms: "IP|IPアドレス2|セカンダリIP|IP Address|IPv4|Address"
      ),
      Field(
        "mac_address",
        ja: "MACアドレス",
        en: "MAC address",
        .mac,
        group: "basic",
        synonyms: "MAC|物理アドレス|MACアドレス2|無線MAC|MAC Address|Physical Address"
      ),
      Field(
        "zone",
        ja: "ネットワーク区画",
        en: "Zone",
        .reference("zone"),
        group: "basic",
        synonyms: "セグメント|ゾーン|VLAN|ネットワーク|系統|接続ネットワーク|Zone|Segment|Network|Subnet"
      ),
      Field(
        "remarks",
        ja: "備考",
        en: "Remarks",
        .multiline,
        group: "basic",
        weight: .extra,
        synonyms: "摘要|メモ|Notes|Remarks|Comment"
      ),
    ],
    titleFields: ["name", "ip_address", "mac_address"],
    identities: [["mac_address"], ["asset", "name"]],
    defaultSort: [Sort("name")],
    listed: ["asset", "name", "ip_address", "mac_address", "zone"],
    reach: .parent("asset")
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
}
