import SQL
import Sealing
import Support
import Testing

@testable import Journal

@Suite struct AnchorTests {
  @Test(arguments: Engine.available)
  func whoCutsTheEndWithItsSignaturesIsGivenAwayByWhatWasWrittenDown(engine: Engine) async throws {
    var chance = SplitMix64(seed: 1)
    let world = try await JournalWorld(engine, [withoutGuards])
    try await world.grow(10, using: &chance)
    let early = try #require(try await world.reader.anchor(facility: "aoba"))
    try await world.grow(10, using: &chance)
    let printed = try #require(try await world.reader.anchor(facility: "aoba")).text
    let late = try #require(JournalAnchor(reading: printed))
    #expect(late.sequence == 20)
    let keys = [world.key.publicKey]
    #expect(try await Sealer.verify(world.database, publicKeys: keys, anchors: [early, late]).isOK)

    try await world.database.write(.everyFacility) { tx in
      try tx.run("DELETE FROM journal WHERE seq > 10")
      try tx.run("DELETE FROM journal_checkpoint WHERE seq > 10")
    }
    // Nothing inside shows it.
    #expect(try await world.verify().isOK)
    let report = try await Sealer.verify(world.database, publicKeys: keys, anchors: [early, late])
    #expect(report.firstBroken?.reason == .notAsAnchored)
    #expect(report.firstBroken?.sequence == 11)

    // A journal that was grown again from the cut is another one.
    try await world.grow(10, using: &chance)
    #expect(try await world.verify().isOK)
    let regrown = try await Sealer.verify(world.database, publicKeys: keys, anchors: [early, late])
    #expect(regrown.firstBroken?.reason == .notAsAnchored)
    #expect(regrown.firstBroken?.sequence == 20)

    let other = try #require(JournalAnchor(reading: "sumire:3:" + String(repeating: "ab", count: 32)))
    let gone = try await Sealer.verify(world.database, publicKeys: keys, anchors: [other])
    #expect(gone.firstBroken?.facility == "sumire")
  }

  @Test(arguments: ["", "a", "aoba:1", "aoba:0:00", "aoba:x:" + String(repeating: "00", count: 32), ":1:00", "a:1:zz"])
  func whatIsNoAnchorIsRefused(text: String) { #expect(JournalAnchor(reading: text) == nil) }
}
