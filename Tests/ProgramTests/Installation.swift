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

  private static let samples = MadeOnce<Sample>()

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
    let sample = try await Self.samples.value("\(engine) \(rows.map(String.init) ?? "all")") {
      try await Sample(engine, rows: rows)
    }
    folder = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: sample.folder.path) {
      try FileManager.default.copyItem(atPath: sample.folder.file(name), toPath: folder.file(name))
    }
    postgres = try sample.postgres.map { try PostgresServer.makeDatabase(template: $0) }
    try Self.settle(folder, postgres, requestsPerMinute: requestsPerMinute)
    (house, clock) = try await Self.open(folder, creating: false)
    facility = try await house.facility(nil)
    // What is too slow for a person is for other tests to say: this one may have a busy machine.
    app = house.web(hosts: nil, behindProxy: false, timeLimit: .seconds(600))
    app.state = .ready
  }

  /// Writes the settings of a folder.
  private static func settle(_ folder: TemporaryFolder, _ postgres: String?, requestsPerMinute: Int = 600) throws {
    var settings = "log:\n  level: critical\napi:\n  requestsPerMinute: \(requestsPerMinute)\n"
    if let postgres { settings += "database:\n  url: \"\(try address(of: postgres))\"\n  connections: 3\n" }
    try Data(settings.utf8).write(to: URL(filePath: folder.file("yagura.yaml")))
  }

  private static func open(_ folder: TemporaryFolder, creating: Bool) async throws -> (House, FixedClock) {
    // What is done in a copy comes after what was done in the sample.
    let clock = FixedClock(creating ? Instant(today, hour: 9, minute: 59) : Instant(today, hour: 10))
    let house = try await House.open(
      DataFolder(folder.path),
      creating: creating,
      clock: clock.clock,
      passwords: PasswordHash(.forTests, work: hashing)
    )
    return (house, clock)
  }

  /// A folder, and a database of the server, of an installation that nobody serves.
  struct Sample: Sendable {
    let folder: TemporaryFolder
    let postgres: String?

    init(_ engine: Engine, rows: Int?) async throws {
      folder = try TemporaryFolder(untilExit: true)
      postgres =
        engine == .postgres
        ? try await PostgresServer.copy(of: Capabilities.migrations + Capabilities.feedMigrations) : nil
      try settle(folder, postgres)
      let (house, _) = try await open(folder, creating: true)
      try await house.setUp(facility: facilityName, administrator: "admin", password: password)
      try await fill(house, scope(of: try await house.facility(nil)), rows)
      await house.close()
    }
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

  func scope<P: Permit>(_ permit: P.Type = P.self) -> Scope<P> { Self.scope(of: facility) }

  private static func scope<P: Permit>(of facility: FacilityID) -> Scope<P> {
    .operatorOf(facility, as: Actor(id: "test", name: "佐藤 美咲"), request: "test")
  }

  /// The first tables of the demo hospital, through the import.
  private static func fill(_ house: House, _ scope: Scope<ImportLedger>, _ rows: Int?) async throws {
    var met: Set<String> = []
    for step in DemoHospital(seed: 7, today: today).steps {
      guard case .importTable(var table) = step.event, met.insert(table.kind).inserted,
        let kind = Capabilities.catalogue.importKind(table.kind)
      else { continue }
      if let rows { table.rows = Array(table.rows.prefix(rows)) }
      let source = ImportSource(kind: kind, name: table.file, bytes: table.bytes)
      _ = try await house.records.imports.run(source, in: scope)
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
