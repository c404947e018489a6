import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}/asked-links/{whom}`: the links of departments and vendors that are asked for items of the
/// round of today, and what came by them.
struct AskedLinkAPI: Sendable {
  let assessment: Assessment

  private static let whom = EndpointParameter.path(
    "whom",
    .text(upTo: 102, from: 3),
    Localized(
      ja: "頼んだ相手。部門は d:番号、事業者は v:番号",
      en: "Who is asked: d: and the id of a department, v: and that of a vendor"
    )
  )

  private static let shape = JSONShape<AskedReply>([
    .text("item") { $0.item }, .text("whom") { $0.whom }, .text("value") { $0.value.plain },
    .day("target") { $0.target }, .text("remarks") { $0.remarks }, .text("respondent") { $0.respondent },
    .day("sentOn") { $0.sentAt?.day }, .maybe("takenBy") { $0.takenBy }, .number("version") { $0.version },
  ])

  private func asked(_ call: APICall, _ facility: FacilityID) async throws -> Checklist {
    try await assessment.asked(call["pack"], by: .hospital, facility)
  }

  var routes: [Route] { [making, ending, listing, taking] }

  private var making: Route {
    .api(
      .put,
      "/assessments/:pack/asked-links/:whom",
      AnswerChecks.self,
      Endpoint(
        "makeAskedLink",
        AssessmentAPI.group,
        Localized(
          ja: "頼んだ部門や事業者がアカウントなしで答えるリンクを作る。場所はここでだけ返し、前のリンクは使えなくなります",
          en:
            "Make the link with which a department or vendor answers what it is asked. Its address is told here only; one that was there ends"
        ),
        parameters: [AssessmentAPI.pack, Self.whom],
        answers: [
          .json(
            .object([.always("address", .text), .always("lastDay", .day)]),
            Localized(ja: "リンクの場所と、開ける最後の日", en: "The address of the link and the last day on which it works")
          )
        ],
        problems: [409, 422]
      )
    ) { call, scope in
      let checklist = try await asked(call, scope.facility)
      let made = try await AssessmentAPI.told(call, AssessmentAPI.reopen) {
        try await assessment.makeLink(for: call["whom"], checklist, in: scope).link
      }
      var response = call.answer { writer in
        writer.member("address", made.address)
        writer.member("lastDay", made.lastDay)
      }
      response.headers["Cache-Control"] = "no-store"
      return response
    }
  }

  private var ending: Route {
    .api(
      .delete,
      "/assessments/:pack/asked-links/:whom",
      AnswerChecks.self,
      Endpoint(
        "endAskedLink",
        AssessmentAPI.group,
        Localized(ja: "リンクを使えなくする", en: "End the link"),
        parameters: [AssessmentAPI.pack, Self.whom],
        answers: [.nothing(Localized(ja: "使えない", en: "It opens nothing"))]
      )
    ) { call, scope in
      // Whether there was one or not: there is none now.
      _ = try await assessment.endLink(of: call["whom"], asked(call, scope.facility), in: scope)
      return WebResponse(status: 204)
    }
  }

  private var listing: Route {
    .api(
      .get,
      "/assessments/:pack/asked-replies",
      ReadLedger.self,
      Endpoint(
        "listAskedReplies",
        AssessmentAPI.group,
        Localized(ja: "リンクから届いた答え", en: "What came by links"),
        parameters: [AssessmentAPI.pack, .limit, .cursor],
        answers: [.page(Self.shape, Localized(ja: "届いた答え", en: "The answers that were sent"))]
      )
    ) { call, scope in
      let lines = try await assessment.assigned(asked(call, scope.facility), scope.facility)
      return try call.page(of: lines.compactMap(\.reply), as: Self.shape)
    }
  }

  private var taking: Route {
    .api(
      .post,
      "/assessments/:pack/items/:item/reply",
      AnswerChecks.self,
      Endpoint(
        "takeAskedReply",
        AssessmentAPI.group,
        Localized(
          ja: "リンクから届いた答えを病院の答えにする。記録と違うときは reason が要ります",
          en: "Make what came by a link the hospital's answer; reason where it differs from what the records say"
        ),
        parameters: [AssessmentAPI.pack, AssessmentAPI.item],
        body: .json(
          .object([
            .always("version", .integer(1...Int(Int32.max))), .maybe("reason", .text(upTo: AnswerCheck.longest)),
          ])
        ),
        answers: [.nothing(Localized(ja: "病院の答えになりました", en: "It is the hospital's answer"))],
        problems: [409, 422]
      )
    ) { call, scope in
      let checklist = try await asked(call, scope.facility)
      guard let item = checklist[call["item"]] else {
        throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
      }
      let lookAgain = Localized(ja: "届いた答えを読み直してから、送り直してください。", en: "Read what came, then send again.")
      try await AssessmentAPI.told(call, lookAgain) {
        try await assessment.take(
          item.key,
          version: call.json["version"]?.integer ?? 0,
          reason: call.json["reason"]?.text ?? "",
          of: checklist,
          in: scope
        )
      }
      return WebResponse(status: 204)
    }
  }
}
