import Tabular
import Text

/// The rows that need a hand, in the user's own layout with one added column エラー内容: to be corrected and dropped again.
package enum ErrorFile {
  package static let column = SystemHeader.error

  /// Titles and headers as they were, then only the rows with something to correct. Nil when there is nothing.
  package static func make(
    _ workbook: Workbook,
    result: IntakeResult,
    problems: [IntakeProblem],
    language: Language = .ja
  ) -> Workbook? {
    var texts: [RowPlace: [String]] = [:]
    for problem in problems where problem.severity != .note {
      let place = RowPlace(sheet: problem.sheet, row: problem.row)
      let head =
        problem.column.map { language == .ja ? "「\(ColumnReader.oneLine($0))」" : "\(ColumnReader.oneLine($0)): " } ?? ""
      let text = head + problem.reason[language]
      if texts[place]?.contains(text) != true { texts[place, default: []].append(text) }
    }
    guard !texts.isEmpty else { return nil }
    var sheets: [Sheet] = []
    for sheet in workbook.sheets {
      let tables = result.tables.filter { $0.sheet == sheet.name }
      guard !tables.isEmpty, texts.keys.contains(where: { $0.sheet == sheet.name }) else { continue }
      sheets.append(errors(of: sheet, tables, texts))
    }
    return sheets.isEmpty ? nil : Workbook(sheets: sheets, format: workbook.format)
  }

  private static func errors(of sheet: Sheet, _ tables: [IntakeTable], _ texts: [RowPlace: [String]]) -> Sheet {
    let width = sheet.rows.reduce(0) { max($0, $1.cells.count) }
    let headers = Set(tables.compactMap(\.headerRows.last))
    let heads = Set(tables.flatMap(\.headerRows))
    let firstHeader = heads.min() ?? 0
    // The headers of the first table: what follows moves up.
    let lastHead = tables.min { ($0.headerRows.first ?? 0) < ($1.headerRows.first ?? 0) }?.headerRows.last ?? 0
    var rows: [SheetRow] = []
    for row in sheet.rows {
      let errors = texts[RowPlace(sheet: sheet.name, row: row.number)]
      guard row.number < firstHeader || heads.contains(row.number) || errors != nil else { continue }
      var cells = row.cells
      if let text = headers.contains(row.number) ? column : errors?.joined(separator: "\n") {
        while cells.count < width { cells.append(.empty) }
        cells.append(.text(text))
      }
      // Above the list everything stays where it was; below, only rows with errors follow.
      let number = row.number <= lastHead ? row.number : max(lastHead, rows.last?.number ?? 0) + 1
      rows.append(SheetRow(number: number, cells: cells))
    }
    let merges = sheet.merges.filter { $0.lastRow <= lastHead }
    return Sheet(name: sheet.name, rows: rows, merges: merges, hiddenColumns: sheet.hiddenColumns)
  }
}
