import Blobs
import Design
import HTML
import Intake
import Jobs
import Journal
import Nouns
import Records
import SQL
import Text
import Time
import Web

/// The front door: what the ledger offers the program.
extension Ledger {
  package static let migrations =
    BlobStore.migrations + LedgerMigrations.all + [
      ImportDraftStore.migration, ImportDraftStore.readings, MergedRecords.migration, Confirmations.migration,
      LedgerMigrations.leanIndexes, LedgerMigrations.surveys, LedgerMigrations.surveyPhotos, LedgerMigrations.signOn,
      LedgerMigrations.enquiryRounds, LedgerMigrations.sightingUndo,
      LedgerMigrations.surveyHours, LedgerMigrations.sessions, LedgerMigrations.disclosure,
    ]

  /// `orders` takes the orders for background work.
  package func capability(jobs orders: JobStore) -> Capability {
    Capability(
      name: "ledger",
      migrations: Self.migrations,
      routes: pages + PhotoRoutes(photos: photos, jobs: orders).routes + interface,
      menu: menu,
      jobs: jobs,
      facts: { try await facts($0) },
      duties: { try await duties($0) },
      standing: { try await standing($0) }
    )
  }

  /// Photographs of surveys.
  package static var filePlace: FilePlace { SurveyPhotoStore.filePlace }

  /// The kinds of work that are done in the background.
  package var jobs: [JobKind] { [SurveyPhotoJob(photos: photos).kind] }

  /// Photographs of surveys.
  package var photos: SurveyPhotoStore { SurveyPhotoStore(records: records) }

  private var quality: QualityRoutes { QualityRoutes(store: records, endOfSupport: endOfSupport) }

  private var pages: [Route] {
    [.get("/ledger", ReadLedger.self, index)] + WorryRoutes(reader: worries).routes
      + BoundaryRoutes(store: records).routes + EvidenceRoutes(store: records).routes + quality.routes
      + AbsenceRoutes(store: records).routes + EnquiryRoutes(store: records).routes
      + LabelRoutes(store: records).routes + SurveyRoutes(surveys: SurveyStore(records: records)).routes
      + SightingRoutes(sightings: sightings, store: records).routes + SessionRoutes(sessions: sessions).routes
      + DeviceCheckRoutes(check: deviceCheck).routes
  }

  /// Devices that nobody has confirmed for a year.
  package var deviceCheck: DeviceCheck { DeviceCheck(records: records) }

  /// Who was let in over which line.
  package var sessions: ConnectionSessions { ConnectionSessions(records: records) }

  private var interface: [Route] {
    let connections = ConnectionAPI(
      store: records,
      worries: worries,
      boundaries: BoundaryRoutes(store: records),
      evidence: EvidenceRoutes(store: records)
    )
    return connections.routes + FindingAPI(store: records, sightings: sightings, quality: quality).routes
      + PhotoAPI(photos: photos).routes + EnquiryAPI(store: records).routes
      + SessionAPI(sessions: sessions).routes + DeviceCheckAPI(check: deviceCheck).routes
      + LookingAPI(store: records).routes
  }

  private var menu: [MenuItem] {
    Records.menu(Self.kinds, in: .registers) + [
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
    ]
  }

  @Sendable private func index(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var counts: [(kind: Kind, count: Int)] = []
    for kind in Self.shown {
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

  package func standing(_ facility: FacilityID) async throws -> (facts: [Fact], duties: [Duty]) {
    let measured = try await facts.measured(in: own(facility))
    return (measured.map(\.fact), duties(measured))
  }

  /// Whether nothing has been recorded that a hospital would look after.
  package func isEmpty(_ facility: FacilityID) async throws -> Bool {
    for kind in [Kind.asset, .connection, .system]
    where try await !records.choices(kind, limit: 1, in: own(facility)).isEmpty {
      return false
    }
    return true
  }

  /// The kinds with an entry of their own, in the menu's order.
  private static let shown = kinds.filter { $0.menuOrder != nil }.sorted {
    ($0.menuOrder ?? 0, $0.key) < ($1.menuOrder ?? 0, $1.key)
  }

  /// Ways from a record to the pages made of it.
  private static func buttons(_ kind: Kind, _ id: String, _ request: WebRequest) -> HTML {
    func link(_ ja: String, _ en: String, _ path: String) -> HTML {
      Button.link(Localized(ja: ja, en: en)[request.language], path, look: .secondary, size: .small)
    }
    if kind.key == Kind.connection.key {
      let path = Address(SessionRoutes.path).setting("connection", id).text
      return request.may(.editLedger) ? link("保守をつなぐ", "Let maintenance in", path) : .empty
    }
    guard kind.key == Kind.survey.key else { return .empty }
    let walk = request.may(.editLedger) ? link("記録する", "Record a find", SurveyRoutes.walk(id)) : .empty
    return walk + link("写真", "Photographs", PhotoRoutes.path(id)) + link("進み具合", "Progress", SurveyRoutes.progress(id))
      + link("調査票", "Sheet", SurveyRoutes.sheet(id)) + link("頼む書類", "Contractor's papers", SurveyRoutes.papers(id))
  }

  private var worries: WorryReader { WorryReader(store: records, endOfSupport: endOfSupport) }

  /// What the ledger knows of its records beyond what they say.
  package var additions: RecordAdditions {
    let (worries, sightings, photos) = (worries, sightings, photos)
    return RecordAdditions(
      parts: { kind, relations, request, scope in
        RecordAdditions.Parts(
          banner: try await worries.banner(relations.record, relations, request: request, in: scope) ?? .empty,
          sections: kind.key == Kind.surveyFind.key
            ? FindSection(
              find: relations.record,
              photos: try await photos.photos(of: relations.record, in: scope),
              request: request
            ).html
            : kind.key == Kind.asset.key
              ? SightingSection(
                sightings: try await sightings.of(asset: relations.record.id, in: scope),
                request: request
              ).html : .empty,
          actions: Self.buttons(kind, relations.record.id, request)
        )
      },
      sheet: { kind, query, request, scope in
        guard kind.key == Kind.connection.key, request.query["order"] == "worry" else { return nil }
        return try await worries.sheet(query, request: request, in: scope)
      }
    )
  }
}
