import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/:pack/vendors`: who has answered the vendors' form, and what.
struct VendorAPI: Sendable {
  let assessment: Assessment

  private static let group = EndpointGroup("assessments", Localized(ja: "自己点検", en: "Self-checks"))

  private static let line = Schema.object([
    .always("item", .text), .always("topic", .text), .always("text", .text),
    .always("answer", .optional(.text)), .always("first", .optional(.text)), .always("second", .optional(.text)),
    .always("version", .optional(.count)), .always("target", .optional(.day)), .always("remarks", .text),
    .always("hospital", .optional(.text)),
    .always("verdict", .choice(["contradicts", "exceeds", "agrees", "open"])),
  ])

  private static let entry = Schema.object([
    .always("way", .choice(VendorForm.Way.byHand.map(\.rawValue))),
    .always("respondent", .text(upTo: VendorReply.longestName, from: 1)), .maybe("repliedOn", .optional(.day)),
    .always(
      "answers",
      .list(
        .object([
          .always("item", .text(upTo: 40, from: 1)), .always("value", .text(upTo: AnswerFormat.longest, from: 1)),
          .maybe("target", .optional(.day)), .maybe("remarks", .text(upTo: AnswerCheck.longest)),
          .maybe("version", .optional(.integer(1...Int(Int32.max)))),
        ]),
        upTo: 500
      )
    ),
  ])

  private static let pack = EndpointParameter.path(
    "pack",
    .text(upTo: 60, from: 1),
    Localized(ja: "事業者が答える様式", en: "The form that vendors answer")
  )
  static let vendor = EndpointParameter.path(
    "vendor",
    .text(upTo: 100, from: 1),
    Localized(ja: "事業者の番号", en: "The vendor's id")
  )
  private static let missing = WebError.notFound(Localized(ja: "この事業者", en: "This vendor"))
  private static let lookAgain = Localized(
    ja: "いまの答えを読んでから、version を付けて送り直してください。",
    en: "Read the answers as they are now and send again with their versions."
  )

  var routes: [Route] { reading + changing + linking }

  private var reading: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/vendors",
        ReadLedger.self,
        Endpoint(
          "listVendorForms",
          Self.group,
          Localized(ja: "事業者ごとの様式の進み具合", en: "How far each vendor is with its form"),
          parameters: [Self.pack, .limit, .cursor],
          answers: [.page(VendorSummary.shape, Localized(ja: "事業者", en: "The vendors"))]
        ),
        list
      ),
      .api(
        .get,
        "/assessments/:pack/vendors/:vendor",
        ReadLedger.self,
        Endpoint(
          "getVendorForm",
          Self.group,
          Localized(ja: "事業者の答えと病院の答えの突き合わせ", en: "A vendor's answers beside the hospital's own"),
          parameters: [Self.pack, Self.vendor, .limit, .cursor],
          answers: [.json(.page(of: Self.line, total: true), Localized(ja: "項目", en: "The items"))]
        ),
        one
      ),
    ]
  }

  private func change(
    _ method: WebMethod,
    _ path: String,
    _ name: String,
    _ about: Localized,
    body: EndpointBody = .none,
    _ act: @escaping @Sendable (APICall, Checklist, VendorStanding, Scope<AnswerChecks>) async throws -> Void
  ) -> Route {
    .api(
      method,
      "/assessments/:pack/vendors/:vendor/" + path,
      AnswerChecks.self,
      Endpoint(
        name,
        Self.group,
        about,
        parameters: [Self.pack, Self.vendor],
        body: body,
        answers: [.one(VendorSummary.shape, Localized(ja: "いまの進み具合", en: "How far the vendor is now"))],
        problems: [409, 422]
      )
    ) { call, scope in
      let (checklist, _, line) = try await found(call, scope.facility)
      try await AssessmentAPI.told(call, Self.lookAgain) { try await act(call, checklist, line, scope) }
      let all = try await assessment.vendorSummaries(checklist, scope.facility)
      guard let now = all.first(where: { $0.line.vendor.id == line.vendor.id }) else { throw Self.missing }
      return call.answer(now, as: VendorSummary.shape)
    }
  }

  private var changing: [Route] {
    [
      change(
        .put,
        "sent",
        "sendVendorForm",
        Localized(
          ja: "様式を渡したことを記録する。dueOn がなければ30日後",
          en: "Note that the form was handed over, due in 30 days without dueOn"
        ),
        body: .json(.object([.maybe("dueOn", .optional(.day))]))
      ) { call, checklist, line, scope in
        let due = call.json["dueOn"]?.text.flatMap(LocalDate.init(iso:))
        try await assessment.handOver(checklist, to: line.vendor, due: due, in: scope)
      },
      change(
        .delete,
        "sent",
        "withdrawVendorForm",
        Localized(ja: "渡した記録を、回答が届く前に取り消す", en: "Take back that it was handed over, before answers came")
      ) { _, checklist, line, scope in try await assessment.withdraw(line, checklist, in: scope) },
      change(
        .post,
        "reminders",
        "remindVendor",
        Localized(ja: "事業者に督促したことを記録する", en: "Note that the vendor was reminded")
      ) { _, checklist, line, scope in try await assessment.remind(line, checklist, in: scope) },
      change(
        .post,
        "answers",
        "enterVendorAnswers",
        Localized(
          ja: "届いた回答を入れる。「いいえ」の後の「はい」は2回目の確認になります。送らない目標日と備考はそのまま残ります",
          en: "Enter what a vendor answered. A yes after a no is the second check; target and remarks not sent stay"
        ),
        body: .json(Self.entry)
      ) { call, checklist, line, scope in
        let lines = (call.json["answers"]?.array ?? []).map { answer in
          Assessment.VendorLine(
            item: answer["item"]?.text ?? "",
            value: answer["value"]?.text ?? "",
            target: answer["target"].map { $0.text.flatMap(LocalDate.init(iso:)) },
            remarks: answer["remarks"]?.text,
            version: answer["version"]?.integer
          )
        }
        try await assessment.enter(
          lines,
          of: line,
          checklist,
          reply: VendorReply(
            call.json["way"]?.text.flatMap(VendorForm.Way.init(rawValue:)) ?? .paper,
            call.json["respondent"]?.text ?? "",
            on: call.json["repliedOn"]?.text.flatMap(LocalDate.init(iso:)) ?? assessment.today
          ),
          in: scope
        )
      },
    ]
  }

  private var linking: [Route] {
    [
      .api(
        .put,
        "/assessments/:pack/vendors/:vendor/link",
        AnswerChecks.self,
        Endpoint(
          "makeVendorLink",
          Self.group,
          Localized(
            ja: "院内の端末で事業者が答えるリンクを作る。場所はここでだけ返し、前のリンクは使えなくなります",
            en:
              "Make the link with which the vendor answers at a terminal inside. Its address is told here only; one that was there ends"
          ),
          parameters: [Self.pack, Self.vendor],
          answers: [
            .json(
              .object([.always("address", .text), .always("lastDay", .day)]),
              Localized(ja: "リンクの場所と、開ける最後の日", en: "The address of the link and the last day it opens the form")
            )
          ]
        )
      ) { call, scope in
        let (checklist, _, line) = try await found(call, scope.facility)
        let made = try await assessment.makeLink(for: line, checklist, in: scope)
        var response = call.answer { writer in
          writer.member("address", made.address)
          writer.member("lastDay", made.lastDay)
        }
        response.headers["Cache-Control"] = "no-store"
        return response
      },
      .api(
        .delete,
        "/assessments/:pack/vendors/:vendor/link",
        AnswerChecks.self,
        Endpoint(
          "endVendorLink",
          Self.group,
          Localized(ja: "リンクを使えなくする", en: "End the link"),
          parameters: [Self.pack, Self.vendor],
          answers: [.nothing(Localized(ja: "使えない", en: "It opens nothing"))]
        )
      ) { call, scope in
        let (checklist, _, line) = try await found(call, scope.facility)
        try await assessment.endLink(of: line, checklist, in: scope)
        return WebResponse(status: 204)
      },
    ]
  }

  func found(
    _ call: APICall,
    _ facility: FacilityID
  ) async throws -> (Checklist, Assessment.VendorRound, VendorStanding) {
    let checklist = try await assessment.asked(call["pack"], by: .vendor, facility)
    let round = try await assessment.vendorRound(checklist, facility)
    guard let line = round.lines.first(where: { $0.vendor.id == call["vendor"] }) else {
      throw Self.missing
    }
    return (checklist, round, line)
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let checklist = try await assessment.asked(call["pack"], by: .vendor, scope.facility)
    return try call.page(of: try await assessment.vendorSummaries(checklist, scope.facility), as: VendorSummary.shape)
  }

  @Sendable private func one(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (checklist, round, line) = try await found(call, scope.facility)
    let versions = line.form?.answers.mapValues(\.version) ?? [:]
    let comparison = try await assessment.comparison(checklist, round.period, line.form, scope.facility)
    return try call.page(of: comparison.lines) { line, writer in
      writer.object { writer in
        writer.member("item", line.item.key)
        writer.member("topic", line.item.topic)
        writer.member("text", line.item.text[call.language])
        writer.member("answer", line.vendor?.latest.plain)
        writer.member("first", line.vendor?.value.plain)
        writer.member("second", line.vendor?.second?.plain)
        writer.member("version", versions[line.item.key])
        writer.member("target", line.vendor?.target)
        writer.member("remarks", line.vendor?.remarks ?? "")
        writer.member("hospital", line.hospital?.plain)
        writer.member("verdict", line.verdict.rawValue)
      }
    }
  }
}
