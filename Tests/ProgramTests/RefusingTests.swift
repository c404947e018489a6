import Identity
import Jobs
import Logging
import Nouns
import Records
import SQL
import Sealing
import Support
import Synchronization
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// The store refuses while somebody saves a form: the page says why and holds every word that was typed.
@Suite struct RefusingTests {
  @Test(arguments: [
    (StorageError.full, 507), (.readOnly, 503), (.busy, 503), (.unavailable("gone"), 503), (.uncertain("gone"), 503),
    (.failed("x"), 500),
  ])
  func typedTextSurvivesAStoreThatRefuses(error: StorageError, status: Int) async throws {
    let hospital = try await Installation(.sqlite, rows: 3)
    let refusing = RefusingDatabase(hospital.house.database)
    let records = Records(
      database: refusing,
      clock: hospital.clock.clock,
      ids: hospital.house.ids,
      catalogue: Capabilities.catalogue
    )
    let app = WebApp(
      capabilities: [
        hospital.house.identity.capability,
        records.capability(jobs: hospital.house.runner.store, verify: { _ in throw RecordError.notFound }),
      ],
      sessions: hospital.house.identity.sessions,
      settings: .forTests,
      clock: hospital.clock.clock,
      ids: hospital.house.ids,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    app.state = .ready
    let browser = TestBrowser(app)
    await hospital.signIn(browser, "admin")
    await browser.get("/ledger/asset/new")
    refusing.error = error
    let response = await browser.post(
      "/ledger/asset/new",
      ["asset_number": "A-77", "name": "消えてはならない端末", "remarks": "とても長い備考"]
    )
    #expect(response.status == status)
    for word in ["A-77", "消えてはならない端末", "とても長い備考"] { #expect(response.text.contains(word), "\(word) is lost") }
    for word in ["StorageError", "gone", "SELECT"] { #expect(!response.text.contains(word)) }
    refusing.error = nil
    await browser.get("/ledger/asset/new")
    let saved = await browser.post("/ledger/asset/new", ["asset_number": "A-77", "name": "消えてはならない端末"])
    #expect(saved.status == 303, "it goes on afterwards: \(saved.status)")
    await hospital.close()
  }
}

/// Passes everything on until it is told to refuse what writes.
private final class RefusingDatabase: Database {
  private let wrapped: any Database
  private let refusal = Mutex<StorageError?>(nil)

  init(_ wrapped: any Database) { self.wrapped = wrapped }

  var engine: Engine { wrapped.engine }

  var writes: Int { wrapped.writes }

  var error: StorageError? {
    get { refusal.withLock { $0 } }
    set { refusal.withLock { $0 = newValue } }
  }

  func read<T: Sendable>(_ reach: Reach, _ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await wrapped.read(reach, body)
  }

  func write<T: Sendable>(_ reach: Reach, _ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    if let error { throw error }
    return try await wrapped.write(reach, body)
  }

  func migrate(_ migrations: [Migration]) async throws { try await wrapped.migrate(migrations) }

  func close() async { await wrapped.close() }
}
