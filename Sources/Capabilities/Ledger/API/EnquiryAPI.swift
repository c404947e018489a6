import Nouns
import Records
import Text
import Time
import Web

/// The yearly enquiry to all vendors, for programs. Single answers are records of the kind `vendor_enquiry`.
struct EnquiryAPI: Sendable {
  let store: RecordStore

  private static let group = EndpointGroup("enquiries", Localized(ja: "事業者への照会", en: "Enquiry to vendors"))

  private static let year = EndpointParameter.path(
    "year",
    .text(upTo: 4, from: 4),
    Localized(ja: "年度が始まる西暦の年", en: "The Western year in which the fiscal year begins")
  )

  private static let line = Schema.object([
    .always("enquiry", .named("Record")), .always("vendor", .text),
    .always("state", .choice(EnquiryStanding.State.allCases.map(\.rawValue))), .always("reminders", .count),
    .always("recordedLines", .count, Localized(ja: "台帳にある回線の数", en: "Lines of the vendor in the ledger")),
    .always("difference", .optional(.choice(EnquiryStanding.Difference.allCases.map(\.rawValue)))),
  ])

  private static let standing = Schema.object([
    .always("year", .count), .always("closed", .boolean), .always("unasked", .list(.id)),
    .always("lines", .list(line)),
  ])

  private static let outcome = Schema.object([
    .always("count", .count), .always("changeSet", .optional(.text)),
  ])

  private static let done = [EndpointAnswer.json(outcome, Localized(ja: "何社か", en: "How many vendors"))]

  var routes: [Route] { steps + [reopening] }

  private var steps: [Route] {
    [
      .api(
        .get,
        "/enquiries/:year",
        ReadLedger.self,
        Endpoint(
          "getEnquiryRound",
          Self.group,
          Localized(ja: "1年度の照会の状況", en: "Where the round of a year stands"),
          parameters: [Self.year],
          answers: [.json(Self.standing, Localized(ja: "状況", en: "The round"))]
        ),
        read
      ),
      .api(
        .post,
        "/enquiries/:year/ask",
        EditLedger.self,
        Endpoint(
          "askVendors",
          Self.group,
          Localized(ja: "まだ照会していない全社への照会を作る", en: "Ask all who were not asked this year"),
          parameters: [Self.year],
          answers: Self.done
        )
      ) { call, scope in answer(try await round(call).begin(on: call.now.day, in: scope), call) },
      .api(
        .post,
        "/enquiries/:year/remind",
        EditLedger.self,
        Endpoint(
          "noteReminders",
          Self.group,
          Localized(ja: "回答のない事業者に督促したと記録する", en: "Note that those without an answer were reminded"),
          parameters: [Self.year],
          body: .json(.object([.maybe("enquiries", .list(.id, upTo: 5_000))])),
          answers: Self.done,
          problems: [409]
        )
      ) { call, scope in
        let chosen = call.json["enquiries"]?.array.map { Set($0.compactMap(\.text)) }
        return try await RecordError.told(call) {
          answer(try await round(call).remind(chosen, on: call.now.day, in: scope), call)
        }
      },
      .api(
        .post,
        "/enquiries/:year/close",
        EditLedger.self,
        Endpoint(
          "closeEnquiryRound",
          Self.group,
          Localized(ja: "照会を締め切る", en: "Close the round; with open answers only with a reason"),
          parameters: [Self.year],
          body: .json(.object([.maybe("reason", .text(upTo: 1_000))])),
          answers: Self.done,
          problems: [409]
        )
      ) { call, scope in
        try await RecordError.told(call) {
          let closed = try await round(call).close(
            reason: call.json["reason"]?.text ?? "",
            on: call.now.day,
            in: scope
          )
          return answer((count: closed.silent, set: closed.set), call)
        }
      },
    ]
  }

  /// As the page's button: what was closed without an answer is asked again.
  private var reopening: Route {
    .api(
      .post,
      "/enquiries/:year/reopen",
      EditLedger.self,
      Endpoint(
        "reopenEnquiryRound",
        Self.group,
        Localized(ja: "締め切った照会を再開する", en: "Open a closed round again"),
        parameters: [Self.year],
        answers: [
          .json(
            .object([.always("changeSet", .optional(.text))]),
            Localized(ja: "元に戻すときの番号", en: "What takes it back")
          )
        ],
        problems: [409]
      )
    ) { call, scope in
      let set = try await RecordError.told(call) { try await round(call).reopen(on: call.now.day, in: scope) }
      return call.answer { $0.member("changeSet", set) }
    }
  }

  private func round(_ call: APICall) throws(WebError) -> EnquiryRound {
    guard let start = Int(call["year"]), (2000...2999).contains(start) else {
      throw .notFound(Localized(ja: "この年度", en: "This fiscal year"))
    }
    let month = call.request.fiscalYear(of: call.now.day).startMonth
    return EnquiryRound(records: store, year: FiscalYear(startYear: start, startMonth: month))
  }

  private func answer(_ outcome: (count: Int, set: String?), _ call: APICall) -> WebResponse {
    call.answer { writer in
      writer.member("count", outcome.count)
      writer.member("changeSet", outcome.set)
    }
  }

  @Sendable private func read(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let standing = try await round(call).standing(on: call.now.day, in: scope)
    return call.answer { writer in
      writer.member("year", standing.year.startYear)
      writer.member("closed", standing.isClosed)
      writer.member("unasked", texts: standing.unasked.map(\.id))
      writer.array("lines") { writer in
        for line in standing.lines {
          writer.object { writer in
            let names = line.enquiry.known("vendor").map { [$0: line.name] } ?? [:]
            writer.key("enquiry") { RecordJSON.write(line.enquiry, .vendorEnquiry, names, call.language, to: &$0) }
            writer.member("vendor", line.name)
            writer.member("state", line.state.rawValue)
            writer.member("reminders", line.reminders)
            writer.member("recordedLines", line.recorded)
            writer.member("difference", line.difference?.rawValue)
          }
        }
      }
    }
  }
}
