import Design
import HTML
import Nouns
import OpenID
import Sealing
import Text
import Time
import Web

/// Signing in with the hospital's OpenID Connect provider: the way there and back, linking, and the settings.
struct ProviderRoutes: Sendable {
  let identity: Identity

  static let returnPath = "/sign-in/provider/return"
  private static let path = "/settings/openid"
  /// Ties the way back to the browser that left.
  private static let cookie = "yagura-provider"

  var routes: [Route] {
    [
      .open(.get, "/sign-in/provider", leave),
      .open(.get, Self.returnPath, come),
      .get("/account/provider", SignedIn.self, own),
      .get("/account/provider/link", SignedIn.self, link),
      .post("/account/provider/unlink", SignedIn.self, unlink),
      .get(Self.path, ManageSettings.self, show),
      .post(Self.path, ManageSettings.self, save),
      Route.post("\(Self.path)/test", ManageSettings.self, test).within(.seconds(60)),
    ]
  }

  static func tabs(current: String, _ language: Language) -> HTML {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    return Tabs(
      say("院内の認証との連携", "Single sign-on"),
      [
        MenuEntry(
          say("ディレクトリー（LDAP・AD）", "Directory (LDAP, AD)"),
          "/settings/directory",
          isCurrent: current == "/settings/directory"
        ), MenuEntry("OpenID Connect", path, isCurrent: current == path),
      ]
    ).html
  }

  /// The buttons of the sign-in page, one for each facility that has a provider.
  func buttons(next: String?, _ language: Language) async throws -> HTML {
    var links: [HTML] = []
    let facilities = try await identity.facilities()
    for facility in facilities {
      guard let choice = try await identity.provider(facility.id), choice.isOn else { continue }
      let place = facilities.count > 1 ? facility.name + language.colon : ""
      let label = Localized(ja: "\(place)\(choice.label)でサインイン", en: "\(place)Sign in with \(choice.label)")
      links.append(
        Button.link(
          label[language],
          LocalPath.make("/sign-in/provider", ["facility": facility.id.rawValue, "next": next]),
          look: .secondary
        )
      )
    }
    return links.isEmpty ? .empty : "<div class=\"btns\">\(links)</div>"
  }

  // MARK: The way there and back

  @Sendable func leave(_ request: WebRequest) async throws -> WebResponse {
    let facility = FacilityID(rawValue: request.query.text("facility"))
    guard !facility.rawValue.isEmpty, let choice = try await identity.provider(facility), choice.isOn else {
      return .redirect(to: "/sign-in")
    }
    return try await leave(request, choice, facility, account: nil, next: request.query["next"], back: "/sign-in")
  }

  /// A link and no form: browsers do not let our forms lead to other sites, and the provider is one.
  @Sendable func link(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    guard let choice = try await identity.provider(scope.facility), choice.isOn else {
      return .redirect(to: "/account/provider")
    }
    return try await leave(
      request,
      choice,
      scope.facility,
      account: scope.actor.id,
      next: nil,
      back: "/account/provider"
    )
  }

  private func leave(
    _ request: WebRequest,
    _ choice: ProviderChoice,
    _ facility: FacilityID,
    account: String?,
    next: String?,
    back: String
  ) async throws -> WebResponse {
    // Another site could otherwise begin it, and where the provider asks nothing more, a session would open unbidden.
    guard ["same-origin", "none"].contains(request.headers["sec-fetch-site"] ?? "none") else {
      return .redirect(to: back)
    }
    do {
      let (address, browser) = try await identity.beginProvider(
        choice,
        in: facility,
        account: account,
        next: next,
        at: request.now
      )
      var response = WebResponse(status: 303).setting(SetCookie(Self.cookie, browser.text, maxAge: 600))
      response.headers["Location"] = address
      response.headers["Cache-Control"] = "no-store"
      return response
    } catch let refusal as ProviderRefusal {
      return .redirect(to: back, flash: Flash(.problem, refusal.message))
    }
  }

  @Sendable func come(_ request: WebRequest) async throws -> WebResponse {
    let done = SetCookie(Self.cookie, "", maxAge: 0)
    let back = request.session == nil ? "/sign-in" : "/account/provider"
    func refuse(_ message: Localized) -> WebResponse {
      .redirect(to: back, flash: Flash(.problem, message)).setting(done)
    }
    guard let browser = request.cookie(Self.cookie).flatMap(Token.init(reading:)) else {
      return refuse(ProviderRefusal.step.message)
    }
    let (state, code) = (request.query.text("state"), request.query.text("code"))
    guard !state.isEmpty, !code.isEmpty, state.utf8.count < 200, code.utf8.count < 4000 else {
      return refuse(ProviderRefusal.step.message)
    }
    do {
      let found = try await identity.endProvider(state: state, code: code, browser: browser, at: request.now)
      if found.account != nil {
        guard let session = request.session else { return refuse(ProviderRefusal.step.message) }
        try await identity.link(found, to: session, visit: Visit(request))
        return .redirect(
          to: "/account/provider",
          flash: .done(Localized(ja: "院内のアカウントと結び付けました。", en: "Linked."))
        ).setting(done)
      }
      let opened = try await identity.signIn(found, visit: Visit(request))
      try await identity.endFormerSession(of: request)
      return SignInRoutes.proceed(opened, next: found.next).setting(done)
    } catch let refusal as ProviderRefusal {
      return refuse(refusal.message)
    } catch let refusal as SignInRefusal {
      return refuse(refusal.message)
    }
  }

  // MARK: One's own link

  @Sendable func own(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    guard let session = request.session else { throw Denied(permission: .signedIn) }
    let choice = try await identity.provider(scope.facility)
    let name = try await identity.linkedName(session)
    let state: HTML
    if let name {
      state = """
        <p>\(say("「\(name)」と結び付いています。", "Linked to “\(name)”."))</p>\
        \(Button.post(say("結び付きを外す", "Unlink"), "/account/provider/unlink", csrf: request.csrf, look: .secondary))
        """
    } else if let choice, choice.isOn {
      state = """
        <p>\(say("結び付けると、\(choice.label)でサインインできます。", "Once linked, you can sign in with \(choice.label)."))</p>\
        <div class="btns">\(Button.link(say("結び付ける", "Link"), "/account/provider/link"))</div>
        """
    } else {
      state = "<p>\(say("この施設では使っていません。", "This facility does not use one."))</p>"
    }
    return .page(
      Page(
        say("院内の認証", "Single sign-on"),
        crumbs: [Crumb(say("アカウント", "Your account"), "/account")],
        main: state
      )
    )
  }

  @Sendable func unlink(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    guard let session = request.session else { throw Denied(permission: .signedIn) }
    try await identity.unlinkProvider(session, visit: Visit(request))
    return .redirect(
      to: "/account/provider",
      flash: .done(Localized(ja: "結び付きを外しました。", en: "Unlinked."))
    )
  }

  // MARK: Settings

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let stored = try await identity.provider(scope.facility)
    return page(request, stored ?? ProviderChoice(), stored: stored)
  }

  @Sendable func save(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    let choice = ProviderChoice(
      isOn: form.text("isOn") == "yes",
      label: form.text("label"),
      settings: OpenIDSettings(
        issuer: form.text("issuer"),
        clientID: form.text("client"),
        clientSecret: form["secret"] ?? "",
        authorityFile: form.text("authorityFile")
      ),
      address: form.text("address"),
      version: Int(form.text("version")) ?? 0
    )
    do {
      try await identity.save(choice, in: scope, visit: Visit(request))
      return .redirect(to: Self.path, flash: .done(Localized(ja: "保存しました。", en: "Saved.")))
    } catch let problems as Problems {
      let stored = try await identity.provider(scope.facility)
      return page(request, choice, stored: stored, errors: problems.errors(request.language))
    } catch is SettingsConflict {
      let stored = try await identity.provider(scope.facility)
      let error = FieldError("", SettingsConflict.message[request.language])
      return page(request, choice, stored: stored, errors: [error], status: 409)
    }
  }

  /// Asks the provider what it says of itself.
  @Sendable func test(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let stored = try await identity.provider(scope.facility)
    let language = request.language
    guard let stored else {
      let text = Localized(ja: "先に設定を保存してください。", en: "Save the settings first.")
      return page(request, ProviderChoice(), stored: nil, errors: [FieldError("", text[language])])
    }
    do {
      _ = try await OpenIDProvider(stored.settings, clock: identity.clock).discovery()
      return .redirect(
        to: Self.path,
        flash: .done(
          Localized(ja: "認証サーバーの設定と鍵を読めました。", en: "The provider's description and keys were read.")
        )
      )
    } catch let error as OpenIDError {
      return page(request, stored, stored: stored, errors: [FieldError("", error.message[language])])
    }
  }

  private func page(
    _ request: WebRequest,
    _ choice: ProviderChoice,
    stored: ProviderChoice?,
    errors: [FieldError] = [],
    status: Int? = nil
  ) -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let frame = FormFrame(
      action: Self.path,
      csrf: request.csrf,
      fields: Self.fields(choice, stored: stored, language).map { $0.withError(from: errors) },
      buttons: Button.submit(say("保存", "Save"))
    )
    let register: HTML? = stored.map { stored in
      """
      <section><h2>\(say("認証サーバーに登録する値", "To register with the provider"))</h2>\
      \(KeyValues([.init(say("戻り先（redirect URI）", "Redirect URI"), "<code class=\"long\">\(stored.redirect)</code>")]).html)\
      \(Button.post(say("つながるか試す", "Try the connection"), "\(Self.path)/test", csrf: request.csrf, look: .secondary))\
      </section>
      """
    }
    return .page(
      Page(
        "OpenID Connect",
        lead: HTML(
          text: say(
            "院内の認証サーバーでサインインできるようにします。使う人は、一度だけ自分の櫓のアカウントと結び付けます。櫓のパスワードでのサインインも残ります。",
            "Lets people sign in with the hospital's provider. Each links it once to their account here; passwords go on working."
          )
        ),
        errors: errors,
        main: "\(Self.tabs(current: Self.path, language))\(frame.html(language))\(register)"
      ),
      current: "identity.outside",
      status: status
    )
  }

  private static func fields(_ choice: ProviderChoice, stored: ProviderChoice?, _ language: Language) -> [FormField] {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    var secret = FormField.password(
      "secret",
      say("クライアントシークレット", "Client secret"),
      autocomplete: "off",
      support: stored?.hasSecret == true
        ? say("保存されています。替えるときだけ入力します。", "One is stored. Enter it only to change it.")
        : say("暗号化して保存します。", "Stored encrypted.")
    )
    secret.required = false
    let settings = choice.settings
    return [
      .radios(
        "isOn",
        "OpenID Connect",
        [Choice("yes", say("使う", "On")), Choice("no", say("使わない", "Off"))],
        chosen: choice.isOn ? "yes" : "no",
        across: true
      ),
      .text(
        "label",
        say("ボタンの名前", "Name of the button"),
        value: choice.label,
        required: true,
        support: say("例：病院アカウント", "For example: hospital account")
      ),
      .text("issuer", say("発行者（issuer）", "Issuer"), value: settings.issuer, required: true, width: .full, type: "url"),
      .text("client", say("クライアントID", "Client ID"), value: settings.clientID, required: true, autocomplete: "off"),
      secret,
      .text(
        "address",
        say("この画面のアドレス", "Address of these pages"),
        value: choice.address,
        required: true,
        support: say("例：https://yagura.hospital.local", "For example https://yagura.hospital.local"),
        width: .full,
        type: "url"
      ),
      .text("authorityFile", say("認証局の証明書ファイル", "Authority file"), value: settings.authorityFile, width: .full),
      .hidden("version", String(stored?.version ?? 0)),
    ]
  }
}
