import Nouns
import Packs
import Tabular
import Text
import Web

/// `/api/v1/polls`: what was asked, and what may be shown of the answers.
struct SurveyAPI: Sendable {
  let assessment: Assessment

  static let group = EndpointGroup("polls", Localized(ja: "調査・問いかけ", en: "Surveys"))

  static let survey = EndpointParameter.path(
    "survey",
    .text(upTo: 64, from: 1),
    Localized(ja: "調査の番号", en: "The survey's id")
  )

  static func round(_ about: Localized) -> EndpointParameter { .query("round", .text(upTo: 7), about) }

  private static let required = Localized(ja: "必須の設問です。答えてください。", en: "An answer is required.")

  /// Does something with a survey and tells its errors as problems.
  static func told<Value>(_ call: APICall, _ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch SurveyProblem.notFound {
      throw WebError.notFound(Localized(ja: "この調査", en: "This survey"))
    } catch SurveyProblem.missing(let keys) {
      throw WebError.invalid(keys.map { (pointer: "/answers/\($0)", reason: required) }, call.language)
    } catch SurveyProblem.answersStand(let count) {
      throw WebError.conflict(
        SurveyProblem.answersStand(count).text,
        remedy: Localized(ja: "消してよければ dropAnswers を true にしてください。", en: "If they may, set dropAnswers to true.")
      )
    } catch SurveyProblem.answeredBefore {
      throw WebError.conflict(
        SurveyProblem.answeredBefore.text,
        remedy: Localized(ja: "置き換えるなら replace=true を付けてください。", en: "To replace their answers, add replace=true.")
      )
    } catch let problem as SurveyProblem {
      throw WebError.conflict(
        problem.text,
        remedy: Localized(ja: "調査のいまの状態を確かめてください。", en: "Look at the survey as it is now.")
      )
    } catch let problems as AnswerProblems {
      throw WebError.invalid(problems.list.map { (pointer: "/\($0.field)", reason: $0.text) }, call.language)
    } catch let faults as SurveyFile.Faults {
      throw WebError.invalid(faults.list.map { (pointer: "", reason: $0.words) }, call.language)
    } catch let error as PackError {
      let reason = Localized(ja: error.japanese, en: error.description)
      throw WebError.invalid([(pointer: "/questionnaire", reason: reason)], call.language)
    } catch let error as TabularError {
      throw WebError.invalid([(pointer: "", reason: error.text)], call.language)
    }
  }

  var routes: [Route] { own + changing + ofOthers + answering }

  private var ofOthers: [Route] {
    [
      .api(
        .get,
        "/polls-asked",
        AnswerChecks.self,
        Endpoint(
          "listPollsAsked",
          Self.group,
          Localized(ja: "この施設が尋ねられた調査", en: "The surveys that others asked this facility in"),
          parameters: [.limit, .cursor],
          answers: [.page(PollStore.Asked.shape, Localized(ja: "調査", en: "The surveys"))]
        )
      ) { call, scope in
        try call.page(of: try await assessment.surveys.asked(scope.facility), as: PollStore.Asked.shape)
      },
      .api(
        .get,
        "/polls-asked/:survey/mirror",
        AnswerChecks.self,
        Endpoint(
          "getPollMirror",
          Self.group,
          Localized(
            ja: "この施設の答えと、同じ区分の答えの分布。回答の受け付けが終わるまでは lines が空です",
            en:
              "This facility's answers beside the distribution of its stratum; without lines while answers still come in"
          ),
          parameters: [
            Self.survey,
            Self.round(Localized(ja: "回（2026-11）。なければ終わった最新の回", en: "The round; the newest that is over without")),
          ],
          answers: [.json(SurveyMirrorJSON.schema, Localized(ja: "比較", en: "The comparison"))]
        )
      ) { call, scope in
        try await Self.told(call) {
          let comparison = try await assessment.surveys.comparison(
            call["survey"],
            of: scope.facility,
            round: call.query("round")
          )
          return call.answer { SurveyMirrorJSON(comparison, call.language).write(to: &$0) }
        }
      },
    ]
  }

  private var own: [Route] {
    [
      .api(
        .get,
        "/polls",
        ReadLedger.self,
        Endpoint(
          "listPolls",
          Self.group,
          Localized(ja: "調査の一覧", en: "The surveys"),
          parameters: [.limit, .cursor],
          answers: [.page(Survey.shape, Localized(ja: "調査", en: "The surveys"))]
        )
      ) { call, scope in
        try call.page(of: try await assessment.surveys.all(scope.facility), as: Survey.shape)
      },
      .api(
        .get,
        "/polls/:survey/report",
        ReadLedger.self,
        Endpoint(
          "getPollReport",
          Self.group,
          Localized(
            ja: "調査の結果（少ない数は隠します）。集計のみの調査は、締め切るまで回答率だけ",
            en: "What a survey found, with small counts hidden; counted only and not closed, the response alone"
          ),
          parameters: [
            Self.survey,
            Self.round(Localized(ja: "回（2026-11）。なければいまの回", en: "The round, as 2026-11; that of today without")),
          ],
          answers: [.json(SurveyJSON.schema, Localized(ja: "結果", en: "The report"))]
        )
      ) { call, scope in
        try await Self.told(call) {
          let survey = try await assessment.surveys.find(call["survey"], scope.facility)
          let round = call.query("round") ?? survey.round(on: assessment.today)
          let report = try await assessment.surveys.report(survey, round: round)
          return WebResponse(
            headers: ["Content-Type": "application/json"],
            body: .bytes(SurveyJSON(survey, round: round, report, call.language).bytes)
          )
        }
      },
    ]
  }
}
