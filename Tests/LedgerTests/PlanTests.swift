import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Intake

/// The statements of lists on a large ledger, and how the engines carry them out.
@Suite struct PlanTests {
  @Test func listsAreServedByAnIndex() async throws {
    let world = try await World()
    let recording = RecordingDatabase(world.database)
    let store = world.ledger(on: recording).records
    _ = try await store.apply(BenchmarkTests.plan(300), of: .asset, title: Localized(both: "x"), in: world.load)
    let queries = [
      ListQuery(), ListQuery(search: "端末 12"), ListQuery(filters: ["category": [.value("server")]]),
      ListQuery(filters: ["department": [.value("x")], "os": [.missing, .unknown]]), ListQuery(archived: .only),
      ListQuery(sort: [Sort("department")]), ListQuery(sort: [Sort("name", isDescending: true)]),
      ListQuery(sort: [Sort("updated_at")]),
      ListQuery(sort: [Sort("ip_address")], archived: .with),
    ]
    recording.clear()
    for kind in World.catalogue.kinds {
      for query in queries { _ = try await store.list(kind, query, in: world.read) }
      _ = try await store.relations(.asset, id: "nothing", in: world.read) as Relations?
    }
    _ = try await store.worries(endOfSupport: World.endOfSupport, in: world.read)
    _ = try await world.ledger(on: recording).facts.facts(in: world.read)
    _ = try await world.ledger(on: recording).sightings.unseen(in: world.read)
    _ = try await world.ledger(on: recording).sightings.unlisted(in: world.read)
    #expect(recording.statements.count > 100)
    for statement in Set(recording.statements) {
      let plan = try await world.database.read(.everyFacility) { tx in
        try tx.rows("EXPLAIN QUERY PLAN " + statement).map { try $0.text("detail") }
      }
      // A bare SCAN of a table reads other facilities' rows.
      for step in plan where step.hasPrefix("SCAN") { #expect(!Self.isTable(step), "\(plan)\n\(statement)") }
    }
  }

  /// The list of 50 comes out of its index without sorting the whole ledger.
  @Test func theOrdinaryListIsNotSorted() async throws {
    let world = try await World()
    let recording = RecordingDatabase(world.database)
    let store = world.ledger(on: recording).records
    // Newest first puts what has no date last, which takes a sort; such registers grow by a few lines a year.
    for kind in World.catalogue.kinds where kind.defaultSort.count == 1 && !kind.defaultSort[0].isDescending {
      recording.clear()
      _ = try await store.list(kind, ListQuery(), in: world.read)
      let statement = try #require(recording.statements.first { "\($0)".contains("ORDER BY") })
      let plan = try await world.database.read(.everyFacility) { tx in
        try tx.rows("EXPLAIN QUERY PLAN " + statement).map { try $0.text("detail") }
      }
      #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(kind.key): \(plan)")
    }
  }

  private static func isTable(_ step: String) -> Bool {
    let name = step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    return World.catalogue.kind(name) != nil || ["sighting", "twin", "saved_view"].contains(name)
  }
}

extension RecordStore {
  /// Nil where the record does not exist; only the statement matters here.
  fileprivate func relations(_ kind: Kind, id: String, in scope: Scope<ReadLedger>) async throws -> Relations? {
    do { return try await relations(kind, id: id, limit: 10, in: scope) } catch RecordError.notFound { return nil }
  }
}
