import Synchronization

/// Notes whether anything was committed while a request was served: what fails afterwards, as the reading of what was just
/// saved, must not be told as “nothing has changed”.
package final class CommitWatch: Sendable {
  @TaskLocal private static var current: CommitWatch?
  private let flag = Atomic(false)

  package init() {}

  package var hasCommitted: Bool { flag.load(ordering: .acquiring) }

  /// Watches what `body` and its child tasks commit.
  package func during<T: Sendable>(_ body: () async throws -> T) async rethrows -> T {
    try await Self.$current.withValue(self, operation: body)
  }

  /// Called by a driver after each commit of a writing transaction.
  package static func note() { current?.flag.store(true, ordering: .releasing) }
}

/// How many writing transactions have ended, as a driver counts them for `Database.writes`. One that failed counts too: of
/// a connection that broke nobody knows what it committed.
package final class WriteCount: Sendable {
  private let ended = Atomic(0)

  package init() {}

  package var value: Int { ended.load(ordering: .acquiring) }

  package func note() { ended.wrappingAdd(1, ordering: .releasing) }
}
