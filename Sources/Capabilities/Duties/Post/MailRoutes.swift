import Design
import HTML
import Mail
import Nouns
import Text
import Time
import Transfer
import Web

/// `/settings/mail`: the relay, a test mail, and what could not be sent; `/account/notices`: what a person wants by mail.
struct MailRoutes: Sendable {
  let duties: Duties

  static let shownLetters = 100

  var routes: [Route] {
    [
      .get("/settings/mail", ManageSettings.self, show),
      .post("/settings/mail", ManageSettings.self, save),
      Route.post("/settings/mail/test", ManageSettings.self, test).within(.seconds(60)),
      .post("/settings/mail/letters/:id/again", ManageSettings.self, again),
      .get("/account/notices", SignedIn.self, wishes),
      .post("/account/notices", SignedIn.self, saveWishes),
    ]
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    try await page(request, scope)
  }

  @Sendable func save(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    do {
      try await duties.save(Self.settings(form), in: scope)
      return .redirect(
        to: "/settings/mail",
        flash: .done(
          Localized(ja: "メールの設定を保存しました。試しに送って確かめてください。", en: "Saved. Send a test mail to see that it works.")
        )
      )
    } catch let problems as DutyProblems {
      return try await page(request, scope, form: form, problems: problems)
    } catch is DutyConflict {
      return try await page(request, scope, form: form, problems: DutyProblems("", DutyRoutes.conflict), status: 409)
    }
  }

  /// Sends a mail at once and says what the relay said.
  @Sendable func test(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    let form = try request.form()
    guard let settings = try await duties.relay(scope.facility) else {
      let problem = DutyProblems(
        "",
        Localized(ja: "先にメールサーバーを設定し、「使う」にして保存してください。", en: "Set the mail server, switch it on and save first.")
      )
      return try await page(request, scope, problems: problem)
    }
    do {
      let answer = try await duties.tryMail(to: form.text("recipient"), by: settings)
      return .redirect(
        to: "/settings/mail",
        flash: .done(
          Localized(ja: "送りました。メールサーバーの返事：\(answer)", en: "Sent. The mail server said: \(answer)")
        )
      )
    } catch let problem as MailProblem {
      return try await page(request, scope, test: form, problems: DutyProblems("recipient", problem.message))
    } catch let error as SMTPError {
      return try await page(request, scope, test: form, problems: DutyProblems("", error.message))
    }
  }

  @Sendable func again(_ request: WebRequest, _ scope: Scope<ManageSettings>) async throws -> WebResponse {
    guard try await duties.sendAgain(request["id"], in: scope) else {
      throw WebError.notFound(Localized(ja: "このメール", en: "This mail"))
    }
    return .redirect(
      to: "/settings/mail",
      flash: .done(Localized(ja: "もう一度送る列に入れました。", en: "It is in line again."))
    )
  }

  private static func settings(_ form: WebForm) -> RelaySettings {
    RelaySettings(
      host: Width.halved(form.text("host")),
      port: Int(Width.halved(form.text("port"))) ?? 0,
      security: SMTPTransfer.Security(rawValue: form.text("security")) ?? .startTLS,
      user: form.text("user"),
      password: (form["password"] ?? "").isEmpty ? nil : form["password"],
      authorityFile: form.text("authorityFile"),
      sender: Width.halved(form.text("sender")),
      address: trimmedAddress(form.text("address")),
      digestHour: min(23, max(0, Int(Width.halved(form.text("digestHour"))) ?? 8)),
      isOn: form.text("isOn") != "no",
      version: Int(form.text("version")) ?? 0
    )
  }

  static func trimmedAddress(_ text: String) -> String {
    var text = Width.halved(text)
    while text.hasSuffix("/") { text.removeLast() }
    return text
  }

  private func page(
    _ request: WebRequest,
    _ scope: Scope<ManageSettings>,
    form: WebForm? = nil,
    test: WebForm = WebForm(),
    problems: DutyProblems = DutyProblems(),
    status: Int? = nil
  ) async throws -> WebResponse {
    let stored = try await duties.ownRelay(scope.facility)
    return MailPage(
      settings: form.map(Self.settings) ?? stored ?? duties.usualRelay ?? RelaySettings(),
      stored: stored,
      isUsual: stored == nil && duties.usualRelay != nil,
      letters: try await duties.letters(scope.facility, limit: Self.shownLetters),
      recipient: test.text("recipient"),
      request: request,
      problems: problems
    ).response(status)
  }

  // MARK: One's own wishes

  @Sendable func wishes(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let wish = try await duties.wish(scope.actor.id, scope.facility)
    return try await page(wish, request, scope)
  }

  @Sendable func saveWishes(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let form = try request.form()
    var wish = MailWish(account: scope.actor.id)
    wish.wantsDigest = form.all("wants").contains("digest")
    wish.wantsUrgent = form.all("wants").contains("urgent")
    wish.address = form.text("address")
    do throws(DutyProblems) { wish = try wish.checked() } catch {
      return try await page(wish, request, scope, error)
    }
    try await duties.save(wish, in: scope)
    return .redirect(to: "/account/notices", flash: .done(Localized(ja: "保存しました。", en: "Saved.")))
  }

  private func page(
    _ wish: MailWish,
    _ request: WebRequest,
    _ scope: Scope<SignedIn>,
    _ problems: DutyProblems = DutyProblems()
  ) async throws -> WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let errors = problems.errors(language)
    let relay = try await duties.relay(scope.facility)
    let hour = relay?.digestHour ?? 8
    let wanted = Set([wish.wantsDigest ? "digest" : nil, wish.wantsUrgent ? "urgent" : nil].compactMap { $0 })
    let frame = FormFrame(
      action: "/account/notices",
      csrf: request.csrf,
      fields: [
        FormField.email("address", say("メールアドレス", "Mail address"), value: wish.address),
        .checkboxes(
          "wants",
          say("受け取るもの", "What to send"),
          [
            Choice(
              "digest",
              say("1日のまとめ", "A daily summary"),
              support: say(
                "営業日の\(hour)時ごろ、あるときだけ1通届きます。",
                "On working days at about \(hour):00, only when there is something. Never more than one."
              )
            ),
            Choice(
              "urgent",
              say("急ぎの知らせ", "Urgent messages"),
              support: say("まとめを待たずに届きます。", "At once.")
            ),
          ],
          chosen: wanted
        ),
      ].map { $0.withError(from: errors) },
      buttons: Button.submit(say("保存", "Save"))
    )
    let notice: HTML =
      relay == nil
      ? Banner(
        .info,
        say("この施設ではまだメールを使っていません。", "This facility does not send mail yet."),
        detail: HTML(text: say("設定は保存でき、メールが使えるようになったら届きます。", "Your wishes are kept until it does."))
      ).html(language) : .empty
    return .page(
      Page(
        say("お知らせの受け取り", "Notices"),
        crumbs: [Crumb(say("アカウント", "Your account"), "/account")],
        errors: errors,
        main: "\(notice)\(frame.html(language))"
      )
    )
  }
}
