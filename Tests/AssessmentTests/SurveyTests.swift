import Blobs
import Journal
import Nouns
import Packs
import SQL
import Sealing
import Support
import Synchronization
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// Asking, answering, and reading what came back, on both engines.
@Suite struct SurveyTests {
  static let source = """
    pack: own.survey
    edition: 1
    title: {ja: 調査, en: Survey}
    valid: {from: 2026-04-01}
    publisher: 県
    source: {title: 調査}
    verification: unverified
    entries:
      - {section: "1", title: {ja: 回線, en: Lines}}
      - {question: vpn, kind: yesNo, required: "yes", text: {ja: VPNがある, en: A VPN}}
      - {question: vendor, kind: choice, required: "yes", when: {question: vpn, is: ["yes"]}, text: {ja: 会社, en: Vendor}, choices: [{key: a, ja: 甲, en: A}, {key: b, ja: 乙, en: B}]}
      - {section: "2", title: {ja: 人, en: People}}
      - {question: staff, kind: number, least: 0, most: 500, text: {ja: 担当の人数, en: Staff}}
      - {question: tools, kind: choices, text: {ja: 道具, en: Tools}, choices: [{key: edr, ja: EDR, en: EDR}, {key: siem, ja: SIEM, en: SIEM}]}
      - {question: state, kind: matrix, text: {ja: 状態, en: State}, rows: [{key: server, ja: サーバ, en: Servers}, {key: pc, ja: 端末, en: PCs}], choices: [{key: good, ja: よい, en: Good}, {key: bad, ja: わるい, en: Bad}]}
      - {question: remarks, kind: text, text: {ja: 意見, en: Remarks}}

    """

  static func questionnaire() throws -> Questionnaire { try SurveyDraft.read(source, file: "own.yaml") }

  /// The month's survey of departments, by name and id.
  static func departments(
    _ naming: Survey.Naming,
    _ asked: [(name: String, id: String)]
  ) throws -> SurveyDraft {
    try SurveyDraft(
      title: "",
      source: try #require(Questionnaires.source(Questionnaires.departments)),
      file: "departments.yaml",
      naming: naming,
      cycle: .month,
      due: try #require(LocalDate(iso: "2026-11-30")),
      population: nil,
      members: asked.map { .init(name: $0.name, stratum: "", department: $0.id) }
    )
  }

  /// A survey that is under way.
  static func open(
    _ world: RoundTests.World,
    _ naming: Survey.Naming,
    source: String = source,
    count: Int,
    population: Int? = nil,
    cycle: Survey.Cycle = .once
  ) async throws -> Survey {
    let draft = try SurveyDraft(
      title: "",
      source: source,
      file: "own.yaml",
      naming: naming,
      cycle: cycle,
      due: try #require(LocalDate(iso: "2026-12-31")),
      population: population,
      members: (1...count).map { .init(name: "病院\($0)", stratum: $0 % 2 == 0 ? "20-99" : "500+") }
    )
    let store = world.assessment.surveys
    return try await store.find(try await store.open(draft, in: world.scope), SuggestionTests.facility)
  }

  static func answers(_ values: [String: String]) throws -> SurveyAnswers {
    let questionnaire = try questionnaire()
    var answers = SurveyAnswers(count: questionnaire.columns.count)
    for (key, value) in values { answers[try #require(questionnaire.column(key))] = value }
    return answers
  }

  @Test func aQuestionnaireIsReadWithItsColumns() throws {
    let questionnaire = try Self.questionnaire()
    #expect(
      questionnaire.columns.map(\.key) == ["vpn", "vendor", "staff", "tools", "state.server", "state.pc", "remarks"]
    )
    #expect(questionnaire.sections.map(\.questions.count) == [2, 4])
    for (wrong, word) in [
      ("kind: yesNo, required", "kind: maybe, required"), ("question: vpn, is", "question: later, is"),
      ("is: [\"yes\"]", "is: [perhaps]"), ("question: staff", "question: vpn"),
      ("rows: [{key: server", "rows: [{key: 鯖"),
    ] {
      let text = Self.source.replacing(wrong, with: word)
      #expect(text != Self.source, "\(wrong)")
      #expect(throws: PackError.self, "\(word)") { try SurveyDraft.read(text, file: "own.yaml") }
    }
  }

  @Test func whatIsNotAskedIsEmptied() throws {
    let questionnaire = try Self.questionnaire()
    let given = try Self.answers(["vpn": "no", "vendor": "a"])
    #expect(!questionnaire.asked(given).contains("vendor"))
    let settled = questionnaire.settled(given)
    let vendor = try #require(questionnaire.column("vendor"))
    #expect(!settled.isAsked(vendor) && AnswerReading.missing(settled, questionnaire).isEmpty)
    // A changed mind asks again.
    var again = settled
    again[try #require(questionnaire.column("vpn"))] = "yes"
    #expect(AnswerReading.missing(questionnaire.settled(again), questionnaire).map(\.key) == ["vendor"])
    #expect(SurveyAnswers(packed: settled.packed, count: 7) == settled)
  }

  @Test func typedAnswersAreRead() throws {
    let questionnaire = try Self.questionnaire()
    let reading = AnswerReading(today: SuggestionTests.now.day)
    func read(_ text: String, _ key: String) throws -> String? {
      reading.read(text, try #require(questionnaire[key]).format)
    }
    #expect(try read("はい", "vpn") == "yes" && read(" Yes ", "vpn") == "yes" && read("", "vpn") == "")
    #expect(try read("たぶん", "vpn") == nil)
    #expect(try read("１２", "staff") == "12" && read("501", "staff") == nil && read("-1", "staff") == nil)
    #expect(try read("SIEM、edr", "tools") == "edr\u{1E}siem" && read("edr、x", "tools") == nil)
    #expect(try read("わるい", "state") == "bad")
  }

  @Test(arguments: Engine.available)
  func answersAreSavedGoneOnWithAndSent(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    let survey = try await Self.open(world, .named, count: 4)
    let token = try await store.respondents(survey)[0].token
    #expect(token.utf8.count == 26)
    let first = try await store.invitation(token)
    #expect(first.progress == .silent && first.respondent.name == "病院1")
    try await store.save(try Self.answers(["vpn": "yes"]), first)
    // Somebody with the same link had not seen that.
    await #expect(throws: SurveyProblem.moved) { try await store.save(try Self.answers(["vpn": "no"]), first) }
    let second = try await store.invitation(token)
    let saved = try Self.answers(["vpn": "yes"])
    #expect(second.progress == .started && second.answers == saved)
    await #expect(throws: SurveyProblem.missing(["vendor"])) { try await store.send(second.answers, second, by: "") }
    try await store.send(try Self.answers(["vpn": "yes", "vendor": "b"]), second, by: "田中")
    let sent = try await store.responses(survey, round: "")
    #expect(sent.map(\.name) == ["病院1"] && sent[0].stratum == "500+")
    // With names it can be changed, and counts once.
    let third = try await store.invitation(token)
    try await store.send(try Self.answers(["vpn": "no"]), third, by: "田中")
    #expect(try await store.responses(survey, round: "").count == 1)
    // Nothing applies, though there are answers: they are not dropped without being asked about.
    let fourth = try await store.invitation(token)
    await #expect(throws: SurveyProblem.answersStand(1)) { try await store.send(nil, fourth, by: "") }
    #expect(try await store.responses(survey, round: "").count == 1)
    let other = try await store.invitation(try await store.respondents(survey)[1].token)
    try await store.send(nil, other, by: "")
    try await store.save(try Self.answers(["vpn": "no"]), try await store.invitation(other.respondent.token))
    let begun = try await store.invitation(other.respondent.token)
    await #expect(throws: SurveyProblem.answersStand(1)) { try await store.send(nil, begun, by: "") }
    try await store.send(nil, begun, dropping: true, by: "")
    let whole = try await store.participation(survey, round: "").whole
    #expect((whole.asked, whole.answered, whole.notConcerned, whole.silent) == (4, 1, 1, 2))
    #expect(whole.ratePermille == 500)
    try await store.close(survey, in: world.scope)
    let late = try await store.invitation(try await store.respondents(survey)[2].token)
    await #expect(throws: SurveyProblem.closed) { try await store.send(nil, late, by: "") }
    await #expect(throws: SurveyProblem.notFound) { _ = try await store.invitation("nobody") }
  }

  @Test(arguments: Engine.available)
  func whatIsOnlyCountedKeepsNoName(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    let survey = try await Self.open(world, .aggregate, count: 2)
    let respondent = try await store.respondents(survey)[0]
    let browser = Token(from: .system)
    let invitation = try await store.invitation(respondent.token, browser: browser)
    try await store.save(try Self.answers(["vpn": "no", "remarks": "秘密"]), invitation)
    try await store.send(
      try Self.answers(["vpn": "no", "remarks": "秘密"]),
      try await store.invitation(respondent.token, browser: browser),
      by: "田中"
    )
    let rows = try await world.database.read(.facility(SuggestionTests.facility.rawValue)) { tx in
      (
        try tx.rows("SELECT respondent, answered_by, answered_at, id FROM poll_response"),
        try tx.rows("SELECT draft, holder FROM poll_participation")
      )
    }
    let response = try #require(rows.0.first)
    #expect(try response.optionalText("respondent") == nil)
    #expect(try response.optionalText("answered_by") == nil)
    #expect(try response.optionalInstant("answered_at") == nil)
    #expect(try response.text("id").utf8.count == 32)
    #expect(try rows.1.map { try $0.text("draft") } == [""], "nothing of the draft is left")
    #expect(try rows.1.map { try $0.optionalText("holder") } == [nil], "and nothing of the browser")
    let again = try await store.invitation(respondent.token)
    await #expect(throws: SurveyProblem.alreadySent) { try await store.send(nil, again, by: "") }
  }

  @Test(arguments: Engine.available)
  func aFileIsTakenWholeOrNotAtAll(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let assessment = world.assessment
    let survey = try await Self.open(world, .named, count: 12)
    func take(_ text: String, replacing: Bool = false) async throws -> PollStore.Imported {
      try await assessment.importAnswers(
        Array(text.utf8),
        name: "answers.csv",
        survey: survey.id,
        round: nil,
        replacing: replacing,
        in: world.scope
      )
    }
    let head = "回答者,vpn,vendor,staff\r\n"
    let wrong = await #expect(throws: SurveyFile.Faults.self) {
      _ = try await take(head + "病院1,はい,甲,3\r\n病院99,いいえ,,\r\n病院2,はい,,900\r\n")
    }
    let words = wrong?.list.map { "\($0.row) \($0.column)" }
    #expect(words == ["3 回答者", "4 staff", "4 vendor"])
    let lines = (1...12).map { "病院\($0),\($0 <= 8 ? "はい,甲" : "no,"),\($0)\r\n" }.joined()
    #expect(try await take(head + lines) == .init(added: 12, replaced: 0))
    // What is there already is not written over by itself.
    await #expect(throws: SurveyProblem.answeredBefore) { _ = try await take(head + "病院1,いいえ,,\r\n") }
    #expect(try await take(head + "病院1,いいえ,,\r\n", replacing: true) == .init(added: 0, replaced: 1))
    let report = try await assessment.surveys.report(survey, round: "")
    let vpn = try #require(report["vpn"]?.tables.first)
    #expect(report.strata == ["20-99", "500+"] && vpn[2, 3] == 12)
    // 3 of 6 small hospitals have none …: small counts are hidden in the strata, 7 and 5 of all would give them away.
    #expect(vpn[0, 1] == nil && vpn[1, 0] == nil)
    // How many were asked for the vendor is how many said yes: hidden with it.
    let vendor = try #require(report["vendor"]?.tables.first)
    #expect(vendor[0, 2] == nil && vendor[1, 2] == nil)
    let read = try SurveyFile(today: assessment.today).answers(
      try TableReader.read(
        try #require(written(survey, try await assessment.surveys.responses(survey, round: ""))),
        name: "a.csv"
      ),
      survey,
      try await assessment.surveys.respondents(survey)
    )
    #expect(read.count == 12, "what is written is read back")
  }

  private func written(
    _ survey: Survey,
    _ responses: [(name: String?, answerer: String, stratum: String, answers: SurveyAnswers)]
  ) -> [UInt8]? {
    guard case .written(let bytes, _) = SheetWriter.text(SurveySheets(survey: survey, language: .ja).answers(responses))
    else { return nil }
    return bytes
  }

  @Test(arguments: Engine.available)
  func departmentsAreEvidenceOnceEnoughHaveAnswered(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let store = world.assessment.surveys
    let draft = try Self.departments(.named, (1...5).map { ("部門\($0)", "d\($0)") })
    let survey = try await store.find(try await store.open(draft, in: world.scope), SuggestionTests.facility)
    let keys = [
      "private-media", "web-use", "cloud-use", "mail-caution", "mail-protection", "report-mail", "report-contact",
    ]
    func answer(_ number: Int, _ media: String) async throws {
      let invitation = try await store.invitation(try await store.respondents(survey)[number].token)
      var answers = SurveyAnswers(count: survey.questionnaire.columns.count)
      for key in keys {
        answers[try #require(survey.questionnaire.column(key))] = key == "private-media" ? media : "yes"
      }
      try await store.send(answers, invitation, by: "")
    }
    for number in 0..<3 { try await answer(number, "yes") }
    // Three of five is not enough to say anything.
    #expect(try await world.line("15").suggestion.answer == nil)
    #expect(
      try await world.assessment.schedule.duties(SuggestionTests.facility).count { $0.owner == .departmentHead } == 2
    )
    try await answer(3, "unknown")
    let line = try await world.line("15")
    // Three of all five said yes: 「わからない」 and silence are no yes.
    #expect(line.suggestion.answer == .level(1) && line.suggestion.facts.first?.value == 3)
    #expect(line.suggestion.facts.first?.population == 5)
    try await answer(4, "yes")
    // For the other questions all five said yes.
    #expect(try await world.line("16").suggestion.answer == .level(2))
    #expect(
      try await world.assessment.schedule.duties(SuggestionTests.facility).count { $0.owner == .departmentHead } == 0
    )
    // The next month is another round.
    world.clock.advance(days: 5)
    #expect(try await world.line("16").suggestion.answer == nil)
  }

  @Test func aCrossTableHidesWhatTheReportHides() throws {
    let questionnaire = try Self.questionnaire()
    var tally = Tally(questionnaire, strata: [""])
    var all: [SurveyAnswers] = []
    for number in 0..<40 {
      let line = questionnaire.settled(
        try Self.answers([
          "vpn": number < 30 ? "yes" : number < 37 ? "no" : "unknown",
          "state.server": number.isMultiple(of: 2) ? "good" : "bad", "state.pc": number < 20 ? "good" : "bad",
        ])
      )
      tally.add(packed: line.packed, stratum: "")
      all.append(line)
    }
    let line = Participation.Line(stratum: "", asked: 40, started: 0, answered: 40, notConcerned: 0)
    let report = SurveyReport(questionnaire, tally, participation: Participation([line]), population: nil)
    let plain = try #require(CrossTabulation(report, "state.server", "state.pc", responses: all)?.table)
    #expect(!plain.isHiddenSomewhere && plain[0, 0] == 10 && plain[2, 2] == 40)
    let vpn = try #require(report["vpn"]?.tables.first)
    #expect(vpn.hiddenColumns == [1, 2], "3 did not know, and 7 would give them away")
    let cross = try #require(CrossTabulation(report, "vpn", "state.pc", responses: all)?.table)
    #expect(cross[1, 2] == nil && cross[2, 2] == nil && cross[3, 2] == 40)
    #expect(CrossTabulation(report, "vpn", "vpn", responses: all) == nil)
    #expect(CrossTabulation(report, "vpn", "remarks", responses: all) == nil)
  }

  @Test func bedClassesAreThoseOfTheMinistry() {
    let cases: [(Int, BedClass)] = [
      (0, .clinic), (19, .clinic), (20, .from20), (99, .from20), (100, .from100), (199, .from100), (200, .from200),
      (300, .from300), (400, .from400), (499, .from400), (500, .from500), (1_200, .from500),
    ]
    for (beds, found) in cases { #expect(BedClass(beds: beds) == found, "\(beds)") }
  }

  /// One's own answers beside those of one's stratum, only once nobody can answer any more, and never who others are.
  @Test(arguments: Engine.available, Survey.Naming.allCases)
  func oneSeesOneselfAmongTheOwnStratum(engine: Engine, naming: Survey.Naming) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    let survey = try await Self.open(world, naming, count: 18)
    let respondents = try await store.respondents(survey)
    // Of the stratum 500+ nine answer: six have a VPN with 甲, three have none. Of 20-99 only three answer.
    func answer(_ place: Int, _ values: [String: String]) async throws {
      let token = respondents[place].token
      let invitation = try await store.invitation(token)
      try await store.send(try Self.answers(values), invitation, by: "")
    }
    let large = respondents.indices.filter { respondents[$0].stratum == "500+" }
    let small = respondents.indices.filter { respondents[$0].stratum == "20-99" }
    for (number, place) in large.enumerated() {
      let has = ["vpn": "yes", "vendor": "a", "staff": "10"]
      try await answer(place, number < 6 ? has : ["vpn": "no", "staff": "20"])
    }
    for place in small.prefix(3) { try await answer(place, ["vpn": "no", "staff": "30"]) }
    let mine = respondents[large[0]].token
    let early = try await store.comparison(mine, round: nil)
    #expect(early.mirror == nil && early.rounds.isEmpty, "what changes between two looks would tell who said what")
    try await store.close(survey, in: world.scope)
    let mirror = try #require(try await store.comparison(mine, round: nil).mirror)
    #expect(mirror.stratum == "500+" && mirror.knowsOwn == (naming == .named))
    let vpn = try #require(mirror.lines.first { $0.column.key == "vpn" })
    // Three said no: too few to be told, and the six would give them away. All strata together are six and six.
    #expect(vpn.group == .all && vpn.shares.map(\.count) == [6, 6, 0], "\(vpn.group) \(vpn.shares.map(\.count))")
    #expect(vpn.shares.filter(\.isOwn).map(\.choice.key) == (naming == .named ? ["yes"] : []))
    let staff = try #require(mirror.lines.first { $0.column.key == "staff" })
    // All less the nine would be the sum of the three.
    #expect(staff.group == .all && staff.summary?.meanTenths == 175 && staff.summary?.medianTenths == 150)
    #expect(staff.number == (naming == .named ? 10 : nil))
    #expect(!mirror.lines.contains { $0.column.key == "remarks" }, "words may say who wrote them")
    // Too few of a stratum are shown all together.
    let other = try #require(try await store.comparison(respondents[small[5]].token, round: nil).mirror)
    #expect(other.stratum == nil && !other.knowsOwn)
    await #expect(throws: SurveyProblem.notFound) { _ = try await store.comparison("nonsense", round: nil) }
    await #expect(throws: SurveyProblem.notFound) { _ = try await store.comparison(mine, round: "2026-01") }
    await #expect(throws: SurveyProblem.notFound) {
      _ = try await store.comparison(survey.id, of: FacilityID(rawValue: "other"), round: nil)
    }
  }

  /// What two strata answered to `vpn`, down, by yes, no and don't know.
  static func report(_ inner: [[Int]]) throws -> SurveyReport {
    let questionnaire = try Self.questionnaire()
    let strata = inner.indices.map { "S\($0)" }
    var tally = Tally(questionnaire, strata: strata)
    let vpn = try #require(questionnaire.column("vpn"))
    for (stratum, counts) in zip(strata, inner) {
      for (count, choice) in zip(counts, Questionnaire.yesNo) {
        var answers = SurveyAnswers(count: questionnaire.columns.count)
        answers[vpn] = choice.key
        for _ in 0..<count { tally.add(packed: questionnaire.settled(answers).packed, stratum: stratum) }
      }
    }
    let lines = zip(strata, inner).map { stratum, counts in
      let answered = counts.reduce(0, +)
      return Participation.Line(stratum: stratum, asked: answered, started: 0, answered: answered, notConcerned: 0)
    }
    return SurveyReport(questionnaire, tally, participation: Participation(lines), population: nil)
  }

  @Test func aMirrorOfTwoSmallStrataShowsAllOrSaysWhyNot() throws {
    func line(_ inner: [[Int]]) throws -> SurveyMirror.Line {
      let mirror = try #require(SurveyMirror(try Self.report(inner), stratum: "S0", own: nil))
      return try #require(mirror.lines.first { $0.column.key == "vpn" })
    }
    let own = try line([[6, 8, 0], [7, 9, 0]])
    #expect(own.group == .stratum && own.shares.map(\.count) == [6, 8, 0])
    let all = try line([[3, 3, 0], [4, 2, 0]])
    #expect(all.group == .all && all.shares.map(\.count) == [7, 5, 0] && all.answered == 12)
    // That all seven said yes is what each of the two strata said, too: 3 and 4.
    let none = try line([[3, 0, 0], [4, 0, 0]])
    #expect(none.group == .none && none.shares.allSatisfy { $0.count == nil && $0.permille == nil })
    let silent = try #require(SurveyMirror(try Self.report([[3, 0, 0], [4, 0, 0]]), stratum: "S0", own: nil))
    #expect(silent.isSilent && silent.stratum == nil)
    #expect(SurveyMirror(try Self.report([[2, 0, 0], [1, 1, 0]]), stratum: "S0", own: nil) == nil)
  }

  @Test func remindersBeginAWeekBeforeTheEndAndFindAMailbox() throws {
    let due = try #require(LocalDate(iso: "2026-12-31"))
    for (days, begun) in [(-8, false), (-7, true), (0, true), (40, true)] {
      #expect(SurveyReminding.hasBegun(due: due, today: due.adding(days: days)) == begun, "\(days)")
    }
    for (contact, found) in [
      ("", nil), ("045-000-0000", nil), ("総務課 佐藤 <soumu@example.jp> 045-000-0000", "soumu@example.jp"),
      ("ｓｏｕｍｕ＠ｅｘａｍｐｌｅ．ｊｐ", "soumu@example.jp"), ("a@b@", nil), ("内線@12、x.y@example.jp", "x.y@example.jp"),
    ] as [(String, String?)] { #expect(SurveyReminding.mailbox(in: contact) == found, "\(contact)") }
  }

  /// What a facility's post was given.
  private final class Post: Sendable { let mails = Mutex<[AssessmentNeeds.Mail]>([]) }

  /// Who was asked by a list has no inbox: the sender has the duty, from a week before the end on and again a week later.
  @Test(arguments: Engine.available, Survey.Naming.allCases)
  func whoHasNoInboxIsRemindedByTheSender(engine: Engine, naming: Survey.Naming) async throws {
    let world = try await RoundTests.World(engine)
    let post = Post()
    let assessment = Assessment(
      schedule: world.assessment.schedule,
      facts: { _ in [] },
      needs: AssessmentNeeds(
        mailing: { _ in "https://yagura.example" },
        post: { mails, _ in
          post.mails.withLock { $0 += mails }
          return true
        }
      )
    )
    let (store, facility) = (assessment.surveys, SuggestionTests.facility)
    let due = SuggestionTests.now.day.adding(days: 20)
    let draft = try SurveyDraft(
      title: "県の調査",
      source: Self.source,
      file: "own.yaml",
      naming: naming,
      cycle: .once,
      due: due,
      population: nil,
      members: [
        .init(name: "病院1", stratum: "", contact: "045-000-0001 a@example.jp"),
        .init(name: "病院2", stratum: "", answerer: "北斗メディカル", contact: "045-000-0002"),
        .init(name: "病院3", stratum: "", contact: "c@example.jp"),
        .init(name: "当院", stratum: "", partner: facility.rawValue),
        .init(name: "部門", stratum: "", department: "d1"),
      ]
    )
    let survey = try await store.find(try await store.open(draft, in: world.scope), facility)
    func owed() async throws -> [Duty] {
      try await assessment.schedule.duties(facility).filter { $0.id.hasPrefix("survey.remind.") }
    }
    #expect(try await owed().isEmpty, "the end is far")
    world.clock.advance(days: 13)
    let third = try await store.invitation(try await store.respondents(survey)[2].token)
    try await store.send(nil, third, by: "")
    #expect(try await owed().map(\.reason.ja).first?.contains("2件") == true)
    #expect(try await owed().first?.due == due)
    let reminders = try await assessment.reminders(survey, origin: "")
    // Who finished and who has an inbox is left out; a department in which nobody has an account has none.
    #expect(reminders.map(\.respondent.name) == ["病院1", "病院2", "部門"])
    let first = try #require(reminders.first)
    #expect(first.link == "https://yagura.example/q/\(first.respondent.token)" && first.mailbox == "a@example.jp")
    #expect(first.text.ja.contains(first.link) && first.text.ja.contains(naming.declaration.ja))
    #expect(!first.text.ja.contains("病院3") && reminders[1].text.ja.hasPrefix("北斗メディカル 御中\n（病院2について）"))
    // Without a relay nothing goes, and nothing is noted.
    await #expect(throws: SurveyProblem.noRelay) {
      _ = try await world.assessment.remind(survey, nil, .mail, origin: "", .ja, in: world.scope)
    }
    let done = try await assessment.remind(survey, nil, .mail, origin: "", .ja, in: world.scope)
    #expect(done == .init(mailed: 1, noted: 0, withoutMail: 2))
    #expect(post.mails.withLock { $0.map(\.recipient) } == ["a@example.jp"])
    #expect(try await owed().map(\.reason.ja).first?.contains("1件") == true, "who has no mail address is owed yet")
    let rest = try await assessment.remind(survey, nil, .noted, origin: "", .ja, in: world.scope)
    #expect(rest.noted == 3)
    #expect(try await owed().isEmpty)
    world.clock.advance(days: 8)
    #expect(try await owed().count == 1, "a week later they are owed again")
    #expect(try await assessment.reminders(survey, origin: "").first?.text.ja.contains("過ぎています") == true)
    try await store.close(survey, in: world.scope)
    let closed = try await store.find(survey.id, facility)
    #expect(try await assessment.reminders(closed, origin: "").isEmpty)
    #expect(try await owed().isEmpty)
    await #expect(throws: SurveyProblem.closed) {
      _ = try await assessment.remind(closed, nil, .noted, origin: "", .ja, in: world.scope)
    }
  }
}
