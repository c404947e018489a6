import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/connection/worries`: external connections, the most worrying first, each with its reasons.
struct WorryRoutes: Sendable {
  let reader: WorryReader

  var routes: [Route] { [.get("/ledger/connection/worries", ReadLedger.self, list)] }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let query = RecordRoutes.query(request, .connection)
    let list = try await reader.store.worries(query, endOfSupport: reader.endOfSupport, in: scope)
    return WorryPage(list: list, query: query, request: request).response
  }
}

/// Scores connections as the pages need it.
struct WorryReader: Sendable {
  let store: RecordStore
  let endOfSupport: SupportEnd

  /// On a connection's own page: why it worries. Nothing for other kinds.
  func banner(
    _ record: Record,
    _ relations: Relations,
    request: WebRequest,
    in scope: Scope<ReadLedger>
  ) async throws -> HTML? {
    guard record.kind == Kind.connection.key, record.archivedAt == nil else { return nil }
    var boundary: Record?
    if let id = record.known("boundary_asset") { boundary = try await store.find(.asset, ids: [id], in: scope).first }
    let worry = ConnectionWorry.score(record, boundary: boundary, today: request.now.day, endOfSupport: endOfSupport)
    guard !worry.reasons.isEmpty else { return nil }
    let language = request.language
    let items = worry.reasons.map { "<li>\($0.text[language])</li>" as HTML }
    let title = Localized(
      ja: "心配：\(worry.level.label.ja)（\(worry.score)点）",
      en: "Worry: \(worry.level.label.en) (\(worry.score) points)"
    )
    return Banner(worry.level >= .fairlyHigh ? .warning : .info, title[language], detail: "<ul>\(items)</ul>").html(
      language
    )
  }
}

extension WorryReader {
  /// The list on paper, the most worrying first, each with its reasons.
  func sheet(_ query: ListQuery, request: WebRequest, in scope: Scope<ReadLedger>) async throws -> ListSheet {
    let list = try await store.worries(query, endOfSupport: endOfSupport, in: scope)
    let language = request.language
    let texts = list.connections.map { connection in
      let reasons = connection.worry.reasons.prefix(4).map { $0.text[language] }.joined(
        separator: language == .ja ? "" : " "
      )
      let level = connection.worry.level.label[language]
      return (connection.record.id, "\(level)\(language == .ja ? "：" : ": ")\(reasons)")
    }
    return ListSheet(
      kind: .connection,
      records: list.connections.map(\.record),
      total: list.connections.count,
      titles: list.titles,
      query: query,
      remarks: ListSheet.Remarks(
        label: Localized(ja: "心配の理由", en: "Why it worries"),
        texts: Dictionary(texts, uniquingKeysWith: { first, _ in first }),
        fields: ["system_name", "department", "vendor", "line_type", "boundary_device", "last_confirmed_on"]
      ),
      request: request
    )
  }
}

struct WorryPage {
  let list: WorryList
  let query: ListQuery
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var values: ValueText { ValueText(titles: list.titles, dates: request.dates) }
  private static let path = "/ledger/connection/worries"

  var response: WebResponse {
    let high = list.count(.high) + list.count(.fairlyHigh)
    let unknown = list.connections.count { $0.worry.hasUnknown }
    let lead = say(
      "外から入れる口、外へ出る口を、心配な順に並べています。心配が高いもの\(high)件、わからない項目があるもの\(unknown)件です。行の名前を押すと、根拠の記録が開きます。",
      "Every way in or out, the most worrying first: \(high) of high worry, \(unknown) with something unknown. Open a row for its records."
    )
    var table = DataTable<WorriedConnection>(
      id: "worries",
      caption: say("外部接続を心配な順に", "External connections by worry"),
      address: address,
      columns: columns,
      rows: list.connections,
      rowID: \.record.id,
      rowName: { $0.record.title(language) }
    )
    table.filter = FilterBar(
      address: address,
      fields: [.text(name: "q", label: say("ことばで絞る", "Words"), value: query.search)],
      actions: Button.link(say("印刷", "Print"), printAddress, look: .secondary, size: .small)
        + Button.link(say("一覧で見る", "As a list"), RecordPath.list("connection"), look: .secondary, size: .small)
    )
    table.empty = EmptyState(
      say("外部接続は登録されていません。", "No external connection is recorded."),
      say(
        "保守回線、LTE、VPN。どれも1つもない病院はまれです。まず一覧表を取り込んでください。",
        "Maintenance lines, LTE, VPN: few hospitals have none. Import your list first."
      ),
      actions: Button.link(say("取り込む", "Import"), RecordPath.imports + "?kind=connections")
    )
    table.isDense = true
    return .page(
      Page(
        say("外部接続を心配な順に", "External connections by worry"),
        lead: HTML(text: lead),
        crumbs: [
          Crumb(say("台帳", "Registers"), "/ledger"),
          Crumb(Kind.connection.plural[language], RecordPath.list("connection")),
        ],
        main: table.html(language)
      ),
      current: "ledger.connection"
    )
  }

  private var address: Address {
    Address(Self.path, query.search.isEmpty ? [] : [("q", query.search)])
  }

  private var printAddress: String {
    Address(
      RecordPath.list("connection") + "/print",
      [("order", "worry")] + (query.search.isEmpty ? [] : [("q", query.search)])
    ).text
  }

  private var columns: [DataTable<WorriedConnection>.Column] {
    [
      .init("name", say("システム・装置", "System or device")) { [values] row in
        let owner = ["department", "vendor"].compactMap { key in
          Kind.connection[field: key].map { values.text($0, row.record[key]) }
        }.filter { !$0.isEmpty }
        return """
          <a href="\(RecordPath.record("connection", row.record.id))">\(row.record.title(language))</a>\
          <span class="sub">\(owner.joined(separator: "・"))</span>
          """
      },
      .init("worry", say("心配", "Worry")) { row in Chip(row.worry.level.label[language], Self.tint(row.worry.level)).html
      },
      .init("why", say("理由", "Why"), isLong: true) { row in
        "<ul class=\"plainlist\">\(each: row.worry.reasons.prefix(3), { "<li>\($0.text[language])</li>" })</ul>"
      },
      .init("line", say("つながり方と接点の機器", "Line and boundary device")) { [values] row in
        func shown(_ keys: [String]) -> HTML {
          keys.compactMap { key -> HTML? in
            guard let field = Kind.connection[field: key] else { return nil }
            let shown = values.html(row.record, field)
            return shown.isEmpty ? nil : shown
          }.joined(separator: "・")
        }
        let device = shown(["boundary_device", "firmware"])
        let under: HTML? = device.isEmpty ? nil : "<span class=\"sub\">\(device)</span>"
        return "\(shown(["mechanism", "mode", "line_type"]))\(under)"
      },
      .init("confirmed", say("最終確認", "Last confirmed")) { [values] row in
        guard let day = row.record.date("last_confirmed_on"), let field = Kind.connection[field: "last_confirmed_on"]
        else {
          return row.record.isUnknown("last_confirmed_on")
            ? Design.Unknown.html(language) : "<span class=\"unk\">\(say("なし", "Never"))</span>"
        }
        let days = request.now.day.days(since: day)
        let ago = days == 0 ? say("今日", "today") : say("\(days.grouped)日前", "\(days.grouped) days ago")
        return "<span class=\"nb\">\(values.html(row.record, field))</span><span class=\"sub nb\">\(ago)</span>"
      },
    ]
  }

  static func tint(_ level: ConnectionWorry.Level) -> Chip.Tint {
    switch level {
    case .high: .red
    case .fairlyHigh: .orange
    case .medium: .yellow
    case .low: .grey
    }
  }
}
