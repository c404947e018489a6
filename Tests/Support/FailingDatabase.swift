import SQL
import Synchronization

/// Passes everything on and fails one statement, counted from 1 over the whole life of the wrapper; the end of a writing
/// transaction counts as a statement too. With `failAt` nil it only counts. A use case is run with 1, 2, 3 … until it
/// gets through; after each failure nothing half-done may be visible.
package final class FailingDatabase: Database {
  private let wrapped: any Database
  private let failAt: Int?
  private let passed = Mutex(0)

  package init(wrapping wrapped: any Database, failAt: Int? = nil) {
    self.wrapped = wrapped
    self.failAt = failAt
  }

  package var engine: Engine { wrapped.engine }

  package var writes: Int { wrapped.writes }

  /// How many statements have come through, the failed one included.
  package var statements: Int { passed.withLock { $0 } }

  /// Whether the statement that was to fail has been reached.
  package var hasFailed: Bool { failAt.map { statements >= $0 } ?? false }

  package func read<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await wrapped.read(reach) { tx in try body(FailingTransaction(tx, self)) }
  }

  @discardableResult
  package func write<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await wrapped.write(reach) { tx in
      let answer = try body(FailingTransaction(tx, self))
      try self.pass()
      return answer
    }
  }

  package func migrate(_ migrations: [Migration]) async throws { try await wrapped.migrate(migrations) }

  package func forgetRemains() async throws { try await wrapped.forgetRemains() }

  package func close() async { await wrapped.close() }

  fileprivate func pass() throws(StorageError) {
    let number = passed.withLock {
      $0 += 1
      return $0
    }
    if number == failAt { throw .unavailable("statement \(number) was made to fail") }
  }
}

private struct FailingTransaction: Transaction {
  let wrapped: any Transaction
  let database: FailingDatabase

  init(_ wrapped: any Transaction, _ database: FailingDatabase) {
    self.wrapped = wrapped
    self.database = database
  }

  var engine: Engine { wrapped.engine }

  func rows(_ sql: SQL) throws -> [Row] {
    try database.pass()
    return try wrapped.rows(sql)
  }

  func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    try database.pass()
    try wrapped.each(sql, body)
  }

  func run(_ sql: SQL) throws -> Int {
    try database.pass()
    return try wrapped.run(sql)
  }

  func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws -> Int {
    try database.pass()
    return try wrapped.insert(into: table, columns: columns, rows: rows)
  }
}
