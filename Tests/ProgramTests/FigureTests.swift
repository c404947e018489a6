import Foundation
import Jobs
import Nouns
import Postgres
import SQL
import Support
import Testing
import Text
import Time
import Vulnerability
import Web
import WebSupport

@testable import Program

/// What `/metrics` tells of the parts behind the pages.
@Suite struct FigureTests {
  private func values(_ text: String) -> [String: Double] {
    var values: [String: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let space = line.lastIndex(of: " ") else { continue }
      values[String(line[..<space])] = Double(line[line.index(after: space)...])
    }
    return values
  }

  @Test(arguments: Engine.available) func jobsFeedsAndConnectionsAreCounted(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 3)
    let browser = TestBrowser(hospital.app, peer: "127.0.0.1")
    let before = values(await browser.get("/metrics").text)
    let waiting = "yagura_jobs{state=\"waiting\"}"
    #expect(before["yagura_database_up"] == 1 && before[waiting] != nil)
    // Since the sample was made of which this is a copy.
    let waited = try #require(before["yagura_job_waiting_seconds"])
    #expect(waited == 60)
    #expect(before["yagura_feed_stale{feed=\"kev\"}"] == 1 && before["yagura_feed_age_seconds{feed=\"kev\"}"] == nil)
    #expect(before["yagura_database_transactions{state=\"waiting\"}"] == 0)
    #expect((before["yagura_database_connections_limit"] == 3) == (engine == .postgres))

    _ = try await hospital.house.runner.store.order(
      "vulnerability.compare",
      payload: "",
      facility: hospital.facility.rawValue,
      actorID: "test",
      actorName: "test"
    )
    hospital.clock.advance(seconds: 90)
    let after = values(await browser.get("/metrics").text)
    #expect(after[waiting] == (before[waiting] ?? 0) + 1 && after["yagura_job_waiting_seconds"] == waited + 90)
    await hospital.close()
    let down = values(await browser.get("/metrics").text)
    #expect(down["yagura_database_up"] == 0, "the rest is told without the database")
  }

  @Test func aFeedTellsItsAge() {
    let now = Instant(LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0), hour: 10)
    let figures = House.feedFigures(FeedAge.all([], now: now), now: now)
    #expect(!figures.isEmpty && figures.allSatisfy { $0.name == "yagura_feed_stale" && $0.value == 1 })
  }

  /// Three connections, all held, and a fourth transaction that waits.
  @Test(.enabled(if: Engine.hasPostgres)) func waitingTransactionsAreSeen() async throws {
    let name = try PostgresServer.makeDatabase()
    var configuration = try PostgresServer.configuration(name)
    configuration.connections = 2
    let database = PostgresDatabase(configuration)
    try await database.migrate([])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask { try await database.read(.everyFacility) { tx in _ = try tx.rows("SELECT pg_sleep(2)") } }
      }
      var seen = DatabaseUse(inUse: 0, waiting: 0, limit: nil)
      for _ in 0..<100 where seen.waiting == 0 {
        try await Task.sleep(for: .milliseconds(20))
        seen = database.use ?? seen
      }
      #expect(seen == DatabaseUse(inUse: 2, waiting: 1, limit: 2))
      try await group.waitForAll()
    }
    #expect(database.use == DatabaseUse(inUse: 0, waiting: 0, limit: 2))
    await database.close()
    try PostgresServer.drop(name)
  }
}
