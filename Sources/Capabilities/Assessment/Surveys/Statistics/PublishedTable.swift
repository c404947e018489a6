/// A table as it may be shown: hidden counts are nil.
package struct PublishedTable: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  private let cells: [Int?]

  package init(_ grid: CountGrid, hidden: [Bool]) {
    rows = grid.rows
    columns = grid.columns
    cells = zip(grid.counts, hidden).map { $1 ? nil : $0 }
  }

  /// The last row and column are the margins.
  package subscript(row: Int, column: Int) -> Int? { cells[row * (columns + 1) + column] }

  package var isHiddenSomewhere: Bool { cells.contains(nil) }

  /// Whether anything of a row is hidden.
  package func hides(row: Int) -> Bool { (0...columns).contains { self[row, $0] == nil } }

  /// The columns whose total is hidden.
  package var hiddenColumns: Set<Int> { Set((0..<columns).filter { self[rows, $0] == nil }) }

  /// Of a row's total in tenths of a percent, rounded to the nearest; nil where one of the two is hidden or nobody
  /// answered.
  package func permille(_ row: Int, _ column: Int) -> Int? {
    guard let count = self[row, column], let total = self[row, columns], total > 0 else { return nil }
    return (count * 2000 + total) / (2 * total)
  }
}
