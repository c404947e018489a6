import Jobs
import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

/// What people have to do beyond what the records say by themselves: hand-made duties, putting off and settling,
/// escalation, the inbox, mails, and the calendar.
package struct Duties: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker
  let seal: Seal
  let entropy: Entropy
  let calendar: HolidayCalendar
  let needs: DutiesNeeds
  /// The relay of `yagura.yaml`, used by facilities that have set none of their own.
  let usualRelay: RelaySettings?
  /// What the first page asked of the hand-made duties last.
  let boards = MarkedShelf<BoardMark, BoardPart>()

  package init(
    database: any Database,
    clock: Clock,
    ids: IDMaker,
    seal: Seal,
    entropy: Entropy = .system,
    calendar: HolidayCalendar = .standard,
    usualRelay: RelaySettings? = nil,
    needs: DutiesNeeds
  ) {
    self.database = database
    self.clock = clock
    self.ids = ids
    self.seal = seal
    self.entropy = entropy
    self.calendar = calendar
    self.usualRelay = usualRelay
    self.needs = needs
  }

  package static let migrations = DutiesMigrations.all

  package var jobs: [JobKind] { [dailyJob, postJob] }

  package var capability: Capability {
    Capability(
      name: "duties",
      migrations: Self.migrations,
      routes: DutyRoutes(duties: self).routes + DutyFormRoutes(duties: self).routes + InboxRoutes(duties: self).routes
        + KindWordRoutes(duties: self).routes
        + CalendarRoutes(duties: self).routes + MailRoutes(duties: self).routes + DutyAPI(duties: self).routes
        + WishAPI(duties: self).routes + MailAPI(duties: self).routes + CalendarFeedAPI(duties: self).routes,
      menu: [
        MenuItem(
          key: "duties.list",
          section: .home,
          label: Localized(ja: "やること", en: "To do"),
          path: "/duties",
          order: 1
        ),
        MenuItem(
          key: "duties.inbox",
          section: .home,
          label: Localized(ja: "お知らせ", en: "Inbox"),
          path: "/inbox",
          order: 3
        ),
        MenuItem(
          key: "duties.calendar",
          section: .home,
          label: Localized(ja: "予定", en: "Calendar"),
          path: "/calendar",
          order: 4
        ),
        MenuItem(
          key: "duties.mail",
          section: .settings,
          label: Localized(ja: "メール", en: "Mail"),
          path: "/settings/mail",
          needs: .manageSettings,
          order: 40
        ),
      ],
      jobs: jobs,
      facts: { facility in try await facts(facility) },
      duties: { facility in try await own(facility) }
    )
  }

  var today: LocalDate { clock.now().day }
}

/// What Duties needs from others, in its own words.
package struct DutiesNeeds: Sendable {
  /// What the records of the other capabilities call for.
  package var computed: @Sendable (FacilityID) async throws -> [Duty]
  /// What the records call for of one person alone, asked for when that person looks; never for everybody in turn.
  package var personal: @Sendable (_ account: String, FacilityID) async throws -> [Duty]
  /// Everybody with an account that works, by name.
  package var people: @Sendable (FacilityID) async throws -> [DutyPerson]
  package var facilities: @Sendable () async throws -> [DutyFacility]
  /// Departments by id and name.
  package var departments: @Sendable (FacilityID) async throws -> [(id: String, name: String)]
  /// Orders a job of ours, unless one of its kind waits or runs.
  package var order: @Sendable (_ kind: String, FacilityID) async throws -> Void

  package init(
    computed: @escaping @Sendable (FacilityID) async throws -> [Duty] = { _ in [] },
    personal: @escaping @Sendable (String, FacilityID) async throws -> [Duty] = { _, _ in [] },
    people: @escaping @Sendable (FacilityID) async throws -> [DutyPerson],
    facilities: @escaping @Sendable () async throws -> [DutyFacility],
    departments: @escaping @Sendable (FacilityID) async throws -> [(id: String, name: String)] = { _ in [] },
    order: @escaping @Sendable (_ kind: String, FacilityID) async throws -> Void = { _, _ in }
  ) {
    self.computed = computed
    self.personal = personal
    self.people = people
    self.facilities = facilities
    self.departments = departments
    self.order = order
  }
}

/// Somebody who can be given work.
package struct DutyPerson: Sendable, Hashable {
  package let account: String
  package let name: String
  package let language: Language
  package let grants: [Grant]

  package init(account: String, name: String, language: Language, grants: [Grant]) {
    self.account = account
    self.name = name
    self.language = language
    self.grants = grants
  }

  package func holds(_ role: Role) -> Bool { grants.contains { $0.role == role } }
}

/// A facility as the calendar sees it.
package struct DutyFacility: Sendable, Hashable {
  package let id: FacilityID
  package let name: String
  package let fiscalYearStart: Int

  package init(id: FacilityID, name: String, fiscalYearStart: Int) {
    self.id = id
    self.name = name
    self.fiscalYearStart = fiscalYearStart
  }
}
