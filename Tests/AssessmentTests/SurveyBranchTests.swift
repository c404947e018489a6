import Design
import SQL
import Support
import Testing
import Text
import Time
import Web

@testable import Assessment

/// Questions that hang on answers: on the page of their section, in what is read back, and in what is kept.
@Suite struct SurveyBranchTests {
  static let source = """
    pack: own.branches
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
      - {question: count, kind: number, least: 1, most: 9, when: {question: vendor, is: [b]}, text: {ja: 台数, en: Devices}}
      - {section: "2", title: {ja: 更新, en: Updates}}
      - {question: updates, kind: yesNo, required: "yes", when: {question: vpn, is: ["yes"]}, text: {ja: 更新している, en: Updated}}
      - {question: why, kind: text, when: {question: updates, is: ["no"]}, text: {ja: 理由, en: Why not}}

    """

  private func answers(_ values: [String: String]) throws -> (Questionnaire, SurveyAnswers) {
    let questionnaire = try SurveyDraft.read(Self.source, file: "own.yaml")
    var answers = SurveyAnswers(count: questionnaire.columns.count)
    for (key, value) in values { answers[try #require(questionnaire.column(key))] = value }
    return (questionnaire, answers)
  }

  @Test(arguments: [
    ([:], "asked undecided undecided", "away away"),
    (["vpn": "yes"], "asked asked undecided", "asked undecided"),
    (["vpn": "yes", "vendor": "b"], "asked asked asked", "asked undecided"),
    (["vpn": "yes", "vendor": "a", "updates": "no"], "asked asked folded", "asked asked"),
    // What hangs on a question that is not asked is not asked either, whatever stands there.
    (["vpn": "no", "vendor": "b", "updates": "no"], "asked folded folded", "away away"),
    // What decides is open, and what hangs on it says otherwise: nothing is hidden by a guess.
    (["vendor": "b"], "asked undecided undecided", "away away"),
    (["vendor": "a"], "asked undecided folded", "away away"),
  ])
  func aQuestionStandsByTheSavedAnswers(given: [String: String], first: String, second: String) throws {
    let (questionnaire, answers) = try answers(given)
    let found = questionnaire.sections.map { section in
      let standings = questionnaire.standings(section, answers)
      return section.questions.map { standings[$0.key].map { "\($0)" } ?? "" }.joined(separator: " ")
    }
    #expect(found == [first, second])
  }

  @Test func whatIsNotShownIsNeitherEmptiedNorAskedFor() throws {
    let (questionnaire, before) = try answers(["vpn": "no", "updates": "no", "why": "古い", "vendor": "b"])
    func read(_ section: Int, _ typed: [(String, String)]) -> (answers: SurveyAnswers, errors: [String]) {
      let (answers, errors) = SurveyFields.read(
        WebForm(fields: Fields(typed)),
        questionnaire.sections[section],
        questionnaire,
        over: before,
        AnswerReading(today: SuggestionTests.now.day),
        .ja
      )
      return (answers, errors.map(\.field))
    }
    // The second section has no fields now: sending it changes nothing.
    let second = read(1, [])
    #expect(second.answers == before && second.errors.isEmpty)
    // A hidden field with nonsense is not asked about, the same in sight is.
    #expect(read(0, [("a-vpn", "no"), ("a-vendor", "b"), ("a-count", "たくさん")]).errors.isEmpty)
    #expect(read(0, [("a-vpn", "yes"), ("a-vendor", "b"), ("a-count", "たくさん")]).errors == ["a-count"])
    #expect(questionnaire.uncounted(before) == ["vendor", "updates", "why"])
    // What came up unseen is shown once more, unless it is answered or was in sight.
    let grown = read(0, [("a-vpn", "yes")]).answers
    #expect(SurveyFields.unseen(WebForm(fields: Fields([("unseen", "vendor count")])), grown, questionnaire))
    #expect(!SurveyFields.unseen(WebForm(), grown, questionnaire))
    #expect(!SurveyFields.unseen(WebForm(fields: Fields([("unseen", "count")])), grown, questionnaire))
  }

  @Test(arguments: Engine.available)
  func whatIsNotAskedAnyMoreIsKeptAndNotCounted(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.surveys
    for naming in [Survey.Naming.named, .aggregate] {
      let survey = try await SurveyTests.open(world, naming, source: Self.source, count: 1)
      let token = try await store.respondents(survey)[0].token
      let (questionnaire, given) = try answers(["vpn": "no", "vendor": "b"])
      try await store.send(given, try await store.invitation(token), by: "田中")
      let vendor = try #require(questionnaire.column("vendor"))
      #expect(try await store.responses(survey, round: "").map { $0.answers.isAsked(vendor) } == [false])
      #expect(try await store.invitation(token).answers[vendor] == (naming == .named ? "b" : ""))
    }
  }
}
