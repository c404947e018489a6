import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/organization/people/:id/hand-over`: everything somebody answers for, to be handed to others before the last day.
struct HandOverRoutes: Sendable {
  let records: RecordStore
  let needs: OrganizationNeeds

  var routes: [Route] {
    [
      .get("/organization/people/:id/hand-over", ReadLedger.self, page),
      .get("/organization/people/:id/hand-over/print", ReadLedger.self, printed),
    ]
  }

  private func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> HandOverPage {
    let relations = try await found { try await records.relations(.person, id: request["id"], limit: 500, in: scope) }
    let name = Fold.key(relations.record.title)
    let accounts = try await needs.accounts(scope.facility).filter { Fold.key($0.name) == name }
    return HandOverPage(relations: relations, accounts: accounts, request: request)
  }

  @Sendable func page(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await list(request, scope).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await list(request, scope).sheet
  }
}

struct HandOverPage {
  let relations: Relations
  let accounts: [OrganizationAccount]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var person: Record { relations.record }
  private var held: [Relations.Group] { relations.pointing.filter { Organization.isHeld($0.kind) } }

  private var title: String { say("\(person.title)さんの引き継ぎ", "Hand-over of \(person.title)") }

  private var lead: String {
    let count = held.reduce(0) { $0 + $1.total } + accounts.count
    let last =
      person.date("left_on").map {
        say("最後の勤務日は\(request.dates.day($0))です。", "The last day is \(request.dates.day($0)).")
      } ?? say("退職日は登録されていません。", "No last day is recorded.")
    return last
      + say("受け持っているものは\(count)件です。最後の勤務日までに、次の担当者に変えてください。", " \(count) things to hand to somebody else before then.")
  }

  var response: WebResponse {
    .page(
      Page(
        title,
        lead: HTML(text: lead),
        actions: Button.link(
          say("印刷", "Print"),
          OrganizationPath.handOver(person.id) + "/print",
          look: .secondary,
          size: .small
        ),
        crumbs: [
          Crumb(Kind.person.plural[language], RecordPath.list(Kind.person.key)),
          Crumb(person.title(language), RecordPath.record(Kind.person.key, person.id)),
        ],
        main: contents(links: true)
      ),
      current: "ledger.person"
    )
  }

  var sheet: WebResponse {
    .sheet(
      PrintSheet(
        title,
        subtitle: lead,
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: OrganizationPath.handOver(person.id),
        contents: contents(links: false)
      )
    )
  }

  private func contents(links: Bool) -> HTML {
    var blocks = held.map { group -> HTML in
      let items = group.records.map { record -> HTML in
        let name: HTML =
          links
          ? "<a href=\"\(RecordPath.edit(group.kind.key, record.id))\">\(record.title(language))</a>"
          : "\(record.title(language))"
        return "<tr><td>\(name)</td><td>\(group.field.label[language])</td><td></td><td></td></tr>"
      }
      return block("\(group.kind.plural[language])\(language.aside(String(group.total)))", items)
    }
    if !accounts.isEmpty {
      let items = accounts.map { account -> HTML in
        let name: HTML = links ? "<a href=\"\(account.link)\">\(account.userName)</a>" : "\(account.userName)"
        return "<tr><td>\(name)</td><td>\(say("アカウントを止める", "Lock the account"))</td><td></td><td></td></tr>"
      }
      blocks.append(block(say("アカウント（\(accounts.count)）", "Accounts (\(accounts.count))"), items))
    }
    guard !blocks.isEmpty else {
      return EmptyState(
        say("受け持っているものはありません。", "There is nothing to hand over."),
        say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
      ).html(language)
    }
    return blocks.joined()
  }

  private func block(_ heading: String, _ rows: [HTML]) -> HTML {
    let heads = [say("名前", "Name"), say("受け持ち", "As"), say("次の担当者", "Handed to"), say("引き継いだ日", "On")]
    return """
      <h2>\(heading)</h2><div class="table"><table class="dense"><caption class="vh">\(heading)</caption><thead><tr>\
      \(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}
