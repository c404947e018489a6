import Journal
import Nouns
import SQL
import Text
import Time

/// The only door through which the tables of records are written: within one transaction it stores records and collects
/// their journal entries, and `finish` writes those with their change set. Nothing reaches a table unjournalled.
package struct RecordWriter {
  package let tx: any Transaction
  let catalogue: RecordCatalogue
  let stamp: EntryStamp
  private var journal: JournalWriter
  private var waiting: [NewEntry] = []
  private let author: Author

  package var facility: String { stamp.facility }
  package var now: Instant { stamp.now }
  /// The change set of everything this writer does.
  package var set: String { stamp.set }
  /// How many entries there are so far.
  package var count: Int { journal.count + waiting.count }

  /// Entries that are kept before they are written.
  private static let portion = 1_000

  /// With a `sealer` the entries are sealed as they are written, where the database allows: for a great many.
  package init(
    _ tx: any Transaction,
    _ catalogue: RecordCatalogue,
    by author: Author,
    at now: Instant,
    ids: IDMaker,
    reason: String?,
    sealer: Sealer? = nil
  ) {
    self.tx = tx
    self.catalogue = catalogue
    self.author = author
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
  package func make(_ kind: Kind, id: String? = nil, values: [String: String]) -> Record {
    Record(
      id: id ?? stamp.ids.next(),
      of: kind,
      values: values.filter { !$0.value.isEmpty },
      createdAt: now,
      updatedAt: now,
      updatedBy: stamp.actor.name,
      lastSet: set
    )
  }

  package mutating func insert(_ kind: Kind, _ records: [Record]) throws {
    let table = catalogue.table(kind)
    try insert(kind, count: records.count) { table.line(of: records[$0]) }
  }

  /// Stores as many new records as `count` says. `line` tells what each says, and runs on another thread.
  mutating func insert(_ kind: Kind, count: Int, line: @escaping @Sendable (Int) -> RecordLine) throws {
    guard count > 0 else { return }
    try author.demand(kind)
    try flush()
    let table = catalogue.table(kind)
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
  package mutating func update(
    _ kind: Kind,
    from before: Record,
    to after: Record,
    place: String? = nil
  ) throws -> Record {
    guard !before.saysTheSame(as: after) else { return before }
    try author.demand(kind)
    var stored = after
    stored.version = before.version + 1
    stored.updatedAt = now
    stored.updatedBy = stamp.actor.name
    stored.lastSet = set
    let written = try tx.run(catalogue.table(kind).update(stored, facility: facility, expected: before.version))
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
    try author.demand(kind)
    for chunk in records.chunked(500) {
      let ids = chunk.map(\.id)
      for watcher in catalogue.watchers { try watcher.removing(kind, ids, writing) }
      try tx.run("DELETE FROM \(name: kind.table) WHERE facility = \(facility) AND id IN (\(list: ids))")
    }
    for record in records { try note(.removed, kind, record, RecordDifference.between(record, nil, of: kind)) }
  }

  /// For those who must know.
  package var writing: RecordWriting {
    RecordWriting(tx: tx, catalogue: catalogue, facility: facility, set: set, now: now)
  }

  /// Tells them of records that were made (`before` nil), changed, retired or put back.
  package func tell(_ kind: Kind, _ pairs: [(before: Record?, after: Record)]) throws {
    for watcher in catalogue.watchers { try watcher.changed(kind, pairs, writing) }
  }

  /// Writes the journal. Answers the id of the change set, or nil when nothing was changed.
  package mutating func finish(_ setKind: ChangeSet.Kind, title: Localized) throws -> String? {
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

  /// What a record is called where it stands among others: 「株式会社メディライン 2026」.
  func name(_ kind: Kind, _ record: Record) throws -> Localized {
    let own = Localized(ja: record.title(.ja), en: record.title(.en))
    guard let belonging = kind.owner(record.values),
      let owner = try ReferenceTitles.named([belonging.kind: [belonging.id]], catalogue, facility: facility, in: tx)[
        belonging.id
      ]
    else { return own }
    return Localized(
      ja: "\(Record.shown(title: owner, .ja)) \(own.ja)",
      en: "\(Record.shown(title: owner, .en)) \(own.en)"
    )
  }

  private mutating func note(_ deed: Deed, _ kind: Kind, _ record: Record, _ changes: [FieldChange]) throws {
    let entry = stamp.entry(deed, kind, id: record.id, title: try name(kind, record).ja, changes)
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
package struct Author: Sendable {
  package let facility: String
  package let actor: Actor
  package let request: String
  package let departments: Set<String>?
  private let holds: @Sendable (Permission) -> Bool

  package init<P: Permit>(_ scope: Scope<P>) {
    facility = scope.facility.rawValue
    actor = scope.actor
    request = scope.request
    departments = scope.departments
    holds = { scope.holds($0) }
  }

  /// Throws `Denied` where the kind asks for more than the author holds.
  func demand(_ kind: Kind) throws(Denied) {
    guard holds(kind.traits.writers) else { throw Denied(permission: kind.traits.writers) }
  }
}
