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
    let wanted = try edits.map {
      (edit: $0, values: try Self.normalised(kind, $0.changes, isNew: false, today: now.day))
    }
    let list = try RecordList(kind, catalogue, scope.reading)
    return try await database.write(scope.reach) { [ids, catalogue, wanted] tx in
      let pairs = try Self.pairs(wanted, list, in: tx)
      var writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: nil)
      let fresh = made.map { writer.make(kind, values: $0) }
      try RecordCheck(kind: kind, catalogue: catalogue, author: author, tx: tx).check(
        pairs + fresh.map { (before: nil, after: $0) }
      )
      try writer.insert(kind, fresh)
      try writer.tell(kind, pairs + fresh.map { (before: nil, after: $0) })
      for case (let before?, let after) in pairs {
        _ = try writer.update(kind, from: before, to: after)  // the stored state is read again by whoever shows it
      }
      return try writer.finish(.edit, title: title)
    }
  }
}
