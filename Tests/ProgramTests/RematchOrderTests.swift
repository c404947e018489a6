import Ledger
import Nouns
import Records
import SQL
import Support
import Testing

@testable import Program

/// Whatever the ledger says newly orders a comparison by itself; what a comparison does not read orders none.
@Suite struct RematchOrderTests {
  private static func waiting(_ installation: Installation) async throws -> Int {
    try await installation.house.database.read(.facility(installation.facility.rawValue)) { tx in
      try tx.count("SELECT count(*) FROM job WHERE kind = 'vulnerability.compare' AND state = 'waiting'")
    }
  }

  private static func settle(_ installation: Installation) async throws {
    try await installation.house.database.write(.facility(installation.facility.rawValue)) { tx in
      try tx.run("UPDATE job SET state = 'done' WHERE kind = 'vulnerability.compare'")
    }
  }

  @Test(arguments: Engine.available)
  func importsEditsAndUndoingOrderIt(engine: Engine) async throws {
    let installation = try await Installation(engine, rows: 5)
    defer { Task { await installation.close() } }
    #expect(try await Self.waiting(installation) == 1, "the imports of the ledger made one job together")
    try await Self.settle(installation)
    let store = installation.house.records.store
    let edit: Scope<EditLedger> = installation.scope()
    let device = try #require(try await store.all(.asset, in: edit.reading).records.first)
    func change(_ field: String, _ value: String) async throws -> String? {
      try await store.change(
        .asset,
        [RecordEdit(id: device.id, expectedVersion: nil, changes: [field: value])],
        in: edit
      )
      .set
    }
    let note = try await change("remarks", "棚の上")
    #expect(try await Self.waiting(installation) == 0, "a note says nothing of a vulnerability")
    _ = try await change("os", "FortiOS 7.2.8")
    #expect(try await Self.waiting(installation) == 1)
    let set = try await change("os", "FortiOS 7.2.9")
    #expect(try await Self.waiting(installation) == 1, "one that waits sees the second change too")
    try await Self.settle(installation)
    _ = try await store.undo(try #require(set), in: edit)
    #expect(try await Self.waiting(installation) == 1, "what is taken back is compared again")
    #expect(note != nil)
  }
}
