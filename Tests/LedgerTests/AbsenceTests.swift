import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Ledger

/// A system or modality without any recorded line is a question, not a no: it stays one until somebody answers.
@Suite struct AbsenceTests {
  private static func silent(_ world: World) async throws -> [String] {
    try await world.records.absences(in: world.read).map(\.title)
  }

  @Test(arguments: Engine.available) func aSilentSystemIsAQuestionUntilItIsAnswered(_ engine: Engine) async throws {
    let world = try await World(engine)
    let ris = try await world.records.create(.system, ["name": "RIS"], in: world.edit)
    let lis = try await world.records.create(.system, ["name": "LIS"], in: world.edit)
    let tomograph = try await world.records.create(.asset, ["name": "CT", "category": "medical"], in: world.edit)
    _ = try await world.records.create(.asset, ["name": "受付端末", "category": "terminal"], in: world.edit)
    #expect(try await Self.silent(world) == ["LIS", "RIS", "CT"])
    let today = world.clock.clock.now().day
    // A line, even one of which nothing is known, is an answer; so is that there is none, with who said so.
    _ = try await world.records.create(
      .connection,
      ["system_name": "RIS保守", "system": ris.id, "has_connection": Unknown.value],
      in: world.edit
    )
    let (_, made) = try await world.records.answerAbsence(.asset, tomograph.id, on: today, in: world.edit)
    #expect(made["has_connection"] == "no" && made["boundary_asset"] == tomograph.id)
    #expect(made["remarks"]?.contains("佐藤 美咲") == true)
    #expect(try await Self.silent(world) == ["LIS"])
    // Taken back, it is a question again.
    _ = try await world.records.undo(try #require(made.lastSet), in: world.edit)
    #expect(try await Self.silent(world) == ["LIS", "CT"])
    let fact = try await world.ledger.facts.facts(in: world.read).first { $0.key == "ledger.systems.withoutLine" }
    #expect(fact?.value == 1 && fact?.population == 2 && fact?.records == [lis.id])
  }

  @Test(arguments: Engine.available) func aContractOfVisitsOnlyIsAnAnswer(_ engine: Engine) async throws {
    let world = try await World(engine)
    let system = try await world.records.create(.system, ["name": "調剤"], in: world.edit)
    let vendor = try await world.records.create(.vendor, ["name": "甲"], in: world.edit).id
    let contract = try await world.records.create(
      .contract,
      ["name": "調剤保守", "vendor": vendor, "maintenance_way": "remote"],
      in: world.edit
    )
    _ = try await world.records.create(
      .contractCover,
      ["name": "調剤", "contract": contract.id, "system": system.id],
      in: world.edit
    )
    #expect(try await Self.silent(world) == ["調剤"])
    _ = try await world.records.change(
      .contract,
      id: contract.id,
      expectedVersion: contract.version,
      ["maintenance_way": "visit"],
      in: world.edit
    )
    #expect(try await Self.silent(world).isEmpty)
  }

  @Test(arguments: Engine.available) func aDepartmentAnswersForItsOwnOnly(_ engine: Engine) async throws {
    let world = try await World(engine)
    let department = try #require(World.catalogue.kind("department"))
    let own = try await world.records.create(department, ["name": "放射線科"], in: world.edit).id
    let other = try await world.records.create(department, ["name": "検査部"], in: world.edit).id
    let tomograph = try await world.records.create(
      .asset,
      ["name": "CT", "category": "medical", "department": own],
      in: world.edit
    )
    let scope = try world.edit(in: other)
    #expect(try await world.records.absences(in: scope.reading).isEmpty)
    let today = world.clock.clock.now().day
    await #expect(throws: RecordError.notFound) {
      try await world.records.answerAbsence(.asset, tomograph.id, on: today, in: scope)
    }
    let near = try world.edit(in: own)
    _ = try await world.records.answerAbsence(.asset, tomograph.id, on: today, in: near)
    #expect(try await world.records.absences(in: near.reading).isEmpty)
  }
}
