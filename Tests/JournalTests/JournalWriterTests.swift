import SQL
import Sealing
import Support
import Testing
import Time

@testable import Journal

/// Entries that get their seal as they are written.
@Suite struct JournalWriterTests {
  /// Writes the entries in three portions of one transaction.
  private func write(
    _ entries: [JournalEntry],
    sealedBy sealer: Sealer,
    in database: any Database
  ) async throws {
    try await database.write(.facility("aoba")) { tx in
      var journal = JournalWriter(tx, sealer: sealer, facility: "aoba")
      let salts = Salts(count: entries.count)
      for portion in 0..<3 {
        try journal.write(
          entries.indices.filter { $0 * 3 / entries.count == portion }
            .map { NewEntry(entries[$0], salt: Array(salts[$0])) }
        )
      }
      try journal.finish()
      #expect(journal.count == entries.count)
    }
  }

  @Test(arguments: Engine.available)
  func theyAreSealedAtOnceWhereOneWriterHoldsAll(engine: Engine) async throws {
    var chance = SplitMix64(seed: 3)
    let world = try await JournalWorld(engine)
    try await world.grow(7, using: &chance)
    // Two that nobody sealed yet stand before them in the chain.
    try await world.write([world.entry(using: &chance), world.entry(using: &chance)])
    let entries = (0..<30).map { _ in world.entry(using: &chance) }
    try await write(entries, sealedBy: world.sealer(), in: world.database)
    #expect(try await world.verify().unsealed == (engine == .sqlite ? 0 : 32))
    try await world.sealer().seal()
    #expect(try await world.verify() == VerifyReport(sealed: 39, unsealed: 0, firstBroken: nil))
    if engine == .sqlite {
      let order = try await world.database.read(.facility("aoba")) { tx in
        try tx.rows("SELECT id FROM journal WHERE seq > 9 ORDER BY seq").map { try $0.text("id") }
      }
      #expect(order == entries.map(\.id))
    }
    // The sealer goes on from there.
    try await world.grow(5, using: &chance)
    #expect(try await world.verify() == VerifyReport(sealed: 44, unsealed: 0, firstBroken: nil))
  }

  @Test(arguments: Engine.available)
  func aBrokenChainTakesThemUnsealed(engine: Engine) async throws {
    var chance = SplitMix64(seed: 4)
    let world = try await JournalWorld(engine, [withoutGuards])
    try await world.grow(7, using: &chance)
    try await world.database.write(.everyFacility) { tx in
      _ = try tx.run("DELETE FROM journal WHERE seq = 7")
    }
    let entries = (0..<6).map { _ in world.entry(using: &chance) }
    try await write(entries, sealedBy: world.sealer(), in: world.database)
    let report = try await world.verify()
    #expect(report.unsealed == 6)
    #expect(report.firstBroken?.reason == .tailMissing)
  }

  @Test func moreThanABatchWaitingIsLeftToTheSealer() async throws {
    var chance = SplitMix64(seed: 5)
    let world = try await JournalWorld(.sqlite)
    try await world.write((0..<Sealer.batch + 1).map { _ in world.entry(using: &chance) })
    let entries = (0..<6).map { _ in world.entry(using: &chance) }
    try await write(entries, sealedBy: world.sealer(), in: world.database)
    #expect(try await world.verify().unsealed == 7)
    #expect(try await world.sealer().seal() == 7)
    #expect(try await world.verify().isOK)
  }

  @Test func aFailureAtAnyStatementLeavesAWholeChain() async throws {
    var chance = SplitMix64(seed: 6)
    for fault in 1... {
      let world = try await JournalWorld(.sqlite)
      try await world.grow(3, using: &chance)
      let failing = FailingDatabase(wrapping: world.database, failAt: fault)
      let entries = (0..<9).map { _ in world.entry(using: &chance) }
      do {
        try await write(entries, sealedBy: world.sealer(), in: failing)
        #expect(try await world.verify() == VerifyReport(sealed: 12, unsealed: 0, firstBroken: nil))
        #expect(fault > 5)
        break
      } catch is StorageError {
        #expect(try await world.verify() == VerifyReport(sealed: 3, unsealed: 0, firstBroken: nil))
      }
    }
  }
}
