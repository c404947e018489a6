import Design
import Nouns
import Records
import Tabular
import Text
import Time
import Web

/// `/surveys/:id/reminders` and the same for programs.
struct SurveyReminderRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    [
      .get(SurveyPath.list + "/:id/reminders", AnswerChecks.self, show),
      .post(SurveyPath.list + "/:id/reminders", AnswerChecks.self, remind), list, reminding,
    ]
  }

  private func survey(_ request: WebRequest, _ facility: FacilityID) async throws -> Survey {
    do {
      return try await assessment.surveys.find(request["id"], facility)
    } catch SurveyProblem.notFound {
      throw WebError.notFound(Localized(ja: "この調査", en: "This survey"))
    }
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let survey = try await survey(request, scope.facility)
    let reminders = try await assessment.reminders(survey, origin: request.origin)
    if request.query["form"] == "csv" {
      let sheet = SurveyReminderPage.sheet(reminders, survey, today: request.now.day, request.language)
      return .file(
        SurveyExport.csv(sheet),
        name: SheetWriter.fileName("\(sheet.title)_\(survey.title)", at: request.now, ending: "csv"),
        type: ExportRoutes.textType
      )
    }
    let open = try await assessment.surveys.standings(survey, round: survey.round(on: request.now.day))
    let page = SurveyReminderPage(
      survey: survey,
      reminders: reminders,
      inside: survey.state == .open ? open.count { !$0.progress.isFinished } - reminders.count : 0,
      mayMail: try await assessment.needs.mailing(scope.facility) != nil,
      request: request
    )
    return request.query["form"] == "print" ? page.paper : page.response
  }

  @Sendable func remind(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let survey = try await survey(request, scope.facility)
    let way = Assessment.ReminderWay(rawValue: try request.form().text("way")) ?? .noted
    do {
      let done = try await assessment.remind(
        survey,
        nil,
        way,
        origin: request.origin,
        request.language,
        in: scope
      )
      return .redirect(to: SurveyPath.reminders(survey.id), flash: .done(Self.words(done, way)))
    } catch let problem as SurveyProblem {
      return .redirect(to: SurveyPath.reminders(survey.id), flash: Flash(.problem, problem.text))
    }
  }

  private static func words(_ done: Assessment.Reminded, _ way: Assessment.ReminderWay) -> Localized {
    guard way == .mail else {
      return Localized(
        ja: "\(done.noted)件を、今日督促したと記録しました。",
        en: "It is noted that \(done.noted) were reminded today."
      )
    }
    let rest =
      done.withoutMail == 0
      ? Localized(both: "")
      : Localized(
        ja: "メールアドレスのない\(done.withoutMail)件には、ほかの方法で知らせてください。",
        en: " Tell the \(done.withoutMail) without a mail address otherwise."
      )
    return Localized(
      ja: "\(done.mailed)件のメールを、送る列に入れました。\(rest.ja)",
      en: "\(done.mailed) mails are in line.\(rest.en)"
    )
  }

  // MARK: For programs

  private static let given = Schema.object([
    .always("way", .choice(Assessment.ReminderWay.allCases.map(\.rawValue)), wayHelp),
    .maybe("respondents", .list(.id, upTo: SurveyDraft.mostMembers)),
  ])

  private static let wayHelp = Localized(
    ja: "mail はメールアドレスのある相手にメールを送る、noted はほかの方法で知らせたと記録する",
    en: "mail writes to those with a mail address; noted keeps that they were told otherwise"
  )

  private static let done = Schema.object([
    .always("mailed", .count), .always("noted", .count), .always("withoutMail", .count),
  ])

  private var list: Route {
    .api(
      .get,
      "/polls/:survey/reminders",
      AnswerChecks.self,
      Endpoint(
        "listPollReminders",
        SurveyAPI.group,
        Localized(
          ja: "一覧で尋ねた相手のうち、まだ答えていない相手と、送る文とリンク",
          en: "Those asked by a list who have not answered, each with what to write and the link"
        ),
        parameters: [SurveyAPI.survey, .limit, .cursor],
        answers: [.page(SurveyReminder.shape, Localized(ja: "相手と文", en: "Whom, and what to write"))]
      )
    ) { call, scope in
      try await SurveyAPI.told(call) {
        let survey = try await assessment.surveys.find(call["survey"], scope.facility)
        let all = try await assessment.reminders(survey, origin: call.request.origin)
        return try call.page(of: all, as: SurveyReminder.shape)
      }
    }
  }

  private var reminding: Route {
    .api(
      .post,
      "/polls/:survey/reminders",
      AnswerChecks.self,
      Endpoint(
        "remindOfPoll",
        SurveyAPI.group,
        Localized(
          ja: "まだ答えていない相手に督促する。respondents がなければすべて",
          en: "Remind those who have not answered: these respondents, all of them without"
        ),
        parameters: [SurveyAPI.survey],
        body: .json(Self.given),
        answers: [.json(Self.done, Localized(ja: "督促した数", en: "How many were reminded"))],
        problems: [409, 422]
      )
    ) { call, scope in
      try await SurveyAPI.told(call) {
        let survey = try await assessment.surveys.find(call["survey"], scope.facility)
        let done = try await assessment.remind(
          survey,
          call.json["respondents"]?.array.map { Set($0.compactMap(\.text)) },
          call.json["way"]?.text.flatMap(Assessment.ReminderWay.init(rawValue:)) ?? .noted,
          origin: call.request.origin,
          call.language,
          in: scope
        )
        return call.answer { writer in
          writer.member("mailed", done.mailed)
          writer.member("noted", done.noted)
          writer.member("withoutMail", done.withoutMail)
        }
      }
    }
  }
}
