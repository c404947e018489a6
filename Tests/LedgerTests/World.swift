import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Text
import Time

/// A hospital with an empty ledger, its clock at 2026-11-21 10:00.
struct World: Sendable {
  let database: any Database
  let clock = FixedClock(Instant(LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0), hour: 10))
  let ids: IDMaker
  let facility = FacilityID(rawValue: "minato")

  init(_ engine: Engine = .sqlite, ids: IDMaker = .sequential()) async throws {
    database = try await TestDatabase.make(engine, Self.migrations)
    self.ids = ids
  }

  /// Another view of the same hospital, through another database.
  init(_ database: any Database, ids: IDMaker = .sequential("again")) {
    self.database = database
    self.ids = ids
  }

  static let migrations = JournalMigrations.all + Ledger.migrations + Organization.migrations

  static let catalogue = RecordCatalogue(
    Organization.kinds + Ledger.kinds,
    otherImports: [.inventory, .nmap, .dhcp, .arp],
    watchers: [SightingWatcher()]
  )

  var ledger: Ledger { ledger(on: database) }
  var engine: Records { engine(on: database) }
  var records: RecordStore { engine.store }
  var imports: RecordImport { engine.imports }
  var exports: RecordExport { engine.exports }
  var sightings: SightingStore { ledger.sightings }

  func engine(on database: any Database) -> Records {
    Records(database: database, clock: clock.clock, ids: ids, catalogue: Self.catalogue)
  }

  func ledger(on database: any Database) -> Ledger {
    Ledger(
      records: engine(on: database).store,
      endOfSupport: Self.endOfSupport,
      workingDay: { day in day.weekday == 0 ? day.adding(days: 1) : day.weekday == 6 ? day.adding(days: 2) : day }
    )
  }

  static let endOfSupport: SupportEnd = { text in
    let key = Fold.key(text)
    if key.hasPrefix("windows7") { return LocalDate(iso: "2020-01-14").map { (Localized(both: "Windows 7"), $0) } }
    if key.hasPrefix("fortios6.4") { return LocalDate(iso: "2024-09-30").map { (Localized(both: "FortiOS 6.4"), $0) } }
    if key.hasPrefix("windows11pro23h2") {
      return LocalDate(iso: "2027-11-09").map { (Localized(both: "Windows 11 23H2"), $0) }
    }
    return nil
  }

  func scope<P: Permit>(_ permit: P.Type = P.self, as name: String = "佐藤 美咲") -> Scope<P> {
    .operatorOf(facility, as: Actor(id: "sato", name: name), request: "request-1")
  }

  var edit: Scope<EditLedger> { scope() }
  var read: Scope<ReadLedger> { scope() }
  var load: Scope<ImportLedger> { scope() }

  /// Somebody who holds a role in some departments only.
  func edit(in departments: String...) throws -> Scope<EditLedger> {
    try Scope(
      of: departments.map { Grant(role: .departmentHead, department: $0) },
      facility: facility,
      actor: Actor(id: "tanaka", name: "田中 健一"),
      request: "request-2"
    )
  }

  /// Every record of every kind, archived ones too, as it says now.
  func everything() async throws -> [String: Record] {
    var all: [String: Record] = [:]
    for kind in Self.catalogue.kinds {
      for record in try await records.all(kind, ListQuery(archived: .with), in: read).records {
        all[record.id] = record
      }
    }
    return all
  }
}

/// Two states of a ledger that say the same, whatever the versions and times.
func saysTheSame(_ left: [String: Record], _ right: [String: Record]) -> Bool {
  left.count == right.count && left.allSatisfy { right[$0]?.saysTheSame(as: $1) == true }
}
