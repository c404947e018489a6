import Design
import HTML
import Nouns
import Packs
import Tabular
import Text
import Time
import Web

/// `/surveys`: asking, and reading what came back.
struct SurveyRoutes: Sendable {
  let assessment: Assessment

  private var surveys: PollStore { assessment.surveys }
  private static let fileLimit = 32 << 20

  var routes: [Route] {
    [
      .get(SurveyPath.list, ReadLedger.self, list),
      .get(SurveyPath.new, AnswerChecks.self, new),
      .post(SurveyPath.new, AnswerChecks.self, open).accepting(bytes: Self.fileLimit),
      .get(SurveyPath.list + "/:id", ReadLedger.self, show),
      .get(SurveyPath.list + "/:id/export", AnswerChecks.self, export),
      .post(SurveyPath.list + "/:id/import", AnswerChecks.self, take).accepting(bytes: Self.fileLimit),
      .post(SurveyPath.list + "/:id/close", AnswerChecks.self, close),
    ]
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var lines: [(survey: Survey, whole: Participation.Line)] = []
    for survey in try await surveys.all(scope.facility) {
      let round = survey.round(on: assessment.today)
      lines.append((survey, try await surveys.participation(survey, round: round).whole))
    }
    return SurveyListPage(
      lines: lines,
      asked: request.may(.answerChecks) ? try await surveys.asked(scope.facility) : [],
      request: request
    ).response
  }

  // MARK: Beginning

  @Sendable func new(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await page(request, nil, AnswerProblems(), scope.facility)
  }

  private func page(
    _ request: WebRequest,
    _ form: WebForm?,
    _ problems: AnswerProblems,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    SurveyNewPage(
      form: form,
      problems: problems,
      departments: try await assessment.needs.departments(facility).count,
      facilities: try await assessment.needs.facilities().count,
      request: request
    ).response
  }

  @Sendable func open(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let form = try request.form()
    var problems = AnswerProblems()
    do {
      let draft = try await SurveyForm(form: form, assessment: assessment).draft(scope)
      let id = try await surveys.open(draft, in: scope)
      return .redirect(
        to: SurveyPath.survey(id),
        flash: .done(
          Localized(
            ja: "「\(draft.title)」を始めました。相手は\(draft.members.count)件です。",
            en: "“\(draft.title)” has begun with \(draft.members.count) asked."
          )
        )
      )
    } catch let found as AnswerProblems {
      problems = found
    } catch let error as PackError {
      problems.add("questionnaire", error.japanese, error.description)
    } catch let faults as SurveyFile.Faults {
      for fault in faults.list.prefix(10) { problems.add("members", fault.words.ja, fault.words.en) }
    } catch let error as TabularError {
      let text = error.text
      problems.add("members", text.ja, text.en)
    }
    return try await page(request, form, problems, scope.facility)
  }

  // MARK: Reading

  private func survey(_ request: WebRequest, _ facility: FacilityID) async throws -> Survey {
    do {
      return try await surveys.find(request["id"], facility)
    } catch SurveyProblem.notFound {
      throw WebError.notFound(Localized(ja: "この調査", en: "This survey"))
    }
  }

  private func round(_ text: String?, _ survey: Survey) -> String {
    guard survey.cycle == .month else { return "" }
    guard let text, text.count == 7, LocalDate(iso: text + "-01") != nil else {
      return survey.round(on: assessment.today)
    }
    return text
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let survey = try await survey(request, scope.facility)
    let round = round(request.query["round"], survey)
    let report = try await surveys.report(survey, round: round)
    let responses = report.isHeldBack ? [] : try await surveys.responses(survey, round: round)
    let cross =
      request.query["rows"].flatMap { rows in
        CrossTabulation(report, rows, request.query.text("columns"), responses: responses.map(\.answers))
      }
    return SurveyPage(
      survey: survey,
      round: round,
      rounds: try await surveys.rounds(survey),
      report: report,
      respondents: request.may(.answerChecks) ? try await surveys.respondents(survey) : [],
      progress: try await surveys.progress(survey, round: round),
      texts: FreeText.all(survey, responses),
      cross: cross,
      request: request
    ).response
  }

  @Sendable func export(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let survey = try await survey(request, scope.facility)
    let round = round(request.query["round"], survey)
    let form = SurveyExport.Form(rawValue: request.query.text("form")) ?? .xlsx
    guard surveys.tells(survey, round: round) else {
      return .redirect(
        to: SurveyPath.survey(survey.id, round: round),
        flash: Flash(.problem, SurveyProblem.heldBack.text)
      )
    }
    return .file(
      try await surveys.export(survey, round: round, request.language).bytes(form, at: request.now),
      name: SheetWriter.fileName(survey.title, at: request.now, ending: form.ending),
      type: form.type
    )
  }

  @Sendable func take(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let survey = try await survey(request, scope.facility)
    let form = try request.form()
    let round = round(form["round"], survey)
    let back = SurveyPath.survey(survey.id, round: round)
    func problem(_ text: Localized) -> WebResponse { .redirect(to: back, flash: Flash(.problem, text)) }
    guard let file = form.file("file") else {
      return problem(Localized(ja: "回答のファイルを選んでください。", en: "Choose the file of answers."))
    }
    do {
      let imported = try await assessment.takeAnswers(
        file.bytes,
        name: file.name,
        survey,
        round: round,
        replacing: form.all("replace").contains("yes"),
        in: scope
      )
      return .redirect(
        to: back,
        flash: .done(
          Localized(
            ja: "\(imported.added + imported.replaced)件の回答を取り込みました（置き換え\(imported.replaced)件）。",
            en: "\(imported.added + imported.replaced) answers are in, \(imported.replaced) of them replaced."
          )
        )
      )
    } catch let faults as SurveyFile.Faults {
      let words = faults.list.prefix(3).map(\.words)
      return problem(
        Localized(
          ja: "取り込みませんでした。\(words.map(\.ja).joined(separator: " "))",
          en: "Nothing was imported. \(words.map(\.en).joined(separator: " "))"
        )
      )
    } catch SurveyProblem.answeredBefore {
      return problem(
        Localized(
          ja: "\(SurveyProblem.answeredBefore.text.ja)置き換えるなら「ファイルの答えに置き換える」に印を付けてください。",
          en: "\(SurveyProblem.answeredBefore.text.en) To replace their answers, tick “Replace by the file”."
        )
      )
    } catch let found as SurveyProblem {
      return problem(found.text)
    } catch let error as TabularError {
      return problem(error.text)
    }
  }

  @Sendable func close(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let survey = try await survey(request, scope.facility)
    try await surveys.close(survey, in: scope)
    return .redirect(
      to: SurveyPath.survey(survey.id),
      flash: .done(Localized(ja: "「\(survey.title)」を締め切りました。", en: "“\(survey.title)” is closed."))
    )
  }
}
