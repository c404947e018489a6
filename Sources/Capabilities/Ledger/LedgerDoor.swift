import Intake
import Jobs
import Journal
import Nouns
import SQL
import Text
import Time
import Web

/// The front door: what the ledger offers the program.
extension Ledger {
  package static let migrations =
    LedgerMigrations.all + [
      ImportDraftStore.migration, ImportDraftStore.readings, MergedRecords.migration, Confirmations.migration,
      LedgerMigrations.leanIndexes,
    ]

  package var imports: LedgerImport { LedgerImport(records: records, sightings: sightings, views: views) }

  package var exports: LedgerExport { LedgerExport(records: records) }

  var journal: JournalReader { JournalReader(database: records.database) }

  private var drafts: ImportDraftStore {
    ImportDraftStore(database: records.database, clock: records.clock, ids: records.ids)
  }

  /// The kinds of work the ledger has done in the background.
  package var jobs: [JobKind] {
    [ImportJob(imports: imports, drafts: drafts).kind, ImportReadJob(imports: imports, drafts: drafts).kind]
  }

  /// `store` takes the orders for background work.
  /// `verify` checks the journal of one facility.
  package func capability(
    jobs store: JobStore,
    verify: @escaping @Sendable (FacilityID) async throws -> VerifyReport
  ) -> Capability {
    let worries = WorryReader(store: records, endOfSupport: endOfSupport)
    let imports = ImportRoutes(
      imports: imports,
      drafts: drafts,
      order: { job, payload, title, scope in
        try await store.order(
          job,
          title: title,
          payload: payload,
          facility: scope.facility.rawValue,
          actorID: scope.actor.id,
          actorName: scope.actor.name,
          request: scope.request
        )
      },
      isUnderWay: { job, scope in
        try await store.find(job, facility: scope.facility.rawValue).map { !$0.state.isOver } ?? false
      }
    )
    return Capability(
      name: "ledger",
      migrations: Self.migrations,
      routes: [.get("/ledger", ReadLedger.self, index)]
        + RecordRoutes(store: records, views: views, journal: journal, worries: worries).routes
        + GridRoutes(store: records).routes + BulkRoutes(store: records).routes + WorryRoutes(reader: worries).routes
        + BoundaryRoutes(store: records).routes + EvidenceRoutes(store: records).routes
        + MergeRoutes(store: records).routes + QualityRoutes(store: records, endOfSupport: endOfSupport).routes
        + ChangeRoutes(store: records, journal: journal).routes
        + SightingRoutes(sightings: sightings, store: records).routes
        + imports.routes + ExportRoutes(exports: exports).routes
        + RecordAPI(store: records, journal: journal).routes + BulkAPI(store: records, exports: exports).routes
        + ImportAPI(pages: imports).routes + JournalAPI(store: records, journal: journal, verify: verify).routes
        + ConnectionAPI(
          store: records,
          worries: worries,
          boundaries: BoundaryRoutes(store: records),
          evidence: EvidenceRoutes(store: records)
        ).routes
        + FindingAPI(
          store: records,
          sightings: sightings,
          quality: QualityRoutes(store: records, endOfSupport: endOfSupport)
        ).routes,
      menu: menu,
      jobs: jobs,
      facts: { try await facts($0) },
      duties: { try await duties($0) },
      standing: { try await standing($0) },
      search: search,
      schemas: RecordJSON.schemas.merging(ImportAPI.schemas) { first, _ in first }
    )
  }

  private var menu: [MenuItem] {
    Catalogue.menu.map { kind in
      MenuItem(
        key: "ledger." + kind.key,
        section: .registers,
        label: kind.plural,
        path: kind.key == Kind.connection.key ? "/ledger/connection/worries" : LedgerPath.list(kind.key),
        needs: .readLedger,
        order: kind.menuOrder ?? 50
      )
    } + [
      MenuItem(
        key: "ledger.boundaries",
        section: .registers,
        label: Localized(ja: "責任分界の表", en: "Responsibilities"),
        path: BoundaryRoutes.overviewPath,
        needs: .readLedger,
        order: 51
      ),
      MenuItem(
        key: "ledger.evidence",
        section: .registers,
        label: Localized(ja: "接点の控え", en: "Boundary evidence"),
        path: EvidenceRoutes.path,
        needs: .readLedger,
        order: 52
      ),
      MenuItem(
        key: "ledger.unlisted",
        section: .registers,
        label: Localized(ja: "台帳にない機器", en: "Found, not listed"),
        path: LedgerPath.unlisted,
        needs: .readLedger,
        order: 60
      ),
      MenuItem(
        key: "ledger.unseen",
        section: .registers,
        label: Localized(ja: "見えない機器", en: "Listed, not seen"),
        path: LedgerPath.unseen,
        needs: .readLedger,
        order: 61
      ),
      MenuItem(
        key: "ledger.quality",
        section: .registers,
        label: Localized(ja: "台帳の品質", en: "Quality"),
        path: LedgerPath.quality,
        needs: .readLedger,
        order: 62
      ),
      MenuItem(
        key: "ledger.import",
        section: .registers,
        label: Localized(ja: "取り込み", en: "Import"),
        path: LedgerPath.imports,
        needs: .importLedger,
        order: 70
      ),
      MenuItem(
        key: "ledger.changes",
        section: .registers,
        label: Localized(ja: "変更と取り消し", en: "Changes and undo"),
        path: LedgerPath.changes,
        needs: .readJournal,
        order: 71
      ),
    ]
  }

  @Sendable private func index(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var counts: [(kind: Kind, count: Int)] = []
    for kind in Catalogue.menu {
      counts.append((kind, try await records.list(kind, ListQuery(pageSize: 1), in: scope).total))
    }
    return LedgerIndexPage(counts: counts, request: request).response
  }

  /// The ledger's own reading of a facility, for facts and duties: no person asked for it.
  private func own(_ facility: FacilityID) -> Scope<ReadLedger> {
    Scope<ReadLedger>.operatorOf(facility, as: .system, request: "facts")
  }

  package func facts(_ facility: FacilityID) async throws -> [Fact] { try await facts.facts(in: own(facility)) }

  package func duties(_ facility: FacilityID) async throws -> [Duty] { try await duties(in: own(facility)) }

  private func standing(_ facility: FacilityID) async throws -> (facts: [Fact], duties: [Duty]) {
    let measured = try await facts.measured(in: own(facility))
    return (measured.map(\.fact), duties(measured))
  }

  /// Whether nothing has been recorded that a hospital would look after.
  package func isEmpty(_ facility: FacilityID) async throws -> Bool {
    for kind in [Kind.asset, .connection, .system]
    where try await records.list(kind, ListQuery(pageSize: 1), in: own(facility)).total > 0 {
      return false
    }
    return true
  }

  /// For the limits of roles: the departments by name.
  package func departments(_ facility: FacilityID) async throws -> [(id: String, title: String)] {
    try await records.choices(.department, in: own(facility))
  }

  /// The latest change sets with the address of each.
  package func recentChanges(
    _ limit: Int,
    in scope: Scope<ReadJournal>
  ) async throws -> [(at: Instant, title: Localized, actorName: String, link: String)] {
    try await journal.changeSets(facility: scope.facility.rawValue, limit: limit).map {
      ($0.at, $0.title, $0.actorName, "\(LedgerPath.changes)/\($0.id)")
    }
  }

  /// Searches every kind; names that begin with the text come first.
  @Sendable private func search(_ text: String, _ request: WebRequest) async throws -> [SearchHit] {
    guard request.may(.readLedger) else { return [] }
    let scope = try request.scope(ReadLedger.self)
    let key = Fold.key(text)
    var hits: [SearchHit] = []
    for kind in Catalogue.menu {
      let page = try await records.list(kind, ListQuery(search: text, pageSize: 20), in: scope)
      let values = ValueText(titles: page.titles, dates: request.dates)
      for record in page.records {
        let details = kind.listed.filter { $0 != kind.titleFields[0] }.prefix(4).compactMap { field -> String? in
          guard let known = kind[field: field], let value = record.known(field) else { return nil }
          let text = values.text(known, value)
          return text.isEmpty ? nil : text
        }
        let title = Fold.key(record.title)
        let isExact = kind.fields.contains { Fold.key(record.values[$0.key] ?? "") == key }
        hits.append(
          SearchHit(
            kind: kind.label,
            title: record.title,
            detail: details.joined(separator: " ・ "),
            link: LedgerPath.record(kind.key, record.id),
            rank: isExact ? 0 : title.hasPrefix(key) ? 1 : 5
          )
        )
      }
    }
    return hits
  }
}
