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
