import Design
import HTML
import Identity
import Journal
import Logging
import Nouns
import SQL
import Sealing
import Support
import Text
import Time
import Web
import WebSupport

/// An installation for tests: real migrations, real shell, quick passwords.
struct World: Sendable {
  static let password = "Harbor-lamp-42x"
  static let otherPassword = "Quiet-river-77k"

  let database: any Database
  let clock: FixedClock
  let identity: Identity
  let app: WebApp

  init(
    _ engine: Engine,
    wrapping: (any Database) -> any Database = { $0 },
    setUpCode: String? = nil,
    departments: [Identity.Department] = []
  ) async throws {
    let clock = FixedClock()
    let plain = try await TestDatabase.make(
      engine,
      JournalMigrations.all + Identity.migrations,
      clock: clock.clock
    )
    self.init(wrapping(plain), clock, setUpCode: setUpCode, departments: departments)
  }

  init(
    _ database: any Database,
    _ clock: FixedClock,
    setUpCode: String? = nil,
    departments: [Identity.Department] = []
  ) {
    self.database = database
    self.clock = clock
    var settings = Identity.Settings()
    settings.setUpCode = setUpCode
    identity = Identity(
      database: database,
      seal: Seal(SealingKey(from: .system)),
      settings: settings,
      clock: clock.clock,
      ids: .uuid7(clock.clock),
      passwords: PasswordHash(.forTests),
      departments: { _ in departments }
    )
    let sample = Capability(
      name: "sample",
      routes: [
        .get("/", SignedIn.self) { request, scope in .page(Page("ホーム", main: "<p>ようこそ</p>")) },
        .get("/ledger", ReadLedger.self) { _, _ in .text("ledger") },
      ]
    )
    app = WebApp(
      capabilities: [identity.capability, sample],
      sessions: identity.sessions,
      settings: .forTests,
      clock: clock.clock,
      ids: .uuid7(clock.clock),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    app.state = .ready
  }

  var visit: Visit { Visit(address: "10.0.0.1", userAgent: "test", now: clock.now, request: "test") }

  /// With 見本病院 and its administrator `admin`.
  @discardableResult
  func setUp() async throws -> Account {
    try await identity.setUp(
      facility: try FacilityDraft(name: "見本病院"),
      administrator: try AccountDraft(userName: "admin", name: "佐藤 美咲"),
      password: Self.password,
      visit: visit
    )
  }

  func scope(_ account: Account) -> Scope<ManageUsers> {
    Scope<ManageUsers>.operatorOf(account.facility, as: Actor(id: account.id, name: account.name), request: "test")
  }

  /// Somebody with a role and a password of their own.
  func user(_ userName: String, _ grants: [Grant], by administrator: Account) async throws -> Account {
    let (account, issued) = try await identity.addUser(
      try AccountDraft(userName: userName, name: "利用者 \(userName)"),
      grants: grants,
      in: scope(administrator),
      visit: visit
    )
    let browser = TestBrowser(app, peer: "10.9.9.9")
    await browser.follow(await signIn(browser, userName, issued))
    await browser.follow(
      await browser.post("/sign-in/password", ["newPassword": Self.otherPassword, "again": Self.otherPassword])
    )
    return account
  }

  @discardableResult
  func signIn(
    _ browser: TestBrowser,
    _ user: String = "admin",
    _ password: String = World.password,
    next: String? = nil
  ) async -> WebResponse {
    await browser.get(LocalPath.make("/sign-in", ["next": next]))
    guard let next else { return await browser.post("/sign-in", ["userName": user, "password": password]) }
    return await browser.post("/sign-in", ["userName": user, "password": password, "next": next])
  }

  /// A browser that has signed in, with the page it landed on loaded.
  func signedIn(_ user: String = "admin", _ password: String = World.password) async -> TestBrowser {
    let browser = TestBrowser(app)
    await browser.follow(await signIn(browser, user, password))
    return browser
  }

  func count(_ sql: SQL) async throws -> Int {
    try await database.read(.everyFacility) { tx in try tx.count(sql) }
  }

  /// What the journal says, as text: kind and payload of each entry.
  func journal() async throws -> [String] {
    try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT kind, payload FROM journal ORDER BY at, place, id").map {
        "\(try $0.text("kind")) \(try $0.optionalText("payload") ?? "")"
      }
    }
  }

  /// How many things administration has done, counted in the tables and in the journal.
  func state() async throws -> (rows: Int, journal: Int) {
    let rows = try await count(
      """
      SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM grant_of_role WHERE role = 'vendor')
        + (SELECT count(*) FROM credential WHERE retired_at IS NOT NULL)
      """
    )
    let journal = try await journal().count { entry in
      ["account.added", "account.role-granted", "account.password-issued", "account.password-changed"]
        .contains(where: entry.hasPrefix)
    }
    return (rows, journal)
  }
}
