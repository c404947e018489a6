import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments`: checklists, what the records say to each item, and the answers.
struct AssessmentAPI: Sendable {
  let assessment: Assessment

  static let group = EndpointGroup("assessments", Localized(ja: "自己点検", en: "Self-checks"))

  private static let line = Schema.object([
    .always("item", .text), .always("topic", .text), .always("text", .text),
    .always("kind", .choice(AnswerKind.ofItems.map(\.rawValue))),
    .always("choices", .list(.object([.always("key", .text), .always("label", .text)]))),
    .always("least", .optional(.integer(nil))), .always("most", .optional(.integer(nil))),
    .always("unit", .optional(.text)),
    .always("state", .choice(ItemStanding.State.allCases.map(\.rawValue))),
    .always("answer", .optional(.text)), .always("version", .optional(.count)),
    .always("first", .optional(.text)), .always("firstOn", .optional(.day)), .always("firstBy", .optional(.text)),
    .always("second", .optional(.text)), .always("secondOn", .optional(.day)), .always("secondBy", .optional(.text)),
    .always("target", .optional(.day)), .always("remarks", .text),
    .always("suggestion", .optional(.text)), .always("reason", .text), .always("asOf", .optional(.instant)),
    .always("records", .count), .always("facts", .list(figure)),
    .always(
      "beside",
      .list(figure),
      Localized(ja: "答えは決めないが、話題に関わる記録", en: "Records of the topic that decide nothing")
    ),
  ])

  private static let figure = Schema.object([
    .always("key", .text), .always("value", .integer(nil)), .always("population", .optional(.integer(nil))),
    .always("asOf", .instant),
  ])

  private static let draft = Schema.object([
    .always("value", .text(upTo: AnswerFormat.longest, from: 1)), .maybe("reason", .text(upTo: AnswerCheck.longest)),
    .maybe("remarks", .text(upTo: AnswerCheck.longest)), .maybe("target", .optional(.day)),
    .maybe("second", .optional(.text(upTo: 40, from: 1))),
    .maybe("respondent", .optional(.text(upTo: VendorReply.longestName, from: 1))),
    .maybe("repliedOn", .optional(.day)),
    .maybe("way", .choice(VendorForm.Way.byHand.map(\.rawValue))),
    .maybe("version", .optional(.integer(1...Int(Int32.max)))),
  ])

  static let again = Localized(ja: "いまの答えを読んでから、送り直してください。", en: "Read the answer as it is now and send again.")

  private static let settled = Localized(
    ja: "理由のとおりに済ませてから、送り直してください。",
    en: "Settle what the reason says, then send again."
  )

  static let pack = EndpointParameter.path(
    "pack",
    .text(upTo: 60, from: 1),
    Localized(ja: "点検表（GET /checklists の id）", en: "The checklist (id of GET /checklists)")
  )

  static let item = EndpointParameter.path(
    "item",
    .text(upTo: 40, from: 1),
    Localized(ja: "項目の番号", en: "The item's number")
  )

  var routes: [Route] {
    [
      .api(
        .get,
        "/assessments",
        ReadLedger.self,
        Endpoint(
          "listAssessments",
          Self.group,
          Localized(ja: "点検表と、いまの回", en: "The checklists and their rounds of today"),
          parameters: [.limit, .cursor],
          answers: [.page(Assessment.Standing.shape, Localized(ja: "点検表", en: "The checklists"))]
        ),
        list
      ),
      .api(
        .get,
        "/assessments/:pack",
        ReadLedger.self,
        Endpoint(
          "getAssessment",
          Self.group,
          Localized(ja: "いまの回の項目、記録が示すこと、答え", en: "The items of the round of today with suggestions and answers"),
          parameters: [Self.pack, .limit, .cursor],
          answers: [.json(.page(of: Self.line, total: true), Localized(ja: "項目", en: "The items"))]
        )
      ) { call, scope in
        let standing = try await standing(call, scope.facility)
        return try call.page(of: standing.items) { write($0, call.language, to: &$1) }
      },
      .api(
        .put,
        "/assessments/:pack/items/:item",
        AnswerChecks.self,
        Endpoint(
          "answerItem",
          Self.group,
          Localized(
            ja:
              "項目に答える。value は kind により yes・no、0〜3、選択肢の key、整数、日付、文章、どれも na（該当なし）。送らない備考・目標日・2回目はそのまま残り、null で消えます。事業者に頼んだ項目の答えには respondent、repliedOn、way を付けます。",
            en:
              "Answer an item of the round of today: yes or no, 0 to 3, the key of a choice, a whole number, a day or a text, by its kind, or na. Remarks, target and second check stay where they are not sent; null clears. With respondent, repliedOn and way it is the answer of the vendor that is asked."
          ),
          parameters: [Self.pack, Self.item],
          body: .json(Self.draft),
          answers: [.json(Self.line, Localized(ja: "項目", en: "The item as it is now"))],
          problems: [409, 422]
        ),
        answer
      ),
      .api(
        .put,
        "/assessments/:pack/lock",
        AnswerChecks.self,
        Endpoint(
          "lockAssessment",
          Self.group,
          Localized(
            ja: "いまの回を締める（locked: true）、理由を付けて開き直す（false）。答えていない項目か、2人目の確認を待つ答えがあれば締めません。",
            en:
              "Lock the round of today (locked: true), or reopen it with a reason (false). Refused while items are open or answers wait for a second person."
          ),
          parameters: [Self.pack],
          body: .json(
            .object([.always("locked", .boolean), .maybe("reason", .text(upTo: 500)), .maybe("period", .text(upTo: 7))])
          ),
          answers: [.one(Assessment.Standing.shape, Localized(ja: "いまの状態", en: "The round as it is now"))],
          problems: [409, 422]
        ),
        lock
      ),
    ]
  }

  @Sendable private func lock(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await standing(call, scope.facility).round.checklist
    let period = call.json["period"]?.text
    if let period, let problem = try await assessment.problem(ofRound: period, checklist, scope.facility) {
      throw WebError.invalid([(pointer: "/period", reason: problem)], call.language)
    }
    _ = try await Self.told(call, Self.settled) {
      try await assessment.setLocked(
        call.json["locked"]?.bool ?? false,
        checklist,
        period: period,
        reason: call.json["reason"]?.text,
        in: scope
      )
    }
    let now = try await assessment.standing(checklist, period: period, scope.facility)
    return call.answer(now, as: Assessment.Standing.shape)
  }

  private func standing(_ call: APICall, _ facility: FacilityID) async throws -> Assessment.Standing {
    let checklist = try await assessment.asked(call["pack"], by: .hospital, facility)
    return try await assessment.standing(checklist, facility)
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try call.page(of: try await assessment.standings(scope.facility), as: Assessment.Standing.shape)
  }

  @Sendable private func answer(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let standing = try await standing(call, scope.facility)
    guard let line = standing[call["item"]] else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    func read(_ name: String) throws -> AnswerValue? {
      guard let text = call.json[name]?.text else { return nil }
      guard let value = line.item.read(text, today: assessment.today) else {
        throw WebError.invalid([(pointer: "/\(name)", reason: line.item.wanted)], call.language)
      }
      return value
    }
    guard let value = try read("value") else {
      throw WebError.badRequest(Localized(ja: "「value」がありません。", en: "“value” is missing."))
    }
    var draft = AnswerDraft(changing: line.answer, to: value)
    if let reason = call.json["reason"]?.text { draft.reason = reason }
    if let remarks = call.json["remarks"]?.text { draft.remarks = remarks }
    if let target = call.json["target"] { draft.target = target.text.flatMap(LocalDate.init(iso:)) }
    if call.json["second"] != nil { draft.secondValue = try read("second") }
    draft.version = call.json["version"]?.integer
    let checklist = standing.round.checklist
    let wanted = draft
    let reply = call.json["respondent"]?.text.map { who in
      VendorReply(
        call.json["way"]?.text.flatMap(VendorForm.Way.init(rawValue:)) ?? .paper,
        who,
        on: call.json["repliedOn"]?.text.flatMap(LocalDate.init(iso:)) ?? assessment.today
      )
    }
    try await Self.told(call, Self.again) {
      try await assessment.answer(wanted, line.item.key, of: checklist, facts: standing.facts, reply: reply, in: scope)
    }
    let now = try await assessment.standing(checklist, facts: standing.facts, scope.facility)
    var writer = JSONWriter()
    if let line = now[line.item.key] { write(line, call.language, to: &writer) }
    return WebResponse(headers: ["Content-Type": "application/json"], body: .bytes(writer.bytes))
  }

  private func write(_ line: ItemStanding, _ language: Language, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("item", line.item.key)
      writer.member("topic", line.item.topic)
      writer.member("text", line.item.text[language])
      writer.member("kind", line.item.format.kind.rawValue)
      writer.array("choices") { writer in
        for choice in line.item.choices {
          writer.object { writer in
            writer.member("key", choice.plain)
            writer.member("label", choice.label[language])
          }
        }
      }
      writer.member("least", line.item.format.least)
      writer.member("most", line.item.format.most)
      writer.member("unit", line.item.format.unit?[language])
      writer.member("state", line.state.rawValue)
      writer.member("answer", line.answer?.latest.plain)
      writer.member("version", line.answer?.version)
      writer.member("first", line.answer?.value.plain)
      writer.member("firstOn", line.answer?.checkedOn)
      writer.member("firstBy", line.answer?.checkedBy)
      writer.member("second", line.answer?.secondValue?.plain)
      writer.member("secondOn", line.answer?.secondOn)
      writer.member("secondBy", line.answer?.secondBy)
      writer.member("target", line.answer?.target?.iso)
      writer.member("remarks", line.answer?.remarks ?? "")
      writer.member("suggestion", line.suggestion.answer?.plain)
      writer.member("reason", line.suggestion.reason[language])
      writer.member("asOf", line.suggestion.asOf)
      writer.member("records", line.suggestion.records)
      write("facts", line.suggestion.facts, &writer)
      write("beside", line.suggestion.beside, &writer)
    }
  }

  private func write(_ name: String, _ facts: [Fact], _ writer: inout JSONWriter) {
    writer.array(name) { writer in
      for fact in facts {
        writer.object { writer in
          writer.member("key", fact.key)
          writer.member("value", fact.value)
          writer.member("population", fact.population)
          writer.member("asOf", fact.asOf)
        }
      }
    }
  }
}
