import Foundation
import Identity
import Ledger
import Nouns
import Postgres
import Records
import SQL
import Sealing
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// One installation inside the process: a real folder with real keys, the real migrations and a small demo ledger that
/// came through the import, and somebody of each role. Nothing but the sockets is missing.
final class Installation: Sendable {
  static let password = "Harbor-lamp-42x"
  static let facilityName = "みなと中央病院（試験）"
  static let today = LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0)

  /// A queue as long as it takes: dozens of installations sign in at once.
  private static let hashing = BoundedWork(label: "yagura.test.password", width: 2, limit: 100_000)

  let folder: TemporaryFolder
  let house: House
  let app: WebApp
  let clock: FixedClock
  let facility: FacilityID
  private let postgres: String?

  /// `rows` of each demo table are imported, nil for all. Whoever asks for everything there is, within one minute of a
  /// clock that stands still, wants more `requestsPerMinute` of the interface.
  init(_ engine: Engine, rows: Int? = 40, requestsPerMinute: Int = 600) async throws {
    let folder = try TemporaryFolder()
    let postgres =
      engine == .postgres
      ? try await PostgresServer.copy(of: Capabilities.migrations + Capabilities.feedMigrations) : nil
    var settings = "log:\n  level: critical\napi:\n  requestsPerMinute: \(requestsPerMinute)\n"
    if let postgres { settings += "database:\n  url: \"\(try Self.address(of: postgres))\"\n  connections: 3\n" }
    try Data(settings.utf8).write(to: URL(filePath: folder.file("yagura.yaml")))
    let clock = FixedClock(Instant(Self.today, hour: 10))
    house = try await House.open(
      DataFolder(folder.path),
      creating: true,
      clock: clock.clock,
      passwords: PasswordHash(.forTests, work: Self.hashing)
    )
    try await house.setUp(facility: Self.facilityName, administrator: "admin", password: Self.password)
    facility = try await house.facility(nil)
    // What is too slow for a person is for other tests to say: this one may have a busy machine.
    app = house.web(hosts: nil, behindProxy: false, timeLimit: .seconds(600))
    app.state = .ready
    self.folder = folder
    self.postgres = postgres
    self.clock = clock
    try await fill(rows)
  }

  func close() async {
    await house.close()
    // What cannot be dropped stays on the throwaway server.
    if let postgres { try? PostgresServer.drop(postgres) }
  }

  static func address(of database: String) throws -> String {
    let server = try PostgresServer.configuration(database).address
    let end = try #require(server.lastIndex(of: "/"))
    return String(server[...end]) + database
  }

  func scope<P: Permit>(_ permit: P.Type = P.self) -> Scope<P> {
    .operatorOf(facility, as: Actor(id: "test", name: "佐藤 美咲"), request: "test")
  }

  /// The first tables of the demo hospital, through the import.
  private func fill(_ rows: Int?) async throws {
    var met: Set<String> = []
    for step in DemoHospital(seed: 7, today: Self.today).steps {
      guard case .importTable(var table) = step.event, met.insert(table.kind).inserted,
        let kind = Capabilities.catalogue.importKind(table.kind)
      else { continue }
      if let rows { table.rows = Array(table.rows.prefix(rows)) }
      let source = ImportSource(kind: kind, name: table.file, bytes: table.bytes)
      _ = try await house.records.imports.run(source, in: scope())
    }
  }

  // MARK: People

  /// An account with one role in the whole facility, called as the role. Its password is the installation's.
  @discardableResult
  func account(_ name: String, _ role: Role) async throws -> Account {
    let (account, issued) = try await house.identity.addUser(
      try AccountDraft(userName: name, name: "利用者 \(name)"),
      grants: [Grant(role: role)],
      in: scope(ManageUsers.self)
    )
    let browser = TestBrowser(app, peer: "10.9.9.9")
    await browser.follow(await signIn(browser, name, issued))
    await browser.follow(
      await browser.post("/sign-in/password", ["newPassword": Self.password, "again": Self.password])
    )
    return account
  }

  @discardableResult
  func signIn(
    _ browser: TestBrowser,
    _ user: String,
    _ password: String = password,
    to facility: FacilityID? = nil
  ) async -> WebResponse {
    await browser.get("/sign-in")
    let facility = (facility ?? self.facility).rawValue
    return await browser.post("/sign-in", ["userName": user, "password": password, "facility": facility])
  }

  /// Somebody of this role who has signed in and loaded a page, from an address of their own.
  func browser(_ role: Role, language: Language = .ja) async throws -> TestBrowser {
    let number = 1 + (Role.allCases.firstIndex(of: role) ?? 0)
    let name = role == .administrator ? "admin" : role.rawValue.lowercased()
    if role != .administrator, try await !hasAccount(name) { try await account(name, role) }
    let browser = TestBrowser(app, peer: "10.0.0.\(number)")
    await browser.follow(await signIn(browser, name))
    try #require(!browser.cookies.filter { $0.key == WebApp.sessionCookie }.isEmpty, "\(role) could not sign in")
    await browser.get("/language/\(language.rawValue)?next=/account")
    await browser.get("/account")
    return browser
  }

  /// A token for programs that acts for the user of this name.
  func token(
    _ name: String,
    _ permissions: [Permission],
    for user: String = "admin",
    days: Int = 30
  ) async throws -> (token: APIToken, text: String) {
    let account = try #require(try await house.identity.account(named: user, in: scope()))
    return try await house.identity.makeToken(
      try APITokenDraft(name: name, permissions: permissions.map(\.rawValue), days: days),
      for: account,
      in: scope()
    )
  }

  private func hasAccount(_ name: String) async throws -> Bool {
    try await house.identity.accounts(in: scope()).contains { $0.userName == name }
  }
}
