import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/:pack/vendors`: who has answered the vendors' form, and what.
struct VendorAPI: Sendable {
  let assessment: Assessment

  private static let group = EndpointGroup("assessments", Localized(ja: "自己点検", en: "Self-checks"))

  private static let summary = Schema.object([
    .always("id", .text), .always("name", .text), .always("systems", .list(.text)),
    .always("state", .choice(VendorStanding.State.allCases.map(\.rawValue))), .always("items", .count),
    .always("answered", .count), .always("contradicted", .count), .always("sentOn", .optional(.day)),
    .always("dueOn", .optional(.day)), .always("receivedOn", .optional(.day)),
  ])

  private static let line = Schema.object([
    .always("item", .text), .always("topic", .text), .always("text", .text),
    .always("answer", .optional(.text)), .always("target", .optional(.day)), .always("remarks", .text),
    .always("hospital", .optional(.text)),
    .always("verdict", .choice(["contradicts", "exceeds", "agrees", "open"])),
  ])

  private static let pack = EndpointParameter.path(
    "pack",
    .text(upTo: 60, from: 1),
    Localized(ja: "事業者が答える様式", en: "The form that vendors answer")
  )

  var routes: [Route] {
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
          answers: [.json(.page(of: Self.summary, total: true), Localized(ja: "事業者", en: "The vendors"))]
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
          parameters: [
            Self.pack, .path("vendor", .text(upTo: 100, from: 1), Localized(ja: "事業者の番号", en: "The vendor's id")),
            .limit,
            .cursor,
          ],
          answers: [.json(.page(of: Self.line, total: true), Localized(ja: "項目", en: "The items"))]
        ),
        one
      ),
    ]
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let checklist = try await assessment.asked(call["pack"], by: .vendor, scope.facility)
    let round = try await assessment.vendorRound(checklist, scope.facility)
    let against = try await assessment.contradictions(checklist, round, scope.facility)
    return try call.page(of: round.lines) { line, writer in
      writer.object { writer in
        writer.member("id", line.vendor.id)
        writer.member("name", line.vendor.name)
        writer.member("systems", texts: line.form?.systems ?? line.vendor.systems)
        writer.member("state", line.state.rawValue)
        writer.member("items", line.items)
        writer.member("answered", line.answered)
        writer.member("contradicted", against[line.vendor.id] ?? 0)
        writer.member("sentOn", line.form?.sentOn)
        writer.member("dueOn", line.form?.dueOn)
        writer.member("receivedOn", line.form?.receivedOn)
      }
    }
  }

  @Sendable private func one(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let checklist = try await assessment.asked(call["pack"], by: .vendor, scope.facility)
    let round = try await assessment.vendorRound(checklist, scope.facility)
    guard let line = round.lines.first(where: { $0.vendor.id == call["vendor"] }) else {
      throw WebError.notFound(Localized(ja: "この事業者", en: "This vendor"))
    }
    let comparison = try await assessment.comparison(checklist, round.period, line.form, scope.facility)
    return try call.page(of: comparison.lines) { line, writer in
      writer.object { writer in
        writer.member("item", line.item.key)
        writer.member("topic", line.item.topic)
        writer.member("text", line.item.text[call.language])
        writer.member("answer", line.vendor?.latest.plain)
        writer.member("target", line.vendor?.target)
        writer.member("remarks", line.vendor?.remarks ?? "")
        writer.member("hospital", line.hospital?.plain)
        writer.member("verdict", line.verdict.rawValue)
      }
    }
  }
}
