import Nouns
import Text
import Web

/// Many records at once for programs: the grid, bulk changes, retiring, merging, exports.
struct BulkAPI: Sendable {
  let store: RecordStore
  let exports: RecordExport

  private static let selection: [Schema.Member] = [
    .maybe("ids", .list(.id, upTo: RecordStore.largestBulk), Localized(ja: "記録の番号", en: "The records by id")),
    .maybe(
      "query",
      .object([
        .maybe("q", .text(upTo: 200)), .maybe("filter", .list(.text(upTo: 300, from: 2), upTo: 50)),
        .maybe("archived", .choice(ListQuery.Archived.allCases.map(\.rawValue))),
      ]),
      Localized(ja: "または、一覧と同じ絞り込み", en: "Or what a list finds")
    ),
  ]

  private static let outcome: [EndpointAnswer] = [
    .json(.named("BulkOutcome"), Localized(ja: "結果", en: "What was done"))
  ]

  var routes: [Route] {
    [
      .api(
        .patch,
        "/records/:kind",
        EditLedger.self,
        Endpoint(
          "changeRecords",
          RecordAPI.group,
          Localized(ja: "記録ごとに違う変更（表での編集）", en: "Change several records, each its own way, all or nothing"),
          parameters: [RecordAPI.kinds(store.catalogue)],
          body: .json(
            .object([
              .always(
                "edits",
                .list(
                  .object([.always("id", .id), .always("version", .integer(1...Int(Int32.max))), RecordAPI.values]),
                  upTo: 2_000
                )
              ), .maybe("reason", .optional(.text(upTo: 500))),
            ])
          ),
          answers: Self.outcome,
          problems: [409]
        ),
        edit
      ),
      .api(
        .post,
        "/bulk-changes/:kind",
        EditLedger.self,
        Endpoint(
          "changeAlike",
          RecordAPI.group,
          Localized(ja: "同じ変更・廃止をまとめて", en: "The same change for many records, or take them off the lists"),
          detail: Localized(ja: "idsかqueryのどちらか1つを指定します。", en: "Say either ids or query."),
          parameters: [RecordAPI.kinds(store.catalogue)],
          body: .json(
            .object(
              Self.selection + [
                .always("action", .choice(["change", "retire", "restore"])),
                .maybe("values", .map(.optional(.text(upTo: 20_000)))), .maybe("reason", .optional(.text(upTo: 500))),
              ]
            )
          ),
          answers: Self.outcome,
          problems: [409]
        ),
        bulk
      ).within(.seconds(120)),
      .api(
        .post,
        "/merges/:kind",
        EditLedger.self,
        Endpoint(
          "mergeRecords",
          RecordAPI.group,
          Localized(ja: "重複した記録の統合", en: "Make one of several records of one thing"),
          parameters: [RecordAPI.kinds(store.catalogue)],
          body: .json(
            .object([
              .always("keep", .id, Localized(ja: "残す記録", en: "The record that stays")),
              .always(
                "records",
                .list(
                  .object([.always("id", .id), .always("version", .integer(1...Int(Int32.max)))]),
                  upTo: MergeOrder.most
                )
              ),
              .maybe(
                "values",
                .map(.id),
                Localized(ja: "項目ごとに、値を残す記録の番号", en: "By field, the record whose value stays")
              ),
              .maybe("reason", .optional(.text(upTo: 500))),
            ])
          ),
          answers: Self.outcome,
          problems: [409]
        ),
        merge
      ),
      .api(
        .get,
        "/exports/:kind",
        ImportLedger.self,
        Endpoint(
          "exportRecords",
          RecordAPI.group,
          Localized(ja: "ファイルへの書き出し", en: "Records as a file that can come back"),
          parameters: [RecordAPI.kinds(store.catalogue)] + RecordAPI.filters + [
            .query(
              "format",
              .choice(RecordExport.Format.allCases.map(\.rawValue)),
              Localized(ja: "形式。指定しなければxlsx", en: "The format, xlsx unless told otherwise")
            )
          ],
          answers: [
            .file([ExportRoutes.workbookType, "text/csv", "application/json"], Localized(ja: "ファイル", en: "The file"))
          ],
          problems: [422]
        ),
        export
      ).within(.seconds(120)),
    ]
  }

  @Sendable private func edit(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let edits = (call.json["edits"]?.array ?? []).map { edit in
      RecordEdit(
        id: edit["id"]?.text ?? "",
        expectedVersion: edit["version"]?.integer,
        changes: edit["values"]?.texts ?? [:]
      )
    }
    guard Set(edits.map(\.id)).count == edits.count else { throw Self.twice(call) }
    let kind = try RecordAPI.kind(call, store.catalogue)
    let outcome = try await RecordError.told(call) {
      try await store.change(kind, edits, reason: call.json["reason"]?.text, in: scope)
    }
    return RecordJSON.answer(outcome, call)
  }

  private static func twice(_ call: APICall) -> WebError {
    .invalid(
      [(pointer: "/edits", reason: Localized(ja: "同じ記録が2回出てきます。", en: "One record stands twice."))],
      call.language
    )
  }

  private func selection(_ call: APICall, _ kind: Kind) throws -> Selection {
    let (ids, query) = (call.json["ids"]?.array, call.json["query"]?.object)
    switch (ids, query) {
    case (let ids?, nil): return .ids(ids.compactMap(\.text))
    case (nil, let asked?):
      var query = ListQuery(search: asked["q"]?.text ?? "")
      query.archived = asked["archived"]?.text.flatMap(ListQuery.Archived.init) ?? .without
      for text in (asked["filter"]?.array ?? []).compactMap(\.text) {
        guard let colon = text.firstIndex(of: ":"), kind[field: String(text[..<colon])] != nil else {
          throw wrong(
            call,
            "/query/filter",
            ja: "「項目:値」の形で、ある項目を指定してください。",
            en: "Use field:value with a field of the kind."
          )
        }
        query.filters[String(text[..<colon]), default: []]
          .append(ListQuery.Filter(text: String(text[text.index(after: colon)...])))
      }
      return .query(query)
    default: throw wrong(call, "/ids", ja: "idsかqueryのどちらか1つを指定してください。", en: "Say either ids or query.")
    }
  }

  private func wrong(_ call: APICall, _ pointer: String, ja: String, en: String) -> WebError {
    .invalid([(pointer: pointer, reason: Localized(ja: ja, en: en))], call.language)
  }

  @Sendable private func bulk(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordAPI.kind(call, store.catalogue)
    let selection = try selection(call, kind)
    let reason = call.json["reason"]?.text ?? ""
    let action = call.json["action"]?.text
    if action != "change", reason.isEmpty {
      throw wrong(call, "/reason", ja: "理由を入力してください。", en: "Say why.")
    }
    let values = call.json["values"]?.texts ?? [:]
    if action == "change", values.isEmpty {
      throw wrong(call, "/values", ja: "変更する項目を指定してください。", en: "Say what to change.")
    }
    let outcome = try await RecordError.told(call) {
      switch action {
      case "retire": try await store.archive(kind, selection, reason: reason, in: scope)
      case "restore": try await store.restore(kind, selection, reason: reason, in: scope)
      default: try await store.bulkChange(kind, selection, values, reason: reason.isEmpty ? nil : reason, in: scope)
      }
    }
    return RecordJSON.answer(outcome, call)
  }

  @Sendable private func merge(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try RecordAPI.kind(call, store.catalogue)
    let keep = call.json["keep"]?.text ?? ""
    var versions: [String: Int] = [:]
    for record in call.json["records"]?.array ?? [] {
      if let id = record["id"]?.text, let version = record["version"]?.integer { versions[id] = version }
    }
    guard versions.count > 1, versions[keep] != nil else {
      throw wrong(
        call,
        "/records",
        ja: "keepを含む2件以上を指定してください。",
        en: "Name two records or more, the one to keep among them."
      )
    }
    let order = MergeOrder(
      kept: keep,
      others: versions.keys.sorted(),
      versions: versions,
      values: call.json["values"]?.texts ?? [:]
    )
    let outcome = try await RecordError.told(call) {
      try await store.merge(kind, order, reason: call.json["reason"]?.text, in: scope)
    }
    return RecordJSON.answer(outcome, call)
  }

  @Sendable private func export(_ call: APICall, _ scope: Scope<ImportLedger>) async throws -> WebResponse {
    let kind = try RecordAPI.kind(call, store.catalogue)
    let format = call.query("format").flatMap(RecordExport.Format.init) ?? .xlsx
    let file = try await exports.file(kind, try RecordAPI.query(call, kind), as: format, in: scope.reading)
    return .file(file.bytes, name: file.name, type: file.type)
  }
}
