import CZlib
import Support
import Testing

@testable import Tabular

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A sheet of a million cells is read row by row without ever being in memory (200 MB is what it may take; the
/// benchmark measures the whole process, here we look at what reading adds).
@Suite struct `Large sheets` {
  @Test(.enabled(if: LongTests.areOn, "only with YAGURA_LONG_TESTS=1"))
  func `a million cells pass through`() throws {
    let row = (0..<20).map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    var book = BookBuilder((1...50_000).map { "<row r=\"\($0)\">\(row)</row>" }.joined())
    book.sharedStrings = (0..<20).map { "<si><t>リモートメンテナンス\($0)</t></si>" }.joined()
    book.isDeflated = true
    var limits = ReadLimits()
    limits.inflationRatio = 1000
    let reader = try XLSXReader(book.bytes(), limits: limits)
    let before = Self.peak
    var cells = 0
    try reader.forEachRow(ofSheet: 0) { row in
      cells += row.cells.count
      return true
    }
    #expect(cells == 1_000_000)
    #expect(Self.peak - before < 64)
  }

  @Test func `reading stops when the caller has seen enough`() throws {
    let book = BookBuilder((1...100).map { "<row r=\"\($0)\"><c><v>1</v></c></row>" }.joined() + "<row></oops>")
    var rows = 0
    try XLSXReader(book.bytes()).forEachRow(ofSheet: 0) { row in
      rows = row.number
      return rows < 10
    }
    #expect(rows == 10)
    #expect(try XLSXReader(book.bytes()).forEachRow(ofSheet: 7) { _ in true }.merges.isEmpty)
  }

  /// Megabytes.
  private static var peak: Int {
    var usage = rusage()
    getrusage(0, &usage)
    return usage.ru_maxrss / 1024
  }
}
