import Duties
import Journal
import Nouns
import SQL
import Sealing
import Support
import Synchronization
import Text
import Time
import Transfer

/// Duties with real tables and three people: a safety manager, an administrator and somebody of the staff.
struct World: Sendable {
  static let facility = FacilityID(rawValue: "facility-1")
  static let other = FacilityID(rawValue: "facility-2")

  let database: any Database
  let clock: FixedClock
  let duties: Duties
  let ordered: Ordered

  /// What was ordered of the job runner.
  final class Ordered: Sendable {
    let kinds = Mutex<[String]>([])
    let computed = Mutex<[Duty]>([])
  }

  static let people = [
    DutyPerson(account: "a-manager", name: "安全 管理子", language: .ja, grants: [Grant(role: .safetyManager)]),
    DutyPerson(account: "a-admin", name: "佐藤 美咲", language: .ja, grants: [Grant(role: .administrator)]),
    DutyPerson(account: "a-director", name: "院長 一郎", language: .ja, grants: [Grant(role: .director)]),
    DutyPerson(
      account: "a-head",
      name: "放射線 科長",
      language: .ja,
      grants: [Grant(role: .departmentHead, department: "d-radiology")]
    ),
    DutyPerson(account: "a-staff", name: "看護 花子", language: .ja, grants: [Grant(role: .staff)]),
  ]

  /// Saturday, 21 November 2026, nine o'clock, unless told otherwise.
  init(
    _ engine: Engine,
    at day: String = "2026-11-24",
    relay: RelaySettings? = nil,
    wrapping wrap: (any Database) -> any Database = { $0 }
  ) async throws {
    let clock = FixedClock(Instant(LocalDate(iso: day) ?? LocalDate(dayNumber: 0), hour: 9))
    let ordered = Ordered()
    database = wrap(
      try await TestDatabase.make(engine, JournalMigrations.all + Duties.migrations, clock: clock.clock)
    )
    duties = Duties(
      database: database,
      clock: clock.clock,
      ids: .uuid7(clock.clock),
      seal: Seal(SealingKey(from: .system)),
      usualRelay: relay,
      needs: DutiesNeeds(
        computed: { facility in facility == World.facility ? ordered.computed.withLock { $0 } : [] },
        people: { _ in World.people },
        facilities: { [DutyFacility(id: World.facility, name: "みなと中央病院", fiscalYearStart: 4)] },
        departments: { _ in [(id: "d-radiology", name: "放射線科")] },
        order: { kind, _ in ordered.kinds.withLock { $0.append(kind) } }
      )
    )
    self.clock = clock
    self.ordered = ordered
  }

  func scope<P: Permit>(
    _ permit: P.Type = P.self,
    as account: String = "a-admin",
    in facility: FacilityID = facility
  )
    -> Scope<P>
  {
    .operatorOf(facility, as: Actor(id: account, name: account), request: "test")
  }

  func reader(_ account: String) -> DutyReader {
    let grants = Self.people.first { $0.account == account }?.grants ?? []
    let seesAll = grants.contains { $0.role.permissions.contains(.manageDuties) }
    return DutyReader(account: account, grants: grants, seesAll: seesAll)
  }

  static func day(_ text: String) -> LocalDate { LocalDate(iso: text) ?? LocalDate(dayNumber: 0) }

  @discardableResult
  func make(
    _ title: String,
    due: String,
    owner: Role = .administrator,
    person: String? = nil,
    department: String? = nil,
    deputy: Role? = nil,
    recurrence: String = "",
    rank: Int = 5,
    in facility: FacilityID = facility
  ) async throws -> String {
    try await duties.make(
      DutyDraft(
        title: title,
        owner: owner,
        person: person,
        department: department,
        deputy: deputy,
        due: Self.day(due),
        recurrence: Recurrence(reading: recurrence),
        rank: rank
      ),
      in: scope(in: facility)
    )
  }

  /// What the person sees without the checks around long holidays.
  func titles(_ account: String, snoozed: Bool = false, in facility: FacilityID = facility) async throws -> [String] {
    try await duties.list(reader(account), facility, snoozed: snoozed)
      .filter { !$0.id.hasPrefix("calendar.holiday.") }.map(\.title.ja)
  }

  func rows(_ sql: SQL) async throws -> [Row] { try await database.read(.everyFacility) { tx in try tx.rows(sql) } }
}
