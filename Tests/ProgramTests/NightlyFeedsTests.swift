import Jobs
import Nouns
import SQL
import Support
import Testing
import Vulnerability

@testable import Program

/// What the server orders by itself for the feeds.
@Suite struct NightlyFeedsTests {
  @Test func aFacilityThatIsBehindIsComparedOnceAndNothingIsFetchedUnlessAllowed() async throws {
    let installation = try await Installation(.sqlite)
    let house = installation.house
    let nightly = house.nightly
    let facility = try #require(try await house.identity.facilities().first?.id)
    func kinds() async throws -> [String] {
      try await house.runner.store.latest(facility: facility.rawValue, actorID: Actor.system.id).map(\.kind)
    }
    let before = try await kinds()
    // Never compared: somebody decides when to begin.
    try await nightly.order()
    #expect(try await kinds() == before)
    try await house.vulnerability.compare(in: installation.scope(EditVulnerabilities.self))
    try await nightly.order()
    #expect(try await kinds() == before)
    let path = #filePath.replacing("ProgramTests/NightlyFeedsTests.swift", with: "Corpus/advisories/kev/one.json")
    let outcome = await house.vulnerability.feeds.take(
      try FeedIntake.arrivals(paths: [path]),
      FeedDelivery(actor: "佐藤 美咲")
    )
    #expect(outcome.reports.count == 1)
    try await nightly.order()
    try await nightly.order()
    #expect(try await kinds() == ["vulnerability.compare"] + before)
    await installation.close()
  }
}
