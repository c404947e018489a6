import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/ledger/connection/evidence`: of how many ways in and out everything is at hand, and the sheets for the first hour.
struct EvidenceRoutes: Sendable {
  let store: RecordStore

  static let path = "/ledger/connection/evidence"

  var routes: [Route] {
    [.get(Self.path, ReadLedger.self, overview), .get(Self.path + "/print", ReadLedger.self, printed)]
  }

  private func page(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> EvidencePage {
    let (sheets, titles) = try await sheets(scope)
    return EvidencePage(sheets: sheets, titles: titles, request: request)
  }

  /// One sheet for each connection that needs one, and the names of what they point to.
  func sheets(_ scope: Scope<ReadLedger>) async throws -> (sheets: [Evidence], titles: [String: String]) {
    let connections = try await store.all(.connection, in: scope)
    let records = try await store.all(.boundaryEvidence, limit: 1_000_000, in: scope).records
    let byConnection = Dictionary(
      records.compactMap { record in record.known("connection").map { ($0, record) } },
      uniquingKeysWith: { first, _ in first }
    )
    let needed = connections.records.filter(Evidence.isNeeded)
    let devices = try await store.find(
      .asset,
      ids: Set(needed.compactMap { $0.known("boundary_asset") }).sorted(),
      in: scope
    )
    let byID = Dictionary(devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let sheets = needed.map { connection in
      Evidence(
        connection: connection,
        record: byConnection[connection.id],
        device: connection.known("boundary_asset").flatMap { byID[$0] }
      )
    }
    return (sheets, connections.titles)
  }

  @Sendable func overview(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(request, scope).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(request, scope).sheet
  }
}

struct EvidencePage {
  let sheets: [Evidence]
  let titles: [String: String]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var complete: Int { sheets.count(where: \.isComplete) }
  private var sorted: [Evidence] {
    sheets.sorted {
      $0.missing.count == $1.missing.count
        ? $0.connection.title < $1.connection.title : $0.missing.count > $1.missing.count
    }
  }

  private func link(_ sheet: Evidence) -> String {
    if let record = sheet.record { return RecordPath.edit(Kind.boundaryEvidence.key, record.id) }
    return Address(RecordPath.new(Kind.boundaryEvidence.key)).setting("connection", sheet.connection.id).text
  }

  var response: WebResponse {
    var table = DataTable<Evidence>(
      id: "evidence",
      caption: say("外部接続ごとの控え", "Evidence by connection"),
      address: Address(EvidenceRoutes.path),
      columns: [
        .init("name", say("外部接続", "Connection")) { sheet in
          let vendor = sheet.connection.known("vendor").flatMap { titles[$0] } ?? ""
          return """
            <a href="\(RecordPath.record("connection", sheet.connection.id))">\(sheet.connection.title)</a>\
            <span class="sub">\(vendor)</span>
            """
        },
        .init("state", say("控え", "Evidence")) { sheet in
          sheet.isComplete
            ? Chip(say("そろった", "Complete"), .green).html
            : Chip(
              say("あと\(sheet.missing.count)項目", "\(sheet.missing.count) missing"),
              sheet.missing.count > 5 ? .red : .yellow
            ).html
        },
        .init("missing", say("足りないもの", "Missing"), isLong: true) { sheet in
          HTML(text: sheet.missing.map { $0.label[language] }.joined(separator: say("、", ", ")))
        },
        .init("edit", say("記入", "Fill in")) { sheet in
          request.may(.editLedger)
            ? Button.link(
              say("記入する", "Fill in"),
              link(sheet),
              look: .secondary,
              size: .small,
              context: sheet.connection.title
            )
            : .empty
        },
      ],
      rows: sorted,
      rowID: \.connection.id,
      rowName: \.connection.title
    )
    table.empty = EmptyState(
      say("外部接続は登録されていません。", "No external connection is recorded."),
      say("先に外部接続の一覧を取り込んでください。", "Import the list of connections first."),
      actions: Button.link(say("取り込む", "Import"), RecordPath.imports + "?kind=connections")
    )
    return .page(
      Page(
        say("接点の控え", "Boundary evidence"),
        lead: HTML(
          text: say(
            "攻撃を受けた最初の1時間に、紙で手元に要るものです。\(sheets.count)本のうち\(complete)本がそろいました。",
            "What must be at hand on paper in the first hour of an attack: \(complete) of \(sheets.count) are complete."
          )
        ),
        actions: Button.link(say("印刷", "Print"), EvidenceRoutes.path + "/print", look: .secondary, size: .small),
        crumbs: [
          Crumb(say("台帳", "Registers"), "/ledger"),
          Crumb(Kind.connection.plural[language], RecordPath.list("connection")),
        ],
        main: table.html(language)
      ),
      current: "ledger.evidence"
    )
  }

  /// One block a connection; what is missing is a line to write on.
  var sheet: WebResponse {
    let blocks = sorted.map { sheet -> HTML in
      let facts = ["vendor", "department", "line_type", "place"].compactMap { key -> String? in
        guard let field = Kind.connection[field: key] else { return nil }
        let text = ValueText(titles: titles, dates: request.dates).text(field, sheet.connection[key])
        return text.isEmpty ? nil : "\(field.label[language])\(language.colon)\(text)"
      }
      let rows = Evidence.Item.allCases.map { item -> HTML in
        "<tr><th scope=\"row\">\(item.label[language])</th><td>\(sheet.values[item] ?? "")</td></tr>"
      }
      return """
        <section class="block"><h2>\(sheet.connection.title)</h2><p>\(facts.joined(separator: "　"))</p>\
        <table class="dense rows"><tbody>\(rows)</tbody></table></section>
        """
    }
    return .sheet(
      PrintSheet(
        say("接点の控え", "Boundary evidence"),
        subtitle: say("\(sheets.count)本のうち\(complete)本がそろっています。", "\(complete) of \(sheets.count) are complete."),
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: EvidenceRoutes.path,
        contents: blocks.joined()
      )
    )
  }
}
