import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/inbox`: one's own messages.
struct InboxRoutes: Sendable {
  let duties: Duties

  var routes: [Route] {
    [
      .get("/inbox", SignedIn.self, list),
      .post("/inbox/read", SignedIn.self, readAll),
      .post("/inbox/:id/open", SignedIn.self, open),
    ]
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let page = max(1, min(10_000, Int(request.query.text("page")) ?? 1))
    let (messages, total) = try await duties.messages(scope.actor.id, scope.facility, page: page, size: 50)
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let rows = messages.map { message -> HTML in
      let urgent: HTML = message.isUrgent ? Chip(say("急ぎ", "Urgent"), .red).html : .empty
      let state: HTML = message.readAt == nil ? Chip(say("未読", "Unread"), .blue).html : .empty
      return """
        <li><span class="due">\(DateText.html(request.dates.brief(message.at, today: request.now.day), machine: message.at.iso))\
        </span><span><span class="t">\(message.title[language])</span> \(urgent)\(state)\
        <span class="why">\(message.text[language])</span></span>\
        \(Button.post(say("開く", "Open"), "/inbox/\(message.id)/open", csrf: request.csrf, look: .secondary, size: .small,
          context: message.title[language]))</li>
        """
    }
    let main: HTML =
      messages.isEmpty
      ? EmptyState(
        say("お知らせはありません。", "There are no messages."),
        say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
      ).html(language)
      : "<ol class=\"todo\">\(rows)</ol>\(Pager(address: Address("/inbox"), number: page, size: 50, total: total).html(language))"
    let actions: HTML =
      messages.contains { $0.readAt == nil }
      ? Button.post(
        say("すべて既読にする", "Mark all as read"),
        "/inbox/read",
        csrf: request.csrf,
        look: .secondary,
        size: .small
      )
      : .empty
    return .page(
      Page(
        say("お知らせ", "Inbox"),
        lead: HTML(
          text: say("あなたあての知らせです。メールでも受け取るときは、", "Messages to you. To get them by mail too, go to ")
        ) + "<a href=\"/account/notices\">\(say("お知らせの受け取り", "Notices"))</a>\(say("で設定します。", "."))",
        actions: actions,
        main: main
      ),
      current: "duties.inbox"
    )
  }

  @Sendable func open(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    guard let link = try await duties.read(request["id"], scope.actor.id, scope.facility) else {
      throw WebError.notFound(Localized(ja: "このお知らせ", en: "This message"))
    }
    return .redirect(to: LocalPath.isSafe(link) ? link : "/inbox")
  }

  @Sendable func readAll(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    _ = try await duties.read(nil, scope.actor.id, scope.facility)
    return .redirect(to: "/inbox", flash: .done(Localized(ja: "すべて既読にしました。", en: "All are marked as read.")))
  }
}
