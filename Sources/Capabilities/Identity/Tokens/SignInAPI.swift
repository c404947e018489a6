import Journal
import Nouns
import Text
import Time
import Web

/// Who signed in and who was kept out, as `/settings/sign-ins` for people, and letting an address try again.
struct SignInAPI: Sendable {
  let identity: Identity

  private static let event = JSONShape<JournalEntry>([
    .text("id") { $0.id }, .text("kind") { $0.kind }, .words("label") { AccountEvent.label($0.kind) },
    .text("subject", Localized(ja: "対象のアカウントか接続元", en: "The account or address it is about")) {
      $0.subjectType == "sign-in" ? "" : $0.subjectTitle
    }, .instant("at") { $0.at }, .text("actor") { $0.actorName },
    .list(
      "details",
      JSONShape<FieldChange>([
        .text("name") { $0.field }, .maybe("from") { $0.from }, .maybe("to") { $0.to },
      ])
    ) { $0.changes }, .maybe("reason") { $0.reason },
  ])

  private static let waiting = JSONShape<(address: String, state: LockedOut)>([
    .text("address") { $0.address }, .number("failures") { $0.state.failures },
    .number("waitSeconds") { $0.state.wait },
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/sign-ins",
        ManageUsers.self,
        Endpoint(
          "listSignIns",
          AccountAPI.group,
          Localized(ja: "サインインと利用者の記録（新しい順）", en: "Sign-ins and what was done about accounts, the newest first"),
          parameters: [
            .query(
              "lockedOut",
              .boolean,
              Localized(ja: "true なら、続けて間違えたものだけ", en: "true: lock-outs only")
            ), .limit, .cursor,
          ],
          answers: [.json(.page(of: Self.event.schema), Localized(ja: "記録", en: "The entries"))]
        ),
        list
      ),
      .api(
        .get,
        "/sign-in-lock-outs",
        ManageUsers.self,
        Endpoint(
          "listLockOuts",
          AccountAPI.group,
          Localized(ja: "待ち時間になっている接続元", en: "Addresses that have to wait before they may try again"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.waiting, Localized(ja: "接続元", en: "The addresses"))]
        )
      ) { call, scope in
        try call.page(of: try await identity.lockedAddresses(in: scope, at: call.now), as: Self.waiting)
      },
      .api(
        .post,
        "/sign-in-lock-outs/clear",
        ManageUsers.self,
        Endpoint(
          "clearLockOutOfAddress",
          AccountAPI.group,
          Localized(ja: "接続元がすぐに試せるようにする", en: "Let an address try again at once"),
          body: .json(.object([.always("address", .text(upTo: 64, from: 1))])),
          answers: [
            .json(
              .object([.always("wasWaiting", .boolean)]),
              Localized(ja: "待ち時間になっていたか", en: "Whether it had to wait")
            )
          ]
        )
      ) { call, scope in
        let wasWaiting = try await identity.clearLockOut(
          address: call.json["address"]?.text ?? "",
          in: scope,
          visit: Visit(call.request)
        )
        return call.answer { $0.member("wasWaiting", wasWaiting) }
      },
    ]
  }

  private static let mark = "sign-ins"

  @Sendable private func list(_ call: APICall, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    var place: JournalCursor?
    if let parts = try call.cursor()?.parts {
      guard parts.count == 2, parts[0] == Self.mark, let read = JournalCursor(reading: parts[1]) else {
        throw WebError.brokenCursor
      }
      place = read
    }
    let entries = try await identity.signInLog(
      isLockedOutOnly: call.query("lockedOut") == "true",
      before: place,
      limit: call.limit + 1,
      in: scope
    )
    let shown = Array(entries.prefix(call.limit))
    let next =
      entries.count > shown.count ? shown.last.map { Cursor([Self.mark, JournalCursor(after: $0).text]) } : nil
    return call.page(shown, next: next) { Self.event.write($0, call.language, to: &$1) }
  }
}
