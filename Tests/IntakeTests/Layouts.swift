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
}
