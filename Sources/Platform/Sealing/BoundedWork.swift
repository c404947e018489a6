import Dispatch
import Synchronization

/// Runs blocking or costly work on a few threads of its own, never on the cooperative pool, and refuses what would
/// queue without end: a thousand sign-ins at once wait or are told to come again, and memory stays at `width`
/// pieces of work.
package final class BoundedWork: Sendable {
  private struct State {
    var running = 0
    var waiting: [@Sendable () -> Void] = []
    /// Index of the next in `waiting`; what lies before it is done.
    var next = 0
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue
  private let width: Int
  private let limit: Int

  private enum Step { case start, wait, refuse }

  /// `width` pieces run at once, `limit` more may wait.
  package init(label: String, width: Int, limit: Int) {
    precondition(width > 0 && limit >= 0, "work needs at least one thread")
    self.width = width
    self.limit = limit
    queue = DispatchQueue(label: label, attributes: .concurrent)
  }

  package struct Overloaded: Error, Sendable, Hashable {}

  package func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let piece: @Sendable () -> Void = { continuation.resume(with: Result(catching: work)) }
      let step: Step = state.withLock { state in
        if state.running < width {
          state.running += 1
          return .start
        }
        guard state.waiting.count - state.next < limit else { return .refuse }
        state.waiting.append(piece)
        return .wait
      }
      switch step {
      case .start: queue.async { self.drain(from: piece) }
      case .wait: break
      case .refuse: continuation.resume(throwing: Overloaded())
      }
    }
  }

  /// One thread works through what waits, then goes.
  private func drain(from first: @Sendable () -> Void) {
    first()
    while let piece = takeNext() { piece() }
  }

  private func takeNext() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard state.next < state.waiting.count else {
        state.waiting.removeAll(keepingCapacity: true)
        state.next = 0
        state.running -= 1
        return nil
      }
      defer { state.next += 1 }
      return state.waiting[state.next]
    }
  }
}
