import Synchronization

/// Cancels work that takes too long. One sweeper serves all of it: a timer of its own for each request would stay in the
/// system's queue for the whole limit, long after the request is done.
final class TimeLimits: Sendable {
  private struct Entry {
    let deadline: ContinuousClock.Instant
    let cancel: @Sendable () -> Void
    var hasFired = false
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var next = 0
    var isSweeping = false
  }

  private let state = Mutex(State())

  /// Runs `body`, and cancels it after `limit`; then what it throws becomes 503. A body that finishes all the same is
  /// believed: what it did is done.
  func run<T: Sendable>(within limit: Duration, _ body: @escaping @Sendable () async throws -> T) async throws -> T {
    let task = Task { try await body() }
    let key = add(ContinuousClock.now + limit) { task.cancel() }
    do {
      let value = try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        task.cancel()
      }
      remove(key)
      return value
    } catch {
      throw remove(key) ? WebError.timedOut : error
    }
  }

  private func add(_ deadline: ContinuousClock.Instant, cancel: @escaping @Sendable () -> Void) -> Int {
    let (key, mustSweep) = state.withLock { state in
      state.next += 1
      state.entries[state.next] = Entry(deadline: deadline, cancel: cancel)
      defer { state.isSweeping = true }
      return (state.next, !state.isSweeping)
    }
    // It ends by itself when no work is left.
    if mustSweep { Task.detached { await self.sweep() } }
    return key
  }

  /// Whether the work had been cancelled for taking too long.
  @discardableResult
  private func remove(_ key: Int) -> Bool {
    state.withLock { $0.entries.removeValue(forKey: key)?.hasFired ?? false }
  }

  private func sweep() async {
    while true {
      let now = ContinuousClock.now
      let overdue = state.withLock { state -> [@Sendable () -> Void]? in
        if state.entries.isEmpty {
          state.isSweeping = false
          return nil
        }
        var overdue: [@Sendable () -> Void] = []
        for (key, entry) in state.entries where !entry.hasFired && entry.deadline <= now {
          state.entries[key]?.hasFired = true
          overdue.append(entry.cancel)
        }
        return overdue
      }
      guard let overdue else { return }
      for cancel in overdue { cancel() }
      // Not cancelled by anybody, so the sleep does not throw.
      try? await Task.sleep(for: .milliseconds(100))
    }
  }
}
