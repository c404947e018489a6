import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/ledger/:kind/grid` and `/ledger/:kind/cells`: many records edited in place, saved in batches.
struct GridRoutes: Sendable {
  let store: RecordStore

  var routes: [Route] {
    [
      .get("/ledger/:kind/grid", EditLedger.self, grid),
      .get("/ledger/:kind/names", ReadLedger.self, names),
      .post("/ledger/:kind/cells", EditLedger.self, cells).accepting(bytes: 8 << 20),
    ]
  }

  @Sendable func grid(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    var query = RecordRoutes.query(request, kind)
    if request.query["size"] == nil { query.pageSize = 100 }
    let page = try await store.list(kind, query, in: scope.reading)
    return GridPage(kind: kind, page: page, request: request).response
  }

  /// Names that fit what somebody is typing into a cell that points to another record.
  @Sendable func names(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    let text = String(request.query.text("q").prefix(100))
    return try .json(try await store.choices(kind, search: text, limit: 20, in: scope).map(\.title))
  }

  struct Batch: Decodable, Sendable {
    let changes: [Change]
    struct Change: Decodable, Sendable {
      let row: String
      let field: String
      let version: String
      let value: String
    }
  }

  struct Answer: Encodable, Sendable {
    var results: [Result]
    var savedAt: String
    struct Result: Encodable, Sendable {
      var row: String
      var field: String
      /// `saved`, `conflict` or `invalid`.
      var state: String
      var version: String
      /// As the cell shows it from now on.
      var value: String
      var message: String?
      var theirs: String?
    }
  }

  /// Each row is saved or refused on its own, so one wrong cell never holds up the other forty-nine.
  @Sendable func cells(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    let batch = try request.json(Batch.self)
    guard batch.changes.count <= 20_000 else { throw RecordError.tooMany(limit: 20_000) }
    var saver = CellSaver(kind: kind, store: store, scope: scope, dates: request.dates)
    try await saver.save(batch.changes)
    return try .json(
      Answer(results: saver.results, savedAt: request.now.clock)
    )
  }
}

/// Takes the cells of one batch: first what is plainly wrong, then all good rows in one change set, and row by row only
/// where somebody else was first.
struct CellSaver {
  let kind: Kind
  let store: RecordStore
  let scope: Scope<EditLedger>
  let dates: ShownDates
  var results: [GridRoutes.Answer.Result] = []

  private typealias Change = GridRoutes.Batch.Change

  init(kind: Kind, store: RecordStore, scope: Scope<EditLedger>, dates: ShownDates) {
    self.kind = kind
    self.store = store
    self.scope = scope
    self.dates = dates
  }

  mutating func save(_ changes: [GridRoutes.Batch.Change]) async throws {
    var edits: [String: (version: Int, values: [String: String])] = [:]
    var order: [String] = []
    let today = store.clock.now().day
    var resolved: [String: Result<String, ReferenceEntry.Unclear>] = [:]
    for change in changes {
      guard let field = kind[field: change.field] else {
        refuse(
          change,
          Localized(
            ja: "この台帳に「\(change.field)」という項目はありません。",
            en: "This ledger has no field \(change.field)."
          )[language]
        )
        continue
      }
      var value = change.value
      if let other = field.referenced.flatMap(store.catalogue.kind), !value.isEmpty, value != Unknown.value {
        let key = other.key + "\u{0}" + value
        if resolved[key] == nil {
          resolved[key] = try await ReferenceEntry.resolve(value, other, store: store, in: scope.reading)
        }
        switch resolved[key] {
        case .success(let id): value = id
        case .failure(let unclear):
          refuse(change, unclear.text[language])
          continue
        case nil: continue
        }
      }
      do throws(FieldProblem) {
        value = try FieldRule.normalise(field, value, today: today)
      } catch {
        refuse(change, error.reason[language])
        continue
      }
      if edits[change.row] == nil { order.append(change.row) }
      edits[change.row, default: (Int(change.version) ?? 0, [:])].values[change.field] = value
    }
    try await store(order, edits)
  }

  private mutating func store(
    _ order: [String],
    _ edits: [String: (version: Int, values: [String: String])]
  ) async throws {
    guard !order.isEmpty else { return }
    let all = order.compactMap { id in
      edits[id].map { RecordEdit(id: id, expectedVersion: $0.version, changes: $0.values) }
    }
    do {
      try await accept(try await store.change(kind, all, in: scope).records, edits)
    } catch is RecordError {
      // One row is in the way of the others: each on its own.
      for edit in all { try await storeOne(edit, edits) }
    }
  }

  private mutating func storeOne(
    _ edit: RecordEdit,
    _ edits: [String: (version: Int, values: [String: String])]
  ) async throws {
    do {
      try await accept(try await store.change(kind, [edit], in: scope).records, edits)
    } catch RecordError.conflict(let conflicts) {
      for conflict in conflicts { try await report(conflict, edit) }
    } catch RecordError.invalid(let problems) {
      for (field, value) in edit.changes {
        let reason = problems.first { $0.field == field } ?? problems.first
        results.append(
          .init(
            row: edit.id,
            field: field,
            state: "invalid",
            version: String(edit.expectedVersion ?? 0),
            value: value,
            message: reason?.reason[language]
          )
        )
      }
    } catch let error as RecordError {
      for (field, value) in edit.changes {
        results.append(
          .init(
            row: edit.id,
            field: field,
            state: "invalid",
            version: String(edit.expectedVersion ?? 0),
            value: value,
            message: error.message[language]
          )
        )
      }
    }
  }

  private mutating func accept(
    _ records: [Record],
    _ edits: [String: (version: Int, values: [String: String])]
  ) async throws {
    let titles = try await self.titles(records)
    for record in records {
      for field in edits[record.id]?.values.keys.sorted() ?? [] {
        results.append(
          .init(
            row: record.id,
            field: field,
            state: "saved",
            version: String(record.version),
            value: shown(field, record.values[field], titles)
          )
        )
      }
    }
  }

  private mutating func report(_ conflict: RecordConflict, _ edit: RecordEdit) async throws {
    let current = try await store.find(kind, ids: [edit.id], in: scope.reading)
    let titles = try await self.titles(current)
    for (field, value) in edit.changes.sorted(by: { $0.key < $1.key }) {
      results.append(
        .init(
          row: edit.id,
          field: field,
          state: "conflict",
          version: String(conflict.currentVersion),
          value: shown(field, value, titles),
          message: Localized(
            ja: "\(conflict.by)さんが先に変更しました。",
            en: "\(conflict.by) changed this first."
          )[language],
          theirs: shown(field, current.first?.values[field], titles)
        )
      )
    }
  }

  private mutating func refuse(_ change: GridRoutes.Batch.Change, _ message: String) {
    results.append(
      .init(
        row: change.row,
        field: change.field,
        state: "invalid",
        version: change.version,
        value: change.value,
        message: message
      )
    )
  }

  private func titles(_ records: [Record]) async throws -> [String: String] {
    var ids: [String: Set<String>] = [:]
    for field in kind.references {
      guard let other = field.referenced else { continue }
      for record in records { if let id = record.known(field.key) { ids[other, default: []].insert(id) } }
    }
    return ids.isEmpty ? [:] : try await store.titles(ids.mapValues { $0.sorted() }, in: scope.reading)
  }

  private var language: Language { dates.language }

  private func shown(_ field: String, _ value: String?, _ titles: [String: String]) -> String {
    guard let field = kind[field: field] else { return value ?? "" }
    return GridPage.cell(field, value, titles, dates)
  }
}
