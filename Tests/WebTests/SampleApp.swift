import Design
import HTML
import Logging
import Nouns
import Sealing
import Support
import Synchronization
import Text
import Time
import Web
import WebSupport

/// A small program behind the shell, with a route for everything that is tested.
struct SampleApp: Sendable {
  let app: WebApp
  let clock = FixedClock()

  static let facility = FacilityID(rawValue: "f1")

  /// Sessions by their cookie: `admin`, `staff`.
  static func session(_ token: String, _ now: Instant) -> Session? {
    let grants: [Grant]
    switch token {
    case "admin": grants = [Grant(role: .administrator)]
    case "staff": grants = [Grant(role: .staff)]
    default: return nil
    }
    return Session(
      tokenHash: "hash-\(token)",
      userID: token,
      userName: "佐藤 <美咲>",
      facility: facility,
      facilityName: "見本病院",
      grants: grants,
      language: .ja,
      csrf: "token-of-\(token)",
      createdAt: now,
      authenticatedAt: now,
      expiresAt: now.adding(seconds: 1800),
      idleSeconds: 1800
    )
  }

  init(
    _ change: (inout WebSettings) -> Void = { _ in },
    routes: [Route] = [],
    sessions: SessionSource? = nil,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  ) {
    var settings = WebSettings.forTests
    change(&settings)
    let source =
      sessions
      ?? SessionSource(
        find: { token, now in Self.session(token, now) },
        holders: { _, _ in ["山田 太郎"] }
      )
    let capability = Capability(
      name: "sample",
      routes: Self.routes + routes,
      menu: [
        MenuItem(
          key: "sample.devices",
          section: .registers,
          label: Localized(ja: "機器", en: "Devices"),
          path: "/devices",
          needs: .readLedger
        ),
        MenuItem(
          key: "sample.home",
          section: .home,
          label: Localized(ja: "ホーム", en: "Home"),
          path: "/",
          needs: .signedIn
        ),
      ]
    )
    app = WebApp(
      capabilities: [capability],
      sessions: source,
      settings: settings,
      clock: clock.clock,
      ids: .sequential("request"),
      logger: logger
    )
    app.state = .ready
  }

  /// Somebody signed in, whose token is known.
  func browser(_ user: String? = nil, peer: String = "127.0.0.1") async -> TestBrowser {
    let browser = TestBrowser(app, peer: peer)
    if let user { browser.set(cookie: "yagura", user) }
    await browser.get("/open")
    return browser
  }

  static let routes: [Route] = [
    .open(.get, "/open") { request in
      .page(Page("公開", main: "<form method=\"post\" action=\"/echo\">\(request.csrf)<p>\(long)</p></form>"))
    },
    .open(.post, "/echo") { request in
      let form = try request.form()
      let fields = form.fields.fields.filter { $0.name != "csrf" }.map { "\($0.name)=\($0.value)" }
      let files = form.files.map { "\($0.field):\($0.name):\($0.type):\($0.bytes.count)" }
      return .text((fields + files).joined(separator: "\n"))
    },
    Route.open(.post, "/file") { request in .text(String(try request.form().files.first?.bytes.count ?? 0)) }
      .accepting(bytes: 4 << 20),
    .open(.post, "/json") { request in
      struct Named: Decodable { let name: String }
      let value: Named = try request.json()
      return try .json(["name": value.name])
    },
    .open(.get, "/ledger/:kind/:id") { request in
      .text("\(request["kind"])|\(request["id"])|\(request.query["q"] ?? "-")")
    },
    .open(.get, "/ledger/assets/new") { _ in .text("new") },
    .open(.get, "/rest/*path") { request in .text(request["path"]) },
    .open(.get, "/download") { _ in .file([1, 2, 3], name: "台帳 \"2026\".xlsx", type: "application/octet-stream") },
    .open(.get, "/where") { request in
      .text("\(request.clientAddress) \(request.isSecure) \(request.isLoopback) \(request.language)")
    },
    .get("/devices", ReadLedger.self) { request, scope in
      .page(Page("機器", main: "<p>\(scope.actor.name)</p>"), current: "sample.devices")
    },
    .post("/devices", EditLedger.self) { request, scope in
      .redirect(
        to: "/devices",
        flash: .done(
          Localized(ja: "<登録>しました。", en: "Added."),
          action: Flash.Action(Localized(ja: "元に戻す", en: "Undo"), path: "/undo", fields: ["id": "7"])
        )
      )
    },
    .open(.post, "/leave") { request in .redirect(to: try request.form().text("to")) },
  ]

  static let long = String(repeating: "ながい文章。", count: 400)
}
