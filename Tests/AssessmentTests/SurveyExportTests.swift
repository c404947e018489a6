import Nouns
import SQL
import Support
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// What leaves as a file, and what may be told while answers come in.
@Suite struct SurveyExportTests {
  private static let source = """
    pack: own.export
    edition: 1
    title: {ja: 調査, en: Survey}
    valid: {from: 2026-04-01}
    publisher: 県
    source: {title: 調査}
    verification: unverified
    entries:
      - {question: vpn, kind: yesNo, text: {ja: VPNがある, en: A VPN}}
      - {question: staff, kind: number, least: -5, most: 500, text: {ja: 担当の人数, en: Staff}}
      - {question: since, kind: date, text: {ja: いつから, en: Since}}
      - {question: remarks, kind: text, text: {ja: 意見, en: Remarks}}

    """

  private func open(
    _ world: RoundTests.World,
    _ naming: Survey.Naming,
    count: Int,
    population: Int? = nil,
    cycle: Survey.Cycle = .once
  ) async throws -> Survey {
    try await SurveyTests.open(
      world,
      naming,
      source: Self.source,
      count: count,
      population: population,
      cycle: cycle
    )
  }

  /// The last of `count` first: whoever answers early is not first in what is counted.
  private func answer(_ world: RoundTests.World, _ survey: Survey, _ values: [[String: String]]) async throws {
    let store = world.assessment.surveys
    for (respondent, given) in zip(try await store.respondents(survey), values).reversed() {
      try await store.take(given, .send, try await store.invitation(respondent.token), by: "")
    }
  }

  private func sheets(_ world: RoundTests.World, _ survey: Survey) async throws -> [String: [[CellValue]]] {
    let export = try await world.assessment.surveys.export(survey, round: "", .ja)
    let book = try TableReader.read(try export.bytes(.xlsx, at: SuggestionTests.now), name: "a.xlsx")
    return Dictionary(
      book.sheets.map { ($0.name, $0.rows.map(\.cells)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Numbers are counted, every number and day is one for the program that opens the file, and words are there with who
  /// wrote them.
  @Test func aFileHoldsNumbersAsNumbersAndWhatWasWritten() async throws {
    let world = try await RoundTests.World(.sqlite)
    let survey = try await open(world, .named, count: 12, population: 40)
    try await answer(
      world,
      survey,
      (1...12).map {
        ["vpn": "はい", "staff": String($0 - 3), "since": "2026/4/\($0)", "remarks": $0 < 3 ? "意見\($0)" : ""]
      }
    )
    let sheets = try await sheets(world, survey)
    let counts = try #require(sheets["集計"])
    let head = counts[0].map(\.text)
    func line(_ key: String, _ value: String, _ stratum: String) throws -> [String: CellValue] {
      let row = try #require(
        counts.first {
          $0.prefix(5).map(\.text).filter { $0 != "" }.contains(stratum) && $0[0].text == key && $0[2].text == value
        }
      )
      return Dictionary(zip(head, row + Array(repeating: .empty, count: head.count)), uniquingKeysWith: { a, _ in a })
    }
    #expect(try line("vpn", "yes", "全体")["割合（％）"] == .number(100, text: "100"))
    #expect(try line("vpn", "no", "全体")["割合（％）"] == .number(0, text: "0"))
    let yes = try line("vpn", "yes", "全体")
    #expect(yes["95％区間の上限（％）"] == .number(100, text: "100"))
    guard case .number(let low, _)? = yes["95％区間の下限（％）"] else { throw Tools.Failure(text: "no interval") }
    #expect((70..<100).contains(low), "\(low)")
    #expect(try line("vpn", "yes", "500床以上")["95％区間の上限（％）"] == .empty, "of all alone")
    // -2 … 9.
    let staff = try line("staff", "", "全体")
    #expect(staff["答えた数"] == .number(12, text: "12") && staff["平均"] == .number(3.5, text: "3.5"))
    #expect(staff["中央値"] == .number(3.5, text: "3.5"))
    // Of 12 a quartile is the third or fourth answer, and the least and the most are somebody's own.
    #expect(staff["第1四分位数"] == .text("×") && staff["第3四分位数"] == .text("×"))
    #expect(!head.contains("最小") && !head.contains("最大"))
    #expect(try line("staff", "", "500床以上")["中央値"] == .text("×"), "of six")
    let texts = try #require(sheets["自由記述"])
    #expect(
      texts.dropFirst().map { $0.map(\.text) } == [["remarks", "意見", "病院1", "意見1"], ["remarks", "意見", "病院2", "意見2"]]
    )
    let first = try #require(sheets["回答"])[1]
    #expect(first[4] == .number(-2, text: "-2"))
    #expect(first[5] == .date(try #require(LocalDate(iso: "2026-04-01")), minutes: nil))
    #expect(try #require(sheets["回答状況"])[1].last == .number(100, text: "100"))
  }

  /// Where somebody answers for many, the file says for each who did.
  @Test(arguments: Engine.available)
  func aFileSaysWhoAnswered(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    let draft = try SurveyDraft(
      title: "",
      source: Self.source,
      file: "own.yaml",
      naming: .named,
      cycle: .once,
      due: try #require(LocalDate(iso: "2026-12-31")),
      population: nil,
      members: [
        .init(name: "病院1", stratum: "20-99", answerer: "南画像"), .init(name: "病院2", stratum: "20-99"),
        .init(name: "病院3", stratum: "20-99"),
      ]
    )
    let survey = try await store.find(try await store.open(draft, in: world.scope), SuggestionTests.facility)
    for (respondent, author) in zip(try await store.respondents(survey), ["", "佐藤 美咲", ""]) {
      try await store.take(["vpn": "はい"], .send, try await store.invitation(respondent.token), by: author)
    }
    let rows = try #require(try await sheets(world, survey)["回答"]).map { $0.prefix(3).map(\.text) }
    #expect(
      rows == [
        ["回答者", "区分", "答える人"], ["病院1", "20-99", "南画像"], ["病院2", "20-99", "佐藤 美咲"], ["病院3", "20-99", ""],
      ]
    )
  }

  /// What one of few wrote tells who it was: of what is only counted it is told from five on, in each round by itself.
  @Test(arguments: Survey.Naming.allCases)
  func whatFewWroteIsNotToldWhereItIsOnlyCounted(naming: Survey.Naming) async throws {
    for (count, isTold) in [(0, true), (1, false), (4, false), (5, true)] {
      let world = try await RoundTests.World(.sqlite)
      let store = world.assessment.surveys
      let survey = try await open(world, naming, count: 6)
      try await answer(world, survey, (1...6).map { ["vpn": "no", "remarks": $0 <= count ? "意見\($0)" : ""] })
      try await store.close(survey, in: world.scope)
      let closed = try await store.find(survey.id, survey.facility)
      for round in ["", nil] {
        let texts = try await store.texts(closed, round: round)
        guard naming == .aggregate, !isTold else {
          #expect(texts.map(\.text) == (1...6).prefix(count).map { "意見\($0)" }, "\(count)")
          #expect(texts.allSatisfy { $0.silence == nil && ($0.name != nil) == (naming == .named) })
          continue
        }
        #expect(texts.map(\.text) == [""] && texts[0].silence?.ja.contains("5人に満たない") == true, "\(count)")
      }
      let sheet = try #require(try await sheets(world, closed)["自由記述"])
      let text = sheet.flatMap { $0 }.map(\.text).joined(separator: " ")
      #expect(text.contains("意見1") == (count > 0 && (naming == .named || isTold)), "\(text)")
      #expect(text.contains("5人に満たない") == (naming == .aggregate && !isTold), "\(text)")
      #expect(naming == .named || sheet[0].map(\.text) == ["列", "設問", "記述"], "no stratum stands beside it")
    }
  }

  @Test func whatOneRoundWithholdsAllOfThemDo() throws {
    let questionnaire = try SurveyDraft.read(Self.source, file: "own.yaml")
    let column = try #require(questionnaire.column("remarks"))
    func round(
      _ count: Int,
      _ month: String
    ) -> [(name: String?, answerer: String, stratum: String, answers: SurveyAnswers)] {
      (0..<count).map { number in
        var answers = SurveyAnswers(count: questionnaire.columns.count)
        answers[column] = "\(month)の\(number)"
        return (nil, "", "500+", answers)
      }
    }
    let asked = Survey(
      id: "s",
      facility: SuggestionTests.facility,
      title: "調査",
      questionnaire: questionnaire,
      naming: .aggregate,
      cycle: .month,
      state: .closed,
      due: SuggestionTests.now.day,
      population: nil,
      createdAt: SuggestionTests.now,
      createdBy: ""
    )
    let told = FreeText.together([round(5, "10月"), round(3, "11月"), round(2, "12月")].map { FreeText.all(asked, $0) })
    #expect(told.map(\.text) == [""] + (0..<5).map { "10月の\($0)" })
  }

  @Test func whereNobodyAnsweredThereIsNoShareAndFewHaveNoMean() async throws {
    let world = try await RoundTests.World(.sqlite)
    let survey = try await open(world, .named, count: 12)
    // Of 500+ three give a number, of 20-99 nobody answers at all.
    try await answer(world, survey, [["vpn": "no", "staff": "4"], [:], ["staff": "5"], [:], ["staff": "6"]])
    let counts = try #require(try await sheets(world, survey)["集計"])
    let small = counts.filter {
      $0[0].text == "vpn" && $0[4].text == "20〜99床" || $0[0].text == "vpn" && $0[4].text == "20-99床"
    }
    #expect(!counts[0].map(\.text).contains("95％区間の下限（％）"), "everybody was asked")
    #expect(!small.isEmpty && !counts.joined().contains(.text("0.0")), "\(counts)")
    let staff = counts.filter { $0[0].text == "staff" }
    #expect(
      staff.count == 3 && staff.allSatisfy { $0.dropFirst(8).allSatisfy { $0 == .text("×") || $0.isEmpty } },
      "\(staff)"
    )
    let whole = try await open(world, .named, count: 6)
    let none = try #require(try await sheets(world, whole)["集計"])
    #expect(!none.joined().contains(.text("×")), "nothing is hidden where nobody answered: \(none)")
  }

  /// Of what is only counted the words stand without names and in the order of the words.
  @Test func wordsOfWhatIsOnlyCountedTellNobody() async throws {
    let world = try await RoundTests.World(.sqlite)
    let survey = try await open(world, .aggregate, count: 6)
    try await answer(world, survey, ["う", "い", "あ", "お", "え", "か"].map { ["remarks": $0] })
    try await world.assessment.surveys.close(survey, in: world.scope)
    let closed = try await world.assessment.surveys.find(survey.id, SuggestionTests.facility)
    let sheets = try await sheets(world, closed)
    let texts = try #require(sheets["自由記述"]).map { $0.map(\.text) }
    #expect(texts[0] == ["列", "設問", "記述"] && texts.dropFirst().map { $0[2] } == ["あ", "い", "う", "え", "お", "か"])
    #expect(sheets["回答"] == nil)
  }

  /// What is only counted is told once nobody can answer any more; until then there is the response alone.
  @Test(arguments: Survey.Naming.allCases, Survey.Cycle.allCases)
  func whatIsOnlyCountedIsToldOnceItIsOver(naming: Survey.Naming, cycle: Survey.Cycle) async throws {
    let world = try await RoundTests.World(.sqlite)
    let store = world.assessment.surveys
    let survey = try await open(world, naming, count: 6, cycle: cycle)
    try await answer(world, survey, (1...5).map { _ in ["vpn": "yes", "remarks": "意見"] })
    let round = survey.round(on: SuggestionTests.now.day)
    func told(_ survey: Survey) async throws -> Bool {
      let report = try await store.report(survey, round: round)
      #expect(report.participation.whole.answered == 5 && report.isHeldBack == report.lines.isEmpty)
      let json = String(decoding: SurveyJSON(survey, round: round, report, .ja).bytes, as: UTF8.self)
      #expect(json.contains("\"questions\":[]") == report.isHeldBack, "\(json)")
      if report.isHeldBack {
        #expect(json.contains("\"isClosed\":false"), "\(json)")
        await #expect(throws: SurveyProblem.heldBack) { _ = try await store.texts(survey, round: round) }
        await #expect(throws: SurveyProblem.heldBack) { _ = try await store.export(survey, round: round, .ja) }
        await #expect(throws: SurveyProblem.heldBack) {
          _ = try await store.crossed(survey, round: round, rows: "vpn", columns: "vpn")
        }
      } else {
        #expect(try await store.texts(survey, round: round).count == 5)
        _ = try await store.export(survey, round: round, .ja)
      }
      return !report.isHeldBack
    }
    #expect(try await told(survey) == (naming == .named))
    if cycle == .month {
      // The next month the round before is over, all rounds together are not.
      world.clock.advance(days: 20)
      #expect(try await told(survey))
      #expect(try await store.report(survey, round: nil).isHeldBack == (naming == .aggregate))
    }
    try await store.close(survey, in: world.scope)
    #expect(try await told(try await store.find(survey.id, SuggestionTests.facility)))
  }

  /// A fact of the answers so far would tell with each new one what it was, so that all departments have to have finished.
  @Test func whatDepartmentsOnlyCountIsNoFactBeforeAllHaveFinished() async throws {
    let world = try await RoundTests.World(.sqlite)
    let store = world.assessment.surveys
    let draft = try SurveyTests.departments(.aggregate, (1...6).map { ("部門\($0)", "d\($0)") })
    let survey = try await store.find(try await store.open(draft, in: world.scope), SuggestionTests.facility)
    let columns = survey.questionnaire.columns.filter { survey.questionnaire[$0.question]?.kind == .yesNo }
    let given = Dictionary(columns.map { ($0.key, "yes") }, uniquingKeysWith: { a, _ in a })
    for (number, respondent) in try await store.respondents(survey).enumerated() {
      #expect(try await DepartmentFacts(surveys: store).facts(SuggestionTests.facility).isEmpty, "\(number) of 6")
      try await store.take(given, .send, try await store.invitation(respondent.token), by: "")
    }
    let facts = try await DepartmentFacts(surveys: store).facts(SuggestionTests.facility)
    #expect(!facts.isEmpty && facts.allSatisfy { $0.value == 6 })
    #expect(facts.allSatisfy { $0.records == [survey.id] && $0.link.contains(survey.id) }, "the poll is the record")
  }

  @Test func theNameOfARoundIsItsMonth() {
    #expect(Survey.name(ofRound: "2026-11") == Localized(ja: "2026年11月", en: "Nov 2026"))
    #expect(Survey.name(ofRound: "") == Localized(both: ""))
  }
}
