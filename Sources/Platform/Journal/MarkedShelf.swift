import Synchronization

/// What was computed from a facility's records, kept until a mark of all that it was made of moves: what every first page
/// shows is counted once a change, not once a request.
package final class MarkedShelf<Mark: Sendable & Equatable, Value: Sendable>: Sendable {
  private let shelf = Mutex<[String: (mark: Mark, value: Value)]>([:])

  package init() {}

  /// What is kept for the mark, or what `make` answers. The mark is read before `make` reads the records, so that a change
  /// in between is seen the next time.
  package func value(_ facility: String, _ mark: Mark, make: () async throws -> Value) async rethrows -> Value {
    if let kept = shelf.withLock({ $0[facility] }), kept.mark == mark { return kept.value }
    let made = try await make()
    shelf.withLock { $0[facility] = (mark, made) }
    return made
  }
}
