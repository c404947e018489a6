import Intake
import Tabular

extension Layouts {
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
