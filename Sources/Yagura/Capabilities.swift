import Assessment
import Duties
import Home
import Identity
import Jobs
import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Sealing
import Text
import Time
import Vulnerability
import Web

/// The whole product on one screen: which capabilities there are, and what each is given of the others.
enum Capabilities {
  /// In the order in which their tables point to each other.
  static let migrations: [Migration] =
    JournalMigrations.all + JobMigrations.all + Identity.migrations + Ledger.migrations + Vulnerability.migrations
    + Duties.migrations + Organization.migrations + Assessment.migrations

  /// Of the store of feeds, which is another file on SQLite.
  static let feedMigrations: [Migration] = Vulnerability.feedMigrations

  /// Every kind of record, and who must know when records are written.
  static let catalogue = RecordCatalogue(
    Organization.kinds + Ledger.kinds,
    otherImports: [.inventory, .nmap, .dhcp, .arp],
    watchers: [SightingWatcher(), LedgerWatcher()]
  )

  /// Those that keep records of their own.
  static func parts(_ house: House) -> [Capability] {
    [
      house.identity.capability,
      house.records.capability(
        jobs: house.runner.store,
        additions: [house.organization.additions, house.ledger.additions, house.vulnerability.additions],
        others: [house.ledger.sightings.changes, triageChanges(house), auditChanges(house), workChanges(house)],
        files: filePlaces,
        verify: { facility in
          try await Sealer.verify(
            house.database,
            publicKeys: [house.keys.signing.publicKey],
            facility: facility.rawValue
          )
        }
      ),
    ] + proving(house) + [house.assessment.capability]
  }

  /// Where files are kept, so that one is withdrawn wherever it is cited.
  static let filePlaces = [Assessment.filePlace, Organization.filePlace, Ledger.filePlace]

  /// Those whose facts prove answers.
  static func proving(_ house: House) -> [Capability] {
    [
      house.organization.capability(needs(house)),
      house.ledger.capability(jobs: house.runner.store),
      house.vulnerability.capability(jobs: house.runner.store),
      house.installation.capability,
    ]
  }

  /// What the pages of the organization are given: the same as for counting, and the inboxes of those who must act on a
  /// report of a problem.
  static func needs(_ house: House) -> OrganizationNeeds {
    var needs = needs(house.identity, house.ledger, house.vulnerability)
    needs.reported = { facility, report in
      let (what, place) = (report.what.label, report.place)
      for role in [Role.administrator, .safetyManager] {
        try await house.work.tell(
          role,
          origin: "problem.reported/\(report.id)",
          title: Localized(ja: "異常の知らせ：\(what.ja)（\(place)）", en: "Report of a problem: \(what.en) (\(place))"),
          text: Localized(ja: "内容を確かめて、折り返し電話してください。", en: "Look at it and ring back."),
          link: "/organization/reports/\(report.id)",
          isUrgent: true,
          facility
        )
      }
    }
    needs.decided = { facility, request in try await tellDecided(house, facility, request) }
    needs.remind = { facility, reminders in try await remind(house, facility, reminders) }
    return needs
  }

  /// Tells whoever asked to take data out what was decided.
  static func tellDecided(_ house: House, _ facility: FacilityID, _ request: MediaRequest) async throws {
    try await house.work.tell(
      [
        InboxMessage.Draft(
          account: request.account,
          origin: "media.decided/\(request.id)",
          title: request.state == .approved
            ? Localized(ja: "持ち出しの申請が認められました", en: "Your request to take data out is approved")
            : Localized(ja: "持ち出しの申請は認められませんでした", en: "Your request to take data out was refused"),
          text: Localized(
            ja: "\(request.decidedBy ?? "")さんが決めました。\(request.note)",
            en: "Decided by \(request.decidedBy ?? ""). \(request.note)"
          ),
          link: "/media",
          isUrgent: false
        )
      ],
      facility
    )
  }

  /// What the organization is given of the others.
  static func needs(_ identity: Identity, _ ledger: Ledger, _ vulnerability: Vulnerability) -> OrganizationNeeds {
    var needs = OrganizationNeeds(
      facilities: { try await identity.facilities().map { (id: $0.id, name: $0.name) } },
      standing: { facility in
        var standing = try await ledger.standing(facility)
        standing.facts += try await vulnerability.facts(facility)
        standing.duties += try await vulnerability.duties(facility)
        return standing
      },
      accounts: { facility in
        let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "hand-over")
        return try await identity.accounts(in: scope).filter { $0.lockedAt == nil }.map {
          OrganizationAccount(
            id: $0.id,
            name: $0.name,
            userName: $0.userName,
            link: "/settings/users/\($0.id)",
            isStaff: $0.grants.contains { held in held.grant.role != .vendor },
            heads: Set($0.grants.filter { $0.grant.role == .departmentHead }.compactMap(\.grant.department))
          )
        }
      },
      workingDay: { HolidayCalendar.standard.nextWorkingDay(onOrAfter: $0) }
    )
    needs.fiscalYearStart = { facility in
      try await identity.facilities().first { $0.id == facility }?.fiscalYearStart ?? 4
    }
    needs.userName = { facility, account in
      let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "training")
      return try await identity.account(account, in: scope)?.userName
    }
    return needs
  }

  private static func phones(_ house: House, _ facility: FacilityID) async throws -> [HomePhone] {
    try await house.organization.phones(facility).map {
      HomePhone(post: $0.post, phone: $0.phone, nightPhone: $0.nightPhone)
    }
  }

  private static func connected(_ house: House, _ scope: Scope<ReadLedger>) async throws -> [HomeConnection] {
    let open = try await house.ledger.sessions.open(in: scope)
    return open.records.map { session in
      HomeConnection(
        who: session.title,
        line: session.known("connection").flatMap { open.titles[$0] } ?? "",
        startedOn: session.date("started_on"),
        startedAt: session.known("started_time") ?? "",
        link: "/ledger/\(session.kind)/\(session.id)"
      )
    }
  }

  private static func works(_ house: House, _ scope: Scope<ReadLedger>) async throws -> [HomeWork] {
    let now = house.clock.now()
    return try await house.organization.worksToday(in: scope).map {
      house.homeWork($0, at: now, link: "/works/\($0.id)")
    }
  }

  private static func progress(_ assessment: Assessment, _ facility: FacilityID) async throws -> [HomeDepartment] {
    try await assessment.progress(facility).map {
      HomeDepartment(name: $0.name, done: $0.done, asked: $0.asked, link: $0.link)
    }
  }

  private static func search(
    _ parts: [Capability],
    _ text: String,
    _ request: WebRequest
  ) async throws -> [SearchHit] {
    var hits: [SearchHit] = []
    for part in parts { hits += try await part.search(text, request) }
    return Array(hits.sorted { ($0.rank, $0.title) < ($1.rank, $1.title) }.prefix(100))
  }

  static func all(_ house: House) -> [Capability] {
    let parts = parts(house)
    let work = house.work.capability
    // Put together once: a first page must not build all routes anew to ask for a fact.
    let assessment = house.assessment
    let home = Home.capability(
      HomeNeeds(
        facts: { facility in
          var facts: [Fact] = []
          for part in parts + [work] { facts += try await part.facts(facility) }
          return facts + (try await assessment.assessed(facts, facility))
        },
        standing: { facility in
          var standing: (facts: [Fact], duties: [Duty]) = ([], [])
          for part in parts {
            let more = try await part.standing(facility)
            standing.facts += more.facts
            standing.duties += more.duties
          }
          standing.facts += try await assessment.assessed(standing.facts, facility)
          return standing
        },
        duties: { request, facility in
          let reader = DutyReader(
            account: request.session?.userID ?? "",
            grants: request.session?.grants ?? [],
            seesAll: request.may(.readLedger)
          )
          return try await house.work.list(reader, facility)
        },
        board: { request, facility, computed, whose, limit in
          var (grants, isOwn) = (request.session?.grants ?? [], true)
          // A sheet for a role says nothing of whoever prints it.
          if case .role(let role) = whose { (grants, isOwn) = ([Grant(role: role)], false) }
          let reader = DutyReader(
            account: isOwn ? request.session?.userID ?? "" : "",
            grants: grants,
            seesAll: whose == .all && request.may(.readLedger)
          )
          let board = try await house.work.board(reader, facility, limit: limit, computed: computed)
          return HomeBoard(overdue: board.overdue, week: board.week, total: board.total, top: board.top)
        },
        messages: { request, facility in
          try await house.work.newest(request.session?.userID ?? "", facility).map {
            HomeMessage(title: $0.title, isUrgent: $0.isUrgent, at: $0.at)
          }
        },
        phones: { facility in try await phones(house, facility) },
        decisions: { facility in try await assessment.decisions(facility) },
        connected: { scope in try await connected(house, scope) },
        works: { scope in try await works(house, scope) },
        progress: { facility in try await progress(assessment, facility) },
        ownTrainings: { account, facility in try await ownTrainings(house, account, facility) },
        staffTraining: { scope in try await staffTraining(house, scope) },
        trainingsDue: { facility in try await trainingsDue(house, facility) },
        supplied: { account, facility in try await house.supplied(account, facility, assessment) },
        departmentFacts: { scope in try await house.ledger.facts.facts(in: scope) },
        search: { text, request in try await search(parts, text, request) },
        changes: { scope, limit in
          try await house.records.recentChanges(limit, in: scope).map {
            RecentChange(at: $0.at, title: $0.title, actor: $0.actorName, link: $0.link)
          }
        },
        lastPrint: { facility in try await house.organization.lastPrint(facility) },
        isEmpty: { facility in try await house.ledger.isEmpty(facility) }
      )
    )
    let jobs = Capability(name: "jobs", routes: JobRoutes(runner: house.runner).routes)
    return [home] + parts + [work, jobs]
  }
}
