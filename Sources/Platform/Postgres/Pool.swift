import Dispatch
import SQL
import Synchronization

/// A fixed number of connections, opened when first needed. Who comes first is served first.
final class Pool: Sendable {
  private struct State {
    var idle: [Connection] = []
    var made: [Connection] = []
    var waiting: [(number: UInt64, continuation: CheckedContinuation<Connection, any Error>)] = []
    var last: UInt64 = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let configuration: PostgresConfiguration
  private let uniqueKeys = UniqueKeys()

  init(_ configuration: PostgresConfiguration) { self.configuration = configuration }

  /// A number nobody else has.
  func ticket() -> UInt64 {
    state.withLock {
      $0.last += 1
      return $0.last
    }
  }

  var use: DatabaseUse {
    state.withLock { state in
      DatabaseUse(
        inUse: state.made.count - state.idle.count,
        waiting: state.waiting.count,
        limit: configuration.connections
      )
    }
  }

  func withConnection<T: Sendable>(_ body: (Connection) async throws -> T) async throws -> T {
    let connection = try await take()
    defer { giveBack(connection) }
    return try await body(connection)
  }

  private func take() async throws -> Connection {
    let number = ticket()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Connection, any Error>? = state.withLock { state in
          if state.isClosed { return .failure(StorageError.unavailable("the store is closed")) }
          // Cancelled later, the handler finds the waiter; cancelled before, this does.
          if Task.isCancelled { return .failure(StorageError.cancelled) }
          if let idle = state.idle.popLast() { return .success(idle) }
          if state.made.count < configuration.connections {
            let fresh = Connection(configuration, uniqueKeys)
            state.made.append(fresh)
            return .success(fresh)
          }
          state.waiting.append((number, continuation))
          return nil
        }
        if let outcome {
          continuation.resume(with: outcome)
        } else {
          let wait = configuration.connectionWait
          DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(wait)) { [weak self] in
            self?.refuse(number, .unavailable("no connection to the database was free for \(wait) seconds"))
          }
        }
      }
    } onCancel: {
      refuse(number, .cancelled)
    }
  }

  private func refuse(_ number: UInt64, _ error: StorageError) {
    let waiter = state.withLock { state in
      state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
    }
    waiter?.continuation.resume(throwing: error)
  }

  private func giveBack(_ connection: Connection) {
    let next = state.withLock { state -> CheckedContinuation<Connection, any Error>? in
      if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
      if !state.isClosed { state.idle.append(connection) }
      return nil
    }
    next?.resume(returning: connection)
  }

  func close() async {
    let (connections, waiting) = state.withLock { state in
      state.isClosed = true
      defer {
        state.idle = []
        state.waiting = []
      }
      return (state.made, state.waiting)
    }
    for waiter in waiting { waiter.continuation.resume(throwing: StorageError.unavailable("the store is closed")) }
    // Each waits behind the transaction that still runs on its lane.
    for connection in connections { await connection.close() }
  }
}
