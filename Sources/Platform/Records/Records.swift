import Jobs
import Journal
import Nouns
import SQL
import Text
import Time
import Web

/// The front door of the record engine: one set of pages, imports, exports and histories for every kind of record that the
/// capabilities of a program keep (`RecordCatalogue`). A capability brings kinds, their tables and what it knows beyond
/// them; lists, forms, the grid, bulk changes, merging, drafts, undo and search are made here.
package struct Records: Sendable {
  package let store: RecordStore
  package let views: ViewStore

  /// `sealer` seals what imports write as they write it.
  package init(
    database: any Database,
    clock: Clock,
    ids: IDMaker,
    catalogue: RecordCatalogue,
    sealer: Sealer? = nil
  ) {
    store = RecordStore(database: database, clock: clock, ids: ids, catalogue: catalogue, sealer: sealer)
    views = ViewStore(database: database, clock: clock, ids: ids)
  }

  package var catalogue: RecordCatalogue { store.catalogue }

  package var imports: RecordImport { RecordImport(records: store, views: views) }

  package var exports: RecordExport { RecordExport(records: store) }

  private var journal: JournalReader { JournalReader(database: store.database) }

  /// Files that were handed in and wait.
  package var drafts: ImportDraftStore {
    ImportDraftStore(database: store.database, clock: store.clock, ids: store.ids, catalogue: catalogue)
  }

  /// The kinds of work that are done in the background.
  package var jobs: [JobKind] {
    [ImportJob(imports: imports, drafts: drafts).kind, ImportReadJob(imports: imports, drafts: drafts).kind]
  }

  /// `jobs` takes the orders for background work; `additions` are what capabilities know beyond their records; `others`
  /// tell of changes that are none of records; `files` are the places that cite files; `verify` checks the journal of one facility.
  package func capability(
    jobs orders: JobStore,
    additions: [RecordAdditions] = [],
    others: [OtherChanges] = [],
    files places: [FilePlace] = [],
    verify: @escaping @Sendable (FacilityID) async throws -> VerifyReport
  ) -> Capability {
    let imports = ImportRoutes(
      imports: imports,
      drafts: drafts,
      order: { job, payload, title, scope in
        try await orders.order(
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
        try await orders.find(job, facility: scope.facility.rawValue).map { !$0.state.isOver } ?? false
      }
    )
    return Capability(
      name: "records",
      routes: RecordRoutes(store: store, views: views, journal: journal, additions: additions).routes
        + GridRoutes(store: store).routes + BulkRoutes(store: store).routes + MergeRoutes(store: store).routes
        + ChangeRoutes(store: store, journal: journal, others: others).routes + imports.routes
        + ExportRoutes(exports: exports).routes + FileRoutes(files: files(places)).routes
        + FileAPI(files: files(places)).routes
        + RecordAPI(store: store, journal: journal).routes + BulkAPI(store: store, exports: exports).routes
        + ImportAPI(pages: imports).routes + ViewAPI(views: views, catalogue: catalogue).routes
        + JournalAPI(store: store, journal: journal, verify: verify, others: others).routes,
      menu: [
        MenuItem(
          key: "ledger.import",
          section: .registers,
          label: Localized(ja: "取り込み", en: "Import"),
          path: RecordPath.imports,
          needs: .importLedger,
          order: 70
        ),
        MenuItem(
          key: "ledger.changes",
          section: .registers,
          label: Localized(ja: "変更と取り消し", en: "Changes and undo"),
          path: RecordPath.changes,
          needs: .readJournal,
          order: 71
        ),
      ],
      jobs: jobs,
      search: search,
      schemas: RecordJSON.schemas.merging(ImportAPI(pages: imports).schemas) { first, _ in first }
    )
  }

  /// The files that the places cite.
  package func files(_ places: [FilePlace]) -> StoredFiles {
    StoredFiles(database: store.database, clock: store.clock, ids: store.ids, places: places)
  }

  /// The lists of kinds as entries of the menu.
  package static func menu(_ kinds: [Kind], in section: MenuSection) -> [MenuItem] {
    kinds.filter { $0.menuOrder != nil }.map { kind in
      MenuItem(
        key: "ledger." + kind.key,
        section: section,
        label: kind.plural,
        path: kind.traits.frontPath ?? RecordPath.list(kind.key),
        needs: kind.traits.readers,
        order: kind.menuOrder ?? 50
      )
    }
  }

  /// The latest change sets with the address of each.
  package func recentChanges(
    _ limit: Int,
    in scope: Scope<ReadJournal>
  ) async throws -> [(at: Instant, title: Localized, actorName: String, link: String)] {
    try await journal.changeSets(facility: scope.facility.rawValue, limit: limit).map {
      ($0.at, $0.title, $0.actorName, "\(RecordPath.changes)/\($0.id)")
    }
  }

  /// Searches every kind with a list of its own; names that begin with the text come first.
  @Sendable private func search(_ text: String, _ request: WebRequest) async throws -> [SearchHit] {
    guard request.may(.readLedger) else { return [] }
    let scope = try request.scope(ReadLedger.self)
    let key = Fold.key(text)
    var hits: [SearchHit] = []
    for kind in catalogue.kinds where kind.menuOrder != nil && scope.holds(kind.traits.readers) {
      let page = try await store.list(kind, ListQuery(search: text, pageSize: 20), in: scope)
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
            link: RecordPath.record(kind.key, record.id),
            rank: isExact ? 0 : title.hasPrefix(key) ? 1 : 5
          )
        )
      }
    }
    return hits
  }
}
