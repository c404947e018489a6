import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// `/setup`: the assistant of a new installation. It keeps nothing between its steps but what the forms carry, works
/// only while there is no facility, and from other machines only with the code that was printed at start.
struct SetUpRoutes: Sendable {
  let identity: Identity

  var routes: [Route] { [.open(.get, "/setup", begin), .open(.post, "/setup", go)] }

  private enum Step: String, CaseIterable {
    case facility, administrator, check

    var label: Localized {
      switch self {
      case .facility: Localized(ja: "施設", en: "Facility")
      case .administrator: Localized(ja: "管理者", en: "Administrator")
      case .check: Localized(ja: "確認とパスワード", en: "Check and password")
      }
    }
  }

  @Sendable func begin(_ request: WebRequest) async throws -> WebResponse {
    guard try await !identity.isSetUp() else { return .redirect(to: "/sign-in") }
    if !request.isLoopback, identity.settings.setUpCode == nil { throw Self.onlyHere }
    return page(.facility, request, WebForm(), [])
  }

  @Sendable func go(_ request: WebRequest) async throws -> WebResponse {
    guard try await !identity.isSetUp() else { return try alreadyDone() }
    let form = try request.form()
    do {
      try await checkCode(form, request)
      let facility = try FacilityDraft(
        name: form.text("name"),
        kind: form.text("kind"),
        fiscalYearStart: form.text("fiscalYearStart")
      )
      if form["back"] == "facility" { return page(.facility, request, form, []) }
      if form["step"] == "facility" || form["back"] == "administrator" {
        return page(.administrator, request, form, [])
      }
      do {
        let administrator = try AccountDraft(
          userName: form.text("userName"),
          name: form.text("displayName"),
          language: request.language
        )
        if form["step"] == "administrator" { return page(.check, request, form, []) }
        return try await finish(facility, administrator, form, request)
      } catch let problems as Problems {
        return page(.administrator, request, form, problems.errors(request.language))
      }
    } catch let problems as Problems {
      return page(.facility, request, form, problems.errors(request.language))
    } catch let refusal as SignInRefusal {
      return page(.facility, request, form, [FieldError("", refusal.message[request.language])], status: 429)
    } catch is AlreadySetUp {
      return try alreadyDone()
    }
  }

  private func finish(
    _ facility: FacilityDraft,
    _ administrator: AccountDraft,
    _ form: WebForm,
    _ request: WebRequest
  ) async throws -> WebResponse {
    let visit = Visit(request)
    let account: Account
    do {
      try NewPassword.check(form, name: "password")
      account = try await identity.setUp(
        facility: facility,
        administrator: administrator,
        password: form["password"] ?? "",
        visit: visit
      )
    } catch let problems as Problems {
      return page(.check, request, form, problems.errors(request.language))
    }
    let opened = try await identity.open(account, visit)
    let flash = Flash.done(
      Localized(
        ja: "設定が終わりました。次に、アカウントの画面で2段階認証を設定することをおすすめします。",
        en: "Set-up is done. Next, we recommend turning on two-step sign-in on your account page."
      )
    )
    return .redirect(to: "/", flash: flash).setting(SetCookie(WebApp.sessionCookie, opened.token.text))
  }

  // MARK: Who may

  private static let onlyHere = WebError(
    status: 403,
    cause: Localized(
      ja: "初期設定は、Yaguraを動かしているコンピューターでだけ行えます。",
      en: "Set-up can be done only on the computer that runs Yagura."
    ),
    remedy: Localized(
      ja: "そのコンピューターのブラウザーで開くか、serveを起動し直して表示される設定コードを使ってください。",
      en: "Open the page there, or start serve again and use the set-up code it prints."
    )
  )

  private func alreadyDone() throws -> WebResponse {
    throw WebError.conflict(
      AlreadySetUp().message,
      remedy: Localized(ja: "サインインの画面を開いてください。", en: "Open the sign-in page.")
    )
  }

  /// The code is asked of other machines; wrong ones count as wrong passwords do.
  private func checkCode(_ form: WebForm, _ request: WebRequest) async throws {
    if request.isLoopback { return }
    guard let code = identity.settings.setUpCode else { throw Self.onlyHere }
    let attempt = try await identity.beginAttempt(subject: "setup", Visit(request))
    func plain(_ text: String) -> [UInt8] { Array(Fold.exactKey(text).utf8.filter { $0 != 45 && $0 != 32 }) }
    guard Hash.areEqual(plain(form.text("setUpCode")), plain(code)) else {
      throw Problems(
        "setUpCode",
        Localized(
          ja: "設定コードが違います。Yaguraを起動した画面に表示されたコードを入力してください。",
          en: "The set-up code is wrong. Enter the code shown where Yagura was started."
        )
      )
    }
    try await identity.forget(attempt: attempt)
  }

  // MARK: Pages

  private func page(
    _ step: Step,
    _ request: WebRequest,
    _ form: WebForm,
    _ errors: [FieldError],
    status: Int? = nil
  ) -> WebResponse {
    let language = request.language
    let ja = language == .ja
    var fields = fields(step, request, form).map { $0.withError(from: errors) }
    let shown = Set(fields.map(\.name))
    for name in ["setUpCode", "name", "kind", "fiscalYearStart", "userName", "displayName"]
    where !shown.contains(name) && form.contains(name) {
      fields.append(.hidden(name, form.text(name)))
    }
    fields.append(.hidden("step", step.rawValue))
    let button = step == .check ? (ja ? "この内容で始める" : "Finish set-up") : (ja ? "次へ" : "Next")
    // The enter key presses the first button of a form, which is the one that goes on.
    let target = step == .check ? "administrator" : "facility"
    let back: HTML =
      step == .facility
      ? .empty : Button.submit(ja ? "前へ" : "Back", name: "back", value: target, look: .secondary)
    var frame = FormFrame(
      action: "/setup",
      csrf: request.csrf,
      fields: fields,
      buttons: "\(Button.submit(button))\(back)"
    )
    if step == .check { frame.more = NewPassword.userName(form.text("userName")) }
    let answers = step == .check ? Self.answers(form, language) : .empty
    let page = Page(
      ja ? "Yaguraの初期設定" : "Set up Yagura",
      heading: step.label[language],
      lead: lead(step, language),
      errors: errors,
      main: "\(Self.steps(step, language))\(answers)\(frame.html(language))"
    )
    return .page(page, surroundings: .bare, status: status)
  }

  private func lead(_ step: Step, _ language: Language) -> HTML {
    let text: Localized =
      switch step {
      case .facility:
        Localized(
          ja: "この病院のYaguraを使い始めるための設定です。3つの画面で終わります。",
          en: "This starts Yagura for your hospital, in three pages."
        )
      case .administrator:
        Localized(
          ja: "最初にサインインする人を登録します。ほかの利用者は、あとでこの人が追加できます。",
          en: "The first person who signs in. That person can add others later."
        )
      case .check:
        Localized(
          ja: "内容を確かめ、この人が使うパスワードを決めてください。",
          en: "Check what you entered, and choose the password of this person."
        )
      }
    return HTML(text: text[language])
  }

  private func fields(_ step: Step, _ request: WebRequest, _ form: WebForm) -> [FormField] {
    let language = request.language
    let ja = language == .ja
    switch step {
    case .facility:
      var fields: [FormField] = []
      if !request.isLoopback {
        fields.append(
          .text(
            "setUpCode",
            ja ? "設定コード" : "Set-up code",
            value: form.text("setUpCode"),
            required: true,
            support: ja ? "Yaguraを起動した画面に表示されています。" : "Shown where Yagura was started.",
            autocomplete: "off"
          )
        )
      }
      return fields + [
        .text(
          "name",
          ja ? "施設の名前" : "Name of the facility",
          value: form.text("name"),
          required: true,
          support: ja ? "例：医療法人○○会 △△病院" : nil,
          autocomplete: "organization"
        ),
        .select(
          "kind",
          ja ? "施設の種類" : "Kind of facility",
          Facility.Kind.allCases.map { Choice($0.rawValue, $0.label[language]) },
          chosen: form["kind"] ?? "hospital",
          required: true
        ),
        .select(
          "fiscalYearStart",
          ja ? "年度の始まる月" : "First month of the fiscal year",
          (1...12).map { Choice(String($0), FacilityDraft.month($0)[language]) },
          chosen: form["fiscalYearStart"] ?? "4",
          required: true
        ),
      ]
    case .administrator:
      return [
        .text(
          "displayName",
          ja ? "氏名" : "Name",
          value: form.text("displayName"),
          required: true,
          support: ja ? "例：佐藤 美咲" : nil,
          autocomplete: "name"
        ),
        .text(
          "userName",
          ja ? "ユーザー名" : "User name",
          value: form.text("userName"),
          required: true,
          support: ja ? "サインインするときに入力します。英字・数字で、例：m.sato" : "Typed at sign-in, for example m.sato",
          autocomplete: "username"
        ),
      ]
    case .check: return NewPassword.fields(hasSecondFactor: false, name: "password", language, [])
    }
  }

  private static func answers(_ form: WebForm, _ language: Language) -> HTML {
    let ja = language == .ja
    let kind = Facility.Kind(rawValue: form.text("kind"))?.label[language] ?? ""
    let month = Int(form.text("fiscalYearStart")) ?? 4
    let rows: [(String, String)] = [
      (ja ? "施設の名前" : "Facility", form.text("name")), (ja ? "施設の種類" : "Kind", kind),
      (ja ? "年度の始まる月" : "Fiscal year begins", FacilityDraft.month(month)[language]),
      (ja ? "氏名" : "Name", form.text("displayName")), (ja ? "ユーザー名" : "User name", form.text("userName")),
    ]
    return KeyValues(rows.map { KeyValues.Line($0.0, text: $0.1) }).html
  }

  private static func steps(_ current: Step, _ language: Language) -> HTML {
    Steps(Step.allCases.map(\.label[language]), current: Step.allCases.firstIndex(of: current) ?? 0).html(language)
  }
}
