import Intake
import Records
import SQL
import Text

/// Keeps what was seen on the network with the devices it is taken for, whenever records are written.
package struct SightingWatcher: RecordWatcher {
  package init() {}

  private static let kinds: Set<String> = [Kind.asset.key, Kind.interface.key]

  /// One was added, went to the archive, or has another serial number, hardware address or host name.
  package func changed(
    _ kind: Kind,
    _ pairs: [(before: Record?, after: Record)],
    _ writing: RecordWriting
  ) throws {
    guard Self.kinds.contains(kind.key) else { return }
    let signs = ["serial_number", "mac_address", "host_name", "ip_address", "asset"]
    let matters = pairs.contains { before, after in
      guard let before else { return signs.contains { after.known($0) != nil } }
      return signs.contains { before[$0] != after[$0] } || (before.archivedAt == nil) != (after.archivedAt == nil)
    }
    if matters { try rematch(writing) }
  }

  /// A ledger that lists a device confirms it, unless it says itself when somebody looked. What is new says so by the day
  /// it was entered.
  package func imported(_ kind: Kind, _ plan: ImportPlan, hasChanged: Bool, _ writing: RecordWriting) throws {
    guard Self.kinds.contains(kind.key) else { return }
    if kind.key == Kind.asset.key {
      func isUndated(_ row: IntakeRow) -> Bool {
        row.values["last_seen_on"].map { $0.stored.isEmpty || $0.isUnknown } ?? true
      }
      let listed =
        plan.same.filter { isUndated($0.row) }.compactMap(\.id) + plan.changed.filter { isUndated($0.row) }.map(\.id)
      try Confirmations.note(listed, set: writing.set, facility: writing.facility, at: writing.now, in: writing.tx)
    }
    if hasChanged { try rematch(writing) }
  }

  package func removing(_ kind: Kind, _ ids: [String], _ writing: RecordWriting) throws {
    guard kind.key == Kind.asset.key else { return }
    // A device nobody saw has no sighting to set free.
    _ = try writing.tx.run(
      """
      UPDATE sighting SET asset = NULL, matched_by = NULL, state = 'open'
      WHERE facility = \(writing.facility) AND asset IN (\(list: ids))
      """
    )
  }

  package func merging(
    _ kind: Kind,
    _ other: String,
    into kept: String,
    _ writing: RecordWriting
  ) throws -> [String: String] {
    guard kind.key == Kind.asset.key else { return [:] }
    var seen: [String: String] = [:]
    for row in try writing.tx.rows(
      "SELECT id, matched_by FROM sighting WHERE facility = \(writing.facility) AND asset = \(other)"
    ) { seen[try row.text("id")] = try row.optionalText("matched_by") }
    try handOver(seen, to: kept, isMerging: true, writing)
    return seen
  }

  package func handOver(
    _ things: [String: String],
    to record: String,
    isMerging: Bool,
    _ writing: RecordWriting
  ) throws {
    for (id, rule) in things.sorted(by: { $0.key < $1.key }) {
      let matched = isMerging ? SightingMatch.Rule.hand.rawValue : rule
      // A sighting that is gone by now moves nowhere.
      _ = try writing.tx.run(
        """
        UPDATE sighting SET asset = \(record), matched_by = \(matched), hint = NULL
        WHERE facility = \(writing.facility) AND id = \(id)
        """
      )
    }
  }

  package func merged(_ kind: Kind, _ writing: RecordWriting) throws {
    if Self.kinds.contains(kind.key) { try rematch(writing) }
  }

  package func undone(_ set: String, _ kinds: Set<String>, _ writing: RecordWriting) throws {
    try Confirmations.takeBack(set, facility: writing.facility, in: writing.tx)
    if !kinds.isDisjoint(with: Self.kinds) { try rematch(writing) }
  }

  private func rematch(_ writing: RecordWriting) throws {
    // How many moved is nobody's concern here.
    _ = try SightingStore.rematch(writing.catalogue, facility: writing.facility, at: writing.now, in: writing.tx)
  }
}
