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
    let start = try await assessment.schedule.fiscalYearStart(scope.facility)
    let now = (checklist, period ?? checklist.period(on: assessment.today, fiscalYearStart: start))
    let shelf = try await assessment.shelf(scope.facility)
    let known = try await assessment.rounds.answered(scope.facility).compactMap { line in
      shelf.checklist(line.pack).map { ($0, line.period) }
    }
    let to = try asked(request, "to", known, shelf) ?? now
    let earlier = known.filter { $0.0.id == to.0.id && $0.1 < to.1 }.map(\.1).max().map { (to.0, $0) }
    let other = known.first { $0.0.form == to.0.form && $0.0.id != to.0.id }
    let from = try asked(request, "from", known, shelf) ?? earlier ?? other
    let after = try await assessment.rounds.round(to.0, to.1, scope.facility)
    var before: Round?
    if let from { before = try await assessment.rounds.round(from.0, from.1, scope.facility) }
    var all = known
    if !all.contains(where: { $0.0.id == to.0.id && $0.1 == to.1 }) { all.insert(to, at: 0) }
    let choices = all.map { checklist, period in
      let name = Round(of: checklist, period: period).name(startMonth: start)
      return (
        key: "\(checklist.id)/\(period)",
        name: checklist.year == nil
          ? Localized(ja: "\(checklist.title.ja)　\(name.ja)", en: "\(checklist.title.en), \(name.en)") : checklist.title
      )
    }
    return DifferencePage(before: before, after: after, choices: choices, request: request).response
  }

  /// `pack/period` of a round that holds answers.
  private func asked(
    _ request: WebRequest,
    _ name: String,
    _ known: [(Checklist, String)],
    _ shelf: ChecklistShelf
  ) throws -> (
    Checklist, String
  )? {
    guard let text = request.query[name], !text.isEmpty else { return nil }
    if let found = known.first(where: { "\($0.0.id)/\($0.1)" == text }) { return found }
    // The round of today may be compared before anything is answered.
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, let checklist = shelf.checklist(parts[0]),
      AssessmentRoutes.isPeriod(parts[1], checklist)
    else { throw WebError.notFound(Localized(ja: "この期間の点検", en: "This round")) }
    return (checklist, parts[1])
  }

  @Sendable func weigh(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period) = try await answers.round(request, scope.facility)
    let form = try request.form()
    guard let measure = Checklists.measures.first(where: { $0.number == form.text("measure") }),
      let effort = MeasureWeight.Effort(rawValue: form.text("effort")),
      let cost = MeasureWeight.Cost(rawValue: form.text("cost"))
    else {
      return .redirect(
        to: AssessmentPath.scores(checklist.id, period),
        flash: Flash(.problem, Localized(ja: "対策の手間と費用を選んでください。", en: "Choose effort and cost of a measure."))
      )
    }
    try await assessment.weights.set(MeasureWeight(effort: effort, cost: cost), of: measure, in: scope)
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
