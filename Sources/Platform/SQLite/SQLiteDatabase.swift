import Dispatch
internal import GRDBSQLite
import SQL
import Time

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A store in one SQLite file, or in memory. One writer and several readers at a time (WAL); several processes may share
/// the file, each waiting up to five seconds for the others.
package struct SQLiteDatabase: Database {
  package let engine = Engine.sqlite
  private let connections: Connections
  private let shelves = Shelves()
  private let gate = Gate()
  private let count = WriteCount()
  private let clock: Clock
  private let program: String

  /// Opens or makes the file, readable by its owner only. `program` names the version that migrates, as
  /// `migration.program` keeps it.
  package init(path: String, clock: Clock = .system, program: String = "yagura") throws(StorageError) {
    try self.init(at: path, clock, program)
  }

  package static func inMemory(
    clock: Clock = .system,
    program: String = "yagura"
  ) throws(StorageError) -> SQLiteDatabase {
    try SQLiteDatabase(at: nil, clock, program)
  }

  private init(at path: String?, _ clock: Clock, _ program: String) throws(StorageError) {
    if let path { makePrivate(path) }
    do {
      connections = try Connections(path: path)
    } catch {
      throw mapped(error) as? StorageError ?? .unavailable("\(error)")
    }
    self.clock = clock
    self.program = program
  }

  package var writes: Int { count.value }

  package func read<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try reach.check()
    try gate.enter()
    defer { gate.leave() }
    do {
      return try await connections.read { connection in try within(connection, body) }
    } catch {
      throw mapped(error)
    }
  }

  @discardableResult
  package func write<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try reach.check()
    try gate.enter()
    defer { gate.leave() }
    defer { count.note() }
    let answer = try await Retry.onBusy {
      try await connections.write { connection in try within(connection, body) }
    }
    CommitWatch.note()
    shortenLog()
    return answer
  }

  /// Behind the back of whoever waits for the answer, and a little later: who writes much does it several times in a row,
  /// and would wait for each. The store does not close while it is done.
  private func shortenLog() {
    guard connections.claimShortening() else { return }
    Task.detached { [connections, gate] in
      // Nobody cancels it, and a pause that is cut short does no harm.
      try? await Task.sleep(for: connections.pauseBeforeShortening)
      do { try gate.enter() } catch { return }  // the store is closing, which does the same
      defer { gate.leave() }
      // Where it cannot be done, as on a full disk, the log keeps what it holds and the next commit tries again.
      try? await connections.shortenLog()
    }
  }

  /// Pages that were freed are overwritten by `secure_delete`, as Debian builds SQLite; what the log still holds goes here.
  package func forgetRemains() async throws {
    try gate.enter()
    defer { gate.leave() }
    try await connections.emptyLog()
  }

  private func within<T>(_ connection: OpaquePointer, _ body: (any Transaction) throws -> T) throws -> T {
    let tx = SQLiteTransaction(connection, shelves.shelf(of: connection))
    let answer = try body(tx)
    if let failure = tx.failure { throw failure }
    return answer
  }

  package func migrate(_ migrations: [Migration]) async throws {
    try gate.enter()
    defer { gate.leave() }
    try await Retry.onBusy {
      try await connections.alone { connection in
        // A table that is made anew, copied and renamed must not drag the rows that point to it along. What the step
        // leaves is checked before it commits.
        try execute("PRAGMA foreign_keys = OFF", connection)
        defer { sqlite3_exec(connection, "PRAGMA foreign_keys = ON", nil, nil, nil) }
        while try step(migrations, connection) {}
      }
    }
  }

  /// Takes the next step that is missing, in a transaction of its own. Answers whether there was one.
  private func step(_ migrations: [Migration], _ connection: OpaquePointer) throws -> Bool {
    try execute("BEGIN IMMEDIATE", connection)
    do {
      let isDone = try within(connection) { tx in
        try tx.run(MigrationPlan.table)
        let plan = try MigrationPlan(known: migrations, applied: tx.rows("SELECT name, content FROM migration"))
        guard let next = plan.pending.first else { return true }
        for statement in next.statements { try tx.run(statement) }
        try next.change?(tx)
        try tx.run(
          """
          INSERT INTO migration (name, applied_at, program, content)
          VALUES (\(next.name), \(clock.now()), \(program), \(next.content))
          """
        )
        if let orphan = try tx.row("PRAGMA foreign_key_check") {
          throw StorageError.foreignKeyViolation(try orphan.text("table"))
        }
        return false
      }
      try execute("COMMIT", connection)
      return !isDone
    } catch {
      sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  private func execute(_ text: String, _ connection: OpaquePointer) throws(StorageError) {
    let code = sqlite3_exec(connection, text, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code, on: connection, text) }
  }

  package var use: DatabaseUse? { DatabaseUse(inUse: gate.inside, waiting: 0, limit: nil) }

  package func close() async {
    guard await gate.close() else { return }
    shelves.empty()
    do {
      try connections.close()
    } catch {
      // Nobody is inside and no statement is kept; what SQLite might still say here cannot be mended.
    }
  }

  /// Copies the database as it is at one moment into a file of its own, while others read and write. An older copy at
  /// `path` is written over.
  package func backup(to path: String) async throws(StorageError) {
    let connections = connections
    try gate.enter()
    defer { gate.leave() }
    do {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        // It blocks, and the threads of tasks are few.
        DispatchQueue.global().async {
          continuation.resume(
            with: Result {
              makePrivate(path)
              try connections.backup(to: path)
            }
          )
        }
      }
    } catch {
      throw mapped(error) as? StorageError ?? .unavailable("\(error)")
    }
  }

  /// What SQLite finds wrong with the file and with the references between rows; nothing where all is well.
  package func integrityCheck() async throws -> [String] {
    try await read(.everyFacility) { tx in
      var found = try tx.rows("PRAGMA integrity_check").map { row throws(StorageError) in
        try row.text("integrity_check")
      }
      if found == ["ok"] { found = [] }
      try tx.each("PRAGMA foreign_key_check") { row in
        found.append("\(try row.text("table")) \(try row.optionalText("rowid") ?? ""): \(try row.text("parent"))")
      }
      return found
    }
  }
}

/// Makes the file that SQLite is about to open, so that only its owner reads it. Never touches one that is there: closing
/// it would drop the locks that this process holds on it.
private func makePrivate(_ path: String) {
  let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  if file >= 0 { close(file) }
}

private enum Retry {
  /// Tries again, after a pause with some chance in it, while another process holds the lock. SQLite has waited five
  /// seconds each time by then.
  static func onBusy<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
    for attempt in 0... {
      do {
        return try await body()
      } catch {
        let error = mapped(error)
        guard attempt < 3, error as? StorageError == .busy else { throw error }
        do {
          try await Task.sleep(for: .milliseconds(Int.random(in: 5...(20 << attempt))))
        } catch {
          throw StorageError.cancelled
        }
      }
    }
    throw StorageError.busy
  }
}

/// Errors of the driver become ours; those of the body pass.
private func mapped(_ error: any Error) -> any Error {
  if error is CancellationError { return StorageError.cancelled }
  guard let (code, message) = Connections.failure(error) else { return error }
  return storageError(code, message, "")
}
