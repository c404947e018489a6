import HTML
import Text

extension Catalogue {
  struct Device {
    let id: String
    let name: String
    let place: String
    let worry: (String, Chip.Tint)
    let model: String
    let version: String?
    let checked: String?
    let count: Int
  }

  static func devices(_ language: Language) -> [Device] {
    let ja = language == .ja
    let names =
      ja
      ? ["CT装置", "透析監視装置", "電子カルテ端末", "複合機", "検査部門サーバ"]
      : ["CT", "Dialysis monitor", "EMR terminal", "Printer", "Lab server"]
    let places =
      ja
      ? ["放射線科・東都放射線機器", "透析室・いずみ医療電子", "医療情報部", "栄養管理室", "検査部・みなとメディカル"]
      : ["Radiology", "Dialysis", "IT", "Kitchen", "Laboratory"]
    let worries: [(String, Chip.Tint)] =
      ja
      ? [("高", .red), ("やや高", .orange), ("中", .yellow), ("低", .grey), ("低", .grey)]
      : [("High", .red), ("Raised", .orange), ("Medium", .yellow), ("Low", .grey), ("Low", .grey)]
    return (0..<50).map { number in
      let kind = number % 5
      return Device(
        id: "a\(number)",
        name: "\(names[kind]) \(number / 5 + 1)",
        place: places[kind],
        worry: worries[(number / 3) % 5],
        model: ["Aquilion Lightning", "DCS-100NX", "OptiPlex 7010", "imageRUNNER C3226F", "PowerEdge R760"][kind],
        version: number % 4 == 1 ? nil : "Windows 11 23H2",
        checked: number % 7 == 3 ? nil : ja ? "令和8年11月4日" : "4 Nov 2026",
        count: number * 137
      )
    }
  }

  static func table(_ language: Language, rows: [Device]) -> DataTable<Device> {
    let ja = language == .ja
    let address = Address("/assets", [("department", "rad"), ("sort", "name"), ("size", "50")])
    var table = DataTable<Device>(
      id: "assets",
      caption: ja ? "機器の一覧" : "Devices",
      address: address,
      columns: columns(language),
      rows: rows,
      rowID: \.id,
      rowName: \.name
    )
    table.sort = Sort("name")
    table.pager = Pager(address: address, number: 1, size: 50, total: rows.isEmpty ? 0 : 5000, unit: devicesUnit)
    table.filter = FilterBar(
      address: address,
      fields: [
        .text(name: "q", label: ja ? "ことばで絞る" : "Words", value: ""),
        .select(
          name: "department",
          label: ja ? "部署" : "Department",
          choices: [Choice("", ja ? "すべて" : "All"), Choice("rad", ja ? "放射線科" : "Radiology")],
          chosen: "rad"
        ),
        .select(
          name: "state",
          label: ja ? "状態" : "State",
          choices: [Choice("", ja ? "不明を含む" : "With unknown"), Choice("unknown", ja ? "不明だけ" : "Unknown only")],
          chosen: ""
        ),
      ],
      actions: """
        \(Button.link(ja ? "印刷" : "Print", "/assets/print", look: .secondary, size: .small))\
        \(Button.link(ja ? "Excelで書き出す" : "Export", "/assets/export", look: .secondary, size: .small))
        """
    )
    table.bulk = Bulk(
      address: "/assets/bulk",
      csrf: token,
      actions: [
        .init("change", ja ? "一括変更" : "Change all"), .init("stamp", ja ? "一括確認" : "Confirm all"),
        .init("retire", ja ? "一括廃止" : "Retire all", isDangerous: true),
      ],
      noun: ja ? "機器" : "devices",
      unit: devicesUnit
    )
    table.views = SavedViews(
      [
        .init(ja ? "版が不明の医療機器" : "Medical, version unknown", "/assets?view=1", isCurrent: true),
        .init(ja ? "今年度の更新対象" : "To be replaced", "/assets?view=2"),
      ],
      saveAddress: "/assets/views",
      csrf: token,
      current: address
    )
    table.chooser = ColumnChooser(
      address: address,
      columns: table.columns.map { Choice($0.key, $0.label) },
      shown: Set(table.columns.map(\.key))
    )
    table.extra = "<a href=\"/assets/edit\">\(ja ? "まとめて編集" : "Edit in a grid")</a>"
    table.empty = EmptyState(
      ja ? "該当する機器はありません" : "No devices match",
      ja ? "最終確認 11/21 09:00。条件を外すと5,000件あります。" : "Checked 21 Nov, 9:00. There are 5,000 without filters.",
      actions: Button.link(ja ? "条件を外す" : "Clear filters", "/assets", look: .secondary, size: .small)
    )
    return table
  }

  private static let devicesUnit = Unit(ja: "件", one: "device", many: "devices")

  private static func columns(_ language: Language) -> [DataTable<Device>.Column] {
    let ja = language == .ja
    return [
      .init("name", ja ? "機器" : "Device", sorts: true) { device in
        "<a href=\"/assets/\(device.id)\">\(device.name)</a><span class=\"sub\">\(device.place)</span>"
      },
      .init("worry", ja ? "心配" : "Worry", sorts: true) { Chip($0.worry.0, $0.worry.1).html },
      .init("model", ja ? "型番" : "Model") { "\($0.model)" },
      .init("version", ja ? "版" : "Version") { Unknown.or($0.version, language) },
      .init("checked", ja ? "最終確認" : "Last checked", sorts: true) { device in
        device.checked.map { DateText.html($0, machine: "2026-11-04") } ?? Unknown.html(language)
      },
      .init("count", ja ? "通信先" : "Peers", sorts: true, isNumeric: true) { "\($0.count.grouped)" },
    ]
  }

  static func list(_ language: Language) -> HTML {
    let ja = language == .ja
    return frame(language).html(
      Page(
        ja ? "機器" : "Devices",
        lead: "\(ja ? "院内の機器の台帳です。名前を押すと、その機器について分かっていることがすべて開きます。" : "All devices of the hospital.")",
        actions: """
          \(Button.link(ja ? "取り込む" : "Import", "/import", look: .secondary, size: .small))\
          \(Button.link(ja ? "1台追加" : "Add one", "/assets/new", size: .small))
          """,
        crumbs: [Crumb(ja ? "台帳" : "Registers", "/ledger")],
        main: table(language, rows: devices(language)).html(language)
      )
    )
  }

  /// More columns than fit.
  static func wideList(_ language: Language) -> HTML {
    let ja = language == .ja
    let few = table(language, rows: devices(language))
    let more = (1...6).map { number in
      DataTable<Device>.Column("more\(number)", ja ? "外部接続の有無" : "External connection") { "\($0.place)" }
    }
    var table = DataTable(
      id: "wide",
      caption: few.caption,
      address: few.address,
      columns: few.columns + more,
      rows: few.rows,
      rowID: few.rowID,
      rowName: few.rowName
    )
    table.bulk = few.bulk
    table.pager = few.pager
    table.isDense = true
    return frame(language).html(Page(ja ? "列の多い一覧" : "Many columns", main: table.html(language)))
  }

  static func emptyList(_ language: Language) -> HTML {
    frame(language).html(
      Page(language == .ja ? "機器" : "Devices", main: table(language, rows: []).html(language))
    )
  }

  static func grid(_ language: Language) -> HTML {
    let ja = language == .ja
    let twoLines = ja ? "一行目は保守の窓口\n二行目は夜間の窓口" : "First line: maintenance\nSecond line: at night"
    let editor = GridEditor(
      id: "grid",
      caption: ja ? "機器をまとめて編集" : "Edit devices",
      nameLabel: ja ? "機器" : "Device",
      columns: [
        .init("number", ja ? "管理番号" : "Number", .fixed),
        .init("model", ja ? "型番" : "Model", .text),
        .init("department", ja ? "部署" : "Department", .reference(address: "/suggest/departments")),
        .init(
          "external",
          ja ? "外部接続" : "External",
          .choice(ja ? ["有", "無", "不明"] : ["Yes", "No", "Unknown"])
        ),
        .init("support", ja ? "サポート終了日" : "End of support", .date),
        .init("count", ja ? "台数" : "Count", .text, isNumeric: true),
        .init("note", ja ? "備考" : "Note", .text),
      ],
      rows: devices(language).enumerated().map { index, device in
        .init(
          id: device.id,
          name: device.name,
          version: "1",
          cells: [
            "A-\(1000 + index)", device.model, device.place,
            device.version == nil ? Unknown.word[language] : ja ? "有" : "Yes",
            ja ? "令和9年3月31日" : "31 Mar 2027", "1", index == 2 ? twoLines : "",
          ],
          editAddress: "/assets/\(device.id)/edit"
        )
      },
      saveAddress: "/assets/cells",
      token: "sample"
    )
    var page = Page(
      ja ? "機器をまとめて編集" : "Edit devices",
      crumbs: [Crumb(ja ? "機器" : "Devices", "/assets")],
      main: editor.html(language)
    )
    page.width = .wide
    return frame(language).html(page)
  }

  static func sheet(_ language: Language) -> HTML {
    let ja = language == .ja
    var table = table(language, rows: devices(language))
    table = DataTable(
      id: "paper",
      caption: table.caption,
      address: table.address,
      columns: columns(language),
      rows: table.rows,
      rowID: \.id,
      rowName: \.name
    )
    return frame(language).sheet(
      PrintSheet(
        ja ? "機器の一覧" : "Devices",
        subtitle: ja ? "放射線科・5,000件のうち50件・11月21日時点" : "Radiology, 50 of 5,000, as of 21 Nov",
        printed: ja ? "2026/11/21 14:05　佐藤 美咲" : "21 Nov 2026, 14:05, Misaki Sato",
        stamps: ja ? ["院長", "事務長", "担当"] : ["Director", "Manager", "Staff"],
        orientation: .landscape,
        pages: 4,
        backAddress: "/assets",
        contents: table.html(language)
      )
    )
  }
}
