import Support
import Testing
import Text
import Time

@testable import Tabular

/// A number that stands for all cells with their places: FNV-1a over `row,column,text` lines. The expected ones were
/// computed once with openpyxl and Python's csv module.
func fingerprint(_ sheet: Sheet) -> (cells: Int, hash: UInt64) {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  var count = 0
  for row in sheet.rows {
    for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
      count += 1
      for byte in "\(row.number),\(column + 1),\(cell.text)\n".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
  }
  return (count, hash)
}

@Suite(.enabled(if: TestData.isPresent, "the folder of sample data is not there"))
struct `The files of a hospital` {
  @Test func `the ledger of devices is read completely`() throws {
    let workbook = try TableReader.read(path: TestData.ledger("機器管理台帳.xlsx"))
    #expect(workbook.sheets.map(\.name) == ["機器台帳", "凡例"])
    let sheet = workbook.sheets[0]
    let found = fingerprint(sheet)
    #expect(found.cells == 24_221)
    #expect(found.hash == 0x67c0_18d4_bc91_433b)
    #expect(sheet.rows.count == 1508)
    #expect(sheet.rows.last?.number == 1508)
    #expect(sheet.hiddenColumns == [13])
    #expect(sheet.merges.count == 5)
    #expect(sheet.merges.contains(CellRange(firstRow: 3, firstColumn: 6, lastRow: 3, lastColumn: 9)))
    let dates = sheet.rows.flatMap(\.cells).count { if case .date = $0 { true } else { false } }
    #expect(dates == 1020)
    #expect(sheet.rows[4][12] == .date(try #require(LocalDate(year: 2014, month: 3, day: 10)), minutes: nil))
    #expect(sheet.rows[699][16] == .text("改行\nあり"))
    #expect(sheet.rows[999][8] == .text("１０．２０．３．２４４"))
  }

  struct Expected: Sendable {
    let name: String
    let encoding: TextEncoding
    let separator: Separator
    let cells: Int
    let rows: Int
    let hash: UInt64
  }

  @Test(arguments: [
    Expected(
      name: "外部接続一覧.csv",
      encoding: .cp932,
      separator: .comma,
      cells: 694,
      rows: 49,
      hash: 0x1f48_bc66_49d7_6353
    ),
    Expected(
      name: "職員名簿_2026年10月.csv",
      encoding: .cp932,
      separator: .comma,
      cells: 6612,
      rows: 901,
      hash: 0x4c6e_5dba_0ce9_ec8c
    ),
    Expected(
      name: "職員名簿_2026年11月.csv",
      encoding: .cp932,
      separator: .comma,
      cells: 6638,
      rows: 904,
      hash: 0xa8b9_a24b_0d12_fc41
    ),
    Expected(
      name: "端末一覧_資産管理ツール.csv",
      encoding: .utf16LE,
      separator: .tab,
      cells: 6839,
      rows: 701,
      hash: 0x43af_2d3f_b3fb_5aaf
    ),
  ])
  func `text tables are read completely`(expected: Expected) throws {
    let workbook = try TableReader.read(path: TestData.ledger(expected.name))
    guard case .csv(expected.encoding, expected.separator) = workbook.format else {
      Issue.record("read as \(workbook.format)")
      return
    }
    #expect(workbook.problems.isEmpty)
    let found = fingerprint(workbook.sheets[0])
    #expect(found.cells == expected.cells)
    #expect(found.hash == expected.hash)
    #expect(workbook.sheets[0].rows.count == expected.rows)
  }
}
