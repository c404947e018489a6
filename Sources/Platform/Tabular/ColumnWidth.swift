import Text

/// How wide a column must be for what stands in it, in widths of a digit.
enum ColumnWidth {
  private static let narrowest = 6
  private static let widest = 40

  /// The width of a column, between narrow enough for the page and wide enough for its header.
  static func fitting(_ column: Int, of sheet: SheetDraft, dateWidth: Int) -> Double {
    var needed = Width.places(sheet.columns[column].header) + 2  // room for the filter's button
    for row in sheet.rows where column < row.count && needed < widest {
      let cell = row[column]
      if case .date(_, let minutes) = cell {
        needed = max(needed, dateWidth + (minutes == nil ? 0 : 6))
      } else {
        needed = max(needed, Width.places(cell.text))
      }
    }
    return Double(min(max(needed, narrowest), widest)) + 1.5
  }

  /// The width of a column of a sheet as it was read. Long titles above a list do not count.
  static func fitting(_ column: Int, of rows: [SheetRow]) -> Double {
    var needed = narrowest
    for row in rows where row.cells.count > 1 && needed < widest {
      needed = max(needed, Width.places(row[column].text))
    }
    return Double(min(needed, widest)) + 1.5
  }
}

/// How high a row must be for what is wrapped in it.
enum RowHeight {
  /// The lines that the longest wrapped cell takes in a column of its width; at least one.
  static func lines(_ row: [CellValue], _ columns: [ColumnDraft], _ widths: [Double]) -> Int {
    var most = 1
    for (column, cell) in row.enumerated() where column < columns.count && !columns[column].isHidden {
      let text = cell.text
      guard columns[column].wraps || text.utf8.contains(10) else { continue }
      let width = Int(widths[column])
      // Words and full-width signs do not fill a line to its end, but what a column was made as wide as stands in one.
      let room = max(1, width - 2)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { lines, line in
        let places = Width.places(String(line))
        return lines + (places < width ? 1 : (places + room - 1) / room)
      }
      most = max(most, lines)
    }
    return most
  }

  /// In points, for the writer's font; no row of a workbook is higher than 409.
  static func points(_ lines: Int) -> Double { min(409, Double(lines) * 18) }
}
