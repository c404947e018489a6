import Testing
import Time

@Suite struct InstantReadingTests {
  @Test func readsWhatItWritesAndOffsets() {
    for milliseconds: Int64 in [0, 1, 999, -1, 1_795_000_000_123, -62_135_596_800_000, 253_402_300_799_999] {
      let instant = Instant(milliseconds: milliseconds)
      #expect(Instant(iso: instant.iso) == instant)
    }
    let noon = Instant(iso: "2026-11-28T12:00:00Z")
    #expect(Instant(iso: "2026-11-28T21:00:00+09:00") == noon)
    #expect(Instant(iso: "2026-11-28t06:30:00.000000-05:30") == noon)
    #expect(Instant(iso: "2026-11-28T12:00:00.5Z")?.milliseconds == (noon?.milliseconds ?? 0) + 500)
  }

  @Test(arguments: [
    "", "2026-11-28", "2026-11-28T12:00Z", "2026-11-28 12:00:00Z", "2026-11-28T24:00:00Z", "2026-11-28T12:60:00Z",
    "2026-11-28T12:00:60Z", "2026-02-29T12:00:00Z", "2026-11-28T12:00:00", "2026-11-28T12:00:00.Z",
    "2026-11-28T12:00:00+0900", "2026-11-28T12:00:00+25:00", "２０２６-11-28T12:00:00Z",
  ])
  func refusesTheRest(text: String) { #expect(Instant(iso: text) == nil) }
}
