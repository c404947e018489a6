import Records
import SQL
import Time

/// What was known of a thing before a file told of it: nothing where the file was the first.
struct SightingBefore: Sendable, Hashable {
  let id: String
  let seen: Seen?
  let importSet: String?

  private static let columns = ["facility", "change_set", "id", "at"] + Seen.columns + ["import_set"]

  /// Kept as long as a file can be taken back.
  private static let days = 7

  /// Keeps them, and lets go of those that are too old to be needed.
  static func keep(
    _ before: [SightingBefore],
    of set: String,
    facility: String,
    at now: Instant,
    in tx: any Transaction
  ) throws {
    _ = try tx.run("DELETE FROM sighting_before WHERE facility = \(facility) AND at < \(now.adding(days: -days - 1))")
    for chunk in before.chunked(2_000) {
      let rows = chunk.map { one -> [SQLValue] in
        [.text(facility), .text(set), .text(one.id), now.sqlValue] + (one.seen?.values ?? Seen.nothing)
          + [one.importSet.map(SQLValue.text) ?? .null]
      }
      try tx.insert(into: "sighting_before", columns: columns, rows: rows)
    }
  }

  static func all(_ set: String, facility: String, in tx: any Transaction) throws -> [SightingBefore] {
    try tx.rows(
      """
      SELECT \(columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")) FROM sighting_before
      WHERE facility = \(facility) AND change_set = \(set) ORDER BY id
      """
    ).map { row in
      SightingBefore(
        id: try row.text("id"),
        seen: Seen(row, from: 4),
        importSet: try row.optionalText("import_set")
      )
    }
  }
}
