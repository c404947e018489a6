/// How wide a column must be for what stands in it, in widths of a digit.
enum ColumnWidth {
  private static let narrowest = 6
  private static let widest = 40

  /// The room a text takes: full-width characters count 2, marks that join the character before them 0. Of several
  /// lines the longest counts.
  static func width(of text: String) -> Int {
    var longest = 0
    var current = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 10:
        longest = max(longest, current)
        current = 0
      case 0..<0x300: current += 1
      case 0x300..<0x370, 0x200b...0x200f, 0x3099, 0x309a, 0xfe00...0xfe0f, 0xe0100...0xe01ef: continue
      case 0xff61...0xffdc, 0x370..<0x1100: current += 1
      default: current += 2
      }
    }
    return max(longest, current)
  }

  /// The width of a column, between narrow enough for the page and wide enough for its header.
  static func fitting(_ column: Int, of sheet: SheetDraft, dateWidth: Int) -> Double {
    var needed = width(of: sheet.columns[column].header) + 2  // room for the filter's button
    for row in sheet.rows where column < row.count && needed < widest {
      let cell = row[column]
      if case .date(_, let minutes) = cell {
        needed = max(needed, dateWidth + (minutes == nil ? 0 : 6))
      } else {
        needed = max(needed, width(of: cell.text))
      }
    }
    return Double(min(max(needed, narrowest), widest)) + 1.5
  }

  /// The width of a column of a sheet as it was read. Long titles above a list do not count.
  static func fitting(_ column: Int, of rows: [SheetRow]) -> Double {
    var needed = narrowest
    for row in rows where row.cells.count > 1 && needed < widest { needed = max(needed, width(of: row[column].text)) }
    return Double(min(needed, widest)) + 1.5
  }
}
