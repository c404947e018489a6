import Journal
import Nouns
import SQL
import Text
import Time

extension RecordStore {
  /// New and changed records of one kind as one change set, all or nothing: what one form says about several records.
  /// Answers the set, nil when nothing changed.
  package func keep(
    _ kind: Kind,
    new: [[String: String]],
    changed edits: [RecordEdit],
    title: Localized,
    in scope: Scope<EditLedger>
  ) async throws -> String? {
    let author = Author(scope)
    let now = clock.now()
    let made = try new.map { try Self.normalised(kind, $0, isNew: true, today: now.day) }
    let wanted = try edits.map { ($0, try Self.normalised(kind, $0.changes, isNew: false, today: now.day)) }
    let list = RecordList(kind, scope.reading)
    return try await database.write(scope.reach) { [ids] tx in
      let found = try list.find(wanted.map(\.0.id), in: tx)
      let current = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      var pairs: [(before: Record?, after: Record)] = []
      var conflicts: [RecordConflict] = []
      for (edit, values) in wanted {
        guard let before = current[edit.id] else { throw RecordError.notFound }
        let after = Self.applying(values, to: before)
        if let expected = edit.expectedVersion, expected != before.version, !after.saysTheSame(as: before) {
          conflicts.append(Self.conflict(before, after))
        }
        pairs.append((before, after))
      }
      guard conflicts.isEmpty else { throw RecordError.conflict(conflicts) }
      var writer = RecordWriter(tx, by: author, at: now, ids: ids, reason: nil)
      let fresh = made.map { writer.make(kind, values: $0) }
      try RecordCheck(kind: kind, author: author, tx: tx).check(pairs + fresh.map { (before: nil, after: $0) })
      try writer.insert(kind, fresh)
      for case (let before?, let after) in pairs {
        _ = try writer.update(kind, from: before, to: after)  // the stored state is read again by whoever shows it
      }
      return try writer.finish(.edit, title: title)
    }
  }
}
