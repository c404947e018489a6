import Testing
import Text

@testable import Tabular

/// What is refused, and that the person is told why and what to do.
@Suite struct `Refusing files` {
  private func error(
    _ bytes: [UInt8],
    name: String = "x.xlsx",
    limits: ReadLimits = ReadLimits()
  ) throws -> TabularError {
    let options = ReadOptions(limits: limits)
    let thrown = #expect(throws: TabularError.self) { try TableReader.read(bytes, name: name, options: options) }
    let error = try #require(thrown)
    for language in Language.allCases {
      #expect(!error.reason[language].isEmpty)
      #expect(!error.remedy[language].isEmpty)
      #expect(error.message(language).contains(error.remedy[language]))
    }
    return error
  }

  private func compound(_ stream: String) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1536)
    bytes.replaceSubrange(0..<8, with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    let name = stream.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    bytes.replaceSubrange(1024..<(1024 + name.count), with: name)
    return bytes
  }

  @Test func `macros, links, passwords and other formats`() throws {
    var macros = BookBuilder()
    macros.extra = [("xl/vbaProject.bin", "x")]
    #expect(try error(macros.bytes()) == .withMacros)
    var enabled = BookBuilder()
    enabled.contentTypes =
      "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>"
    #expect(try error(enabled.bytes(), name: "x.xlsm") == .withMacros)
    var links = BookBuilder()
    links.extra = [("xl/externalLinks/externalLink1.xml", "<x/>")]
    #expect(try error(links.bytes()) == .withExternalLinks)
    #expect(try error(compound("EncryptedPackage")) == .passwordProtected)
    #expect(try error(compound("EncryptedPackage")).reason.ja.contains("パスワード付き"))
    #expect(try error(compound("Workbook"), name: "x.xls") == .oldExcel)
    #expect(try error([9, 8, 16, 0, 0, 6], name: "x.xls") == .oldExcel)
    #expect(try error(Array("%PDF-1.7".utf8), name: "x.pdf") == .portableDocument)
    var binary = ZipBuilder()
    binary.add("xl/workbook.bin", "x")
    #expect(try error(binary.bytes()) == .binaryExcel)
    var open = ZipBuilder()
    open.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    #expect(try error(open.bytes()) == .openDocument)
    var word = ZipBuilder()
    word.add("word/document.xml", "<x/>")
    #expect(try error(word.bytes()) == .notAWorkbook)
    #expect(try error([]) == .empty)
  }

  @Test func `bombs: ratio, total, number of parts, overlaps`() throws {
    var bomb = BookBuilder(String(repeating: " ", count: 12 << 20))
    bomb.isDeflated = true
    #expect(try error(bomb.bytes()).reason.ja.contains("倍に膨らみます"))
    var limits = ReadLimits()
    limits.inflatedBytes = 1 << 20
    var large = BookBuilder((0..<200_000).map { "<!--\($0)-->" }.joined())
    large.isDeflated = true
    #expect(try error(large.bytes(), limits: limits).reason.en.contains("beyond 1 MB"))
    limits = ReadLimits()
    limits.zipEntries = 5
    var many = BookBuilder()
    many.extra = (0..<5).map { ("a\($0)", "") }
    #expect(try error(many.bytes(), limits: limits).reason.ja.contains("部品が"))
    var lying = BookBuilder("<row><c><v>1</v></c></row>").zip
    lying.parts[lying.parts.count - 1].isDeflated = true
    lying.parts[lying.parts.count - 1].claimedSize = 20
    #expect(throws: TabularError.self) { try XLSXReader(lying.bytes()).readAll() }
    lying.parts[lying.parts.count - 1].claimedSize = 2000
    #expect(throws: TabularError.self) { try XLSXReader(lying.bytes()).readAll() }
    var shared = BookBuilder().zip
    shared.parts[1].claimedOffset = 0
    #expect(try error(shared.bytes()).reason.ja.contains("重なって"))
  }

  @Test(arguments: ["../x", "/etc/passwd", "a/../../b", "C:\\x", "a\0b", "a/./b"])
  func `names that leave the folder`(name: String) throws {
    var book = BookBuilder()
    book.extra = [(name, "x")]
    #expect(try error(book.bytes()).reason.ja.contains("外のフォルダー"))
  }

  @Test func `columns told without end`() throws {
    let columns = String(repeating: "<col min=\"1\" max=\"16383\" hidden=\"1\"/>", count: 10)
    let book = BookBuilder("", before: "<cols>\(columns)</cols>")
    #expect(try error(book.bytes()).reason.ja.contains("列の定義"))
  }

  @Test func `a file that is not there, and one beyond the limit`() throws {
    let missing = #expect(throws: TabularError.self) { try TableReader.read(path: "/nowhere/台帳.xlsx") }
    #expect(missing?.reason.ja.contains("/nowhere/台帳.xlsx") == true)
    var limits = ReadLimits()
    limits.fileBytes = 10
    #expect(try error(BookBuilder().bytes(), limits: limits).reason.ja.contains("大きすぎて"))
  }

  @Test func `two parts of one name, encrypted parts, unknown compression`() throws {
    var twice = BookBuilder()
    twice.extra = [("XL/Workbook.xml", "x")]
    #expect(try error(twice.bytes()).reason.ja.contains("同じ名前"))
    var locked = BookBuilder().zip
    locked.parts[0].flags = 1
    #expect(try error(locked.bytes()) == .passwordProtected)
  }

  @Test func `backslashes of old libraries are slashes`() throws {
    var zip = BookBuilder("<row><c><v>1</v></c></row>").zip
    for index in zip.parts.indices { zip.parts[index].name = zip.parts[index].name.replacing("/", with: "\\") }
    #expect(try XLSXReader(zip.bytes()).readAll().sheets[0].rows[0].cells.map(\.text) == ["1"])
  }

  @Test(arguments: [
    "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet/>", "<!DOCTYPE x SYSTEM \"http://x/\"><worksheet/>",
    "<worksheet><sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>",
    "<worksheet><sheetData><row><c t=\"str\"><v>& x</v></c></row></sheetData></worksheet>",
  ])
  func `definitions and entities in XML`(xml: String) throws {
    var book = BookBuilder()
    book.sheets[0].xml = xml
    let error = try error(book.bytes())
    #expect(error.place?.sheet == "台帳")
    #expect(error.reason.ja.contains("安全のため"))
  }

  @Test(arguments: [
    "<worksheet><sheetData><row>", "<worksheet></x></worksheet></a>", "<a b></a>", "<a b=c></a>", "<>", "<a",
    "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><worksheet/>", "\u{FEFF}<a><![CDATA[",
    "<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>",
    "<worksheet><sheetData><row><c r=\"XFE1\"><v>1</v></c></row></sheetData></worksheet>",
    "<worksheet><sheetData><row><c t=\"s\"><v>9</v></c></row></sheetData></worksheet>",
    String(repeating: "<a>", count: 200),
  ])
  func `damaged XML`(xml: String) throws {
    var book = BookBuilder()
    book.sheets[0].xml = xml
    #expect(try error(book.bytes()).place?.sheet == "台帳")
  }

  @Test func `a damaged cell is told with its place`() throws {
    let book = BookBuilder("<row r=\"7\"><c r=\"C7\" t=\"s\"><v>1</v></c></row>")
    let error = try error(book.bytes())
    #expect(error.place == TablePlace(sheet: "台帳", row: 7, column: 3))
    #expect(error.message(.ja).hasPrefix("シート「台帳」のC7セル：ファイルが壊れています"))
    #expect(error.message(.en).hasPrefix("Sheet “台帳”, cell C7: The file is damaged"))
  }

  @Test func `too many cells, gaps counted`() throws {
    var limits = ReadLimits()
    limits.cells = 100
    let wide = BookBuilder("<row><c r=\"CV1\"><v>1</v></c></row><row><c><v>1</v></c></row>")
    #expect(try error(wide.bytes(), limits: limits).place?.row == 2)
    #expect(try XLSXReader(wide.bytes()).readAll().sheets[0].rows.count == 2)
  }

  @Test func `damage in the compressed bytes`() throws {
    var book = BookBuilder((0..<500).map { "<row><c><v>\($0)</v></c></row>" }.joined())
    book.isDeflated = true
    let bytes = book.bytes()
    for cut in [1, 10, 100, bytes.count / 2] {
      #expect(throws: TabularError.self) { try XLSXReader(Array(bytes.dropLast(cut))).readAll() }
    }
    var flipped = bytes
    let sheet = try #require(try ZipArchive(bytes).entry(named: "xl/worksheets/sheet1.xml"))
    flipped[sheet.headerOffset + 300] ^= 0x10
    #expect(throws: TabularError.self) { try XLSXReader(flipped).readAll() }
  }

  @Test func `sizes beyond 32 bits are read where they are written`() throws {
    // A directory entry that moves its sizes into the ZIP64 field, as streaming writers do for small parts too.
    var zip = ZipBuilder()
    zip.add("a", "hello")
    let bytes = zip.bytes()
    let directory = bytes.count - 22 - 47
    var entry = Array(bytes[directory..<(directory + 47)])
    entry.replaceSubrange(24..<28, with: [255, 255, 255, 255])
    entry.replaceSubrange(30..<32, with: [12, 0])
    entry += [1, 0, 8, 0] + ZipBuilder.number(5, 8)
    var end = Array(bytes.suffix(22))
    end.replaceSubrange(12..<16, with: ZipBuilder.number(entry.count, 4))
    let archive = try ZipArchive(Array(bytes[..<directory]) + entry + end)
    #expect(try archive.read(archive.entries[0]) == Array("hello".utf8))
  }

  @Test func `the directory of a ZIP64 file is found`() throws {
    var zip = ZipBuilder()
    zip.add("a", "hello")
    let bytes = zip.bytes()
    let directory = bytes.count - 22 - 47
    let record =
      ZipBuilder.number(0x0606_4b50, 4) + ZipBuilder.number(44, 8) + ZipBuilder.number(45, 2)
      + ZipBuilder.number(45, 2) + ZipBuilder.number(0, 8) + ZipBuilder.number(1, 8) + ZipBuilder.number(1, 8)
      + ZipBuilder.number(47, 8) + ZipBuilder.number(directory, 8)
    let locator =
      ZipBuilder.number(0x0706_4b50, 4) + ZipBuilder.number(0, 4) + ZipBuilder.number(bytes.count - 22, 8)
      + ZipBuilder.number(1, 4)
    var end = Array(bytes.suffix(22))
    end.replaceSubrange(8..<20, with: [UInt8](repeating: 0xff, count: 12))
    let archive = try ZipArchive(Array(bytes[..<(bytes.count - 22)]) + record + locator + end)
    #expect(try archive.read(archive.entries[0]) == Array("hello".utf8))
    #expect(throws: TabularError.self) { try ZipArchive(Array(bytes[..<(bytes.count - 22)]) + locator + end) }
  }
}
