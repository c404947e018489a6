import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// `/q/:token`: answering, by whoever holds the link. No account is needed; the link opens one questionnaire for one
/// respondent and shows nothing of others. What is only counted is shown to the browser alone that saved it, as whoever asks
/// holds the links, too.
struct SurveyAnswerRoutes: Sendable {
  let assessment: Assessment

  private var surveys: PollStore { assessment.surveys }

  /// What a browser keeps that saved something of what is only counted.
  private static let cookie = "yagura-answering"
  /// Longer than a survey is open.
  private static let cookieAge = 365 * 86_400

  var routes: [Route] {
    [
      .open(.get, "/q/:token", show), .open(.post, "/q/:token", take), .open(.get, "/q/:token/results", mirror),
      .open(.get, "/q/:token/none", askWhetherConcerned), .open(.post, "/q/:token/none", finishNotConcerned),
      .open(.get, "/q/:token/anew", askWhetherAnew), .open(.post, "/q/:token/anew", beginAnew),
    ]
  }

  @Sendable func mirror(_ request: WebRequest) async throws -> WebResponse {
    do {
      let comparison = try await surveys.comparison(request["token"], round: request.query["round"])
      return SurveyMirrorPage(comparison: comparison, request: request).response
    } catch SurveyProblem.notFound {
      throw WebError.notFound(Localized(ja: "この調査", en: "This survey"))
    }
  }

  private static func browser(_ request: WebRequest) -> Token? {
    request.cookie(cookie).flatMap(Token.init(reading:))
  }

  private func invitation(_ request: WebRequest, _ browser: Token?) async throws -> PollStore.Invitation {
    do {
      return try await surveys.invitation(request["token"], browser: browser)
    } catch SurveyProblem.notFound {
      throw WebError.notFound(Localized(ja: "この調査", en: "This survey"))
    }
  }

  private func section(_ text: String?, _ invitation: PollStore.Invitation) -> Int? {
    text.flatMap { Int($0) }.flatMap { invitation.survey.questionnaire.sections.indices.contains($0) ? $0 : nil }
  }

  @Sendable func show(_ request: WebRequest) async throws -> WebResponse {
    let invitation = try await invitation(request, Self.browser(request))
    if let words = Self.refusal(invitation) { return Self.refused(invitation, words, request) }
    return SurveyAnswerPage(
      invitation: invitation,
      section: section(request.query["section"], invitation),
      answers: invitation.answers,
      errors: [],
      isGrown: request.query["grown"] != nil,
      request: request
    ).response
  }

  private static func refusal(_ invitation: PollStore.Invitation) -> SurveyProblem? {
    if invitation.survey.state == .closed { return .closed }
    if invitation.isElsewhere { return .begunElsewhere }
    return invitation.survey.naming == .aggregate && invitation.progress.isFinished ? .alreadySent : nil
  }

  private static func refused(
    _ invitation: PollStore.Invitation,
    _ problem: SurveyProblem,
    _ request: WebRequest
  ) -> WebResponse {
    let way = problem == .begunElsewhere ? anew(invitation, request) : results(invitation, request)
    return .page(
      Page(
        invitation.survey.title,
        main: "\(Banner(.info, problem.text[request.language]).html(request.language))\(way)"
      ),
      surroundings: request.session == nil ? .bare : .full
    )
  }

  private static func anew(_ invitation: PollStore.Invitation, _ request: WebRequest) -> HTML {
    let words = Localized(ja: "消して、この端末で始める…", en: "Erase it and begin here…")
    let path = SurveyPath.anew(invitation.respondent.token)
    return "<p>\(Button.link(words[request.language], path, look: .secondary))</p>"
  }

  private static func results(_ invitation: PollStore.Invitation, _ request: WebRequest) -> HTML {
    let words = Localized(ja: "自分の答えと全体の答えを見る", en: "Your answers and those of all")
    return "<p><a href=\"\(SurveyPath.mirror(invitation.respondent.token))\">\(words[request.language])</a></p>"
  }

  @Sendable func take(_ request: WebRequest) async throws -> WebResponse {
    let browser = Self.browser(request) ?? Token(from: surveys.entropy)
    let invitation = try await invitation(request, browser)
    if let words = Self.refusal(invitation) { return Self.refused(invitation, words, request) }
    let form = try request.form()
    let questionnaire = invitation.survey.questionnaire
    let place = section(form["section"], invitation)
    var (answers, errors) = (invitation.answers, [FieldError]())
    if let place {
      (answers, errors) = SurveyFields.read(
        form,
        questionnaire.sections[place],
        questionnaire,
        over: answers,
        AnswerReading(today: request.now.day),
        request.language
      )
    }
    let hasUnseen = errors.isEmpty && SurveyFields.unseen(form, answers, questionnaire)
    func again(_ errors: [FieldError]) -> WebResponse {
      SurveyAnswerPage(
        invitation: invitation,
        section: questionnaire.sections.count == 1 ? nil : place,
        answers: answers,
        errors: errors,
        isGrown: hasUnseen,
        request: request
      ).response
    }
    let seen = invitation.seen(at: Int(form.text("version")) ?? -1)
    do {
      switch form.text("do") {
      case "send":
        guard errors.isEmpty, !hasUnseen else { return again(errors) }
        try await surveys.send(answers, seen, by: request.session?.userName ?? "")
      default:
        guard errors.isEmpty else { return again(errors) }
        try await surveys.save(answers, seen)
        let path = hasUnseen ? grown(place, invitation) : next(form.text("do"), place, answers, invitation)
        let saved = WebResponse.redirect(to: path)
        guard invitation.survey.naming == .aggregate else { return saved }
        return saved.setting(SetCookie(Self.cookie, browser.text, maxAge: Self.cookieAge))
      }
      return SurveyDonePage(invitation: invitation, request: request).response
    } catch SurveyProblem.missing(let keys) {
      return again(Self.missing(keys, questionnaire, request.language))
    } catch let problem as SurveyProblem {
      return again([FieldError("", problem.text[request.language])])
    }
  }

  @Sendable func askWhetherConcerned(_ request: WebRequest) async throws -> WebResponse {
    let invitation = try await invitation(request, Self.browser(request))
    if let words = Self.refusal(invitation) { return Self.refused(invitation, words, request) }
    return SurveyNotConcernedPage(invitation: invitation, errors: [], request: request).response
  }

  @Sendable func finishNotConcerned(_ request: WebRequest) async throws -> WebResponse {
    let invitation = try await invitation(request, Self.browser(request))
    if let words = Self.refusal(invitation) { return Self.refused(invitation, words, request) }
    let form = try request.form()
    do {
      try await surveys.send(
        nil,
        invitation.seen(at: Int(form.text("version")) ?? -1),
        dropping: form.contains("drop"),
        by: request.session?.userName ?? ""
      )
      return SurveyDonePage(invitation: invitation, request: request).response
    } catch let problem as SurveyProblem {
      var field = ""
      if case .answersStand = problem { field = "drop" }
      let errors = [FieldError(field, problem.text[request.language])]
      return SurveyNotConcernedPage(invitation: invitation, errors: errors, request: request).response
    }
  }

  @Sendable func askWhetherAnew(_ request: WebRequest) async throws -> WebResponse {
    let invitation = try await invitation(request, Self.browser(request))
    let token = invitation.respondent.token
    guard Self.refusal(invitation) == .begunElsewhere else { return .redirect(to: SurveyPath.answer(token)) }
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let question = Confirmation(
      action: SurveyPath.anew(token),
      csrf: request.csrf,
      question: say(
        "ほかの端末で保存した答えを、見ないまま消します。元に戻せません。",
        "What was saved on another device is erased without being shown. This cannot be undone."
      ),
      names: [],
      verb: say("消して始める", "Erase and begin"),
      backAddress: SurveyPath.answer(token)
    )
    return .page(
      Page(
        say("はじめから答えますか", "Begin anew?"),
        lead: HTML(text: "\(invitation.survey.title)　\(invitation.respondent.name)"),
        main: question.html(request.language)
      ),
      surroundings: request.session == nil ? .bare : .full
    )
  }

  @Sendable func beginAnew(_ request: WebRequest) async throws -> WebResponse {
    let invitation = try await invitation(request, Self.browser(request))
    do {
      try await surveys.beginAnew(invitation)
    } catch let problem as SurveyProblem {
      return Self.refused(invitation, problem, request)
    }
    return .redirect(to: SurveyPath.answer(invitation.respondent.token))
  }

  /// The same page once more, with what an answer brought up.
  private func grown(_ place: Int?, _ invitation: PollStore.Invitation) -> String {
    let isShort = invitation.survey.questionnaire.sections.count == 1
    let path = SurveyPath.answer(invitation.respondent.token, section: isShort ? nil : place)
    return path + (path.contains("?") ? "&" : "?") + "grown=1"
  }

  /// The next section that has anything to ask, or the list.
  private func next(
    _ way: String,
    _ place: Int?,
    _ answers: SurveyAnswers,
    _ invitation: PollStore.Invitation
  ) -> String {
    let (questionnaire, token) = (invitation.survey.questionnaire, invitation.respondent.token)
    guard way == "next", let place else { return SurveyPath.answer(token) }
    let asked = questionnaire.asked(answers)
    let following = questionnaire.sections.indices.first { index in
      index > place && questionnaire.sections[index].questions.contains { asked.contains($0.key) }
    }
    return SurveyPath.answer(token, section: following)
  }

  private static func missing(
    _ keys: [String],
    _ questionnaire: Questionnaire,
    _ language: Language
  ) -> [FieldError] {
    keys.prefix(20).map { key in
      let column = questionnaire.column(key)
      let question = column.flatMap { column in questionnaire[column.question]?.text[language] } ?? key
      let row = column?.row?.label[language] ?? ""
      let section = questionnaire.sections.first { section in
        section.questions.contains { $0.key == column?.question }
      }
      let place = questionnaire.sections.count > 1 ? (section?.title[language] ?? "") : ""
      let text = Localized(
        ja: "\(place.isEmpty ? "" : "「\(place)」の")「\(question)」\(row.isEmpty ? "" : "の「\(row)」")に答えてください。",
        en: "Answer “\(question)”\(row.isEmpty ? "" : " for “\(row)”")\(place.isEmpty ? "" : " in “\(place)”")."
      )
      // On the list of a long questionnaire the field is not there to lead to.
      return FieldError(questionnaire.sections.count == 1 ? SurveyFields.name(key) : "", text[language])
    }
  }
}
