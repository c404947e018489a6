import Design
import HTML
import Intake
import Nouns
import Tabular
import Text
import Web

/// `/ledger/import`: hand in a file, see what it would do, settle the columns, commit.
struct ImportRoutes: Sendable {
  let imports: RecordImport
  let drafts: ImportDraftStore
  /// Orders a job: its kind, payload, title, scope → job id.
  let order: @Sendable (String, String, Localized, Scope<ImportLedger>) async throws -> String
  /// Whether a job waits or runs.
  let isUnderWay: @Sendable (String, Scope<ImportLedger>) async throws -> Bool

  private var catalogue: RecordCatalogue { imports.records.catalogue }

  var routes: [Route] {
    [
      .get("/ledger/import", ImportLedger.self, form),
      .post("/ledger/import", ImportLedger.self, upload).accepting(bytes: Route.fileBody),
      .get("/ledger/import/:draft", ImportLedger.self, preview),
      .post("/ledger/import/:draft/read", ImportLedger.self, read),
      .post("/ledger/import/:draft/mapping", ImportLedger.self, settle),
      .post("/ledger/import/:draft/decide", ImportLedger.self, decide),
      .post("/ledger/import/:draft/commit", ImportLedger.self, commit).within(.seconds(120)),
      .post("/ledger/import/:draft/discard", ImportLedger.self, discard),
      .get("/ledger/import/:draft/problems", ImportLedger.self, problems),
      .get("/ledger/import/:draft/errors", ImportLedger.self, errors),
    ]
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    ImportFormPage(
      kinds: catalogue.importKinds,
      kind: catalogue.importKind(request.query.text("kind")),
      problem: nil,
      request: request,
      open: try await drafts.open(limit: 10, in: scope)
    ).response
  }

  @Sendable func upload(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let form = try request.form()
    let kind = catalogue.importKind(form.text("kind"))
    guard let kind else {
      return ImportFormPage(
        kinds: catalogue.importKinds,
        kind: nil,
        problem: FieldError(
          "kind",
          Localized(ja: "台帳の種類を選んでください。", en: "Choose the kind of ledger.")[request.language]
        ),
        request: request
      ).response
    }
    guard let file = form.file("file") else {
      return ImportFormPage(
        kinds: catalogue.importKinds,
        kind: kind,
        problem: FieldError("file", Localized(ja: "ファイルを選んでください。", en: "Choose a file.")[request.language]),
        request: request
      ).response
    }
    let source = ImportSource(kind: kind, name: file.name, bytes: file.bytes)
    let id = try await drafts.add(source, in: scope)
    return try await open(id, source, request, scope)
  }

  /// A small file is read when its page is looked at, a large one by a job.
  private func open(
    _ id: String,
    _ source: ImportSource,
    _ request: WebRequest,
    _ scope: Scope<ImportLedger>
  ) async throws -> WebResponse {
    guard let job = try await begin(id, source, language: request.language, scope) else {
      return .redirect(to: "\(RecordPath.imports)/\(id)")
    }
    return .redirect(to: "/jobs/\(job)")
  }

  /// Orders the job that reads a large file; nil for a small one, which is read as it is looked at.
  @discardableResult
  func begin(
    _ id: String,
    _ source: ImportSource,
    language: Language,
    _ scope: Scope<ImportLedger>
  ) async throws -> String? {
    guard source.isLarge else { return nil }
    let mark = try await drafts.beginReading(id, in: scope)
    let payload = ImportReadJob.Order(draft: id, mark: mark, language: language).text
    let title = Localized(ja: "「\(source.name)」の確認", en: "Checking “\(source.name)”")
    let job = try await order(ImportReadJob.name, payload, title, scope)
    try await drafts.note(job: job, of: id, in: scope)
    return job
  }

  private func draft(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> ImportDraftStore.Draft {
    guard let draft = try await drafts.find(request["draft"], in: scope) else { throw WebError.notFound() }
    return draft
  }

  @Sendable func preview(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    if let set = draft.committed {
      return .redirect(to: set.isEmpty ? RecordPath.imports : "\(RecordPath.changes)/\(set)")
    }
    if let job = try await jobUnderWay(draft, scope) { return .redirect(to: job) }
    guard draft.source.isLarge else {
      do {
        // The page shows every open row, decided or not.
        var source = draft.source
        source.decisions = RowDecisions()
        return page(draft, try await imports.preview(source, in: scope).digest, request)
      } catch let error as TabularError {
        return UnreadableFilePage(draft: draft, reason: Localized(error), request: request).response
      }
    }
    switch draft.reading {
    case .digest(let digest): return page(draft, digest, request)
    case .failed(let reason): return UnreadableFilePage(draft: draft, reason: reason, request: request).response
    case nil: return UnreadFilePage(draft: draft, request: request).response
    }
  }

  private func page(_ draft: ImportDraftStore.Draft, _ digest: ImportDigest, _ request: WebRequest) -> WebResponse {
    ImportPreviewPage(
      draft: draft.id,
      kind: draft.source.kind,
      catalogue: catalogue,
      digest: digest,
      decisions: draft.source.decisions,
      request: request
    ).response
  }

  /// The page of the job that reads the file or takes it in, while it does.
  private func jobUnderWay(
    _ draft: ImportDraftStore.Draft,
    _ scope: Scope<ImportLedger>
  ) async throws -> String? {
    guard let job = draft.job, try await isUnderWay(job, scope) else { return nil }
    return "/jobs/\(job)"
  }

  /// Reads a large file once more, after its job was stopped.
  @Sendable func read(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    if let job = try await jobUnderWay(draft, scope) { return .redirect(to: job) }
    return try await open(draft.id, draft.source, request, scope)
  }

  /// What the person says of columns, encoding and separator.
  @Sendable func settle(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    let form = try request.form()
    var source = draft.source
    if let kind = catalogue.importKind(form.text("kind")) { source.kind = kind }
    source.encoding = TextEncoding.allCases.first { $0.rawValue == form.text("encoding") }
    source.separator = UInt8(form.text("separator")).flatMap(Separator.init(rawValue:))
    let headers = form.all("header")
    let fields = form.all("field")
    if !headers.isEmpty, headers.count == fields.count {
      var mapping = source.mapping ?? [:]
      for (header, field) in zip(headers, fields) { mapping[header] = .some(field.isEmpty ? nil : field) }
      source.mapping = mapping
    }
    try await drafts.update(draft.id, source, in: scope)
    return try await open(draft.id, source, request, scope)
  }

  /// What the person says of rows that only a person can decide on.
  @Sendable func decide(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    try await drafts.decide(draft.id, Self.decisions(try request.form()), in: scope)
    return .redirect(
      to: "\(RecordPath.imports)/\(draft.id)",
      flash: .done(Localized(ja: "選んだ扱いを保存しました。まだ取り込んでいません。", en: "Your choices are kept. Nothing is imported yet."))
    )
  }

  private static func decisions(_ form: WebForm) -> RowDecisions {
    var decisions = RowDecisions(rest: RowDecisions.Rest(rawValue: form.text("rest")))
    for text in form.all("place") {
      if let place = RowPlace(text: text), let decision = RowDecision(text: form.text("row \(text)")) {
        decisions.rows[place] = decision
      }
    }
    return decisions
  }

  @Sendable func commit(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    if let set = draft.committed {
      return .redirect(to: set.isEmpty ? RecordPath.imports : "\(RecordPath.changes)/\(set)")
    }
    // Pressed twice: the work is under way.
    if let job = try await jobUnderWay(draft, scope) { return .redirect(to: job) }
    var source = draft.source
    let form = try request.form()
    // The button stands in the form of the open rows, too: what is chosen there counts without being saved first.
    if form.contains("place") {
      source.decisions = Self.decisions(form)
      try await drafts.decide(draft.id, source.decisions, in: scope)
    }
    if source.isLarge { return try await commitLater(draft, scope) }
    let report: ImportReport
    do {
      let preview = try await imports.preview(source, in: scope)
      if preview.rowCount > ImportJob.threshold { return try await commitLater(draft, scope) }
      report = try await imports.commit(preview, in: scope)
    } catch let error as TabularError {
      return UnreadableFilePage(draft: draft, reason: Localized(error), request: request).response
    }
    try await drafts.commit(draft.id, set: report.set ?? "", in: scope)
    return .redirect(to: draft.source.kind.path, flash: Self.flash(report, draft.source.name))
  }

  private func commitLater(
    _ draft: ImportDraftStore.Draft,
    _ scope: Scope<ImportLedger>
  ) async throws -> WebResponse {
    .redirect(to: "/jobs/\(try await orderImport(draft, scope))")
  }

  /// Orders the job that takes a file in.
  func orderImport(_ draft: ImportDraftStore.Draft, _ scope: Scope<ImportLedger>) async throws -> String {
    let title = Localized(
      ja: "\(draft.source.kind.label.ja)の取り込み「\(draft.source.name)」",
      en: "Import of \(draft.source.kind.label.en.lowercased()) “\(draft.source.name)”"
    )
    let job = try await order(ImportJob.name, draft.id, title, scope)
    try await drafts.note(job: job, of: draft.id, in: scope)
    return job
  }

  static func flash(_ report: ImportReport, _ name: String) -> Flash {
    Flash(
      report.conflicting + report.refused == 0 ? .done : .notice,
      report.sentence(name),
      action: report.set.map { ChangeRoutes.undoAction($0) }
    )
  }

  @Sendable func discard(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    try await drafts.discard(request["draft"], in: scope)
    return .redirect(
      to: RecordPath.imports,
      flash: .done(Localized(ja: "取り込みをやめました。何も変わっていません。", en: "Nothing was imported."))
    )
  }

  /// The problems as a table of their own.
  @Sendable func problems(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    let subject = Localized(ja: "取り込みの問題", en: "Import problems")[request.language]
    if draft.source.isLarge {
      let bytes = try await drafts.product(.problems, of: draft.id, in: scope)
      return try file(bytes, subject, request)
    }
    let sheet = try await imports.preview(draft.source, in: scope).problemSheet(request.language)
    return try file(try SheetWriter.workbook([sheet], .init(createdAt: request.now)), subject, request)
  }

  /// The rows to mend in the user's own layout, to be mended and handed in again.
  @Sendable func errors(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    let name = draft.source.name.split(separator: ".").first.map(String.init) ?? draft.source.name
    let subject = Localized(ja: "\(name)_直す行", en: "\(name)_rows_to_mend")[request.language]
    if draft.source.isLarge {
      return try file(try await drafts.product(.errors, of: draft.id, in: scope), subject, request)
    }
    let preview = try await imports.preview(draft.source, in: scope)
    return try file(try preview.errorFile(request.language, .init(createdAt: request.now)), subject, request)
  }

  private func file(_ bytes: [UInt8]?, _ subject: String, _ request: WebRequest) throws -> WebResponse {
    guard let bytes else { throw WebError.notFound() }
    return .file(
      bytes,
      name: SheetWriter.fileName(subject, at: request.now, ending: "xlsx"),
      type: ExportRoutes.workbookType
    )
  }
}

extension Localized {
  init(_ error: TabularError) { self.init(ja: error.message(.ja), en: error.message(.en)) }
}
