import Time

/// The relational store. Two engines implement it and pass one conformance suite; nothing else reaches a database.
package protocol Database: Sendable {
  var engine: Engine { get }

  /// Reads one consistent state. A write inside fails on both engines.
  func read<T: Sendable>(_ reach: Reach, _ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

  /// A serialisable transaction. It may be run again after a conflict, so the body only computes and stores; it commits
  /// whole or, when the body throws, leaves nothing. After a statement has failed no other is taken, and a body that
  /// swallows the error cannot commit: what may collide is asked for with `ON CONFLICT`.
  @discardableResult
  func write<T: Sendable>(_ reach: Reach, _ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

  /// Brings the schema up to `migrations`, each in its own transaction, under a lock that keeps a second process out.
  /// Throws `StorageError.newerSchema` where the database knows a migration that the list does not.
  func migrate(_ migrations: [Migration]) async throws

  /// How many writing transactions of this process have ended so far. It moves before `write` answers, so whoever keeps
  /// what was read, and asked for this before reading, knows whether this process may have written since.
  var writes: Int { get }

  /// How busy it is right now; nil where that is not known.
  var use: DatabaseUse? { get }

  /// Sees to it that what was just overwritten or deleted can be read in none of the database's own files. SQLite empties
  /// its log; on PostgreSQL the space is overwritten after its own vacuum, which is not ours to order.
  func forgetRemains() async throws

  func close() async
}

extension Database {
  package var use: DatabaseUse? { nil }

  package func forgetRemains() async throws {}
}

package enum Engine: String, Sendable, CaseIterable {
  case sqlite, postgres
}

/// Whose rows a transaction may touch. On PostgreSQL row-level security holds it to that; on SQLite the statements'
/// own `facility = …` does.
package enum Reach: Sendable, Hashable {
  case facility(String)
  /// Work of the installation itself: migration, sealing, the job runner, signing in.
  case everyFacility
}

/// Statements inside one transaction. Synchronous, so that no body can wait for a network while it holds a lock.
package protocol Transaction {
  var engine: Engine { get }

  func rows(_ sql: SQL) throws -> [Row]

  /// Streams rows without holding them all.
  func each(_ sql: SQL, _ body: (Row) throws -> Void) throws

  /// Runs a statement and answers how many rows it changed.
  @discardableResult
  func run(_ sql: SQL) throws -> Int

  /// Many rows at once: one prepared statement on SQLite, `COPY` on PostgreSQL. Answers the number of rows.
  @discardableResult
  func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws -> Int

  /// The same of rows that were packed beforehand, as an import makes them.
  @discardableResult
  func insert(into table: String, columns: [String], packed rows: PackedRows) throws -> Int
}

extension Transaction {
  @discardableResult
  package func insert(into table: String, columns: [String], packed rows: PackedRows) throws -> Int {
    try insert(into: table, columns: columns, rows: (0..<rows.count).map { rows[$0] })
  }

  /// The first row, if there is one.
  package func row(_ sql: SQL) throws -> Row? { try rows(sql).first }

  /// The single value of the first row, 0 where it is NULL or there is none.
  package func count(_ sql: SQL) throws -> Int { try rows(sql).first?.integer(at: 0) ?? 0 }
}

/// One step of the schema, forward only, never edited once released. The name says what changes: `ledger-2-add-zones`.
///
/// Name every CHECK (`CONSTRAINT asset_beds CHECK …`), for violations carry that name. Index no free text: PostgreSQL
/// refuses an indexed value over some 2,700 bytes. A step that makes a table anew names it in `facilityTables` again.
package struct Migration: Sendable {
  package let name: String
  /// Tables whose rows belong to a facility: each has a `facility` text column, and PostgreSQL guards it.
  package let facilityTables: [String]
  package let statements: [SQL]
  /// Data work that statements cannot say.
  package let change: (@Sendable (any Transaction) throws -> Void)?
  /// The fingerprint of the statements, made once: a plan compares it with every step that was taken.
  package let content: String

  package init(
    _ name: String,
    facilityTables: [String] = [],
    _ statements: [SQL],
    change: (@Sendable (any Transaction) throws -> Void)? = nil
  ) {
    self.name = name
    self.facilityTables = facilityTables
    self.statements = statements
    self.change = change
    content = Self.content(of: statements)
  }
}

/// Everything that can go wrong in a store, the same on both engines.
package enum StorageError: Error, Sendable, Equatable {
  /// The key is `table.column` or `table.column,column` as the index names them, facility left out.
  case uniqueViolation(String)
  case foreignKeyViolation(String)
  case checkViolation(String)
  case notNullViolation(String)
  /// Another transaction was in the way until the retries ran out.
  case busy
  /// The disk is full or the database may not be written.
  case full, readOnly
  case unavailable(String)
  /// The way to the store broke while it committed: nobody can say whether the change was kept.
  case uncertain(String)
  /// The database was used by a newer version of the program; the names are the migrations it knows and we do not.
  case newerSchema([String])
  case cancelled
  case missingColumn(String)
  case unexpectedValue(column: String, wanted: String)
  case failed(String)
}

extension StorageError {
  /// The key of a violation: the table and the columns of the index in its order, `facility` left out unless it is all.
  package static func key(table: String, columns: [String]) -> String {
    let own = columns.filter { $0 != "facility" }
    return "\(table).\((own.isEmpty ? columns : own).joined(separator: ","))"
  }

  /// PostgreSQL cannot store U+0000 in a text, so neither engine takes it. Readers of files drop or mark it.
  package static let nul = StorageError.failed("a text with the character U+0000 cannot be stored")
}

extension Reach {
  /// Throws where the facility has no id: nobody means that, and it would hide every row.
  package func check() throws(StorageError) {
    if case .facility("") = self { throw .failed("the id of the facility is empty") }
  }
}
