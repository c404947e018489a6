import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Text
import Time

/// A hospital with an empty organization, its clock at 2026-11-21 10:00.
struct World: Sendable {
  let database: any Database
  let clock = FixedClock(Instant(LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0), hour: 10))
  let ids = IDMaker.sequential()
  let facility = FacilityID(rawValue: "minato")

  init(_ engine: Engine = .sqlite) async throws {
    database = try await TestDatabase.make(
      engine,
      JournalMigrations.all + Ledger.migrations + Organization.migrations
    )
  }

  static let catalogue = RecordCatalogue(Organization.kinds + Ledger.kinds)

  var today: LocalDate { clock.clock.now().day }
  var engine: Records { Records(database: database, clock: clock.clock, ids: ids, catalogue: Self.catalogue) }
  var records: RecordStore { engine.store }
  var organization: Organization { Organization(records: engine) }

  func scope<P: Permit>(_ permit: P.Type = P.self, as name: String = "佐藤 美咲") -> Scope<P> {
    .operatorOf(facility, as: Actor(id: "sato", name: name), request: "request-1")
  }

  /// Somebody with these roles in the whole facility.
  func scope<P: Permit>(_ permit: P.Type = P.self, of roles: Role...) throws -> Scope<P> {
    try Scope(
      of: roles.map { Grant(role: $0) },
      facility: facility,
      actor: Actor(id: "ito", name: "伊藤"),
      request: "request-2"
    )
  }

  func person(_ name: String, _ values: [String: String] = [:]) async throws -> String {
    try await records.create(.person, values.merging(["name": name]) { first, _ in first }, in: scope()).id
  }
}
