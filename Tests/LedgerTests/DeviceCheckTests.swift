import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Ledger

/// まだある・移動した・見当たらない.
@Suite struct DeviceCheckTests {
  /// Three devices that nobody has confirmed for a year, and one that somebody has.
  private static func hospital(
    _ engine: Engine
  ) async throws -> (world: World, department: String, devices: [String]) {
    let world = try await World(engine)
    let department = try await world.records.create(.department, ["name": "放射線科"], in: world.edit).id
    var devices: [String] = []
    for (number, day) in ["2024-01-10", "2024-02-10", "2024-03-10", "2026-10-01"].enumerated() {
      let values = [
        "name": "端末\(number)", "asset_number": "A-\(number)", "last_seen_on": day, "department": department,
        "state": number == 0 ? "missing" : "in_use",
      ]
      devices.append(try await world.records.create(.asset, values, in: world.edit).id)
    }
    return (world, department, devices)
  }

  @Test(arguments: Engine.available) func whatIsAskedAboutIsWhatTheFactCounts(_ engine: Engine) async throws {
    let (world, department, devices) = try await Self.hospital(engine)
    let waiting = try await world.ledger.deviceCheck.waiting(limit: 10, in: world.read)
    // What was looked for already comes last.
    #expect(waiting.devices.map(\.id) == [devices[1], devices[2], devices[0]] && waiting.total == 3)
    let fact = try await world.ledger.facts.facts(in: world.read).first { $0.key == "ledger.assets.unconfirmed" }
    #expect(fact?.value == waiting.total)
    let part = try await world.ledger.deviceCheck.waiting(from: 1, limit: 1, in: world.read)
    #expect(part.devices.map(\.id) == [devices[2]] && part.total == 3)
    let other = try await world.records.create(.department, ["name": "検査部"], in: world.edit).id
    #expect(try await world.ledger.deviceCheck.waiting(limit: 10, in: world.edit(in: other).reading).total == 0)
    #expect(try await world.ledger.deviceCheck.waiting(limit: 10, in: world.edit(in: department).reading).total == 3)
  }

  @Test(arguments: Engine.available) func threeAnswersAreOneChange(_ engine: Engine) async throws {
    let (world, department, devices) = try await Self.hospital(engine)
    let check = world.ledger.deviceCheck
    let place = try await world.records.create(.location, ["name": "CT操作室"], in: world.edit).id
    let before = try await world.everything()
    let head = try world.edit(in: department)
    let outcome = try await check.settle(
      [.init(devices[0], .here), .init(devices[1], version: 1, .moved, place: place), .init(devices[2], .missing)],
      in: head
    )
    #expect(outcome.count == 3)
    let after = try await world.records.find(.asset, ids: Array(devices.prefix(3)), in: world.read)
    #expect(after.map { $0["state"] } == ["in_use", "in_use", "missing"])
    #expect(after.map { $0["last_seen_on"] } == ["2026-11-21", "2026-11-21", "2024-03-10"])
    #expect(after[1]["location"] == place)
    // What cannot be found goes on being asked about.
    #expect(try await check.waiting(limit: 10, in: world.read).devices.map(\.id) == [devices[2]])
    _ = try await world.records.undo(try #require(outcome.set), in: world.edit)
    #expect(saysTheSame(try await world.everything(), before))
  }

  @Test(arguments: Engine.available) func nothingIsKeptOfHalfAnAnswer(_ engine: Engine) async throws {
    let (world, _, devices) = try await Self.hospital(engine)
    let check = world.ledger.deviceCheck
    await #expect(throws: DeviceCheck.Placeless(devices: [devices[1]])) {
      try await check.settle([.init(devices[0], .here), .init(devices[1], .moved)], in: world.edit)
    }
    // Nobody knows where it is now: said in so many words, that is an answer.
    _ = try await check.settle([.init(devices[1], .moved, place: Unknown.value)], in: world.edit)
    let moved = try await world.records.find(.asset, id: devices[1], in: world.read).record
    #expect(moved.isUnknown("location"))
    // Somebody else was first.
    await #expect(throws: RecordError.self) {
      try await check.settle([.init(devices[0], .here), .init(devices[1], version: 1, .missing)], in: world.edit)
    }
    let other = try await world.records.create(.department, ["name": "検査部"], in: world.edit).id
    await #expect(throws: RecordError.notFound) {
      try await check.settle([.init(devices[0], .here)], in: world.edit(in: other))
    }
    #expect(try await world.records.find(.asset, id: devices[0], in: world.read).record["state"] == "missing")
    #expect(try await check.settle([], in: world.edit).count == 0)
  }
}
