import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/connection/sessions`: who is connected now, and one press to let somebody in or to note that the line is cut.
struct SessionRoutes: Sendable {
  let sessions: ConnectionSessions

  private var store: RecordStore { sessions.records }

  static let path = "/ledger/connection/sessions"
  static func end(_ id: String) -> String { "\(path)/\(Address.encoded(id))/end" }

  /// Lines are chosen from a list up to so many, and typed by name beyond.
  static let selectLimit = 300

  var routes: [Route] {
    [
      .get(Self.path, ReadLedger.self, list), .post(Self.path, EditLedger.self, begin),
      .post(Self.path + "/:id/end", EditLedger.self, end),
    ]
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(["connection": request.query.text("connection")], [:], request, scope)
  }

  private func page(
    _ values: [String: String],
    _ errors: [String: Localized],
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> WebResponse {
    let lines =
      request.may(.editLedger) ? try await store.choices(.connection, limit: Self.selectLimit + 1, in: scope) : []
    return SessionPage(
      open: try await sessions.open(in: scope),
      ended: try await sessions.ended(10, in: scope),
      lines: lines,
      values: values,
      errors: errors,
      request: request
    ).response
  }

  @Sendable func begin(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let form = try request.form()
    var values: [String: String] = [:]
    for field in SessionPage.fields { values[field] = form.text(field) }
    var errors: [String: Localized] = [:]
    var connection = values["connection"] ?? ""
    if !connection.isEmpty {
      switch try await ReferenceEntry.resolve(connection, .connection, store: store, in: scope.reading) {
      case .success(let id): connection = id
      case .failure(let reason): errors["connection"] = reason.text
      }
    }
    if errors.isEmpty {
      do {
        let session = try await sessions.begin(
          connection,
          visitor: values["visitor"] ?? "",
          purpose: values["purpose"] ?? "",
          in: scope
        )
        return .redirect(
          to: Self.path,
          flash: .done(
            Localized(
              ja: "「\(session.title(.ja))」の接続を記録しました。切れたら「切れた」を押してください。",
              en: "“\(session.title(.en))” is recorded as connected. Press “Cut” when the line is cut."
            ),
            action: session.lastSet.map { ChangeRoutes.undoAction($0) }
          )
        )
      } catch RecordError.invalid(let problems) {
        for problem in problems { errors[problem.field] = problem.reason }
      } catch RecordError.outOfReach {
        errors["connection"] = RecordError.outOfReach.message
      }
    }
    return try await page(values, errors, request, scope.reading)
  }

  @Sendable func end(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    do {
      let session = try await found { try await sessions.end(request["id"], in: scope) }
      return .redirect(
        to: Self.path,
        flash: .done(
          Localized(
            ja: "「\(session.title(.ja))」の接続が終わったと記録しました。",
            en: "“\(session.title(.en))” is recorded as ended."
          ),
          action: session.lastSet.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch ConnectionSessions.Refusal.endedAlready {
      return .redirect(
        to: Self.path,
        flash: Flash(
          .notice,
          Localized(ja: "この接続は、すでに終わったと記録されています。", en: "This session is recorded as ended already.")
        )
      )
    }
  }
}

struct SessionPage {
  let open: ListPage
  let ended: ListPage
  /// Empty for whoever may not let anybody in.
  let lines: [(id: String, title: String)]
  let values: [String: String]
  let errors: [String: Localized]
  let request: WebRequest

  static let fields = ["connection", "visitor", "purpose"]

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private func line(_ session: Record, _ page: ListPage) -> String {
    session.known("connection").flatMap { page.titles[$0] }.map { Record.shown(title: $0, language) } ?? ""
  }

  var response: WebResponse {
    let fields = formFields
    let connected: HTML =
      open.records.isEmpty
      ? EmptyState(
        say("接続中と記録された保守はありません。", "No maintenance is recorded as connected."),
        say("最終確認 \(request.now.clock)", "Checked at \(request.now.clock)")
      ).html(language) : table
    return .page(
      Page(
        say("接続中の保守", "Maintenance connected now"),
        lead: HTML(
          text: say(
            "外から保守につなぐ人を、つなぐ前にここへ記録し、切れたら「切れた」を押します。回線そのものを見張るものではありません。",
            "Record here whoever connects for maintenance before they do, and press “Cut” when the line is cut. The line itself is not watched."
          )
        ),
        actions: Button.link(
          say("これまでの記録", "All sessions"),
          RecordPath.list(Kind.connectionSession.key),
          look: .secondary,
          size: .small
        ) + Button.print(language),
        crumbs: [
          Crumb(say("台帳", "Registers"), "/ledger"),
          Crumb(Kind.connection.plural[language], RecordPath.list(Kind.connection.key)),
        ],
        errors: fields.errors,
        main: "\(connected)\(form(fields))\(past)"
      ),
      current: "ledger.connection_session"
    )
  }

  private var table: HTML {
    var table = DataTable<Record>(
      id: "sessions",
      caption: say("接続中の保守", "Maintenance connected now"),
      address: Address(SessionRoutes.path),
      columns: [
        .init("visitor", say("つないだ人", "Who")) { session in
          "<a href=\"\(RecordPath.record(session.kind, session.id))\">\(session.title(language))</a>"
        }, .init("connection", say("外部接続", "Line")) { HTML(text: line($0, open)) },
        .init("purpose", say("作業の内容", "Work")) { HTML(text: $0.known("purpose") ?? "") },
        .init("since", say("始めた時刻", "Since")) { session in
          let isOld = session.date("started_on").map { $0 < request.now.day } ?? true
          let old: HTML = isOld ? Chip(say("前の日から", "Since an earlier day"), .orange).html : .empty
          let time = session.sessionTime("started_on", "started_time", request.dates, today: request.now.day)
          return "<span class=\"nb\">\(time)</span> \(old)"
        }, .init("admitted", say("接続を許した職員", "Let in by")) { HTML(text: $0.known("admitted_by") ?? "") },
        .init("end", say("終わり", "End")) { session in
          request.may(.editLedger)
            ? Button.post(
              say("切れた", "Cut"),
              SessionRoutes.end(session.id),
              csrf: request.csrf,
              look: .secondary,
              size: .small,
              context: session.title(language)
            ) : .empty
        },
      ],
      rows: open.records,
      rowID: \.id,
      rowName: { $0.title(language) }
    )
    table.isDense = true
    return table.html(language)
  }

  private var formFields: [FormField] {
    guard request.may(.editLedger) else { return [] }
    let chosen = values["connection"] ?? ""
    let label = Kind.connection.label[language]
    let line: FormField =
      lines.count > SessionRoutes.selectLimit
      ? .text(
        "connection",
        label,
        value: chosen,
        required: true,
        support: say("名前または番号を入力します。", "Type the name or number.")
      )
      : .select(
        "connection",
        label,
        [Design.Choice("", say("選んでください", "Choose"))] + lines.map { Design.Choice($0.id, $0.title) },
        chosen: chosen,
        required: true
      )
    let all: [FormField] = [
      line,
      .text(
        "visitor",
        say("つなぐ人", "Who connects"),
        value: values["visitor"] ?? "",
        required: true,
        support: say("会社名と名前を書きます。", "Company and name.")
      ),
      .text("purpose", say("作業の内容", "Work"), value: values["purpose"] ?? "", width: .full),
    ]
    return all.map { field in
      var copy = field
      copy.error = errors[field.name]?[language]
      return copy
    }
  }

  private func form(_ fields: [FormField]) -> HTML {
    guard request.may(.editLedger) else { return .empty }
    let heading = say("接続を始める", "Let somebody in")
    if lines.isEmpty {
      return """
        <section class="noprint"><h2>\(heading)</h2><p>\(say(
          "外部接続が登録されていません。先に登録してください。",
          "No external connection is recorded. Record it first."
        )) <a href="\(RecordPath.new(Kind.connection.key))">\(say("外部接続を登録する", "Record a connection"))</a></p></section>
        """
    }
    let form = FormFrame(
      action: SessionRoutes.path,
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("いまから接続中にする", "Connected from now"))
    )
    return "<section class=\"noprint\"><h2>\(heading)</h2>\(form.html(language))</section>"
  }

  private var past: HTML {
    guard !ended.records.isEmpty else { return .empty }
    let today = request.now.day
    let rows = ended.records.map { session -> HTML in
      let from = session.sessionTime("started_on", "started_time", request.dates, today: today)
      let to = session.sessionTime("ended_on", "ended_time", request.dates, today: today)
      return """
        <li><a href="\(RecordPath.record(session.kind, session.id))">\(session.title(language))</a>\
        <span class="sub">\(line(session, ended))\(language == .ja ? "　" : ", ")\
        <span class="nb">\(say("\(from)から\(to.isEmpty ? "（不明）" : to)まで", "\(from) to \(to.isEmpty ? "unknown" : to)"))</span></span></li>
        """
    }
    return "<section><h2>\(say("最近終わった接続", "Ended lately"))</h2><ul class=\"log\">\(rows)</ul></section>"
  }
}
