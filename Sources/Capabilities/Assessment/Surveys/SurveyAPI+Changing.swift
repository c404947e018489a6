import Nouns
import Tabular
import Text
import Time
import Web

/// Asking, handing out, taking in and closing, for programs.
extension SurveyAPI {
  private static let draft = Schema.object([
    .maybe("title", .text(upTo: 200)),
    .always("questionnaire", .text(upTo: 1 << 20, from: 1), questionnaireHelp),
    .always("naming", .choice(Survey.Naming.allCases.map(\.rawValue))),
    .maybe("cycle", .choice(Survey.Cycle.allCases.map(\.rawValue))), .maybe("due", .optional(.day)),
    .maybe("population", .optional(.integer(1...Int(Int32.max)))),
    .maybe("whom", .choice(Assessment.Whom.allCases.map(\.rawValue))),
    .maybe(
      "members",
      .list(
        .object([
          .always("name", .text(upTo: 200, from: 1)), .maybe("stratum", .text(upTo: 100)),
          .maybe("answerer", .text(upTo: 200)), .maybe("contact", .text(upTo: 300)),
        ]),
        upTo: SurveyDraft.mostMembers
      )
    ),
  ])

  private static let questionnaireHelp = Localized(
    ja: "調査票の YAML。部門への問いかけは \(Questionnaires.departments)",
    en: "The YAML of the questionnaire; \(Questionnaires.departments) for the seven questions to departments"
  )

  private static let taken = Schema.object([.always("added", .count), .always("replaced", .count)])

  private func found(_ call: APICall, _ facility: FacilityID) async throws -> (survey: Survey, round: String) {
    let survey = try await assessment.surveys.find(call["survey"], facility)
    return (survey, call.query("round") ?? survey.round(on: assessment.today))
  }

  private static let roundOfToday = Localized(
    ja: "回（2026-11）。なければいまの回",
    en: "The round, as 2026-11; that of today without"
  )

  var changing: [Route] { [opening, closing, respondents, crossing, texts, file, taking] }

  private var opening: Route {
    .api(
      .post,
      "/polls",
      AnswerChecks.self,
      Endpoint(
        "openPoll",
        Self.group,
        Localized(
          ja: "調査を始める。設問と、記名か集計のみかは、あとから変えられません。相手は whom か members で指定します",
          en: "Begin a survey. Neither questions nor naming can be changed later. whom or members say who is asked"
        ),
        body: .json(Self.draft),
        answers: [.one(Survey.shape, Localized(ja: "始めた調査", en: "The survey"), status: 201)],
        problems: [422],
        takesKey: true
      )
    ) { call, scope in
      try await Self.told(call) {
        let id = try await assessment.surveys.open(try await draft(call, scope.facility), in: scope)
        return call.answer(try await assessment.surveys.find(id, scope.facility), as: Survey.shape, status: 201)
      }
    }
  }

  private func draft(_ call: APICall, _ facility: FacilityID) async throws -> SurveyDraft {
    let typed = call.json["questionnaire"]?.text ?? ""
    let members: [SurveyDraft.Member]
    if let whom = call.json["whom"]?.text.flatMap(Assessment.Whom.init(rawValue:)) {
      members = try await assessment.members(whom, facility)
    } else {
      members = (call.json["members"]?.array ?? []).map {
        SurveyDraft.Member(
          name: $0["name"]?.text ?? "",
          stratum: $0["stratum"]?.text ?? "",
          answerer: $0["answerer"]?.text ?? "",
          contact: $0["contact"]?.text ?? ""
        )
      }
    }
    return try SurveyDraft(
      title: call.json["title"]?.text ?? "",
      source: Questionnaires.source(typed) ?? typed,
      file: "questionnaire",
      naming: call.json["naming"]?.text.flatMap(Survey.Naming.init(rawValue:)) ?? .named,
      cycle: call.json["cycle"]?.text.flatMap(Survey.Cycle.init(rawValue:)) ?? .once,
      due: call.json["due"]?.text.flatMap(LocalDate.init(iso:)) ?? Month(containing: assessment.today).last,
      population: call.json["population"]?.integer,
      members: members
    )
  }

  private var closing: Route {
    .api(
      .post,
      "/polls/:survey/close",
      AnswerChecks.self,
      Endpoint(
        "closePoll",
        Self.group,
        Localized(ja: "調査を締め切る。だれも答えられなくなります", en: "Close a survey: nobody can answer any more"),
        parameters: [Self.survey],
        answers: [.one(Survey.shape, Localized(ja: "締め切った調査", en: "The survey"))]
      )
    ) { call, scope in
      try await Self.told(call) {
        let (survey, _) = try await found(call, scope.facility)
        try await assessment.surveys.close(survey, in: scope)
        return call.answer(try await assessment.surveys.find(survey.id, scope.facility), as: Survey.shape)
      }
    }
  }

  private var respondents: Route {
    .api(
      .get,
      "/polls/:survey/respondents",
      AnswerChecks.self,
      Endpoint(
        "listPollRespondents",
        Self.group,
        Localized(
          ja: "相手ごとの進み具合と、答えるためのリンクの場所。リンクを知っている人は、その相手として答えられます",
          en: "Each one's progress and the address of its link; whoever has a link can answer for that one"
        ),
        parameters: [Self.survey, Self.round(Self.roundOfToday), .limit, .cursor],
        answers: [.page(RespondentStanding.shape, Localized(ja: "相手", en: "Those who are asked"))]
      )
    ) { call, scope in
      try await Self.told(call) {
        let (survey, round) = try await found(call, scope.facility)
        let all = try await assessment.surveys.standings(survey, round: round)
        return try call.page(of: all, as: RespondentStanding.shape)
      }
    }
  }

  private var crossing: Route {
    func column(_ name: String, _ about: Localized) -> EndpointParameter {
      .query(name, .text(upTo: 100, from: 1), about, isRequired: true)
    }
    return .api(
      .get,
      "/polls/:survey/cross",
      ReadLedger.self,
      Endpoint(
        "crossPollQuestions",
        Self.group,
        Localized(
          ja: "2つの設問を掛け合わせた表（少ない数は隠します）。行と件数の最後は全体です",
          en: "Two questions against each other, small counts hidden; the last line and count are the whole"
        ),
        parameters: [
          Self.survey, Self.round(Self.roundOfToday),
          column("rows", Localized(ja: "縦の設問（符号表の列）", en: "The question down, by its column")),
          column("columns", Localized(ja: "横の設問（符号表の列）", en: "The question across, by its column")),
        ],
        answers: [.one(CrossedQuestions.shape, Localized(ja: "掛け合わせた表", en: "The table"))],
        problems: [409]
      )
    ) { call, scope in
      try await Self.told(call) {
        let (survey, round) = try await found(call, scope.facility)
        let crossed = try await assessment.surveys.crossed(
          survey,
          round: round,
          rows: call.query("rows") ?? "",
          columns: call.query("columns") ?? ""
        )
        return call.answer(crossed, as: CrossedQuestions.shape)
      }
    }
  }

  private var texts: Route {
    .api(
      .get,
      "/polls/:survey/texts",
      AnswerChecks.self,
      Endpoint(
        "listPollTexts",
        Self.group,
        Localized(
          ja: "自由記述。集計のみの調査では、だれが書いたかは出ず、書いた人が5人に満たない設問の分は、文の代わりに理由（silence）だけが出ます",
          en:
            "What was written in words; where it is only counted without names, and of a question to which fewer than five wrote the reason alone (silence)"
        ),
        parameters: [Self.survey, Self.round(Self.roundOfToday), .limit, .cursor],
        answers: [.page(FreeText.shape, Localized(ja: "自由記述", en: "The texts"))],
        problems: [409]
      )
    ) { call, scope in
      try await Self.told(call) {
        let (survey, round) = try await found(call, scope.facility)
        return try call.page(of: try await assessment.surveys.texts(survey, round: round), as: FreeText.shape)
      }
    }
  }

  private var file: Route {
    .api(
      .get,
      "/polls/:survey/file",
      AnswerChecks.self,
      Endpoint(
        "getPollFile",
        Self.group,
        Localized(
          ja: "結果、符号表、記名ならすべての答えを、Excel か CSV（ZIP）で書き出す",
          en: "Counts, code book and, where names were asked, every answer, as Excel or as CSV in a ZIP"
        ),
        parameters: [
          Self.survey, Self.round(Self.roundOfToday),
          .query(
            "form",
            .choice(SurveyExport.Form.allCases.map(\.rawValue)),
            Localized(ja: "形式。なければ xlsx", en: "The form; xlsx without")
          ),
        ],
        answers: [.file(SurveyExport.Form.allCases.map(\.type), Localized(ja: "ファイル", en: "The file"))],
        problems: [409]
      )
    ) { call, scope in
      try await Self.told(call) {
        let (survey, round) = try await found(call, scope.facility)
        let form = call.query("form").flatMap(SurveyExport.Form.init(rawValue:)) ?? .xlsx
        let export = try await assessment.surveys.export(survey, round: round, call.language)
        return WebResponse.file(
          try export.bytes(form, at: call.now),
          name: SheetWriter.fileName(survey.title, at: call.now, ending: form.ending),
          type: form.type
        )
      }
    }
  }

  private var taking: Route {
    .api(
      .post,
      "/polls/:survey/answers",
      AnswerChecks.self,
      Endpoint(
        "importPollAnswers",
        Self.group,
        Localized(
          ja: "届いた回答をファイル（CSV、Excel）で取り込む。もう答えている相手があれば、replace=true でなければ何も取り込みません",
          en:
            "Take answers from a file (CSV or Excel). Where somebody has answered already nothing is taken without replace=true"
        ),
        parameters: [
          Self.survey, Self.round(Self.roundOfToday),
          .query("name", .text(upTo: 200, from: 1), Localized(ja: "ファイル名", en: "The file's name"), isRequired: true),
          .query(
            "replace",
            .choice(["true", "false"]),
            Localized(ja: "もう答えている相手の答えを置き換える", en: "Replace answers that are there already")
          ),
        ],
        body: .file(["application/octet-stream", "text/csv", FormFile.type]),
        answers: [.json(Self.taken, Localized(ja: "取り込んだ数", en: "How many were taken"))],
        problems: [409, 422]
      )
    ) { call, scope in
      try await Self.told(call) {
        let (survey, round) = try await found(call, scope.facility)
        let imported = try await assessment.takeAnswers(
          call.request.body,
          name: call.query("name") ?? "",
          survey,
          round: round,
          replacing: call.query("replace") == "true",
          in: scope
        )
        return call.answer { writer in
          writer.member("added", imported.added)
          writer.member("replaced", imported.replaced)
        }
      }
    }
  }
}
