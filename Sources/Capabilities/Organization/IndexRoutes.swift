import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/organization`: every register of the organization, and the papers made of them.
struct IndexRoutes: Sendable {
  let organization: Organization

  var routes: [Route] { [.get(OrganizationPath.index, ReadLedger.self, index)] }

  @Sendable func index(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    var items: [Numbers.Item] = []
    for kind in Organization.kinds where kind.menuOrder != nil {
      let total = try await organization.records.list(kind, ListQuery(pageSize: 1), in: scope).total
      items.append(
        Numbers.Item(
          kind.plural[language],
          value: total.grouped,
          of: kind.key == Kind.person.key ? say("名", "") : say("件", ""),
          address: RecordPath.list(kind.key)
        )
      )
    }
    let last = try await organization.papers.last(.response, scope.facility)
    let printed =
      last.map {
        say(
          "最終印刷 \(request.dates.brief($0.at, today: request.now.day))",
          "printed \(request.dates.brief($0.at, today: request.now.day))"
        )
      }
      ?? say("まだ印刷していません", "never printed")
    let ways: [(String, String, String)] = [
      (OrganizationPath.chart, say("体制図", "Chart"), say("だれが責任を持ち、だれが代わるか", "Who answers, who stands in")),
      (OrganizationPath.response, say("紙の初動パック", "First-response pack"), printed),
      (OrganizationPath.verify, say("連絡先を確かめる", "Verify contacts"), say("半年に一度", "Every half year")),
      (OrganizationPath.poster, say("5ヶ条の掲示物", "Five-rules poster"), say("端末の近くに貼る紙", "For the wall")),
    ]
    let list = ways.map { path, title, text -> HTML in
      "<li><a class=\"t\" href=\"\(path)\">\(title)</a><span class=\"sub\">\(text)</span></li>"
    }
    return .page(
      Page(
        OrganizationPath.home.label[language],
        main: "\(Numbers(items).html)<h2>\(say("紙と図", "Papers and charts"))</h2><ul class=\"log\">\(list)</ul>"
      )
    )
  }
}
