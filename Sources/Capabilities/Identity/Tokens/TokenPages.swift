import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The pages of tokens for programs.
struct TokenPages: Sendable {
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private var title: String { say("APIトークン", "API tokens") }

  func list(_ tokens: [APIToken], _ form: WebForm, _ errors: [FieldError]) -> Page {
    Page(
      title,
      lead: HTML(
        text: say(
          "ほかのプログラムがYaguraの記録を読み書きするための鍵です。できることと期限を、必要な分だけに絞ってください。",
          "Keys with which other programs read and change what Yagura holds. Give each no more than it needs."
        )
      ),
      errors: errors,
      main: """
        <section><h2>\(say("トークンの一覧", "Tokens"))</h2>\(table(tokens))</section>
        <section><h2>\(say("新しいトークン", "New token"))</h2>\(self.form(form, errors))</section>
        <section><h2>\(say("使い方", "How to use one"))</h2>\(howTo)</section>
        """
    )
  }

  private func table(_ tokens: [APIToken]) -> HTML {
    var table = DataTable<APIToken>(
      id: "tokens",
      caption: title,
      address: Address(TokenRoutes.path),
      columns: [
        .init("name", say("用途", "Name")) { HTML(text: $0.name) },
        .init("state", say("ステータス", "State")) { state($0) },
        .init("account", say("だれとして", "Acts for")) { HTML(text: $0.accountName) },
        .init("permissions", say("できること", "May"), isLong: true) { token in
          HTML(text: token.permissions.map { $0.label[language] }.joined(separator: say("、", ", ")))
        },
        .init("expires", say("期限", "Expires")) { day($0.expiresAt) },
        .init("used", say("最後の利用", "Last used")) { token in
          guard let at = token.usedAt else { return HTML(text: say("まだありません", "Never")) }
          return "\(day(at)) <span class=\"sub\">\(token.usedFrom ?? "")</span>"
        },
        .init("end", say("操作", "Action"), isAction: true) { token in
          guard token.state(at: request.now) == .active else { return .empty }
          return Button.post(
            say("取り消す", "Revoke"),
            "\(TokenRoutes.path)/\(Percent.encode(token.id))/revoke",
            csrf: request.csrf,
            look: .secondary,
            size: .small,
            context: token.name
          )
        },
      ],
      rows: tokens,
      rowID: \.id,
      rowName: \.name
    )
    table.isDense = true
    table.empty = EmptyState(
      say("トークンはありません。", "There are no tokens."),
      say("下の「新しいトークン」で作ると、ここに並びます。", "Those made below appear here.")
    )
    return table.html(language)
  }

  private func day(_ at: Instant) -> HTML {
    DateText.html(request.dates.brief(at, today: request.now.day), machine: at.iso)
  }

  private func state(_ token: APIToken) -> HTML {
    switch token.state(at: request.now) {
    case .active: Chip(say("有効", "Active"), .green).html
    case .expired: Chip(say("期限切れ", "Expired"), .grey).html
    case .revoked: Chip(say("取り消し済み", "Revoked"), .grey).html
    }
  }

  private func form(_ form: WebForm, _ errors: [FieldError]) -> HTML {
    let mine = Permission.allCases.filter { $0 != .signedIn && request.may($0) }
    let days = form.text("days").isEmpty ? "90" : form.text("days")
    let fields: [FormField] = [
      .text(
        "name",
        say("用途", "What it is for"),
        value: form.text("name"),
        required: true,
        support: say("例：資産管理ツールの連携", "For example: link with the asset tool")
      ),
      .checkboxes(
        "permission",
        say("できること", "What it may do"),
        mine.map { Choice($0.rawValue, $0.label[language]) },
        chosen: Set(form.all("permission")),
        required: true
      ),
      .select(
        "days",
        say("有効期間", "Lifetime"),
        APIToken.lifetimes.map { Choice(String($0), say("\($0)日", "\($0) days")) },
        chosen: days,
        required: true
      ),
    ]
    return FormFrame(
      action: TokenRoutes.path,
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(say("トークンを作る", "Make the token"))
    ).html(language)
  }

  private var howTo: HTML {
    """
    <p>\(say("要求のヘッダーに付けて送ります。", "Send it in the head of each request."))</p>
    <pre tabindex="0">Authorization: Bearer yagura_…</pre>
    <p><a href="\(Route.apiRoot)/openapi.json">\(say("APIの説明（OpenAPI 3.1）", "Description of the API (OpenAPI 3.1)"))</a></p>
    """
  }

  func made(_ token: APIToken, _ text: String) -> Page {
    let note = say(
      "この画面を閉じると、二度と表示できません。使うプログラムの設定に、いま写してください。書き留めたものは、パスワードと同じように扱います。",
      "It is not shown again. Copy it into the program's settings now, and treat it like a password."
    )
    let main: HTML = """
      <dl class="kv"><dt>\(say("用途", "Name"))</dt><dd>\(token.name)</dd>\
      <dt>\(say("期限", "Expires"))</dt><dd>\(request.dates.day(token.expiresAt.day))</dd>\
      <dt>\(say("トークン", "Token"))</dt><dd><code class="key">\(text)</code></dd></dl>
      <p>\(note)</p>
      \(Button.row(Button.link(say("トークンの一覧に戻る", "Back to the tokens"), TokenRoutes.path)))
      """
    return Page(
      say("トークンを作りました", "The token is made"),
      crumbs: [Crumb(title, TokenRoutes.path)],
      main: main
    )
  }
}
