import Tabular
import Text

/// A sheet's cells by row index and column, with cells merged downwards filled in.
struct Grid {
  let sheet: Sheet
  let index: Int
  private(set) var rows: [SheetRow]
  /// Cells that got their value from the merged cell above.
  private var filled: Set<Cell> = []
  /// How far a cell reaches to the right by merging.
  private var reaches: [Cell: Int] = [:]

  private struct Cell: Hashable {
    let row: Int
    let column: Int
  }

  /// Merged cells looked at; a sheet with more is no ledger.
  private static let mergeLimit = 200_000

  init(_ sheet: Sheet, index: Int) {
    self.sheet = sheet
    self.index = index
    rows = sheet.rows
    for merge in sheet.merges.prefix(Self.mergeLimit) { apply(merge) }
  }

  private mutating func apply(_ merge: CellRange) {
    guard let first = rowIndex(merge.firstRow), rows[first].number == merge.firstRow else { return }
    if merge.lastColumn > merge.firstColumn {
      reaches[Cell(row: first, column: merge.firstColumn)] = merge.lastColumn
    }
    let value = rows[first][merge.firstColumn]
    guard merge.lastRow > merge.firstRow, !value.isEmpty, merge.firstColumn < 16_384 else { return }
    var index = first + 1
    while index < rows.count, rows[index].number <= merge.lastRow {
      if rows[index][merge.firstColumn].isEmpty {
        while rows[index].cells.count <= merge.firstColumn { rows[index].cells.append(.empty) }
        rows[index].cells[merge.firstColumn] = value
        filled.insert(Cell(row: index, column: merge.firstColumn))
      }
      index += 1
    }
  }

  /// The first row with this number or a higher one.
  private func rowIndex(_ number: Int) -> Int? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < rows.count ? low : nil
  }

  subscript(row: Int, column: Int) -> CellValue { rows[row][column] }

  /// Whether the cell holds its own value and not that of the merged cell above.
  func isOwn(_ row: Int, _ column: Int) -> Bool { !filled.contains(Cell(row: row, column: column)) }

  func reach(_ row: Int, _ column: Int) -> Int? { reaches[Cell(row: row, column: column)] }

  var hasMerges: Bool { !sheet.merges.isEmpty }

  /// Whether something separates this row from the one before: a gap, or a row with a lone cell.
  func isBreak(before row: Int) -> Bool {
    guard row > 0 else { return true }
    if rows[row].number > rows[row - 1].number + 1 { return true }
    return rows[row - 1].cells.reduce(0) { $0 + ($1.isEmpty ? 0 : 1) } <= 1
  }

  /// Whether a row that could be a record follows.
  func hasData(below row: Int, in columns: [Int]) -> Bool {
    for next in (row + 1)..<min(row + 8, rows.count) where next < rows.count {
      let filled = columns.filter { !self[next, $0].isEmpty }.count
      if filled >= 2 || filled == columns.count { return true }
    }
    return false
  }

  func isBlank(column: Int, rows range: Range<Int>) -> Bool {
    // Whole columns of long sheets are not worth reading: what is empty for so long stays empty.
    for row in range.prefix(2000) where !self[row, column].isEmpty { return false }
    return true
  }
}

/// The header rows of a table: the lowest is the header, those above it are groups.
struct Header {
  /// Indices into the grid's rows.
  let rows: Range<Int>
  /// The first of them, or the row of group headers above.
  let top: Int
  /// From the first to the last named column.
  let columns: [Int]
  var value = 0.0
  private let leaves: [Int: (text: String, row: Int)]
  private let groups: [Int: String]

  init?(rows: Range<Int>, in grid: Grid) {
    let used = rows.flatMap { row in grid.rows[row].cells.indices.filter { !grid[row, $0].isEmpty } }
    guard let first = used.min(), let last = used.max(), last < 1000 else { return nil }
    for pair in zip(rows, rows.dropFirst()) where grid.rows[pair.1].number != grid.rows[pair.0].number + 1 {
      return nil
    }
    self.rows = rows
    columns = Array(first...last)
    var leaves: [Int: (text: String, row: Int)] = [:]
    var groups: [Int: String] = [:]
    // The row above the header may group it even if it was not needed to name the columns.
    var groupRows = Array(rows.dropLast())
    var top = rows.lowerBound
    if let above = Self.groupRow(above: rows.lowerBound, in: grid, columns: first...last) {
      groupRows.insert(above, at: 0)
      top = above
    }
    for column in first...last {
      for row in rows.reversed() where !grid[row, column].isEmpty {
        leaves[column] = (Width.trimmed(grid[row, column].text), row)
        break
      }
    }
    for row in groupRows {
      for (column, text) in Self.spread(row, in: grid, columns: first...last) {
        guard let leaf = leaves[column], leaf.row != row, leaf.text != text else { continue }
        groups[column] = text
      }
    }
    self.top = top
    self.leaves = leaves
    self.groups = groups
  }

  func leaf(_ column: Int) -> String { leaves[column]?.text ?? "" }

  func leafRow(_ column: Int) -> Int { leaves[column]?.row ?? rows.lowerBound }

  func group(_ column: Int) -> String? { groups[column] }

  func known(weight: (String) -> Double) -> Double { leaves.values.reduce(0) { $0 + weight($1.text) } }

  /// Whether this is the same header once more, as at the top of every printed page.
  func repeats(_ other: Header) -> Bool {
    let mine = leaves.mapValues { HeaderKey($0.text).full }
    let same = mine.filter { $0.value == HeaderKey(other.leaf($0.key)).full }.count
    return same * 10 >= max(mine.count, other.leaves.count) * 7
  }

  /// Group texts reach over the columns they are merged with; without merging, to the next one.
  private static func spread(_ row: Int, in grid: Grid, columns: ClosedRange<Int>) -> [(Int, String)] {
    var spread: [(Int, String)] = []
    var current: (text: String, until: Int)?
    for column in columns {
      let cell = grid[row, column]
      if !cell.isEmpty {
        let until = grid.reach(row, column) ?? (grid.hasMerges ? column : columns.upperBound)
        current = (Width.trimmed(cell.text), until)
      }
      if let group = current, column <= group.until { spread.append((column, group.text)) }
    }
    return spread
  }

  /// The index of a row of group headers directly above: at least two texts, or one that is merged over some columns.
  private static func groupRow(above first: Int, in grid: Grid, columns: ClosedRange<Int>) -> Int? {
    let above = first - 1
    guard above >= 0, grid.rows[above].number == grid.rows[first].number - 1 else { return nil }
    let cells = columns.filter { !grid[above, $0].isEmpty && grid.isOwn(above, $0) }
    guard !cells.isEmpty, cells.allSatisfy({ CellShape.isHeaderLike(grid[above, $0]) }) else { return nil }
    let texts = cells.map { grid[above, $0].text }
    if texts.contains(where: { $0.contains(":") || $0.contains("：") }) { return nil }
    if cells.count == 1 {
      guard let reach = grid.reach(above, cells[0]), reach > cells[0] else { return nil }
      // A title over the whole table is no group.
      return reach - cells[0] + 1 >= columns.count ? nil : above
    }
    return above
  }
}
