import Testing
import Text

@testable import Tabular

@Suite struct `Reading text tables` {
  private func read(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> Workbook {
    try CSVReader.read(Array(text.utf8), name: "台帳.csv", options: options)
  }

  private func cells(_ text: String) throws -> [[String]] {
    try read(text).sheets[0].rows.map { $0.cells.map(\.text) }
  }

  @Test func `quotes, doubled quotes and line breaks inside cells`() throws {
    #expect(
      try cells("管理番号,備考\r\n1,\"a\r\nb\"\r\n2,\"「\"\"済\"\"」,未\"\r\n")
        == [["管理番号", "備考"], ["1", "a\nb"], ["2", "「\"済\"」,未"]]
    )
  }

  @Test func `the mark of UTF-8 is no part of the first header`() throws {
    #expect(try cells("\u{FEFF}番号,名\n1,2") == [["番号", "名"], ["1", "2"]])
  }

  @Test func `zeros, hyphens and long serials stay as they are`() throws {
    #expect(try cells("00123,1-2,1234567890123456,1E5") == [["00123", "1-2", "1234567890123456", "1E5"]])
  }

  @Test func `line ends of all kinds, also mixed`() throws {
    #expect(try cells("a,b\rc,d\ne,f\r\ng,h") == [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]])
  }

  @Test func `records keep their number across blank ones and line breaks`() throws {
    let rows = try read("題\n\n\"a\nb\",x\n,,\nc,d\n").sheets[0].rows
    #expect(rows.map(\.number) == [1, 3, 5])
  }

  @Test func `empty last columns and ragged rows`() throws {
    #expect(try cells("a,b,c\n1,,\n1,2,3,4\n") == [["a", "b", "c"], ["1"], ["1", "2", "3", "4"]])
  }

  @Test(arguments: [
    ("a\tb,c\n1\t2,3\n", Separator.tab), ("a;b\n\"1,2\";3\n", .semicolon), ("題名\n\na,b,c\n\"x;y;z\",2,3\n", .comma),
    ("一列だけ\n値\n", .comma), ("\"a\tb\",c\n\"d\te\",f\n", .comma), ("sep=;\n1,5;2\n", .semicolon),
  ])
  func `the separator is found outside quotes`(text: String, expected: Separator) throws {
    let workbook = try read(text)
    guard case .csv(_, let separator) = workbook.format else { return #expect(Bool(false)) }
    #expect(separator == expected)
  }

  @Test func `stray quotes are kept and reported`() throws {
    let workbook = try read("a,3\" 管,b\n\"x\"y,z\n1,\"never closed\n2,3")
    #expect(
      workbook.sheets[0].rows.map { $0.cells.map(\.text) } == [
        ["a", "3\" 管", "b"], ["xy", "z"], ["1", "never closed\n2,3"],
      ]
    )
    #expect(workbook.problems.map(\.line) == [1, 2, 3])
  }

  @Test func `NUL bytes are taken out and reported once`() throws {
    let workbook = try read("a\0b,\"c\0\"\n\0,d")
    #expect(workbook.sheets[0].rows.map { $0.cells.map(\.text) } == [["ab", "c"], ["", "d"]])
    #expect(workbook.problems.count == 1)
  }

  @Test func `only the guard we write ourselves is removed`() throws {
    #expect(try cells("'=1+1,'-,'abc,'090,''=x,=1\n") == [["=1+1", "-", "'abc", "'090", "'=x", "=1"]])
    var options = ReadOptions()
    options.removesFormulaGuard = false
    #expect(try read("'=1", options).sheets[0].rows[0].cells == [.text("'=1")])
  }

  @Test func `headers keep their width and their line breaks`() throws {
    #expect(try cells("\"管理\r\n番号\",ＩＰアドレス\n1,2\n") == [["管理\n番号", "ＩＰアドレス"], ["1", "2"]])
  }

  @Test func `encoding and separator can be chosen`() throws {
    let bytes = CP932.encode("①;a,b\r\n").bytes
    let chosen = ReadOptions(encoding: .cp932, separator: .semicolon)
    #expect(try CSVReader.read(bytes, name: "x", options: chosen).sheets[0].rows[0].cells.map(\.text) == ["①", "a,b"])
    let wrong = try CSVReader.read(bytes, name: "x", options: ReadOptions(encoding: .utf8))
    #expect(wrong.problems.first?.line == 1)
  }

  @Test func `too many cells are refused with the row`() throws {
    var options = ReadOptions()
    options.limits.cells = 10
    let error = #expect(throws: TabularError.self) { try read("1,2,3,4\n1,2,3,4\n1,2,3,4\n", options) }
    #expect(error?.place?.row == 3)
  }

  @Test func `an empty file is refused`() {
    #expect(throws: TabularError.self) { try read("") }
  }
}
