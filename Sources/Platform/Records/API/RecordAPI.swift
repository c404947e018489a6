import Journal
import Nouns
import Sealing
import Text
import Time
import Web

/// `/api/v1/records` and `/api/v1/kinds`: every kind of record for programs, one by one.
package struct RecordAPI: Sendable {
  let store: RecordStore
  let journal: JournalReader

  static let group = EndpointGroup("records", Localized(ja: "台帳の記録", en: "Records of every kind"))

  static func kinds(_ catalogue: RecordCatalogue) -> EndpointParameter {
    .path(
      "kind",
      .choice(catalogue.kinds.map(\.key)),
      Localized(ja: "記録の種類", en: "The kind of record; /kinds lists them")
    )
  }

  static let id = EndpointParameter.path("id", .id, Localized(ja: "記録の番号", en: "The record's id"))
  static let reason = EndpointParameter.query(
    "reason",
    .text(upTo: 500, from: 1),
    Localized(ja: "理由", en: "Why"),
    isRequired: true
  )

  package static let filters: [EndpointParameter] = [
    .query("q", .text(upTo: 200), Localized(ja: "すべて含むことば", en: "Words that must all be found")),
    .query(
      "filter",
      .text(upTo: 300, from: 2),
      Localized(
        ja: "「項目:値」。値の「!」は未記入、「?」は不明、「<2026-01-01」「>2026-01-01」は日付の前後。同じ項目はどれか、違う項目はすべて",
        en:
          "field:value. For the value, ! is not recorded, ? is unknown, <2026-01-01 and >2026-01-01 are before and from a day. Of one field any, of several all"
      ),
      isMany: true
    ),
    .query(
      "archived",
      .choice(ListQuery.Archived.allCases.map(\.rawValue)),
      Localized(ja: "廃止した記録：含まない・だけ・含む", en: "Retired records: without, only, with")
    ),
  ]

  private static let one: EndpointAnswer = .json(
    .named("Record"),
    Localized(ja: "記録", en: "The record"),
    headers: ["ETag"]
  )

  static let values = Schema.Member.always(
    "values",
    .map(.optional(.text(upTo: 20_000))),
    Localized(ja: "項目ごとの値。nullか空で消す。?は不明", en: "By field; null or empty erases, ? is unknown")
  )

  var routes: [Route] { kinds + reading + writing }

  private var kinds: [Route] {
    [
      .api(
        .get,
        "/kinds",
        ReadLedger.self,
        Endpoint(
          "listKinds",
          Self.group,
          Localized(ja: "記録の種類と項目", en: "The kinds of records with their fields"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: .named("Kind"), total: true), Localized(ja: "種類", en: "The kinds"))]
        )
      ) { call, _ in
        try call.page(of: store.catalogue.kinds) { RecordJSON.write($0, call.language, to: &$1) }
      }
    ]
  }

  private var reading: [Route] {
    [
      .api(
        .get,
        "/records/:kind",
        ReadLedger.self,
        Endpoint(
          "listRecords",
          Self.group,
          Localized(ja: "記録の一覧", en: "Records of a kind"),
          parameters: [Self.kinds(store.catalogue)] + Self.filters + [
            .query(
              "sort",
              .text(upTo: 100, from: 1),
              Localized(
                ja: "並べる項目。先頭の「-」で逆順。指定しなければ作成順",
                en:
                  "What to order by, - before it for descending; as made unless told otherwise. A kind's sortable names what may stand here"
              )
            ),
            .query("count", .boolean, Localized(ja: "trueなら件数も答える", en: "true to count them all, too")), .limit,
            .cursor,
          ],
          answers: [
            .json(
              .object([
                .always("items", .list(.named("Record"), upTo: 500)), .always("next", .optional(.text)),
                .maybe("total", .count),
              ]),
              Localized(ja: "記録", en: "The records")
            )
          ],
          problems: [422]
        ),
        list
      ),
      .api(
        .get,
        "/records/:kind/:id",
        ReadLedger.self,
        Endpoint(
          "getRecord",
          Self.group,
          Localized(ja: "1件の記録", en: "One record"),
          parameters: [Self.kinds(store.catalogue), Self.id],
          answers: [Self.one]
        )
      ) { call, scope in try await answer(call, scope) },
      .api(
        .get,
        "/records/:kind/:id/history",
        ReadLedger.self,
        Endpoint(
          "getRecordHistory",
          Self.group,
          Localized(ja: "記録の履歴", en: "What happened to a record, newest first"),
          parameters: [Self.kinds(store.catalogue), Self.id, .limit, .cursor],
          answers: [.json(.page(of: .named("Entry")), Localized(ja: "履歴", en: "The entries"))]
        ),
        history
      ),
    ]
  }

  private var writing: [Route] {
    [
      .api(
        .post,
        "/records/:kind",
        EditLedger.self,
        Endpoint(
          "createRecord",
          Self.group,
          Localized(ja: "記録の追加", en: "Add a record"),
          parameters: [Self.kinds(store.catalogue)],
          body: .json(.object([Self.values, .maybe("reason", .optional(.text(upTo: 500)))])),
          answers: [
            .json(
              .named("Record"),
              Localized(ja: "追加した記録", en: "The record"),
              status: 201,
              headers: ["Location", "ETag"]
            )
          ],
          problems: [409],
          takesKey: true
        ),
        create
      ),
      .api(
        .patch,
        "/records/:kind/:id",
        EditLedger.self,
        Endpoint(
          "changeRecord",
          Self.group,
          Localized(ja: "記録の変更", en: "Change some fields of a record"),
          detail: Localized(
            ja: "見て変更した版をIf-Matchかversionで必ず示します。ほかの人が先に変えていれば412か409で、conflictsに両方の値が入ります。",
            en:
              "Says which version was looked at, by If-Match or version. Where somebody was first the answer is 412 or 409, with both values in conflicts."
          ),
          parameters: [Self.kinds(store.catalogue), Self.id, .ifMatch],
          body: .json(
            .object([
              Self.values, .maybe("version", .integer(1...Int(Int32.max))),
              .maybe("reason", .optional(.text(upTo: 500))),
            ])
          ),
          answers: [Self.one],
          problems: [409, 412, 428]
        ),
        change
      ),
      .api(
        .delete,
        "/records/:kind/:id",
        EditLedger.self,
        Endpoint(
          "retireRecord",
          Self.group,
          Localized(ja: "記録の廃止", en: "Take a record off the lists; it and its history stay"),
          parameters: [Self.kinds(store.catalogue), Self.id, Self.reason],
          answers: [.json(.named("BulkOutcome"), Localized(ja: "結果", en: "What was done"))],
          problems: [409, 422]
        )
      ) { call, scope in
        try await done(call) {
          try await store.archive(try kind(call), .ids([call["id"]]), reason: call.query("reason") ?? "", in: scope)
        }
      },
      .api(
        .post,
        "/records/:kind/:id/restore",
        EditLedger.self,
        Endpoint(
          "restoreRecord",
          Self.group,
          Localized(ja: "廃止の取り消し", en: "Put a retired record back on the lists"),
          parameters: [Self.kinds(store.catalogue), Self.id],
          answers: [.json(.named("BulkOutcome"), Localized(ja: "結果", en: "What was done"))],
          problems: [409, 422]
        )
      ) { call, scope in
        try await done(call) { try await store.restore(try kind(call), .ids([call["id"]]), reason: "一覧に戻す", in: scope) }
      },
    ]
  }

  // MARK: Doing

  private func kind(_ call: APICall) throws -> Kind { try Self.kind(call, store.catalogue) }

  static func kind(_ call: APICall, _ catalogue: RecordCatalogue) throws -> Kind {
    guard let kind = catalogue.kind(call["kind"]) else { throw WebError.notFound() }
    return kind
  }

  /// The list that `q`, `filter` and `archived` ask for. Throws 422 for a field the kind does not have.
  package static func query(_ call: APICall, _ kind: Kind) throws -> ListQuery {
    var query = ListQuery(search: call.query("q") ?? "")
    query.archived = call.query("archived").flatMap(ListQuery.Archived.init) ?? .without
    for text in call.all("filter") {
      guard let colon = text.firstIndex(of: ":"), kind[field: String(text[..<colon])] != nil else {
        throw WebError.invalid(
          [
            (
              pointer: "?filter",
              reason: Localized(
                ja: "「項目:値」の形で、ある項目を指定してください：\(text)",
                en: "Use field:value with a field of the kind: \(text)"
              )
            )
          ],
          call.language
        )
      }
      let value = String(text[text.index(after: colon)...])
      query.filters[String(text[..<colon]), default: []].append(ListQuery.Filter(text: value))
    }
    return query
  }

  private func order(_ call: APICall, _ kind: Kind) throws -> PagingOrder {
    let text = call.query("sort") ?? "id"
    guard let order = PagingOrder(text, of: kind) else {
      throw WebError.invalid(
        [
          (
            pointer: "?sort",
            reason: Localized(
              ja: "並べられるのは次の項目です：\(PagingOrder.names(of: kind).joined(separator: ", "))",
              en: "It can be ordered by: \(PagingOrder.names(of: kind).joined(separator: ", "))"
            )
          )
        ],
        call.language
      )
    }
    return order
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try kind(call)
    let query = try Self.query(call, kind)
    let order = try order(call, kind)
    let sort = call.query("sort") ?? "id"
    var end: PagingEnd?
    if let cursor = try call.cursor() {
      // A place in one order is none in another.
      guard cursor.parts.count == 4, cursor.parts[0] == "r", cursor.parts[1] == sort else {
        throw WebError.brokenCursor
      }
      end = PagingEnd(value: cursor.parts[2], id: cursor.parts[3])
    }
    let part = try await RecordError.told(call) {
      try await store.part(kind, query, order: order, after: end, limit: call.limit, in: scope)
    }
    var total: Int?
    if call.query("count") == "true" {
      var all = query
      all.pageSize = 1
      total = try await store.list(kind, all, in: scope).total
    }
    let next = part.end.map { Cursor(["r", sort, $0.value, $0.id]) }
    return call.page(part.records, next: next, total: total) {
      RecordJSON.write($0, kind, part.titles, call.language, to: &$1)
    }
  }

  private func answer(
    _ call: APICall,
    _ scope: Scope<ReadLedger>,
    id: String? = nil,
    status: Int = 200
  ) async throws -> WebResponse {
    let kind = try kind(call)
    let (record, titles) = try await RecordError.told(call) {
      try await store.find(kind, id: id ?? call["id"], in: scope)
    }
    var writer = JSONWriter()
    RecordJSON.write(record, kind, titles, call.language, to: &writer)
    // The version for If-Match; the rest for the names of others, which change without it.
    let print = Hash.sha256Hex(writer.bytes).prefix(12)
    return WebResponse(
      status: status,
      headers: ["Content-Type": "application/json", "ETag": "\"\(record.version).\(print)\""],
      body: .bytes(writer.bytes)
    )
  }

  @Sendable private func history(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try kind(call)
    // Whoever may not see the record may not see what it was.
    let record = try await RecordError.told(call) { try await store.find(kind, id: call["id"], in: scope).record }
    let entries = try await journal.history(
      of: kind.key,
      id: record.id,
      facility: scope.facility.rawValue,
      before: try JournalAPI.place(call),
      limit: call.limit + 1
    )
    return JournalAPI.page(entries, call)
  }

  @Sendable private func create(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try kind(call)
    let record = try await RecordError.told(call) {
      try await store.create(kind, call.json["values"]?.texts ?? [:], reason: call.json["reason"]?.text, in: scope)
    }
    var response = try await answer(call, scope.reading, id: record.id, status: 201)
    response.headers["Location"] = "\(Route.apiRoot)/records/\(kind.key)/\(record.id)"
    return response
  }

  @Sendable private func change(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let kind = try kind(call)
    let header = try call.expectedVersion()
    guard let version = header ?? call.json["version"]?.integer else { throw WebError.versionMissing }
    _ = try await RecordError.told(call, byHeader: header != nil) {
      try await store.change(
        kind,
        id: call["id"],
        expectedVersion: version,
        call.json["values"]?.texts ?? [:],
        reason: call.json["reason"]?.text,
        in: scope
      )
    }
    return try await answer(call, scope.reading)
  }

  private func done(_ call: APICall, _ body: () async throws -> BulkOutcome) async throws -> WebResponse {
    RecordJSON.answer(try await RecordError.told(call, body), call)
  }
}
