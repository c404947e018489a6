import Journal
import Nouns
import SQL
import Text
import Time

/// The only door through which the ledger's tables are written: within one transaction it stores records and collects
/// their journal entries, and `finish` writes those with their change set. Nothing reaches a table unjournalled.
struct RecordWriter {
  let tx: any Transaction
  let stamp: EntryStamp
  private var journal: JournalWriter
  private var waiting: [NewEntry] = []

  var facility: String { stamp.facility }
  var now: Instant { stamp.now }
  /// The change set of everything this writer does.
  var set: String { stamp.set }
  /// How many entries there are so far.
  var count: Int { journal.count + waiting.count }

  /// Entries that are kept before they are written.
  private static let portion = 1_000

  /// With a `sealer` the entries are sealed as they are written, where the database allows: for a great many.
  init(
    _ tx: any Transaction,
    by author: Author,
    at now: Instant,
    ids: IDMaker,
    reason: String?,
    sealer: Sealer? = nil
  ) {
    self.tx = tx
    stamp = EntryStamp(
      facility: author.facility,
      actor: author.actor,
      request: author.request,
      now: now,
      ids: ids,
      set: ids.next(),
      reason: reason
    )
    journal = JournalWriter(tx, sealer: sealer, facility: author.facility)
  }

  enum Deed: String { case created, changed, archived, restored, removed }

  /// A record that does not exist yet. `insert` stores it.
  func make(_ kind: Kind, id: String? = nil, values: [String: String]) -> Record {
    Record(
      id: id ?? stamp.ids.next(),
      kind: kind.key,
      values: values.filter { !$0.value.isEmpty },
      createdAt: now,
      updatedAt: now,
      updatedBy: stamp.actor.name,
      lastSet: set
    )
  }

  mutating func insert(_ kind: Kind, _ records: [Record]) throws {
    let table = RecordTable.of(kind)
    try insert(kind, count: records.count) { table.line(of: records[$0]) }
  }

  /// Stores as many new records as `count` says. `line` tells what each says, and runs on another thread.
  mutating func insert(_ kind: Kind, count: Int, line: @escaping @Sendable (Int) -> RecordLine) throws {
    guard count > 0 else { return }
    try flush()
    let table = RecordTable.of(kind)
    let stamp = stamp
    let first = try journal.portion(stamp.common(.created, kind), count: min(count, Self.portion))
    try Portions.each(of: count, size: Self.portion, from: first) { range, entries in
      let salts = Salts(count: range.count)
      var rows = PackedRows(width: table.insertColumns.count, rows: range.count, bytes: range.count * 1_200)
      var text: [UInt8] = []
      for index in range {
        let line = line(index)
        table.pack(line, facility: stamp.facility, into: &rows, &text)
        entries.append(
          id: stamp.ids.next(),
          subjectID: line.id,
          subjectTitle: table.title(line),
          reason: stamp.reason,
          salt: salts[index - range.lowerBound]
        ) { table.tellCreation(line, to: &$0) }
      }
      return (rows, entries, entries.next(count: min(Self.portion, count - range.upperBound)))
    } store: { rows, entries in
      try tx.insert(into: kind.table, columns: table.insertColumns, packed: rows)
      try journal.write(entries)
    }
  }

  /// Stores `after` where the record is still as `before` says, and answers it with its new version. Does nothing where
  /// both say the same. `place` is the row of a file that says so.
  mutating func update(_ kind: Kind, from before: Record, to after: Record, place: String? = nil) throws -> Record {
    guard !before.saysTheSame(as: after) else { return before }
    var stored = after
    stored.version = before.version + 1
    stored.updatedAt = now
    stored.updatedBy = stamp.actor.name
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
    if !changes.isEmpty { try note(.changed, kind, stored, changes) }
    if (before.archivedAt == nil) != (stored.archivedAt == nil) {
      try note(stored.archivedAt == nil ? .restored : .archived, kind, stored, [])
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
    for record in records { try note(.removed, kind, record, RecordDifference.between(record, nil, of: kind)) }
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
    try flush()
    guard count > 0 else { return nil }
    try journal.finish()
    try ChangeSets.open(
      id: set,
      facility: facility,
      kind: setKind,
      title: title,
      actor: stamp.actor.name,
      at: now,
      count: count,
      in: tx
    )
    return set
  }

  private mutating func note(_ deed: Deed, _ kind: Kind, _ record: Record, _ changes: [FieldChange]) throws {
    let entry = stamp.entry(deed, kind, id: record.id, title: record.title, changes)
    waiting.append(NewEntry(entry, salt: Array(Salts(count: 1)[0])))
    if waiting.count >= Self.portion { try flush() }
  }

  private mutating func flush() throws {
    try journal.write(waiting)
    waiting = []
  }
}

/// Who wrote, when and why: what all entries of one change set have in common.
struct EntryStamp: Sendable {
  let facility: String
  let actor: Actor
  let request: String
  let now: Instant
  let ids: IDMaker
  let set: String
  let reason: String?

  /// What all entries about one deed have in common.
  func common(_ deed: RecordWriter.Deed, _ kind: Kind) -> PackedEntries.Common {
    PackedEntries.Common(
      facility: facility,
      at: now,
      actorID: actor.id,
      actorName: actor.name,
      request: request,
      set: set,
      kind: "\(kind.key).\(deed.rawValue)",
      subjectType: kind.key
    )
  }

  func entry(
    _ deed: RecordWriter.Deed,
    _ kind: Kind,
    id: String,
    title: String,
    _ changes: [FieldChange]
  ) -> JournalEntry {
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
      subjectID: id,
      subjectTitle: title,
      changes: changes,
      reason: reason
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
