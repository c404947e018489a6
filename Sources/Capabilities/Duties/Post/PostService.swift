import Logging
import Nouns
import SQL
import ServiceLifecycle
import Time

/// Looks every half minute whether the day's look is due or letters wait, and orders the jobs for it.
package struct PostService: Service {
  private let duties: Duties
  private let logger: Logger

  package init(_ duties: Duties, logger: Logger) {
    self.duties = duties
    self.logger = logger
  }

  package func run() async throws {
    await withGracefulShutdownHandler {
      while !Task.isCancelled, !Task.isShuttingDownGracefully {
        do {
          try await duties.orderWhatIsDue()
        } catch {
          logger.warning("Looking for mails and duties failed and will be tried again", metadata: ["error": "\(error)"])
        }
        // Interrupted when the program ends.
        do { try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(30)) } } catch { return }
      }
    } onGracefulShutdown: {
    }
  }
}

extension Duties {
  func orderWhatIsDue() async throws {
    let now = clock.now()
    for facility in try await needs.facilities() {
      if try await isDailyDue(facility.id) { try await needs.order(Self.dailyKind, facility.id) }
      let waits = try await database.read(.facility(facility.id.rawValue)) { tx in
        try tx.row(
          """
          SELECT id FROM mail_out WHERE facility = \(facility.id.rawValue) AND state = 'waiting'
            AND next_try_at <= \(now) LIMIT 1
          """
        ) != nil
      }
      if waits, try await relay(facility.id) != nil { try await needs.order(Self.postKind, facility.id) }
    }
  }
}
