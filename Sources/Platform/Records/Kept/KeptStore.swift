import Journal
import Nouns
import SQL
import Text
import Time

/// Reads and changes kept tables. Each call is one transaction; a failed one leaves nothing.
package struct KeptStore: Sendable {
  package let database: any Database
  package let clock: Clock
  package let ids: IDMaker

  package init(database: any Database, clock: Clock, ids: IDMaker) {
    self.database = database
    self.clock = clock
    self.ids = ids
  }

  /// Rows of one facility that pass `condition` (begins with ` AND …`, orders and limits at its end).
  package static func rows(
    _ table: KeptTable,
    _ facility: String,
    _ condition: SQL = "",
    in tx: any Transaction
  ) throws
    -> [KeptRow]
  {
    try tx.rows("SELECT \(table.list) FROM \(name: table.name) WHERE facility = \(facility)\(condition)")
      .map(table.read)
  }

  package func rows<P: Permit>(_ table: KeptTable, _ condition: SQL = "", in scope: Scope<P>) async throws -> [KeptRow]
  {
    let facility = scope.facility.rawValue
    return try await database.read(.facility(facility)) { try Self.rows(table, facility, condition, in: $0) }
  }

  package func find<P: Permit>(_ table: KeptTable, _ id: String, in scope: Scope<P>) async throws -> KeptRow {
    guard let row = try await rows(table, " AND id = \(id)", in: scope).first else { throw KeptError.notFound }
    return row
  }

  /// Runs `body` with a writer and closes its change set. Answers the set, nil where nothing was changed.
  @discardableResult
  package func write<P: Permit>(
    _ kind: ChangeSet.Kind = .edit,
    _ title: Localized,
    reason: String? = nil,
    in scope: Scope<P>,
    _ body: @escaping @Sendable (inout KeptWriter) throws -> Void
  ) async throws -> String? {
    let now = clock.now()
    return try await database.write(.facility(scope.facility.rawValue)) { [ids] tx in
      var writer = KeptWriter(tx, in: scope, at: now, ids: ids, reason: reason)
      try body(&writer)
      return try writer.finish(kind, title)
    }
  }

  /// Stores a new row. Answers its id and the change set.
  package func create<P: Permit>(
    _ table: KeptTable,
    _ values: [String: String],
    title: Localized,
    in scope: Scope<P>
  ) async throws -> (id: String, set: String?) {
    let id = ids.next()
    let set = try await write(.edit, title, in: scope) { _ = try $0.create(table, values, id: id) }
    return (id, set)
  }

  /// Changes one row as a form says it; `version` is what the form showed.
  @discardableResult
  package func change<P: Permit>(
    _ table: KeptTable,
    _ id: String,
    version: Int?,
    _ changes: [String: String],
    title: Localized,
    reason: String? = nil,
    in scope: Scope<P>
  ) async throws -> String? {
    let facility = scope.facility.rawValue
    return try await write(.edit, title, reason: reason, in: scope) { writer in
      guard let row = try Self.rows(table, facility, " AND id = \(id)", in: writer.tx).first else {
        throw KeptError.notFound
      }
      if let version, version != row.version { throw KeptError.changedSince(by: row.updatedBy) }
      try writer.change(table, from: row, to: row.setting(changes))
    }
  }

  @discardableResult
  package func remove<P: Permit>(
    _ table: KeptTable,
    _ id: String,
    title: Localized,
    in scope: Scope<P>
  ) async throws -> String? {
    let facility = scope.facility.rawValue
    return try await write(.edit, title, in: scope) { writer in
      guard let row = try Self.rows(table, facility, " AND id = \(id)", in: writer.tx).first else {
        throw KeptError.notFound
      }
      try writer.remove(table, row)
    }
  }
}
