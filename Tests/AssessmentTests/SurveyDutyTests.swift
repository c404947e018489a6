import Nouns
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// By when surveys are due, and whose turn it is.
@Suite struct SurveyDutyTests {
  /// What is asked monthly is due at the end of the month, whatever day it was begun with; everybody is told the same day.
  @Test(arguments: Engine.available)
  func aMonthlySurveyIsDueAtTheEndOfItsMonthEverywhere(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    let draft = try SurveyTests.departments(.named, [("放射線科", "d1"), ("検査科", "d2"), ("薬剤科", "d3")])
    let id = try await store.open(draft, in: world.scope)
    world.clock.advance(days: 10)
    let dues = [
      try await store.find(id, SuggestionTests.facility).due.iso,
      try await store.all(SuggestionTests.facility).first?.due.iso,
    ]
    #expect(dues == ["2026-12-31", "2026-12-31"])
    // One head of three departments sees which is which.
    let duties = try await SurveyDuties(surveys: store).duties(SuggestionTests.facility)
    #expect(duties.allSatisfy { $0.due.iso == "2026-12-31" })
    #expect(Set(duties.map(\.title.ja)).count == 3 && duties.contains { $0.title.ja.hasSuffix("に答える：検査科") })
    #expect(duties.contains { $0.title.en.hasSuffix(" for 薬剤科") })
  }
}
