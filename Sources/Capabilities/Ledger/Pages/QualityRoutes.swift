import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/quality`: what is missing, stale, twice or past its support, each finding with its records.
struct QualityRoutes: Sendable {
  let store: RecordStore
  let endOfSupport: SupportEnd

  /// People are the organization's; what is wrong with their records is told here with the rest.
  var kinds: [Kind] {
    [.asset, .connection, .system, .vendor] + [store.catalogue.kind("person")].compactMap(\.self)
  }

  var routes: [Route] {
    [.get("/ledger/quality", ReadLedger.self, overview), .get("/ledger/quality/:kind/:rule", ReadLedger.self, finding)]
  }

  func report(
    _ kind: Kind,
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> (QualityReport, ListPage) {
    let page = try await store.all(kind, in: scope)
    let check = QualityCheck(today: request.now.day, endOfSupport: endOfSupport)
    let confirmed = try await store.confirmations(of: kind, in: scope)
    return (check.report(kind, page.records, confirmed: confirmed), page)
  }

  @Sendable func overview(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var reports: [QualityReport] = []
    for kind in kinds {
      let (report, _) = try await report(kind, request, scope)
      if report.population > 0 { reports.append(report) }
    }
    return QualityPage(reports: reports, request: request).response
  }

  @Sendable func finding(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    guard let kind = kinds.first(where: { $0.key == request["kind"] }),
      let rule = QualityRule(rawValue: request["rule"])
    else { throw WebError.notFound() }
    let (report, page) = try await report(kind, request, scope)
    let field = request.query["field"]
    let records = Dictionary(page.records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return FindingPage(
      kind: kind,
      rule: rule,
      finding: report.finding(rule, field: field),
      records: records,
      titles: page.titles,
      request: request
    ).response
  }
}

struct QualityPage {
  let reports: [QualityReport]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let parts = reports.map(section)
    let empty = EmptyState(
      say("まだ記録がありません。", "Nothing is recorded yet."),
      say("台帳を取り込むと、足りないところがここに出ます。", "Import a ledger to see what is missing."),
      actions: Button.link(say("取り込む", "Import"), RecordPath.imports)
    )
    return .page(
      Page(
        say("台帳の品質", "Quality of the registers"),
        lead: HTML(
          text: say(
            "足りない、古い、重なっている、サポートが切れている記録です。数字を押すと、その記録が出ます。",
            "What is missing, stale, twice or past its support. Follow a figure to its records."
          )
        ),
        actions: Button.print(language),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger")],
        main: reports.isEmpty ? empty.html(language) : parts.joined()
      ),
      current: "ledger.quality"
    )
  }

  private func section(_ report: QualityReport) -> HTML {
    let kind = report.kind
    let heading: HTML = """
      <h2>\(kind.plural[language])<span class="sub">\(Unit.items.count(report.population, language))</span></h2>
      """
    if report.findings.isEmpty { return "\(heading)<p>\(say("気になる点はありません。", "Nothing to mend."))</p>" }
    let table = DataTable<QualityFinding>(
      id: "quality-\(kind.key)",
      caption: say("\(kind.plural.ja)の品質", "Quality of \(kind.plural.en.lowercased())"),
      address: Address(LedgerPath.quality),
      columns: [
        .init("rule", say("気になる点", "Finding")) { finding in
          let address = Address("\(LedgerPath.quality)/\(kind.key)/\(finding.rule.rawValue)").setting(
            "field",
            finding.field
          )
          let field = finding.field.flatMap { kind[field: $0]?.label[language] }
          return "<a href=\"\(address.text)\">\(finding.rule.label[language])\(field.map { language.colon + $0 })</a>"
        },
        .init("count", say("件数", "Records"), isNumeric: true) { finding in
          "\(finding.count.grouped) / \(report.population.grouped)"
        }, .init("text", say("説明", "Meaning")) { HTML(text: $0.text[language]) },
      ],
      rows: report.findings,
      rowID: { "\($0.rule.rawValue)-\($0.field ?? "")" },
      rowName: { $0.rule.label[language] }
    )
    return "\(heading)\(table.html(language))"
  }
}

struct FindingPage {
  let kind: Kind
  let rule: QualityRule
  let finding: QualityFinding?
  let records: [String: Record]
  let titles: [String: String]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let main: HTML
    if let finding {
      main =
        finding.groups.isEmpty
        ? table(finding.records)
        : finding.groups.prefix(200).map { group -> HTML in
          "<h2>\(group.value)</h2>\(table(group.records))\(merging(group))"
        }.joined()
    } else {
      main = EmptyState(
        say("いまは1件もありません。", "There is none now."),
        say(
          "最終確認 \(request.dates.brief(request.now, today: request.now.day))",
          "Checked \(request.dates.brief(request.now, today: request.now.day))"
        )
      ).html(language)
    }
    return .page(
      Page(
        "\(kind.plural[language])\(language.colon)\(rule.label[language])",
        lead: finding.map { HTML(text: $0.text[language]) },
        actions: check + Button.print(language),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger"), Crumb(say("台帳の品質", "Quality"), LedgerPath.quality)],
        main: main
      ),
      current: "ledger.quality"
    )
  }

  /// Devices that nobody has confirmed are gone through on a page of their own.
  private var check: HTML {
    guard rule == .stale, kind == .asset, request.may(.editLedger), finding != nil else { return .empty }
    return Button.link(
      say("まだあるか確かめる", "Go through them"),
      DeviceCheckRoutes.path,
      look: .secondary,
      size: .small
    )
  }

  /// What was entered twice can become one; a number given twice needs another number instead.
  private func merging(_ group: QualityFinding.Group) -> HTML? {
    guard rule == .duplicate, request.may(.editLedger) else { return nil }
    let button = Button.link(
      say("見比べて統合する", "Compare and merge"),
      RecordPath.merge(kind.key, group.records),
      look: .secondary,
      size: .small,
      context: group.value
    )
    return "<div class=\"btns noprint\">\(button)</div>"
  }

  private func table(_ ids: [String]) -> HTML {
    let values = ValueText(titles: titles, dates: request.dates)
    var shown = kind.listed.filter { $0 != kind.titleFields[0] }.prefix(5).map { $0 }
    if let field = finding?.field, !shown.contains(field) { shown.insert(field, at: 0) }
    let rows = ids.prefix(500).compactMap { records[$0] }
    var table = DataTable<Record>(
      id: "finding-\(ids.first ?? "none")",
      caption: rule.label[language],
      address: Address(LedgerPath.quality),
      columns: [
        .init("name", kind.label[language]) { record in
          "<a href=\"\(RecordPath.record(kind.key, record.id))\">\(record.title(language))</a>"
        }
      ]
        + shown.compactMap { key in
          kind[field: key].map { field in
            .init(key, field.label[language]) { record in
              let html = values.html(record, field)
              return html.isEmpty && key == finding?.field
                ? "<span class=\"note\">\(Unknown.missingLabel[language])</span>" : html
            }
          }
        },
      rows: rows,
      rowID: \.id,
      rowName: { $0.title(language) }
    )
    table.isDense = true
    let more: HTML? =
      ids.count > 500 ? "<p class=\"note\">\(say("ほか\(ids.count - 500)件", "and \(ids.count - 500) more"))</p>" : nil
    return "\(table.html(language))\(more)"
  }
}
