import Nouns
import Text
import Time
import Web

/// Reports of problems and the paper of the first hour, for programs: report, list, look at, close; note that the pack was
/// printed. Strangers, and photographs, come by the page, which needs no account.
struct ReportAPI: Sendable {
  let organization: Organization
  let needs: OrganizationNeeds

  private var reports: ReportStore { organization.reports }

  private static let group = EndpointGroup("problem-reports", Localized(ja: "異常の知らせ・初動パック", en: "Reports of problems"))

  private static let shape = JSONShape<ProblemReport>([
    .text("id") { $0.id }, .instant("reportedAt") { $0.reportedAt },
    .choice("what", ProblemReport.What.allCases.map(\.rawValue)) { $0.what.rawValue },
    .text("details") { $0.details }, .text("place") { $0.place }, .text("since") { $0.since },
    .text("touched") { $0.touched }, .text("reporter") { $0.reporter }, .text("callBack") { $0.callBack },
    .flag("hasPhoto") { $0.photo != nil }, .instant("seenAt") { $0.seenAt }, .maybe("seenBy") { $0.seenBy },
    .instant("closedAt") { $0.closedAt }, .maybe("closedBy") { $0.closedBy }, .maybe("outcome") { $0.outcome },
  ])

  private static let id = EndpointParameter.path("id", .id, Localized(ja: "知らせの番号", en: "The report's id"))
  private static let one = EndpointAnswer.one(shape, Localized(ja: "知らせ", en: "The report"))

  private static let body = Schema.object([
    .always("what", .choice(ProblemReport.What.allCases.map(\.rawValue))),
    .always(
      "place",
      .text(upTo: ProblemDraft.longestLine, from: 1),
      Localized(ja: "場所と端末", en: "Where, and which device")
    ),
    .maybe("details", .text(upTo: ProblemDraft.longestText)), .maybe("since", .text(upTo: ProblemDraft.longestLine)),
    .maybe("touched", .text(upTo: ProblemDraft.longestText), Localized(ja: "そのあと何をしたか", en: "What was done since")),
    .maybe("reporter", .text(upTo: ProblemDraft.longestLine)),
    .maybe("callBack", .text(upTo: ProblemDraft.longestLine)),
  ])

  var routes: [Route] {
    [
      .api(
        .post,
        "/problem-reports",
        SignedIn.self,
        Endpoint(
          "reportProblem",
          Self.group,
          Localized(ja: "異常を知らせる。担当者に警報が出る", en: "Report a problem; those who act are alarmed"),
          body: .json(Self.body),
          answers: [.one(Self.shape, Localized(ja: "受け付けた知らせ", en: "The report"), status: 201)],
          takesKey: true
        ),
        report
      ),
      .api(
        .get,
        "/problem-reports",
        HandleReports.self,
        Endpoint(
          "listProblemReports",
          Self.group,
          Localized(ja: "異常の知らせ（新しい順に200件まで）", en: "What came in, the newest first, at most 200"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "知らせ", en: "The reports"))]
        )
      ) { call, scope in try call.page(of: try await reports.list(in: scope), as: Self.shape) },
      .api(
        .post,
        "/problem-reports/:id/see",
        HandleReports.self,
        Endpoint(
          "seeProblemReport",
          Self.group,
          Localized(ja: "見たと記録する（最初に見た人の名前が残る）", en: "Somebody has looked; the first stays on record"),
          parameters: [Self.id],
          answers: [Self.one]
        )
      ) { call, scope in call.answer(try await reports.open(call["id"], in: scope), as: Self.shape) },
      .api(
        .post,
        "/problem-reports/:id/close",
        HandleReports.self,
        Endpoint(
          "closeProblemReport",
          Self.group,
          Localized(ja: "対応の結果を書いて閉じる", en: "Say what came of it"),
          parameters: [Self.id],
          body: .json(.object([.always("outcome", .text(upTo: ProblemDraft.longestText, from: 1))])),
          answers: [Self.one]
        )
      ) { call, scope in
        try await reports.close(call["id"], outcome: call.json["outcome"]?.text ?? "", in: scope)
        return call.answer(try await reports.open(call["id"], in: scope), as: Self.shape)
      },
      .api(
        .post,
        "/first-response/printed",
        ReadLedger.self,
        Endpoint(
          "noteFirstResponsePrint",
          Self.group,
          Localized(ja: "紙の初動パックを印刷したと記録する", en: "The first-response pack was printed"),
          answers: [
            .json(
              .object([.always("printedAt", .instant), .always("printedBy", .text)]),
              Localized(ja: "最後の印刷", en: "The last print")
            )
          ]
        )
      ) { call, scope in
        try await organization.notePrint(in: scope)
        let last = try await organization.lastPrint(scope.facility)
        return call.answer { writer in
          writer.member("printedAt", last?.at ?? call.now)
          writer.member("printedBy", last?.by ?? scope.actor.name)
        }
      },
    ]
  }

  @Sendable private func report(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    func text(_ name: String) -> String { Width.trimmed(call.json[name]?.text ?? "") }
    let taken: ProblemReport
    do {
      taken = try await reports.take(
        try ProblemDraft(
          what: text("what"),
          place: text("place"),
          details: text("details"),
          since: text("since"),
          touched: text("touched"),
          reporter: text("reporter").isEmpty ? scope.actor.name : text("reporter"),
          callBack: text("callBack")
        ),
        photo: nil,
        from: call.request.clientAddress,
        account: scope.actor.id,
        request: call.request.requestID,
        facility: scope.facility
      )
    } catch let refusal as ProblemDraft.Refusal {
      throw WebError.invalid(refusal.fields.map { (pointer: "/\($0.field)", reason: $0.reason) }, call.language)
    } catch ReportStore.Refusal.tooMany {
      throw WebError.tooManyRequests(
        seconds: 600,
        cause: Localized(ja: "短い間に多くの知らせが届きました。", en: "Too many reports came in a short time.")
      )
    }
    // It is kept, and the alarm stands on every page: an inbox that fails must not turn the reporter away.
    try? await needs.reported(scope.facility, taken)
    return call.answer(taken, as: Self.shape, status: 201)
  }
}
