import Journal
import Nouns
import SQL
import Text
import Time

/// The only door through which kept tables are written: within one transaction it stores rows and collects their journal
/// entries, and `finish` writes those with their change set.
package struct KeptWriter {
  package let tx: any Transaction
  package let facility: String
  package let actor: Actor
  package let request: String
  package let now: Instant
  package let ids: IDMaker
  package let set: String
  package let reason: String?
  private var waiting: [JournalEntry] = []

  package init<P: Permit>(
    _ tx: any Transaction,
    in scope: Scope<P>,
    at now: Instant,
    ids: IDMaker,
    reason: String? = nil
  ) {
    self.tx = tx
    facility = scope.facility.rawValue
    actor = scope.actor
    request = scope.request
    self.now = now
    self.ids = ids
    set = ids.next()
    self.reason = reason
  }

  package var count: Int { waiting.count }

  /// Stores a new row and answers it.
  @discardableResult
  package mutating func create(_ table: KeptTable, _ values: [String: String], id: String? = nil) throws -> KeptRow {
    let row = made(values, id: id)
    try insert(table, [row])
    note("created", table, row, Self.changes(from: [:], to: row.values))
    return row
  }

  /// A row that is not stored yet.
  package func made(_ values: [String: String], id: String? = nil) -> KeptRow {
    KeptRow(
      id: id ?? ids.next(),
      values: values.filter { !$0.value.isEmpty },
      createdAt: now,
      updatedAt: now,
      updatedBy: actor.name
    )
  }

  /// Stores rows without an entry each: for what the program derives from other records and can derive again.
  package func insert(_ table: KeptTable, _ rows: [KeptRow]) throws {
    guard !rows.isEmpty else { return }
    try tx.insert(into: table.name, columns: table.all, rows: rows.map { table.bound($0, facility: facility) })
  }

  /// Stores `after` where the row is still at `before`'s version. Throws `KeptError.changedSince` where it is not, and
  /// does nothing where both say the same. Columns in `quiet` are stored and not journalled.
  package mutating func change(
    _ table: KeptTable,
    from before: KeptRow,
    to after: KeptRow,
    quiet: Set<String> = []
  ) throws {
    guard before.values != after.values else { return }
    let sets = table.columns.filter { before[$0.name] != after[$0.name] }
      .map { "\(name: $0.name) = \(table.value($0, after[$0.name]))" as SQL }.joined(separator: ", ")
    let written = try tx.run(
      """
      UPDATE \(name: table.name) SET revision = \(before.version + 1), updated_at = \(now), updated_by = \(actor.name),
      \(sets) WHERE facility = \(facility) AND id = \(before.id) AND revision = \(before.version)
      """
    )
    guard written == 1 else { throw KeptError.changedSince(by: before.updatedBy) }
    let changes = Self.changes(from: before.values, to: after.values).filter { !quiet.contains($0.field) }
    if !changes.isEmpty { note("changed", table, after, changes) }
  }

  package mutating func remove(_ table: KeptTable, _ row: KeptRow) throws {
    try tx.run("DELETE FROM \(name: table.name) WHERE facility = \(facility) AND id = \(row.id)")
    note("removed", table, row, Self.changes(from: row.values, to: [:]))
  }

  private mutating func note(_ deed: String, _ table: KeptTable, _ row: KeptRow, _ changes: [FieldChange]) {
    note("\(table.name).\(deed)", (table.name, row.id, table.title(row.values)), changes)
  }

  /// An entry of the set about something that is no row of a kept table.
  package mutating func note(
    _ kind: String,
    _ subject: (type: String, id: String, title: String),
    _ changes: [FieldChange]
  ) {
    waiting.append(
      JournalEntry(
        id: ids.next(),
        facility: facility,
        at: now,
        actorID: actor.id,
        actorName: actor.name,
        request: request,
        set: set,
        kind: kind,
        subjectType: subject.type,
        subjectID: subject.id,
        subjectTitle: subject.title,
        changes: changes,
        reason: reason
      )
    )
  }

  /// Writes the journal. Answers the change set, nil where nothing was changed.
  package func finish(_ kind: ChangeSet.Kind, _ title: Localized) throws -> String? {
    guard !waiting.isEmpty else { return nil }
    try tx.record(waiting)
    try ChangeSets.open(
      id: set,
      facility: facility,
      kind: kind,
      title: title,
      actor: actor.name,
      at: now,
      count: waiting.count,
      in: tx
    )
    return set
  }

  package static func changes(from before: [String: String], to after: [String: String]) -> [FieldChange] {
    Set(before.keys).union(after.keys).sorted().compactMap { field in
      before[field] == after[field] ? nil : FieldChange(field: field, from: before[field], to: after[field])
    }
  }
}
