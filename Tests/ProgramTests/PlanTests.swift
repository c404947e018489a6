import Identity
import Jobs
import Journal
import Ledger
import Logging
import Nouns
import Organization
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

/// What the pages ask of the store: no question walks through a whole table, whichever engine answers.
@Suite struct PlanTests {
  /// Tables that stay small, whatever the hospital: one row each, or one for each step of the schema.
  private static let small: Set<String> = ["facility", "first_set_up", "migration"]

  private static let queries = [
    "", "?q=%E7%AB%AF%E6%9C%AB", "?page=3", "?size=200", "?sort=name", "?sort=-updated_at", "?sort=department",
    "?archived=only",
    "?archived=with&q=a", "?vendor=%3F", "?category=server&sort=-name", "?department=-", "?location=x&zone=y",
  ]

  @Test(arguments: Engine.available)
  func noPageReadsAWholeTable(engine: Engine) async throws {
    let plain = try await TestDatabase.make(engine, Capabilities.migrations)
    let recording = RecordingDatabase(plain)
    let world = try await Pages(recording)
    try await world.fill(assets: 2_000)
    var paths = [
      "/ledger", "/ledger/quality", "/ledger/unlisted", "/ledger/unseen", "/ledger/connection/worries",
      "/ledger/changes",
      "/ledger/import", "/settings/users", "/account", "/ledger/quality/asset/missing",
    ]
    for kind in Capabilities.catalogue.kinds {
      paths += Self.queries.map { "/ledger/\(kind.key)\($0)" }
      paths += ["print", "new", "grid", "names?q=a"].map { "/ledger/\(kind.key)/\($0)" }
      let first = try await world.records.store.list(kind, ListQuery(pageSize: 1), in: world.scope(ReadLedger.self))
      paths += first.records.flatMap { ["/ledger/\(kind.key)/\($0.id)", "/ledger/\(kind.key)/\($0.id)/edit"] }
    }
    let browser = try await world.signedIn()
    recording.clear()
    for path in paths {
      let response = await browser.get(path)
      #expect(response.status < 500, "\(path) answered \(response.status)")
    }
    _ = try await world.ledger.facts(world.facility)
    _ = try await world.ledger.duties(world.facility)
    let statements = recording.statements
    try #require(statements.count > 100)
    for statement in statements {
      let plan = try await plain.plan(of: statement)
      let scans = plan.fullScans.filter { !Self.small.contains($0) && Self.tables.contains($0) }
      #expect(scans.isEmpty, "\(scans)\n\(plan.text)\n\(statement.printed(for: engine).text)")
    }
  }

  /// Every table that grows with the hospital.
  private static let tables = Set(
    Capabilities.catalogue.kinds.map(\.key) + [
      "journal", "journal_checkpoint", "change_set", "sighting", "saved_view", "remembered_mapping", "import_draft",
      "account", "grant_of_role", "credential", "session", "sign_in_attempt", "job", "job_line", "vendor_alias",
    ]
  )
}

/// The capabilities on a store that remembers its questions.
private struct Pages {
  let app: WebApp
  let identity: Identity
  let records: Records
  let ledger: Ledger
  let facility: FacilityID

  init(_ database: RecordingDatabase) async throws {
    let clock = FixedClock(Instant(Installation.today, hour: 10)).clock
    let ids = IDMaker.uuid7(clock)
    let records = Records(database: database, clock: clock, ids: ids, catalogue: Capabilities.catalogue)
    let ledger = Ledger(records: records.store)
    let organization = Organization(records: records)
    let identity = Identity(
      database: database,
      seal: Seal(SealingKey(from: .system)),
      clock: clock,
      ids: ids,
      passwords: PasswordHash(.forTests),
      departments: { facility in
        try await organization.departments(facility).map { Identity.Department(id: $0.id, name: $0.title) }
      }
    )
    let account = try await identity.setUp(
      facility: try FacilityDraft(name: Installation.facilityName),
      administrator: try AccountDraft(userName: "admin", name: "佐藤"),
      password: Installation.password
    )
    let jobs = JobStore(database: database, clock: clock, ids: ids, kinds: records.jobs + ledger.jobs)
    app = WebApp(
      capabilities: [
        identity.capability,
        records.capability(
          jobs: jobs,
          additions: [ledger.additions],
          verify: { _ in throw RecordError.notFound }
        ),
        organization.capability(
          OrganizationNeeds(facilities: { [] }, standing: { _ in ([], []) }, accounts: { _ in [] }, workingDay: { $0 })
        ),
        ledger.capability(jobs: jobs),
      ],
      sessions: identity.sessions,
      settings: .forTests,
      clock: clock,
      ids: ids,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    app.state = .ready
    self.identity = identity
    self.records = records
    self.ledger = ledger
    facility = account.facility
  }

  func scope<P: Permit>(_ permit: P.Type = P.self) -> Scope<P> {
    .operatorOf(facility, as: Actor(id: "test", name: "佐藤 美咲"), request: "test")
  }

  func signedIn() async throws -> TestBrowser {
    let browser = TestBrowser(app)
    await browser.get("/sign-in")
    await browser.post("/sign-in", ["userName": "admin", "password": Installation.password])
    try #require(await browser.get("/ledger").status == 200)
    return browser
  }

  /// The first tables of the demo hospital, and devices until there are enough.
  func fill(assets: Int) async throws {
    var met: Set<String> = []
    for step in DemoHospital(seed: 7, today: Installation.today).steps {
      guard case .importTable(var table) = step.event, met.insert(table.kind).inserted,
        let kind = Capabilities.catalogue.importKind(table.kind)
      else { continue }
      if table.kind != "assets" { table.rows = Array(table.rows.prefix(100)) }
      let source = ImportSource(kind: kind, name: table.file, bytes: table.bytes)
      _ = try await records.imports.run(source, in: scope())
    }
    let more = "管理番号,機器名称,区分\r\n" + (0..<assets).map { "ZZ-\($0),試験端末\($0),端末\r\n" }.joined()
    _ = try await records.imports.run(
      ImportSource(kind: .assets, name: "more.csv", bytes: Array(more.utf8)),
      in: scope()
    )
    try #require(try await records.store.list(.asset, ListQuery(pageSize: 1), in: scope()).total > assets)
  }
}
