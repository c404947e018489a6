import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// `/account`: one's own name, language, password, second factor and sessions.
struct AccountRoutes: Sendable {
  let identity: Identity

  var routes: [Route] {
    [
      .get("/account", SignedIn.self, show),
      .post("/account", SignedIn.self, save),
      .get("/account/password", SignedIn.self, showPassword),
      .post("/account/password", SignedIn.self, savePassword),
      .get("/account/second-factor", SignedIn.self, showFactor),
      .post("/account/second-factor", SignedIn.self, saveFactor),
      .post("/account/second-factor/remove", SignedIn.self, removeFactor),
      .post("/account/recovery-codes", SignedIn.self, renewCodes),
      .post("/account/sessions/:id/end", SignedIn.self, endSession),
      .post("/account/sessions/end-others", SignedIn.self, endOthers),
      .get("/account/confirm", SignedIn.self, showConfirm),
      .post("/account/confirm", SignedIn.self, confirm),
    ]
  }

  private func session(_ request: WebRequest) throws -> Session {
    guard let session = request.session else { throw Denied(permission: .signedIn) }
    return session
  }

  // MARK: Overview

  @Sendable func show(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    try await overview(request, WebForm(), [])
  }

  @Sendable func save(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (form, session) = (try request.form(), try session(request))
    let account = try await identity.ownAccount(session)
    do {
      let draft = try AccountDraft(
        userName: account.userName,
        name: form.text("displayName"),
        language: form["language"].flatMap(Language.init) ?? account.language,
        dateStyle: form.contains("dateStyle") ? DateStyle(rawValue: form.text("dateStyle")) : account.dateStyle
      )
      try await identity.saveOwn(draft, account, visit: Visit(request))
      return .redirect(to: "/account", flash: .done(Localized(ja: "保存しました。", en: "Saved.")))
        .setting(SetCookie(WebApp.languageCookie, draft.language.rawValue, maxAge: 365 * 86_400))
    } catch let problems as Problems {
      return try await overview(request, form, problems.errors(request.language))
    }
  }

  private func overview(_ request: WebRequest, _ form: WebForm, _ errors: [FieldError]) async throws -> WebResponse {
    let session = try session(request)
    let account = try await identity.ownAccount(session)
    let sessions = try await identity.sessions(of: session, at: request.now)
    let codes = account.hasSecondFactor ? try await identity.unusedRecoveryCodes(of: account) : 0
    let pages = AccountPages(request: request, account: account)
    return .page(
      pages.overview(
        sessions,
        current: session,
        recoveryCodes: codes,
        facilities: try await identity.facilities(),
        form: form,
        errors: errors
      )
    )
  }

  // MARK: Password

  @Sendable func showPassword(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await identity.ownAccount(try session(request))
    return .page(AccountPages(request: request, account: account).password([]))
  }

  @Sendable func savePassword(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (form, session) = (try request.form(), try session(request))
    let account = try await identity.ownAccount(session)
    let errors: [FieldError]
    do {
      try NewPassword.check(form)
      try await identity.changePassword(
        of: account,
        from: form["password"] ?? "",
        to: form["newPassword"] ?? "",
        keeping: session,
        visit: Visit(request)
      )
      return .redirect(
        to: "/account",
        flash: .done(
          Localized(
            ja: "パスワードを変更しました。ほかの端末ではサインアウトしました。",
            en: "Your password was changed. You were signed out on other devices."
          )
        )
      )
    } catch let problems as Problems {
      errors = problems.errors(request.language)
    } catch let refusal as SignInRefusal {
      errors = [FieldError("", refusal.message[request.language])]
    }
    return .page(AccountPages(request: request, account: account).password(errors))
  }

  // MARK: Second factor

  @Sendable func showFactor(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await identity.ownAccount(try session(request))
    let pages = AccountPages(request: request, account: account)
    if account.hasSecondFactor { return .page(pages.factor([])) }
    return try await enrolment(request, account, [])
  }

  private func enrolment(_ request: WebRequest, _ account: Account, _ errors: [FieldError]) async throws -> WebResponse
  {
    let factor = try await identity.pendingFactor(of: account, at: request.now)
    let issuer = "Yagura \(request.session?.facilityName ?? "")"
    var response = WebResponse.page(
      AccountPages(request: request, account: account).enrolment(factor, issuer: issuer, errors)
    )
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  @Sendable func saveFactor(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await identity.ownAccount(try session(request))
    if account.hasSecondFactor { return .redirect(to: "/account/second-factor") }
    do {
      let codes = try await identity.confirmFactor(
        try request.form().text("code"),
        of: account,
        visit: Visit(request)
      )
      return Self.once(AccountPages(request: request, account: account).recoveryCodes(codes))
    } catch let problems as Problems {
      return try await enrolment(request, account, problems.errors(request.language))
    }
  }

  @Sendable func removeFactor(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await identity.ownAccount(try session(request))
    return try await withPassword(request, account) { visit in
      try await identity.removeOwnFactor(of: account, visit: visit)
      return .redirect(
        to: "/account",
        flash: .done(Localized(ja: "2段階認証をやめました。", en: "Two-step sign-in was turned off."))
      )
    }
  }

  @Sendable func renewCodes(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await identity.ownAccount(try session(request))
    guard account.hasSecondFactor else { return .redirect(to: "/account/second-factor") }
    return try await withPassword(request, account) { visit in
      let codes = try await identity.renewRecoveryCodes(of: account, visit: visit)
      return Self.once(AccountPages(request: request, account: account).recoveryCodes(codes))
    }
  }

  /// Does what weakens the account only for those who know its password.
  private func withPassword(
    _ request: WebRequest,
    _ account: Account,
    _ body: (Visit) async throws -> WebResponse
  ) async throws -> WebResponse {
    let visit = Visit(request)
    let errors: [FieldError]
    do {
      try await identity.confirm(try request.form()["password"] ?? "", of: account, visit)
      return try await body(visit)
    } catch let problems as Problems {
      errors = problems.errors(request.language)
    } catch let refusal as SignInRefusal {
      errors = [FieldError("", refusal.message[request.language])]
    }
    return .page(AccountPages(request: request, account: account).factor(errors))
  }

  /// Shown this once: neither kept by the browser nor reached by going back.
  private static func once(_ page: Page) -> WebResponse {
    var response = WebResponse.page(page)
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  // MARK: Sessions

  @Sendable func endSession(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (session, id) = (try session(request), request["id"])
    try await identity.endSession(id, of: session, visit: Visit(request))
    return .redirect(
      to: "/account",
      flash: .done(Localized(ja: "その端末でサインアウトしました。", en: "That device was signed out."))
    )
  }

  @Sendable func endOthers(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let session = try session(request)
    try await identity.endOtherSessions(session, visit: Visit(request))
    return .redirect(
      to: "/account",
      flash: .done(Localized(ja: "ほかの端末ではサインアウトしました。", en: "You were signed out on other devices."))
    )
  }

  // MARK: Recent authentication

  @Sendable func showConfirm(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await identity.ownAccount(try session(request))
    return .page(
      AccountPages(request: request, account: account).confirm(next: SignInRoutes.next(request.query["next"]), [])
    )
  }

  @Sendable func confirm(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (form, session) = (try request.form(), try session(request))
    let account = try await identity.ownAccount(session)
    let next = SignInRoutes.next(form["next"])
    let errors: [FieldError]
    do {
      try await identity.confirm(form["password"] ?? "", of: account, Visit(request))
      let token = try await identity.renewAuthentication(of: session, at: request.now)
      return .redirect(to: next).setting(SetCookie(WebApp.sessionCookie, token.text))
    } catch let problems as Problems {
      errors = problems.errors(request.language)
    } catch let refusal as SignInRefusal {
      errors = [FieldError("", refusal.message[request.language])]
    }
    return .page(AccountPages(request: request, account: account).confirm(next: next, errors))
  }
}
