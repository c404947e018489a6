internal import GRDB
internal import GRDBSQLite
import Synchronization

/// GRDB keeps the connections: one writer on its own thread and readers beside it, so that no blocking call runs on the
/// threads of Swift's tasks. Everything else of this module speaks to SQLite's C API on the connection it is given.
///
/// The only file that imports GRDB: its `Database`, `Row` and `SQL` are not ours.
struct Connections: Sendable {
  private let writer: any DatabaseWriter
  private let log = LogLength()

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
      try pool.writeWithoutTransaction { [log] database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // A large import stays in memory until it commits, instead of going to the log and coming back.
        try database.execute(sql: "PRAGMA cache_size = -64000")
        log.watch(try pointer(database))
      }
      writer = pool
    } else {
      writer = try DatabaseQueue(configuration: configuration)
    }
  }

  /// `case_sensitive_like`: as PostgreSQL compares, and so that `LIKE 'x%'` can use an index.
  /// No memory map: an I/O error on one is a signal, not an error. Each of the readers has a cache of its own, so theirs
  /// are small: behind them is the system's. The size of a page counts for files that are made now.
  private static let pragmas = [
    "PRAGMA page_size = 8192", "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -4000", "PRAGMA temp_store = MEMORY",
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

  /// Whether so much stands in the log that it should go into the file, and nobody is about to bring it there.
  func claimShortening() -> Bool { log.isLong && log.claim() }

  /// How long that can wait.
  var pauseBeforeShortening: Duration { log.isHuge ? .zero : .milliseconds(250) }

  /// Brings the log into the file as far as readers allow, and gives back the memory of what was written. SQLite would do
  /// the former inside a commit, and whoever waits for the commit would wait for it.
  func shortenLog() async throws {
    log.disclaim()
    try await writer.writeWithoutTransaction { [log] database in
      guard log.isLong else { return }
      log.clear()
      _ = try database.checkpoint(.passive)  // what readers still need stays for the next time
      sqlite3_db_release_memory(try pointer(database))
    }
  }

  /// Brings the whole log into the file and cuts it to nothing. Waits for the readers that are under way.
  func emptyLog() async throws {
    try await writer.barrierWriteWithoutTransaction { [log] database in
      _ = try database.checkpoint(.truncate)
      log.clear()
    }
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

/// How many pages the log of a database holds, as its last commit said.
private final class LogLength: Sendable {
  private let pages = Atomic(0)
  private let isClaimed = Atomic(false)

  /// What SQLite goes by.
  private static let longPages = 1000

  /// As many as do no harm on the disk of a small server: 128 MB.
  private static let hugePages = 16_000

  var isLong: Bool { pages.load(ordering: .relaxed) >= Self.longPages }

  var isHuge: Bool { pages.load(ordering: .relaxed) >= Self.hugePages }

  /// True for the first who asks until somebody disclaims.
  func claim() -> Bool { !isClaimed.exchange(true, ordering: .relaxed) }

  func disclaim() { isClaimed.store(false, ordering: .relaxed) }

  func clear() { pages.store(0, ordering: .relaxed) }

  /// Takes the place of SQLite's own checkpoints. The connection must not outlive this.
  func watch(_ connection: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_wal_hook(
      connection,
      { context, _, _, pages in
        if let context {
          Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().pages.store(Int(pages), ordering: .relaxed)
        }
        return SQLITE_OK
      },
      context
    )
  }
}

private func pointer(_ database: Database) throws -> OpaquePointer {
  guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
  return connection
}
