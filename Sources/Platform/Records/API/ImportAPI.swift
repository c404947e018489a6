import Intake
import Nouns
import Tabular
import Text
import Time
import Web

/// `/api/v1/imports`: hand in a file, see what it would do, settle columns and open rows, take it in. The same drafts as on
/// the page, so that a person can go on with what a program began.
struct ImportAPI: Sendable {
  let pages: ImportRoutes

  private var imports: RecordImport { pages.imports }
  private var drafts: ImportDraftStore { pages.drafts }
  private var catalogue: RecordCatalogue { imports.records.catalogue }
  private var kinds: [String] { catalogue.importKinds.map(\.name) }

  private static let group = EndpointGroup("imports", Localized(ja: "取り込み", en: "Imports: upload, dry run, commit"))
  private static let id = EndpointParameter.path("draft", .id, Localized(ja: "取り込みの番号", en: "The import's id"))
  private static let files = [
    "application/octet-stream", "text/csv", "text/plain", "application/xml", "text/xml", ExportRoutes.workbookType,
  ]
  private static let one: EndpointAnswer = .json(
    .named("Import"),
    Localized(ja: "取り込みの状態", en: "How the import stands")
  )

  var schemas: [String: Schema] {
    Self.fixedSchemas.merging(["Import": state]) { first, _ in first }
  }

  private var state: Schema {
    .object([
      .always("id", .id), .always("kind", .choice(kinds)), .always("name", .text), .always("createdAt", .instant),
      .always(
        "state",
        .choice(["preview", "reading", "unread", "unreadable", "imported"]),
        Localized(
          ja: "preview＝確認できる、reading＝ジョブが読んでいる、unread＝まだ読んでいない、unreadable＝読めない、imported＝取り込み済み",
          en: "preview: can be looked at; reading: a job reads it; unread: not read yet; unreadable; imported"
        )
      ),
      .always("job", .optional(.text)), .always("changeSet", .optional(.text)), .always("problem", .optional(.text)),
      .always("preview", .optional(.named("Preview"))),
    ])
  }

  private static let fixedSchemas: [String: Schema] = [
    "Preview": .object([
      .always(
        "counts",
        .object([
          .always("new", .count), .always("changed", .count), .always("same", .count), .always("conflicting", .count),
          .always("refused", .count), .always("skipped", .count), .always("seen", .count),
        ])
      ),
      .always(
        "problems",
        .list(
          .object([
            .always("sheet", .text), .always("row", .count), .always("column", .optional(.text)),
            .always("value", .optional(.text)), .always("severity", .choice(["cell", "row", "note"])),
            .always("code", .text), .always("reason", .text),
          ])
        )
      ),
      .always(
        "questions",
        .list(
          .object([
            .always("sheet", .text), .always("row", .count), .always("reason", .text), .always("choices", .list(.text)),
          ])
        ),
        Localized(ja: "人が決める行。decisionsで答えます", en: "Rows only a person can decide on; answer in decisions")
      ),
      .always(
        "columns",
        .list(
          .object([
            .always("header", .text), .always("field", .optional(.text)), .always("suggested", .optional(.text)),
            .always("confidence", .text), .always("reason", .text),
          ])
        )
      ),
    ])
  ]

  private static let report = Schema.object([
    .always("state", .choice(["imported", "job"])), .always("job", .optional(.text)),
    .always("changeSet", .optional(.text)), .always("new", .count), .always("changed", .count), .always("same", .count),
    .always("conflicting", .count), .always("refused", .count), .always("skipped", .count),
  ])

  var routes: [Route] { handing + taking }

  private var handing: [Route] {
    [
      .api(
        .post,
        "/imports",
        ImportLedger.self,
        Endpoint(
          "startImport",
          Self.group,
          Localized(ja: "ファイルを渡す（まだ何も変わりません）", en: "Hand in a file; nothing changes yet"),
          parameters: [
            .query("kind", .choice(kinds), Localized(ja: "何のファイルか", en: "What the file holds"), isRequired: true),
            .query("name", .text(upTo: 200, from: 1), Localized(ja: "ファイル名", en: "The file's name"), isRequired: true),
          ],
          body: .file(Self.files),
          answers: [
            .json(
              .named("Import"),
              Localized(ja: "取り込みの状態", en: "How the import stands"),
              status: 201,
              headers: ["Location"]
            )
          ],
          takesKey: true
        ),
        start
      ),
      .api(
        .get,
        "/imports",
        ImportLedger.self,
        Endpoint(
          "listImports",
          Self.group,
          Localized(ja: "まだ取り込んでいないファイル", en: "Files that wait for a decision"),
          parameters: [.limit, .cursor],
          answers: [
            .json(
              .page(
                of: .object([
                  .always("id", .id), .always("kind", .text), .always("name", .text), .always("createdAt", .instant),
                ]),
                total: true
              ),
              Localized(ja: "ファイル", en: "The files")
            )
          ]
        )
      ) { call, scope in
        try call.page(of: try await drafts.open(limit: 500, in: scope)) { open, writer in
          writer.object { writer in
            writer.member("id", open.id)
            writer.member("kind", open.kind.name)
            writer.member("name", open.name)
            writer.member("createdAt", open.createdAt)
          }
        }
      },
      .api(
        .get,
        "/imports/:draft",
        ImportLedger.self,
        Endpoint(
          "getImport",
          Self.group,
          Localized(ja: "取り込むと何が起きるか", en: "What the import would do"),
          parameters: [Self.id],
          answers: [Self.one]
        )
      ) { call, scope in try await answer(try await draft(call, scope), call, scope) },
      .api(
        .patch,
        "/imports/:draft",
        ImportLedger.self,
        Endpoint(
          "settleImport",
          Self.group,
          Localized(ja: "列・文字コード・行の扱いを決める", en: "Settle columns, encoding and open rows"),
          parameters: [Self.id],
          body: .json(settling),
          answers: [Self.one],
          problems: [409]
        ),
        settle
      ),
    ]
  }

  private var settling: Schema {
    .object([
      .maybe("kind", .choice(kinds)), .maybe("encoding", .optional(.choice(TextEncoding.allCases.map(\.rawValue)))),
      .maybe("separator", .optional(.choice([",", ";", "\t", "|"]))),
      .maybe(
        "mapping",
        .map(.optional(.text(upTo: 100))),
        Localized(ja: "見出しごとの項目。nullで使わない", en: "By header the field; null leaves a column out")
      ),
      .maybe(
        "decisions",
        .list(
          .object([
            .always("sheet", .text(upTo: 200)), .always("row", .integer(1...10_000_000)),
            .always("choice", .text(upTo: 100, from: 1)),
          ]),
          upTo: 10_000
        )
      ),
      .maybe(
        "rest",
        .optional(.choice(RowDecisions.Rest.allCases.map(\.rawValue))),
        Localized(ja: "ほかの開いた行すべて", en: "For all other open rows")
      ),
    ])
  }

  private var taking: [Route] {
    [
      .api(
        .post,
        "/imports/:draft/commit",
        ImportLedger.self,
        Endpoint(
          "commitImport",
          Self.group,
          Localized(ja: "取り込む", en: "Take the file in"),
          detail: Localized(
            ja: "2,000行を超えるものと大きなファイルはジョブになり、202で番号を答えます。2回呼んでも1回だけ取り込みます。",
            en: "More than 2,000 rows and large files become a job: 202 with its id. Called twice it is done once."
          ),
          parameters: [Self.id],
          answers: [
            .json(Self.report, Localized(ja: "結果", en: "What was done")),
            .json(Self.report, Localized(ja: "ジョブになった", en: "A job does it"), status: 202, headers: ["Location"]),
          ],
          problems: [409, 422]
        ),
        commit
      ).within(.seconds(120)),
      .api(
        .delete,
        "/imports/:draft",
        ImportLedger.self,
        Endpoint(
          "discardImport",
          Self.group,
          Localized(ja: "取り込みをやめる", en: "Throw the file away"),
          parameters: [Self.id],
          answers: [.nothing(Localized(ja: "やめた", en: "It is gone"))]
        )
      ) { call, scope in
        try await drafts.discard(try await draft(call, scope).id, in: scope)
        return .noContent
      },
      file("problems", "getImportProblems", Localized(ja: "問題の一覧（ブック）", en: "The problems as a workbook")) {
        draft,
        call,
        scope in
        if draft.source.isLarge { return try await drafts.product(.problems, of: draft.id, in: scope) }
        let sheet = try await preview(draft.source, call, scope).problemSheet(call.language)
        return try SheetWriter.workbook([sheet], .init(createdAt: call.now))
      },
      file("errors", "getImportErrors", Localized(ja: "直す行（元の形のブック）", en: "The rows to mend in the file's own layout"))
      {
        draft,
        call,
        scope in
        if draft.source.isLarge { return try await drafts.product(.errors, of: draft.id, in: scope) }
        return try await preview(draft.source, call, scope).errorFile(call.language, .init(createdAt: call.now))
      },
    ]
  }

  private func file(
    _ path: String,
    _ name: String,
    _ summary: Localized,
    _ make: @escaping @Sendable (ImportDraftStore.Draft, APICall, Scope<ImportLedger>) async throws -> [UInt8]?
  ) -> Route {
    .api(
      .get,
      "/imports/:draft/\(path)",
      ImportLedger.self,
      Endpoint(
        name,
        Self.group,
        summary,
        parameters: [Self.id],
        answers: [.file([ExportRoutes.workbookType], summary)],
        problems: [422]
      )
    ) { call, scope in
      // The import is there; it has nothing to mend, or its file has no rows.
      guard let bytes = try await make(try await draft(call, scope), call, scope) else {
        let none = Localized(ja: "直す行がありません。", en: "There are no rows to mend.")
        throw WebError.invalid([(pointer: "", reason: none)], call.language)
      }
      return .file(bytes, name: "\(path).xlsx", type: ExportRoutes.workbookType)
    }
  }

  // MARK: Doing

  private func draft(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> ImportDraftStore.Draft {
    guard let draft = try await drafts.find(call["draft"], in: scope) else {
      throw WebError.notFound(Localized(ja: "この取り込み", en: "This import"))
    }
    return draft
  }

  private func preview(
    _ source: ImportSource,
    _ call: APICall,
    _ scope: Scope<ImportLedger>
  ) async throws -> ImportPreview {
    do {
      return try await imports.preview(source, in: scope)
    } catch let error as TabularError {
      throw WebError.invalid([(pointer: "", reason: Localized(error))], call.language)
    }
  }

  @Sendable private func start(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    guard let kind = call.query("kind").flatMap(catalogue.importKind) else { throw WebError.notFound() }
    let source = ImportSource(kind: kind, name: call.query("name") ?? "", bytes: call.request.body)
    let id = try await drafts.add(source, in: scope)
    try await pages.begin(id, source, language: call.language, scope)
    guard let draft = try await drafts.find(id, in: scope) else { throw WebError.notFound() }
    var response = try await answer(draft, call, scope)
    response.status = 201
    response.headers["Location"] = "\(Route.apiRoot)/imports/\(id)"
    return response
  }

  @Sendable private func settle(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(call, scope)
    guard draft.committed == nil else { throw Self.alreadyImported }
    var source = draft.source
    if let kind = call.json["kind"]?.text.flatMap(catalogue.importKind) { source.kind = kind }
    if let encoding = call.json["encoding"] {
      source.encoding = TextEncoding.allCases.first { $0.rawValue == encoding.text }
    }
    if let separator = call.json["separator"] {
      source.separator = separator.text?.utf8.first.flatMap(Separator.init(rawValue:))
    }
    if let given = call.json["mapping"]?.texts {
      var mapping = source.mapping ?? [:]
      for (header, field) in given { mapping[header] = .some(field.isEmpty ? nil : field) }
      source.mapping = mapping
    }
    let isReadAgain = ["kind", "encoding", "separator", "mapping"].contains { call.json[$0] != nil }
    if isReadAgain {
      try await drafts.update(draft.id, source, in: scope)
      try await pages.begin(draft.id, source, language: call.language, scope)
    }
    if call.json["decisions"] != nil || call.json["rest"] != nil {
      try await drafts.decide(draft.id, try decisions(call, draft.source.decisions), in: scope)
    }
    return try await answer(try await self.draft(call, scope), call, scope)
  }

  private func decisions(_ call: APICall, _ known: RowDecisions) throws -> RowDecisions {
    var decisions = known
    if let rest = call.json["rest"] { decisions.rest = rest.text.flatMap(RowDecisions.Rest.init) }
    for (index, said) in (call.json["decisions"]?.array ?? []).enumerated() {
      guard let choice = said["choice"]?.text.flatMap(RowDecision.init(text:)) else {
        let reason = Localized(ja: "choicesのどれかにしてください。", en: "Use one of the choices.")
        throw WebError.invalid([(pointer: "/decisions/\(index)/choice", reason: reason)], call.language)
      }
      decisions.rows[RowPlace(sheet: said["sheet"]?.text ?? "", row: said["row"]?.integer ?? 0)] = choice
    }
    return decisions
  }

  private static let alreadyImported = WebError.conflict(
    Localized(ja: "このファイルはすでに取り込まれています。", en: "This file was already taken in."),
    remedy: Localized(ja: "もう一度取り込むときは、ファイルを渡し直してください。", en: "To take it in once more, hand it in again.")
  )

  @Sendable private func commit(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let draft = try await draft(call, scope)
    if let set = draft.committed { return report(ImportReport(), set.isEmpty ? nil : set, call) }
    if let job = draft.job, try await pages.isUnderWay(job, scope) { return later(job, call) }
    if draft.source.isLarge { return later(try await pages.orderImport(draft, scope), call) }
    let preview = try await preview(draft.source, call, scope)
    if preview.rowCount > ImportJob.threshold { return later(try await pages.orderImport(draft, scope), call) }
    let report = try await RecordError.told(call) { try await imports.commit(preview, in: scope) }
    try await drafts.commit(draft.id, set: report.set ?? "", in: scope)
    return self.report(report, report.set, call)
  }

  private func report(_ report: ImportReport, _ set: String?, _ call: APICall) -> WebResponse {
    call.answer { writer in write(report, "imported", job: nil, set, to: &writer) }
  }

  private func later(_ job: String, _ call: APICall) -> WebResponse {
    call.answer(status: 202, headers: ["Location": "\(Route.apiRoot)/jobs/\(job)"]) { writer in
      write(ImportReport(), "job", job: job, nil, to: &writer)
    }
  }

  private func write(_ report: ImportReport, _ state: String, job: String?, _ set: String?, to writer: inout JSONWriter)
  {
    writer.member("state", state)
    writer.member("job", job)
    writer.member("changeSet", set)
    writer.member("new", report.new)
    writer.member("changed", report.changed)
    writer.member("same", report.same)
    writer.member("conflicting", report.conflicting)
    writer.member("refused", report.refused)
    writer.member("skipped", report.skipped)
  }

  // MARK: State

  private func answer(
    _ draft: ImportDraftStore.Draft,
    _ call: APICall,
    _ scope: Scope<ImportLedger>
  ) async throws -> WebResponse {
    var (state, digest, problem) = ("preview", nil as ImportDigest?, nil as Localized?)
    if draft.committed != nil {
      state = "imported"
    } else if let job = draft.job, try await pages.isUnderWay(job, scope) {
      state = "reading"
    } else if draft.source.isLarge {
      switch draft.reading {
      case .digest(let kept): digest = kept
      case .failed(let reason): (state, problem) = ("unreadable", reason)
      case nil: state = "unread"
      }
    } else {
      var source = draft.source
      source.decisions = RowDecisions()
      do {
        digest = try await imports.preview(source, in: scope).digest
      } catch let error as TabularError {
        (state, problem) = ("unreadable", Localized(error))
      }
    }
    return call.answer { writer in
      writer.member("id", draft.id)
      writer.member("kind", draft.source.kind.name)
      writer.member("name", draft.source.name)
      writer.member("createdAt", draft.createdAt)
      writer.member("state", state)
      writer.member("job", draft.job)
      writer.member("changeSet", draft.committed.flatMap { $0.isEmpty ? nil : $0 })
      writer.member("problem", problem?[call.language])
      if let digest {
        writer.object("preview") { writer in Self.write(digest, call.language, to: &writer) }
      } else {
        writer.member("preview", JSONValue.null)
      }
    }
  }

  private static func write(_ digest: ImportDigest, _ language: Language, to writer: inout JSONWriter) {
    writer.object("counts") { writer in
      let counts = digest.counts
      writer.member("new", counts?.new ?? 0)
      writer.member("changed", counts?.changed ?? 0)
      writer.member("same", counts?.same ?? 0)
      writer.member("conflicting", counts?.conflicting ?? 0)
      writer.member("refused", counts?.refused ?? 0)
      writer.member("skipped", counts?.skipped ?? 0)
      writer.member("seen", digest.seen)
    }
    writer.array("problems") { writer in
      for problem in digest.problems {
        writer.object { writer in
          writer.member("sheet", problem.sheet)
          writer.member("row", problem.row)
          writer.member("column", problem.column)
          writer.member("value", problem.value)
          writer.member("severity", problem.severity.rawValue)
          writer.member("code", problem.code)
          writer.member("reason", problem.reason[language])
        }
      }
    }
    writer.array("questions") { writer in
      for question in digest.questions.shown {
        writer.object { writer in
          writer.member("sheet", question.place.sheet)
          writer.member("row", question.place.row)
          writer.member("reason", question.reason[language])
          writer.member("choices", texts: question.choices)
        }
      }
    }
    writer.array("columns") { writer in
      for column in digest.mappings.flatMap(\.columns) {
        writer.object { writer in
          writer.member("header", column.header)
          writer.member("field", column.field)
          writer.member("suggested", column.suggested)
          writer.member("confidence", column.confidence.rawValue)
          writer.member("reason", column.reason[language])
        }
      }
    }
  }
}
