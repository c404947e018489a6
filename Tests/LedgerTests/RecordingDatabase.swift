import SQL
import Synchronization

/// Passes everything on and remembers the statements that read.
final class RecordingDatabase: Database {
  private let wrapped: any Database
  private let heard = Mutex<[SQL]>([])

  init(_ wrapped: any Database) { self.wrapped = wrapped }

  var engine: Engine { wrapped.engine }
  var statements: [SQL] { heard.withLock { $0 } }

  func clear() { heard.withLock { $0 = [] } }

  func read<T: Sendable>(_ reach: Reach, _ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await wrapped.read(reach) { tx in try body(RecordingTransaction(wrapped: tx, database: self)) }
  }

  func write<T: Sendable>(_ reach: Reach, _ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await wrapped.write(reach, body)
  }

  func migrate(_ migrations: [Migration]) async throws { try await wrapped.migrate(migrations) }

  func close() async { await wrapped.close() }

  fileprivate func hear(_ sql: SQL) { heard.withLock { $0.append(sql) } }
}

private struct RecordingTransaction: Transaction {
  let wrapped: any Transaction
  let database: RecordingDatabase

  var engine: Engine { wrapped.engine }

  func rows(_ sql: SQL) throws -> [Row] {
    database.hear(sql)
    return try wrapped.rows(sql)
  }

  func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    database.hear(sql)
    try wrapped.each(sql, body)
  }

  func run(_ sql: SQL) throws -> Int { try wrapped.run(sql) }

  func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws -> Int {
    try wrapped.insert(into: table, columns: columns, rows: rows)
  }
}
