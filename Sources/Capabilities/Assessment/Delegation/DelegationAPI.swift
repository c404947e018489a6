import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}/assignments`: who is asked for which item of the round of today; asking, reminding,
/// withdrawing.
struct DelegationAPI: Sendable {
  let assessment: Assessment

  private static let shape = JSONShape<Assessment.AskedItem>([
    .text("item") { $0.item.key }, .maybe("department") { $0.assignment.department },
    .maybe("person") { $0.assignment.person }, .maybe("vendor") { $0.assignment.vendor },
    .text("name") { $0.assignment.name },
    .day("due") { $0.assignment.due }, .text("note") { $0.assignment.note },
    .text("assignedBy") { $0.assignment.assignedBy }, .flag("answered") { $0.isAnswered },
    .day("remindedOn") { $0.assignment.remindedOn }, .count("reminders") { $0.assignment.reminders },
    .maybe("respondent") { $0.assignment.reply?.respondent }, .day("repliedOn") { $0.assignment.reply?.on },
    .maybe("way") { $0.assignment.reply?.way.rawValue }, .flag("arrived") { $0.hasArrived },
    .maybe("before") { $0.before?.latest.plain }, .day("beforeOn") { $0.before?.answeredAt.day },
  ])

  private static let items = Schema.list(.text(upTo: 40, from: 1), upTo: 500)
  private static let all = Schema.object([.always("assignments", .list(shape.schema))])

  var routes: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/assignments",
        ReadLedger.self,
        Endpoint(
          "listAssignments",
          AssessmentAPI.group,
          Localized(ja: "だれにどの項目を頼んでいるか", en: "Who is asked for which item"),
          parameters: [AssessmentAPI.pack, .limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "頼んでいる項目", en: "The items that others are asked for"))]
        )
      ) { call, scope in
        try call.page(of: try await assigned(call, scope.facility)) { Self.shape.write($0, call.language, to: &$1) }
      },
      .api(
        .post,
        "/assessments/:pack/assignments",
        AnswerChecks.self,
        Endpoint(
          "assignItems",
          AssessmentAPI.group,
          Localized(
            ja: "項目の答えを部門・人・事業者のどれか1つに頼む。前に頼んでいた相手からは外れます。due がなければ1週間後",
            en:
              "Ask a department, a person or a vendor for items; whoever was asked before is asked no longer. In a week without due"
          ),
          parameters: [AssessmentAPI.pack],
          body: .json(
            .object([
              .always("items", Self.items), .maybe("department", .optional(.text(upTo: 100, from: 1))),
              .maybe("person", .optional(.text(upTo: 100, from: 1))),
              .maybe("vendor", .optional(.text(upTo: 100, from: 1))), .maybe("due", .optional(.day)),
              .maybe("note", .text(upTo: Assessment.Errand.longestNote)),
            ])
          ),
          answers: [.json(Self.all, Localized(ja: "いま頼んでいる項目", en: "All that others are asked for now"))],
          problems: [409, 422]
        ),
        assign
      ),
      .api(
        .post,
        "/assessments/:pack/assignment-reminders",
        AnswerChecks.self,
        Endpoint(
          "remindOfItems",
          AssessmentAPI.group,
          Localized(
            ja: "まだ答えていない相手に督促する。items がなければすべて。相手のお知らせに届きます",
            en: "Remind those who have not answered: of these items, of all without them. Each gets a message"
          ),
          parameters: [AssessmentAPI.pack],
          body: .json(.object([.maybe("items", Self.items)])),
          answers: [
            .json(
              .object([.always("reminded", .list(.text)), .always("unreached", .list(.text))]),
              Localized(
                ja: "督促した項目と、アカウントもリンクもなく督促できなかった相手の名前",
                en: "The items reminded of, and the names of those who have neither an account nor a link"
              )
            )
          ],
          problems: [409, 422]
        ),
        remind
      ),
      .api(
        .delete,
        "/assessments/:pack/assignments/:item",
        AnswerChecks.self,
        Endpoint(
          "withdrawAssignment",
          AssessmentAPI.group,
          Localized(ja: "頼むのをやめる", en: "Ask nobody for this item any more"),
          parameters: [AssessmentAPI.pack, AssessmentAPI.item],
          answers: [.nothing(Localized(ja: "だれにも頼んでいません", en: "Nobody is asked"))]
        ),
        withdraw
      ),
    ]
  }

  private func asked(_ call: APICall, _ facility: FacilityID) async throws -> Checklist {
    try await assessment.asked(call["pack"], by: .hospital, facility)
  }

  private func assigned(_ call: APICall, _ facility: FacilityID) async throws -> [Assessment.AskedItem] {
    try await assessment.assigned(asked(call, facility), facility)
  }

  @Sendable private func assign(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let named = [("department", "d:"), ("person", "p:"), ("vendor", "v:")].compactMap { field, kind in
      call.json[field]?.text.map { (pointer: "/\(field)", whom: kind + $0) }
    }
    guard named.count == 1, let whom = named.first else {
      let words = Localized(
        ja: "department、person、vendor のどれか1つを送ってください。",
        en: "Send one of department, person and vendor."
      )
      throw WebError.invalid([(pointer: "/department", reason: words)], call.language)
    }
    let errand = Assessment.Errand(
      whom: whom.whom,
      due: call.json["due"]?.text.flatMap(LocalDate.init(iso:)),
      note: call.json["note"]?.text ?? ""
    )
    let keys = call.json["items"]?.array?.compactMap(\.text) ?? []
    let checklist = try await asked(call, scope.facility)
    let pointers = ["whom": whom.pointer]
    try await AssessmentAPI.told(call, AssessmentAPI.reopen, pointers: pointers) {
      _ = try await assessment.assign(keys, errand, of: checklist, in: scope)
    }
    let now = try await assessment.assigned(checklist, scope.facility)
    return call.answer { writer in
      writer.array("assignments") { writer in for line in now { Self.shape.write(line, call.language, to: &writer) } }
    }
  }

  @Sendable private func remind(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await asked(call, scope.facility)
    let keys = call.json["items"]?.array.map { Set($0.compactMap(\.text)) }
    let reminded = try await AssessmentAPI.told(call, AssessmentAPI.reopen) {
      try await assessment.remind(keys, of: checklist, in: scope)
    }
    return call.answer { writer in
      writer.member("reminded", texts: reminded.reminded.map(\.item))
      writer.member("unreached", texts: reminded.unreachedNames)
    }
  }

  @Sendable private func withdraw(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await asked(call, scope.facility)
    guard let item = checklist[call["item"]] else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    // Whether somebody was asked or not: nobody is now.
    _ = try await assessment.withdraw(item, of: checklist, in: scope)
    return WebResponse(status: 204)
  }
}

extension AssessmentAPI {
  /// What to do about a round that is locked.
  static let reopen = Localized(ja: "回を開き直してから、送り直してください。", en: "Reopen the round, then send again.")

  /// Does something and tells what is wrong with it as problems: fields of the body by their names, or by `pointers` where
  /// they are called otherwise there; what does not go with the round as a conflict, with what to do about it.
  static func told<T>(
    _ call: APICall,
    _ remedy: Localized,
    pointers: [String: String] = [:],
    _ body: () async throws -> T
  ) async throws -> T {
    do {
      return try await body()
    } catch let problems as AnswerProblems {
      throw WebError.invalid(
        problems.list.map { (pointer: pointers[$0.field] ?? "/\($0.field)", reason: $0.text) },
        call.language
      )
    } catch let conflict as RoundConflict {
      throw WebError.conflict(conflict.words, remedy: remedy)
    }
  }
}
