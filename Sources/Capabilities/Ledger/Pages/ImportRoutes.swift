import Design
import HTML
import Intake
import Nouns
import Tabular
import Text
import Web

/// `/ledger/import`: hand in a file, see what it would do, settle the columns, commit.
struct ImportRoutes: Sendable {
  let imports: LedgerImport
  let drafts: ImportDraftStore
  /// Orders a job: draft, title, scope → job id.
  let order: @Sendable (String, Localized, Scope<ImportLedger>) async throws -> String

  var routes: [Route] {
    [
      .get("/ledger/import", ImportLedger.self, form),
      .post("/ledger/import", ImportLedger.self, upload).accepting(bytes: Route.fileBody),
      .get("/ledger/import/:draft", ImportLedger.self, preview).within(.seconds(120)),
      .post("/ledger/import/:draft/mapping", ImportLedger.self, settle),
      .post("/ledger/import/:draft/commit", ImportLedger.self, commit).within(.seconds(300)),
      .post("/ledger/import/:draft/discard", ImportLedger.self, discard),
      .get("/ledger/import/:draft/problems", ImportLedger.self, problems).within(.seconds(120)),
    ]
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    ImportFormPage(kind: ImportKind(key: request.query.text("kind")), problem: nil, request: request).response
  }

  @Sendable func upload(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let form = try request.form()
    let kind = ImportKind(key: form.text("kind"))
    guard let kind else {
      return ImportFormPage(
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
        kind: kind,
        problem: FieldError("file", Localized(ja: "ファイルを選んでください。", en: "Choose a file.")[request.language]),
        request: request
      ).response
    }
    let source = ImportSource(kind: kind, name: file.name, bytes: file.bytes)
    let id = try await drafts.add(source, in: scope)
    return .redirect(to: "\(LedgerPath.imports)/\(id)")
  }

  private func draft(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> ImportDraftStore.Draft {
    guard let draft = try await drafts.find(request["draft"], in: scope) else { throw WebError.notFound() }
    return draft
  }

  @Sendable func preview(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    if let set = draft.committed {
      return .redirect(to: set.isEmpty ? LedgerPath.imports : "\(LedgerPath.changes)/\(set)")
    }
    do {
      let preview = try await imports.preview(draft.source, in: scope)
      return ImportPreviewPage(draft: draft.id, preview: preview, request: request).response
    } catch let error as TabularError {
      return UnreadableFilePage(draft: draft, error: error, request: request).response
    }
  }

  /// What the person says of columns, encoding and separator.
  @Sendable func settle(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    let form = try request.form()
    var source = draft.source
    if let kind = ImportKind(key: form.text("kind")) { source.kind = kind }
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
    return .redirect(to: "\(LedgerPath.imports)/\(draft.id)")
  }

  @Sendable func commit(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    if let set = draft.committed {
      return .redirect(to: set.isEmpty ? LedgerPath.imports : "\(LedgerPath.changes)/\(set)")
    }
    let preview: ImportPreview
    let report: ImportReport
    do {
      preview = try await imports.preview(draft.source, in: scope)
      if preview.rowCount > ImportJob.threshold {
        let title = Localized(
          ja: "\(draft.source.kind.label.ja)の取り込み「\(draft.source.name)」",
          en: "Import of \(draft.source.kind.label.en.lowercased()) “\(draft.source.name)”"
        )
        return .redirect(to: "/jobs/\(try await order(draft.id, title, scope))")
      }
      report = try await imports.commit(preview, in: scope)
    } catch let error as TabularError {
      return UnreadableFilePage(draft: draft, error: error, request: request).response
    }
    try await drafts.commit(draft.id, set: report.set ?? "", in: scope)
    return .redirect(to: Self.after(draft.source.kind), flash: Self.flash(report, draft.source.name))
  }

  static func after(_ kind: ImportKind) -> String {
    switch kind {
    case .connections: "/ledger/connection/worries"
    case .inventory, .nmap, .dhcp, .arp: LedgerPath.unlisted
    default: kind.kind.map { LedgerPath.list($0.key) } ?? "/ledger"
    }
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
      to: LedgerPath.imports,
      flash: .done(Localized(ja: "取り込みをやめました。何も変わっていません。", en: "Nothing was imported."))
    )
  }

  /// The problems as a table of their own, for whoever mends the file.
  @Sendable func problems(_ request: WebRequest, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(request, scope)
    let preview = try await imports.preview(draft.source, in: scope)
    let language = request.language
    let heads = [
      Localized(ja: "シート", en: "Sheet"), Localized(ja: "行", en: "Row"), Localized(ja: "列", en: "Column"),
      Localized(ja: "値", en: "Value"), Localized(ja: "エラー内容", en: "Reason"),
    ].map { ColumnDraft($0[language]) }
    let sheet = SheetDraft(
      title: Localized(ja: "取り込みの問題", en: "Import problems")[language],
      columns: heads,
      rows: preview.problems.map { problem in
        [
          .text(problem.sheet), .number(Double(problem.row), text: String(problem.row)), .text(problem.column ?? ""),
          .text(problem.value ?? ""), .text(problem.reason[language]),
        ]
      }
    )
    let bytes = try SheetWriter.workbook([sheet], .init(createdAt: request.now))
    return .file(
      bytes,
      name: SheetWriter.fileName(sheet.title, at: request.now, ending: "xlsx"),
      type: ExportRoutes.workbookType
    )
  }
}
