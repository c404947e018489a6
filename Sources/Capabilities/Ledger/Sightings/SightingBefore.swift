import Records
import SQL
import Time

/// What was known of a thing before a file told of it: nothing where the file was the first.
struct SightingBefore: Sendable, Hashable {
  let id: String
  let seen: Seen?
  let importSet: String?

  private static let columns = [
    "facility", "change_set", "id", "at", "ip_address", "mac_address", "host_name", "serial_number", "os", "user_name",
    "maker", "details", "seen_at", "import_set",
  ]

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
    func value(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    for chunk in before.chunked(2_000) {
      let rows = chunk.map { one -> [SQLValue] in
        let seen = one.seen
        return [
          .text(facility), .text(set), .text(one.id), now.sqlValue, value(seen?.ipAddress), value(seen?.macAddress),
          value(seen?.hostName), value(seen?.serialNumber), value(seen?.os), value(seen?.user), value(seen?.maker),
          .text(FlatJSON.text(seen?.details ?? [:])), seen?.seenAt.sqlValue ?? .null, value(one.importSet),
        ]
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
      let seen = try row.optionalInstant("seen_at").map { at in
        Seen(
          ipAddress: try row.optionalText("ip_address"),
          macAddress: try row.optionalText("mac_address"),
          hostName: try row.optionalText("host_name"),
          serialNumber: try row.optionalText("serial_number"),
          os: try row.optionalText("os"),
          user: try row.optionalText("user_name"),
          maker: try row.optionalText("maker"),
          details: FlatJSON.object(try row.text("details")) ?? [:],
          seenAt: at
        )
      }
      return SightingBefore(id: try row.text("id"), seen: seen, importSet: try row.optionalText("import_set"))
    }
  }
}
