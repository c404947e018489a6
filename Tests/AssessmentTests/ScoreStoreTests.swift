import Journal
import Nouns
import SQL
import Support
import Synchronization
import Testing
import Text
import Time

@testable import Assessment

/// What is kept and read for scores, on both engines.
@Suite struct ScoreStoreTests {
  @Test(arguments: Engine.available)
  func aFacilitySaysWhatAMeasureTakes(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let measure = try #require(Checklists.measures.first { $0.number == "04" })
    let weights = world.assessment.weights
    // What the pack says already is no change.
    try await weights.set(try #require(measure.weight), of: measure, in: world.scope)
    #expect(try await weights.all(SuggestionTests.facility).isEmpty)
    let own = MeasureWeight(effort: .small, cost: .high)
    try await weights.set(own, of: measure, in: world.scope)
    #expect(try await weights.all(SuggestionTests.facility) == ["04": own])
    #expect(try await weights.all(FacilityID(rawValue: "other")).isEmpty)
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "measure/04",
      facility: SuggestionTests.facility.rawValue,
      limit: 10
    )
    #expect(entries.map(\.kind) == ["assessment.weighed"])
    #expect(Set(entries.first?.changes.map(\.field) ?? []) == ["effort", "cost"])
  }

  @Test(arguments: Engine.available)
  func contradictionsAreAFact(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let (restricted, unknown) = ("ledger.connections.unrestricted", "ledger.connections.unknown")
    let facts = [SuggestionTests.fact(restricted, 2, of: 46), SuggestionTests.fact(unknown, 0, of: 46)]
    func found(_ facts: [Fact]) async throws -> Fact {
      try #require(try await world.assessment.contradictions(facts, SuggestionTests.facility).first)
    }
    let before = try await found(facts)
    #expect(before.value == 0 && !before.isWorry)
    world.facts.now.withLock { $0 = facts }
    var draft = AnswerDraft(.yes)
    draft.reason = "業者に確かめた"
    try await world.answer("2-⑬", draft)
    let fact = try await found(facts)
    #expect(fact.value == 1 && fact.population == 1 && fact.isWorry)
    #expect(fact.records == ["mhlw-hospital-r8/2026/2-⑬"])
    #expect(fact.link == "/assess/mhlw-hospital-r8?period=2026")
    // Records that cannot tell contradict nobody.
    #expect(try await found([]).value == 0)
  }

  @Test(arguments: Engine.available)
  func aReadingHasItsTrendAndTheDirectorHerDecisions(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let assessment = world.assessment
    for key in ["1", "4"] {
      try await assessment.answer(AnswerDraft(.level(0)), key, of: world.checklist, period: "2026-10", in: world.scope)
    }
    try await world.answer("1", AnswerDraft(.level(2)))
    let reading = try await assessment.reading(world.checklist, SuggestionTests.facility)
    #expect(reading.trend.points.map(\.period) == ["2026-10", "2026-11"])
    #expect(reading.board.whole.met == 1 && reading.board.whole.unknown == 19)
    #expect(try await assessment.rounds.answered(SuggestionTests.facility).count == 2)
    // Nothing lacks in November but answers, and an answer no one gave is no reason to pay.
    #expect(try await assessment.overview(SuggestionTests.facility).decisions.isEmpty)
    try await world.answer("4", AnswerDraft(.level(0)))
    let overview = try await assessment.overview(SuggestionTests.facility)
    #expect(overview.decisions.count == 1 && overview.decisions[0].title.ja.contains("オフラインバックアップ"))
    #expect(overview.matrix.heat != nil && overview.form?.standing.round.checklist.id == "mhlw-hospital-r8")
  }
}
