import Nouns
import Records
import Text
import Time
import Web

/// What the network shows and the ledger does not, and what is wrong with the ledger itself, for programs.
struct FindingAPI: Sendable {
  let store: RecordStore
  let sightings: SightingStore
  let quality: QualityRoutes

  private static let group = EndpointGroup("findings", Localized(ja: "台帳との食い違いと品質", en: "Sightings and quality"))

  private static let seen = Schema.object([
    .always("id", .id), .always("source", .choice(Sighting.Source.allCases.map(\.rawValue))),
    .always("ipAddress", .optional(.text)), .always("macAddress", .optional(.text)),
    .always("hostName", .optional(.text)), .always("serialNumber", .optional(.text)), .always("os", .optional(.text)),
    .always("maker", .optional(.text)), .always("seenAt", .instant), .always("state", .text),
    .always("reason", .optional(.text)),
  ])

  private static let thing = Schema.object([
    .always("id", .id), .always("title", .text), .always("sightings", .list(seen)),
  ])

  private static let finding = Schema.object([
    .always("kind", .text), .always("rule", .choice(QualityRule.allCases.map(\.rawValue))),
    .always("field", .optional(.text)), .always("label", .text), .always("text", .text), .always("count", .count),
    .always("population", .count),
  ])

  private static let decision = Schema.object([
    .always("sightings", .list(.id, upTo: 500), Localized(ja: "見つかったものの番号", en: "The ids of what was seen")),
    .always("action", .choice(["accept", "link", "ignore", "reopen"])),
    .maybe("asset", .id, Localized(ja: "結び付ける機器", en: "The asset to link with")),
    .maybe("reason", .text(upTo: 500)), .maybe("values", .map(.optional(.text(upTo: 20_000)))),
  ])

  var routes: [Route] { seeing + checking }

  private var seeing: [Route] {
    [
      .api(
        .get,
        "/sightings/unlisted",
        ReadLedger.self,
        Endpoint(
          "listUnlisted",
          Self.group,
          Localized(ja: "台帳にない機器", en: "Found but not listed"),
          parameters: [
            .query(
              "state",
              .choice(Sighting.State.allCases.map(\.rawValue)),
              Localized(ja: "扱い。指定しなければopen", en: "What was decided, open unless told otherwise")
            ), .query("q", .text(upTo: 200), Localized(ja: "絞り込むことば", en: "Words to look for")),
            .query(
              "source",
              .choice(Sighting.Source.allCases.map(\.rawValue)),
              Localized(ja: "見つけたもの", en: "What saw it")
            ), .limit, .cursor,
          ],
          answers: [.json(.page(of: Self.thing, total: true), Localized(ja: "機器", en: "The devices"))]
        ),
        unlisted
      ),
      .api(
        .get,
        "/sightings/unseen",
        ReadLedger.self,
        Endpoint(
          "listUnseen",
          Self.group,
          Localized(ja: "見えない機器", en: "Listed but not seen; empty where nothing was seen at all"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: .named("Record"), total: true), Localized(ja: "機器", en: "The assets"))]
        )
      ) { call, scope in
        let records = try await sightings.unseen(limit: 1_000_000, in: scope)?.records ?? []
        return try call.page(of: records) { RecordJSON.write($0, .asset, [:], call.language, to: &$1) }
      },
      .api(
        .post,
        "/sightings/decide",
        EditLedger.self,
        Endpoint(
          "decideSightings",
          Self.group,
          Localized(ja: "見つかった機器の扱い", en: "Say what something seen is: one device at a time"),
          body: .json(Self.decision),
          answers: [
            .json(.object([.always("asset", .optional(.text))]), Localized(ja: "結び付いた機器", en: "The asset it is now"))
          ],
          problems: [409]
        ),
        decide
      ),
    ]
  }

  private var checking: [Route] {
    let kinds = quality.kinds.map(\.key)
    return [
      .api(
        .get,
        "/quality",
        ReadLedger.self,
        Endpoint(
          "listFindings",
          Self.group,
          Localized(ja: "台帳の気になる点", en: "What is missing, stale, twice or past its support"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.finding, total: true), Localized(ja: "気になる点", en: "The findings"))]
        ),
        overview
      ),
      .api(
        .get,
        "/quality/:kind/:rule",
        ReadLedger.self,
        Endpoint(
          "listFindingRecords",
          Self.group,
          Localized(ja: "気になる点に当たる記録", en: "The records behind a finding"),
          parameters: [
            .path("kind", .choice(kinds), Localized(ja: "記録の種類", en: "The kind of record")),
            .path("rule", .choice(QualityRule.allCases.map(\.rawValue)), Localized(ja: "気になる点", en: "The rule")),
            .query("field", .text(upTo: 100, from: 1), Localized(ja: "項目", en: "The field")), .limit, .cursor,
          ],
          answers: [.json(.page(of: .named("Record"), total: true), Localized(ja: "記録", en: "The records"))]
        ),
        records
      ),
    ]
  }

  @Sendable private func unlisted(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let query = UnlistedQuery(
      call.query("state").flatMap(Sighting.State.init) ?? .open,
      text: call.query("q") ?? "",
      source: call.query("source").flatMap(Sighting.Source.init)
    )
    return try call.page(of: try await sightings.unlisted(query, in: scope)) { thing, writer in
      writer.object { writer in
        writer.member("id", thing.id)
        writer.member("title", Record.shown(title: thing.title, call.language))
        writer.array("sightings") { writer in
          for sighting in thing.sightings { Self.write(sighting, to: &writer) }
        }
      }
    }
  }

  private static func write(_ sighting: Sighting, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", sighting.id)
      writer.member("source", sighting.source.rawValue)
      writer.member("ipAddress", sighting.seen.ipAddress)
      writer.member("macAddress", sighting.seen.macAddress)
      writer.member("hostName", sighting.seen.hostName)
      writer.member("serialNumber", sighting.seen.serialNumber)
      writer.member("os", sighting.seen.os)
      writer.member("maker", sighting.seen.maker)
      writer.member("seenAt", sighting.seen.seenAt)
      writer.member("state", sighting.state.rawValue)
      writer.member("reason", sighting.reason)
    }
  }

  @Sendable private func decide(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let ids = (call.json["sightings"]?.array ?? []).compactMap(\.text)
    let reason = call.json["reason"]?.text ?? ""
    var asset: String?
    func wrong(_ pointer: String, _ ja: String, _ en: String) -> WebError {
      .invalid([(pointer: pointer, reason: Localized(ja: ja, en: en))], call.language)
    }
    guard !ids.isEmpty else { throw wrong("/sightings", "1つ以上を指定してください。", "Name at least one.") }
    switch call.json["action"]?.text {
    case "accept":
      asset = try await RecordError.told(call) {
        try await sightings.accept(
          ids,
          typed: call.json["values"]?.texts ?? [:],
          reason: reason.isEmpty ? "ネットワークで見つかった" : reason,
          in: scope
        ).id
      }
    case "link":
      guard let chosen = call.json["asset"]?.text else { throw wrong("/asset", "結び付ける機器を指定してください。", "Name the asset.") }
      try await RecordError.told(call) { try await sightings.link(ids, to: chosen, in: scope) }
      asset = chosen
    case "ignore":
      guard !reason.isEmpty else { throw wrong("/reason", "理由を入力してください。", "Say why.") }
      try await RecordError.told(call) { try await sightings.ignore(ids, reason: reason, in: scope) }
    default: try await RecordError.told(call) { try await sightings.reopen(ids, in: scope) }
    }
    return call.answer { writer in writer.member("asset", asset) }
  }

  @Sendable private func overview(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var findings: [(report: QualityReport, finding: QualityFinding)] = []
    for kind in quality.kinds {
      let (report, _) = try await quality.report(kind, call.request, scope)
      findings += report.findings.map { (report, $0) }
    }
    return try call.page(of: findings) { found, writer in
      writer.object { writer in
        writer.member("kind", found.report.kind.key)
        writer.member("rule", found.finding.rule.rawValue)
        writer.member("field", found.finding.field)
        writer.member("label", found.finding.rule.label[call.language])
        writer.member("text", found.finding.text[call.language])
        writer.member("count", found.finding.count)
        writer.member("population", found.report.population)
      }
    }
  }

  @Sendable private func records(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    guard let kind = quality.kinds.first(where: { $0.key == call["kind"] }),
      let rule = QualityRule(rawValue: call["rule"])
    else { throw WebError.notFound() }
    let (report, page) = try await quality.report(kind, call.request, scope)
    let wanted = Set(report.finding(rule, field: call.query("field"))?.records ?? [])
    return try call.page(of: page.records.filter { wanted.contains($0.id) }) {
      RecordJSON.write($0, kind, page.titles, call.language, to: &$1)
    }
  }
}
