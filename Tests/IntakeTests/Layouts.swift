import Intake
import Tabular

enum Layouts {
  static let every = all + more

  static let all: [Layout] = [
    titles, groupHeaders, groupsWithoutMerges, mergedDown, lineBreaks, english, headerAtRowNine, stacked, besides,
    twoUp, perFloor, sections, notesBelow, sideLegend, strangeHeaders, vendorSheet, wiredAndWireless, shifted,
    oldNumbers, values, people, connections, repeatedHeaders, misleading, ordinalOnly,
  ]

  static let titles = Layout(
    name: "titles above, blank rows, totals",
    workbook: book(
      sheet(
        "Sheet1",
        """
        令和８年度　医療機器等管理台帳
        作成：医療情報部|||作成日：2026/4/1

        No.|管理番号|機器名|型番|メーカー|設置場所|備考
        1|A-0001|電子カルテ端末|OptiPlex 3080|デル|本館1階|
        2|A-0002|体温計|MC-680|オムロン|本館2階|3台
        ||||||
        3|A-0003|PACSサーバ|PowerEdge R740|デル|サーバ室|
        |小計||||3|
        4|A-0004|心電計|FX-8400|フクダ|本館3階|
        |合計||||4|
        以上
        """
      )
    ),
    truth: [
      "No.": nil, "管理番号": "asset_number", "機器名": "name", "型番": "model", "メーカー": "manufacturer", "設置場所": "location",
      "備考": "remarks",
    ],
    records: ["Sheet1": [5, 6, 8, 10]]
  )

  static let groupHeaders = Layout(
    name: "group headers merged over leaf headers",
    workbook: book(
      sheet(
        "台帳",
        """
        機器管理台帳
        機器|||設置||ネットワーク||保守|
        番号|名称|型式|部署|場所|IPアドレス|MACアドレス|業者|電話番号
        KZ01|検査端末1|VersaPro|検査部|本館2階|10.0.0.1|00:11:22:33:44:55|㈱東洋|03-1111-2222
        KZ02|検査端末2|VersaPro|検査部|本館2階|10.0.0.2|00:11:22:33:44:56|㈱東洋|03-1111-2222
        KZ03|看護端末1|Mate|看護部|新館3階|10.0.0.3|00:11:22:33:44:57|西洋電機株式会社|03-1111-3333
        """,
        merges: [merge(1, 0, 1, 8), merge(2, 0, 2, 2), merge(2, 3, 2, 4), merge(2, 5, 2, 6), merge(2, 7, 2, 8)]
      )
    ),
    truth: [
      "番号": "asset_number", "名称": "name", "型式": "model", "部署": "department", "場所": "location",
      "IPアドレス": "ip_address", "MACアドレス": "mac_address", "業者": "maintenance_vendor", "電話番号": nil,
    ],
    records: ["台帳": [4, 5, 6]]
  )

  static let groupsWithoutMerges = Layout(
    name: "two header rows in a text file",
    workbook: book(
      sheet(
        "export",
        """
        管理番号|機器名|ネットワーク||備考
        ||IPアドレス|MACアドレス|
        A1001|受付端末|192.168.1.10|00-11-22-33-44-55|
        A1002|会計端末|192.168.1.11|00-11-22-33-44-56|予備
        """
      )
    ),
    truth: [
      "管理番号": "asset_number", "機器名": "name", "IPアドレス": "ip_address", "MACアドレス": "mac_address", "備考": "remarks",
    ],
    records: ["export": [3, 4]]
  )

  static let mergedDown = Layout(
    name: "department merged downwards, headers merged over two rows",
    workbook: book(
      sheet(
        "機器一覧",
        """
        設置部署|管理番号|機器名|ネットワーク||備考
        |||IP|MAC|
        放射線科|R-001|CT端末|10.1.0.1|00:00:5E:00:53:01|
        |R-002|MRI端末|10.1.0.2|00:00:5E:00:53:02|
        |R-003|読影端末|10.1.0.3|00:00:5E:00:53:03|
        薬剤部|Y-001|調剤端末|10.1.0.4|00:00:5E:00:53:04|
        """,
        merges: [
          merge(1, 0, 2, 0), merge(1, 1, 2, 1), merge(1, 2, 2, 2), merge(1, 3, 1, 4), merge(1, 5, 2, 5),
          merge(3, 0, 5, 0),
        ]
      )
    ),
    truth: [
      "設置部署": "department", "管理番号": "asset_number", "機器名": "name", "IP": "ip_address", "MAC": "mac_address",
      "備考": "remarks",
    ],
    records: ["機器一覧": [3, 4, 5, 6]]
  )

  static let lineBreaks = Layout(
    name: "line breaks, blanks, marks and full width in headers",
    workbook: book(
      sheet(
        "一覧",
        """
        ※管理⏎番号|①　機 器 名|ＩＰ⏎アドレス（固定）|設 置⏎場 所|導入⏎年月日（西暦）|【必須】シリアル⏎番号
        P1|受付PC|10.0.0.1|1F受付|2020/4/1|S100001
        P2|会計PC|10.0.0.2|1F会計|2020/4/1|S100002
        P3|病棟PC|10.0.0.3|3F病棟|2021/4/1|S100003
        """
      )
    ),
    truth: [
      "※管理\n番号": "asset_number", "①　機 器 名": "name", "ＩＰ\nアドレス（固定）": "ip_address", "設 置\n場 所": "location",
      "導入\n年月日（西暦）": "installed_on", "【必須】シリアル\n番号": "serial_number",
    ],
    records: ["一覧": [2, 3, 4]]
  )

  static let english = Layout(
    name: "English headers",
    workbook: book(
      sheet(
        "Assets",
        """
        Asset No.|Device Type|Device Name|OS|Model|Manufacturer|IP Addr.|MAC Address|Serial Number|Location|Install Date|Remarks
        HW-0001|Server|EMR01|Windows Server 2019|R740|Dell|10.0.0.5|00:11:22:33:44:01|JX100A1|Server room|2020-04-01|
        HW-0002|PC|WARD-PC-01|Windows 11 Pro|OptiPlex|Dell|10.0.0.6|00:11:22:33:44:02|JX100A2|Ward 3F|2021-05-11|spare
        HW-0003|Switch|SW-3F|IOS 15.2|C2960X|Cisco|10.0.0.7|00:11:22:33:44:03|JX100A3|EPS 3F|2019-01-30|
        Total|||||||||||3
        """
      )
    ),
    truth: [
      "Asset No.": "asset_number", "Device Type": "category", "Device Name": "name", "OS": "os", "Model": "model",
      "Manufacturer": "manufacturer", "IP Addr.": "ip_address", "MAC Address": "mac_address",
      "Serial Number": "serial_number", "Location": "location", "Install Date": "installed_on", "Remarks": "remarks",
    ],
    records: ["Assets": [2, 3, 4]]
  )

  static let headerAtRowNine = Layout(
    name: "header at row 9 under a form",
    workbook: book(
      sheet(
        "様式2",
        """
        （様式２）
        医療情報システム機器一覧

        施設名||見本病院
        部署名||医療情報部
        記入日||2026/11/21
        記入者||情報　太郎

        ||資産番号|機種名|シリアルNo|設置フロア|購入日
        ||10001|FortiGate 60F|FGT60FTK1|B1F|R3.4.1
        ||10002|Catalyst 2960X|FOC1234X0AB|2F|R3.4.1
        ||10003|Catalyst 2960X|FOC1234X0AC|3F|平成31年4月1日
        """
      )
    ),
    truth: [
      "資産番号": "asset_number", "機種名": "model", "シリアルNo": "serial_number", "設置フロア": "location", "購入日": "installed_on",
    ],
    records: ["様式2": [10, 11, 12]]
  )

  static let stacked = Layout(
    name: "two tables below each other with different headers",
    workbook: book(
      sheet(
        "機器",
        """
        ■サーバ
        管理番号|機器名|OS|設置場所
        S001|電子カルテDB|Red Hat Enterprise Linux 8|サーバ室
        S002|PACS|Windows Server 2019|サーバ室

        ■ネットワーク機器
        管理番号|機種名|IPアドレス|保守業者|備考
        N001|Catalyst 2960X|10.0.0.1|株式会社ネット|
        N002|FortiGate 60F|10.0.0.2|株式会社ネット|VPN
        """
      )
    ),
    truth: [
      "管理番号": "asset_number", "機器名": "name", "OS": "os", "設置場所": "location", "機種名": "model",
      "IPアドレス": "ip_address", "保守業者": "maintenance_vendor", "備考": "remarks",
    ],
    records: ["機器": [3, 4, 8, 9]]
  )

  static let besides = Layout(
    name: "two tables side by side",
    workbook: book(
      sheet(
        "配置",
        """
        管理番号|機器名|設置場所||管理番号|機器名|設置場所
        A001|端末1|1階||B001|端末11|2階
        A002|端末2|1階||B002|端末12|2階
        A003|端末3|1階||||
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "設置場所": "location"],
    records: ["配置": [2, 2, 3, 3, 4]]
  )

  static let twoUp = Layout(
    name: "a list printed in two halves without a gap",
    workbook: book(
      sheet(
        "一覧",
        """
        管理番号|機器名|IPアドレス|管理番号|機器名|IPアドレス
        A001|端末1|10.0.0.1|A004|端末4|10.0.0.4
        A002|端末2|10.0.0.2|A005|端末5|10.0.0.5
        A003|端末3|10.0.0.3|||
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "IPアドレス": "ip_address"],
    records: ["一覧": [2, 2, 3, 3, 4]]
  )

  static let perFloor = Layout(
    name: "a sheet for each floor, hidden and notes sheets",
    workbook: book(
      sheet("表紙", "機器管理台帳\n\n見本病院\n令和8年11月"),
      sheet("1F", "１階\n管理番号|機器名|部署\nA001|受付端末|医事課\nA002|会計端末|医事課"),
      sheet("2F", "２階\n管理番号|機器名|部署\nB001|採血端末|検査部\n合計|1台|"),
      sheet("3F", "３階\n管理番号|機器名|部署\nC001|病棟端末|看護部"),
      sheet("old", "管理番号|機器名|部署\nZ001|廃棄端末|看護部", isHidden: true),
      sheet("凡例", "区分コード\nS=サーバ"),
      sheet("記入例", "管理番号|機器名|部署\nX001|例の端末|看護部")
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "部署": "department"],
    records: ["1F": [3, 4], "2F": [3], "3F": [3]]
  )

  static let sections = Layout(
    name: "section rows and repeated headers inside the list",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|機器名|型番|メーカー|導入日
        ■放射線科
        R001|CT操作卓|Aquilion|キヤノンメディカル|2019/3/1
        R002|読影端末|Precision|デル|2020/3/1
        放射線科　計|||2台|
        ■薬剤部
        管理番号|機器名|型番|メーカー|導入日
        Y001|分包機端末|VersaPro|NEC|2018/10/1
        薬剤部　計|||1台|
        総計|||3台|
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "型番": "model", "メーカー": "manufacturer", "導入日": "installed_on"],
    records: ["台帳": [3, 4, 8]]
  )

  static let notesBelow = Layout(
    name: "legend and notes below the table",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|種別|機器名|型番|メーカー|設置場所|導入日
        A001|サーバ|DB|R740|デル|サーバ室|2020/4/1
        A002|端末|受付|3080|デル|1階|2020/4/1
        A003|端末|会計|3080|デル|1階|2020/4/1

        ※黄色のセルは更新予定です
        注1）リース機器を含む
        記号|意味
        S|サーバ
        C|端末
        """
      )
    ),
    truth: [
      "管理番号": "asset_number", "種別": "category", "機器名": "name", "型番": "model", "メーカー": "manufacturer",
      "設置場所": "location", "導入日": "installed_on",
    ],
    records: ["台帳": [2, 3, 4]]
  )

  static let sideLegend = Layout(
    name: "a legend at the side",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|種別|機器名|型番||コード|意味
        A001|サーバ|DB|R740||S|サーバ
        A002|端末|受付|3080||C|端末
        A003|端末|会計|3080|||
        A004|端末|病棟1|3080|||
        A005|端末|病棟2|3080|||
        A006|端末|病棟3|3080|||
        """
      )
    ),
    truth: ["管理番号": "asset_number", "種別": "category", "機器名": "name", "型番": "model"],
    records: ["台帳": [2, 3, 4, 5, 6, 7]]
  )

  static let strangeHeaders = Layout(
    name: "headers nobody knows are left alone",
    workbook: book(
      sheet(
        "管理表",
        """
        管理番号|呼び名|機器名|HW|ルータIP|旧管理番号|リース満了日|保守業者電話番号|部署コード|耐用年数
        A001|たろう|受付端末|00:11:22:33:44:01|10.0.0.254|Z9|2027/3/31|03-1111-1111|101|5
        A002|じろう|会計端末|00:11:22:33:44:02|10.0.0.254|Z8|2027/3/31|03-1111-1111|102|5
        A003|さぶろう|病棟端末|00:11:22:33:44:03|10.0.0.254|Z7|2027/3/31|03-1111-1111|103|5
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name"],
    records: ["管理表": [2, 3, 4]]
  )

  static let vendorSheet = Layout(
    name: "a list of vendors beside the ledger is no ledger",
    workbook: book(
      sheet("機器", "管理番号|機器名|保守業者\nA001|受付端末|㈱東洋\nA002|会計端末|㈱西洋"),
      sheet("業者一覧", "業者名|電話番号|担当者|住所|備考\n㈱東洋|03-1111-1111|山田|東京都|平日のみ\n㈱西洋|03-2222-2222|鈴木|横浜市|")
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "保守業者": "maintenance_vendor"],
    records: ["機器": [2, 3]]
  )

  static let wiredAndWireless = Layout(
    name: "the same leaf under two groups",
    workbook: book(
      sheet(
        "端末",
        """
        ||有線LAN||無線LAN|
        管理番号|端末名|IPアドレス|MACアドレス|IPアドレス|MACアドレス
        T01|病棟1|10.0.1.1|00:11:22:33:44:01|10.0.2.1|00:11:22:33:55:01
        T02|病棟2|10.0.1.2|00:11:22:33:44:02|10.0.2.2|00:11:22:33:55:02
        T03|病棟3|10.0.1.3|00:11:22:33:44:03|10.0.2.3|00:11:22:33:55:03
        """,
        merges: [merge(1, 2, 1, 3), merge(1, 4, 1, 5)]
      )
    ),
    truth: ["管理番号": "asset_number", "端末名": "name", "IPアドレス": "ip_address", "MACアドレス": "mac_address"],
    records: ["端末": [3, 4, 5]]
  )

  static let shifted = Layout(
    name: "values shifted one column against the headers",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|機器名|IPアドレス|MACアドレス|導入日|備考
        |A001|受付端末|10.0.0.1|00:11:22:33:44:01|2020/4/1
        |A002|会計端末|10.0.0.2|00:11:22:33:44:02|2020/4/2
        |A003|病棟端末|10.0.0.3|00:11:22:33:44:03|2020/4/3
        """
      )
    ),
    truth: [:],
    records: [:]
  )

  static let oldNumbers = Layout(
    name: "old, next and second columns are not the current ones",
    workbook: book(
      sheet(
        "一覧",
        """
        機器管理番号|旧管理番号|機器名称|移設前設置場所|設置場所|IPアドレス|予備IPアドレス|導入日|次回更新予定日
        A001|Z1|受付端末|2階|1階|10.0.0.1|10.9.0.1|2020/4/1|2027/4/1
        A002|Z2|会計端末|2階|1階|10.0.0.2|10.9.0.2|2020/4/1|2027/4/1
        A003|Z3|病棟端末|2階|3階|10.0.0.3|10.9.0.3|2020/4/1|2027/4/1
        """
      )
    ),
    truth: [
      "機器管理番号": "asset_number", "機器名称": "name", "設置場所": "location", "IPアドレス": "ip_address", "導入日": "installed_on",
    ],
    records: ["一覧": [2, 3, 4]]
  )

  static let values = Layout(
    name: "generic headers that the values explain",
    workbook: book(
      sheet(
        "list",
        """
        番号|種別|名称|アドレス|シリアル|場所
        K0001|端末|受付|10.0.0.1|AB1001|1階
        K0002|サーバ|会計|10.0.0.2|AB1002|サーバ室
        K0003|プリンタ|病棟|10.0.0.3|AB1003|3階
        """
      )
    ),
    truth: [
      "番号": "asset_number", "種別": "category", "名称": "name", "アドレス": "ip_address", "シリアル": "serial_number",
      "場所": "location",
    ],
    records: ["list": [2, 3, 4]]
  )

  static let people = Layout(
    name: "people with a blank column and totals",
    workbook: book(
      sheet(
        "職員",
        """
        職員名簿（令和8年11月1日現在）
        職員番号|氏名|氏名（カナ）|所属部署|職種|採用年月日|内線|メールアドレス
        100001|東京　太郎|トウキョウ タロウ|医事課|事務|H20.4.1|1234|taro@example.test
        100002|横浜　花子|ヨコハマ ハナコ|看護部|看護師|R2.4.1|2345|hanako@example.test
        計|2名||||||
        """
      )
    ),
    schema: Schemas.people,
    truth: [
      "職員番号": "staff_number", "氏名": "name", "氏名（カナ）": "reading", "所属部署": "department", "職種": "occupation",
      "採用年月日": "joined_on", "内線": "phone", "メールアドレス": "email",
    ],
    records: ["職員": [3, 4]]
  )

  static let connections = Layout(
    name: "connections in a prefecture's form",
    workbook: book(
      sheet(
        "外部接続",
        """
        外部接続調査票
        部署名|業者名|システム名|外部接続|接続形態|回線種別|確認日|備考
        放射線科|㈱東洋|PACS|有|常時接続|光回線|R6.4.1|
        検査部|㈱西洋|LIS|無||||
        薬剤部|㈱西洋|調剤支援|？|都度|ISDN|2024/4/1|
        """
      )
    ),
    schema: Schemas.connections,
    truth: [
      "部署名": "department", "業者名": "vendor", "システム名": "system", "外部接続": "has_connection", "接続形態": "mode",
      "回線種別": "line_type", "確認日": "last_confirmed_on", "備考": "remarks",
    ],
    records: ["外部接続": [3, 4, 5]]
  )

  static let repeatedHeaders = Layout(
    name: "the same table once for each floor on one sheet",
    workbook: book(
      sheet(
        "全館",
        """
        1階
        管理番号|機器名|型番
        A001|受付端末|3080
        A002|会計端末|3080

        2階
        管理番号|機器名|型番
        B001|採血端末|3090
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "型番": "model"],
    records: ["全館": [3, 4, 8]]
  )

  static let misleading = Layout(
    name: "known headers over values that contradict them",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|機器名|IPアドレス|保守業者|導入日|製造番号
        A001|受付端末|固定|有|済|2020/4/1
        A002|会計端末|固定|有|済|2020/4/2
        A003|病棟端末|自動取得|無|未|2020/4/3
        A004|検査端末|固定|有|済|2020/4/4
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name"],
    records: ["台帳": [2, 3, 4, 5]]
  )

  static let ordinalOnly = Layout(
    name: "numbered but empty lines of a form, and a sample line",
    workbook: book(
      sheet(
        "様式",
        """
        No|機器名|型番|設置場所|台数
        例|電子カルテ端末|OptiPlex|1階受付|3
        1|受付端末|3080|1階|2
        2|会計端末|3080|1階|1
        3||||
        4||||
        """
      )
    ),
    truth: ["機器名": "name", "型番": "model", "設置場所": "location"],
    records: ["様式": [3, 4]]
  )
}

/// Layouts on which earlier versions stumbled.
extension Layouts {
  static let more = [
    cards, guides, dittos, countedNumbers, spacer, twoLines, csvGroups, choicesAside, summary, mixedSheets, twoCards,
    noName, unnamed,
  ]

  static let cards = Layout(
    name: "a card for each device is no table",
    workbook: book(
      sheet(
        "機器カード",
        """
        機器カード
        管理番号|A001|設置場所|1階
        機器名|受付端末|保守業者|㈱東洋
        型番|OptiPlex|IPアドレス|10.0.0.1
        製造番号|S1001|備考|
        """
      )
    ),
    truth: [:],
    records: [:]
  )

  static let guides = Layout(
    name: "a line that numbers the columns and one that says how to fill them in",
    workbook: book(
      sheet(
        "様式",
        """
        管理番号|機器名|OS|導入日
        必須|必須|任意|西暦
        1|2|3|4
        A001|受付端末|Windows 11|2024/4/1
        A002|会計端末|Windows 11|2024/4/1
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "OS": "os", "導入日": "installed_on"],
    records: ["様式": [4, 5]]
  )

  static let dittos = Layout(
    name: "ditto marks",
    workbook: book(
      sheet(
        "台帳",
        """
        資産番号|機器名称|メーカー|設置部署|購入年月日
        A001|受付端末|デル|医事課|R6.4.1
        A002|会計端末|〃|〃|同上
        """
      )
    ),
    truth: [
      "資産番号": "asset_number", "機器名称": "name", "メーカー": "manufacturer", "設置部署": "department",
      "購入年月日": "installed_on",
    ],
    records: ["台帳": [2, 3]]
  )

  static let countedNumbers = Layout(
    name: "asset numbers that count from one",
    workbook: book(
      sheet(
        "台帳",
        """
        項番|管理番号|機器名|IPアドレス
        1|1|受付端末|10.0.0.1
        2|2|会計端末|10.0.0.2
        3|3|病棟端末|10.0.0.3
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "IPアドレス": "ip_address"],
    records: ["台帳": [2, 3, 4]]
  )

  static let spacer = Layout(
    name: "a blank column inside the table",
    workbook: book(
      sheet(
        "台帳",
        """
        |管理番号|機器名||設置場所|備考
        |A001|受付端末||1階|
        |A002|会計端末||1階|窓口
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "設置場所": "location", "備考": "remarks"],
    records: ["台帳": [2, 3]]
  )

  static let twoLines = Layout(
    name: "three header rows",
    workbook: book(
      sheet(
        "台帳",
        """
        医療機器管理台帳
        基本|||ネットワーク|||その他
        管理番号|機器名|機種名|有線LAN|||備考
        |||IPアドレス|MACアドレス|ポート|
        A001|受付端末|3080|10.0.0.1|00:11:22:33:44:01|1|
        A002|会計端末|3080|10.0.0.2|00:11:22:33:44:02|2|
        """,
        merges: [
          merge(1, 0, 1, 6), merge(2, 0, 2, 2), merge(2, 3, 2, 5), merge(3, 0, 4, 0), merge(3, 1, 4, 1),
          merge(3, 2, 4, 2),
          merge(3, 3, 3, 5), merge(3, 6, 4, 6),
        ]
      )
    ),
    truth: [
      "管理番号": "asset_number", "機器名": "name", "機種名": "model", "IPアドレス": "ip_address", "MACアドレス": "mac_address",
      "備考": "remarks",
    ],
    records: ["台帳": [5, 6]]
  )

  static let csvGroups = Layout(
    name: "group headers above full headers in a text file",
    workbook: book(
      sheet(
        "export",
        """
        基本情報|||設置|
        資産番号|種類|品名|部署名|設置位置
        10001|サーバ|DB|医療情報部|サーバ室
        10002|端末|受付|医事課|1階
        10003|端末|会計|医事課|1階
        """
      )
    ),
    truth: [
      "資産番号": "asset_number", "種類": "category", "品名": "name", "部署名": "department", "設置位置": "location",
    ],
    records: ["export": [3, 4, 5]]
  )

  static let choicesAside = Layout(
    name: "two columns that could be one field",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|機器名|設置部署|管理部署|メーカー|メーカー／型番
        A001|受付端末|医事課|医療情報部|デル|デル／3080
        A002|会計端末|医事課|医療情報部|デル|デル／3080
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "設置部署": "department", "メーカー": "manufacturer"],
    records: ["台帳": [2, 3]]
  )

  static let summary = Layout(
    name: "a summary by department is no ledger",
    workbook: book(
      sheet("集計", "部署別台数\n部署|サーバ|端末|計\n放射線科|2|10|12\n薬剤部|1|5|6\n合計|3|15|18"),
      sheet("台帳", "管理番号|機器名|部署\nA001|DB|放射線科\nA002|受付|薬剤部")
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "部署": "department"],
    records: ["台帳": [2, 3]]
  )

  static let mixedSheets = Layout(
    name: "sheets of different columns",
    workbook: book(
      sheet(
        "サーバ",
        "管理番号|ホスト名|OS|IPアドレス|設置場所\nS1|EMRDB|Windows Server 2019|10.0.0.1|サーバ室\nS2|PACS|RHEL 8|10.0.0.2|サーバ室"
      ),
      sheet(
        "端末",
        "PC管理番号|コンピュータ名|OSバージョン|使用部署|シリアル番号\nP1|PC0001|Windows 11|医事課|AB1001\nP2|PC0002|Windows 10|薬剤部|AB1002"
      )
    ),
    truth: [
      "管理番号": "asset_number", "ホスト名": "host_name", "OS": "os", "IPアドレス": "ip_address", "設置場所": "location",
      "PC管理番号": "asset_number", "コンピュータ名": "host_name", "OSバージョン": "os", "使用部署": "department",
      "シリアル番号": "serial_number",
    ],
    records: ["サーバ": [2, 3], "端末": [2, 3]]
  )

  static let twoCards = Layout(
    name: "one device over two rows with two network cards",
    workbook: book(
      sheet(
        "サーバ",
        """
        管理番号|サーバ名称|IPアドレス|MACアドレス|備考
        S001|電子カルテDB|10.0.0.1|00:11:22:33:44:01|
        ||10.0.1.1|00:11:22:33:44:02|
        S002|PACS|10.0.0.2|00:11:22:33:44:03|
        """,
        merges: [merge(2, 0, 3, 0), merge(2, 1, 3, 1)]
      )
    ),
    truth: ["管理番号": "asset_number", "IPアドレス": "ip_address", "MACアドレス": "mac_address", "備考": "remarks"],
    records: ["サーバ": [2, 4]]
  )

  static let noName = Layout(
    name: "a counted form with a note in the first column",
    workbook: book(
      sheet(
        "一覧",
        """
        No|機器名|型番|IPアドレス1|IPアドレス2
        1|受付|3080|10.0.0.1|10.0.1.1
        2|会計|3080|10.0.0.2|10.0.1.2
        計|2台|||
        ※予備機は含まない||||
        """
      )
    ),
    truth: ["機器名": "name", "型番": "model", "IPアドレス1": "ip_address"],
    records: ["一覧": [2, 3]]
  )

  static let unnamed = Layout(
    name: "a column of notes without a header",
    workbook: book(
      sheet(
        "一覧",
        """
        管理番号|機器名|設置場所
        A001|受付|1階|移設予定
        A002|会計|2階|
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "設置場所": "location"],
    records: ["一覧": [2, 3]]
  )
}
