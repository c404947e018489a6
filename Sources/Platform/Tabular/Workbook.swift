import Text
import Time

/// Tables as people keep them: workbooks and text files read into rows of cells, and written back.
///
/// Everything is read from bytes in memory by scanners of our own, so that a hostile file meets limits
/// (`ReadLimits`) and refusals instead of a general XML or ZIP library. To add a format: a reader that yields
/// `Sheet`, a case in `FileFormat`, and its recognition in `TableReader`.
package struct Workbook: Sendable {
  /// In the order of the file.
  package let sheets: [Sheet]
  package let format: FileFormat
  /// What was odd but could be read, as a stray quotation mark or a byte that is no character.
  package let problems: [LineProblem]

  package init(sheets: [Sheet], format: FileFormat, problems: [LineProblem] = []) {
    self.sheets = sheets
    self.format = format
    self.problems = problems
  }
}

package enum FileFormat: Sendable, Hashable, Codable {
  case csv(TextEncoding, Separator)
  case xlsx
}

/// What stands between the cells of a text file.
package enum Separator: UInt8, Sendable, Hashable, CaseIterable, Codable {
  case comma = 44
  case tab = 9
  case semicolon = 59
}

package struct Sheet: Sendable {
  package let name: String
  package let isHidden: Bool
  /// Rows without a single value are left out; `number` tells where they were.
  package var rows: [SheetRow]
  package let merges: [CellRange]
  /// Columns count from 0.
  package let hiddenColumns: Set<Int>

  package init(
    name: String,
    isHidden: Bool = false,
    rows: [SheetRow],
    merges: [CellRange] = [],
    hiddenColumns: Set<Int> = []
  ) {
    self.name = name
    self.isHidden = isHidden
    self.rows = rows
    self.merges = merges
    self.hiddenColumns = hiddenColumns
  }
}

package struct SheetRow: Sendable, Hashable {
  /// As the spreadsheet program shows it at the left edge, from 1. For text files the number of the record, blank
  /// ones counted: Excel shows the record there, even when an earlier one spans several lines of the file.
  package let number: Int
  /// By column from 0; empty cells at the end are left out.
  package var cells: [CellValue]
  /// Hidden by hand or by a filter.
  package var isHidden: Bool

  package init(number: Int, cells: [CellValue], isHidden: Bool = false) {
    self.number = number
    self.cells = cells
    self.isHidden = isHidden
  }

  /// The cell of a column from 0; empty beyond the end.
  package subscript(column: Int) -> CellValue {
    cells.indices.contains(column) ? cells[column] : .empty
  }
}

package enum CellValue: Sendable, Hashable {
  case empty
  /// Line breaks inside are `\n`.
  case text(String)
  /// The number, and what a person reads in the cell: without `.0`, with the zeros of a format such as `00000`,
  /// `26:00` for a time.
  case number(Double, text: String)
  /// `minutes` since midnight where the cell holds a time as well.
  case date(LocalDate, minutes: Int?)
  case bool(Bool)
  /// An error of the spreadsheet (`#N/A`), or a date that does not exist (`1900/2/29`).
  case error(String)

  /// As a person reads it; dates in ISO form, with the time after a space.
  package var text: String {
    switch self {
    case .empty: ""
    case .text(let text), .number(_, let text), .error(let text): text
    case .date(let day, nil): day.iso
    case .date(let day, let minutes?): day.iso + " " + Self.clockText(minutes: minutes)
    case .bool(let value): value ? "TRUE" : "FALSE"
    }
  }

  package var isEmpty: Bool {
    switch self {
    case .empty: true
    case .text(let text): text.isEmpty
    default: false
    }
  }

  /// `9:05`, and `26:00` beyond a day.
  static func clockText(minutes: Int) -> String {
    let rest = minutes % 60
    return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// A rectangle of cells. Rows count from 1, columns from 0, both ends included.
package struct CellRange: Sendable, Hashable {
  package let firstRow: Int
  package let firstColumn: Int
  package let lastRow: Int
  package let lastColumn: Int

  package init(firstRow: Int, firstColumn: Int, lastRow: Int, lastColumn: Int) {
    self.firstRow = firstRow
    self.firstColumn = firstColumn
    self.lastRow = lastRow
    self.lastColumn = lastColumn
  }

  package func contains(row: Int, column: Int) -> Bool {
    row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn
  }

  /// `A` for 0, `Z` for 25, `AA` for 26. Empty for a negative column.
  package static func letters(column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column
    while rest >= 0 {
      letters.append(UInt8(65 + rest % 26))
      rest = rest / 26 - 1
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}

/// How a table is to be read.
package struct ReadOptions: Sendable {
  /// Nil: found out from the bytes.
  package var encoding: TextEncoding?
  /// Nil: found out from the bytes.
  package var separator: Separator?
  /// Take the apostrophe away again that our writer puts before `=`, `+`, `-`, `@`.
  package var removesFormulaGuard: Bool
  package var limits: ReadLimits

  package init(
    encoding: TextEncoding? = nil,
    separator: Separator? = nil,
    removesFormulaGuard: Bool = true,
    limits: ReadLimits = ReadLimits()
  ) {
    self.encoding = encoding
    self.separator = separator
    self.removesFormulaGuard = removesFormulaGuard
    self.limits = limits
  }
}

/// What a file may cost us. The defaults are far beyond any ledger of a hospital.
package struct ReadLimits: Sendable {
  /// Bytes of the file as it comes.
  package var fileBytes = 100 << 20
  /// Bytes of all parts of a workbook once inflated.
  package var inflatedBytes = 256 << 20
  /// How many times larger a part may become; looked at above 8 MiB only, since small parts do no harm.
  package var inflationRatio = 250
  package var zipEntries = 5000
  /// Cells of all sheets together. The empty ones left of a value count, because they take room.
  package var cells = 2_000_000
  /// Bytes of one cell. Excel allows 32,767 characters.
  package var cellBytes = 1 << 20
  /// Bytes of the table of shared texts.
  package var sharedBytes = 128 << 20
  package var sheets = 500
  /// Problems kept; the rest is not listed.
  package var problems = 1000

  package init() {}
}
