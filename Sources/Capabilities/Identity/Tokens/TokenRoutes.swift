import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/settings/tokens`: keys for programs that read or change what Yagura holds. All of it wants a recent password.
struct TokenRoutes: Sendable {
  let identity: Identity

  static let path = "/settings/tokens"

  private typealias Handling = @Sendable (WebRequest, Scope<ManageSettings>) async throws -> WebResponse

  var routes: [Route] {
    [
      .get(Self.path, ManageSettings.self, recently(list)),
      .post(Self.path, ManageSettings.self, recently(make)),
      .post("\(Self.path)/:id/revoke", ManageSettings.self, recently(revoke)),
      .api(
        .get,
        "/tokens",
        ManageSettings.self,
        Endpoint(
          "listTokens",
          AccountAPI.group,
          Localized(ja: "APIトークンの一覧", en: "API tokens"),
          parameters: [.limit, .cursor],
          answers: [
            .json(.page(of: Self.schema, total: true), Localized(ja: "トークン", en: "The tokens, never their text"))
          ]
        ),
        tokens
      ),
      .api(
        .delete,
        "/tokens/:id",
        ManageSettings.self,
        Endpoint(
          "revokeToken",
          AccountAPI.group,
          Localized(ja: "APIトークンの取り消し", en: "Revoke an API token"),
          parameters: [.path("id", .id, Localized(ja: "トークンの番号", en: "The token's id"))],
          answers: [.nothing(Localized(ja: "取り消した", en: "It works no longer"))]
        ),
        end
      ),
    ]
  }

  private func recently(_ handler: @escaping Handling) -> Handling {
    { request, scope in
      guard let session = request.session else { throw Denied(permission: .manageSettings) }
      let limit = identity.settings.recentSeconds * (request.method.isSafe ? 1 : 3)
      guard request.now.seconds(since: session.authenticatedAt) < limit else {
        return .redirect(to: LocalPath.make("/account/confirm", ["next": Self.path]))
      }
      return try await handler(request, scope)
    }
  }

  @Sendable private func list(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    try await page(request, scope, WebForm(), [])
  }

  private func page(
    _ request: WebRequest,
    _ scope: Scope<ManageSettings>,
    _ form: WebForm,
    _ errors: [FieldError]
  ) async throws -> WebResponse {
    let tokens = try await identity.tokens(in: scope)
    return .page(TokenPages(request: request).list(tokens, form, errors), current: "identity.tokens")
  }

  @Sendable private func make(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    guard let account = try await identity.ownAccount(of: scope.actor, in: scope) else {
      throw Denied(permission: .manageSettings)
    }
    do {
      let draft = try APITokenDraft(
        name: form.text("name"),
        permissions: form.all("permission"),
        days: Int(form.text("days")) ?? 0
      )
      let (token, text) = try await identity.makeToken(draft, for: account, in: scope, visit: Visit(request))
      var response = WebResponse.page(TokenPages(request: request).made(token, text), current: "identity.tokens")
      response.headers["Cache-Control"] = "no-store"
      return response
    } catch let problems as Problems {
      return try await page(request, scope, form, problems.errors(request.language))
    }
  }

  @Sendable private func revoke(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    guard try await identity.revokeToken(request["id"], in: scope, visit: Visit(request)) != nil else {
      throw WebError.notFound(Localized(ja: "このトークン", en: "This token"))
    }
    return .redirect(
      to: Self.path,
      flash: .done(Localized(ja: "トークンを取り消しました。", en: "The token was revoked."))
    )
  }

  // MARK: For programs

  private static let schema = Schema.object([
    .always("id", .id), .always("name", .text), .always("account", .text), .always("accountName", .text),
    .always("permissions", .list(.text)), .always("state", .choice(["active", "expired", "revoked"])),
    .always("createdAt", .instant), .always("createdBy", .text), .always("expiresAt", .instant),
    .always("usedAt", .optional(.instant)), .always("usedFrom", .optional(.text)),
    .always("revokedAt", .optional(.instant)),
  ])

  @Sendable private func tokens(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    try call.page(of: try await identity.tokens(in: scope)) { token, writer in
      writer.object { writer in
        writer.member("id", token.id)
        writer.member("name", token.name)
        writer.member("account", token.account)
        writer.member("accountName", token.accountName)
        writer.member("permissions", texts: token.permissions.map(\.rawValue))
        writer.member("state", token.state(at: call.now).rawValue)
        writer.member("createdAt", token.createdAt)
        writer.member("createdBy", token.createdBy)
        writer.member("expiresAt", token.expiresAt)
        writer.member("usedAt", token.usedAt)
        writer.member("usedFrom", token.usedFrom)
        writer.member("revokedAt", token.revokedAt)
      }
    }
  }

  @Sendable private func end(_ call: APICall, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    guard try await identity.revokeToken(call["id"], in: scope, visit: Visit(call.request)) != nil else {
      throw WebError.notFound(Localized(ja: "このトークン", en: "This token"))
    }
    return .noContent
  }
}
