import Support
import Testing
import Text
import Time

@testable import Tabular

private let moment = Instant(milliseconds: 1_795_237_500_000)

@Suite struct `Writing a workbook` {
  private var draft: SheetDraft {
    get throws {
      let day = try #require(LocalDate(year: 2026, month: 11, day: 21))
      return SheetDraft(
        title: "機器台帳",
        columns: [
          ColumnDraft("管理番号"), ColumnDraft("台数", kind: .number), ColumnDraft("導入日", kind: .date),
          ColumnDraft("外部接続の有無", choices: ["有", "無", "不明"]), ColumnDraft("メモ", isHidden: true),
        ],
        rows: [
          [.text("00001"), .number(3, text: "3"), .date(day, minutes: nil), .text("有"), .text("改行\nあり")],
          [.text("045-680-0073"), .number(7, text: "007"), .date(day, minutes: 845), .empty, .text("_x000D_=1 <&>\"")],
        ],
        notes: ["この行は取り込まれません"]
      )
    }
  }

  @Test(arguments: [SheetWriter.DateForm.era, .western])
  func `what was written is read back`(dates: SheetWriter.DateForm) throws {
    let meta = ["exported-at": "2026-11-21T05:05:00.000Z", "row:KZ1": "12"]
    let options = SheetWriter.BookOptions(dates: dates, meta: meta, createdAt: moment)
    let bytes = try SheetWriter.workbook([try draft], options)
    let workbook = try TableReader.read(bytes, name: "x.xlsx")
    #expect(workbook.meta == meta)
    let sheet = try #require(workbook.visibleSheets.first)
    #expect(workbook.visibleSheets.count == 1)
    #expect(sheet.name == "機器台帳")
    #expect(sheet.rows[0].cells == [.text("# この行は取り込まれません")])
    #expect(sheet.rows[1].cells.map(\.text) == ["管理番号", "台数", "導入日", "外部接続の有無", "メモ"])
    var expected = try draft.rows
    expected[1][1] = .text("007")
    #expect(sheet.rows[2].cells == expected[0])
    #expect(sheet.rows[3].cells == expected[1])
    #expect(sheet.hiddenColumns == [4])
  }

  @Test func `page, filter, panes, formats and drop-downs are in the file`() throws {
    let bytes = try SheetWriter.workbook([try draft], .init(dates: .era, createdAt: moment))
    let archive = try ZipArchive(bytes)
    func part(_ name: String) throws -> String {
      String(decoding: try archive.read(try #require(archive.entry(named: name))), as: UTF8.self)
    }
    let sheet = try part("xl/worksheets/sheet1.xml")
    #expect(sheet.contains("paperSize=\"9\""))
    #expect(sheet.contains("orientation=\"landscape\""))
    #expect(sheet.contains("&amp;C&amp;P / &amp;N<"))
    #expect(sheet.contains("<printOptions gridLines=\"1\""))
    #expect(sheet.contains("<autoFilter ref=\"A2:E4\"/>"))
    #expect(sheet.contains("ySplit=\"2\""))
    #expect(sheet.contains("\"有,無,不明\""))
    let styles = try part("xl/styles.xml")
    #expect(styles.contains("[$-ja-JP-x-gannen]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"))
    #expect(styles.contains("numFmtId=\"49\""))
    #expect(try part("xl/workbook.xml").contains("_xlnm.Print_Titles"))
  }

  /// LibreOffice prints the first line only of a wrapped text whose row says no height.
  @Test func `rows are as high as what is wrapped in them`() throws {
    let draft = SheetDraft(
      title: "t",
      columns: [ColumnDraft("番号"), ColumnDraft("項目", wraps: true)],
      rows: [
        [.text("1"), .text("短い")], [.text("2"), .text(String(repeating: "診療を続ける", count: 10))],
        [.text("3"), .text("一行目\n二行目")],
      ]
    )
    let archive = try ZipArchive(SheetWriter.workbook([draft], .init(createdAt: moment)))
    let part = try #require(archive.entry(named: "xl/worksheets/sheet1.xml"))
    let sheet = String(decoding: try archive.read(part), as: UTF8.self)
    let heights = sheet.matches(of: /<row r="(\d)"[^>]*? ht="(\d+)"/).map { "\($0.1) \($0.2)" }
    // 120 half widths in a column of 40, a little of each line left: four lines of 18 points.
    #expect(heights == ["3 72", "4 36"], "\(sheet)")
  }

  /// A column is as wide as its longest text, which then stands in one line, as do the others.
  @Test(arguments: [1, 7, 20]) func `what its column has room for takes one line`(count: Int) throws {
    let draft = SheetDraft(
      title: "t",
      columns: [ColumnDraft("役割", wraps: true)],
      rows: [[.text(String(repeating: "担", count: count))], [.text("短い")]]
    )
    let archive = try ZipArchive(SheetWriter.workbook([draft], .init(createdAt: moment)))
    let part = try #require(archive.entry(named: "xl/worksheets/sheet1.xml"))
    #expect(!String(decoding: try archive.read(part), as: UTF8.self).contains(" ht=\""))
  }

  /// Few characters may still be many bytes: fifteen Japanese sentences, or a hundred short names.
  @Test(arguments: [
    (1...100).map { "第\($0)病棟" }, (1...15).map { "契約終了時の返却・消去の証明\($0)" }, (1...12).map { "不要なウェブ閲覧の禁止\($0)" },
  ])
  func `long lists of choices stand in the hidden sheet`(choices: [String]) throws {
    let draft = SheetDraft(title: "a/b[c]'", columns: [ColumnDraft("部署", choices: choices)], rows: [])
    let workbook = try TableReader.read(SheetWriter.workbook([draft, draft], .init(createdAt: moment)), name: "x")
    #expect(workbook.visibleSheets.map(\.name) == ["a_b_c__", "a_b_c__ (2)"])
    let hidden = try #require(workbook.sheets.last)
    #expect(hidden.rows.map { $0.cells.last?.text } == choices)
    #expect(workbook.meta.isEmpty)
  }

  @Test func `rows for the hidden sheet come back as they are`() throws {
    let rows = [["id", "version", "管理番号"], ["01", "3", "KZ00001"], ["", "", "_x0041_"]]
    var options = SheetWriter.BookOptions(createdAt: moment)
    options.metaRows = rows
    let workbook = try TableReader.read(SheetWriter.workbook([try draft], options), name: "x")
    let hidden = try #require(workbook.sheets.first { $0.name == Workbook.metaSheet })
    #expect(hidden.isHidden)
    #expect(hidden.rows.map { $0.cells.map(\.text) } == rows)
  }

  @Test func `a text too long for Excel is refused with its cell`() throws {
    let draft = SheetDraft(
      title: "t",
      columns: [ColumnDraft("a")],
      rows: [[.text(String(repeating: "あ", count: 32_768))]]
    )
    let error = #expect(throws: TabularError.self) { try SheetWriter.workbook([draft], .init(createdAt: moment)) }
    #expect(error?.place == TablePlace(sheet: "t", row: 2, column: 1))
  }

  @Test func `file names tell what and when`() {
    #expect(SheetWriter.fileName("機器台帳", at: moment, ending: "xlsx") == "機器台帳_202611211405.xlsx")
    #expect(SheetWriter.fileName("a/b:c", at: moment, ending: "csv") == "a_b_c_202611211405.csv")
  }

  @Test(arguments: [("abc", 3), ("機器", 4), ("ｶﾅ", 2), ("葛\u{E0100}城", 4), ("a\n機器", 4), ("か\u{3099}", 2), ("é", 1)])
  func `full-width characters take two places`(text: String, width: Int) {
    #expect(Width.places(text) == width)
  }
}

@Suite struct `Writing text tables` {
  private let draft = SheetDraft(
    title: "t",
    columns: [ColumnDraft("a"), ColumnDraft("b")],
    rows: [
      [.text("00123"), .text("=1+1")], [.text("a,\"b\"\r\nc"), .number(-5, text: "-5")], [.text("-"), .text("'=x")],
      [.text("@x")],
    ]
  )

  @Test func `the default is what Excel opens well`() throws {
    guard case .written(let bytes, _) = SheetWriter.text(draft) else { return #expect(Bool(false)) }
    let expected = "\u{FEFF}a,b\r\n00123,'=1+1\r\n\"a,\"\"b\"\"\nc\",-5\r\n'-,''=x\r\n'@x,\r\n"
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: [TextEncoding.utf8BOM, .utf8, .cp932, .utf16LE], Separator.allCases)
  func `what was written is read back`(encoding: TextEncoding, separator: Separator) throws {
    var draft = draft
    draft.rows.append([.text("①㈱髙﨑～－"), .text("x\ty;z,w")])
    guard case .written(let bytes, _) = SheetWriter.text(draft, .init(encoding: encoding, separator: separator)) else {
      return #expect(Bool(false))
    }
    let workbook = try TableReader.read(bytes, name: "a.csv")
    #expect(workbook.format == .csv(encoding, separator))
    #expect(
      workbook.sheets[0].rows.map { $0.cells.map(\.text) } == [
        ["a", "b"], ["00123", "=1+1"], ["a,\"b\"\nc", "-5"], ["-", "'=x"], ["@x"], ["①㈱髙﨑～－", "x\ty;z,w"],
      ]
    )
  }

  @Test func `characters CP932 lacks are listed, never replaced silently`() throws {
    let draft = SheetDraft(
      title: "t",
      columns: [ColumnDraft("氏名"), ColumnDraft("備考")],
      rows: [[.text("𠮷野"), .text("ok")], [.text("髙橋"), .text("é")]]
    )
    guard case .unwritable(let found) = SheetWriter.text(draft, .init(encoding: .cp932)) else {
      return #expect(Bool(false))
    }
    #expect(found.map { "\($0.character)\($0.row)-\($0.column)" } == ["𠮷2-1", "é3-2"])
    let partly = SheetWriter.text(draft, .init(encoding: .cp932, replacements: ["𠮷": "吉"]))
    guard case .unwritable(let rest) = partly else { return #expect(Bool(false)) }
    #expect(rest.map(\.character) == ["é"])
    let options = SheetWriter.TextOptions(encoding: .cp932, replacements: ["𠮷": "吉"], replacement: "〓")
    guard case .written(let bytes, let replaced) = SheetWriter.text(draft, options) else { return #expect(Bool(false)) }
    #expect(replaced.count == 2)
    #expect(TextEncoding.cp932.decode(bytes).text == "氏名,備考\r\n吉野,ok\r\n髙橋,〓\r\n")
  }

  @Test(arguments: UInt64(0)..<200)
  func `any cells survive writing and reading`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let signs = Array("ab'\"=+-@,;\t\n 漢か🙂㈱_x0041_").map(String.init)
    let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        CellValue.text(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in signs.randomElement(using: &random)! }.joined()
        )
      }
    }
    let draft = SheetDraft(title: "t", columns: (0..<4).map { ColumnDraft("列\($0)") }, rows: rows)
    guard case .written(let bytes, _) = SheetWriter.text(draft) else { return #expect(Bool(false)) }
    let options = ReadOptions(separator: .comma)
    let text = try CSVReader.read(bytes, name: "a", options: options).sheets[0]
    let book = try XLSXReader(SheetWriter.workbook([draft], .init(createdAt: moment))).readAll().sheets[0]
    for (index, row) in rows.enumerated() {
      for (column, cell) in row.enumerated() {
        #expect((text.rows.first { $0.number == index + 2 }?[column] ?? .empty).text == cell.text)
        #expect((book.rows.first { $0.number == index + 2 }?[column] ?? .empty).text == cell.text)
      }
    }
  }
}
