internal import CPostgres
import Dispatch
import SQL
import Synchronization

/// One connection of the pool, on a thread of its own: libpq blocks, and the threads of Swift's tasks are as few as the
/// machine's cores. Opened at first use, and anew after it was lost.
actor Connection {
  private let lane = Lane()
  private let configuration: PostgresConfiguration
  private let uniqueKeys: UniqueKeys
  private var session: Session?
  nonisolated let canceller = Canceller()

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  init(_ configuration: PostgresConfiguration, _ uniqueKeys: UniqueKeys) {
    self.configuration = configuration
    self.uniqueKeys = uniqueKeys
  }

  enum Mode { case read, write }

  /// One try of a transaction. Throws `PostgresFailure` where the driver or the server failed, and whatever else the
  /// body throws. `ticket` is what a cancelled task may cancel.
  func transact<T: Sendable>(
    _ mode: Mode,
    _ reach: Reach,
    _ ticket: UInt64,
    _ body: @Sendable (any Transaction) throws -> T
  ) throws -> T {
    let session = try begin(mode, reach)
    canceller.allow(ticket, session.pointer)
    defer {
      canceller.forbid()
      if session.isBroken { self.session = nil } else { session.tidy() }
    }
    let tx = PostgresTransaction(session, uniqueKeys, configuration)
    do {
      let answer = try body(tx)
      if let failure = tx.failure { throw failure }
      // Nothing may cancel a commit: its outcome would be unknown.
      canceller.forbid()
      if Task.isCancelled { throw PostgresFailure(.cancelled) }
      try commit(mode, session, tx)
      return answer
    } catch {
      canceller.forbid()
      let failure = tx.failure
      do {
        try session.execute("ROLLBACK")
      } catch {
        self.session = nil
      }
      // The body may have thrown something of its own about a conflict that a second try resolves.
      if let failure, failure.kind != .other { throw failure }
      if let failure = error as? PostgresFailure { throw failure }
      throw error
    }
  }

  private func begin(_ mode: Mode, _ reach: Reach) throws(PostgresFailure) -> Session {
    let (facility, range) =
      switch reach {
      case .facility(let id): (id, "")
      case .everyFacility: ("", "all")
      }
    let text = """
      BEGIN ISOLATION LEVEL \(mode == .write ? "SERIALIZABLE READ WRITE" : "REPEATABLE READ READ ONLY");
      SELECT set_config('yagura.facility', \(quotedText(facility)), true), set_config('yagura.reach', '\(range)', true)
      """
    if let session {
      do {
        try session.execute(text)
        return session
      } catch {
        // It was lost while nobody looked; nothing has been done on it.
        guard error.kind == .lost else { throw error }
        self.session = nil
      }
    }
    let fresh: Session
    do {
      fresh = try Session(configuration, as: .server)
    } catch {
      throw PostgresFailure(lost: error.text)
    }
    session = fresh
    try fresh.execute(text)
    return fresh
  }

  private func commit(_ mode: Mode, _ session: Session, _ tx: PostgresTransaction) throws(PostgresFailure) {
    do throws(PostgresFailure) {
      let answer = try session.execute("COMMIT")
      guard answer.command == "COMMIT" else { throw PostgresFailure(.failed("the transaction had already failed")) }
    } catch {
      guard mode == .write, error.kind == .lost else { throw tx.named(error) }
      throw PostgresFailure(
        .uncertain("the connection was lost while committing, and it is unknown whether the change was kept")
      )
    }
  }

  func close() { session = nil }
}

extension StorageError {
  fileprivate var text: String {
    if case .unavailable(let text) = self { text } else { "\(self)" }
  }
}

/// A thread for one connection. `DispatchSerialQueue` is no executor on Linux.
final class Lane: SerialExecutor {
  private let queue = DispatchQueue(label: "yagura.postgres")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// Lets another thread ask the server to stop the statement of one transaction, and no other's.
final class Canceller: Sendable {
  private struct State: ~Copyable {
    var ticket: UInt64?
    // libpq allows PQcancel from any thread; the lock keeps it from being freed meanwhile.
    nonisolated(unsafe) var request: OpaquePointer?
  }
  private let state = Mutex(State())

  func allow(_ ticket: UInt64, _ connection: OpaquePointer) {
    let request = Request(pointer: PQgetCancel(connection))
    state.withLock {
      $0.ticket = ticket
      $0.request = request.pointer
    }
  }

  func forbid() {
    state.withLock {
      if let request = $0.request { PQfreeCancel(request) }
      $0 = State()
    }
  }

  /// Blocks while the server is told; call it off the threads of tasks.
  func cancel(_ ticket: UInt64) {
    state.withLock {
      guard $0.ticket == ticket, let request = $0.request else { return }
      var message = [CChar](repeating: 0, count: 256)
      PQcancel(request, &message, 256)
    }
  }

  // The pointer is made, used and freed inside the lock of `state` only.
  private struct Request: @unchecked Sendable { let pointer: OpaquePointer? }
}
