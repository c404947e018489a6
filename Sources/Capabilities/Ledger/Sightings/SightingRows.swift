import Records
import SQL
import Text
import Time

/// Sightings in their table.
enum SightingRows {
  static let columns = [
    "id", "source", "seen_key", "ip_address", "mac_address", "host_name", "serial_number", "os", "user_name", "maker",
    "details", "seen_at", "import_set", "asset", "matched_by", "hint", "state", "reason", "folded", "updated_at",
    "updated_by",
  ]
  static let select = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")

  static func sighting(_ row: Row) throws -> Sighting {
    func text(_ index: Int) -> String? {
      if case .text(let text) = row.values[index] { return text }
      return nil
    }
    guard let id = text(0), let source = text(1).flatMap(Sighting.Source.init), let seenAt = row.integer(at: 11),
      let state = text(16).flatMap(Sighting.State.init)
    else { throw StorageError.unexpectedValue(column: "sighting", wanted: "a sighting") }
    return Sighting(
      id: id,
      source: source,
      seen: Seen(
        ipAddress: text(3),
        macAddress: text(4),
        hostName: text(5),
        serialNumber: text(6),
        os: text(7),
        user: text(8),
        maker: text(9),
        details: FlatJSON.object(text(10) ?? "") ?? [:],
        seenAt: Instant(milliseconds: Int64(seenAt))
      ),
      importSet: text(12),
      asset: text(13),
      matchedBy: text(14).flatMap(SightingMatch.Rule.init),
      hint: text(15),
      state: state,
      reason: text(17),
      updatedBy: text(20) ?? ""
    )
  }

  static func row(_ sighting: Sighting, facility: String, at now: Instant) -> [SQLValue] {
    func value(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    let seen = sighting.seen
    return [
      .text(facility), .text(sighting.id), .text(sighting.source.rawValue), .text(seen.key ?? sighting.id),
      value(seen.ipAddress), value(seen.macAddress), value(seen.hostName), value(seen.serialNumber), value(seen.os),
      value(seen.user), value(seen.maker), .text(FlatJSON.text(seen.details)), seen.seenAt.sqlValue,
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
