import Design
import HTML
import Nouns
import Text
import Web

/// `/ledger/:kind/bulk`: the same change, or the same end, for every record that was ticked or that a list finds; and the way
/// to merging those that are one thing.
struct BulkRoutes: Sendable {
  let store: RecordStore

  var routes: [Route] {
    [
      .post("/ledger/:kind/bulk", EditLedger.self, choose),
      .post("/ledger/:kind/bulk/apply", EditLedger.self, apply),
    ]
  }

  /// What a list posted: rows, or everything its query finds.
  private func selection(_ form: WebForm, _ kind: Kind) throws -> Selection {
    guard form.text("all") == "1" else { return .ids(form.all("row")) }
    var query = RecordRoutes.query(try Fields(query: form.text("query")).fields.map { ($0.name, $0.value) }, kind)
    query.offset = 0
    return .query(query)
  }

  private func selected(
    _ selection: Selection,
    _ kind: Kind,
    _ scope: Scope<ReadLedger>,
    limit: Int = RecordStore.largestBulk
  ) async throws -> [Record] {
    switch selection {
    case .ids(let ids): try await store.find(kind, ids: ids, in: scope)
    case .query(let query): try await store.all(kind, query, limit: limit, in: scope).records
    }
  }

  @Sendable func choose(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    let form = try request.form()
    if form.text("action") == "merge" { return try await merging(kind, form, scope) }
    return try await page(kind, form, problems: [], request: request, in: scope)
  }

  /// Side by side, where there are as many as can be compared.
  private func merging(_ kind: Kind, _ form: WebForm, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    // One more than can be compared tells that there are too many.
    let records = try await selected(try selection(form, kind), kind, scope.reading, limit: MergeOrder.most + 1)
    guard (2...MergeOrder.most).contains(records.count) else {
      return .redirect(
        to: try back(form, kind),
        flash: Flash(
          .problem,
          Localized(
            ja: "統合する記録を2件から\(MergeOrder.most)件選んで、もう一度押してください。",
            en: "Choose 2 to \(MergeOrder.most) records that are one thing, then press again."
          )
        )
      )
    }
    return .redirect(to: RecordPath.merge(kind.key, records.map(\.id)))
  }

  private func page(
    _ kind: Kind,
    _ form: WebForm,
    problems: [FieldProblem],
    request: WebRequest,
    in scope: Scope<EditLedger>
  ) async throws -> WebResponse {
    let records = try await selected(try selection(form, kind), kind, scope.reading)
    let back = try back(form, kind)
    guard !records.isEmpty else {
      return .redirect(
        to: back,
        flash: Flash(
          .problem,
          Localized(ja: "行を選んでから、もう一度押してください。", en: "Choose rows first, then press again.")
        )
      )
    }
    var choices: [String: [(id: String, title: String)]] = [:]
    for other in Set(kind.references.compactMap(\.referenced)) {
      guard let referenced = store.catalogue.kind(other) else { continue }
      let known = try await store.choices(referenced, limit: RecordForm.selectLimit + 1, in: scope.reading)
      if known.count <= RecordForm.selectLimit { choices[other] = known }
    }
    return BulkPage(
      kind: kind,
      records: records,
      isArchive: form.text("action") == "archive",
      form: form,
      choices: choices,
      back: back,
      problems: problems,
      request: request
    ).response
  }

  private func back(_ form: WebForm, _ kind: Kind) throws -> String {
    let pairs = try Fields(query: form.text("query")).fields.map { ($0.name, $0.value) }
    return Address(RecordPath.list(kind.key), pairs).text
  }

  @Sendable func apply(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordRoutes.kind(request, store.catalogue)
    let form = try request.form()
    let selection = try selection(form, kind)
    let reason = form.text("reason")
    let back = try back(form, kind)
    if form.text("action") == "archive" {
      guard !reason.isEmpty else {
        let problem = FieldProblem(
          field: "reason",
          value: "",
          reason: Localized(ja: "廃止の理由を入力してください。", en: "Say why they are retired.")
        )
        return try await page(kind, form, problems: [problem], request: request, in: scope)
      }
      let outcome = try await store.archive(kind, selection, reason: reason, in: scope)
      return done(outcome, back, ja: "\(outcome.changed)件を廃止しました。", en: "\(outcome.changed) retired.")
    }
    guard let field = kind[field: form.text("field")] else {
      let problem = FieldProblem(
        field: "field",
        value: "",
        reason: Localized(ja: "変更する項目を選んでください。", en: "Choose the field to change.")
      )
      return try await page(kind, form, problems: [problem], request: request, in: scope)
    }
    var value = form.text("value")
    if let other = field.referenced.flatMap(store.catalogue.kind), !value.isEmpty {
      switch try await ReferenceEntry.resolve(value, other, store: store, in: scope.reading) {
      case .success(let id): value = id
      case .failure(let unclear):
        let problem = FieldProblem(field: "value", value: value, reason: unclear.text)
        return try await page(kind, form, problems: [problem], request: request, in: scope)
      }
    }
    do {
      let outcome = try await store.bulkChange(
        kind,
        selection,
        [field.key: value],
        reason: reason.isEmpty ? nil : reason,
        in: scope
      )
      return done(outcome, back, ja: "\(outcome.changed)件を変更しました。", en: "\(outcome.changed) changed.")
    } catch RecordError.invalid(let problems) {
      let problem = FieldProblem(
        field: "value",
        value: value,
        reason: problems.first?.reason ?? RecordError.invalid([]).message
      )
      return try await page(kind, form, problems: [problem], request: request, in: scope)
    }
  }

  private func done(_ outcome: BulkOutcome, _ back: String, ja: String, en: String) -> WebResponse {
    .redirect(
      to: back,
      flash: .done(Localized(ja: ja, en: en), action: outcome.set.map { ChangeRoutes.undoAction($0) })
    )
  }
}

/// 一括変更 and 一括廃止: which records, what, and why, before it is done.
struct BulkPage {
  let kind: Kind
  let records: [Record]
  let isArchive: Bool
  let form: WebForm
  let choices: [String: [(id: String, title: String)]]
  let back: String
  let problems: [FieldProblem]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let title = isArchive ? say("一括廃止", "Retire several") : say("一括変更", "Change several")
    let lead = say(
      isArchive
        ? "以下の\(records.count)件を廃止して一覧から外します。7日間は元に戻せます。" : "以下の\(records.count)件の同じ項目を、同じ値にします。7日間は元に戻せます。",
      isArchive
        ? "These \(records.count) are retired and leave the lists. It can be undone for seven days."
        : "The same field of these \(records.count) gets the same value. It can be undone for seven days."
    )
    var frame = FormFrame(
      action: RecordPath.list(kind.key) + "/bulk/apply",
      csrf: request.csrf,
      fields: fields,
      more: hidden,
      buttons: Button.submit(
        isArchive ? say("廃止する", "Retire") : say("変更する", "Change"),
        look: isArchive ? .danger : .primary
      )
        + Button.link(say("キャンセル", "Cancel"), back, look: .text)
    )
    frame.id = "bulk-form"
    let names = records.prefix(50).map { "<li>\($0.title(request.language))</li>" as HTML }
    let rest: HTML? =
      records.count > 50
      ? "<p class=\"note\">\(say("ほか\(records.count - 50)件", "and \(records.count - 50) more"))</p>" : nil
    return .page(
      Page(
        title,
        lead: HTML(text: lead),
        crumbs: [
          Crumb(kind.traits.home.label[language], kind.traits.home.path),
          Crumb(kind.plural[language], RecordPath.list(kind.key)),
        ],
        errors: fields.errors,
        main: """
          \(frame.html(language))<h2>\(say("対象", "Records"))<span class="sub">\(records.count)\(say("件", ""))</span></h2>\
          <ul class="log">\(names)</ul>\(rest)
          """
      ),
      current: "ledger." + kind.key
    )
  }

  private var fields: [FormField] {
    let why = FormField.text(
      "reason",
      say(isArchive ? "廃止の理由" : "変更の理由", "Why"),
      value: form.text("reason"),
      required: isArchive,
      error: problem("reason")
    )
    if isArchive { return [why] }
    let fieldChoices =
      [Design.Choice("", say("選んでください", "Choose"))] + kind.fields.map { Design.Choice($0.key, $0.label[language]) }
    let examples = kind.fields.filter { !$0.choices.isEmpty }.prefix(3).map { field in
      "\(field.label[language]): \(field.choices.prefix(4).map { $0.label[language] }.joined(separator: "・"))"
    }.joined(separator: " ／ ")
    return [
      .select(
        "field",
        say("変更する項目", "Field"),
        fieldChoices,
        chosen: form.text("field"),
        required: true,
        error: problem("field")
      ),
      .text(
        "value",
        say("新しい値", "New value"),
        value: form.text("value"),
        support: say(
          "空欄にすると消します。わからないときは「不明」と入力します。例 — \(examples)",
          "Empty erases; “?” is unknown. For example — \(examples)"
        ),
        error: problem("value")
      ), why,
    ]
  }

  private func problem(_ field: String) -> String? { problems.first { $0.field == field }?.reason[language] }

  private var hidden: HTML {
    let all = form.text("all")
    let rows: [HTML] = all == "1" ? [] : form.all("row").map { "<input type=\"hidden\" name=\"row\" value=\"\($0)\">" }
    return """
      <input type="hidden" name="query" value="\(form.text("query"))"><input type="hidden" name="all" value="\(all)">\
      <input type="hidden" name="action" value="\(form.text("action"))">\(rows)
      """
  }
}
