import SQL
import Sealing
import Support
import Testing
import Time

@testable import Journal

@Suite struct SealerTests {
  @Test(arguments: UInt64(0)..<500)
  func anyHistoryIsSealedWithoutGapsAndProven(seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let world = try await JournalWorld(.sqlite)
    let count = Int.random(in: 0...25, using: &chance)
    try await world.grow(count, using: &chance)
    #expect(try await world.verify() == VerifyReport(sealed: count, unsealed: 0, firstBroken: nil))
  }

  @Test(arguments: Engine.available)
  func theTailThatIsNotSealedYetIsCounted(engine: Engine) async throws {
    var chance = SplitMix64(seed: 1)
    let world = try await JournalWorld(engine)
    try await world.grow(7, using: &chance)
    try await world.grow(5, facility: "sumire", using: &chance)
    try await world.write([world.entry(using: &chance), world.entry("sumire", using: &chance)])
    let report = try await world.verify()
    #expect(report == VerifyReport(sealed: 12, unsealed: 2, firstBroken: nil))
    #expect(report.json == #"{"ok":true,"sealed":12,"unsealed":2,"firstBroken":null}"#)
    let state = try await world.reader.sealState(facility: "aoba")
    #expect(state.sealedUpTo == 7)
    #expect(state.unsealed == 1)
    #expect(try await world.sealer().seal() == 2)
    #expect(try await world.sealer().seal() == 0)
  }

  @Test(arguments: Engine.available)
  func moreThanABatchIsSealedInOrder(engine: Engine) async throws {
    var chance = SplitMix64(seed: 2)
    let world = try await JournalWorld(engine)
    let entries = (0..<4500).map { _ in world.entry(using: &chance) }
    try await world.write(entries)
    #expect(try await world.sealer().seal() == 4500)
    #expect(try await world.verify() == VerifyReport(sealed: 4500, unsealed: 0, firstBroken: nil))
    let sealed = try await world.reader.latest(facility: "aoba", limit: 10_000).reversed()
    #expect(sealed.map(\.sequence) == Array(1...4500))
  }

  @Test(arguments: Engine.available)
  func anEntryOfThePastIsSealedLater(engine: Engine) async throws {
    var chance = SplitMix64(seed: 3)
    let world = try await JournalWorld(engine)
    try await world.grow(5, using: &chance)
    world.clock.advance(days: -400)
    try await world.grow(5, using: &chance)
    #expect(try await world.verify() == VerifyReport(sealed: 10, unsealed: 0, firstBroken: nil))
  }

  @Test(arguments: Engine.available)
  func theDatabaseRefusesToChangeOrRemoveAnEntry(engine: Engine) async throws {
    var chance = SplitMix64(seed: 4)
    let world = try await JournalWorld(engine)
    try await world.grow(3, using: &chance)
    try await world.write([world.entry(using: &chance)])
    let attempts: [SQL] = [
      "DELETE FROM journal", "DELETE FROM journal WHERE seq = 2", "UPDATE journal SET payload = '{}'",
      "UPDATE journal SET payload = NULL", "UPDATE journal SET salt = NULL", "UPDATE journal SET at = at + 1",
      "UPDATE journal SET actor_name = 'x'", "UPDATE journal SET subject_title = 'x'",
      "UPDATE journal SET subject_title = ''", "UPDATE journal SET seq = seq + 100 WHERE seq IS NOT NULL",
      "UPDATE journal SET seq = NULL WHERE seq = 1", "UPDATE journal SET change_set = 'x'",
      "UPDATE journal SET hash = \([UInt8](repeating: 0, count: 32)) WHERE seq = 1",
      "UPDATE journal SET leaf = NULL WHERE seq = 1", "UPDATE journal SET place = place + 1",
      "DELETE FROM journal_checkpoint", "UPDATE journal_checkpoint SET at = 0",
    ]
    for attempt in attempts {
      await #expect(throws: StorageError.self, "\(attempt.printed(for: engine).text)") {
        _ = try await world.database.write(.facility("aoba")) { tx in try tx.run(attempt) }
      }
    }
    #expect(try await world.verify() == VerifyReport(sealed: 3, unsealed: 1, firstBroken: nil))
  }

  @Test(arguments: Engine.available)
  func aFailureAtAnyStatementLeavesAWholeChain(engine: Engine) async throws {
    var chance = SplitMix64(seed: 5)
    let world = try await JournalWorld(engine)
    try await world.grow(4, using: &chance)
    try await world.write((0..<6).map { _ in world.entry(using: &chance) })
    try await world.write((0..<2).map { _ in world.entry("sumire", using: &chance) })
    for number in 1... {
      let failing = FailingDatabase(wrapping: world.database, failAt: number)
      let sealer = Sealer(database: failing, key: world.key, clock: world.clock.clock, holder: "test")
      do {
        try await sealer.seal()
        break
      } catch is StorageError {
        let report = try await world.verify()
        #expect(report.isOK, "statement \(number)")
        #expect(report.sealed + report.unsealed == 12)
      }
      try #require(number < 200)
    }
    #expect(try await world.verify() == VerifyReport(sealed: 12, unsealed: 0, firstBroken: nil))
  }

  @Test(arguments: Engine.available)
  func severalSealersAndWritersAtOnceMakeOneChain(engine: Engine) async throws {
    let world = try await JournalWorld(engine)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          var chance = SplitMix64(seed: UInt64(writer))
          for _ in 0..<10 {
            try await world.write((0..<5).map { _ in world.entry(using: &chance) })
          }
        }
      }
      for number in 0..<3 {
        group.addTask {
          for _ in 0..<15 {
            // A lease that has run out is as good as none: take it from each other all the time.
            world.clock.advance(seconds: 20)
            do {
              try await world.sealer("sealer \(number)").seal()
            } catch StorageError.busy {
              // Met the others too often; what it left is sealed below.
            }
          }
        }
      }
      try await group.waitForAll()
    }
    world.clock.advance(seconds: 60)
    try await world.sealer("last").seal()
    #expect(try await world.verify() == VerifyReport(sealed: 200, unsealed: 0, firstBroken: nil))
  }

  @Test(arguments: Engine.available)
  func aLeaseKeepsAnotherProcessOutUntilItEnds(engine: Engine) async throws {
    var chance = SplitMix64(seed: 6)
    let world = try await JournalWorld(engine)
    // Whoever is done lets the next in.
    try await world.write([world.entry(using: &chance)])
    #expect(try await world.sealer("first").seal() == 1)
    try await world.write([world.entry(using: &chance)])
    #expect(try await world.sealer("second").seal() == 1)
    // One that has sealed a batch and means to go on.
    try await world.write([world.entry(using: &chance)])
    let until = world.clock.now.adding(seconds: 15)
    try await world.database.write(.everyFacility) { tx in
      try tx.run("UPDATE journal_sealer SET holder = 'first', held_until = \(until)")
    }
    #expect(try await world.sealer("second").seal() == 0)
    world.clock.advance(seconds: 16)
    #expect(try await world.sealer("second").seal() == 1)
  }

  @Test(arguments: Engine.available)
  func theSealerDoesNotBuildOnAChainThatWasCut(engine: Engine) async throws {
    var chance = SplitMix64(seed: 7)
    let world = try await JournalWorld(engine, [withoutGuards])
    try await world.grow(9, using: &chance)
    try await world.database.write(.everyFacility) { tx in
      try tx.run("DELETE FROM journal WHERE facility = 'aoba' AND seq > 6")
    }
    try await world.write([world.entry(using: &chance), world.entry("sumire", using: &chance)])
    await #expect(throws: SealingBroken(facility: "aoba")) { try await world.sealer().seal() }
    let report = try await world.verify()
    #expect(report.firstBroken?.sequence == 7)
    #expect(report.firstBroken?.reason == .tailMissing)
    // The other facility's journal is sealed all the same.
    #expect(report.unsealed == 1)
  }

  @Test(arguments: Engine.available)
  func anErasedPersonIsGoneAndTheChainStillProves(engine: Engine) async throws {
    var chance = SplitMix64(seed: 8)
    let world = try await JournalWorld(engine)
    try await world.grow(30, using: &chance)
    let late = JournalEntry(
      id: "late",
      facility: "aoba",
      at: world.clock.now,
      actorID: "ito",
      actorName: "伊藤",
      request: "r",
      kind: "asset.changed",
      subjectType: "asset",
      subjectID: "subject-1",
      subjectTitle: "山田 太郎のPC",
      changes: [FieldChange(field: "owner", from: nil, to: "山田 太郎")]
    )
    try await world.write([late])
    let erased = try await world.database.write(.facility("aoba")) { tx in
      try Erasure.erase(subjectType: "asset", subjectID: "subject-1", facility: "aoba", in: tx) { changes in
        JournalEntry(
          id: "erasure",
          facility: "aoba",
          at: world.clock.now,
          actorID: "ito",
          actorName: "伊藤",
          request: "r",
          kind: Erasure.kind,
          subjectType: "asset",
          subjectID: "subject-1",
          subjectTitle: "",
          changes: changes,
          reason: "本人の申し出"
        )
      }
    }
    #expect(erased > 1)
    #expect(try await world.verify().isOK)
    try await world.sealer().seal()
    #expect(try await world.verify() == VerifyReport(sealed: 32, unsealed: 0, firstBroken: nil))
    let history = try await world.reader.history(of: "asset", id: "subject-1", facility: "aoba")
    #expect(history.count == erased + 1)
    for entry in history where entry.kind != Erasure.kind {
      #expect(entry.subjectTitle.isEmpty && entry.changes.isEmpty && entry.reason == nil)
    }
  }
}
