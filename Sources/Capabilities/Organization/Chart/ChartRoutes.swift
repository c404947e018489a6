import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/organization/chart`: 体制図 (付録2), drawn and printed; posts without holder or deputy stand first below it.
struct ChartRoutes: Sendable {
  let records: RecordStore
  let papers: PaperStore

  var routes: [Route] {
    [
      .get(OrganizationPath.chart, ReadLedger.self, chart),
      .get(OrganizationPath.chart + "/print", ReadLedger.self, printed),
    ]
  }

  @Sendable func chart(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    ChartPage(posts: try await ChartReading.posts(records, scope), request: request).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    ChartPage(posts: try await ChartReading.posts(records, scope), request: request).sheet
  }
}

struct ChartPage {
  let posts: [ChartPost]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private var title: String { say("サイバーセキュリティ体制図", "Chart of responsibilities") }

  var response: WebResponse {
    let open = posts.count(where: \.isOpen)
    let alone = posts.count { !$0.isOpen && $0.deputy == nil }
    let edit: HTML? =
      request.may(.editLedger)
      ? Button.link(say("役割を追加", "Add a role"), RecordPath.new(Kind.responsibility.key), size: .small) : nil
    return .page(
      Page(
        title,
        lead: HTML(
          text: say(
            "だれが責任を持ち、不在のときはだれが代わるかです。決まっていない役割\(open)件、代行者のいない役割\(alone)件です。",
            "Who answers, and who stands in: \(open) posts are open, \(alone) have no deputy."
          )
        ),
        actions: Button.link(say("印刷", "Print"), OrganizationPath.chart + "/print", look: .secondary, size: .small)
          + Button.link(
            say("一覧で編集", "Edit as a list"),
            RecordPath.list(Kind.responsibility.key),
            look: .secondary,
            size: .small
          ) + (edit ?? .empty),
        crumbs: [Crumb(OrganizationPath.home.label[language], OrganizationPath.index)],
        width: .wide,
        main: "\(ChartDrawing(posts: posts, language: language).html)\(table(links: true))"
      ),
      current: "ledger.responsibility"
    )
  }

  var sheet: WebResponse {
    .sheet(
      PrintSheet(
        title,
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        orientation: .landscape,
        backAddress: OrganizationPath.chart,
        contents: "\(ChartDrawing(posts: posts, language: language).html)\(table(links: false))"
      )
    )
  }

  private func table(links: Bool) -> HTML { ChartTable(posts: posts, links: links, language: language).html }
}

/// The posts as a table, for paper and for those who do not see the drawing.
struct ChartTable {
  let posts: [ChartPost]
  let links: Bool
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    let heads = [
      say("役割", "Role"), say("担当者", "Held by"), say("代行者", "Deputy"), say("部署", "Department"), say("電話", "Telephone"),
      say("夜間・休日", "Out of hours"),
    ]
    let rows = posts.map { post -> HTML in
      let role: HTML =
        links
        ? "<a href=\"\(post.record.map { RecordPath.record("responsibility", $0) } ?? RecordPath.new("responsibility") + "?role=" + post.role.rawValue)\">\(post.role.label[language])</a>"
        : "\(post.role.label[language])"
      let undecided: HTML = "<b>\(say("未定", "Nobody yet"))</b>"
      let none: HTML = "<b>\(say("なし", "None"))</b>"
      let cells: [HTML] = [
        post.holder.map { HTML(text: $0) } ?? undecided, post.deputy.map { HTML(text: $0) } ?? none,
        HTML(text: post.department), PhoneText.html(post.phone), PhoneText.html(post.nightPhone),
      ]
      let data = zip(heads.dropFirst(), cells).map { "<td data-h=\"\($0)\">\($1)</td>" as HTML }
      return "<tr><th scope=\"row\">\(role)</th>\(data)</tr>"
    }
    return """
      <div class="table"><table class="dense cards"><caption class="vh">\(say("役割と担当者", "Posts and holders"))</caption>\
      <thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
