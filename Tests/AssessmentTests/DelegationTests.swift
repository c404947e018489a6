import Blobs
import Journal
import Nouns
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// Who is asked, what is said, and the second look, on both engines.
@Suite struct DelegationTests {
  private static let facility = SuggestionTests.facility

  private func assignment(_ item: String, department: String? = nil, person: String? = nil) throws -> Assignment {
    Assignment(
      pack: "mhlw-hospital-r8",
      period: "2026",
      item: item,
      department: department,
      person: person,
      name: "放射線科",
      due: try #require(LocalDate(iso: "2026-12-05")),
      note: "写真も",
      assignedBy: "佐藤 美咲"
    )
  }

  private func reading(_ grants: [Grant], account: String) throws -> Scope<ReadLedger> {
    try Scope(of: grants, facility: Self.facility, actor: Actor(id: account, name: account), request: "test")
  }

  @Test(arguments: Engine.available)
  func anAssignedItemIsADutyUntilItIsAnswered(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.delegation
    let item = try #require(world.checklist["3-③"])
    try await store.assign([(assignment("3-③", department: "d-1"), item)], of: world.checklist, in: world.scope)
    func given() async throws -> [Duty] {
      try await world.assessment.schedule.duties(Self.facility).filter { $0.id.hasPrefix("assessment.assigned.") }
    }
    let duties = try await given()
    #expect(duties.map(\.department) == ["d-1"] && duties.map(\.due.iso) == ["2026-12-05"])
    #expect(duties.first?.owner == .departmentHead && duties.first?.reason.ja.contains("写真も") == true)
    // Giving it to a person instead leaves the department in peace.
    try await store.assign([(assignment("3-③", person: "a-9"), item)], of: world.checklist, in: world.scope)
    #expect(try await given().map(\.person) == ["a-9"])
    try await world.answer("3-③", AnswerDraft(.yes))
    #expect(try await given().isEmpty)
    let kinds = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "mhlw-hospital-r8/2026/3-③",
      facility: Self.facility.rawValue,
      limit: 10
    ).map(\.kind)
    #expect(kinds.count { $0 == "assessment.assigned" } == 2)
  }

  @Test func onlyWhoWasAskedMayAnswer() throws {
    let toDepartment = try assignment("3-③", department: "d-1")
    let head = try reading([Grant(role: .departmentHead, department: "d-1")], account: "a-1")
    let other = try reading([Grant(role: .departmentHead, department: "d-2")], account: "a-2")
    let director = try reading([Grant(role: .director)], account: "a-3")
    #expect(DelegationRoutes.isAsked(toDepartment, head))
    #expect(!DelegationRoutes.isAsked(toDepartment, other) && !DelegationRoutes.isAsked(toDepartment, director))
    let toPerson = try assignment("3-③", person: "a-3")
    #expect(DelegationRoutes.isAsked(toPerson, director) && !DelegationRoutes.isAsked(toPerson, head))
    #expect(!DelegationRoutes.isAsked(nil, head))
  }

  @Test(arguments: Engine.available)
  func aSecondPersonLooksAndAnotherAnswerHasToBeLookedAtAnew(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.delegation
    let second = world.checklist.items.first { $0.needsSecond }
    let item = try #require(second)
    func confirm(_ account: String, version: Int) async throws {
      try await store.confirm(
        world.checklist,
        "2026",
        item,
        version: version,
        in: .operatorOf(Self.facility, as: Actor(id: account, name: "鈴木"), request: "test")
      )
    }
    try await world.answer(item.key, AnswerDraft(.no))
    #expect(try await world.line(item.key).waitsForSecond)
    // The one who answered has the account a-1.
    await #expect(throws: AnswerProblems.self) { try await confirm("a-1", version: 1) }
    await #expect(throws: RoundConflict.answered) { try await confirm("a-2", version: 7) }
    try await confirm("a-2", version: 1)
    #expect(try await world.line(item.key).isConfirmed)
    let talk = try await store.talk("mhlw-hospital-r8", "2026", item.key, Self.facility)
    #expect(talk.confirmation?.by == "鈴木" && talk.answeredID == "a-1")
    var draft = AnswerDraft(.yes)
    draft.version = 1
    draft.reason = "できた"
    try await world.answer(item.key, draft)
    #expect(try await world.line(item.key).waitsForSecond)
    // What nobody has to confirm never waits.
    let other = world.checklist.items.first { !$0.needsSecond && !$0.isGate }
    let free = try #require(other)
    try await world.answer(free.key, AnswerDraft(.yes))
    #expect(try await !world.line(free.key).waitsForSecond)
  }

  @Test(arguments: Engine.available)
  func aRoundIsNotLockedBeforeTheSecondPersonHasLooked(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.delegation
    let (first, later) = (
      try #require(world.checklist.items.first { $0.needsSecond }),
      try #require(world.checklist.items.last { $0.needsSecond })
    )
    func confirm(_ item: ChecklistItem, version: Int) async throws {
      try await store.confirm(
        world.checklist,
        "2026",
        item,
        version: version,
        in: .operatorOf(Self.facility, as: Actor(id: "a-2", name: "鈴木"), request: "test")
      )
    }
    func lock() async throws -> Bool {
      try await world.assessment.setLocked(true, world.checklist, reason: nil, in: world.scope)
    }
    try await world.answer(first.key, AnswerDraft(.no))
    try await world.answer(later.key, AnswerDraft(.no))
    try await world.finish()
    for key in [first.key, later.key] {
      // Another word takes the confirmation away again.
      var draft = AnswerDraft(.no)
      (draft.version, draft.remarks) = (1, "確認前")
      try await world.answer(key, draft)
    }
    try await confirm(first, version: 2)
    let refused = await #expect(throws: RoundConflict.self) { try await lock() }
    #expect(refused == .unconfirmed([later.name]))
    #expect(refused?.words.ja.contains(later.name.ja) == true && refused?.words.ja.contains(first.name.ja) == false)
    #expect(try await world.assessment.rounds.round(world.checklist, "2026", Self.facility).lockedAt == nil)
    try await confirm(later, version: 2)
    // A confirmation is of one answer: another one has to be looked at again.
    var draft = AnswerDraft(.no)
    draft.version = 2
    draft.remarks = "別紙"
    try await world.answer(first.key, draft)
    await #expect(throws: RoundConflict.unconfirmed([first.name])) { try await lock() }
    try await confirm(first, version: 3)
    #expect(try await lock())
    #expect(try await !lock())
    for blank in [nil, "", "   ", "　"] {
      await #expect(throws: AnswerProblems.self) {
        try await world.assessment.setLocked(false, world.checklist, reason: blank, in: world.scope)
      }
    }
    #expect(try await world.assessment.setLocked(false, world.checklist, reason: "誤記", in: world.scope))
  }

  @Test func aLongListOfWaitingItemsIsCutShort() {
    let words = RoundConflict.unconfirmed((1...23).map { Localized(both: "3-\($0)") }).words
    #expect(words.ja.contains("3-20、ほか3項目") && !words.ja.contains("3-21"))
    #expect(words.en.contains("3-20, and 3 more"))
  }

  @Test(arguments: Engine.available)
  func commentsStandInTheirOrder(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.delegation
    let item = try #require(world.checklist["3-③"])
    let scope = try reading([Grant(role: .director)], account: "a-3")
    for text in ["最初", "次"] {
      try await store.comment(text, world.checklist, "2026", item, in: scope)
      world.clock.advance(days: 1)
    }
    let talk = try await store.talk("mhlw-hospital-r8", "2026", "3-③", Self.facility)
    #expect(talk.comments.map(\.text) == ["最初", "次"] && talk.comments[0].by == "a-3")
    #expect(try await store.talk("mhlw-hospital-r8", "2026", "3-③", FacilityID(rawValue: "other")).comments.isEmpty)
  }

  /// A world whose ledger knows a vendor, with an item asked of it.
  private func asked(_ engine: Engine) async throws -> (world: VendorFormTests.World, items: Assessment.VendorItems) {
    let world = try await VendorFormTests.World(engine)
    let whom = try await world.assessment.whom("南画像", Self.facility)
    #expect(whom == "v:v-2")
    let errand = Assessment.Errand(whom: whom, due: LocalDate(iso: "2026-12-05"), note: "ログも")
    _ = try await world.assessment.assign(["2-⑥", "3-③"], errand, of: world.own, in: world.scope)
    let standing = try await world.assessment.standing(world.own, Self.facility)
    return (world, try #require(try await world.assessment.items(of: "v-2", standing)))
  }

  @Test(arguments: Engine.available)
  func aVendorIsAskedByItsFormAndAnswersByIt(engine: Engine) async throws {
    let (world, items) = try await asked(engine)
    let assessment = world.assessment
    #expect(items.lines.map(\.item.key) == ["2-⑥", "3-③"] && items.checklist.items.count == 2)
    func duties() async throws -> [Duty] {
      try await assessment.schedule.duties(Self.facility).filter { $0.id.hasPrefix("assessment.asked") }
    }
    let duty = try #require(try await duties().first)
    #expect(duty.owner == .administrator && duty.due.iso == "2026-12-05" && duty.reason.ja.contains("2項目"))
    #expect(duty.link == "/assess/mhlw-hospital-r8/asked/v-2?period=2026" && duty.person == nil)
    // No message reaches a vendor: the day alone is noted, and gives it a while.
    #expect(try await assessment.remind(of: world.own, in: world.scope).reminded.count == 2)
    #expect(try await duties().map(\.due.iso) == ["2026-12-12"])
    world.clock.advance(days: 14)
    #expect(try await assessment.remind(of: world.own, in: world.scope).reminded.count == 2)
    #expect(try await duties().map(\.due.iso) == ["2026-12-26"])
    // The file holds these items alone, and comes back with who answered.
    var file = Assessment.file(items, hospital: "みなと中央病院", language: .ja)
    #expect(file.answers.isEmpty && file.checklist.items.map(\.key) == ["2-⑥", "3-③"])
    let reply = VendorReply(.file, "保守部 山本", on: try #require(LocalDate(iso: "2026-11-30")))
    file = FormFile(
      checklist: file.checklist,
      period: "2026",
      periodName: file.periodName,
      vendor: file.vendor,
      facility: "",
      systems: [],
      answers: ["2-⑥": FormAnswer(.yes, remarks: "毎日")],
      versions: [:],
      wording: [:],
      language: .ja,
      reply: reply
    )
    let outcome = try await assessment.take(
      try file.workbook(at: SuggestionTests.now),
      name: "back.xlsx",
      into: items.standing,
      asked: items,
      reason: "",
      overwriting: false,
      isDry: false,
      in: world.scope
    )
    #expect(outcome.problems.isEmpty && outcome.kept == 1)
    let standing = try await assessment.standing(world.own, Self.facility)
    let answer = try #require(standing["2-⑥"]?.answer)
    #expect(answer.latest == .yes && answer.checkedOn == reply.on && answer.remarks == "毎日")
    let now = try #require(try await assessment.items(of: "v-2", standing))
    #expect(now.lines.map(\.assignment.reply) == [reply, nil] && now.lines.map(\.isAnswered) == [true, false])
    #expect(try await duties().first?.reason.ja.contains("1項目") == true)
    // The hospital's own way in refuses the vendor's file.
    let elsewhere = try await assessment.take(
      try file.workbook(at: SuggestionTests.now),
      name: "back.xlsx",
      into: standing,
      reason: "",
      overwriting: true,
      isDry: true,
      in: world.scope
    )
    #expect(elsewhere.problems.count == 1)
  }

  @Test(arguments: Engine.available)
  func aReplyIsKeptWithTheAnswerOrNotAtAll(engine: Engine) async throws {
    let (world, _) = try await asked(engine)
    let today = world.clock.clock.now().day
    func answer(_ item: String, _ reply: VendorReply) async throws {
      try await world.assessment.answer(AnswerDraft(.no), item, of: world.own, reply: reply, in: world.scope)
    }
    let reply = VendorReply(.telephone, "山本", on: today)
    // Nobody asked the vendor for this one; and a day to come is no day of an answer.
    await #expect(throws: AnswerProblems.self) { try await answer("2-⑪", reply) }
    await #expect(throws: AnswerProblems.self) {
      try await answer("3-③", VendorReply(.paper, "山本", on: today.adding(days: 1)))
    }
    #expect(try await world.assessment.standing(world.own, Self.facility).items.allSatisfy { $0.answer == nil })
    try await answer("3-③", reply)
    let talk = try await world.assessment.delegation.talk(world.own.id, "2026", "3-③", Self.facility)
    #expect(talk.assignment?.reply == reply && talk.assignment?.whom == "v:v-2")
    let entry = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "mhlw-hospital-r8/2026/3-③",
      facility: Self.facility.rawValue,
      limit: 10
    ).first { $0.kind == "assessment.answered" }
    #expect(entry?.changes.contains { $0.field == "reply" && $0.to == reply.text } == true)
    // Whoever is asked instead has said nothing.
    let item = try #require(world.own["3-③"])
    let other = try assignment("3-③", department: "d-1")
    try await world.assessment.delegation.assign([(other, item)], of: world.own, in: world.scope)
    let after = try await world.assessment.delegation.talk(world.own.id, "2026", "3-③", Self.facility)
    #expect(after.assignment?.reply == nil && after.assignment?.vendor == nil)
  }

  /// A gate that ends the form takes what was asked with it.
  @Test(arguments: Engine.available)
  func whatIsNotAskedNeitherWaitsNorIsRemindedOf(engine: Engine) async throws {
    let (world, _) = try await asked(engine)
    let gate = try #require(world.own.gate)
    #expect(try await world.assessment.assigned(world.own, Self.facility).count == 2)
    try await world.assessment.answer(AnswerDraft(.no), gate.key, of: world.own, in: world.scope)
    #expect(try await world.assessment.assigned(world.own, Self.facility).isEmpty)
    #expect(try await world.assessment.remind(of: world.own, in: world.scope).reminded.isEmpty)
    let duties = try await world.assessment.schedule.duties(Self.facility)
    #expect(!duties.contains { $0.id.hasPrefix("assessment.asked") })
  }

  /// Who was asked before vendors could be is asked still.
  @Test(arguments: Engine.available)
  func assignmentsOutliveTheTableMadeAnew(engine: Engine) async throws {
    let all = JournalMigrations.all + BlobStore.migrations + Assessment.migrations
    let place = try #require(all.firstIndex { $0.name == "assessment-delegation-3-vendors" })
    let clock = FixedClock(SuggestionTests.now).clock
    let database = try await TestDatabase.make(engine, Array(all[..<place]), clock: clock)
    try await database.write(.facility(Self.facility.rawValue)) { tx in
      try tx.run(
        """
        INSERT INTO assessment_assignment (facility, pack, period, item, department, name, due_on, note, assigned_at,
          assigned_by, reminders)
        VALUES (\(Self.facility.rawValue), 'p', '2026', '1', 'd-1', '放射線科', \(clock.now().day), '', \(clock.now()), 's', 2)
        """
      )
    }
    try await database.migrate(all)
    let found = try await DelegationStore(database: database, clock: clock, ids: .uuid7(clock))
      .assignments("p", "2026", Self.facility)
    #expect(found.map(\.department) == ["d-1"] && found.map(\.reminders) == [2])
    #expect(found.map(\.whom) == ["d:d-1"])
  }
}
