import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// `/calendar`: a fiscal year with holidays and what is due; the same as a file and as a feed for calendar programs.
struct CalendarRoutes: Sendable {
  let duties: Duties

  var routes: [Route] {
    [
      .get("/calendar", SignedIn.self, show),
      .get("/calendar/file", SignedIn.self, file),
      .get("/calendar/feed", SignedIn.self, feed),
      .post("/calendar/feed", SignedIn.self, makeFeed),
      .post("/calendar/feed/revoke", SignedIn.self, revoke),
      .open(.get, "/calendar/feed/:token", fetch),
    ]
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let current = request.fiscalYear(of: request.now.day)
    let typed = Int(request.query.text("year")) ?? current.startYear
    let year = FiscalYear(
      startYear: min(max(typed, current.startYear - 5), current.startYear + 5),
      startMonth: current.startMonth
    )
    let found = try await duties.calendarDuties(
      DutyRoutes.reader(request),
      scope.facility,
      from: year.first,
      to: year.last
    )
    return CalendarPage(year: year, duties: found, calendar: duties.calendar, request: request).response
  }

  @Sendable func file(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let reader = DutyReader(account: scope.actor.id, grants: request.session?.grants ?? [], seesAll: false)
    return Self.file(try await duties.calendarFile(reader, scope.facility, request.language))
  }

  static func file(_ bytes: [UInt8]) -> WebResponse { .file(bytes, name: "yagura.ics", type: type) }

  @Sendable func feed(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    try await feedPage(request, scope, token: nil)
  }

  /// The address stands on this answer only; it is never shown again.
  @Sendable func makeFeed(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let token = try await duties.makeFeed(in: scope)
    var response = try await feedPage(request, scope, token: token)
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  @Sendable func revoke(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    try await duties.revokeFeed(in: scope)
    return .redirect(
      to: "/calendar/feed",
      flash: .done(Localized(ja: "前のアドレスは使えなくなりました。", en: "The address no longer works."))
    )
  }

  /// For calendar programs, which cannot sign in: whoever has the address reads the titles of one person's duties.
  @Sendable func fetch(_ request: WebRequest) async throws -> WebResponse {
    let name = request["token"]
    guard let token = Token(reading: name.hasSuffix(".ics") ? String(name.dropLast(4)) : name),
      let bytes = try await duties.calendarFile(token)
    else { throw WebError.notFound(Localized(ja: "この予定表", en: "This calendar")) }
    var response = Self.file(bytes)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
  }

  private static let type = "text/calendar; charset=utf-8"

  private func feedPage(_ request: WebRequest, _ scope: Scope<SignedIn>, token: Token?) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let feed = try await duties.feed(scope.actor.id, scope.facility)
    var parts: [HTML] = []
    if let token {
      let address = try await duties.address(of: token, request, scope.facility)
      parts.append(
        Banner(
          .success,
          say("アドレスを作りました。この画面を閉じると、もう見られません。", "The address is made. It is shown on this page only."),
          detail: "<p><code class=\"long\">\(address)</code></p>"
        ).html(language)
      )
    }
    let shown = feed.map { feed in
      let used =
        feed.usedAt.map { request.dates.brief($0, today: request.now.day) } ?? say("まだありません", "never")
      return KeyValues([
        .init(say("作った時刻", "Made"), text: request.dates.time(feed.createdAt)),
        .init(say("最後に読まれた時刻", "Last fetched"), text: used),
      ]).html
    }
    parts.append(shown ?? "<p>\(say("まだ作っていません。", "There is none yet."))</p>")
    let make = Button.post(
      feed == nil ? say("アドレスを作る", "Make an address") : say("作り直す", "Make a new one"),
      "/calendar/feed",
      csrf: request.csrf,
      look: feed == nil ? .primary : .secondary
    )
    let end: HTML =
      feed == nil
      ? .empty
      : Button.post(say("使えなくする", "Take it back"), "/calendar/feed/revoke", csrf: request.csrf, look: .danger)
    parts.append("<div class=\"btns\">\(make)\(end)</div>")
    return .page(
      Page(
        say("予定表アプリで見る", "In your calendar program"),
        lead: HTML(
          text: say(
            "OutlookやiPhoneのカレンダーに、自分の「やること」の期限を表示できます。アドレスを知っている人は題名を読めるので、人に教えないでください。作り直すと、前のアドレスは使えなくなります。",
            "Shows when your duties are due in Outlook or on a phone. Whoever has the address can read their titles, so keep it to yourself. Making a new one ends the one before."
          )
        ),
        crumbs: [Crumb(say("予定", "Calendar"), "/calendar")],
        main: parts.joined()
      ),
      current: "duties.calendar"
    )
  }
}
