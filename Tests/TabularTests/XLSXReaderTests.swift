import Support
import Testing
import Text
import Time

@testable import Tabular

@Suite struct `Reading a workbook` {
  @Test func `cells of every type are read as a person sees them`() throws {
    var book = BookBuilder(
      """
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>凪瀬</t></is></c>\
      <c r="C2"><v>12</v></c><c r="D2"><v>0.1</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#N/A</v></c>\
      <c r="G2" t="str"><f>A1&amp;"x"</f><v>式の値</v></c><c r="H2"><f>SUM(1)</f><v>3</v></c>\
      <c r="I2" t="d"><v>2026-11-21T14:05:00</v></c><c r="K2" t="s"><v>1</v></c></row>
      """
    )
    book.sharedStrings = "<si><t>00123</t></si><si><t/></si>"
    let sheet = try book.read()
    #expect(sheet.name == "台帳")
    let row = try #require(sheet.rows.first)
    #expect(row.number == 2)
    let day = try #require(LocalDate(year: 2026, month: 11, day: 21))
    #expect(
      row.cells == [
        .text("00123"), .text("凪瀬"), .number(12, text: "12"), .number(0.1, text: "0.1"), .bool(true), .error("#N/A"),
        .text("式の値"), .number(3, text: "3"), .date(day, minutes: 845),
      ]
    )
    #expect(row.cells[8].text == "2026-11-21 14:05")
    #expect(row[40] == .empty)
  }

  @Test func `readings above kanji are left out, runs of rich text are joined`() throws {
    var book = BookBuilder(
      """
      <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>東京</t></r><rPh sb="0" eb="2">\
      <t>トウキョウ</t></rPh><r><t xml:space="preserve"> 太郎</t></r></is></c></row>
      """
    )
    book.sharedStrings = """
      <si><t>凪瀬悠輝</t><rPh sb="0" eb="2"><t>ナギセ</t></rPh><rPh sb="2" eb="4"><t>ユウキ</t></rPh><phoneticPr fontId="1"/></si>
      <si><r><rPr><b/></rPr><t>医療</t></r><r><t>情報部</t></r></si>
      """
    #expect(try book.read().rows[0].cells == [.text("凪瀬悠輝"), .text("医療情報部"), .text("東京 太郎")])
  }

  @Test func `prefixes, comments, CDATA, entities and escapes are understood`() throws {
    var book = BookBuilder()
    book.sheets[0].xml = """
      \u{FEFF}<?xml version='1.0' encoding='utf-8'?><!-- <row> --><x:worksheet xmlns:x="urn:x"><x:sheetData>
      <x:row r='1' ><x:c r = "A1" t="inlineStr"><x:is><x:t>&lt;&amp;&gt;&quot;&apos;&#65;&#x3042;</x:t></x:is></x:c>
      <x:c t="inlineStr"><x:is><x:t>a<!-- b --><![CDATA[<&amp;]]>c</x:t></x:is></x:c>
      <x:c t="str"><x:v>1_x000D_\n2_x005F_x000D_3_xD842__xDFB7_</x:v></x:c></x:row></x:sheetData></x:worksheet>
      """
    #expect(
      try book.read().rows[0].cells == [.text("<&>\"'Aあ"), .text("a<&amp;c"), .text("1\n2_x000D_3𠮷")]
    )
  }

  @Test func `missing references and gaps keep rows and columns in place`() throws {
    let sheet = try BookBuilder(
      """
      <row><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row><row/><row r="5"><c r="B5"/></row>\
      <row><c r="AA6"><v>27</v></c></row>
      """
    ).read()
    #expect(sheet.rows.map(\.number) == [1, 6])
    #expect(sheet.rows[0].cells.map(\.text) == ["1", "", "", "4", "5"])
    #expect(sheet.rows[1].cells.count == 27)
  }

  @Test func `merged cells, hidden columns, rows and sheets are told`() throws {
    var book = BookBuilder(
      "<row r=\"1\" hidden=\"1\"><c><v>1</v></c></row>",
      before: "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols>",
      after: "<mergeCells><mergeCell ref=\"A3:F3\"/><mergeCell ref=\"?\"/></mergeCells>"
    )
    book.sheets.append(("隠", "veryHidden", BookBuilder.sheet("")))
    let workbook = try XLSXReader(book.bytes()).readAll()
    let sheet = workbook.sheets[0]
    #expect(sheet.rows[0].isHidden)
    #expect(sheet.hiddenColumns == [1, 2])
    #expect(sheet.merges == [CellRange(firstRow: 3, firstColumn: 0, lastRow: 3, lastColumn: 5)])
    #expect(workbook.sheets.map(\.isHidden) == [false, true])
  }

  @Test(arguments: [
    ("43585", "2019-04-30"), ("43586", "2019-05-01"), ("46113", "2026-04-01"), ("1", "1900-01-01"),
    ("59", "1900-02-28"), ("61", "1900-03-01"), ("2958465", "9999-12-31"), ("46347.586805555555", "2026-11-21"),
  ])
  func `serial numbers are days`(serial: String, iso: String) throws {
    var book = BookBuilder("<row><c s=\"1\"><v>\(serial)</v></c></row>")
    book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
    #expect(try book.read().rows[0].cells == [.date(try #require(LocalDate(iso: iso)), minutes: nil)])
  }

  @Test(arguments: [("60", "1900/2/29"), ("0", "1900/1/0"), ("-1", "########"), ("2958466", "########")])
  func `days that never were are errors`(serial: String, shown: String) throws {
    var book = BookBuilder("<row><c s=\"0\"><v>\(serial)</v></c></row>")
    book.styles = "<cellXfs><xf numFmtId=\"27\"/></cellXfs>"
    #expect(try book.read().rows[0].cells == [.error(shown)])
  }

  @Test func `the 1904 system is honoured`() throws {
    var book = BookBuilder("<row><c s=\"0\"><v>44651</v></c><c s=\"0\"><v>0</v></c></row>")
    book.styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
    book.workbookProperties = "<workbookPr date1904=\"1\"/>"
    #expect(try book.read().rows[0].cells.map(\.text) == ["2026-04-01", "1904-01-01"])
  }

  @Test(arguments: [
    ("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@", "46347.25", "2026-11-21"),
    ("yyyy/m/d h:mm", "46347.25", "2026-11-21 6:00"),
    ("[h]:mm", "1.0833333333333333", "26:00"), ("h:mm AM/PM", "0.5", "12:00"), ("[$-411]ge.m.d", "46347", "2026-11-21"),
    ("00000", "123", "00123"), ("000\\-0000", "1234567", "123-4567"), ("0\"台\"", "3", "3"), ("0.00E+00", "12", "12"),
    ("General", "12", "12"), ("#,##0", "1234", "1234"), ("[Red]0;[Blue]-0", "5", "5"), ("mm:ss", "0.5", "12:00"),
    ("m/d(aaa)", "46347", "2026-11-21"), ("yyyy\"年\"m\"月\"", "46347", "2026-11-21"), ("0%", "0.5", "50%"),
    ("0\"月分\"", "3", "3"), ("@", "3", "3"),
  ])
  func `formats tell dates from numbers`(code: String, number: String, shown: String) throws {
    var book = BookBuilder("<row><c s=\"1\"><v>\(number)</v></c></row>")
    let escaped = code.replacing("\"", with: "&quot;")
    book.styles = """
      <numFmts><numFmt numFmtId="176" formatCode="\(escaped)"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
      <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs>
      """
    #expect(try book.read().rows[0].cells[0].text == shown)
  }

  @Test(arguments: [
    ("123456789012345", "123456789012345"), ("1.0", "1"), ("-5", "-5"), ("0.30000000000000004", "0.3"),
    ("45.600000000000001", "45.6"), ("1.2345678901234567E+17", "123456789012346000"), ("1E-5", "0.00001"), ("007", "7"),
    ("1.5e3", "1500"), ("-0.5", "-0.5"), ("1E+300", "1e+300"),
  ])
  func `numbers are shown without exponents and rounding noise`(raw: String, shown: String) throws {
    #expect(try BookBuilder("<row><c><v>\(raw)</v></c></row>").read().rows[0].cells[0].text == shown)
  }

  @Test(arguments: UInt64(0)..<200)
  func `numbers that are taken as written are those that would be shown so`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let digits = Array("00011234567899.-eE+")
      let text = String((0..<Int.random(in: 1...18, using: &random)).map { _ in digits.randomElement(using: &random)! })
      let bytes = Array(text.utf8)
      bytes.withUnsafeBufferPointer { raw in
        let number = NumberText.double(raw)
        if NumberText.isPlain(raw) {
          #expect(number.map { NumberText.shown($0) } == text)
        }
        if let number { #expect(number == Double(text)) }
      }
    }
  }
}
