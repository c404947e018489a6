import SQL
import Synchronization

/// Passes everything on and remembers each different statement that read, in the order in which they first came.
package final class RecordingDatabase: Database {
  private struct Heard {
    var texts: Set<String> = []
    var statements: [SQL] = []
  }

  private let wrapped: any Database
  private let heard = Mutex(Heard())

  package init(_ wrapped: any Database) { self.wrapped = wrapped }

  package var engine: Engine { wrapped.engine }

  package var writes: Int { wrapped.writes }

  package var statements: [SQL] { heard.withLock { $0.statements } }

  package func clear() { heard.withLock { $0 = Heard() } }

  package func read<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await wrapped.read(reach) { tx in try body(RecordingTransaction(wrapped: tx, database: self)) }
  }

  @discardableResult
  package func write<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await wrapped.write(reach, body)
  }

  package func migrate(_ migrations: [Migration]) async throws { try await wrapped.migrate(migrations) }

  package func forgetRemains() async throws { try await wrapped.forgetRemains() }

  package func close() async { await wrapped.close() }

  fileprivate func hear(_ sql: SQL) {
    let text = sql.printed(for: engine).text
    heard.withLock { if $0.texts.insert(text).inserted { $0.statements.append(sql) } }
  }
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
