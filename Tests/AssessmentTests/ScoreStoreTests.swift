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

  /// A gate answered no against devices on record needs a reason, is a contradiction, and nothing of nothing is not fine.
  @Test(arguments: Engine.available)
  func noGateEndsAFormAgainstTheRecordsUnseen(engine: Engine) async throws {
    for id in ["mhlw-hospital-r5", "mhlw-hospital-r6", "mhlw-hospital-r8"] {
      let world = try await RoundTests.World(engine, id)
      let facts = [SuggestionTests.fact("ledger.assets.total", 3)]
      world.facts.now.withLock { $0 = facts }
      let problems = await #expect(throws: AnswerProblems.self) { try await world.answer("0", AnswerDraft(.no)) }
      #expect(problems?.list.map(\.field) == ["reason"], "\(id)")
      var draft = AnswerDraft(.no)
      draft.reason = "機器はあるが使っていない"
      try await world.answer("0", draft)
      let standing = try await world.assessment.standing(world.checklist, SuggestionTests.facility)
      #expect(standing.items.map(\.state) == [.contradicted], "\(id)")
      let whole = ScoreBoard(standing).whole
      #expect(whole.applicable == 1 && whole.percent == 0 && whole.lowered == 1 && whole.weakest == .exactly(.no))
      let past = Trend(world.checklist, rounds: [standing.round]).points.first?.score
      #expect(past == whole, "\(id)")
      // Where the records cannot tell, a hospital without systems is through.
      world.say(SuggestionTests.fact("ledger.assets.total", 0))
      let now = try await world.assessment.standing(world.checklist, SuggestionTests.facility)
      #expect(now.items.map(\.state) == [.answered] && ScoreBoard(now).whole.weakest == .nothing)
    }
  }

  @Test(arguments: Engine.available)
  func aGateAgainstTheRecordsIsCounted(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let facts = [SuggestionTests.fact("ledger.assets.total", 3)]
    world.facts.now.withLock { $0 = facts }
    var draft = AnswerDraft(.no)
    draft.reason = "使っていない"
    try await world.answer("0", draft)
    let fact = try await world.assessment.contradictions(facts, SuggestionTests.facility).first
    #expect(fact?.value == 1 && fact?.records == ["mhlw-hospital-r8/2026/0"])
  }

  /// The first page and the director's sheet say one number: of the last round until this month's is begun, with what
  /// vendors deny.
  @Test(arguments: Engine.available)
  func contradictedAnswersAreCountedOnce(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    world.say(SuggestionTests.fact("ledger.connections.unknown", 3, of: 46))
    _ = try await assessment.load(Array(OwnChecklistTests.yaml().utf8), name: "a.yaml", in: world.scope)
    let own = try #require(try await assessment.checklist("own-radiology", facility))
    func counted() async throws -> (fact: Fact, decision: String) {
      let facts = world.facts.now.withLock { $0 }
      return (
        try #require(try await assessment.contradictions(facts, facility).first),
        try await assessment.decisions(facility).first?.title.ja ?? ""
      )
    }
    var claimed = AnswerDraft(.yes)
    claimed.reason = "見た"
    world.clock.advance(days: -40)
    try await assessment.answer(claimed, "1", of: own, in: world.scope)
    world.clock.advance(days: 40)
    let before = try await counted()
    // What the records say today is of today: of October counts what they said then.
    world.say()
    #expect(try await counted().fact.value == 1)
    world.say(SuggestionTests.fact("ledger.connections.unknown", 3, of: 46))
    #expect(before.fact.value == 1 && before.fact.link == "/assess/own-radiology.1?period=2026-10")
    #expect(before.decision.contains("記録と違う答え1件"), "\(before.decision)")
    // Once the month's round is begun, its answers speak and those of the last do not.
    try await assessment.answer(AnswerDraft(.no), "1", of: own, in: world.scope)
    let now = try await counted()
    #expect(now.fact.value == 0 && !now.decision.contains("記録と違う答え"), "\(now.decision)")
    // A vendor that says no to the hospital's yes contradicts it like a record.
    world.clock.advance(seconds: 60)
    try await world.answer("2-⑥", claimed)
    let asked = try #require(Checklists.vendors(of: world.checklist))
    try await assessment.vendorForms.store.keep(
      [(item: try #require(asked["2-⑥"]), answer: FormAnswer(.no), version: nil)],
      of: VendorFormTests.World.ehr,
      asked,
      "2026",
      reply: VendorReply(.paper, "保守部 山本", on: SuggestionTests.now.day),
      in: world.scope
    )
    let denied = try await counted()
    #expect(denied.fact.value == 1 && denied.fact.records == ["mhlw-hospital-r8/2026/2-⑥"])
    #expect(denied.decision.contains("記録と違う答え1件"), "\(denied.decision)")
    #expect(try await assessment.overview(facility).decisions.first?.title.ja == denied.decision)
  }

  /// The score of a month that is over, or that was locked, is the same on every page and on every day, whatever the records
  /// say since; only the month that runs follows them.
  @Test(arguments: Engine.available)
  func aSettledRoundKeepsItsFigures(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    let key = try #require(world.checklist.items.first { $0.topic == "network-map" }?.key)
    func say(unknown: Int) {
      world.say(
        SuggestionTests.fact("ledger.connections.total", 46, freshFor: 90),
        SuggestionTests.fact("ledger.connections.unknown", unknown, of: 46, freshFor: 90),
        SuggestionTests.fact("ledger.connections.unconfirmed", 0, of: 46, freshFor: 90)
      )
    }
    func score(_ period: String) async throws -> Score {
      let reading = try await assessment.reading(world.checklist, period: period, facility)
      #expect(reading.trend.points.first { $0.period == period }?.score == reading.board.whole)
      return reading.board.whole
    }
    say(unknown: 3)
    var claimed = AnswerDraft(.level(2))
    claimed.reason = "業者に確かめた"
    try await world.answer(key, claimed)
    let november = try await score("2026-11")
    #expect(november.lowered == 1)
    // As long as the month runs it follows the records.
    say(unknown: 0)
    #expect(try await score("2026-11").lowered == 0)
    world.clock.advance(days: 5)
    func contradicted() async throws -> Int {
      try await assessment.contradictions(world.facts.now.withLock { $0 }, facility).first?.value ?? -1
    }
    #expect(try await score("2026-11") == november)
    #expect(try await contradicted() == 1)
    let before = try await assessment.overview(facility).month
    #expect(before.standing.round.period == "2026-11" && before.board.whole == november)
    try await world.answer(key, AnswerDraft(.level(2)))
    let after = try await assessment.overview(facility).month
    #expect(after.standing.round.period == "2026-12" && after.trend.points.first?.score == november)
    #expect(try await score("2026-11") == november)
    // What was signed stands, too, and what the records show now is told beside it no longer.
    try await world.finish()
    #expect(try await assessment.setLocked(true, world.checklist, reason: nil, in: world.scope))
    let december = try await score("2026-12")
    #expect(try await world.line(key).suggestion.facts.isEmpty == false)
    say(unknown: 3)
    #expect(try await score("2026-12") == december)
    let line = try await world.line(key)
    #expect(line.state == .answered && line.suggestion.facts.isEmpty)
    #expect(try await contradicted() == 0)
  }

  /// What spoke against 該当なし counts after the year as it did when it was answered.
  @Test(arguments: Engine.available)
  func whatWasLeftOutAgainstTheRecordsStaysSo(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    world.say(SuggestionTests.fact("ledger.contracts.gaps", 0, of: 3))
    var draft = AnswerDraft(.notApplicable)
    draft.reason = "契約は保守だけ"
    try await world.answer("2-②", draft)
    let before = ScoreBoard(try await world.assessment.standing(world.checklist, SuggestionTests.facility))
    #expect(before.whole.lowered == 1)
    world.say()
    world.clock.advance(days: 200)
    let after = try await world.assessment.standing(world.checklist, SuggestionTests.facility)
    #expect(ScoreBoard(after).whole == before.whole && after["2-②"]?.state == .contradicted)
    #expect(Trend(world.checklist, rounds: [after.round]).points.first?.score == before.whole)
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
    // As long as November says less than October did, October speaks.
    let begun = try await assessment.overview(SuggestionTests.facility)
    #expect(begun.month.standing.round.period == "2026-10" && !begun.decisions.isEmpty)
    // Of October the records count as they were then: one number for one round.
    #expect(begun.month.trend.points.first?.score == begun.month.board.whole)
    try await world.answer("4", AnswerDraft(.level(0)))
    let overview = try await assessment.overview(SuggestionTests.facility)
    #expect(overview.month.standing.round.period == "2026-11")
    #expect(overview.decisions.count == 1 && overview.decisions[0].title.ja.contains("オフラインバックアップ"))
    #expect(overview.matrix.heat != nil && overview.form?.standing.round.checklist.id == "mhlw-hospital-r8")
  }

  /// A gate that is answered yes only opens the others: it is neither an item nor an answer.
  @Test(arguments: Engine.available)
  func aGateCountsOnlyWhereItIsOpenOrEndsTheForm(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let gate = try #require(world.checklist.gate)
    let others = world.checklist.asked { _ in nil }.count - 1
    func counts() async throws -> [Int] {
      let counting = try await world.assessment.standing(world.checklist, SuggestionTests.facility).counting
      let fact = try await world.assessment.schedule.facts(SuggestionTests.facility).first {
        $0.key == "assessment.mhlw-hospital-r8.open"
      }
      return [counting.count, counting.count { $0.answer != nil }, fact?.population ?? -1, fact?.value ?? -1]
    }
    #expect(try await counts() == [others + 1, 0, others + 1, others + 1])
    try await world.answer(gate.key, AnswerDraft(.yes))
    #expect(try await counts() == [others, 0, others, others])
    var no = AnswerDraft(.no)
    no.version = 1
    try await world.answer(gate.key, no)
    #expect(try await counts() == [1, 1, 1, 0])
  }

  /// What a department was asked for is counted by itself; what people were asked for is not.
  @Test(arguments: Engine.available)
  func departmentsAreScoredByWhatTheyAreAskedFor(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    func assign(_ key: String, department: String? = nil, person: String? = nil, _ name: String) async throws {
      let assignment = Assignment(
        pack: world.checklist.id,
        period: "2026",
        item: key,
        department: department,
        person: person,
        name: name,
        due: try #require(LocalDate(iso: "2026-12-05")),
        note: "",
        assignedBy: "佐藤 美咲"
      )
      try await world.assessment.delegation.assign(
        [(assignment, try #require(world.checklist[key]))],
        of: world.checklist,
        in: world.scope
      )
    }
    func lines() async throws -> [ScoreBoard.Line] {
      try await world.assessment.reading(world.checklist, SuggestionTests.facility).board.departments
    }
    #expect(try await lines().isEmpty)
    try await assign("3-②", department: "d-1", "放射線科")
    try await assign("3-③", department: "d-1", "放射線科")
    try await assign("2-④", department: "d-2", "医事課")
    try await assign("2-⑥", person: "a-9", "鈴木")
    try await world.answer("3-②", AnswerDraft(.yes))
    let found = try await lines()
    #expect(found.map(\.key) == ["department.d-2", "department.d-1"] && found.map(\.title.ja) == ["医事課", "放射線科"])
    #expect(found[1].score.met == 1 && found[1].score.unknown == 1 && found[0].score.applicable == 1)
  }

  /// What a facility wrote itself stands on the director's page like what the program ships.
  @Test(arguments: Engine.available)
  func ownChecklistsStandOnTheDirectorsPage(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    #expect(try await assessment.overview(facility).own.isEmpty)
    _ = try await assessment.load(Array(OwnChecklistTests.yaml().utf8), name: "a.yaml", in: world.scope)
    _ = try await assessment.load(Array(OwnChecklistTests.yaml(edition: 2).utf8), name: "b.yaml", in: world.scope)
    let own = try #require(try await assessment.checklist("own-radiology", facility))
    #expect(own.id == "own-radiology.2")
    try await assessment.answer(AnswerDraft(.no), "1", of: own, in: world.scope)
    var claimed = AnswerDraft(.yes)
    claimed.target = LocalDate(iso: "2026-12-31")
    try await assessment.answer(claimed, "2", of: own, in: world.scope)
    let overview = try await assessment.overview(facility)
    #expect(overview.own.map(\.standing.round.checklist.id) == ["own-radiology.2"], "the edition in use, once")
    #expect(overview.own[0].board.whole.met == 1 && overview.own[0].board.whole.unmet == 1)
    #expect(overview.readings.map(\.standing.round.checklist.isOwn) == [false, false, false, true])
    // Its no without a day is as much to decide about as one of the ministry's form.
    let decision = try #require(overview.decisions.first)
    #expect(decision.reason.ja.contains("目標日のないものが1件") && decision.link.hasPrefix("/assess/own-radiology.2"))
    // Records that say otherwise are a contradiction there too.
    world.say(SuggestionTests.fact("ledger.connections.unknown", 3, of: 46))
    var better = AnswerDraft(.yes)
    (better.reason, better.version) = ("見た", 1)
    try await assessment.answer(better, "1", of: own, in: world.scope)
    let first = try await assessment.overview(facility).decisions.first
    #expect(first?.reason.ja.contains("放射線科の点検の2026年11月 1件") == true, "\(first?.reason.ja ?? "")")
    #expect(try await assessment.overview(FacilityID(rawValue: "other")).own.isEmpty)
  }
}
