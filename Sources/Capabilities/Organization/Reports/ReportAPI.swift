import Nouns
import Text
import Time
import Web

/// Reports of problems and the paper of the first hour, for programs: list, look at, close; note that the pack was printed.
/// Strangers report on the page alone, which needs no account.
struct ReportAPI: Sendable {
  let organization: Organization

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

  var routes: [Route] {
    [
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
}
