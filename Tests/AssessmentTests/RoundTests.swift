import Blobs
import Journal
import Nouns
import SQL
import Sealing
import Support
import Synchronization
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// Answering, confirming, contradicting, locking: on both engines.
@Suite struct RoundTests {
  /// A hospital whose facts the test decides.
  struct World: Sendable {
    final class Facts: Sendable { let now = Mutex<[Fact]>([]) }

    let database: any Database
    let assessment: Assessment
    let clock: FixedClock
    let facts = Facts()
    let checklist: Checklist

    /// On a day on which the form of a year is filled in. `trust` is what the installation knows of every key that signs
    /// bundles.
    init(_ engine: Engine, _ id: String = "mhlw-hospital-r8", trust: BundleTrust = .unknown) async throws {
      let clock = FixedClock(SuggestionTests.now)
      database = try await TestDatabase.make(
        engine,
        JournalMigrations.all + BlobStore.migrations + Assessment.migrations,
        clock: clock.clock
      )
      let facts = facts
      assessment = Assessment(
        schedule: AssessmentSchedule(
          database: database,
          clock: clock.clock,
          ids: .uuid7(clock.clock),
          ageing: { _ in facts.now.withLock { $0 } },
          fiscalYearStart: { _ in 4 }
        ),
        facts: { _ in facts.now.withLock { $0 } },
        needs: AssessmentNeeds(signer: { _ in trust })
      )
      self.clock = clock
      checklist = try #require(Checklists.checklist(id))
      if let year = checklist.year { wait(until: min(clock.now.day, FiscalYear(startYear: year).last)) }
    }

    func wait(until day: LocalDate) { clock.now = Instant(day, hour: 9) }

    func say(_ known: Fact...) { facts.now.withLock { $0 = known } }

    var scope: Scope<AnswerChecks> {
      .operatorOf(SuggestionTests.facility, as: Actor(id: "a-1", name: "佐藤 美咲"), request: "test")
    }

    func line(_ key: String) async throws -> ItemStanding {
      try #require(try await assessment.standing(checklist, SuggestionTests.facility)[key])
    }

    func answer(_ key: String, _ draft: AnswerDraft) async throws {
      try await assessment.answer(draft, key, of: checklist, in: scope)
    }

    /// Answers whatever is still open, gates with yes and the rest with the lowest, and has a second person look at what
    /// waits for one.
    func finish() async throws {
      for line in try await assessment.standing(checklist, SuggestionTests.facility).items where line.answer == nil {
        var draft = AnswerDraft(line.item.isGate ? .yes : line.item.format.kind == .level ? .level(0) : .no)
        draft.reason = "確かめた"
        try await answer(line.item.key, draft)
      }
      try await confirm()
    }

    func confirm() async throws {
      let standing = try await assessment.standing(checklist, SuggestionTests.facility)
      for line in standing.items where line.waitsForSecond {
        try await assessment.delegation.confirm(
          checklist,
          standing.round.period,
          line.item,
          version: line.answer?.version ?? 0,
          in: .operatorOf(SuggestionTests.facility, as: Actor(id: "second", name: "鈴木"), request: "test")
        )
      }
    }
  }

  private static let restricted = "ledger.connections.unrestricted"
  private static let unknown = "ledger.connections.unknown"

  @Test(arguments: Engine.available)
  func anAnswerThatClaimsMoreThanTheRecordsIsAContradiction(engine: Engine) async throws {
    let world = try await World(engine)
    world.say(SuggestionTests.fact(Self.restricted, 2, of: 46), SuggestionTests.fact(Self.unknown, 0, of: 46))
    #expect(try await world.line("2-⑬").state == .suggested)
    // Without a reason it is not kept, and blanks are none.
    var draft = AnswerDraft(.yes)
    for blank in ["", "   ", "　", " \n　"] {
      draft.reason = blank
      let problems = await #expect(throws: AnswerProblems.self) { try await world.answer("2-⑬", draft) }
      #expect(problems?.list.map(\.field) == ["reason"])
    }
    draft.reason = "　業者に確かめた "
    try await world.answer("2-⑬", draft)
    #expect(try await world.line("2-⑬").state == .contradicted)
    // Once the records agree, nothing is left to say.
    world.say(SuggestionTests.fact(Self.restricted, 0, of: 46), SuggestionTests.fact(Self.unknown, 0, of: 46))
    #expect(try await world.line("2-⑬").state == .answered)
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "mhlw-hospital-r8/2026/2-⑬",
      facility: SuggestionTests.facility.rawValue,
      limit: 10
    )
    #expect(entries.map(\.kind) == ["assessment.answered"] && entries.first?.reason == "業者に確かめた")
  }

  @Test(arguments: Engine.available)
  func whatTheRecordsSaidMayChangeAfterwards(engine: Engine) async throws {
    let world = try await World(engine)
    world.say(SuggestionTests.fact(Self.restricted, 2, of: 46), SuggestionTests.fact(Self.unknown, 0, of: 46))
    #expect(try await world.assessment.accept(["2-⑬", "2-④"], of: world.checklist, in: world.scope) == 1)
    let line = try await world.line("2-⑬")
    #expect(line.state == .answered && line.answer?.value == .no && line.answer?.suggested == .no)
    world.say(SuggestionTests.fact(Self.restricted, 0, of: 46), SuggestionTests.fact(Self.unknown, 0, of: 46))
    #expect(try await world.line("2-⑬").state == .moved)
    // Confirming again does nothing: it is answered.
    #expect(try await world.assessment.accept(["2-⑬"], of: world.checklist, in: world.scope) == 0)
    // The records cannot tell: whatever a person answered stands.
    world.say()
    #expect(try await world.line("2-⑬").state == .answered)
    #expect(try await world.line("2-④").state == .open)
  }

  @Test(arguments: Engine.available)
  func whatNoRecordTellsIsAnsweredAsBefore(engine: Engine) async throws {
    let world = try await World(engine, "prefecture-20")
    world.say()
    try await world.answer("15", AnswerDraft(.level(3)))
    try await world.answer("16", AnswerDraft(.level(1)))
    world.clock.advance(days: 5)
    #expect(try await world.line("15").carried?.value == .level(3))
    #expect(try await world.line("17").carried == nil)
    #expect(try await world.assessment.accept([], carrying: ["15", "17"], of: world.checklist, in: world.scope) == 1)
    let line = try await world.line("15")
    #expect(line.answer?.value == .level(3) && line.answer?.checkedOn.iso == "2026-12-03" && line.state == .answered)
    // Only what was ticked, and only once.
    #expect(try await world.line("16").answer == nil)
    #expect(try await world.assessment.accept([], carrying: ["15"], of: world.checklist, in: world.scope) == 0)
  }

  /// What the records say today is no suggestion for a year that is over; what is answered later is told to be late.
  @Test(arguments: Engine.available)
  func aYearThatIsOverIsNotFilledInFromTodaysRecords(engine: Engine) async throws {
    let world = try await World(engine, "mhlw-hospital-r7")
    world.say(
      SuggestionTests.fact(Self.restricted, 0, of: 46, freshFor: 90),
      SuggestionTests.fact(Self.unknown, 0, of: 46, freshFor: 90)
    )
    #expect(try await world.line("2-⑬").state == .suggested)
    world.wait(until: SuggestionTests.now.day)
    let open = try await world.line("2-⑬")
    #expect(open.state == .open && open.suggestion.answer == nil && open.suggestion.facts.isEmpty)
    #expect(open.suggestion.reason.ja.contains("この回は終わりました"))
    #expect(try await world.assessment.accept(["2-⑬"], of: world.checklist, in: world.scope) == 0)
    // Answering late needs no reason, for nobody knows what the records said, and has the day on which it is given.
    try await world.answer("2-⑬", AnswerDraft(.no))
    let standing = try await world.assessment.standing(world.checklist, SuggestionTests.facility)
    let given = try #require(standing["2-⑬"]?.answer)
    #expect(given.suggested == nil && given.checkedOn == SuggestionTests.now.day)
    #expect(standing.lateness(given.checkedOn)?.ja == "令和7年度の後の確認")
    #expect(standing.lateness(LocalDate(iso: "2026-03-31")) == nil)
    // A form in Excel says so as well.
    let file = Assessment.file(standing, hospital: "みなと中央病院", language: .ja)
    let book = try TableReader.read(try file.workbook(at: SuggestionTests.now, isForFillingIn: false), name: "a.xlsx")
    #expect(book.sheets[0].rows.contains { $0.cells.contains { $0.text.contains("令和7年度の後の確認：2-⑬") } })
  }

  /// What is said of an answer of a settled round once more is what was said then.
  @Test(arguments: Engine.available)
  func anAnswerChangedLaterKeepsWhatTheRecordsSaid(engine: Engine) async throws {
    let world = try await World(engine, "mhlw-hospital-r7")
    world.say(SuggestionTests.fact(Self.restricted, 2, of: 46), SuggestionTests.fact(Self.unknown, 0, of: 46))
    try await world.answer("2-⑬", AnswerDraft(.no))
    let basis = try #require(try await world.line("2-⑬").answer?.basis)
    world.wait(until: SuggestionTests.now.day)
    world.say()
    for version in 1...2 {
      var draft = AnswerDraft(.yes)
      (draft.version, draft.reason, draft.remarks) = (version, "業者に確かめた", "\(version)")
      try await world.answer("2-⑬", draft)
    }
    let line = try await world.line("2-⑬")
    #expect(line.answer?.basis == basis && line.answer?.suggested == .no && line.state == .contradicted)
  }

  /// An empty ledger says nothing of the systems there are, and no form is ended in passing.
  @Test(arguments: Engine.available)
  func anEmptyLedgerAnswersNoGate(engine: Engine) async throws {
    for id in ["mhlw-hospital-r8", "mhlw-hospital-r7", "mhlw-hospital-r6", "mhlw-hospital-r5"] {
      let world = try await World(engine, id)
      let gate = try #require(world.checklist.gate)
      world.say(SuggestionTests.fact("ledger.assets.total", 0))
      #expect(try await world.line(gate.key).state == .open, "\(id)")
      #expect(try await world.assessment.accept([gate.key], of: world.checklist, in: world.scope) == 0)
      world.say(SuggestionTests.fact("ledger.assets.total", 1))
      #expect(try await world.line(gate.key).suggestion.answer == .yes, "\(id)")
      #expect(try await world.assessment.accept([gate.key], of: world.checklist, in: world.scope) == 1)
    }
  }

  /// What would leave other items unasked is answered on its own page, be it proven.
  @Test(arguments: Engine.available)
  func noAnswerThatSkipsItemsIsConfirmedAlongWithOthers(engine: Engine) async throws {
    let world = try await World(engine)
    let source = OwnChecklistTests.yaml().replacing(
      "  - item: 2",
      with:
        "  - item: 1-1\n    topic: backup\n    parent: {item: 1, is: [\"yes\"]}\n    text: {ja: あ, en: a}\n  - item: 2"
    )
    try await world.assessment.packs.load([.init(source: source, fileName: "own.yaml")], in: world.scope)
    let own = try #require(try await world.assessment.checklist("own-radiology.1", SuggestionTests.facility))
    let (parent, child) = (try #require(own["1"]), try #require(own["1-1"]))
    #expect(own.cutsShort(parent, .no) && !own.cutsShort(parent, .yes) && !own.cutsShort(child, .no))
    for (unknown, accepted) in [(3, 0), (0, 1)] {
      world.say(SuggestionTests.fact(Self.unknown, unknown, of: 46))
      let standing = try await world.assessment.standing(own, SuggestionTests.facility)
      #expect(standing["1"]?.state == .suggested && standing["1"].map(standing.isConfirmable) == (accepted == 1))
      #expect(try await world.assessment.accept(["1"], of: own, in: world.scope) == accepted)
    }
  }

  @Test(arguments: Engine.available)
  func twoPeopleSeeEachOther(engine: Engine) async throws {
    let world = try await World(engine)
    var draft = AnswerDraft(.no)
    draft.target = LocalDate(iso: "2027-03-31")
    try await world.answer("3-②", draft)
    // The second one had not seen the first one's answer.
    await #expect(throws: RoundConflict.answered) { try await world.answer("3-②", AnswerDraft(.yes)) }
    let first = try #require(try await world.line("3-②").answer)
    #expect(first.checkedOn.iso == "2026-11-28" && first.target?.iso == "2027-03-31")
    // The second check keeps the day of the first.
    world.clock.advance(days: 10)
    draft.version = first.version
    draft.secondValue = .yes
    try await world.answer("3-②", draft)
    let second = try #require(try await world.line("3-②").answer)
    #expect(second.checkedOn == first.checkedOn && second.secondOn?.iso == "2026-12-08" && second.latest == .yes)
  }

  @Test(arguments: Engine.available)
  func anotherValueLeavesWhatIsNotNamed(engine: Engine) async throws {
    let world = try await World(engine)
    var draft = AnswerDraft(.no)
    (draft.reason, draft.remarks, draft.target, draft.secondValue) = ("なし", "別紙", LocalDate(iso: "2027-03-31"), .yes)
    try await world.answer("3-②", draft)
    let first = try #require(try await world.line("3-②").answer)
    try await world.answer("3-②", AnswerDraft(changing: first, to: .no))
    let same = try #require(try await world.line("3-②").answer)
    #expect(same.reason == "なし")
    try await world.answer("3-②", AnswerDraft(changing: same, to: .yes))
    let second = try #require(try await world.line("3-②").answer)
    #expect(second.value == .yes && second.reason.isEmpty && second.version == 3)
    #expect(second.remarks == "別紙" && second.target?.iso == "2027-03-31" && second.secondValue == .yes)
    #expect(second.secondOn == first.secondOn)
  }

  /// Each of the two checks has its day and its person, whoever wrote a remark since.
  @Test(arguments: Engine.available)
  func eachCheckHasItsDayAndItsPerson(engine: Engine) async throws {
    let world = try await World(engine)
    func answer(as name: String, _ change: (inout AnswerDraft) -> Void) async throws {
      let current = try await world.line("2-④").answer
      var draft = AnswerDraft(changing: current, to: current?.value ?? .no)
      draft.target = LocalDate(iso: "2027-03-31")
      change(&draft)
      let scope = Scope<AnswerChecks>.operatorOf(
        SuggestionTests.facility,
        as: Actor(id: name, name: name),
        request: "test"
      )
      try await world.assessment.answer(draft, "2-④", of: world.checklist, in: scope)
    }
    func checks() async throws -> [String?] {
      let answer = try await world.line("2-④").answer
      return [answer?.checkedOn.iso, answer?.checkedBy, answer?.secondOn?.iso, answer?.secondBy, answer?.answeredBy]
    }
    try await answer(as: "佐藤 美咲") { _ in }
    #expect(try await checks() == ["2026-11-28", "佐藤 美咲", nil, nil, "佐藤 美咲"])
    world.clock.advance(days: 3)
    try await answer(as: "鈴木 一") { $0.secondValue = .yes }
    #expect(try await checks() == ["2026-11-28", "佐藤 美咲", "2026-12-01", "鈴木 一", "鈴木 一"])
    world.clock.advance(days: 1)
    try await answer(as: "高橋 花子") { $0.remarks = "規程を改めた" }
    #expect(try await checks() == ["2026-11-28", "佐藤 美咲", "2026-12-01", "鈴木 一", "高橋 花子"])
    // Another answer is another check.
    try await answer(as: "高橋 花子") { $0.value = .yes }
    #expect(try await checks()[...1] == ["2026-12-02", "高橋 花子"])
  }

  /// What is named against 該当なし are the contracts there are, not the gaps in some of them.
  @Test(arguments: Engine.available)
  func notApplicableIsMeasuredByTheContractsThereAre(engine: Engine) async throws {
    let world = try await World(engine)
    for (gaps, contracts, word) in [(2, 39, "39"), (0, 1, "1")] {
      world.say(SuggestionTests.fact("ledger.contracts.gaps", gaps, of: contracts))
      let problems = await #expect(throws: AnswerProblems.self) {
        try await world.answer("2-②", AnswerDraft(.notApplicable))
      }
      let text = try #require(problems?.list.first).text
      #expect(text.ja.hasPrefix("事業者との契約が台帳に\(word)件あり、この項目は該当します。"), "\(text.ja)")
      #expect(text.en.hasPrefix("\(word) contract") && !text.en.contains("gap"), "\(text.en)")
    }
    world.say(SuggestionTests.fact("ledger.contracts.gaps", 0, of: 0))
    try await world.answer("2-②", AnswerDraft(.notApplicable))
  }

  @Test(arguments: Engine.available)
  func aTargetStaysInTheYearOfTheForm(engine: Engine) async throws {
    let world = try await World(engine)
    for (day, isKept) in [
      // By then it was looked at already.
      ("2026-03-31", false), ("2026-04-01", false), ("2026-12-31", true), ("2027-03-31", true), ("2027-04-01", false),
    ] {
      var draft = AnswerDraft(.no)
      draft.target = LocalDate(iso: day)
      draft.version = try await world.line("3-③").answer?.version
      do {
        try await world.answer("3-③", draft)
        #expect(isKept, "\(day)")
      } catch let problems as AnswerProblems {
        #expect(!isKept && problems.list.map(\.field) == ["target"], "\(day)")
      }
    }
    for value in [AnswerValue.level(2), .notApplicable] {
      await #expect(throws: AnswerProblems.self) { try await world.answer("2-④", AnswerDraft(value)) }
    }
    // Only a no is to become a yes by a day.
    let levels = try #require(Checklists.checklist("prefecture-20"))
    let key = try #require(levels.items.first { $0.format.kind == .level }?.key)
    var leveled = AnswerDraft(.level(1))
    leveled.target = LocalDate(iso: "2027-03-31")
    let wanted = leveled
    let refused = await #expect(throws: AnswerProblems.self) {
      try await world.assessment.answer(wanted, key, of: levels, in: world.scope)
    }
    #expect(refused?.list.contains { $0.field == "target" && $0.text.ja.contains("目標日はありません") } == true)
    try await world.answer("2-②", AnswerDraft(.notApplicable))
    await #expect(throws: AnswerProblems.self) { try await world.answer("9-⑨", AnswerDraft(.yes)) }
  }

  @Test(arguments: Engine.available)
  func aLockedRoundChangesOnlyOnceItIsReopened(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.answer("3-①", AnswerDraft(.yes))
    try await world.finish()
    let rounds = world.assessment.rounds
    try await rounds.setLocked(true, world.checklist, "2026", reason: nil, in: world.scope)
    let locked = try await rounds.round(world.checklist, "2026", SuggestionTests.facility)
    #expect(locked.lockedBy == "佐藤 美咲" && locked.digest?.count == 64)
    await #expect(throws: RoundConflict.locked) { try await world.answer("2-⑬", AnswerDraft(.yes)) }
    await #expect(throws: RoundConflict.locked) {
      try await rounds.setLocked(true, world.checklist, "2026", reason: nil, in: world.scope)
    }
    try await rounds.setLocked(false, world.checklist, "2026", reason: "誤記", in: world.scope)
    var draft = AnswerDraft(.yes)
    draft.version = 1
    draft.remarks = "別紙"
    try await world.answer("3-①", draft)
    try await world.confirm()
    try await rounds.setLocked(true, world.checklist, "2026", reason: nil, in: world.scope)
    let again = try await rounds.round(world.checklist, "2026", SuggestionTests.facility)
    // A word more, another digest.
    #expect(again.digest != locked.digest && again.version == 3)
    // What was signed and opened again stays to be read.
    let locks = try await rounds.locks(world.checklist, "2026", SuggestionTests.facility)
    #expect(Set(locks.map(\.kind)) == [RoundStore.lockedKind, RoundStore.reopenedKind] && locks.count == 3)
    let reopened = locks.first { $0.kind == RoundStore.reopenedKind }
    #expect(reopened?.reason == "誤記" && reopened?.actorName == "佐藤 美咲")
  }

  /// Nobody signs what nobody said, and what is open is not opened again.
  @Test(arguments: Engine.available)
  func anUnfinishedRoundIsNotLocked(engine: Engine) async throws {
    let world = try await World(engine)
    func lock(_ isLocked: Bool = true) async throws -> Bool {
      try await world.assessment.setLocked(
        isLocked,
        world.checklist,
        reason: isLocked ? nil : "誤記",
        in: world.scope
      )
    }
    let all = world.checklist.items.map(\.name)
    await #expect(throws: RoundConflict.unfinished(all)) { try await lock() }
    await #expect(throws: RoundConflict.notLocked) { try await lock(false) }
    for key in world.checklist.items.map(\.key) where key != "4-①" {
      try await world.answer(key, AnswerDraft(key == "0" ? .yes : .no))
    }
    let refused = await #expect(throws: RoundConflict.self) { try await lock() }
    #expect(refused?.words.ja.contains("締められません：4-①。") == true && refused?.words.en.contains("4-①") == true)
    let round = try await world.assessment.rounds.round(world.checklist, "2026", SuggestionTests.facility)
    #expect(round.lockedAt == nil && round.digest == nil)
    #expect(try await world.assessment.rounds.locks(world.checklist, "2026", SuggestionTests.facility).isEmpty)
    try await world.finish()
    #expect(try await lock())
    #expect(try await !lock(), "locked twice is locked")
  }

  @Test(arguments: Engine.available)
  func answersCarryOverByTopicAndTheGateEndsTheForm(engine: Engine) async throws {
    let world = try await World(engine)
    let seven = try #require(Checklists.checklist("mhlw-hospital-r7"))
    world.clock.advance(days: -300)
    try await world.assessment.answer(AnswerDraft(.yes), "3-③", of: seven, in: world.scope)
    world.clock.advance(days: 300)
    let standing = try await world.assessment.standing(world.checklist, SuggestionTests.facility)
    #expect(standing["3-③"]?.earlier?.value == .yes && standing["3-③"]?.earlier?.pack == seven.id)
    #expect(try await world.assessment.accept([], carrying: ["3-③"], of: world.checklist, in: world.scope) == 1)
    // What is said of a later year is no answer of an earlier one, and no press writes it there.
    #expect(try await world.assessment.standing(seven, SuggestionTests.facility)["3-③"]?.earlier == nil)
    // A yes says nothing to a form of levels.
    let twenty = try #require(Checklists.checklist("prefecture-20"))
    try await world.answer("3-②", AnswerDraft(.yes))
    #expect(try await world.assessment.standing(twenty, SuggestionTests.facility)["4"]?.earlier == nil)
    try await world.answer("0", AnswerDraft(.no))
    #expect(
      try await world.assessment.standing(world.checklist, SuggestionTests.facility).items.map(\.item.key) == ["0"]
    )
  }

  @Test(arguments: Engine.available)
  func whatIsDueCountsDown(engine: Engine) async throws {
    let world = try await World(engine, "prefecture-20")
    let schedule = world.assessment.schedule
    let before = try await schedule.duties(SuggestionTests.facility)
    #expect(before.map(\.due.iso) == ["2026-11-30", "2027-03-31"])
    for item in world.checklist.items { try await world.answer(item.key, AnswerDraft(.level(1))) }
    let facts = try await schedule.facts(SuggestionTests.facility)
    #expect(facts.first { $0.key == "assessment.prefecture-20.open" }?.value == 0)
    #expect(try await schedule.duties(SuggestionTests.facility).count == 1)
    // The next month is another round.
    world.clock.advance(days: 5)
    #expect(try await schedule.duties(SuggestionTests.facility).map(\.due.iso) == ["2026-12-31", "2027-03-31"])
  }

  /// All checklists read together say what each says alone: answers, what was answered before, locks.
  @Test(arguments: Engine.available)
  func allRoundsReadTogetherAreWhatEachIsAlone(engine: Engine) async throws {
    let world = try await World(engine, "prefecture-20")
    world.say(SuggestionTests.fact(Self.restricted, 2, of: 46), SuggestionTests.fact(Self.unknown, 0, of: 46))
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    let form = try #require(Checklists.checklist("mhlw-hospital-r8"))
    try await world.answer("15", AnswerDraft(.level(3)))
    let before = try #require(Checklists.checklist("mhlw-hospital-r7"))
    try await assessment.answer(AnswerDraft(.yes), "0", of: before, in: world.scope)
    try await assessment.answer(AnswerDraft(.yes), "0", of: form, in: world.scope)
    try await assessment.answer(AnswerDraft(.yes), "2-④", of: form, in: world.scope)
    let yearly = try await assessment.standing(form, facility)
    for line in yearly.items where line.answer == nil {
      var draft = AnswerDraft(.no)
      draft.reason = "確かめた"
      try await assessment.answer(draft, line.item.key, of: form, in: world.scope)
    }
    for line in try await assessment.standing(form, facility).items where line.waitsForSecond {
      let second = Scope<AnswerChecks>.operatorOf(facility, as: Actor(id: "second", name: "鈴木"), request: "test")
      try await assessment.delegation.confirm(form, "2026", line.item, version: 1, in: second)
    }
    #expect(try await assessment.setLocked(true, form, reason: nil, in: world.scope))
    let all = try await assessment.standings(facility)
    #expect(all.map(\.round.checklist.id) == Checklists.own.map(\.id))
    for together in all {
      let alone = try await assessment.standing(together.round.checklist, facility)
      #expect(together.items.map(\.state) == alone.items.map(\.state), "\(together.round.checklist.id)")
      #expect(together.items.map(\.earlier) == alone.items.map(\.earlier))
      #expect(together.round.answers == alone.round.answers && together.round.digest == alone.round.digest)
    }
    #expect(all.first { $0.round.checklist.id == form.id }?.round.lockedAt != nil)
    #expect(all.contains { $0.items.contains { $0.earlier?.pack == before.id } })
  }
}
