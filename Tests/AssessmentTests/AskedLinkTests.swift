import Blobs
import Journal
import Nouns
import SQL
import Support
import Synchronization
import Testing
import Text
import Time

@testable import Assessment

/// Departments and vendors answer what they are asked by a link, without an account; what comes is no answer of the
/// hospital's before somebody takes it over.
@Suite struct AskedLinkTests {
  private static let facility = SuggestionTests.facility

  /// Two departments, of which one has somebody with an account, and a vendor.
  private struct World: Sendable {
    final class Told: Sendable { let notices = Mutex<[AssessmentNeeds.Notice]>([]) }

    let database: any Database
    let assessment: Assessment
    let clock: FixedClock
    let told = Told()
    let checklist: Checklist

    init(_ engine: Engine) async throws {
      let clock = FixedClock(SuggestionTests.now)
      database = try await TestDatabase.make(
        engine,
        JournalMigrations.all + BlobStore.migrations + Assessment.migrations,
        clock: clock.clock
      )
      let told = told
      assessment = Assessment(
        schedule: AssessmentSchedule(
          database: database,
          clock: clock.clock,
          ids: .uuid7(clock.clock),
          vendors: { _ in [VendorFormTests.World.pacs] },
          fiscalYearStart: { _ in 4 }
        ),
        facts: { _ in [] },
        needs: AssessmentNeeds(
          departments: { _ in [(id: "d-1", name: "放射線科"), (id: "d-2", name: "薬剤部")] },
          people: { _ in [(id: "a-1", name: "佐藤 美咲")] },
          answering: { _ in ["d-2"] },
          tell: { notices, _ in told.notices.withLock { $0 += notices } }
        )
      )
      self.clock = clock
      checklist = try #require(Checklists.checklist("mhlw-hospital-r8"))
    }

    func scope(_ id: String = "a-1", _ name: String = "佐藤 美咲") -> Scope<AnswerChecks> {
      .operatorOf(AskedLinkTests.facility, as: Actor(id: id, name: name), request: "test")
    }

    func ask(_ keys: [String], _ whom: String) async throws {
      let errand = Assessment.Errand(whom: whom, due: LocalDate(iso: "2026-12-05"))
      _ = try await assessment.assign(keys, errand, of: checklist, in: scope())
    }

    func party(_ whom: String) async throws -> Assessment.AskedParty {
      try #require(try await assessment.party(whom, checklist, AskedLinkTests.facility))
    }

    func keep(
      _ key: String,
      _ value: AnswerValue,
      _ whom: String = "d-1",
      version: Int? = nil,
      isSending: Bool = false
    ) async throws {
      let item = try #require(checklist[key])
      try await assessment.askedLinks.keep(
        [(item, FormAnswer(value, remarks: "毎月"), version)],
        try await party("d:\(whom)").place,
        respondent: "技師長 田中",
        isSending: isSending,
        in: scope("department:\(whom)", "放射線科")
      )
    }

    func duties() async throws -> [Duty] {
      try await assessment.schedule.duties(AskedLinkTests.facility).filter {
        $0.id.hasPrefix("assessment.assigned") || $0.id.hasPrefix("assessment.arrived")
          || $0.id.hasPrefix("assessment.askedVendor")
      }
    }
  }

  private func token(_ link: Assessment.HandedLink) throws -> String {
    String(try #require(link.address.split(separator: "/").last))
  }

  /// The token is told once; the database does not tell it. One link a round and department.
  @Test(arguments: Engine.available)
  func aLinkIsKeptAsItsHashAndEnds(engine: Engine) async throws {
    let world = try await World(engine)
    let (assessment, links) = (world.assessment, world.assessment.askedLinks)
    await #expect(throws: AnswerProblems.self, "nothing is asked") {
      _ = try await assessment.makeLink(for: "d:d-1", world.checklist, in: world.scope())
    }
    try await world.ask(["2-⑥", "3-③"], "d:d-1")
    try await world.ask(["3-①"], "p:a-1")
    await #expect(throws: AnswerProblems.self, "a person has an account") {
      _ = try await assessment.makeLink(for: "p:a-1", world.checklist, in: world.scope())
    }
    let made = try await assessment.makeLink(for: "d:d-1", world.checklist, in: world.scope()).link
    #expect(made.lastDay.iso == "2026-12-19", "two weeks after the answers are due")
    let first = try token(made)
    #expect(try await links.find(first)?.whom == "d:d-1")
    let stored = try await world.database.read(.facility(Self.facility.rawValue)) { tx in
      try tx.rows("SELECT token_hash FROM assessment_asked_link").map { try $0.text("token_hash") }
    }
    #expect(stored.count == 1 && stored[0].count == 64 && stored[0] != first)
    #expect(try await world.party("d:d-1").lines.map(\.item.key) == ["2-⑥", "3-③"])
    let second = try token(try await assessment.makeLink(for: "d:d-1", world.checklist, in: world.scope()).link)
    #expect(try await links.find(first) == nil)
    #expect(try await links.find(second) != nil)
    #expect(try await assessment.endLink(of: "d:d-1", world.checklist, in: world.scope()))
    #expect(try await links.find(second) == nil)
    #expect(try await !assessment.endLink(of: "d:d-1", world.checklist, in: world.scope()))
  }

  @Test(arguments: Engine.available)
  func whatComesIsSavedThenSentThenTakenOver(engine: Engine) async throws {
    let world = try await World(engine)
    let assessment = world.assessment
    func reply() async throws -> AskedReply? { try await world.party("d:d-1").lines.first?.reply }
    try await world.ask(["3-③"], "d:d-1")
    // Saved, nobody of the hospital sees it.
    try await world.keep("3-③", .no)
    #expect(try await reply() == nil)
    #expect(try await world.party("d:d-1").stored["3-③"]?.answer.value == .no)
    #expect(try await world.duties().map(\.owner) == [.departmentHead])
    await #expect(throws: RoundConflict.answered, "somebody else typed by the same link") {
      try await world.keep("3-③", .yes)
    }
    await #expect(throws: RoundConflict.answered, "it is asked of nobody there") { try await world.keep("2-⑥", .yes) }
    // Sent, it waits for whoever is in charge, and is no answer.
    try await world.keep("3-③", .yes, version: 1, isSending: true)
    let sent = try #require(try await reply())
    #expect(sent.value == .yes && sent.version == 2 && sent.respondent == "技師長 田中" && sent.sentAt != nil)
    #expect(try await world.duties().map(\.owner) == [.administrator])
    #expect(try await assessment.standing(world.checklist, Self.facility)["3-③"]?.answer == nil)
    #expect(try await assessment.remind(of: world.checklist, in: world.scope()).reminded.isEmpty)
    await #expect(throws: RoundConflict.answered, "it was another one that was looked at") {
      try await assessment.take("3-③", version: 1, of: world.checklist, in: world.scope())
    }
    try await assessment.take("3-③", version: 2, of: world.checklist, in: world.scope())
    let answer = try #require(try await assessment.standing(world.checklist, Self.facility)["3-③"]?.answer)
    #expect(answer.value == .yes && answer.remarks == "毎月" && answer.answeredBy == "佐藤 美咲")
    #expect(try await reply()?.takenBy == "佐藤 美咲")
    #expect(try await world.duties().isEmpty)
    await #expect(throws: RoundConflict.answered) { try await world.keep("3-③", .no, version: 2) }
    await #expect(throws: RoundConflict.answered, "an answer is not replaced") {
      try await assessment.take("3-③", version: 2, of: world.checklist, in: world.scope())
    }
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "mhlw-hospital-r8/2026/3-③",
      facility: Self.facility.rawValue,
      limit: 10
    )
    #expect(entries.contains { $0.kind == "assessment.replied" })
    let taken = entries.first { $0.kind == "assessment.answered" }
    #expect(taken?.changes.contains { $0.field == "respondent" && $0.to == "技師長 田中" } == true)
  }

  /// Whoever is asked again for what is answered can answer, by the link and with an account; the answer from before stands
  /// until then.
  @Test(arguments: Engine.available)
  func whatIsAnsweredCanBeAskedAgain(engine: Engine) async throws {
    let world = try await World(engine)
    let assessment = world.assessment
    func line() async throws -> Assessment.AskedItem { try #require(try await world.party("d:d-1").lines.first) }
    func answer() async throws -> GivenAnswer? {
      try await assessment.standing(world.checklist, Self.facility)["3-③"]?.answer
    }
    try await world.ask(["3-③"], "d:d-1")
    try await world.keep("3-③", .yes, isSending: true)
    try await assessment.take("3-③", version: 1, of: world.checklist, in: world.scope())
    let first = try await line()
    #expect(first.isAnswered && first.before == nil)
    await #expect(throws: AnswerProblems.self, "nothing is left to answer") {
      _ = try await assessment.makeLink(for: "d:d-1", world.checklist, in: world.scope())
    }
    world.clock.advance(days: 1)
    try await world.ask(["3-③"], "d:d-1")
    let asked = try await line()
    #expect(!asked.isAnswered && asked.before?.latest == .yes && asked.said == nil && !asked.hasArrived)
    #expect(try await world.duties().map(\.owner) == [.departmentHead])
    _ = try await assessment.makeLink(for: "d:d-1", world.checklist, in: world.scope())
    #expect(try await world.party("d:d-1").open.items.map(\.key) == ["3-③"])
    // The same once more is an answer, too.
    world.clock.advance(seconds: 60)
    try await world.keep("3-③", .yes)
    try await world.keep("3-③", .no, version: 2, isSending: true)
    let arrived = try await line()
    #expect(arrived.hasArrived && arrived.before?.latest == .yes)
    #expect(try await world.duties().map(\.owner) == [.administrator])
    #expect(try await answer()?.value == .yes)
    try await assessment.take("3-③", version: 3, of: world.checklist, in: world.scope())
    let taken = try await answer()
    #expect(taken?.value == .no && taken?.version == 2)
    #expect(try await line().isAnswered)
    #expect(try await world.duties().isEmpty)
    // Asked once more, somebody with an account answers.
    world.clock.advance(days: 1)
    try await world.ask(["3-③"], "d:d-2")
    #expect(try await assessment.remind(of: world.checklist, in: world.scope()).reminded.count == 1)
    var draft = AnswerDraft(.yes)
    draft.version = 2
    try await assessment.answer(draft, "3-③", of: world.checklist, in: world.scope())
    #expect(try await assessment.remind(of: world.checklist, in: world.scope()).reminded.isEmpty)
    #expect(try await world.party("d:d-2").lines.first?.isAnswered == true)
  }

  /// Nobody is asked for what the answers so far do not ask.
  @Test(arguments: Engine.available)
  func whatIsNotAskedIsRefusedAtOnce(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.assessment.answer(AnswerDraft(.no), "0", of: world.checklist, in: world.scope())
    let refused = await #expect(throws: AnswerProblems.self) { try await world.ask(["3-③"], "d:d-1") }
    #expect(refused?.text.ja.contains("3-③ は頼めません") == true)
    #expect(try await world.assessment.party("d:d-1", world.checklist, Self.facility) == nil)
  }

  /// What was sent and is changed waits for being sent again; whoever is asked instead has said nothing.
  @Test(arguments: Engine.available)
  func whatIsChangedIsSentAgain(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.ask(["3-③"], "d:d-1")
    try await world.keep("3-③", .yes, isSending: true)
    try await world.keep("3-③", .no, version: 1)
    #expect(try await world.party("d:d-1").lines[0].reply == nil)
    let sent = try await world.assessment.askedLinks.keep(
      [],
      try await world.party("d:d-1").place,
      respondent: "田中",
      isSending: true,
      in: world.scope("department:d-1", "放射線科")
    )
    #expect(sent == 1)
    #expect(try await world.party("d:d-1").lines[0].reply?.value == .no)
    try await world.ask(["3-③"], "d:d-2")
    #expect(try await world.party("d:d-2").lines[0].reply == nil)
    #expect(try await world.assessment.party("d:d-1", world.checklist, Self.facility) == nil)
  }

  /// A vendor's answer keeps who said it, as one that came on paper does.
  @Test(arguments: Engine.available)
  func aVendorsAnswerIsAReply(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.ask(["2-⑥"], "v:v-2")
    _ = try await world.assessment.makeLink(for: "v:v-2", world.checklist, in: world.scope())
    let item = try #require(world.checklist["2-⑥"])
    try await world.assessment.askedLinks.keep(
      [(item, FormAnswer(.yes), nil)],
      try await world.party("v:v-2").place,
      respondent: "保守部 山本",
      isSending: true,
      in: world.scope("vendor:v-2", "南画像")
    )
    try await world.assessment.take("2-⑥", version: 1, of: world.checklist, in: world.scope())
    let reply = try await world.party("v:v-2").lines[0].assignment.reply
    #expect(reply == VendorReply(.terminal, "保守部 山本", on: world.clock.clock.now().day))
  }

  /// A department in which nobody has an account is named, not counted, until it has a link.
  @Test(arguments: Engine.available)
  func whomNobodyReachesIsNamed(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.ask(["3-③"], "d:d-1")
    try await world.ask(["3-①"], "d:d-2")
    let before = try await world.assessment.remind(of: world.checklist, in: world.scope())
    #expect(before.reminded.map(\.name) == ["薬剤部"] && before.unreachedNames == ["放射線科"])
    #expect(before.warning?.ja.contains("放射線科") == true)
    #expect(world.told.notices.withLock { $0.map(\.department) } == ["d-2"])
    let lines = try await world.assessment.assigned(world.checklist, Self.facility)
    #expect(lines.first { $0.item.key == "3-③" }?.assignment.remindedOn == nil)
    _ = try await world.assessment.makeLink(for: "d:d-1", world.checklist, in: world.scope())
    let after = try await world.assessment.remind(of: world.checklist, in: world.scope())
    #expect(after.reminded.count == 2 && after.warning == nil)
    // A link that is over reaches nobody.
    world.clock.advance(days: 40)
    #expect(try await world.assessment.remind(of: world.checklist, in: world.scope()).unreachedNames == ["放射線科"])
  }
}
