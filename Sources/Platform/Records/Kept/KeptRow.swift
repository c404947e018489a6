import Time

/// One row of a `KeptTable`. A column that is not in `values` is not recorded.
package struct KeptRow: Sendable, Hashable, Identifiable {
  package let id: String
  /// Grows by one with every change.
  package var version: Int
  package var values: [String: String]
  package var createdAt: Instant
  package var updatedAt: Instant
  /// The name of whoever changed it last.
  package var updatedBy: String

  package init(
    id: String,
    version: Int = 1,
    values: [String: String],
    createdAt: Instant,
    updatedAt: Instant,
    updatedBy: String
  ) {
    self.id = id
    self.version = version
    self.values = values
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.updatedBy = updatedBy
  }

  package subscript(column: String) -> String? {
    get { values[column] }
    set { values[column] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// The text of a column, empty where nothing is recorded.
  package func text(_ column: String) -> String { values[column] ?? "" }

  package func day(_ column: String) -> LocalDate? { values[column].flatMap { LocalDate(iso: $0) } }

  package func number(_ column: String) -> Int? { values[column].flatMap { Int($0) } }

  /// The row with some columns set otherwise; an empty value takes what was there away.
  package func setting(_ changes: [String: String]) -> KeptRow {
    var copy = self
    for (column, value) in changes { copy[column] = value }
    return copy
  }
}
