@testable import Intake
import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

/// Every statement of every way to write fails once. Afterwards the ledger and the journal are as before.
@Suite struct FaultTests {
  @Test(arguments: Engine.available) func creatingLeavesNothingHalfDone(_ engine: Engine) async throws {
    try await everyStatementFails(engine) { world, store in
      _ = try await store.create(.asset, ["name": "端末", "department": "dep"], in: world.edit)
    }
  }

  @Test(arguments: Engine.available) func changingLeavesNothingHalfDone(_ engine: Engine) async throws {
    try await everyStatementFails(engine) { world, store in
      _ = try await store.change(
        .asset,
        id: "a1",
        expectedVersion: nil,
        ["os": "Windows 11", "department": "dep"],
        in: world.edit
      )
    }
  }

  @Test(arguments: Engine.available) func bulkChangesLeaveNothingHalfDone(_ engine: Engine) async throws {
    try await everyStatementFails(engine) { world, store in
      _ = try await store.bulkChange(.asset, .query(ListQuery()), ["os": "Windows 11"], in: world.edit)
    }
  }

  @Test(arguments: Engine.available) func importsLeaveNothingHalfDone(_ engine: Engine) async throws {
    try await everyStatementFails(engine) { world, store in
      _ = try await store.apply(FaultTests.plan(), of: .asset, title: Localized(both: "台帳.xlsx の取り込み"), in: world.load)
    }
  }

  @Test(arguments: Engine.available) func undoingLeavesNothingHalfDone(_ engine: Engine) async throws {
    let world = try await FaultTests.filled(engine)
    let outcome = try await world.records.apply(
      FaultTests.plan(),
      of: .asset,
      title: Localized(both: "取り込み"),
      in: world.load
    )
    let set = try #require(outcome.set)
    try await everyStatementFails(world) { world, store in _ = try await store.undo(set, in: world.edit) }
    #expect(Set(try await world.everything().keys) == ["dep", "a1", "a2", "a3"])
  }

  @Test(arguments: Engine.available) func sightingsLeaveNothingHalfDone(_ engine: Engine) async throws {
    let world = try await FaultTests.filled(engine)
    let seen = (0..<5).map { Seen(macAddress: "00:00:00:00:00:0\($0)", hostName: "pc\($0)", seenAt: world.clock.now) }
    var number = 1
    while true {
      let failing = FailingDatabase(wrapping: world.database, failAt: number)
      do {
        _ = try await world.ledger(on: failing).sightings.take(
          seen,
          from: .arp,
          title: Localized(ja: "arp", en: "arp"),
          in: world.load
        )
        break
      } catch {
        #expect(try await world.sightings.unlisted(in: world.read).isEmpty)
      }
      number += 1
    }
    #expect(number > 4)
    #expect(try await world.sightings.unlisted(in: world.read).count == 5)
  }

  private func everyStatementFails(
    _ engine: Engine,
    _ work: @Sendable (World, RecordStore) async throws -> Void
  ) async throws {
    try await everyStatementFails(try await Self.filled(engine), work)
  }

  private func everyStatementFails(
    _ world: World,
    _ work: @Sendable (World, RecordStore) async throws -> Void
  ) async throws {
    let before = try await world.everything()
    let entries = try await Self.entries(world)
    var number = 1
    while true {
      let failing = FailingDatabase(wrapping: world.database, failAt: number)
      do {
        try await work(world, world.ledger(on: failing).records)
        break
      } catch {
        #expect(error as? StorageError == .unavailable("statement \(number) was made to fail"))
        #expect(try await world.everything() == before)
        #expect(try await Self.entries(world) == entries)
      }
      number += 1
      try #require(number < 200)
    }
    #expect(number > 3)
    #expect(try await world.everything() != before)
    #expect(try await Self.entries(world) > entries)
  }

  private static func entries(_ world: World) async throws -> Int {
    try await world.database.read(.facility(world.facility.rawValue)) { tx in
      try tx.count("SELECT count(*) FROM journal") + tx.count("SELECT count(*) FROM change_set")
    }
  }

  /// A department and three assets with ids a test can name.
  static func filled(_ engine: Engine) async throws -> World {
    let world = try await World(engine, ids: .uuid7(.system))
    let filler = World(world.database, ids: .sequential("f"))
    var plan = ImportPlan()
    plan.new = [row(["name": "放射線科"], 1)]
    _ = try await filler.records.apply(plan, of: .department, title: Localized(both: "部署"), in: filler.load)
    plan.new = (1...3).map { row(["name": "端末\($0)", "asset_number": "A-\($0)"], $0) }
    _ = try await filler.records.apply(plan, of: .asset, title: Localized(both: "機器"), in: filler.load)
    try await rename(world)
    return world
  }

  /// Gives the records ids that a test can write down.
  private static func rename(_ world: World) async throws {
    try await world.database.write(.facility(world.facility.rawValue)) { tx in
      try tx.run("UPDATE department SET id = 'dep'")
      for number in 1...3 { try tx.run("UPDATE asset SET id = \("a\(number)") WHERE asset_number = \("A-\(number)")") }
    }
  }

  static func row(_ values: [String: String], _ number: Int, originals: [String: String] = [:]) -> IntakeRow {
    IntakeRow(
      sheet: "台帳",
      number: number,
      values: RowValues(
        Dictionary(uniqueKeysWithValues: values.map { ($0, NormalValue(stored: $1, original: originals[$0])) })
      ),
      extras: [:],
      recordID: nil,
      unreadable: [],
      refusal: nil
    )
  }

  static func plan() -> ImportPlan {
    var plan = ImportPlan()
    plan.newReferences = [
      "vendor": [NewReference(kind: "vendor", name: "株式会社メディライン", aliases: ["メディライン", "㈱メディライン"], count: 2)],
      "location": [NewReference(kind: "location", name: "本館5階 事務室", aliases: [], count: 1)],
    ]
    plan.new = [
      row(
        [
          "name": "新しい端末", "asset_number": "B-1", "maintenance_vendor": "+株式会社メディライン", "location": "+本館5階 事務室",
          "installed_on": "2020-01-01", "owner": "+山田太郎",
        ],
        5,
        originals: ["installed_on": "R2.1.1"]
      )
    ]
    plan.changed = [
      PlannedChange(
        id: "a1",
        version: 1,
        changes: [PlannedFieldChange(field: "os", from: "", to: "Windows 11", original: "Ｗｉｎ１１")],
        row: row([:], 6),
        extras: ["号機": "①"]
      )
    ]
    return plan
  }
}

extension RecordStore {
  fileprivate func change(
    _ kind: Kind,
    id: String,
    expectedVersion: Int?,
    _ typed: [String: String],
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    try await change(kind, [RecordEdit(id: id, expectedVersion: expectedVersion, changes: typed)], in: scope)
  }
}
