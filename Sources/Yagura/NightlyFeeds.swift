import Identity
import Jobs
import Logging
import Nouns
import ServiceLifecycle
import Time
import Vulnerability

/// Beside the server: in the small hours it orders the fetching of feeds, where the operator allows it, and at any hour the
/// comparison of facilities with what was imported since.
struct NightlyFeeds: Service {
  let house: House

  /// From this hour in Japan on, when nobody works on the ward's PCs.
  private static let hour = 3

  func run() async throws {
    await withGracefulShutdownHandler {
      while !Task.isCancelled, !Task.isShuttingDownGracefully {
        do {
          try await order()
        } catch {
          house.logger.warning(
            "Looking for feeds to fetch failed and will be tried again",
            metadata: ["error": "\(error)"]
          )
        }
        // Interrupted when the program ends.
        do { try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(300)) } } catch { return }
      }
    } onGracefulShutdown: {
    }
  }

  /// Orders what is due; fetching is the installation's and is ordered once, in the first facility.
  func order() async throws {
    let now = house.clock.now()
    let facilities = try await house.identity.facilities()
    if let first = facilities.first, house.vulnerability.fetcher.settings.isAllowed, now.timeOfDay.hour >= Self.hour,
      try await !isOrdered(Vulnerability.fetchJob, first.id, { $0.createdAt.day == now.day })
    {
      try await order(Vulnerability.fetchJob, first.id)
    }
    for facility in facilities where try await house.vulnerability.isBehind(facility.id) {
      guard try await !isOrdered(Vulnerability.compareJob, facility.id, { !$0.state.isOver }) else { continue }
      try await order(Vulnerability.compareJob, facility.id)
    }
  }

  private func isOrdered(_ kind: String, _ facility: FacilityID, _ isSuch: (Job) -> Bool) async throws -> Bool {
    try await house.runner.store.latest(facility: facility.rawValue, actorID: Actor.system.id)
      .contains { $0.kind == kind && isSuch($0) }
  }

  private func order(_ kind: String, _ facility: FacilityID) async throws {
    _ = try await house.runner.store.order(
      kind,
      payload: "",
      facility: facility.rawValue,
      actorID: Actor.system.id,
      actorName: Actor.system.name
    )
  }
}

extension House {
  var nightly: NightlyFeeds { NightlyFeeds(house: self) }
}
