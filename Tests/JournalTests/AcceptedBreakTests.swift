import SQL
import Sealing
import Support
import Testing
import Time

@testable import Journal

/// After a break has been accepted the sealer goes on, and whoever verifies is told of it for ever.
@Suite struct AcceptedBreakTests {
  static let withoutBreakGuards = Migration(
    "test-without-break-guards",
    [],
    change: { tx in
      switch tx.engine {
      case .sqlite:
        for name in ["journal_break_keeps", "journal_break_stays"] { try tx.run("DROP TRIGGER \(name: name)") }
      case .postgres: try tx.run("ALTER TABLE journal_break DISABLE TRIGGER USER")
      }
    }
  )

  private func accept(_ world: JournalWorld, _ reason: String = "復旧のため") async throws -> AcceptedBreak {
    let ids = world.ids
    return try await world.sealer().acceptBreak(actorName: "コマンド", reason: reason) { end in
      JournalEntry(
        id: ids.next(),
        facility: end.facility,
        at: end.at,
        actorID: "operator",
        actorName: "コマンド",
        request: "test",
        kind: "journal.break-accepted",
        subjectType: "journal",
        subjectID: String(end.brokenAt),
        subjectTitle: "#\(end.brokenAt)",
        reason: end.reason
      )
    }
  }

  /// Every way to falsify a journal that leaves anything of it.
  @Test(arguments: Engine.available, Tampering.allCases)
  func anAcceptedBreakStaysVisibleAndTheChainGoesOn(engine: Engine, tampering: Tampering) async throws {
    for seed in UInt64(0)..<(engine == .sqlite ? 6 : 1) {
      var chance = SplitMix64(seed: seed)
      let world = try await JournalWorld(engine, [withoutGuards])
      let count = Int.random(in: 6...20, using: &chance)
      try await world.grow(count, using: &chance)
      let place = Int.random(in: 2..<count, using: &chance)
      let other = Int.random(in: place + 1...count, using: &chance)
      let expected = try await world.database.write(.everyFacility) { tx in
        try TamperingTests.falsify(tampering, place, other, count, tx)
      }
      let end = try await accept(world)
      #expect(end.brokenAt == expected.sequence, "seed \(seed)")
      world.clock.advance(seconds: 5)
      try await world.grow(5, using: &chance)
      let report = try await world.verify()
      #expect(report.isOK, "seed \(seed): \(report.json)")
      #expect(report.accepted.map(\.brokenAt) == [expected.sequence])
      #expect(report.accepted.first?.reason == "復旧のため")
      #expect(report.unsealed == 0)
      #expect(report.json.contains("\"accepted\":[{\"facility\":\"aoba\",\"seq\":\(expected.sequence)"))

      // A new break after it is found as ever, and may be accepted too.
      let after = end.resumedAfter + 2
      try await world.database.write(.everyFacility) { tx in
        try tx.run("UPDATE journal SET actor_name = 'x' WHERE facility = 'aoba' AND seq = \(after)")
      }
      #expect(try await world.verify().firstBroken?.sequence == after, "seed \(seed)")
      _ = try await accept(world, "二度目の調査")
      try await world.sealer().seal()
      let again = try await world.verify()
      #expect(
        again.isOK && again.accepted.map(\.brokenAt) == [expected.sequence, after],
        "seed \(seed): \(again.json)"
      )
    }
  }

  @Test(arguments: Engine.available)
  func whatChangesAfterwardsIsFound(engine: Engine) async throws {
    var chance = SplitMix64(seed: 5)
    let world = try await JournalWorld(engine, [withoutGuards, Self.withoutBreakGuards])
    try await world.grow(20, using: &chance)
    func run(_ sql: SQL) async throws { try await world.database.write(.everyFacility) { tx in _ = try tx.run(sql) } }
    try await run("UPDATE journal SET actor_name = 'x' WHERE seq = 8")
    _ = try await accept(world)
    try await world.grow(3, using: &chance)
    #expect(try await world.verify().isOK)
    // Inside the broken stretch.
    try await run("UPDATE journal SET subject_title = 'さらに' WHERE seq = 12")
    #expect(try await world.verify().firstBroken?.reason == .changedAfterAcceptance)
  }

  @Test(arguments: Engine.available)
  func theRecordOfABreakCannotBeForgedOrDropped(engine: Engine) async throws {
    for (change, found): (SQL, (VerifyReport.Reason, Int)) in [
      ("UPDATE journal_break SET reason = '別の理由です'", (.forgedCheckpoint, 8)),
      ("UPDATE journal_break SET key = 'other'", (.unknownKey, 8)),
      ("DELETE FROM journal_break", (.headerChanged, 8)),
      ("UPDATE journal_break SET broken_at = 9", (.headerChanged, 8)),
    ] {
      var chance = SplitMix64(seed: 5)
      let world = try await JournalWorld(engine, [withoutGuards, Self.withoutBreakGuards])
      try await world.grow(20, using: &chance)
      try await world.database.write(.everyFacility) { tx in
        _ = try tx.run("UPDATE journal SET actor_name = 'x' WHERE seq = 8")
      }
      _ = try await accept(world)
      try await world.grow(3, using: &chance)
      try await world.database.write(.everyFacility) { tx in _ = try tx.run(change) }
      let report = try await world.verify()
      #expect(report.firstBroken?.reason == found.0 && report.firstBroken?.sequence == found.1, "\(report.json)")
    }
  }

  @Test(arguments: Engine.available)
  func onlyABreakWithAReasonIsAccepted(engine: Engine) async throws {
    var chance = SplitMix64(seed: 1)
    let world = try await JournalWorld(engine, [withoutGuards])
    try await world.grow(6, using: &chance)
    await #expect(throws: AcceptanceRefusal.nothingBroken) { try await accept(world) }
    try await world.database.write(.everyFacility) { tx in
      _ = try tx.run("UPDATE journal SET at = at - 1 WHERE seq = 3")
    }
    for reason in ["", "  ", "短い", String(repeating: "長", count: 501)] {
      await #expect(throws: AcceptanceRefusal.noReason) { try await accept(world, reason) }
    }
    #expect(try await world.verify().firstBroken?.sequence == 3)
  }

  @Test(arguments: Engine.available)
  func theDatabaseKeepsTheRecord(engine: Engine) async throws {
    var chance = SplitMix64(seed: 1)
    let world = try await JournalWorld(engine, [withoutGuards])
    try await world.grow(6, using: &chance)
    try await world.database.write(.everyFacility) { tx in
      _ = try tx.run("UPDATE journal SET at = at - 1 WHERE seq = 3")
    }
    _ = try await accept(world)
    for change: SQL in ["DELETE FROM journal_break", "UPDATE journal_break SET reason = 'x'"] {
      await #expect(throws: (any Error).self) {
        try await world.database.write(.everyFacility) { tx in _ = try tx.run(change) }
      }
    }
  }

  /// A cut end is what stops the sealer; an accepted break lets it go on.
  @Test(arguments: Engine.available)
  func theSealerGoesOnAfterACutEnd(engine: Engine) async throws {
    var chance = SplitMix64(seed: 3)
    let world = try await JournalWorld(engine, [withoutGuards])
    try await world.grow(9, using: &chance)
    try await world.database.write(.everyFacility) { tx in _ = try tx.run("DELETE FROM journal WHERE seq > 6") }
    try await world.write([world.entry(using: &chance)])
    await #expect(throws: SealingBroken.self) { try await world.sealer().seal() }
    _ = try await accept(world)
    #expect(try await world.sealer().seal() == 2)
    let report = try await world.verify()
    #expect(report.isOK && report.sealed == 8 && report.unsealed == 0, "\(report.json)")
  }
}
