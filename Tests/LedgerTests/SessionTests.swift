import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Ledger

/// Who was let in over which line, from when to when.
@Suite struct SessionTests {
  private static func fact(_ world: World, _ key: String) async throws -> (Int, Int?) {
    let fact = try await world.ledger.facts.facts(in: world.read).first { $0.key == key }
    return (try #require(fact).value, fact?.population)
  }

  @Test(arguments: Engine.available) func whoeverIsLetInIsOnUntilSomebodySeesTheEnd(_ engine: Engine) async throws {
    let world = try await World(engine)
    let sessions = world.ledger.sessions
    let line = try await world.records.create(.connection, ["system_name": "CT保守回線"], in: world.edit).id
    #expect(try await Self.fact(world, "ledger.sessions.open") == (0, nil))
    let session = try await sessions.begin(line, visitor: "東都放射線 山田", purpose: "線量の調整", in: world.edit)
    #expect(session.known("started_on") == "2026-11-21" && session.known("started_time") == "10:00")
    #expect(session.known("admitted_by") == "佐藤 美咲" && session["ended_on"] == nil)
    let open = try await sessions.open(in: world.read)
    #expect(open.records.map(\.id) == [session.id] && open.titles[line] == "CT保守回線")
    #expect(try await Self.fact(world, "ledger.sessions.open") == (1, nil))
    #expect(try await Self.fact(world, "ledger.sessions.left") == (0, 1))
    #expect(try await sessions.ended(10, in: world.read).records.isEmpty)

    // What is still on the day after is somebody's to look at.
    world.clock.advance(days: 1)
    #expect(try await Self.fact(world, "ledger.sessions.left") == (1, 1))
    let duty = try await world.ledger.duties(in: world.read).first { $0.id == "ledger.sessions.left" }
    #expect(duty?.link == "/ledger/connection/sessions" && duty?.owner == .administrator)

    let ended = try await sessions.end(session.id, in: world.scope(as: "中村 直樹"))
    #expect(ended.known("ended_on") == "2026-11-22" && ended.known("ended_time") == "10:00")
    #expect(ended.known("ended_by") == "中村 直樹" && ended.known("admitted_by") == "佐藤 美咲")
    await #expect(throws: ConnectionSessions.Refusal.endedAlready) {
      try await sessions.end(session.id, in: world.edit)
    }
    #expect(try await sessions.open(in: world.read).records.isEmpty)
    #expect(try await sessions.ended(10, in: world.read).records.map(\.id) == [session.id])
    #expect(try await Self.fact(world, "ledger.sessions.left") == (0, 0))
    // An end that was pressed by mistake is taken back like any change.
    _ = try await world.records.undo(try #require(ended.lastSet), in: world.edit)
    #expect(try await sessions.open(in: world.read).records.map(\.id) == [session.id])
  }

  /// A line belongs to a department; whoever answers for another neither sees its sessions nor makes any.
  @Test(arguments: Engine.available) func aDepartmentLetsPeopleInOverItsOwnLines(_ engine: Engine) async throws {
    let world = try await World(engine)
    let sessions = world.ledger.sessions
    let (own, other) = (
      try await world.records.create(.department, ["name": "放射線科"], in: world.edit).id,
      try await world.records.create(.department, ["name": "検査部"], in: world.edit).id
    )
    let line = try await world.records.create(
      .connection,
      ["system_name": "CT保守回線", "department": own],
      in: world.edit
    ).id
    let head = try world.edit(in: own)
    let session = try await sessions.begin(line, visitor: "山田", purpose: "", in: head)
    #expect(try await sessions.open(in: head.reading).records.map(\.id) == [session.id])
    let stranger = try world.edit(in: other)
    #expect(try await sessions.open(in: stranger.reading).records.isEmpty)
    await #expect(throws: RecordError.outOfReach) {
      try await sessions.begin(line, visitor: "山田", purpose: "", in: stranger)
    }
    await #expect(throws: RecordError.notFound) { try await sessions.end(session.id, in: stranger) }
    await #expect(throws: RecordError.self) {
      try await sessions.begin("there-is-none", visitor: "山田", purpose: "", in: world.edit)
    }
  }
}
