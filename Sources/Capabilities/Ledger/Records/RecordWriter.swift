import Journal
import Nouns
import SQL
import Text
import Time

/// The only door through which the ledger's tables are written: within one transaction it stores records and collects
/// their journal entries, and `finish` writes those with their change set. Nothing reaches a table unjournalled.
struct RecordWriter {
  let tx: any Transaction
  let facility: String
  let actor: Actor
  let request: String
  let now: Instant
  let ids: IDMaker
  /// The change set of everything this writer does.
  let set: String
  let reason: String?
  private(set) var entries: [JournalEntry] = []

  init(_ tx: any Transaction, by author: Author, at now: Instant, ids: IDMaker, reason: String?) {
    self.tx = tx
    facility = author.facility
    actor = author.actor
    request = author.request
    self.now = now
    self.ids = ids
    self.reason = reason
    set = ids.next()
  }

  enum Deed: String { case created, changed, archived, restored, removed }

  /// A record that does not exist yet. `insert` stores it.
  func make(
    _ kind: Kind,
    id: String? = nil,
    values: [String: String],
    originals: [String: String] = [:],
    extras: [String: String] = [:]
  ) -> Record {
    Record(
      id: id ?? ids.next(),
      kind: kind.key,
      values: values.filter { !$0.value.isEmpty },
      originals: originals,
      extras: extras,
      createdAt: now,
      updatedAt: now,
      updatedBy: actor.name,
      lastSet: set
    )
  }

  /// `places`, where given, are the rows of a file that the records came from, in their order.
  mutating func insert(_ kind: Kind, _ records: [Record], from places: [String] = []) throws {
    let table = RecordTable.of(kind)
    for chunk in records.chunked(2_000) {
      try tx.insert(
        into: kind.table,
        columns: table.insertColumns,
        rows: chunk.map { table.row($0, facility: facility) }
      )
    }
    entries.reserveCapacity(entries.count + records.count)
    for (index, record) in records.enumerated() {
      let place = places.isEmpty ? nil : places[index]
      note(.created, kind, record, RecordDifference.between(nil, record, of: kind, place: place))
    }
  }

  /// Stores `after` where the record is still as `before` says, and answers it with its new version. Does nothing where
  /// both say the same. `place` is the row of a file that says so.
  mutating func update(_ kind: Kind, from before: Record, to after: Record, place: String? = nil) throws -> Record {
    guard !before.saysTheSame(as: after) else { return before }
    var stored = after
    stored.version = before.version + 1
    stored.updatedAt = now
    stored.updatedBy = actor.name
    stored.lastSet = set
    let written = try tx.run(RecordTable.of(kind).update(stored, facility: facility, expected: before.version))
    guard written == 1 else {
      throw RecordError.conflict([
        RecordConflict(
          record: before.id,
          title: before.title,
          by: before.updatedBy,
          at: before.updatedAt,
          currentVersion: before.version,
          fields: []
        )
      ])
    }
    let changes = RecordDifference.between(before, stored, of: kind, place: place)
    if !changes.isEmpty { note(.changed, kind, stored, changes) }
    if (before.archivedAt == nil) != (stored.archivedAt == nil) {
      note(stored.archivedAt == nil ? .restored : .archived, kind, stored, [])
    }
    return stored
  }

  /// Takes records out of their table, which only the undoing of their creation does. The journal keeps what they said.
  mutating func remove(_ kind: Kind, _ records: [Record]) throws {
    for chunk in records.chunked(500) {
      let ids = chunk.map(\.id)
      if kind.key == Kind.asset.key {
        try tx.run(
          """
          UPDATE sighting SET asset = NULL, matched_by = NULL, state = 'open'
          WHERE facility = \(facility) AND asset IN (\(list: ids))
          """
        )
      }
      try tx.run("DELETE FROM \(name: kind.table) WHERE facility = \(facility) AND id IN (\(list: ids))")
    }
    for record in records { note(.removed, kind, record, RecordDifference.between(record, nil, of: kind)) }
  }

  /// What was seen on the network may be taken for another asset now: one was added, went to the archive, or has another
  /// serial number, hardware address or host name.
  func rematchSightings(_ pairs: [(before: Record?, after: Record)]) throws {
    let signs = ["serial_number", "mac_address", "host_name", "ip_address", "asset"]
    let matters = pairs.contains { before, after in
      guard after.kind == Kind.asset.key || after.kind == Kind.interface.key else { return false }
      guard let before else { return signs.contains { after.known($0) != nil } }
      return signs.contains { before[$0] != after[$0] } || (before.archivedAt == nil) != (after.archivedAt == nil)
    }
    if matters { _ = try SightingStore.rematch(facility: facility, at: now, in: tx) }
  }

  /// Writes the journal. Answers the id of the change set, or nil when nothing was changed.
  mutating func finish(_ setKind: ChangeSet.Kind, title: Localized) throws -> String? {
    guard !entries.isEmpty else { return nil }
    try ChangeSets.open(
      id: set,
      facility: facility,
      kind: setKind,
      title: title,
      actor: actor.name,
      at: now,
      count: entries.count,
      in: tx
    )
    try tx.record(entries)
    return set
  }

  private mutating func note(_ deed: Deed, _ kind: Kind, _ record: Record, _ changes: [FieldChange]) {
    entries.append(
      JournalEntry(
        id: ids.next(),
        facility: facility,
        at: now,
        actorID: actor.id,
        actorName: actor.name,
        request: request,
        set: set,
        kind: "\(kind.key).\(deed.rawValue)",
        subjectType: kind.key,
        subjectID: record.id,
        subjectTitle: record.title,
        changes: changes,
        reason: reason
      )
    )
  }
}

/// Who writes, taken from the permission they hold.
struct Author: Sendable {
  let facility: String
  let actor: Actor
  let request: String
  let departments: Set<String>?

  init<P: Permit>(_ scope: Scope<P>) {
    facility = scope.facility.rawValue
    actor = scope.actor
    request = scope.request
    departments = scope.departments
  }
}
