import Nouns
import Text
import Time
import Web

/// `/api/v1/facts`, `/duties` and `/search`: what the records prove, what is to be done, and where something is.
struct HomeAPI: Sendable {
  let needs: HomeNeeds

  private static let group = EndpointGroup("overview", Localized(ja: "記録が示すこと・やること・検索", en: "Facts, duties, search"))

  private static let fact = Schema.object([
    .always("key", .text), .always("label", .text), .always("value", .integer(nil)),
    .always("population", .optional(.integer(nil))), .always("asOf", .instant), .always("freshUntil", .instant),
    .always("explanation", .text), .always("link", .text), .always("records", .list(.text, upTo: Fact.mostListed)),
    .always("recordCount", .count),
    .always("isWorry", .boolean),
  ])

  private static let duty = Schema.object([
    .always("id", .text), .always("title", .text), .always("owner", .choice(Role.allCases.map(\.rawValue))),
    .always("due", .day), .always("state", .choice(Duty.State.allCases.map(\.rawValue))), .always("reason", .text),
    .always("link", .text), .always("action", .text), .always("rank", .integer(nil)),
  ])

  private static let hit = Schema.object([
    .always("kind", .text), .always("title", .text), .always("detail", .text), .always("link", .text),
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/facts",
        ReadLedger.self,
        Endpoint(
          "listFacts",
          Self.group,
          Localized(ja: "記録が示すこと", en: "What the records prove"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.fact, total: true), Localized(ja: "事実", en: "The facts"))]
        )
      ) { call, scope in
        try call.page(of: try await needs.facts(scope.facility)) { write($0, call.language, to: &$1) }
      },
      .api(
        .get,
        "/duties",
        ReadLedger.self,
        Endpoint(
          "listDuties",
          Self.group,
          Localized(ja: "やること（急ぐ順）", en: "What is to be done, the most urgent first"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.duty, total: true), Localized(ja: "やること", en: "The duties"))]
        )
      ) { call, scope in
        let duties = try await needs.duties(call.request, scope.facility)
        return try call.page(of: duties) { write($0, call.language, to: &$1) }
      },
      .api(
        .get,
        "/search",
        SignedIn.self,
        Endpoint(
          "search",
          Self.group,
          Localized(ja: "すべての記録からの検索", en: "Search everything the asker may read"),
          parameters: [
            .query("q", .text(upTo: 200, from: 1), Localized(ja: "ことば", en: "Words"), isRequired: true), .limit,
            .cursor,
          ],
          answers: [
            .json(.page(of: Self.hit, total: true), Localized(ja: "見つかったもの、近い順", en: "What was found, nearest first"))
          ]
        )
      ) { call, _ in
        let hits = try await needs.search(call.request.query.text("q"), call.request)
        return try call.page(of: hits) { hit, writer in
          writer.object { writer in
            writer.member("kind", hit.kind[call.language])
            writer.member("title", hit.title)
            writer.member("detail", hit.detail)
            writer.member("link", hit.link)
          }
        }
      },
    ]
  }

  private func write(_ fact: Fact, _ language: Language, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("key", fact.key)
      writer.member("label", fact.label[language])
      writer.member("value", fact.value)
      writer.member("population", fact.population)
      writer.member("asOf", fact.asOf)
      writer.member("freshUntil", fact.freshUntil)
      writer.member("explanation", fact.explanation[language])
      writer.member("link", fact.link)
      writer.member("records", texts: fact.listed)
      writer.member("recordCount", fact.recordCount)
      writer.member("isWorry", fact.isWorry)
    }
  }

  private func write(_ duty: Duty, _ language: Language, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", duty.id)
      writer.member("title", duty.title[language])
      writer.member("owner", duty.owner.rawValue)
      writer.member("due", duty.due)
      writer.member("state", duty.state.rawValue)
      writer.member("reason", duty.reason[language])
      writer.member("link", duty.link)
      writer.member("action", duty.action[language])
      writer.member("rank", duty.rank)
    }
  }
}
