import Nouns
import SQL
import Support
import Synchronization
import Testing
import Text
import Time

@testable import Assessment

/// How far the papers for an inspection are, and how far each department is.
@Suite struct ReadinessTests {
  private static let facility = SuggestionTests.facility

  @Test func aHundredMeansThatNothingIsMissing() {
    #expect(InspectionReadiness(items: 0, itemsInOrder: 0).percent == 0)
    #expect(InspectionReadiness(items: 3, itemsInOrder: 2).percent == 66)
    #expect(InspectionReadiness(items: 200, itemsInOrder: 199).percent == 99)
    let all = InspectionReadiness(items: 36, itemsInOrder: 36, vendors: 4, vendorsInOrder: 4)
    #expect(all.percent == 100 && all.inOrder == 40 && all.whole == 40)
    #expect(all.sentence.ja == "検査の資料の完成度は100％です。様式の36項目のうち36項目、事業者の様式4社のうち4社がそろっています。")
    #expect(!InspectionReadiness(items: 3, itemsInOrder: 2).sentence.ja.contains("事業者"))
  }

  @Test(arguments: Engine.available)
  func anItemIsInOrderOnceItsAnswerHolds(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let (restricted, unknown) = ("ledger.connections.unrestricted", "ledger.connections.unknown")
    func fact(_ known: [Fact] = []) async throws -> Fact {
      try #require(try await world.assessment.readiness(known, Self.facility).first)
    }
    let none = try await fact()
    #expect(none.key == Assessment.readyKey && none.value == 0 && none.population ?? 0 > 10 && !none.isWorry)
    #expect(none.link == "/assess/mhlw-hospital-r8/inspection")
    try await world.answer("2-①", AnswerDraft(.yes))
    #expect(try await fact().value == 1)
    // A no without its target date is not what the form asks for.
    try await world.answer("3-①", AnswerDraft(.no))
    #expect(try await fact().value == 1)
    var draft = AnswerDraft(.no)
    draft.version = 1
    draft.target = LocalDate(iso: "2027-03-31")
    try await world.answer("3-①", draft)
    #expect(try await fact().value == 2)
    // What the records contradict is not in order, however it was answered.
    let facts = [SuggestionTests.fact(restricted, 2, of: 46), SuggestionTests.fact(unknown, 0, of: 46)]
    world.facts.now.withLock { $0 = facts }
    var claim = AnswerDraft(.yes)
    claim.reason = "業者に確かめた"
    try await world.answer("2-⑬", claim)
    #expect(try await fact(facts).value == 2)
    #expect(try await fact().value == 3, "records that cannot tell contradict nobody")
    #expect(try await world.assessment.assessed([], Self.facility).map(\.key).contains(Assessment.readyKey))
  }

  @Test func whoIsBehindComesFirst() {
    func errand(_ department: String, _ isDone: Bool, _ link: String) -> Assessment.DepartmentErrand {
      .init(department: department, isDone: isDone, link: link)
    }
    let standings = Assessment.standings(
      [
        errand("d-1", true, "/a"), errand("d-1", true, "/b"), errand("d-2", true, "/a"), errand("d-2", false, "/b"),
        errand("d-2", false, "/c"), errand("d-3", false, "/a"), errand("d-4", true, "/a"), errand("gone", false, "/a"),
      ],
      ["d-1": "放射線科", "d-2": "検査部", "d-3": "薬剤部", "d-4": "医事課"]
    )
    #expect(standings.map(\.name) == ["検査部", "薬剤部", "医事課", "放射線科"])
    #expect(standings.map(\.done) == [1, 0, 1, 2] && standings.map(\.asked) == [3, 1, 1, 2])
    #expect(standings.map(\.link) == ["/b", "/a", "/a", "/b"])
    #expect(Assessment.standings([], [:]).isEmpty)
  }

  @Test(arguments: Engine.available)
  func questionsAndItemsAreCountedByDepartment(engine: Engine) async throws {
    let base = try await RoundTests.World(engine)
    let assessment = Assessment(
      schedule: base.assessment.schedule,
      facts: { _ in [] },
      needs: AssessmentNeeds(departments: { _ in [(id: "d1", name: "放射線科"), (id: "d2", name: "検査部")] })
    )
    #expect(try await assessment.progress(Self.facility).isEmpty)
    let store = assessment.surveys
    let draft = try SurveyTests.departments(.aggregate, [("放射線科", "d1"), ("検査部", "d2")])
    let survey = try await store.find(try await store.open(draft, in: base.scope), Self.facility)
    _ = try await assessment.assign(["3-③"], .init(whom: "d:d1"), of: base.checklist, in: base.scope)
    func counted() async throws -> [String: [Int]] {
      // Who answered a survey that is counted only stands in no journal; it is seen within the minute.
      base.clock.advance(seconds: 60)
      return Dictionary(
        uniqueKeysWithValues: try await assessment.progress(Self.facility).map { ($0.name, [$0.done, $0.asked]) }
      )
    }
    #expect(try await counted() == ["放射線科": [0, 2], "検査部": [0, 1]])
    let token = try #require(try await store.respondents(survey).first { $0.department == "d2" }).token
    try await store.send(nil, try await store.invitation(token), by: "")
    #expect(try await counted() == ["放射線科": [0, 2], "検査部": [1, 1]])
    try await base.answer("3-③", AnswerDraft(.yes))
    #expect(try await counted() == ["放射線科": [1, 2], "検査部": [1, 1]])
  }
}
