import Intake
import Tabular

/// Layouts on which earlier versions stumbled.
extension Layouts {
  static let more = [
    cards, guides, dittos, countedNumbers, spacer, twoLines, csvGroups, choicesAside, summary, mixedSheets, twoCards,
    noName, unnamed, vendorList, makers,
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

  static let vendorList = Layout(
    name: "a list of vendors at the side of the ledger",
    workbook: book(
      sheet(
        "台帳",
        """
        管理番号|機器名|設置場所||業者名|電話番号
        A001|受付|1階||㈱東洋|03-1111-1111
        A002|会計|2階||㈱西洋|03-2222-2222
        A003|病棟|3階|||
        A004|検査|3階|||
        A005|薬局|3階|||
        """
      )
    ),
    truth: ["管理番号": "asset_number", "機器名": "name", "設置場所": "location"],
    records: ["台帳": [2, 3, 4, 5, 6]]
  )

  static let makers = Layout(
    name: "a vendor that is the maker",
    workbook: book(
      sheet(
        "Assets",
        """
        Asset ID|Device Name|Vendor|Model
        A001|Desk|DELL|3080
        A002|Ward|NEC|VersaPro
        A003|Switch|Cisco|2960
        """
      )
    ),
    truth: ["Asset ID": "asset_number", "Device Name": "name", "Model": "model"],
    records: ["Assets": [2, 3, 4]]
  )
}
