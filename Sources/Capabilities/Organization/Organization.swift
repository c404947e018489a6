import Blobs
import Design
import HTML
import Journal
import Nouns
import Packs
import Records
import SQL
import Text
import Time
import Web

/// The organization: departments and people, who answers for what, whom to call, what is ruled, and the paper that must be
/// there when everything stands still.
package struct Organization: Sendable {
  /// Every kind of record the organization keeps.
  package static let kinds: [Kind] = [
    .department, .person, .responsibility, .qualification, .contact, .cutStep, .committee, .meeting, .actionItem,
    .regulation, .regulationTopic, .formOriginal, .budgetItem, .training, .trainingAttendance, .trainingQuestion,
  ]

  /// Originals, print masters, photographs of problems and of work.
  package static var filePlace: FilePlace {
    let places = [DocumentStore.place, ReportStore.place, WorkPhoto.place]
    return FilePlace(
      cited: { facility, tx in try places.flatMap { try $0.cited(facility, tx) } },
      uses: { hash, facility, tx in try places.flatMap { try $0.uses(hash, facility, tx) } }
    )
  }

  package static let migrations = [
    OrganizationMigrations.records, OrganizationMigrations.own, OrganizationMigrations.files,
    OrganizationMigrations.budget, OrganizationMigrations.media,
    OrganizationMigrations.vendorAccounts, WorkTable.migration, TrainingTable.migration,
    TrainingTable.answers, WorkPhoto.migration,
  ]

  package let records: RecordStore
  package let reports: ReportStore
  package let media: MediaStore
  package let vendorAccounts: VendorAccounts
  package let works: WorkStore
  package let suppliers: Suppliers
  package let trainings: TrainingStore
  let papers: PaperStore
  let readings: ReadingStore
  let documents: DocumentStore
  let engine: Records
  let blobs: BlobStore
  /// How far everybody was with trainings when a first page last asked.
  let trainingShelf = MarkedShelf<OrganizationMark, TrainingStanding?>()
  /// What each account had to take when it last asked.
  let ownTrainingShelf = MarkedShelf<FreshMark, [Duty]>()
  /// What vendors do today, by the departments that were asked for.
  private let workShelf = MarkedShelf<FreshMark, [WorkRequest]>()
  /// What the first page showed last.
  private let standings = MarkedShelf<OrganizationMark, (facts: [Fact], duties: [Duty])>()

  package init(records: Records) {
    engine = records
    self.records = records.store
    let store = records.store
    blobs = BlobStore(database: store.database, clock: store.clock)
    reports = ReportStore(database: store.database, clock: store.clock, ids: store.ids)
    vendorAccounts = VendorAccounts(database: store.database, clock: store.clock, ids: store.ids)
    works = WorkStore(kept: KeptStore(database: store.database, clock: store.clock, ids: store.ids))
    suppliers = Suppliers(records: store)
    trainings = TrainingStore(records: store)
    media = MediaStore(database: store.database, clock: store.clock, ids: store.ids)
    papers = PaperStore(database: store.database, clock: store.clock, ids: store.ids)
    documents = DocumentStore(records: store)
    readings = ReadingStore(database: store.database, clock: store.clock, ids: store.ids)
  }

  package func capability(_ needs: OrganizationNeeds) -> Capability {
    Capability(
      name: "organization",
      migrations: Self.migrations,
      routes: people(needs) + papersOfTheFirstHour(needs) + rules
        + ReportRoutes(reports: reports, records: records, blobs: blobs, needs: needs).routes
        + ReportAPI(organization: self, needs: needs).routes
        + MediaRoutes(media: media, records: records, needs: needs).routes
        + MediaAPI(media: media, records: records, needs: needs).routes
        + VendorAccountRoutes(accounts: vendorAccounts, suppliers: suppliers, needs: needs).routes
        + WorkRoutes(works: works, accounts: vendorAccounts, suppliers: suppliers).routes
        + WorkAPI(works: works, accounts: vendorAccounts, suppliers: suppliers).routes
        + WorkReportAPI(works: works, accounts: vendorAccounts, suppliers: suppliers).routes
        + training(needs),
      menu: Self.menu,
      facts: { try await measured($0, needs).map(\.fact) },
      duties: { try await duties($0, needs) },
      standing: { try await standing($0, needs) },
      alarms: { try await reports.alarms($0) }
    )
  }

  /// Who answers for what, and who comes and goes.
  private func people(_ needs: OrganizationNeeds) -> [Route] {
    let roster = RosterStore(engine: engine)
    return IndexRoutes(organization: self).routes + ChartRoutes(records: records, papers: papers).routes
      + HandOverRoutes(records: records, needs: needs).routes
      + RosterRoutes(roster: roster).routes + RosterAPI(roster: roster).routes
      + CommitteeRoutes(records: records, needs: needs).routes
  }

  /// What staff are taught, and who has taken it.
  private func training(_ needs: OrganizationNeeds) -> [Route] {
    OwnTrainingRoutes(trainings: trainings, documents: documents, needs: needs).routes
      + TrainingRoutes(trainings: trainings, needs: needs).routes
      + TrainingAPI(trainings: trainings, needs: needs).routes
  }

  private func papersOfTheFirstHour(_ needs: OrganizationNeeds) -> [Route] {
    let orders = CutOrderStore(records: records) { [trainings] facility, account in
      let name = try await needs.userName(facility, account) ?? ""
      guard case .person(let person) = try await trainings.own(name, in: facility) else { return (name, nil) }
      return (name, person.id)
    }
    return ContactRoutes(records: records, papers: papers).routes + ContactAPI(records: records).routes
      + ResponseRoutes(organization: self).routes
      + CutOrderRoutes(orders: orders).routes + CutOrderAPI(orders: orders).routes
      + PosterRoutes(records: records, papers: papers).routes
  }

  /// Regulations, who has read them, and the originals of forms.
  private var rules: [Route] {
    let reading = ReadingRoutes(records: records, readings: readings, documents: documents)
    return reading.routes + ReadingAPI(reading: reading).routes
      + DocumentRoutes(documents: documents).routes + DocumentAPI(documents: documents).routes
  }

  /// What is approved, begun or done today in the reader's departments, read once a change for the first page.
  package func worksToday(in scope: Scope<ReadLedger>) async throws -> [WorkRequest] {
    let (key, now) = (scope.facility.rawValue, records.clock.now())
    let mark = try await freshMark(scope.facility, now: now)
    let reach = scope.departments.map { $0.sorted().joined(separator: ",") } ?? "*"
    return try await workShelf.value("\(key)/\(reach)", mark) { try await works.work(on: now.day, in: scope) }
  }

  /// Facts and duties for the first page, counted once a change.
  private func standing(
    _ facility: FacilityID,
    _ needs: OrganizationNeeds
  ) async throws -> (facts: [Fact], duties: [Duty]) {
    let (key, now) = (facility.rawValue, records.clock.now())
    let mark = try await records.database.read(.facility(key)) { tx in
      try OrganizationMark(facility, now: now, in: tx)
    }
    return try await standings.value(key, mark) {
      let open = try await openRequests(facility, needs)
      let measured = try await measured(facility, needs, open)
      return (measured.map(\.fact), try await duties(facility, needs, measured, open))
    }
  }

  /// What the organization knows of records beyond what they say: buttons to the papers made of them.
  package var additions: RecordAdditions {
    RecordAdditions(parts: { kind, relations, request, scope in
      let id = relations.record.id
      func link(_ ja: String, _ en: String, _ path: String) -> HTML {
        Button.link(Localized(ja: ja, en: en)[request.language], path, look: .secondary, size: .small)
      }
      switch kind.key {
      case Kind.person.key:
        return RecordAdditions.Parts(actions: link("引き継ぎ", "Hand-over", OrganizationPath.handOver(id)))
      case Kind.meeting.key:
        return RecordAdditions.Parts(actions: link("資料を作る", "Material", OrganizationPath.material(id)))
      case Kind.regulation.key:
        let readers = try await readings.readers(
          of: id,
          version: ReadingRoutes.version(relations.record),
          in: scope
        )
        let files = try await files(of: id, kind, request, scope)
        return RecordAdditions.Parts(sections: files + ReaderSection(readers: readers, request: request).html)
      case Kind.formOriginal.key:
        return RecordAdditions.Parts(sections: try await files(of: id, kind, request, scope))
      case Kind.training.key:
        return RecordAdditions.Parts(
          sections: try await files(of: id, kind, request, scope),
          actions: link("受講の状況", "Who has taken it", OrganizationPath.training(id))
        )
      default: return RecordAdditions.Parts()
      }
    })
  }

  private func files(
    of record: String,
    _ kind: Kind,
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> HTML {
    let files = try await documents.files(of: record, kind, in: scope)
    return DocumentSection(kind: kind, record: record, files: files, request: request).html
  }

  private static let menu: [MenuItem] =
    Records.menu([.person, .department], in: .registers)
    + Records.menu([.responsibility, .contact, .cutStep], in: .incidents)
    + Records.menu(
      [.committee, .meeting, .actionItem, .regulation, .formOriginal, .qualification, .budgetItem],
      in: .documents
    )
    + Records.menu([.training, .trainingAttendance], in: .training)
    + [
      MenuItem(
        key: "organization.ownTrainings",
        section: .training,
        label: Localized(ja: "研修を受ける", en: "Take a training"),
        path: OrganizationPath.ownTrainings,
        order: 1
      ),
      MenuItem(
        key: "organization.trainings",
        section: .training,
        label: Localized(ja: "研修の状況", en: "Training so far"),
        path: OrganizationPath.trainings,
        needs: .readLedger,
        order: 10
      ),
      MenuItem(
        key: "organization.reports",
        section: .incidents,
        label: Localized(ja: "異常の知らせ", en: "Reports of problems"),
        path: OrganizationPath.reports,
        needs: .handleReports,
        order: 1
      ),
      MenuItem(
        key: "organization.response",
        section: .documents,
        label: Localized(ja: "紙の初動パック", en: "First-response pack"),
        path: OrganizationPath.response,
        needs: .readLedger,
        order: 2
      ),
      MenuItem(
        key: "organization.roster",
        section: .registers,
        label: Localized(ja: "名簿を比べる", en: "Compare the roster"),
        path: OrganizationPath.roster,
        needs: .importLedger,
        order: 6
      ),
      MenuItem(
        key: "organization.reading",
        section: .documents,
        label: Localized(ja: "読んで確認する規程", en: "Regulations to read"),
        path: OrganizationPath.reading,
        order: 45
      ),
      MenuItem(
        key: "organization.media",
        section: .registers,
        label: Localized(ja: "USB・データ持ち出しの申請", en: "Take data out"),
        path: OrganizationPath.media,
        order: 70
      ),
      MenuItem(
        key: "organization.mediaRequests",
        section: .registers,
        label: Localized(ja: "持ち出しの一覧", en: "Data taken out"),
        path: OrganizationPath.mediaRequests,
        needs: .readLedger,
        order: 71
      ),
      MenuItem(
        key: "organization.works",
        section: .vulnerabilities,
        label: Localized(ja: "保守の作業申請", en: "Work by vendors"),
        path: OrganizationPath.works,
        needs: .readLedger,
        order: 60
      ),
      MenuItem(
        key: "organization.ownWorks",
        section: .vulnerabilities,
        label: Localized(ja: "作業申請", en: "Requests for work"),
        path: OrganizationPath.ownWorks,
        needs: .requestWork,
        order: 61
      ),
      MenuItem(
        key: "organization.vendorAccounts",
        section: .settings,
        label: Localized(ja: "事業者のアカウント", en: "Vendors' accounts"),
        path: VendorAccountRoutes.path,
        needs: .manageUsers,
        order: 25
      ),
      MenuItem(
        key: "organization.poster",
        section: .training,
        label: Localized(ja: "5ヶ条の掲示物", en: "Five-rules poster"),
        path: OrganizationPath.poster,
        order: 20
      ),
    ]

  /// Keeps a file of a form or a regulation. Throws `RecordError.notFound` for a record that is not there.
  package func file(
    _ bytes: [UInt8],
    name: String,
    asMaster: Bool,
    note: String,
    of kind: Kind,
    _ record: String,
    in scope: Scope<EditLedger>
  ) async throws {
    let upload = try DocumentUpload(bytes, name: name)
    _ = try await documents.add(upload, as: asMaster ? .master : .original, note: note, to: record, kind, in: scope)
  }

  /// Records that the first-response pack was printed, with what is open on it.
  package func notePrint(in scope: Scope<ReadLedger>) async throws {
    let pack = try await ResponseRoutes(organization: self).pack(on: records.clock.now().day, scope).pack
    try await papers.note(.response, openPoints: pack.open.count, in: scope)
  }

  /// When the first-response pack was last printed, and by whom; nil where it never was.
  package func lastPrint(_ facility: FacilityID) async throws -> (at: Instant, by: String)? {
    try await papers.last(.response, facility).map { ($0.at, $0.by) }
  }

  /// Whom to call inside when something is odd: the post, its telephone, its telephone out of hours.
  package func phones(_ facility: FacilityID) async throws -> [(post: Localized, phone: String, nightPhone: String)] {
    try await ChartReading.firstCalled(records, own(facility)).map { ($0.role.label, $0.phone, $0.nightPhone) }
  }

  /// For the limits of roles: the departments by name.
  package func departments(_ facility: FacilityID) async throws -> [(id: String, title: String)] {
    try await records.choices(.department, in: own(facility))
  }

  /// The organization's own reading of a facility, for facts and duties: no person asked for it.
  func own(_ facility: FacilityID) -> Scope<ReadLedger> {
    Scope<ReadLedger>.operatorOf(facility, as: .system, request: "facts")
  }
}

/// What the organization needs from others, in its own words.
package struct OrganizationNeeds: Sendable {
  /// The hospitals of this installation, for strangers who report a problem.
  package var facilities: @Sendable () async throws -> [(id: FacilityID, name: String)]
  /// What all records prove and what is to do, for the material of a meeting.
  package var standing: @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty])
  /// Accounts that work, with their holders' names; `isStaff` where they are not a vendor's.
  package var accounts: @Sendable (FacilityID) async throws -> [OrganizationAccount]
  /// The working day on or after a day.
  package var workingDay: @Sendable (LocalDate) -> LocalDate
  /// A request to take data out was decided: tells whoever asked.
  package var decided: @Sendable (FacilityID, MediaRequest) async throws -> Void = { _, _ in }
  /// The month in which the fiscal year of a facility begins.
  package var fiscalYearStart: @Sendable (FacilityID) async throws -> Int = { _ in 4 }
  /// Under which name an account signs in; nil where there is no such account.
  package var userName: @Sendable (FacilityID, _ account: String) async throws -> String? = { _, _ in nil }
  /// People are reminded of a training that they have not taken.
  package var remind: @Sendable (FacilityID, [TrainingReminder]) async throws -> Void = { _, _ in }
  /// A report of a problem came in: tells those who must act at once. Others who act on reports hear of them here.
  package var reported: @Sendable (FacilityID, ProblemReport) async throws -> Void = { _, _ in }

  package init(
    facilities: @escaping @Sendable () async throws -> [(id: FacilityID, name: String)],
    standing: @escaping @Sendable (FacilityID) async throws -> (facts: [Fact], duties: [Duty]),
    accounts: @escaping @Sendable (FacilityID) async throws -> [OrganizationAccount],
    workingDay: @escaping @Sendable (LocalDate) -> LocalDate
  ) {
    self.facilities = facilities
    self.standing = standing
    self.accounts = accounts
    self.workingDay = workingDay
  }
}

/// An account as the organization sees it.
package struct OrganizationAccount: Sendable, Hashable {
  let id: String
  let name: String
  let userName: String
  let link: String
  /// Whether its holder belongs to the house and confirms what staff must read.
  let isStaff: Bool
  /// The departments of which its holder is the head, and of no others.
  let heads: Set<String>

  package init(id: String, name: String, userName: String, link: String, isStaff: Bool, heads: Set<String> = []) {
    self.id = id
    self.name = name
    self.userName = userName
    self.link = link
    self.isStaff = isStaff
    self.heads = heads
  }
}
