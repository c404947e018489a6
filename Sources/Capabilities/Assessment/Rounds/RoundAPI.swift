import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}`: what the records say is confirmed, a second person looks, and people talk about items.
struct RoundAPI: Sendable {
  let assessment: Assessment

  private static let keys = Schema.list(.text(upTo: 40, from: 1), upTo: 500)

  private static let comment = JSONShape<Comment>([
    .text("id") { $0.id }, .text("text") { $0.text }, .instant("at") { $0.at }, .text("by") { $0.by },
  ])

  private struct Place {
    let checklist: Checklist
    let period: String
    let item: ChecklistItem
  }

  private func place(_ call: APICall, _ facility: FacilityID) async throws -> Place {
    let checklist = try await assessment.asked(call["pack"], by: .hospital, facility)
    guard let item = checklist[call["item"]] else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    let start = try await assessment.schedule.fiscalYearStart(facility)
    let period = checklist.period(on: assessment.today, fiscalYearStart: start)
    return Place(checklist: checklist, period: period, item: item)
  }

  var routes: [Route] { [accepting, confirming] + talking }

  private var accepting: Route {
    .api(
      .post,
      "/assessments/:pack/accept",
      AnswerChecks.self,
      Endpoint(
        "acceptSuggestions",
        AssessmentAPI.group,
        Localized(
          ja: "まだ答えていない項目を、記録が示すとおりに（items）、または前の答えのとおりに（carry）確定する。ほかの項目を尋ねなくする答えは確定しません",
          en:
            "Confirm items that nobody answered yet: as the records say (items), or as they were answered before (carry). What would leave other items unasked is not confirmed"
        ),
        parameters: [AssessmentAPI.pack],
        body: .json(.object([.maybe("items", Self.keys), .maybe("carry", Self.keys)])),
        answers: [.json(.object([.always("accepted", .count)]), Localized(ja: "確定した数", en: "How many"))],
        problems: [409, 422]
      )
    ) { call, scope in
      let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
      func keys(_ name: String) -> Set<String> { Set(call.json[name]?.array?.compactMap(\.text) ?? []) }
      let (wanted, carried) = (keys("items"), keys("carry"))
      let count = try await AssessmentAPI.told(call, AssessmentAPI.reopen) {
        try await assessment.accept(wanted, carrying: carried, of: checklist, in: scope)
      }
      return call.answer { $0.member("accepted", count) }
    }
  }

  private var confirming: Route {
    .api(
      .post,
      "/assessments/:pack/items/:item/confirmation",
      AnswerChecks.self,
      Endpoint(
        "confirmAnswer",
        AssessmentAPI.group,
        Localized(
          ja: "2人目として、いまの答えを確かめたと記録する。version は確かめた答えのもの",
          en: "Record as the second person that the answer was looked at; version is that of the answer"
        ),
        parameters: [AssessmentAPI.pack, AssessmentAPI.item],
        body: .json(.object([.always("version", .integer(1...Int(Int32.max)))])),
        answers: [.nothing(Localized(ja: "記録した", en: "It is on record"))],
        problems: [409, 422]
      )
    ) { call, scope in
      let place = try await place(call, scope.facility)
      let version = call.json["version"]?.integer ?? 0
      try await AssessmentAPI.told(call, AssessmentAPI.again) {
        try await assessment.delegation.confirm(
          place.checklist,
          place.period,
          place.item,
          version: version,
          in: scope
        )
      }
      return WebResponse(status: 204)
    }
  }

  private var talking: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/items/:item/comments",
        ReadLedger.self,
        Endpoint(
          "listItemComments",
          AssessmentAPI.group,
          Localized(ja: "項目に書かれたコメント", en: "What people wrote about an item"),
          parameters: [AssessmentAPI.pack, AssessmentAPI.item, .limit, .cursor],
          answers: [.page(Self.comment, Localized(ja: "コメント", en: "The comments"))]
        )
      ) { call, scope in
        let place = try await place(call, scope.facility)
        let talk = try await assessment.delegation.talk(
          place.checklist.id,
          place.period,
          place.item.key,
          scope.facility
        )
        return try call.page(of: talk.comments, as: Self.comment)
      },
      .api(
        .post,
        "/assessments/:pack/items/:item/comments",
        ReadLedger.self,
        Endpoint(
          "writeItemComment",
          AssessmentAPI.group,
          Localized(ja: "項目にコメントを書く", en: "Write about an item"),
          parameters: [AssessmentAPI.pack, AssessmentAPI.item],
          body: .json(.object([.always("text", .text(upTo: Comment.longest, from: 1))])),
          answers: [.nothing(Localized(ja: "書き込んだ", en: "It is written"))]
        )
      ) { call, scope in
        let place = try await place(call, scope.facility)
        let text = call.json["text"]?.text ?? ""
        try await assessment.delegation.comment(text, place.checklist, place.period, place.item, in: scope)
        return WebResponse(status: 204)
      },
    ]
  }
}
