import Testing

@testable import Program

/// Words and times that people read.
@Suite struct ToldMatchTests {
  @Test func peopleReadTheirOwnClock() {
    #expect(ToldMatch.time("2026-11-30T20:46:00.000Z") == "2026-12-01 05:46")
    #expect(ToldMatch.time("never") == "never")
    #expect(["確定", "confirmed"].contains(ToldMatch.certainty("confirmed")))
    #expect(["該当せずとしたもの", "Ruled out"].contains(ToldMatch.state("suppressed")))
    #expect(["未対応", "New"].contains(ToldMatch.state("new")) && ToldMatch.tier(nil) == "-")
    #expect(["要確認", "to check"].contains(ToldMatch.certainty("conditional")))
  }
}
