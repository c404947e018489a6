import Intake
import Records
import Text

extension Kind {
  /// 外部接続: any way in or out. The columns are those of a hospital's own stock-taking sheet (department, vendor, system,
  /// use, line, mechanism, boundary device …) and those by which past intrusions are understood (source restriction,
  /// authentication, destination, log place, last review).
  package static let connection = Kind(
    key: "connection",
    label: Localized(ja: "外部接続", en: "External connection"),
    plural: Localized(ja: "外部接続", en: "External connections"),
    groups: [
      FieldGroup("basic", ja: "基本情報", en: "Basics"), FieldGroup("line", ja: "つながり方", en: "Line"),
      FieldGroup("boundary", ja: "接点の機器", en: "Boundary device"), FieldGroup("guard", ja: "守り", en: "Protection"),
      FieldGroup("papers", ja: "書類・確認", en: "Papers and review"),
    ],
    fields: connectionBasics + connectionLine + connectionBoundary + connectionGuard + connectionPapers,
    titleFields: ["system_name", "purpose", "boundary_device"],
    identities: [["connection_number"], ["system_name", "department", "line_type"]],
    lookalike: Lookalike(name: "system_name", group: "department", telling: ["line_type", "vendor", "purpose"]),
    defaultSort: [Sort("system_name")],
    listed: [
      "system_name", "department", "vendor", "has_connection", "mode", "line_type", "mechanism", "boundary_device",
      "source_restriction", "authentication", "last_confirmed_on",
    ],
    menuOrder: 3,
    reach: .field("department"),
    traits: KindTraits(
      sharedNames: ["purpose", "boundary_device"],
      lead: Localized(
        ja: "外から入れる口、外へ出る口の一覧です。心配な順は「心配な順に見る」から開けます。",
        en: "Every way in or out. “By worry” lists the most worrying first, with the reason."
      ),
      views: [
        (Localized(ja: "心配な順に見る", en: "By worry"), "/ledger/connection/worries"),
        (Localized(ja: "記録がないもの", en: "Without a record"), "/ledger/connection/absences"),
      ],
      frontPath: "/ledger/connection/worries",
      files: Localized(ja: "外部接続の棚卸し表、保守回線の一覧", en: "Stock-taking sheets, lists of maintenance lines")
    )
  )

  private static let connectionBasics = [
    Field(
      "connection_number",
      ja: "接続番号",
      en: "Connection number",
      .identifier,
      group: "basic",
      weight: .extra,
      synonyms:
        "外部接続番号|接続No|接続ID|回線番号|回線ID|お客様番号|お客様ID|CAF番号|COP番号|管理番号|整理番号|台帳番号|Connection No|Connection ID|Circuit ID|"
        + "Line Number"
    ),
    Field(
      "system_name",
      ja: "システム・装置",
      en: "System or device",
      .text,
      group: "basic",
      weight: .essential,
      synonyms:
        "システム名・医療機器名|システム名/医療機器名|システム名・装置名|システム名|システム名称|医療機器名|医療機器名称|装置名|機器名|機器名称|対象システム|対象システム名|対象機器|接続システム|接続対象|"
        + "接続対象システム|接続機器名|部門システム|部門システム名|業務システム名|名称|接続名|接続名称|回線名|サービス名|利用サービス|System|System Name|Device|System/Device|"
        + "Connection|Connection Name|Service|Application|Name"
    ),
    Field(
      "system",
      ja: "システム台帳",
      en: "System record",
      .reference("system"),
      group: "basic",
      weight: .extra,
      help: Localized(ja: "システム台帳に登録がある場合に結び付けます。", en: "The entry in the ledger of systems, if there is one.")
    ),
    Field(
      "department",
      ja: "所管部署",
      en: "Department",
      .reference("department"),
      group: "basic",
      weight: .essential,
      synonyms:
        "部署|部署名|管理部署|管理部門|所管部門|所管課|主管部署|主管課|担当部署|担当部門|所属|部門|部門名|診療科|設置部署|使用部署|利用部署|利用部門|所管|責任部署|申請部署|Department|"
        + "Dept|Division|Section|Owner|Owner Department"
    ),
    Field(
      "vendor",
      ja: "事業者",
      en: "Vendor",
      .reference("vendor"),
      group: "basic",
      weight: .essential,
      synonyms: "ベンダ名|ベンダー名|ベンダ|ベンダー|業者|業者名|?会社名|事業者名|保守業者|保守会社|保守会社名|保守ベンダ|保守ベンダー|保守業者名|接続業者|接続先業者|接続先会社|接続元業者|"
        + "接続事業者|提供事業者|サービス事業者|委託先|委託業者|メーカー|メーカー名|製造販売業者|相手先|相手先名|取引先|Vendor|Vendor Name|Company|Supplier|Maintenance Vendor|"
        + "Provider|Contractor"
    ),
    Field(
      "has_connection",
      ja: "外部接続の有無",
      en: "Connected to outside",
      .yesNoUnknown,
      group: "basic",
      weight: .essential,
      synonyms: "外部接続|外部接続有無|外部接続あり|外部接続の状況|外部との接続|外部との接続有無|接続有無|接続の有無|外部ネットワーク接続|外部ネットワーク接続の有無|インターネット接続|インターネット接続の有無|"
        + "ネット接続有無|リモート接続有無|リモート保守有無|リモート保守の有無|リモートメンテナンスの有無|外部接続(有/無)|External Connection|Connected|Has External Connection|"
        + "Connected to Outside|Internet Connected|Remote Access"
    ),
    Field(
      "purpose",
      ja: "用途",
      en: "Purpose",
      .text,
      group: "basic",
      weight: .useful,
      synonyms: "接続用途|接続目的|目的|使用目的|利用目的|外部接続の用途|外部接続の目的|用途・目的|接続理由|利用用途|使用用途|接続の用途|用途(リモートメンテナンス等)|内容|業務内容|接続内容|通信内容|"
        + "Purpose|Use|Usage|Reason|Use of Connection"
    ),
  ]

  private static let connectionLine = [
    Field(
      "mode",
      ja: "常時・必要時",
      en: "Always or on demand",
      .choice(connectionModes),
      group: "line",
      weight: .essential,
      synonyms:
        "接続形態|接続方法|接続頻度|常時接続|常時/必要時|常時・都度|常時/都度|常時接続 or 必要時接続|常時接続・必要時接続|常時接続か必要時接続か|接続区分|接続タイミング|接続状態|"
        + "利用頻度|接続種別|常時接続の有無|Mode|Always On|Connection Mode|Frequency|On Demand|Permanent"
    ),
    Field(
      "line_type",
      ja: "回線種類",
      en: "Line",
      .choice(lineTypes),
      group: "line",
      weight: .essential,
      synonyms: "回線|回線種別|回線の種類|回線区分|回線サービス|使用回線|利用回線|接続回線|接続回線種別|通信回線|通信回線種別|アクセス回線|ネットワーク種別|ネットワーク回線|回線タイプ|"
        + "通信手段|接続経路|Line|Line Type|Circuit|Circuit Type|Access Line|Network Type|Media"
    ),
    Field(
      "mechanism",
      ja: "接続の仕組み",
      en: "Mechanism",
      .choice(mechanisms),
      group: "line",
      weight: .essential,
      synonyms: "仕組み|接続方式|接続手段|接続プロトコル|通信方式|通信プロトコル|プロトコル|VPN方式|VPN種別|VPNの種類|VPN|リモート接続方式|リモート接続方法|リモート方式|リモートツール|"
        + "リモートソフト|リモート接続ツール|遠隔操作ソフト|使用ツール|利用ツール|接続ツール|専用線 or 暗号化通信|専用線・暗号化通信|接続技術|接続ソフト|Mechanism|Method|"
        + "Connection Method|Protocol|VPN Type|Access Method|Remote Tool|Tunnel"
    ),
    Field(
      "encrypted",
      ja: "暗号化",
      en: "Encrypted",
      .yesNoUnknown,
      group: "line",
      synonyms:
        "暗号化の有無|暗号化有無|通信暗号化|通信の暗号化|暗号化通信|暗号|経路暗号化|暗号化状況|暗号化対応|Encrypted|Encryption|Is Encrypted|Encrypted Traffic"
    ),
  ]

  private static let connectionBoundary = [
    Field(
      "boundary_device",
      ja: "外部接点機器",
      en: "Boundary device",
      .text,
      group: "boundary",
      weight: .essential,
      synonyms: "外部との接点機器|接点機器|接点の機器|境界機器|境界装置|接続機器|接続機器名|接続装置|接続機器型番|通信機器|通信装置|VPN機器|VPN装置|VPN装置名|VPN機器名|ルータ|ルーター|"
        + "ルータ型番|ルータ名|ルータ機種|ファイアウォール|FW|UTM|ゲートウェイ|ネットワーク機器|終端装置|回線終端装置|機種|機種名|型番|使用機器|設置機器|外部接続機器|外部接続装置|接続口の機器|"
        + "Boundary Device|Gateway|Router|VPN Device|Firewall|Edge Device|Equipment|Terminating Device"
    ),
    Field(
      "boundary_asset",
      ja: "接点の機器（台帳）",
      en: "Boundary device record",
      .reference("asset"),
      group: "boundary",
      weight: .extra,
      help: Localized(ja: "機器台帳に登録がある場合に結び付けます。", en: "The entry in the ledger of devices, if there is one."),
      synonyms: "機器管理番号|接点機器管理番号|機器台帳番号|資産番号|Boundary Asset|Device Asset No"
    ),
    Field(
      "firmware",
      ja: "ファームウェア",
      en: "Firmware",
      .text,
      group: "boundary",
      weight: .essential,
      synonyms: "FW版|FWバージョン|ファームウェアバージョン|ファームバージョン|ファームウェア版数|ファーム|ファームウエア|OS|OS/FW|OS・FW|版数|バージョン|OSバージョン|ソフトウェアバージョン|"
        + "機器バージョン|Firmware|Firmware Version|FW Version|Version|OS Version|Software Version"
    ),
    Field(
      "firmware_support_ends_on",
      ja: "ファームウェアのサポート終了日",
      en: "Firmware support ends on",
      .date,
      group: "boundary",
      synonyms:
        "サポート終了日|サポート期限|サポート終了|機器サポート期限|EOL|EOS|EOSL|保守期限|保守終了日|メーカー保守終了日|ファームウェアサポート期限|FWサポート終了日|End of Support|"
        + "Support End|EOL Date|EOS Date|Firmware EOL"
    ),
    Field(
      "place",
      ja: "設置場所",
      en: "Place",
      .text,
      group: "boundary",
      synonyms: "場所|接点機器設置場所|機器設置場所|外部接点機器設置場所|接点の場所|設置位置|設置箇所|設置室|部屋|室名|ロケーション|設置フロア|設置病棟|設置先|接続場所|Place|Location|"
        + "Installed At|Site|Room|Installation Site"
    ),
  ]

  private static let connectionGuard = [
    Field(
      "source_restriction",
      ja: "接続元制限",
      en: "Source restricted",
      .yesNoUnknown,
      group: "guard",
      weight: .essential,
      synonyms:
        "接続元の制限|接続元制限の有無|接続元IP制限|接続元IPアドレス制限|接続元アドレス制限|IP制限|IPアドレス制限|IPアドレス制限の有無|送信元制限|送信元IP制限|送信元アドレス制限|アクセス元制限|"
        + "アクセス制限|アクセス制御|接続制限|接続元限定|接続元の限定|接続元の特定|発信元制限|Source Restriction|Source IP Restriction|IP Restriction|Source Restricted|ACL|"
        + "Allowed Sources|Access Restriction|IP Allow List"
    ),
    Field(
      "authentication",
      ja: "認証方式",
      en: "Authentication",
      .choice(authentications),
      group: "guard",
      weight: .essential,
      synonyms: "認証|認証方法|認証の方式|認証の種類|認証手段|利用者認証|ユーザ認証|ユーザー認証|ログイン方法|ログイン認証|本人認証|認証要素|ID管理|IDの管理|アカウント|アカウント種別|二要素認証|"
        + "2要素認証|多要素認証|多要素認証の有無|MFA|Authentication|Auth|Authentication Method|Login|Login Method|MFA|Credentials"
    ),
    Field(
      "destination",
      ja: "接続先",
      en: "Destination",
      .text,
      group: "guard",
      synonyms:
        "接続先サーバ|接続先機器|接続先システム|接続先ネットワーク|接続先セグメント|院内接続先|到達先|到達範囲|到達可能範囲|アクセス先|アクセス範囲|アクセス可能範囲|アクセス可能な範囲|接続範囲|通信先|"
        + "通信可能範囲|宛先|接続先IP|接続先IPアドレス|接続先ホスト|Destination|Target|Reach|Reachable Hosts|Access Scope|Destination Hosts|Destination IP"
    ),
    Field(
      "destination_ports",
      ja: "接続先ポート",
      en: "Destination ports",
      .text,
      group: "guard",
      weight: .extra,
      synonyms:
        "ポート|ポート番号|使用ポート|利用ポート|通信ポート|許可ポート|開放ポート|開放しているポート|サービス・ポート|プロトコル・ポート|宛先ポート|Port|Ports|Destination Port|"
        + "Allowed Ports|Open Ports|Services"
    ),
    Field(
      "log_place",
      ja: "ログの保管場所",
      en: "Log kept at",
      .text,
      group: "guard",
      synonyms: "ログ保存場所|ログ保管場所|ログ|ログの有無|ログ取得|ログ取得の有無|ログ取得状況|接続ログ|接続記録|アクセスログ|アクセスログの取得|通信ログ|接続履歴|ログ保存先|ログの保存先|ログ保存期間|"
        + "作業記録|Log|Log Place|Logs|Log Location|Logging|Access Log|Log Storage"
    ),
    Field(
      "other_protection",
      ja: "その他の対策",
      en: "Other protection",
      .text,
      group: "guard",
      synonyms: "その他対策|その他、セキュリティを担保する仕組み|その他セキュリティを担保する仕組み|セキュリティを担保する仕組み|その他セキュリティ対策|セキュリティ対策|対策|対策内容|対策状況|安全対策|運用対策|"
        + "使用時のみ接続|その他の安全管理|追加対策|Other Protection|Other Measures|Protection|Security Measures|Safeguards|Controls"
    ),
    Field(
      "patch_state",
      ja: "パッチ適用状況",
      en: "Patch state",
      .text,
      group: "guard",
      synonyms: "最新パッチ適用状況|最新パッチの適用状況|パッチ適用|パッチ|パッチ状況|パッチ適用日|更新状況|アップデート状況|ファームウェア更新状況|ファーム更新状況|修正プログラム適用状況|"
        + "脆弱性対応|脆弱性対応状況|脆弱性対策状況|脆弱性対策|Patch|Patch State|Patch Status|Patched|Update Status"
    ),
    Field(
      "vulnerability_state",
      ja: "脆弱性の指摘",
      en: "Vulnerability found",
      .text,
      group: "guard",
      synonyms:
        "脆弱性指摘の有無／パッチ|脆弱性指摘の有無/パッチ|脆弱性指摘の有無|脆弱性の有無|脆弱性指摘|脆弱性|過去の脆弱性指摘|過去に脆弱性が指摘された機器|過去に脆弱性が指摘された機器の場合、最新パッチ適用状況|"
        + "過去の脆弱性|脆弱性情報|脆弱性状況|既知の脆弱性|指摘の有無|Vulnerability|Vulnerabilities|Vulnerability Found|Known Vulnerabilities|CVE"
    ),
  ]

  private static let connectionPapers = [
    Field(
      "diagram",
      ja: "システム構成図",
      en: "Diagram",
      .yesNoUnknown,
      group: "papers",
      weight: .extra,
      synonyms:
        "構成図|構成図の有無|構成図有無|システム構成図の有無|システム構成図有無|ネットワーク構成図|ネットワーク図|NW構成図|接続構成図|接続図|図面|図面の有無|Diagram|Network Diagram|"
        + "System Diagram|Drawing|Has Diagram"
    ),
    Field(
      "terminal_list",
      ja: "設置端末一覧",
      en: "List of terminals",
      .yesNoUnknown,
      group: "papers",
      weight: .extra,
      synonyms:
        "端末一覧|端末一覧の有無|設置端末一覧の有無|機器一覧|機器一覧の有無|設置機器一覧|端末リスト|端末一覧表|Terminal List|Device List|List of Terminals|Equipment List"
    ),
    Field(
      "checklist_state",
      ja: "チェックリスト提出",
      en: "Checklist handed in",
      .choice(checklistStates),
      group: "papers",
      synonyms: "チェックリスト|チェックリスト提出状況|チェックリスト提出有無|チェックリストの提出|チェックリストの提出状況|チェックリスト回答|チェックリスト回収|事業者チェックリスト|事業者確認用チェックリスト|"
        + "提出状況|MDS/SDS|MDS提出|MDS|SDS|開示書提出|Checklist|Checklist State|Checklist Submitted|Vendor Checklist|Submitted"
    ),
    Field(
      "last_confirmed_on",
      ja: "最終確認日",
      en: "Last confirmed on",
      .date,
      group: "papers",
      weight: .essential,
      synonyms:
        "確認日|最終確認年月日|確認年月日|棚卸日|棚卸し日|棚卸実施日|調査日|点検日|最終点検日|見直し日|最終見直し日|?更新日|?最終更新日|記入日|回答日|現地確認日|Last Confirmed|Last Reviewed|"
        + "Reviewed On|Confirmed On|Last Checked|Review Date|Last Review"
    ),
    Field(
      "contract_ends_on",
      ja: "契約終了日",
      en: "Contract ends on",
      .date,
      group: "papers",
      weight: .extra,
      synonyms: "契約期限|契約満了日|契約終了|保守契約期限|回線契約終了日|利用期限|接続期限|利用終了日|廃止予定日|Contract End|Contract Expiry|Expiry"
    ),
    Field(
      "remarks",
      ja: "備考",
      en: "Remarks",
      .multiline,
      group: "papers",
      weight: .extra,
      synonyms: "備考欄|摘要|コメント|メモ|注記|特記事項|補足|?その他|付記|課題|対応予定|今後の予定|Remarks|Remark|Note|Notes|Comment|Comments|Memo"
    ),
  ]
}
