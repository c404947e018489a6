import SQL
import Synchronization

/// Lets work in until the store closes, and lets closing wait for the work that is inside: GRDB crashes where a closed
/// connection is used.
final class Gate: Sendable {
  private struct State {
    var isClosed = false
    var inside = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// How much work is inside, waiting for its connection included: SQLite's own line is not ours to count.
  var inside: Int { state.withLock { $0.inside } }

  func enter() throws(StorageError) {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.inside += 1 }
      return !state.isClosed
    }
    guard isOpen else { throw .unavailable("the store is closed") }
  }

  func leave() {
    let waiting = state.withLock { state in
      state.inside -= 1
      guard state.isClosed, state.inside == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.resume() }
  }

  /// Returns when nobody is inside any more. Answers false where the store had been closed before.
  func close() async -> Bool {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if state.inside > 0 { state.waiting.append(continuation) }
        return state.inside == 0
      }
      if isEmpty { continuation.resume() }
    }
    return isFirst
  }
}
