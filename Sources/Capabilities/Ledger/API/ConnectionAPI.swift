import Nouns
import Records
import Text
import Time
import Web

/// What the ledger concludes about connections, contracts and the sheets for the first hour, for programs.
struct ConnectionAPI: Sendable {
  let store: RecordStore
  let worries: WorryReader
  let boundaries: BoundaryRoutes
  let evidence: EvidenceRoutes

  private static let group = EndpointGroup(
    "connections",
    Localized(ja: "外部接続・契約・接点の控え", en: "External connections, contracts, boundary evidence")
  )

  private static let worry = Schema.object([
    .always("record", .named("Record")), .always("level", .choice(["low", "medium", "fairlyHigh", "high"])),
    .always("score", .count), .always("hasUnknown", .boolean),
    .always("reasons", .list(.object([.always("rule", .text), .always("points", .count), .always("text", .text)]))),
  ])

  private static let line = Schema.object([
    .always("clause", .text), .always("label", .text), .always("owner", .optional(.text)), .always("unknown", .boolean),
    .always("state", .choice(["settled", "unwritten", "gap", "open"])), .always("wording", .text),
    .always("version", .optional(.count)),
  ])

  private static let boundary = Schema.object([
    .always("contract", .named("Record")), .always("answered", .count), .always("gaps", .count),
    .always("open", .count),
    .always("lines", .list(line)),
  ])

  private static let owners = ClauseOwner.allCases.map(\.rawValue)

  private static let answers = Schema.object([
    .always(
      "lines",
      .list(
        .object([
          .always("clause", .choice(ContractClause.all.map(\.key))),
          .always("owner", .optional(.choice(owners + [Unknown.value]))), .maybe("wording", .text(upTo: 5_000)),
          .maybe("version", .optional(.integer(1...Int(Int32.max)))),
        ]),
        upTo: 200
      )
    )
  ])

  private static let sheet = Schema.object([
    .always("connection", .named("Record")), .always("complete", .boolean), .always("missing", .list(.text)),
    .always("values", .map(.text)), .always("record", .optional(.text)),
  ])

  private static let contract = EndpointParameter.path("id", .id, Localized(ja: "契約の番号", en: "The contract's id"))

  var routes: [Route] {
    [
      .api(
        .get,
        "/connections/worries",
        ReadLedger.self,
        Endpoint(
          "listWorries",
          Self.group,
          Localized(ja: "外部接続を心配な順に", en: "External connections, the most worrying first"),
          parameters: RecordAPI.filters + [.limit, .cursor],
          answers: [.json(.page(of: Self.worry, total: true), Localized(ja: "外部接続", en: "The connections"))],
          problems: [422]
        ),
        list
      ),
      .api(
        .get,
        "/boundaries",
        ReadLedger.self,
        Endpoint(
          "listBoundaries",
          Self.group,
          Localized(ja: "契約ごとの責任分界", en: "What each contract in force settles and leaves open"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.boundary, total: true), Localized(ja: "責任分界", en: "The boundaries"))]
        )
      ) { call, scope in
        let (all, titles) = try await boundaries.all(call.request, scope)
        return try call.page(of: all) { write($0, titles, call, to: &$1) }
      },
      .api(
        .get,
        "/contracts/:id/boundary",
        ReadLedger.self,
        Endpoint(
          "getBoundary",
          Self.group,
          Localized(ja: "1つの契約の責任分界", en: "What one contract settles"),
          parameters: [Self.contract],
          answers: [.json(Self.boundary, Localized(ja: "責任分界", en: "The boundary"))]
        )
      ) { call, scope in try await answer(call, scope) },
      .api(
        .put,
        "/contracts/:id/boundary",
        EditLedger.self,
        Endpoint(
          "keepBoundary",
          Self.group,
          Localized(ja: "責任分界の記入", en: "Settle clauses of a contract"),
          parameters: [Self.contract],
          body: .json(Self.answers),
          answers: [.json(Self.boundary, Localized(ja: "いまの責任分界", en: "The boundary as it is now"))],
          problems: [409]
        ),
        keep
      ),
      .api(
        .get,
        "/evidence",
        ReadLedger.self,
        Endpoint(
          "listEvidence",
          Self.group,
          Localized(ja: "接点の控えと、足りないもの", en: "What is at hand about each way in or out, and what is missing"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.sheet, total: true), Localized(ja: "控え", en: "The sheets"))]
        ),
        sheets
      ),
    ]
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let query = try RecordAPI.query(call, .connection)
    let list = try await store.worries(query, endOfSupport: worries.endOfSupport, in: scope)
    return try call.page(of: list.connections) { connection, writer in
      let worry = connection.worry
      writer.object { writer in
        writer.key("record") { RecordJSON.write(connection.record, .connection, list.titles, call.language, to: &$0) }
        writer.member("level", Self.name(worry.level))
        writer.member("score", worry.score)
        writer.member("hasUnknown", worry.hasUnknown)
        writer.array("reasons") { writer in
          for reason in worry.reasons {
            writer.object { writer in
              writer.member("rule", reason.rule.rawValue)
              writer.member("points", reason.points)
              writer.member("text", reason.text[call.language])
            }
          }
        }
      }
    }
  }

  private static func name(_ level: ConnectionWorry.Level) -> String {
    switch level {
    case .low: "low"
    case .medium: "medium"
    case .fairlyHigh: "fairlyHigh"
    case .high: "high"
    }
  }

  // MARK: Boundaries

  private func answer(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let boundary = try await boundaries.boundary(call.request, scope)
    let titles = try await store.find(.contract, id: boundary.contract.id, in: scope).titles
    var writer = JSONWriter()
    write(boundary, titles, call, to: &writer)
    return WebResponse(headers: ["Content-Type": "application/json"], body: .bytes(writer.bytes))
  }

  private func write(_ boundary: Boundary, _ titles: [String: String], _ call: APICall, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("contract") { RecordJSON.write(boundary.contract, .contract, titles, call.language, to: &$0) }
      writer.member("answered", boundary.answered)
      writer.member("gaps", boundary.count(.gap))
      writer.member("open", boundary.count(.open))
      writer.array("lines") { writer in
        for line in boundary.lines {
          writer.object { writer in
            writer.member("clause", line.clause.key)
            writer.member("label", line.clause.name[call.language])
            writer.member("owner", line.owner?.rawValue)
            writer.member("unknown", line.isUnknown)
            writer.member("state", Self.name(line.state))
            writer.member("wording", line.wording)
            writer.member("version", line.record?.version)
          }
        }
      }
    }
  }

  private static func name(_ state: Boundary.State) -> String {
    switch state {
    case .settled: "settled"
    case .unwritten: "unwritten"
    case .gap: "gap"
    case .open: "open"
    }
  }

  @Sendable private func keep(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let boundary = try await boundaries.boundary(call.request, scope.reading)
    var new: [[String: String]] = []
    var changed: [RecordEdit] = []
    for said in call.json["lines"]?.array ?? [] {
      guard let line = boundary.lines.first(where: { $0.clause.key == said["clause"]?.text }) else { continue }
      var values = ["owner": said["owner"]?.text ?? ""]
      if let wording = said["wording"]?.text { values["wording"] = wording }
      if let record = line.record {
        guard values.contains(where: { (record[$0.key] ?? "") != $0.value }) else { continue }
        guard let version = said["version"]?.integer else {
          throw WebError.invalid([(pointer: "/lines", reason: Self.versions)], call.language)
        }
        changed.append(RecordEdit(id: record.id, expectedVersion: version, changes: values))
      } else {
        new.append(values.merging(["contract": boundary.contract.id, "clause": line.clause.key]) { own, _ in own })
      }
    }
    let name = boundary.contract.title
    _ = try await RecordError.told(call) {
      try await store.keep(
        .contractClause,
        new: new,
        changed: changed,
        title: Localized(ja: "契約「\(name)」の責任分界", en: "Responsibilities of contract “\(name)”"),
        in: scope
      )
    }
    return try await answer(call, scope.reading)
  }

  private static let versions = Localized(
    ja: "すでにある条項を変えるときは、読んだversionを付けてください。",
    en: "To change a clause that is settled already, send the version you read."
  )

  // MARK: Evidence

  @Sendable private func sheets(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (all, titles) = try await evidence.sheets(scope)
    return try call.page(of: all) { sheet, writer in
      writer.object { writer in
        writer.key("connection") { RecordJSON.write(sheet.connection, .connection, titles, call.language, to: &$0) }
        writer.member("complete", sheet.isComplete)
        writer.member("missing", texts: sheet.missing.map(\.rawValue))
        writer.member(
          "values",
          texts: Dictionary(sheet.values.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { first, _ in first })
        )
        writer.member("record", sheet.record?.id)
      }
    }
  }
}
