internal import GRDB

/// GRDB keeps the connections: one writer on its own thread and readers beside it, so that no blocking call runs on the
/// threads of Swift's tasks. Everything else of this module speaks to SQLite's C API on the connection it is given.
///
/// The only file that imports GRDB: its `Database`, `Row` and `SQL` are not ours.
struct Connections: Sendable {
  private let writer: any DatabaseWriter

  /// `nil` opens a database in memory, with one connection.
  init(path: String?) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 8
    configuration.label = "yagura.sqlite"
    configuration.prepareDatabase { database in
      for pragma in Self.pragmas { try database.execute(sql: pragma) }
    }
    if let path {
      let pool = try DatabasePool(path: path, configuration: configuration)
      // GRDB has chosen NORMAL by now, which may lose the last commits when the power fails. A commit that was answered
      // is kept, at 0.3 ms a commit instead of 0.02.
      try pool.writeWithoutTransaction { database in try database.execute(sql: "PRAGMA synchronous = FULL") }
      writer = pool
    } else {
      writer = try DatabaseQueue(configuration: configuration)
    }
  }

  /// `case_sensitive_like`: as PostgreSQL compares, and so that `LIKE 'x%'` can use an index.
  /// No memory map: an I/O error on one is a signal, not an error.
  private static let pragmas = [
    "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -16000", "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 67108864", "PRAGMA case_sensitive_like = ON", "PRAGMA trusted_schema = OFF",
  ]

  /// One consistent state; a write fails.
  func read<T: Sendable>(_ body: @escaping @Sendable (OpaquePointer) throws -> T) async throws -> T {
    try await writer.read { database in try body(pointer(database)) }
  }

  /// Inside `BEGIN IMMEDIATE` and `COMMIT`, or `ROLLBACK` when the body throws.
  func write<T: Sendable>(_ body: @escaping @Sendable (OpaquePointer) throws -> T) async throws -> T {
    try await writer.write { database in try body(pointer(database)) }
  }

  /// On the writer, with no reader beside it and no transaction around it.
  func alone<T: Sendable>(_ body: @escaping @Sendable (OpaquePointer) throws -> T) async throws -> T {
    try await writer.barrierWriteWithoutTransaction { database in try body(pointer(database)) }
  }

  func backup(to path: String) throws {
    let copy = try DatabaseQueue(path: path)
    try writer.backup(to: copy)
    try copy.close()
  }

  /// Brings the log into the file first, so that whoever copies the one file has everything: GRDB closes its writer
  /// before its readers, and SQLite would do it only for a writer that goes last.
  func close() throws {
    if writer is DatabasePool {
      // Where it cannot be done, as on a full disk, the log keeps what it holds and the next start reads it.
      try? writer.writeWithoutTransaction { database in _ = try database.checkpoint(.passive) }
    }
    try writer.close()
  }

  /// The code and message of an error that GRDB threw itself: at opening, `BEGIN` and `COMMIT`.
  static func failure(_ error: any Error) -> (code: Int32, message: String)? {
    guard let error = error as? DatabaseError else { return nil }
    return (error.extendedResultCode.rawValue, error.message ?? error.description)
  }
}

private func pointer(_ database: Database) throws -> OpaquePointer {
  guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
  return connection
}
