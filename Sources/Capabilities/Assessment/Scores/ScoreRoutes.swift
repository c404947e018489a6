import Design
import HTML
import Nouns
import Text
import Time
import Web

/// Scores, differences, the director's sheet, and what measures take.
struct ScoreRoutes: Sendable {
  let assessment: Assessment
  let answers: AssessmentRoutes

  init(assessment: Assessment) {
    self.assessment = assessment
    answers = AssessmentRoutes(assessment: assessment)
  }

  var routes: [Route] {
    let round = AssessmentPath.list + "/:pack"
    return [
      .get(AssessmentPath.director, ReadLedger.self, director),
      .get(round + "/scores", ReadLedger.self, scores),
      .get(round + "/difference", ReadLedger.self, difference),
      .post(round + "/measures", AnswerChecks.self, weigh),
    ]
  }

  @Sendable func director(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    DirectorSheet(overview: try await assessment.overview(scope.facility), request: request).response
  }

  @Sendable func scores(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (checklist, period) = try await answers.round(request, scope.facility)
    return ScorePage(
      reading: try await assessment.reading(checklist, period: period, scope.facility),
      request: request
    ).response
  }

  @Sendable func difference(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (checklist, period) = try await answers.round(request, scope.facility)
    do {
      let found = try await assessment.compared(
        checklist,
        period: period,
        from: request.query["from"],
        to: request.query["to"],
        scope.facility
      )
      let start = try await assessment.schedule.fiscalYearStart(scope.facility)
      let choices = found.known.map { checklist, period in
        let round = Round(of: checklist, period: period)
        let name = round.name(startMonth: start)
        return (
          key: round.place,
          // The round first: titles begin alike, and a list shows their beginnings.
          name: Localized(ja: "\(name.ja)　\(checklist.name.ja)", en: "\(name.en), \(checklist.name.en)")
        )
      }
      return DifferencePage(before: found.before, after: found.after, choices: choices, request: request).response
    } catch is RoundComparison.Unknown {
      throw WebError.notFound(Localized(ja: "この期間の点検", en: "This round"))
    }
  }

  @Sendable func weigh(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period) = try await answers.round(request, scope.facility)
    let form = try request.form()
    guard let effort = MeasureWeight.Effort(rawValue: form.text("effort")),
      let cost = MeasureWeight.Cost(rawValue: form.text("cost")),
      let measure = try await assessment.weigh(
        form.text("measure"),
        MeasureWeight(effort: effort, cost: cost),
        in: scope
      )
    else {
      return .redirect(
        to: AssessmentPath.scores(checklist.id, period),
        flash: Flash(.problem, Localized(ja: "対策の手間と費用を選んでください。", en: "Choose effort and cost of a measure."))
      )
    }
    return .redirect(
      to: AssessmentPath.scores(checklist.id, period),
      flash: .done(
        Localized(
          ja: "「\(measure.title.ja)」の手間と費用を保存しました。",
          en: "Effort and cost of “\(measure.title.en)” are saved."
        )
      )
    )
  }
}
