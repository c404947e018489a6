import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/organization/first-response`: 紙の初動パック. One press prints all of it, dated, and the printing is recorded.
struct ResponseRoutes: Sendable {
  let organization: Organization

  /// The paper is renewed after a month, and at once where something on it changed.
  static let freshDays = 31

  var routes: [Route] {
    [
      .get(OrganizationPath.response, ReadLedger.self, overview),
      .post(OrganizationPath.response + "/print", ReadLedger.self, note),
      .get(OrganizationPath.response + "/print", ReadLedger.self, printed),
    ]
  }

  func pack(
    on today: LocalDate,
    _ scope: Scope<ReadLedger>
  ) async throws -> (pack: ResponsePack, titles: [String: String]) {
    let store = organization.records
    let cuts = try await store.all(.cutStep, limit: 500, in: scope)
    let forms = try await store.all(.formOriginal, limit: 500, in: scope)
    let pack = ResponsePack(
      posts: try await ChartReading.posts(store, scope),
      contacts: try await ContactRoutes.read(store, scope),
      cuts: cuts.records,
      forms: forms.records,
      approvals: try await CutApproval.read(cuts.records, store, scope.facility),
      today: today
    )
    return (pack, cuts.titles.merging(forms.titles) { first, _ in first })
  }

  @Sendable func overview(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let pack = try await pack(on: request.now.day, scope).pack
    let last = try await organization.papers.last(.response, scope.facility)
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let printed =
      last.map { print in
        say(
          "最後の印刷は\(request.dates.brief(print.at, today: request.now.day))、\(print.by)さんです。",
          "Last printed \(request.dates.brief(print.at, today: request.now.day)) by \(print.by)."
        )
      } ?? say("まだ一度も印刷していません。", "It was never printed.")
    let items = pack.open.map { "<li><a href=\"\($0.path)\">\($0.text[request.language])</a></li>" as HTML }
    let open: HTML =
      items.isEmpty
      ? "<p>\(say("空いているところはありません。", "Nothing is open."))</p>"
      : """
      <h2>\(say("まだ決まっていないこと", "Still open"))<span class="sub">\(say("紙には「未決定」と出ます", "the paper says “undecided”"))</span></h2>\
      <ul class="log">\(items)</ul>
      """
    let parts = [
      say("最初にすること", "First steps"), say("体制と電話", "Posts and telephones"), say("切り離しの順序", "Disconnection order"),
      say("だれが決めるか", "Who decides"), say("外部連絡先", "Outside contacts"), say("書類の原本の場所", "Where the forms are"),
    ]
    return .page(
      Page(
        say("紙の初動パック", "First-response pack"),
        lead: HTML(
          text: say(
            "攻撃でこの画面が見られなくなっても動けるように、紙に印刷して、システム担当・当直・病院長の手元に置きます。\(printed)",
            "So that everybody can act when this page cannot be seen: on paper, with system staff, night duty and the head. \(printed)"
          )
        ),
        actions: Button.post(
          say("全部を印刷", "Print all of it"),
          OrganizationPath.response + "/print",
          csrf: request.csrf
        ) + Button.link(say("5ヶ条の掲示物", "Five-rules poster"), OrganizationPath.poster, look: .secondary, size: .small),
        main: """
          \(open)<h2>\(say("入っているもの", "What it holds"))</h2><ul>\(each: parts, { "<li>\($0)</li>" })</ul>\
          \(PackNote(ResponseGuide.pack, language: request.language).html)
          """
      ),
      current: "organization.response"
    )
  }

  /// The date of the last print stands on every home, so printing is an act of its own.
  @Sendable func note(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await organization.notePrint(in: scope)
    return .redirect(to: OrganizationPath.response + "/print")
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (pack, titles) = try await pack(on: request.now.day, scope)
    return ResponseSheet(pack: pack, titles: titles, request: request).response
  }
}
