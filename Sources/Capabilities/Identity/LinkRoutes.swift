import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// Linking one's accounts in several facilities, and changing between them.
struct LinkRoutes: Sendable {
  let identity: Identity

  var routes: [Route] {
    [
      .get("/account/links", SignedIn.self, show),
      .post("/account/links", SignedIn.self, link),
      .post("/account/links/:id/end", SignedIn.self, unlink),
      .post("/account/switch", SignedIn.self, change),
    ]
  }

  private func session(_ request: WebRequest) throws -> Session {
    guard let session = request.session else { throw Denied(permission: .signedIn) }
    return session
  }

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    try await page(request, WebForm(), [])
  }

  private func page(_ request: WebRequest, _ form: WebForm, _ errors: [FieldError]) async throws -> WebResponse {
    .page(LinkPages(request: request).form(form, errors))
  }

  @Sendable private func link(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (form, session) = (try request.form(), try session(request))
    do {
      let typed = form.text("facility")
      let key = Fold.key(typed)
      // Typed and not chosen: which facilities there are is nobody's business but those who are in them.
      let found = try await identity.facilities().filter { $0.id.rawValue == typed || Fold.key($0.name) == key }
      guard found.count == 1, let other = found.first else {
        throw Problems(
          "facility",
          Localized(ja: "その名前の施設は見つかりません。正式な名前を入力してください。", en: "There is no such facility. Enter its full name.")
        )
      }
      try await identity.link(
        session,
        to: other.id,
        userName: form.text("userName"),
        password: form["password"] ?? "",
        code: form.text("code"),
        visit: Visit(request)
      )
      return .redirect(
        to: "/account",
        flash: .done(
          Localized(
            ja: "結び付けました。画面の上の施設名の下で切り替えられます。",
            en: "Linked. Change below the facility's name at the head of each page."
          )
        )
      )
    } catch let problems as Problems {
      return try await page(request, form, problems.errors(request.language))
    }
  }

  @Sendable private func unlink(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    try await identity.unlink(try session(request), from: request["id"], visit: Visit(request))
    return .redirect(to: "/account", flash: .done(Localized(ja: "結び付きを外しました。", en: "The link was removed.")))
  }

  @Sendable private func change(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (form, session) = (try request.form(), try session(request))
    let other = FacilityID(rawValue: form.text("facility"))
    guard let opened = try await identity.change(session, to: other, visit: Visit(request)) else {
      return .redirect(
        to: "/account",
        flash: Flash(
          .problem,
          Localized(
            ja: "その施設には切り替えられません。アカウントを結び付けているか確かめてください。",
            en: "You cannot change to that facility. Check that your accounts are linked."
          )
        )
      )
    }
    var response = WebResponse.redirect(to: opened.stage == .code ? "/sign-in/code" : "/")
      .setting(SetCookie(WebApp.sessionCookie, opened.token.text))
    // Nothing of the one facility stays in the browser while it shows the other.
    response.headers["Clear-Site-Data"] = "\"cache\""
    return response
  }
}

/// What is shown of links.
struct LinkPages: Sendable {
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// On the page of one's account; nothing where the installation has one facility.
  func section(_ session: Session, _ facilities: [Facility]) -> HTML? {
    guard facilities.count > 1 else { return nil }
    let linked = session.otherFacilities.map { other -> HTML in
      let button = Button.post(
        say("外す", "Remove"),
        "/account/links/\(Percent.encode(other.id.rawValue))/end",
        csrf: request.csrf,
        look: .secondary,
        size: .small,
        context: other.name
      )
      return "<dt>\(other.name)</dt><dd>\(button)</dd>"
    }
    let list: HTML? = linked.isEmpty ? nil : "<dl class=\"kv\">\(linked)</dl>"
    return """
      <section><h2>\(say("ほかの施設のアカウント", "Accounts in other facilities"))</h2>\
      <p>\(say("ほかの施設にも自分のアカウントがあるときは、結び付けると、サインインし直さずに切り替えられます。", "If you have an account in another facility too, link it and change without signing in again."))</p>\
      \(list)\(Button.row(Button.link(say("アカウントを結び付ける", "Link an account"), "/account/links", look: .secondary)))</section>
      """
  }

  func form(_ form: WebForm, _ errors: [FieldError]) -> Page {
    let fields: [FormField] = [
      .text(
        "facility",
        say("施設の名前", "Name of the facility"),
        value: form.text("facility"),
        required: true,
        support: say("サインインの画面に出る名前を、そのまま入力します。", "As it stands on the sign-in page."),
        autocomplete: "off"
      ),
      .text(
        "userName",
        say("その施設でのユーザー名", "User name there"),
        value: form.text("userName"),
        required: true,
        autocomplete: "off"
      ),
      .password("password", say("その施設でのパスワード", "Password there"), autocomplete: "off"),
      .text(
        "code",
        say("認証コード", "Code"),
        support: say("その施設で2段階認証を使っているときだけ入力します。", "Only where two-step sign-in is on there."),
        width: .short,
        mode: "numeric",
        autocomplete: "one-time-code"
      ),
    ]
    let frame = FormFrame(
      action: "/account/links",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons:
        "\(Button.submit(say("結び付ける", "Link")))\(Button.link(say("キャンセル", "Cancel"), "/account", look: .secondary))"
    )
    return Page(
      say("アカウントを結び付ける", "Link an account"),
      lead: HTML(
        text: say(
          "両方のアカウントが自分のものであることを、その施設のパスワードで確かめます。役割はそれぞれの施設のままです。",
          "The password there shows that both accounts are yours. Each keeps the roles it has in its own facility."
        )
      ),
      crumbs: [Crumb(say("アカウント", "Your account"), "/account")],
      errors: errors,
      main: frame.html(language)
    )
  }
}
