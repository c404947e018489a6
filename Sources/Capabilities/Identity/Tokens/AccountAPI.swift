import Nouns
import Text
import Time
import Web

/// Accounts, roles, locks, passwords and sessions for programs, as `/settings/users` and `/account` for people.
struct AccountAPI: Sendable {
  let identity: Identity

  static let group = EndpointGroup("accounts", Localized(ja: "利用者・セッション・トークン", en: "Users, sessions, tokens"))

  private static let id = EndpointParameter.path("id", .id, Localized(ja: "利用者の番号", en: "The account's id"))

  static let grant = Schema.object([
    .always("id", .id), .always("role", .choice(Role.allCases.map(\.rawValue))),
    .always("department", .optional(.text)),
  ])

  static let account = Schema.object([
    .always("id", .id), .always("userName", .text), .always("name", .text),
    .always("state", .choice(["active", "locked", "oneTime", "expired"])), .always("language", .text),
    .always("roles", .list(grant)), .always("secondFactor", .boolean), .always("createdAt", .instant),
    .always("signedInAt", .optional(.instant)), .always("lockedAt", .optional(.instant)),
  ])

  private static let role = Schema.object([
    .always("role", .choice(Role.allCases.map(\.rawValue))),
    .maybe(
      "department",
      .optional(.text(upTo: 64)),
      Localized(ja: "部門に限るときの番号", en: "Limits the role to one department")
    ),
  ])

  private static let issued = Schema.object([
    .always("account", account),
    .always("password", .text, Localized(ja: "1回だけ使える仮パスワード。二度と出ません", en: "Good for one sign-in; never shown again")),
  ])

  private static let one: [EndpointAnswer] = [.json(account, Localized(ja: "利用者", en: "The account"))]

  var routes: [Route] { reading + changing + sessions }

  private var reading: [Route] {
    [
      .api(
        .get,
        "/accounts",
        ManageUsers.self,
        Endpoint(
          "listAccounts",
          Self.group,
          Localized(ja: "利用者の一覧", en: "The accounts by user name"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.account, total: true), Localized(ja: "利用者", en: "The accounts"))]
        )
      ) { call, scope in
        try recent(call)
        return try call.page(of: try await identity.accounts(in: scope)) { account, writer in
          write(account, at: call.now, to: &writer)
        }
      },
      .api(
        .get,
        "/accounts/:id",
        ManageUsers.self,
        Endpoint(
          "getAccount",
          Self.group,
          Localized(ja: "1人の利用者", en: "One account"),
          parameters: [Self.id],
          answers: Self.one
        )
      ) { call, scope in try await answer(call, scope) },
    ]
  }

  private var changing: [Route] {
    let reason = Schema.object([.always("reason", .text(upTo: 500, from: 1))])
    return [
      .api(
        .post,
        "/accounts",
        ManageUsers.self,
        Endpoint(
          "addAccount",
          Self.group,
          Localized(ja: "利用者の追加", en: "Add an account with a one-time password"),
          body: .json(
            .object([
              .always("userName", .text(upTo: 64, from: 2)), .always("name", .text(upTo: 100, from: 1)),
              .always("roles", .list(Self.role, upTo: 20)),
            ])
          ),
          answers: [
            .json(
              Self.issued,
              Localized(ja: "利用者と仮パスワード", en: "The account and its password"),
              status: 201,
              headers: ["Location"]
            )
          ]
        ),
        add
      ),
      act("lock", "lockAccount", Localized(ja: "アカウントの停止", en: "Lock an account"), body: .json(reason)) { call, scope in
        try await identity.lock(
          call["id"],
          reason: call.json["reason"]?.text ?? "",
          in: scope,
          visit: Visit(call.request)
        )
      },
      act("unlock", "unlockAccount", Localized(ja: "停止の解除", en: "Unlock an account")) { call, scope in
        try await identity.unlock(call["id"], in: scope, visit: Visit(call.request))
        try await identity.clearLockOut(of: call["id"], in: scope, visit: Visit(call.request))
      },
      act("lock-out/clear", "clearLockOut", Localized(ja: "待ち時間を終える", en: "Let an account try again at once")) {
        call,
        scope in
        try await identity.clearLockOut(of: call["id"], in: scope, visit: Visit(call.request))
      },
      act("roles", "grantRole", Localized(ja: "役割を付ける", en: "Grant a role"), body: .json(Self.role)) { call, scope in
        let grants = try await grants([call.json], in: scope)
        for grant in grants { try await identity.grant(grant, to: call["id"], in: scope, visit: Visit(call.request)) }
      },
      act("second-factor/reset", "resetSecondFactor", Localized(ja: "2段階認証の解除", en: "Reset two-step sign-in")) {
        call,
        scope in try await identity.resetFactor(of: call["id"], in: scope, visit: Visit(call.request))
      },
      .api(
        .delete,
        "/accounts/:id/roles/:role",
        ManageUsers.self,
        Endpoint(
          "revokeRole",
          Self.group,
          Localized(ja: "役割を外す", en: "Take a role away"),
          parameters: [Self.id, .path("role", .id, Localized(ja: "付与の番号", en: "The id of the granted role"))],
          answers: Self.one,
          problems: [409, 422]
        )
      ) { call, scope in
        try await doing(call) {
          try await identity.revoke(grant: call["role"], of: call["id"], in: scope, visit: Visit(call.request))
        }
        return try await answer(call, scope)
      },
      .api(
        .post,
        "/accounts/:id/one-time-password",
        ManageUsers.self,
        Endpoint(
          "issuePassword",
          Self.group,
          Localized(ja: "仮パスワードの発行", en: "Issue a one-time password"),
          parameters: [Self.id],
          answers: [.json(Self.issued, Localized(ja: "仮パスワード", en: "The password"))],
          problems: [409, 422]
        ),
        issue
      ),
    ]
  }

  private var sessions: [Route] {
    let session = Schema.object([
      .always("id", .id), .always("createdAt", .instant), .always("seenAt", .instant), .always("endsAt", .instant),
      .always("address", .text), .always("userAgent", .text),
    ])
    return [
      .api(
        .get,
        "/sessions",
        SignedIn.self,
        Endpoint(
          "listSessions",
          Self.group,
          Localized(ja: "自分のサインイン", en: "Where one is signed in"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: session, total: true), Localized(ja: "サインイン", en: "The sessions"))]
        )
      ) { call, _ in
        let all = try await identity.sessions(of: own(call), at: call.now)
        return try call.page(of: all) { session, writer in
          writer.object { writer in
            writer.member("id", session.id)
            writer.member("createdAt", session.createdAt)
            writer.member("seenAt", session.seenAt)
            writer.member("endsAt", session.endsAt)
            writer.member("address", session.address)
            writer.member("userAgent", session.userAgent)
          }
        }
      },
      .api(
        .delete,
        "/sessions/:id",
        SignedIn.self,
        Endpoint(
          "endSession",
          Self.group,
          Localized(ja: "自分のサインインを終える", en: "Sign oneself out somewhere"),
          parameters: [.path("id", .id, Localized(ja: "サインインの番号", en: "The session's id"))],
          answers: [.nothing(Localized(ja: "終えた", en: "It has ended"))]
        )
      ) { call, _ in
        let session = try own(call)
        guard try await identity.sessions(of: session, at: call.now).contains(where: { $0.id == call["id"] }) else {
          throw WebError.notFound()
        }
        try await identity.endSession(call["id"], of: session, visit: Visit(call.request))
        return .noContent
      },
    ]
  }

  // MARK: Doing

  /// A deed that answers the account as it then is.
  private func act(
    _ path: String,
    _ name: String,
    _ summary: Localized,
    body: EndpointBody = .none,
    _ deed: @escaping @Sendable (APICall, Scope<ManageUsers>) async throws -> Void
  ) -> Route {
    .api(
      .post,
      "/accounts/:id/\(path)",
      ManageUsers.self,
      Endpoint(
        name,
        Self.group,
        summary,
        parameters: [Self.id],
        body: body,
        answers: Self.one,
        problems: [409, 422]
      )
    ) { call, scope in
      try await doing(call) { try await deed(call, scope) }
      return try await answer(call, scope)
    }
  }

  @Sendable private func add(_ call: APICall, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let grants = try await grants(call.json["roles"]?.array ?? [], in: scope)
    let (account, password) = try await doing(call) {
      try await identity.addUser(
        try AccountDraft(userName: call.json["userName"]?.text ?? "", name: call.json["name"]?.text ?? ""),
        grants: grants,
        in: scope,
        visit: Visit(call.request)
      )
    }
    return issued(call, account, password, status: 201, location: "\(Route.apiRoot)/accounts/\(account.id)")
  }

  @Sendable private func issue(_ call: APICall, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let password = try await doing(call) {
      try await identity.issuePassword(for: call["id"], in: scope, visit: Visit(call.request))
    }
    guard let account = try await identity.account(call["id"], in: scope) else { throw WebError.notFound() }
    return issued(call, account, password, status: 200, location: nil)
  }

  private func issued(
    _ call: APICall,
    _ account: Account,
    _ password: String,
    status: Int,
    location: String?
  ) -> WebResponse {
    var response = call.answer(status: status, headers: ["Cache-Control": "no-store"]) { writer in
      writer.key("account") { writer in write(account, at: call.now, to: &writer) }
      writer.member("password", password)
    }
    if let location { response.headers["Location"] = location }
    return response
  }

  private func answer(_ call: APICall, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    try recent(call)
    guard let account = try await identity.account(call["id"], in: scope) else {
      throw WebError.notFound(Localized(ja: "この利用者", en: "This user"))
    }
    var writer = JSONWriter()
    write(account, at: call.now, to: &writer)
    return WebResponse(headers: ["Content-Type": "application/json"], body: .bytes(writer.bytes))
  }

  /// Errors of accounts in the words of the interface.
  private func doing<T>(_ call: APICall, _ body: () async throws -> T) async throws -> T {
    try recent(call)
    do {
      return try await body()
    } catch let problems as Problems {
      let places = problems.list.map { ($0.field.isEmpty ? "" : "/\($0.field)", $0.message) }
      throw WebError.invalid(places.map { (pointer: $0.0, reason: $0.1) }, call.language)
    } catch is Identity.Missing {
      throw WebError.notFound(Localized(ja: "この利用者", en: "This user"))
    }
  }

  /// A cookie must be as fresh as for the pages; a token was made by somebody whose password was.
  private func recent(_ call: APICall) throws {
    guard let session = call.request.session, session.token == nil else { return }
    let limit = identity.settings.recentSeconds * (call.request.method.isSafe ? 1 : 3)
    guard call.now.seconds(since: session.authenticatedAt) >= limit else { return }
    throw WebError(
      status: 403,
      cause: Localized(ja: "パスワードの確認から時間がたちました。", en: "It is too long since the password was given."),
      remedy: Localized(ja: "画面でパスワードを確認してから、もう一度送ってください。", en: "Confirm the password on a page and send it again.")
    )
  }

  private func own(_ call: APICall) throws -> Session {
    guard let session = call.request.session else { throw Denied(permission: .signedIn) }
    return session
  }

  private func grants(_ values: [JSONValue], in scope: Scope<ManageUsers>) async throws -> [Grant] {
    let departments = try await identity.departments(scope.facility)
    return try values.enumerated().map { index, value in
      let department = value["department"]?.text.flatMap { $0.isEmpty ? nil : $0 }
      if let department, !departments.contains(where: { $0.id == department }) {
        throw WebError.invalid(
          [
            (
              pointer: "/roles/\(index)/department",
              reason: Localized(ja: "この部門はありません。", en: "There is no such department.")
            )
          ],
          .ja
        )
      }
      return Grant(role: value["role"]?.text.flatMap(Role.init) ?? .staff, department: department)
    }
  }

  private func write(_ account: Account, at now: Instant, to writer: inout JSONWriter) {
    let state =
      account.lockedAt != nil
      ? "locked" : account.oneTimeUntil.map { $0 <= now ? "expired" : "oneTime" } ?? "active"
    writer.object { writer in
      writer.member("id", account.id)
      writer.member("userName", account.userName)
      writer.member("name", account.name)
      writer.member("state", state)
      writer.member("language", account.language.rawValue)
      writer.array("roles") { writer in
        for held in account.grants {
          writer.object { writer in
            writer.member("id", held.id)
            writer.member("role", held.grant.role.rawValue)
            writer.member("department", held.grant.department)
          }
        }
      }
      writer.member("secondFactor", account.hasSecondFactor)
      writer.member("createdAt", account.createdAt)
      writer.member("signedInAt", account.signedInAt)
      writer.member("lockedAt", account.lockedAt)
    }
  }
}
