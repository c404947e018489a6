import Nouns
import Records
import Text
import Web

/// Maintenance sessions with one call each way, for programs: a jump server or a door that knows when somebody comes and
/// goes. The sessions themselves are records of the kind `connection_session`.
struct SessionAPI: Sendable {
  let sessions: ConnectionSessions

  private static let group = EndpointGroup(
    "connection-sessions",
    Localized(ja: "保守の接続", en: "Maintenance sessions")
  )

  private static let session = Schema.object([.always("session", .named("Record"))])

  var routes: [Route] {
    [
      .api(
        .get,
        "/connection-sessions",
        ReadLedger.self,
        Endpoint(
          "listOpenConnectionSessions",
          Self.group,
          Localized(ja: "いま接続中の保守", en: "Who is recorded as connected now, the longest first"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: .named("Record"), total: true), Localized(ja: "接続", en: "The sessions"))]
        )
      ) { call, scope in
        let open = try await sessions.open(in: scope)
        return try call.page(of: open.records) {
          RecordJSON.write($0, .connectionSession, open.titles, call.language, to: &$1)
        }
      },
      .api(
        .post,
        "/connection-sessions",
        EditLedger.self,
        Endpoint(
          "beginConnectionSession",
          Self.group,
          Localized(ja: "いまから接続中にする", en: "Somebody is connected from now"),
          body: .json(
            .object([
              .always("connection", .id), .always("visitor", .text(upTo: FieldRule.longestText, from: 1)),
              .maybe("purpose", .text(upTo: FieldRule.longestText)),
            ])
          ),
          answers: [.json(Self.session, Localized(ja: "接続", en: "The session"), status: 201, headers: ["Location"])],
          problems: [409],
          takesKey: true
        ),
        begin
      ),
      .api(
        .post,
        "/connection-sessions/:id/end",
        EditLedger.self,
        Endpoint(
          "endConnectionSession",
          Self.group,
          Localized(ja: "接続が切れたと記録する", en: "The line is cut"),
          parameters: [.path("id", .id, Localized(ja: "接続の記録の番号", en: "The session's id"))],
          answers: [.json(Self.session, Localized(ja: "接続", en: "The session"))],
          problems: [409]
        ),
        end
      ),
    ]
  }

  @Sendable private func begin(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let connection = call.json["connection"]?.text ?? ""
    guard try await !sessions.records.find(.connection, ids: [connection], in: scope.reading).isEmpty else {
      throw WebError.invalid(
        [(pointer: "/connection", reason: Localized(ja: "この外部接続は登録されていません。", en: "There is no such connection."))],
        call.language
      )
    }
    let session = try await RecordError.told(call) { () async throws -> Record in
      do {
        return try await sessions.begin(
          connection,
          visitor: call.json["visitor"]?.text ?? "",
          purpose: call.json["purpose"]?.text ?? "",
          in: scope
        )
      } catch RecordError.invalid(let problems) {
        throw WebError.invalid(problems.map { (pointer: "/\($0.field)", reason: $0.reason) }, call.language)
      }
    }
    return try await answer(session, call, scope, status: 201)
  }

  @Sendable private func end(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    do {
      let session = try await RecordError.told(call) { try await sessions.end(call["id"], in: scope) }
      return try await answer(session, call, scope)
    } catch ConnectionSessions.Refusal.endedAlready {
      throw WebError.conflict(
        Localized(ja: "この接続は、すでに終わったと記録されています。", en: "This session is recorded as ended already."),
        remedy: Localized(ja: "いまの記録を読み直してください。", en: "Read the session as it is now.")
      )
    }
  }

  private func answer(
    _ session: Record,
    _ call: APICall,
    _ scope: Scope<EditLedger>,
    status: Int = 200
  ) async throws -> WebResponse {
    let titles = try await sessions.records.find(.connectionSession, id: session.id, in: scope.reading).titles
    let place = "\(Route.apiRoot)/records/\(session.kind)/\(session.id)"
    return call.answer(status: status, headers: status == 201 ? ["Location": place] : [:]) { writer in
      writer.key("session") { RecordJSON.write(session, .connectionSession, titles, call.language, to: &$0) }
    }
  }
}
