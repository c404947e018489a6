/// A table of counts with its margins, and what of it may be published.
///
/// The last row and the last column are the margins; the corner is the whole.
package struct CountGrid: Sendable, Hashable {
  /// Rows without the margin.
  package let rows: Int
  package let columns: Int
  /// Row by row, with margins.
  package private(set) var counts: [Int]

  package init(_ inner: [[Int]], columns: Int) {
    rows = inner.count
    self.columns = columns
    counts = []
    counts.reserveCapacity((rows + 1) * (columns + 1))
    var totals = Array(repeating: 0, count: columns)
    for row in inner {
      counts += row
      counts.append(row.reduce(0, +))
      for column in 0..<columns { totals[column] += row[column] }
    }
    counts += totals
    counts.append(totals.reduce(0, +))
  }

  package subscript(row: Int, column: Int) -> Int { counts[row * (columns + 1) + column] }

  package var total: Int { self[rows, columns] }
}
