import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/settings/users`: everybody's accounts, for those who manage them. All of it wants a recent password.
struct UserRoutes: Sendable {
  let identity: Identity

  private typealias Handling = @Sendable (WebRequest, Scope<ManageUsers>) async throws -> WebResponse

  var routes: [Route] {
    [
      .get("/settings/users", ManageUsers.self, recently(list)),
      .get("/settings/users/new", ManageUsers.self, recently(showNew)),
      .post("/settings/users/new", ManageUsers.self, recently(add)),
      .get("/settings/users/:id", ManageUsers.self, recently(show)),
      .post("/settings/users/:id/roles", ManageUsers.self, recently(grant)),
      .post("/settings/users/:id/roles/:role/remove", ManageUsers.self, recently(revoke)),
      .post("/settings/users/:id/lock", ManageUsers.self, recently(lock)),
      .post("/settings/users/:id/unlock", ManageUsers.self, recently(unlock)),
      .post("/settings/users/:id/lock-out/clear", ManageUsers.self, recently(clearLockOut)),
      .post("/settings/users/:id/second-factor/reset", ManageUsers.self, recently(resetFactor)),
      .post("/settings/users/:id/one-time-password", ManageUsers.self, recently(issuePassword)),
    ]
  }

  /// Asks for the password again where it was given too long ago. A form may come later than the page it stood on.
  private func recently(_ handler: @escaping Handling) -> Handling {
    { request, scope in
      guard let session = request.session else { throw Denied(permission: .manageUsers) }
      let limit = identity.settings.recentSeconds * (request.method.isSafe ? 1 : 3)
      guard request.now.seconds(since: session.authenticatedAt) < limit else {
        let next = request.method.isSafe ? request.address : "/settings/users"
        return .redirect(to: LocalPath.make("/account/confirm", ["next": next]))
      }
      return try await handler(request, scope)
    }
  }

  @Sendable private func list(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let accounts = try await identity.accounts(in: scope)
    let departments = try await identity.departments(scope.facility)
    return .page(UserPages(request: request, departments: departments).list(accounts), current: "identity.users")
  }

  // MARK: Adding

  @Sendable private func showNew(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let departments = try await identity.departments(scope.facility)
    return .page(UserPages(request: request, departments: departments).new(WebForm(), []), current: "identity.users")
  }

  @Sendable private func add(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let form = try request.form()
    let departments = try await identity.departments(scope.facility)
    let pages = UserPages(request: request, departments: departments)
    do {
      let grant = try Self.grant(form, departments)
      let draft = try AccountDraft(userName: form.text("userName"), name: form.text("displayName"))
      let (account, password) = try await identity.addUser(draft, grants: [grant], in: scope, visit: Visit(request))
      return Self.once(pages.issued(account, password, isNew: true))
    } catch let problems as Problems {
      return .page(pages.new(form, problems.errors(request.language)), current: "identity.users")
    }
  }

  private static func grant(_ form: WebForm, _ departments: [Identity.Department]) throws(Problems) -> Grant {
    guard let role = Role(rawValue: form.text("role")) else {
      throw Problems("role", Localized(ja: "役割を選んでください。", en: "Choose a role."))
    }
    let department = form.text("department")
    if !department.isEmpty, !departments.contains(where: { $0.id == department }) {
      throw Problems("department", Localized(ja: "部門を選び直してください。", en: "Choose the department again."))
    }
    return Grant(role: role, department: department.isEmpty ? nil : department)
  }

  // MARK: One account

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    try await page(request, scope, WebForm(), [])
  }

  private func page(
    _ request: WebRequest,
    _ scope: Scope<ManageUsers>,
    _ form: WebForm,
    _ errors: [FieldError]
  ) async throws -> WebResponse {
    guard let account = try await identity.account(request["id"], in: scope) else { throw Self.missing }
    let departments = try await identity.departments(scope.facility)
    return .page(
      UserPages(request: request, departments: departments)
        .one(account, try await identity.lockedOut(account, at: request.now), form, errors),
      current: "identity.users"
    )
  }

  @Sendable private func grant(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let form = try request.form()
    return try await change(request, scope, form, Localized(ja: "役割を付けました。", en: "The role was granted.")) {
      let grant = try Self.grant(form, try await identity.departments(scope.facility))
      try await identity.grant(grant, to: request["id"], in: scope, visit: Visit(request))
    }
  }

  @Sendable private func revoke(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    try await change(request, scope, WebForm(), Localized(ja: "役割を外しました。", en: "The role was taken away.")) {
      try await identity.revoke(grant: request["role"], of: request["id"], in: scope, visit: Visit(request))
    }
  }

  @Sendable private func lock(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let form = try request.form()
    let done = Localized(
      ja: "アカウントを停止しました。サインインしていた端末からもサインアウトしました。",
      en: "The account was locked and signed out everywhere."
    )
    return try await change(request, scope, form, done) {
      try await identity.lock(request["id"], reason: form.text("reason"), in: scope, visit: Visit(request))
    }
  }

  @Sendable private func unlock(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    try await change(request, scope, WebForm(), Localized(ja: "停止を解除しました。", en: "The account was unlocked.")) {
      try await identity.unlock(request["id"], in: scope, visit: Visit(request))
    }
  }

  @Sendable private func clearLockOut(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let done = Localized(ja: "すぐにサインインを試せるようにしました。", en: "The account may try again at once.")
    return try await change(request, scope, WebForm(), done) {
      try await identity.clearLockOut(of: request["id"], in: scope, visit: Visit(request))
    }
  }

  @Sendable private func resetFactor(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let done = Localized(
      ja: "2段階認証を解除しました。本人に、もう一度設定するよう伝えてください。",
      en: "Two-step sign-in was reset. Ask the person to turn it on again."
    )
    return try await change(request, scope, WebForm(), done) {
      try await identity.resetFactor(of: request["id"], in: scope, visit: Visit(request))
    }
  }

  @Sendable private func issuePassword(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    guard let account = try await identity.account(request["id"], in: scope) else { throw Self.missing }
    let departments = try await identity.departments(scope.facility)
    let password = try await identity.issuePassword(for: account.id, in: scope, visit: Visit(request))
    return Self.once(UserPages(request: request, departments: departments).issued(account, password, isNew: false))
  }

  private func change(
    _ request: WebRequest,
    _ scope: Scope<ManageUsers>,
    _ form: WebForm,
    _ done: Localized,
    _ body: () async throws -> Void
  ) async throws -> WebResponse {
    do {
      try await body()
      return .redirect(to: "/settings/users/\(Percent.encode(request["id"]))", flash: .done(done))
    } catch let problems as Problems {
      return try await page(request, scope, form, problems.errors(request.language))
    } catch is Identity.Missing {
      throw Self.missing
    }
  }

  private static let missing = WebError.notFound(Localized(ja: "この利用者", en: "This user"))

  private static func once(_ page: Page) -> WebResponse {
    var response = WebResponse.page(page, current: "identity.users")
    response.headers["Cache-Control"] = "no-store"
    return response
  }
}
