import Records
import SQL
import Text
import Time

/// What was seen of a thing, in nine columns of the tables that keep it.
extension Seen {
  static let columns = [
    "ip_address", "mac_address", "host_name", "serial_number", "os", "user_name", "maker", "details", "seen_at",
  ]

  /// One for each of `columns`.
  var values: [SQLValue] {
    func value(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    return [
      value(ipAddress), value(macAddress), value(hostName), value(serialNumber), value(os), value(user), value(maker),
      .text(FlatJSON.text(details)), seenAt.sqlValue,
    ]
  }

  /// In place of `values` where nothing was seen before.
  static let nothing: [SQLValue] = columns.map { $0 == "details" ? .text(FlatJSON.text([:])) : .null }

  /// From a row with `columns` in their order from `first` on; nil where nothing was seen.
  init?(_ row: Row, from first: Int) {
    guard let at = row.integer(at: first + 8) else { return nil }
    self.init(
      ipAddress: row.text(at: first),
      macAddress: row.text(at: first + 1),
      hostName: row.text(at: first + 2),
      serialNumber: row.text(at: first + 3),
      os: row.text(at: first + 4),
      user: row.text(at: first + 5),
      maker: row.text(at: first + 6),
      details: FlatJSON.object(row.text(at: first + 7) ?? "") ?? [:],
      seenAt: Instant(milliseconds: Int64(at))
    )
  }
}

/// Sightings in their table.
enum SightingRows {
  static let columns =
    ["id", "source", "seen_key"] + Seen.columns
    + [
      "import_set", "asset", "matched_by", "hint", "state", "reason", "folded", "updated_at", "updated_by",
    ]
  static let select = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")

  static func sighting(_ row: Row) throws -> Sighting {
    guard let id = row.text(at: 0), let source = row.text(at: 1).flatMap(Sighting.Source.init),
      let seen = Seen(row, from: 3), let state = row.text(at: 16).flatMap(Sighting.State.init)
    else { throw StorageError.unexpectedValue(column: "sighting", wanted: "a sighting") }
    return Sighting(
      id: id,
      source: source,
      seen: seen,
      importSet: row.text(at: 12),
      asset: row.text(at: 13),
      matchedBy: row.text(at: 14).flatMap(SightingMatch.Rule.init),
      hint: row.text(at: 15),
      state: state,
      reason: row.text(at: 17),
      updatedBy: row.text(at: 20) ?? ""
    )
  }

  static func row(_ sighting: Sighting, facility: String, at now: Instant) -> [SQLValue] {
    func value(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    let seen = sighting.seen
    return [
      .text(facility), .text(sighting.id), .text(sighting.source.rawValue), .text(seen.key ?? sighting.id),
    ] + seen.values + [
      value(sighting.importSet), value(sighting.asset), value(sighting.matchedBy?.rawValue), value(sighting.hint),
      .text(sighting.state.rawValue), value(sighting.reason),
      .text(seen.folded), now.sqlValue, .text(sighting.updatedBy),
    ]
  }

  static func insert(_ sightings: [Sighting], facility: String, at now: Instant, in tx: any Transaction) throws {
    for chunk in sightings.chunked(2_000) {
      try tx.insert(
        into: "sighting",
        columns: ["facility"] + columns,
        rows: chunk.map { row($0, facility: facility, at: now) }
      )
    }
  }

  static func update(_ sighting: Sighting, facility: String, at now: Instant, in tx: any Transaction) throws {
    let row = row(sighting, facility: facility, at: now)
    var sets: [SQL] = []
    for (column, value) in zip(columns, row.dropFirst()) where column != "id" {
      sets.append("\(name: column) = \(value)")
    }
    try tx.run(
      "UPDATE sighting SET \(sets.joined(separator: ", ")) WHERE facility = \(facility) AND id = \(sighting.id)"
    )
  }

  static func remove(_ ids: [String], facility: String, in tx: any Transaction) throws {
    for chunk in ids.chunked(500) {
      _ = try tx.run("DELETE FROM sighting WHERE facility = \(facility) AND id IN (\(list: chunk))")
    }
  }

  static func of(asset: String, facility: String, limit: Int, in tx: any Transaction) throws -> [Sighting] {
    try tx.rows(
      """
      SELECT \(select) FROM sighting WHERE facility = \(facility) AND asset = \(asset)
      ORDER BY seen_at DESC, id LIMIT \(limit)
      """
    ).map(sighting)
  }

  static func find(_ ids: [String], facility: String, in tx: any Transaction) throws -> [Sighting] {
    var found: [Sighting] = []
    for chunk in ids.chunked(500) {
      found += try tx.rows(
        "SELECT \(select) FROM sighting WHERE facility = \(facility) AND id IN (\(list: chunk)) ORDER BY id"
      ).map(sighting)
    }
    return found
  }

  static func all(_ source: Sighting.Source, facility: String, in tx: any Transaction) throws -> [Sighting] {
    try tx.rows(
      "SELECT \(select) FROM sighting WHERE facility = \(facility) AND source = \(source.rawValue) ORDER BY seen_key"
    ).map(sighting)
  }

  /// Seen, and in no ledger.
  static func unlisted(_ state: Sighting.State, facility: String, in tx: any Transaction) throws -> [Sighting] {
    try tx.rows(
      """
      SELECT \(select) FROM sighting WHERE facility = \(facility) AND state = \(state.rawValue) AND asset IS NULL
      ORDER BY seen_at DESC, id LIMIT 200000
      """
    ).map(sighting)
  }
}
