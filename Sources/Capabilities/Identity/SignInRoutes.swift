import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// `/sign-in` and its steps, `/sign-out`, `/session/extend`.
struct SignInRoutes: Sendable {
  let identity: Identity

  var routes: [Route] {
    [
      .open(.get, "/sign-in", show),
      .open(.post, "/sign-in", signIn),
      .open(.get, "/sign-in/code", showCode),
      .open(.post, "/sign-in/code", takeCode),
      .open(.get, "/sign-in/password", showPassword),
      .open(.post, "/sign-in/password", takePassword),
      .open(.post, "/sign-out", signOut),
      .post("/session/extend", SignedIn.self, extend),
    ]
  }

  // MARK: User name and password

  @Sendable func show(_ request: WebRequest) async throws -> WebResponse {
    guard try await identity.isSetUp() else { return .redirect(to: "/setup") }
    if request.session != nil { return .redirect(to: Self.next(request.query["next"])) }
    return try await page(request, next: request.query["next"])
  }

  @Sendable func signIn(_ request: WebRequest) async throws -> WebResponse {
    guard try await identity.isSetUp() else { return .redirect(to: "/setup") }
    let form = try request.form()
    var missing: [FieldError] = []
    let language = request.language
    if form.text("userName").isEmpty {
      missing.append(FieldError("userName", language == .ja ? "ユーザー名を入力してください。" : "Enter your user name."))
    }
    if (form["password"] ?? "").isEmpty {
      missing.append(FieldError("password", language == .ja ? "パスワードを入力してください。" : "Enter your password."))
    }
    guard missing.isEmpty else { return try await page(request, form: form, next: form["next"], errors: missing) }
    do {
      let opened = try await identity.signIn(
        userName: form.text("userName"),
        password: form["password"] ?? "",
        facility: form["facility"].map(FacilityID.init),
        visit: Visit(request)
      )
      try await identity.endFormerSession(of: request)
      return Self.proceed(opened, next: form["next"])
    } catch let refusal as SignInRefusal {
      let field = refusal == .noFacility ? "facility" : refusal == .wrong ? "userName" : ""
      let error = FieldError(field, refusal.message[language])
      return try await page(request, form: form, next: form["next"], errors: [error], refusal: refusal)
    }
  }

  private func page(
    _ request: WebRequest,
    form: WebForm = WebForm(),
    next: String?,
    errors: [FieldError] = [],
    refusal: SignInRefusal? = nil
  ) async throws -> WebResponse {
    let language = request.language
    let ja = language == .ja
    let facilities = try await identity.facilities()
    var fields: [FormField] = []
    if facilities.count > 1 {
      let none = Choice("", ja ? "選んでください" : "Choose")
      fields.append(
        .select(
          "facility",
          ja ? "施設" : "Facility",
          [none] + facilities.map { Choice($0.id.rawValue, $0.name) },
          chosen: form["facility"] ?? "",
          required: true
        )
      )
    }
    fields.append(
      .text(
        "userName",
        ja ? "ユーザー名" : "User name",
        value: form["userName"] ?? "",
        required: true,
        autocomplete: "username"
      )
    )
    fields.append(
      .password("password", ja ? "パスワード" : "Password", autocomplete: "current-password")
    )
    if let next { fields.append(.hidden("next", next)) }
    let frame = FormFrame(
      action: "/sign-in",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(ja ? "サインイン" : "Sign in")
    )
    let lead: HTML? = facilities.count == 1 ? facilities.first.map { "\($0.name)" } : nil
    let others = try await ProviderRoutes(identity: identity).buttons(next: next, language)
    let main: HTML = """
      \(frame.html(language))\(others)
      <section><p>\(ja ? "サインインできないときは、システム管理者に連絡してください。仮パスワードを発行してもらえます。" : "If you cannot sign in, contact your system administrator, who can issue a one-time password.")</p></section>
      """
    return Self.answer(
      Page(ja ? "サインイン" : "Sign in", lead: lead, errors: errors, main: main),
      refusal: refusal
    )
  }

  /// Sets the cookie and leads to what comes next.
  static func proceed(_ opened: Opened, next: String?) -> WebResponse {
    let cookie = SetCookie(WebApp.sessionCookie, opened.token.text)
    let path =
      switch opened.stage {
      case .full: Self.next(next)
      case .code: LocalPath.make("/sign-in/code", ["next": next])
      case .password: LocalPath.make("/sign-in/password", ["next": next])
      }
    return .redirect(to: path).setting(cookie)
      .setting(SetCookie(WebApp.languageCookie, opened.language.rawValue, maxAge: 365 * 86_400))
  }

  // MARK: Second factor

  @Sendable func showCode(_ request: WebRequest) async throws -> WebResponse {
    guard try await token(request, .code) != nil else { return restart(request.query["next"]) }
    return codePage(request, next: request.query["next"], errors: [])
  }

  @Sendable func takeCode(_ request: WebRequest) async throws -> WebResponse {
    let form = try request.form()
    guard let token = try await token(request, .code) else { return restart(form["next"]) }
    do {
      let opened = try await identity.signIn(code: form.text("code"), step: token, visit: Visit(request))
      return Self.proceed(opened, next: form["next"])
    } catch SignInRefusal.wrong {
      return codePage(
        request,
        next: form["next"],
        errors: [FieldError("code", Identity.wrongCode[request.language])]
      )
    } catch SignInRefusal.stepExpired {
      return restart(form["next"])
    } catch let refusal as SignInRefusal {
      return codePage(
        request,
        next: form["next"],
        errors: [FieldError("", refusal.message[request.language])],
        refusal: refusal
      )
    }
  }

  private func codePage(
    _ request: WebRequest,
    next: String?,
    errors: [FieldError],
    refusal: SignInRefusal? = nil
  ) -> WebResponse {
    let ja = request.language == .ja
    var fields: [FormField] = [
      .text(
        "code",
        ja ? "認証コード" : "Code",
        required: true,
        support: ja
          ? "認証アプリに表示されている6桁の数字です。スマートフォンがないときは、回復コードを入力してください。"
          : "The six digits your authenticator app shows. Without the phone, enter a recovery code.",
        autocomplete: "one-time-code"
      )
    ]
    if let next { fields.append(.hidden("next", next)) }
    let frame = FormFrame(
      action: "/sign-in/code",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(ja ? "サインイン" : "Sign in")
    )
    let main: HTML = """
      \(frame.html(request.language))<section><p><a href="/sign-in">\(ja ? "はじめからやり直す" : "Start again")</a></p></section>
      """
    return Self.answer(
      Page(ja ? "2段階目の確認" : "Second step", errors: errors, main: main),
      refusal: refusal
    )
  }

  // MARK: After an issued password

  @Sendable func showPassword(_ request: WebRequest) async throws -> WebResponse {
    guard let token = try await token(request, .password) else { return restart(request.query["next"]) }
    let (_, account) = try await identity.step(token, .password, Visit(request))
    return passwordPage(request, account, next: request.query["next"], errors: [])
  }

  @Sendable func takePassword(_ request: WebRequest) async throws -> WebResponse {
    let form = try request.form()
    guard let token = try await token(request, .password) else { return restart(form["next"]) }
    do {
      let (_, account) = try await identity.step(token, .password, Visit(request))
      do {
        try NewPassword.check(form)
        let opened = try await identity.signIn(
          newPassword: form["newPassword"] ?? "",
          step: token,
          visit: Visit(request)
        )
        return Self.proceed(opened, next: form["next"])
      } catch let problems as Problems {
        return passwordPage(request, account, next: form["next"], errors: problems.errors(request.language))
      }
    } catch SignInRefusal.stepExpired {
      return restart(form["next"])
    }
  }

  private func passwordPage(
    _ request: WebRequest,
    _ account: Account,
    next: String?,
    errors: [FieldError]
  ) -> WebResponse {
    let ja = request.language == .ja
    var fields = NewPassword.fields(account, request.language, errors)
    if let next { fields.append(.hidden("next", next)) }
    var frame = FormFrame(
      action: "/sign-in/password",
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(ja ? "決めて進む" : "Continue")
    )
    frame.more = NewPassword.userName(account.userName)
    return Self.answer(
      Page(
        ja ? "新しいパスワードを決める" : "Choose a new password",
        lead: HTML(
          text: ja
            ? "仮パスワードでサインインしました。自分だけが知っているパスワードに替えてください。"
            : "You signed in with a one-time password. Choose one that only you know."
        ),
        errors: errors,
        main: frame.html(request.language)
      )
    )
  }

  // MARK: Ending and extending

  @Sendable func signOut(_ request: WebRequest) async throws -> WebResponse {
    if let session = request.session { try await identity.endSession(session) }
    var response = WebResponse.redirect(
      to: "/sign-in",
      flash: Flash(.notice, Localized(ja: "サインアウトしました。", en: "You have signed out."))
    ).setting(SetCookie(WebApp.sessionCookie, "", maxAge: 0))
    // On a shared computer neither pages nor drafts stay behind.
    response.headers["Clear-Site-Data"] = "\"cache\", \"storage\""
    return response
  }

  @Sendable func extend(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    struct Answer: Encodable {
      let endsIn: Int
    }
    guard let session = request.session else { throw Denied(permission: .signedIn) }
    try await identity.keepUp(session, at: request.now)
    return try .json(Answer(endsIn: session.expiresAt.seconds(since: request.now)))
  }

  // MARK: Common to the steps

  /// The cookie's token, if it stands at this stage.
  private func token(_ request: WebRequest, _ stage: Stage) async throws -> Token? {
    guard let token = request.cookie(WebApp.sessionCookie).flatMap(Token.init(reading:)) else { return nil }
    do {
      _ = try await identity.step(token, stage, Visit(request))
      return token
    } catch SignInRefusal.stepExpired {
      return nil
    }
  }

  private func restart(_ next: String?) -> WebResponse {
    .redirect(
      to: LocalPath.make("/sign-in", ["next": next]),
      flash: Flash(.notice, SignInRefusal.stepExpired.message)
    )
  }

  /// Where to go after signing in: a page of this site, not one of signing in itself.
  static func next(_ path: String?) -> String {
    guard let path, LocalPath.isSafe(path), !["/sign-in", "/sign-out", "/setup"].contains(where: path.hasPrefix)
    else { return "/" }
    return path
  }

  static func answer(_ page: Page, refusal: SignInRefusal? = nil) -> WebResponse {
    guard case .wait(let seconds) = refusal else { return .page(page, surroundings: .bare) }
    var response = WebResponse.page(page, surroundings: .bare, status: 429)
    response.headers["Retry-After"] = String(seconds)
    return response
  }
}

/// The two fields of a new password, and the rules beside them.
enum NewPassword {
  static func fields(_ account: Account, _ language: Language, _ errors: [FieldError]) -> [FormField] {
    fields(hasSecondFactor: account.hasSecondFactor, language, errors)
  }

  static func fields(
    hasSecondFactor: Bool,
    name: String = "newPassword",
    _ language: Language,
    _ errors: [FieldError]
  ) -> [FormField] {
    let ja = language == .ja
    return [
      FormField.password(
        name,
        ja ? "新しいパスワード" : "New password",
        autocomplete: "new-password",
        support: PasswordRules.hint(hasSecondFactor: hasSecondFactor)[language]
      ),
      FormField.password(
        "again",
        ja ? "新しいパスワード（もう一度）" : "New password, once more",
        autocomplete: "new-password"
      ),
    ].map { $0.withError(from: errors) }
  }

  /// For the browser's own keeper of passwords, which wants to know whose it is.
  static func userName(_ name: String) -> HTML {
    "<input type=\"hidden\" name=\"username\" autocomplete=\"username\" value=\"\(name)\">"
  }

  static func check(_ form: WebForm, name: String = "newPassword") throws(Problems) {
    let password = form[name] ?? ""
    if password.isEmpty {
      throw Problems(name, Localized(ja: "新しいパスワードを入力してください。", en: "Enter a new password."))
    }
    if password != form["again"] ?? "" {
      throw Problems(
        "again",
        Localized(ja: "2つのパスワードが一致しません。同じものを入力してください。", en: "The two passwords differ. Enter the same one twice.")
      )
    }
  }
}
