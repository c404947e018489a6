import Journal
import Nouns
import SQL
import Text
import Time

/// What an undoing did: rows put back, and those that were changed since and stay.
package struct KeptUndoing: Sendable {
  package let set: String
  package let restored: Int
  package let left: Int
  /// What the set had changed.
  package let entries: [JournalEntry]
}

extension KeptStore {
  /// Takes a change set of these tables back, for seven days. Rows that somebody changed since stay as they are. Throws
  /// `KeptError.cannotUndo` with the reason where nothing can be taken back, and with `derived` where the program itself
  /// made the set. `other` takes back an entry about something else and answers whether it could, nil where it is not its;
  /// `afterwards` runs in the same transaction and may refuse by throwing.
  package func undo<P: Permit>(
    _ set: String,
    of tables: [KeptTable],
    derived: Localized? = nil,
    in scope: Scope<P>,
    other: @escaping @Sendable (JournalEntry, inout KeptWriter) throws -> Bool? = { _, _ in nil },
    afterwards: @escaping @Sendable ([JournalEntry], any Transaction) throws -> Void = { _, _ in }
  ) async throws -> KeptUndoing {
    let facility = scope.facility.rawValue
    let now = clock.now()
    let byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return try await database.write(.facility(facility)) { [ids] tx in
      guard let changes = try ChangeSets.find(set, facility: facility, in: tx) else { throw KeptError.notFound }
      if let reason = changes.whyItStays(at: now) { throw KeptError.cannotUndo(reason) }
      let entries = try ChangeSets.entries(of: set, facility: facility, in: tx)
      if let derived, changes.isDerived { throw KeptError.cannotUndo(derived) }
      var writer = KeptWriter(tx, in: scope, at: now, ids: ids)
      var restored = 0
      var left = 0
      for entry in entries {
        if let isBack = try other(entry, &writer) {
          if isBack { restored += 1 } else { left += 1 }
          continue
        }
        guard let table = byName[entry.subjectType] else { continue }
        let current = try Self.rows(table, facility, " AND id = \(entry.subjectID)", in: tx).first
        if try Self.takeBack(entry, table, current, &writer) { restored += 1 } else { left += 1 }
      }
      try afterwards(entries, tx)
      let title = ChangeSet.undoing(changes.title, isUndo: changes.kind == .undo)
      guard restored > 0, let made = try writer.finish(.undo, title) else {
        throw KeptError.cannotUndo(ChangeSet.changedSince)
      }
      try ChangeSets.markUndone(set, by: made, facility: facility, in: tx)
      return KeptUndoing(set: made, restored: restored, left: left, entries: entries)
    }
  }

  private static func takeBack(
    _ entry: JournalEntry,
    _ table: KeptTable,
    _ current: KeptRow?,
    _ writer: inout KeptWriter
  ) throws -> Bool {
    switch (entry.kind.split(separator: ".").last, current) {
    case ("created", let row?):
      guard row.version == 1 else { return false }
      try writer.remove(table, row)
    case ("removed", nil):
      let values = entry.changes.reduce(into: [String: String]()) { $0[$1.field] = $1.from }
      try writer.create(table, values, id: entry.subjectID)
    case ("changed", let row?):
      guard entry.changes.allSatisfy({ row[$0.field] == $0.to }) else { return false }
      var before = row
      for change in entry.changes { before[change.field] = change.from }
      try writer.change(table, from: row, to: before)
    default: return false
    }
    return true
  }
}
