import Design
import Records
import Text

extension Kind {
  /// 機器: a server, PC, network device, medical device, printer, IoT device, virtual machine.
  package static let asset = Kind(
    key: "asset",
    label: Localized(ja: "機器", en: "Device"),
    plural: Localized(ja: "機器", en: "Devices"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("software", ja: "OS・対策", en: "Software"),
      FieldGroup("network", ja: "ネットワーク", en: "Network"), FieldGroup("place", ja: "設置と担当", en: "Place and owner"),
      FieldGroup("management", ja: "調達・保守", en: "Procurement and support"),
    ],
    fields: assetBasics + assetSoftware + assetNetwork + assetPlace + assetManagement,
    titleFields: ["name", "host_name", "asset_number", "model"],
    identities: [["asset_number"], ["serial_number"], ["mac_address"], ["host_name"]],
    defaultSort: [Sort("asset_number")],
    listed: ["asset_number", "category", "name", "os", "department", "location", "ip_address", "model", "state"],
    keyed: ["name", "ip_address"],
    menuOrder: 1,
    reach: .field("department"),
    traits: KindTraits(
      sharedNames: ["model"],
      similarBy: "model",
      unit: Unit(ja: "台", one: "device", many: "devices"),
      views: [(Localized(ja: "ラベルを印刷", en: "Print labels"), "/ledger/asset/labels")],
      files: Localized(ja: "機器管理台帳、端末台帳、医療機器台帳", en: "Device, terminal and medical device ledgers"),
      confirms: true
    )
  )

  private static let assetBasics = [
    Field(
      "asset_number",
      ja: "管理番号",
      en: "Asset number",
      .identifier,
      group: "basic",
      weight: .essential,
      help: Localized(ja: "院内で付けた番号。ラベルの番号と同じにします。", en: "The hospital's own number, as on the label."),
      synonyms: "資産番号|資産管理番号|資産No|資産コード|機器管理番号|機器番号|機器No|機器ID|機器コード|管理No|管理No.|管理ＮＯ|管理番号(ラベル)|管理ID|管理コード|"
        + "台帳番号|台帳No|備品番号|備品コード|備品No|物品番号|物品コード|固定資産番号|ラベル番号|整理番号|シール番号|ME管理番号|ＭＥ番号|ME機器番号|端末番号|端末管理番号|"
        + "PC番号|PC管理番号|情報機器番号|IT資産番号|リース番号|?通番|管理№|資産№|機器№|Asset No|Asset No.|Asset ID|Asset Tag|AssetTag|Inventory No|"
        + "Inventory Number|Control No|Control Number|Tag|Equipment ID|Equipment No|Device ID|Management No|Item No"
    ),
    Field(
      "category",
      ja: "区分",
      en: "Category",
      .choice(assetCategories),
      group: "basic",
      weight: .essential,
      synonyms: "機器区分|種別|機器種別|種類|機器種類|機器の種類|分類|機器分類|大分類|カテゴリ|カテゴリー|機種区分|資産区分|資産種別|資産分類|端末種別|装置区分|装置種別|"
        + "区分コード|種別コード|タイプ|機器タイプ|ハードウェア種別|Type|Device Type|Asset Type|Category|Class|Kind|Equipment Type|Device Category"
    ),
    Field(
      "name",
      ja: "機器名",
      en: "Name",
      .text,
      group: "basic",
      weight: .essential,
      synonyms: "機器名称|名称|品名|機器の名称|装置名|装置名称|設備名|備品名|物品名|資産名|資産名称|端末名称|端末名|機器名(通称)|通称|呼称|表示名|愛称|"
        + "機材名|器械名|医療機器名|医療機器名称|サーバ名|サーバー名|サーバ名称|機器名/名称|対象機器|対象機器名|ノード名|Asset Name|Device Name|Equipment Name|Device|"
        + "Equipment|Item|Item Name|Display Name"
    ),
    Field(
      "host_name",
      ja: "ホスト名",
      en: "Host name",
      .identifier,
      group: "basic",
      synonyms: "コンピュータ名|コンピューター名|コンピューターの名前|コンピュータ名称|PC名|ＰＣ名|パソコン名|マシン名|NetBIOS名|ＮｅｔＢＩＯＳ名|FQDN|ホスト名称|端末ホスト名|DNS名|"
        + "ネットワーク名|フルコンピューター名|機器ホスト名|AD登録名|Hostname|Host|Computer Name|ComputerName|PC Name|Machine Name|NetBIOS Name|DNS Name|Node Name"
    ),
    Field(
      "manufacturer",
      ja: "メーカー",
      en: "Manufacturer",
      .text,
      group: "basic",
      synonyms: "メーカ|メーカー名|メーカ名|製造元|製造メーカー|製造会社|製造業者|製造販売業者|製造者|製造販売元|製造販売業者名|製造所|会社名(製造)|機器メーカー|本体メーカー|ブランド|"
        + "製作会社|製作所|開発元|Manufacturer|Maker|Make|Brand|Manufacturer Name|Mfr|Mfg"
    ),
    Field(
      "model",
      ja: "型番",
      en: "Model",
      .text,
      group: "basic",
      weight: .essential,
      synonyms: "型式|型名|機種|機種名|型式名|モデル|モデル名|モデル番号|製品名|製品型番|製品番号|品番|型番・型式|型式・型番|型番/モデル|メーカー型番|型番号|形式|形名|"
        + "販売名|商品名|製品型式|ハードウェア名|機器型式|機器型番|PCモデル|Model|Model Name|Model No|Model Number|Product|Product Name|Product Number|Part Number|P/N|SKU"
    ),
    Field(
      "serial_number",
      ja: "製造番号",
      en: "Serial number",
      .identifier,
      group: "basic",
      weight: .essential,
      synonyms: "シリアル番号|シリアル|シリアルNo|シリアルNo.|シリアルナンバー|シリアル№|製造No|製造No.|製造№|製番|S/N|SN|Ｓ／Ｎ|機番|機械番号|本体番号|機体番号|個体番号|"
        + "個体識別番号|ロット番号|製品シリアル|製造シリアル番号|製造番号(S/N)|筐体番号|サービスタグ|Service Tag|Serial|Serial No|Serial No.|Serial Number|SerialNumber|"
        + "System Serial Number|BIOS Serial|Chassis Serial"
    ),
  ]

  private static let assetSoftware = [
    Field(
      "os",
      ja: "OS・ファームウェア",
      en: "OS or firmware",
      .text,
      group: "software",
      weight: .essential,
      help: Localized(
        ja: "版まで書きます。例：Windows 11 Pro 23H2、FortiOS 7.2.8",
        en: "With its version, as Windows 11 Pro 23H2 or FortiOS 7.2.8."
      ),
      synonyms: "OS|ＯＳ|OS名|OS名称|OS種別|OS種類|OS/FW|OS／FW|OSバージョン|OS(バージョン)|OS・バージョン|OSとバージョン|基本ソフト|オペレーティングシステム|搭載OS|使用OS|"
        + "ファームウェア|ファームウエア|ファーム|ファームバージョン|ファームウェアバージョン|ファームウェア版数|FW|F/W|FWバージョン|F/Wバージョン|版数|ソフトウェアバージョン|"
        + "OS及びバージョン|OS/バージョン|OS・FW版数|Operating System|OS Name|OS Version|Firmware|Firmware Version|FW Version|Software Version|OS/Firmware|Platform"
    ),
    Field(
      "support_ends_on",
      ja: "サポート終了日",
      en: "Support ends on",
      .date,
      group: "software",
      synonyms: "サポート期限|サポート終了|サポート終了予定日|サポート終了予定|サポート終了年月日|EOS|ＥＯＳ|EOL|ＥＯＬ|EOSL|EoL日|EoS日|保守終了日|保守終了|保守終了予定日|"
        + "保守期限|保守限度|メーカー保守終了日|メーカーサポート終了|メーカーサポート期限|製品サポート終了日|OSサポート期限|OSサポート終了日|延長サポート終了日|耐用期限|"
        + "End of Support|End of Life|Support End|Support End Date|Support Expiry|EOL Date|EOS Date|Support Until"
    ),
    Field(
      "antivirus",
      ja: "ウイルス対策",
      en: "Antivirus",
      .choice(antivirusChoices),
      group: "software",
      weight: .essential,
      synonyms: "ウイルス対策ソフト|ウィルス対策|ウィルス対策ソフト|ウイルス対策状況|ウイルス対策の有無|ウイルス対策ソフトの有無|アンチウイルス|アンチウィルス|ウイルスソフト|ウィルスソフト|"
        + "AV|ＡＶ|AVソフト|マルウェア対策|マルウェア対策ソフト|不正プログラム対策|不正ソフトウェア対策|コンピュータウイルス対策|エンドポイント対策|EDR|EDR導入|EDR/AV|"
        + "セキュリティソフト|セキュリティ対策ソフト|セキュリティソフト有無|ウイルス対策導入|Antivirus|Anti-virus|AntiVirus Software|AV Software|Malware Protection|Endpoint Protection"
    ),
    Field(
      "last_patched_on",
      ja: "最終パッチ適用日",
      en: "Last patched on",
      .date,
      group: "software",
      synonyms:
        "パッチ適用日|最終パッチ日|パッチ適用年月日|最終更新適用日|最終アップデート日|アップデート日|最終アップデート|WindowsUpdate日|Windows Update|Windows更新日|更新プログラム適用日|"
        + "セキュリティパッチ適用日|最新パッチ適用日|修正プログラム適用日|パッチ最終適用日|パッチ日付|OS更新日|OS最終更新日|FW更新日|ファーム更新日|最終FW更新日|"
        + "Last Patch|Last Patched|Patch Date|Last Update|Last Updated|Last Windows Update|Patched On|Firmware Updated"
    ),
  ]

  private static let assetNetwork = [
    Field(
      "ip_address",
      ja: "IPアドレス",
      en: "IP address",
      .ip,
      group: "network",
      weight: .essential,
      synonyms:
        "IP|ＩＰ|ＩＰアドレス|IPｱﾄﾞﾚｽ|IP address|IPv4|IPv4アドレス|IPv6アドレス|IPアドレス(固定)|固定IP|固定IPアドレス|プライベートIP|ローカルIP|内部IP|アドレス(IP)|"
        + "割当IP|割当IPアドレス|割り当てIPアドレス|設定IP|設定IPアドレス|院内IP|LAN側IP|管理IP|管理用IPアドレス|IPアドレス1|ネットワークアドレス|IP Addr|IPAddr|IP Address 1|"
        + "IPv4 Address|Management IP|Primary IP|Private IP"
    ),
    Field(
      "mac_address",
      ja: "MACアドレス",
      en: "MAC address",
      .mac,
      group: "network",
      synonyms:
        "MAC|ＭＡＣ|ＭＡＣアドレス|MACｱﾄﾞﾚｽ|物理アドレス|物理ｱﾄﾞﾚｽ|イーサネットアドレス|イーサーネットアドレス|Ethernetアドレス|ハードウェアアドレス|MACアドレス(有線)|有線MAC|"
        + "有線MACアドレス|無線MAC|無線MACアドレス|MACアドレス1|MACアドレス(LAN)|LANアドレス|NICアドレス|MAC addr|MAC Address|MACAddress|Physical Address|Hardware Address|"
        + "Ethernet Address|Wired MAC|HW Address"
    ),
  ]

  private static let assetPlace = [
    Field(
      "department",
      ja: "設置部署",
      en: "Department",
      .reference("department"),
      group: "place",
      weight: .essential,
      synonyms: "部署|部署名|所管部署|管理部署|管理部門|所属|所属部署|所属部門|所属名|部門|部門名|使用部署|使用部門|使用部署名|利用部署|利用部門|設置部門|配置部署|配置先部署|配備先|配属|配置先|"
        + "診療科|科名|病棟|病棟名|主管部署|主管課|担当部署|担当部門|管理課|所管課|所管|保有部署|資産部署|使用科|設置科|納入部署|Department|Dept|Dept.|Division|Section|Unit|"
        + "Owner Department|Owning Department|Ward"
    ),
    Field(
      "location",
      ja: "設置場所",
      en: "Location",
      .reference("location"),
      group: "place",
      weight: .essential,
      synonyms: "場所|設置場所名|設置位置|設置箇所|設置室|設置部屋|部屋|部屋名|室名|ロケーション|保管場所|保管先|使用場所|利用場所|配置場所|所在|所在地|所在場所|設置先|建物・階|建物/階/部屋|"
        + "棟・階・室|フロア|設置フロア|設置病棟|階|ラック|ラック位置|納入場所|現在地|Location|Place|Room|Site|Installed At|Installation Site|Position|Where"
    ),
    Field(
      "owner",
      ja: "管理者",
      en: "Responsible person",
      .reference("person"),
      group: "place",
      synonyms: "管理責任者|機器管理者|機器管理責任者|担当者|担当者名|使用者|使用者名|利用者|利用者名|主使用者|主な使用者|所有者|責任者|責任者名|保管者|使用責任者|管理担当者|管理担当|"
        + "端末管理者|?氏名|Owner|Responsible|Person in Charge|User|User Name|Custodian|Assigned To|Contact Person"
    ),
    Field(
      "system",
      ja: "システム",
      en: "System",
      .reference("system"),
      group: "place",
      synonyms: "システム名|システム名称|所属システム|対象システム|利用システム|使用システム|関連システム|構成システム|業務システム|業務システム名|情報システム名|部門システム|部門システム名|"
        + "サブシステム|用途システム|System|System Name|Application|Service|Business System"
    ),
    Field(
      "usage",
      ja: "用途",
      en: "Use",
      .text,
      group: "place",
      weight: .extra,
      synonyms: "使用目的|利用目的|使用用途|利用用途|役割|機能|業務|業務内容|主な用途|目的|使途|Use|Usage|Purpose|Role|Function"
    ),
  ]

  private static let assetManagement = [
    Field(
      "state",
      ja: "状態",
      en: "State",
      .choice(assetStates),
      group: "management",
      synonyms: "稼働状況|稼動状況|使用状況|利用状況|状況|ステータス|機器状態|機器状況|現況|現状|運用状態|運用状況|在庫状況|使用区分|稼働|Status|State|Condition|"
        + "Lifecycle|Asset Status|In Use"
    ),
    Field(
      "maintenance_vendor",
      ja: "保守業者",
      en: "Maintenance vendor",
      .reference("vendor"),
      group: "management",
      synonyms: "保守会社|保守業者名|保守会社名|保守ベンダ|保守ベンダー|保守先|保守契約先|保守委託先|保守委託業者|保守担当会社|保守事業者|保守メーカー|保守元|ベンダ|ベンダー|ベンダ名|ベンダー名|"
        + "業者|業者名|?購入先|?購入先名|?リース会社|?リース会社名|?納入業者|?納入業者名|?納入会社|?納入元|?納品業者|?代理店|?取扱業者|?取扱店|委託先|委託業者|事業者|事業者名|"
        + "サポート窓口|連絡先業者|Vendor|Vendor Name|Supplier|Maintenance|Maintenance Company|Support Vendor|Maintainer|Contractor"
    ),
    Field(
      "installed_on",
      ja: "導入年月日",
      en: "Installed on",
      .date,
      group: "management",
      synonyms: "導入日|導入年月|導入時期|設置日|設置年月日|設置年月|納入日|納入年月日|納入年月|納品日|納品年月日|購入日|購入年月日|購入年月|購入年|取得日|取得年月日|取得年月|稼働日|稼働開始日|"
        + "稼働年月日|運用開始日|使用開始日|使用開始年月日|利用開始日|利用開始年月日|配備日|配布日|検収日|受入日|調達日|調達年月|リース開始日|リース開始|Installed|Install Date|"
        + "Installation Date|Installed On|Purchase Date|Purchased|Date of Purchase|Acquired|Acquisition Date|Delivery Date|In Service Date|Start Date"
    ),
    Field(
      "procurement",
      ja: "調達区分",
      en: "Procurement",
      .choice(procurementChoices),
      group: "management",
      weight: .extra,
      synonyms: "調達方法|調達形態|調達|取得区分|取得方法|取得形態|契約区分|契約形態|契約種別|契約方法|購入区分|購入形態|所有区分|所有形態|保有形態|リース区分|購入/リース|購入・リース|"
        + "購入/リース区分|リース・購入|リース/レンタル|導入形態|導入区分|財産区分|Procurement|Procurement Type|Purchase/Lease|Ownership|Contract Type|Acquisition Type|Lease"
    ),
    Field(
      "contract_ends_on",
      ja: "契約終了日",
      en: "Contract ends on",
      .date,
      group: "management",
      weight: .extra,
      synonyms: "リース終了日|リース満了日|リース期限|リース終了年月|リース満了|契約満了日|契約期限|契約終了|契約終了年月日|保守契約終了日|保守契約期限|保守契約満了日|"
        + "保証期限|保証終了日|返却期限|返却予定日|?更新予定|?更新予定日|Lease End|Lease Expiry|Contract End|Contract Expiry|Warranty End|Warranty|Warranty Expiry"
    ),
    Field(
      "last_seen_on",
      ja: "最終確認日",
      en: "Last seen on",
      .date,
      group: "management",
      synonyms: "確認日|現物確認日|棚卸日|棚卸し日|棚卸実施日|最終棚卸日|最終棚卸し日|所在確認日|現品確認日|点検日|最終点検日|最終稼働日|最終稼働日時|最終ログオン日時|"
        + "最終ログオン|最終接続日|最終接続日時|最終起動日|最終検出日|最終通信日|記入日|記載日|Last Seen|Last Confirmed|Last Checked|Last Inventory|Inventory Date|Last Logon|"
        + "Last Contact|Last Online|Confirmed On|Checked On"
    ),
    Field(
      "remarks",
      ja: "備考",
      en: "Remarks",
      .multiline,
      group: "management",
      weight: .extra,
      synonyms:
        "備考欄|摘要|コメント|メモ|注記|特記事項|特記|補足|補足事項|?その他|その他備考|付記|連絡事項|注意事項|申し送り|備考1|備考２|留意事項|Remarks|Remark|Note|Notes|Comment|"
        + "Comments|Memo|Others"
    ),
  ]
}
