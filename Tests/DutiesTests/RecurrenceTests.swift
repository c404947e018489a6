import Nouns
import Support
import Testing
import Time

/// When something is due again, held against the calendar of 令和8年度.
@Suite struct RecurrenceTests {
  static func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

  @Test(arguments: [
    // 31 May 2026 is a Sunday, 29 is the working day before.
    ("monthly:31", "2026-04-30", "2026-05-29"), ("monthly:31", "2026-05-29", "2026-06-30"),
    ("monthly:15", "2026-11-15", "2026-12-15"), ("monthly:15", "2026-10-15", "2026-11-13"),
    // 1 to 3 January are off, 4 January 2027 is the first working day.
    ("workday:1", "2026-12-01", "2027-01-04"), ("workday:-1", "2026-11-30", "2026-12-28"),
    ("workday:3", "2026-04-30", "2026-05-08"), ("fiscal", "2026-05-01", "2027-04-01"),
    ("fiscal", "2026-03-31", "2026-04-01"), ("yearly:04-15", "2026-04-15", "2027-04-15"),
    ("yearly:02-29", "2026-03-01", "2027-02-26"), ("weekly:1", "2026-11-21", "2026-11-23"),
    ("weekly:6", "2026-11-21", "2026-11-28"),
  ])
  func dueAgain(text: String, from: String, wanted: String) throws {
    let rule = try #require(Recurrence(reading: text))
    #expect(rule.text == text)
    #expect(rule.next(after: try Self.day(from), in: .standard).iso == wanted)
  }

  @Test(arguments: [
    "", "daily", "monthly:0", "monthly:32", "workday:0", "workday:99", "weekly:7", "yearly:02-30", "fiscal:1",
  ])
  func whatIsNoRuleIsRefused(text: String) { #expect(Recurrence(reading: text) == nil) }

  /// Whatever the rule and the day: the next day lies ahead, and not more than a year and a few days.
  @Test func theNextDayLiesAhead() throws {
    var chance = SplitMix64(seed: 11)
    let rules =
      (1...31).map { Recurrence.monthly(day: $0) } + (1...15).flatMap { [.workingDay($0), .workingDay(-$0)] }
      + (0...6).map { .weekly($0) } + (1...12).map { .yearly(month: $0, day: 28) } + [.fiscalYear]
    for rule in rules {
      for _ in 0..<40 {
        let from = try Self.day("2024-04-01").adding(days: Int.random(in: 0..<1500, using: &chance))
        let next = rule.next(after: from, in: .standard)
        #expect(next > from && next.days(since: from) <= 372, "\(rule.text) after \(from.iso): \(next.iso)")
      }
    }
  }
}
