import Design
import HTML
import Journal
import Nouns
import Text
import Time
import Web

/// `/ledger/:kind`: lists, records, forms, the history, and what is done to many at once.
package struct RecordRoutes: Sendable {
  let store: RecordStore
  let views: ViewStore
  let journal: JournalReader
  let additions: [RecordAdditions]

  var routes: [Route] {
    [
      .get("/ledger/:kind", ReadLedger.self, list),
      .get("/ledger/:kind/print", ReadLedger.self, printed),
      .post("/ledger/:kind/views", ReadLedger.self, saveView),
      .post("/ledger/:kind/views/:view/remove", ReadLedger.self, removeView),
      .get("/ledger/:kind/new", EditLedger.self, new),
      .post("/ledger/:kind/new", EditLedger.self, create),
      .get("/ledger/:kind/:id", ReadLedger.self, show),
      .get("/ledger/:kind/:id/edit", EditLedger.self, edit),
      .post("/ledger/:kind/:id/edit", EditLedger.self, change),
      .post("/ledger/:kind/:id/archive", EditLedger.self, archive),
      .post("/ledger/:kind/:id/restore", EditLedger.self, restore),
    ]
  }

  /// The kind an address names; 404 for any other.
  package static func kind(_ request: WebRequest, _ catalogue: RecordCatalogue) throws -> Kind {
    guard let kind = catalogue.kind(request["kind"]) else { throw WebError.notFound() }
    return kind
  }

  /// The list an address asks for. The page number stands in `page`, 50 rows unless `size` says otherwise.
  package static func query(_ request: WebRequest, _ kind: Kind) -> ListQuery {
    query(request.query.fields.map { ($0.name, $0.value) }, kind)
  }

  static func query(_ parameters: [(String, String)], _ kind: Kind) -> ListQuery {
    var query = ListQuery(parameters: parameters.map { (name: $0.0, value: $0.1) }, of: kind)
    if let page = parameters.first(where: { $0.0 == "page" }).flatMap({ Int($0.1) }), page > 1, page < 1_000_000 {
      query.offset = (page - 1) * query.pageSize
    }
    return query
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let query = Self.query(request, kind)
    let listing = try await store.listing(
      kind,
      query,
      shown: RecordListPage.shown(request, kind),
      filters: RecordListPage.filterFields(of: kind, request),
      limit: RecordForm.selectLimit,
      in: scope
    )
    return RecordListPage(
      kind: kind,
      page: listing.page,
      choices: listing.choices,
      views: listing.views,
      request: request,
      checkedAt: request.now
    ).response
  }

  @Sendable func saveView(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let form = try request.form()
    let query = try Self.viewQuery(form.text("query"), kind)
    let path = RecordPath.list(kind.key) + (query.isEmpty ? "" : "?" + query)
    let name = form.text("name")
    guard !name.isEmpty else {
      return .redirect(
        to: path,
        flash: Flash(.problem, Localized(ja: "見方の名前を入力してください。", en: "Name the view."))
      )
    }
    _ = try await views.save(name, kind: kind, query: query, isShared: false, in: scope)
    return .redirect(to: path, flash: .done(Localized(ja: "見方「\(name)」を保存しました。", en: "The view “\(name)” is saved.")))
  }

  /// What is kept of a list's address: neither the page nor what was chosen on it.
  static func viewQuery(_ text: String, _ kind: Kind) throws(WebError) -> String {
    let pairs = try Fields(query: text).fields.map { ($0.name, $0.value) }
    return Address(RecordPath.list(kind.key), pairs).removing("page", "select").queryText
  }

  @Sendable func removeView(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    guard try await views.delete(request["view"], of: kind, in: scope) else {
      throw WebError.notFound(Localized(ja: "この見方", en: "This view"))
    }
    return .redirect(
      to: RecordPath.list(kind.key),
      flash: .done(Localized(ja: "保存した見方を消しました。", en: "The saved view is deleted."))
    )
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let relations = try await found { try await store.relations(kind, id: request["id"], in: scope) }
    let record = relations.record
    var history: [JournalEntry] = []
    for id in [record.id] + relations.parts {
      history += try await journal.history(of: kind.key, id: id, facility: scope.facility.rawValue, limit: 50)
    }
    if !relations.parts.isEmpty {
      history = Array(history.sorted { ($0.at, $0.place, $0.id) > ($1.at, $1.place, $1.id) }.prefix(50))
    }
    var added = RecordAdditions.Parts()
    for addition in additions { added = added + (try await addition.parts(kind, relations, request, scope)) }
    return RecordPage(
      kind: kind,
      catalogue: store.catalogue,
      record: record,
      titles: relations.titles,
      relations: relations,
      history: history,
      historyTitles: try await historyTitles(history, in: scope),
      sets: try await journal.changeSets(Set(history.compactMap(\.set)), facility: scope.facility.rawValue),
      request: request,
      added: added
    ).response
  }

  /// The names of everything the entries point to, before and after.
  func historyTitles(_ entries: [JournalEntry], in scope: Scope<ReadLedger>) async throws -> [String: String] {
    var ids: [String: Set<String>] = [:]
    for entry in entries {
      guard let kind = store.catalogue.kind(entry.subjectType) else { continue }
      for change in entry.changes {
        guard let other = kind[field: change.field]?.referenced else { continue }
        for id in [change.from, change.to].compactMap({ $0 }) where id != Unknown.value {
          ids[other, default: []].insert(id)
        }
      }
    }
    return try await store.titles(ids.mapValues { $0.sorted() }, in: scope)
  }

  @Sendable func new(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    var values: [String: String] = [:]
    // A link from another record fills in what it belongs to.
    for field in kind.fields { if let given = request.query[field.key] { values[field.key] = given } }
    return try await formPage(kind, nil, values: values, request: request, in: scope.reading)
  }

  @Sendable func create(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let form = try request.form()
    let (typed, unclear) = try await RecordForm.typed(form, kind, store: store, in: scope.reading)
    var problems = unclear
    if problems.isEmpty {
      do {
        let record = try await store.create(kind, typed, in: scope)
        return .redirect(
          to: RecordPath.record(kind.key, record.id),
          flash: .done(Localized(ja: "「\(record.title(.ja))」を追加しました。", en: "“\(record.title(.en))” is added."))
        )
      } catch RecordError.invalid(let found) {
        problems = found
      }
    }
    return try await formPage(kind, nil, values: typed, problems: problems, request: request, in: scope.reading)
  }

  @Sendable func edit(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let record = try await found { try await store.find(kind, id: request["id"], in: scope.reading).record }
    return try await formPage(kind, record, values: record.values, request: request, in: scope.reading)
  }

  @Sendable func change(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let current = try await found { try await store.find(kind, id: request["id"], in: scope.reading) }
    let record = current.record
    let form = try request.form()
    let (typed, unclear) = try await RecordForm.typed(
      form,
      kind,
      current: (record, current.titles),
      store: store,
      in: scope.reading
    )
    let version = Int(form.text("version")) ?? 0
    var problems = unclear
    var conflict: RecordConflict?
    if problems.isEmpty {
      do {
        let reason = form.text(RecordFormPage.whyField)
        let stored = try await store.change(
          kind,
          id: record.id,
          expectedVersion: version,
          typed,
          reason: reason.isEmpty ? nil : reason,
          in: scope
        )
        return .redirect(
          to: RecordPath.record(kind.key, record.id),
          flash: .done(
            Localized(ja: "「\(stored.title(.ja))」を保存しました。", en: "“\(stored.title(.en))” is saved."),
            action: undo(stored.version > record.version ? stored.lastSet : nil)
          )
        )
      } catch RecordError.invalid(let found) {
        problems = found
      } catch RecordError.conflict(let found) {
        conflict = found.first
      }
    }
    return try await formPage(
      kind,
      record,
      values: typed,
      problems: problems,
      conflict: conflict,
      version: conflict?.currentVersion ?? version,
      reason: form.text(RecordFormPage.whyField),
      request: request,
      in: scope.reading
    )
  }

  private func undo(_ set: String?) -> Flash.Action? { set.map { ChangeRoutes.undoAction($0) } }

  @Sendable func archive(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let reason = try request.form().text("reason")
    let path = RecordPath.record(kind.key, request["id"])
    guard !reason.isEmpty else {
      return .redirect(
        to: path,
        flash: Flash(.problem, Localized(ja: "廃止の理由を入力してください。", en: "Say why the record is retired."))
      )
    }
    let outcome = try await found { try await store.archive(kind, .ids([request["id"]]), reason: reason, in: scope) }
    return .redirect(
      to: path,
      flash: .done(Localized(ja: "廃止して一覧から外しました。", en: "Retired and taken off the lists."), action: undo(outcome.set))
    )
  }

  @Sendable func restore(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let outcome = try await found {
      try await store.restore(kind, .ids([request["id"]]), reason: "一覧に戻す", in: scope)
    }
    return .redirect(
      to: RecordPath.record(kind.key, request["id"]),
      flash: .done(Localized(ja: "一覧に戻しました。", en: "Put back on the lists."), action: undo(outcome.set))
    )
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try Self.kind(request, store.catalogue)
    let query = Self.query(request, kind)
    for addition in additions {
      if let sheet = try await addition.sheet(kind, query, request, scope) { return sheet.response }
    }
    let page = try await store.all(kind, query, limit: ListSheet.most, in: scope)
    // Only where the paper is full it matters how many there are.
    let total =
      page.records.count < ListSheet.most
      ? page.records.count : try await store.list(kind, query, in: scope).total
    return ListSheet(
      kind: kind,
      records: page.records,
      total: total,
      titles: page.titles,
      query: query,
      request: request
    ).response
  }

  private func formPage(
    _ kind: Kind,
    _ record: Record?,
    values: [String: String],
    problems: [FieldProblem] = [],
    conflict: RecordConflict? = nil,
    version: Int? = nil,
    reason: String = "",
    request: WebRequest,
    in scope: Scope<ReadLedger>
  ) async throws -> WebResponse {
    var choices: [String: [(id: String, title: String)]] = [:]
    var ids: [String: [String]] = [:]
    for other in Set(kind.references.compactMap(\.referenced)) {
      guard let referenced = store.catalogue.kind(other) else { continue }
      let known = try await store.choices(referenced, limit: RecordForm.selectLimit + 1, in: scope)
      if known.count <= RecordForm.selectLimit { choices[other] = known }
    }
    for field in kind.references {
      if let other = field.referenced, let id = values[field.key], id != Unknown.value, !id.isEmpty {
        ids[other, default: []].append(id)
      }
    }
    let titles = try await store.titles(ids, in: scope)
    return RecordFormPage(
      form: RecordForm(
        kind: kind,
        dates: request.dates,
        values: values,
        choices: choices,
        titles: titles,
        problems: problems
      ),
      record: record,
      version: version ?? record?.version ?? 0,
      conflict: conflict,
      reason: reason,
      request: request
    ).response
  }
}

/// A record that is not there, or not for this reader, is a page that is not there.
package func found<T>(_ body: () async throws -> T) async throws -> T {
  do {
    return try await body()
  } catch RecordError.notFound {
    throw WebError.notFound()
  } catch KeptError.notFound {
    throw WebError.notFound()
  }
}
