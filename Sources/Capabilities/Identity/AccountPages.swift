import Design
import HTML
import Nouns
import Sealing
import Text
import Time
import Web

/// The pages of one's own account.
struct AccountPages: Sendable {
  let request: WebRequest
  let account: Account

  private var language: Language { request.language }
  private var ja: Bool { language == .ja }

  private func say(_ ja: String, _ en: String) -> String { self.ja ? ja : en }

  private var crumbs: [Crumb] { [Crumb(say("アカウント", "Your account"), "/account")] }

  func overview(
    _ sessions: [SessionRow],
    current: Session,
    recoveryCodes: Int,
    facilities: [Facility],
    form: WebForm,
    errors: [FieldError]
  ) -> Page {
    let name = FormField.text(
      "displayName",
      say("氏名", "Name"),
      value: form["displayName"] ?? account.name,
      required: true,
      autocomplete: "name"
    )
    let tongue = FormField.radios(
      "language",
      say("画面の言語", "Language"),
      [Choice("ja", "日本語"), Choice("en", "English")],
      chosen: form["language"] ?? account.language.rawValue,
      across: true
    )
    let usual = ShownDates(nil, account.language)
    let today = request.now.day
    let dates = FormField.radios(
      "dateStyle",
      say("日付の書き方", "Dates"),
      [Choice("", say("言語に合わせる：\(usual.day(today))", "As usual in the language: \(usual.day(today))"))]
        // In English the era alone is never written, so it is no choice of its own.
        + DateStyle.allCases.filter { ja || $0 != .era || account.dateStyle == .era }.map { style in
          let label: Localized =
            switch style {
            case .era: Localized(ja: "和暦", en: "Japanese era")
            case .western: Localized(ja: "西暦", en: "Western")
            case .both: Localized(ja: "両方", en: "Both")
            }
          let example = ShownDates(style, language).day(today)
          return Choice(style.rawValue, say("\(label.ja)：\(example)", "\(label.en): \(example)"))
        },
      chosen: form["dateStyle"] ?? account.dateStyle?.rawValue ?? ""
    )
    let own = FormFrame(
      action: "/account",
      csrf: request.csrf,
      fields: [name, tongue, dates].map { $0.withError(from: errors) },
      buttons: Button.submit(say("保存", "Save")),
      draft: "account"
    )
    let roles = account.grants.map(\.grant.role.label[language]).joined(separator: say("、", ", "))
    let main: HTML = """
      <dl class="kv"><dt>\(say("ユーザー名", "User name"))</dt><dd>\(account.userName)</dd>\
      <dt>\(say("役割", "Roles"))</dt><dd>\(roles.isEmpty ? say("なし", "None") : roles)</dd></dl>
      \(own.html(language))
      <section><h2>\(say("パスワード", "Password"))</h2>\
      \(Button.row(Button.link(say("パスワードを変更", "Change password"), "/account/password", look: .secondary)))</section>
      <section><h2>\(say("2段階認証", "Two-step sign-in"))</h2>\(factorState(recoveryCodes))</section>
      <section><h2>\(say("サインインしている端末", "Where you are signed in"))</h2>\(list(sessions, current))</section>
      <section><h2>\(say("お知らせと院内の認証", "Notices and single sign-on"))</h2>\
      \(Button.row(
        Button.link(say("お知らせの受け取り", "Notices"), "/account/notices", look: .secondary),
        Button.link(say("院内の認証", "Single sign-on"), "/account/provider", look: .secondary)
      ))</section>
      \(LinkPages(request: request).section(current, facilities))
      <section><h2>\(say("サインアウト", "Sign out"))</h2>\
      \(Button.post(say("サインアウト", "Sign out"), "/sign-out", csrf: request.csrf, look: .secondary))</section>
      """
    return Page(say("アカウント", "Your account"), errors: errors, main: main)
  }

  private func factorState(_ codes: Int) -> HTML {
    guard account.hasSecondFactor else {
      return """
        <p>\(say("パスワードに加えて、スマートフォンの認証アプリのコードでも確かめます。パスワードが盗まれても、ほかの人はサインインできません。", "Besides the password, a code from an app on your phone is asked. Whoever steals the password still cannot sign in."))</p>
        \(Button.row(Button.link(say("2段階認証を設定", "Turn on"), "/account/second-factor", look: .secondary)))
        """
    }
    let text = say("使っています。使っていない回復コードは\(codes)個です。", "On. \(codes) unused recovery codes are left.")
    return """
      <p>\(text)</p>
      \(Button.row(Button.link(say("設定を見る", "Settings"), "/account/second-factor", look: .secondary)))
      """
  }

  private func list(_ sessions: [SessionRow], _ current: Session) -> HTML {
    let table = DataTable(
      id: "sessions",
      caption: say("サインインしている端末", "Where you are signed in"),
      address: Address("/account"),
      columns: [
        .init("device", say("端末", "Device")) { row in
          let mine = row.tokenHash == current.tokenHash
          return "\(Self.device(row.userAgent, language)) \(mine ? Chip(say("この端末", "This one"), .blue).html : .empty)"
        },
        .init("address", say("接続元", "From")) { HTML(text: $0.address) },
        .init("since", say("サインイン", "Signed in")) { time($0.createdAt) },
        .init("seen", say("最後の操作", "Last used")) { time($0.seenAt) },
        .init("end", say("操作", "Action"), isAction: true) { row in
          row.tokenHash == current.tokenHash
            ? .empty
            : Button.post(
              say("サインアウトさせる", "Sign out"),
              "/account/sessions/\(row.id)/end",
              csrf: request.csrf,
              look: .secondary,
              size: .small,
              context: row.address
            )
        },
      ],
      rows: sessions,
      rowID: \.id,
      rowName: { Self.device($0.userAgent, language) }
    )
    let others: HTML =
      sessions.count > 1
      ? Button.post(
        say("ほかの端末をすべてサインアウトさせる", "Sign out everywhere else"),
        "/account/sessions/end-others",
        csrf: request.csrf,
        look: .secondary
      )
      : .empty
    return "\(table.html(language))\(others)"
  }

  private func time(_ instant: Instant) -> HTML {
    DateText.html(request.dates.brief(instant, today: request.now.day), machine: instant.iso)
  }

  /// Browser and system in a word each, from what the browser says of itself.
  static func device(_ agent: String, _ language: Language) -> String {
    let browser =
      [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
      .first { agent.contains($0.0) }?.1
    let system =
      [
        ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
      ]
      .first { agent.contains($0.0) }?.1
    let words = [browser, system].compactMap { $0 }
    return words.isEmpty ? (language == .ja ? "不明な端末" : "Unknown device") : words.joined(separator: " / ")
  }

  // MARK: Password

  func password(_ errors: [FieldError]) -> Page {
    let old = FormField.password("password", say("今のパスワード", "Current password"), autocomplete: "current-password")
      .withError(from: errors)
    var frame = FormFrame(
      action: "/account/password",
      csrf: request.csrf,
      fields: [old] + NewPassword.fields(account, language, errors),
      buttons:
        "\(Button.submit(say("変更", "Change")))\(Button.link(say("キャンセル", "Cancel"), "/account", look: .secondary))"
    )
    frame.more = NewPassword.userName(account.userName)
    return Page(
      say("パスワードの変更", "Change password"),
      crumbs: crumbs,
      errors: errors,
      main: frame.html(language)
    )
  }

  // MARK: Second factor

  func enrolment(_ factor: TOTP, issuer: String, _ errors: [FieldError]) -> Page {
    let address = factor.address(issuer: issuer, account: account.userName)
    let picture: HTML? = QRCode(address).map { code in
      """
      <p><svg class="qr" role="img" aria-label="\(say("QRコード", "QR code"))" width="240" height="240" \
      viewBox="0 0 \(code.side) \(code.side)" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(code.side)v\(code.side)H0z"/>\
      <path stroke="#000" d="\(code.svgPath)"/></svg></p>
      """
    }
    let code = FormField.text(
      "code",
      say("アプリに表示された6桁のコード", "Six-digit code from the app"),
      required: true,
      width: .short,
      mode: "numeric",
      autocomplete: "one-time-code"
    ).withError(from: errors)
    let frame = FormFrame(
      action: "/account/second-factor",
      csrf: request.csrf,
      fields: [code],
      buttons:
        "\(Button.submit(say("2段階認証を始める", "Turn on")))\(Button.link(say("キャンセル", "Cancel"), "/account", look: .secondary))"
    )
    let main: HTML = """
      <ol><li>\(say("スマートフォンに認証アプリ（Google Authenticator、Microsoft Authenticatorなど）を入れます。", "Install an authenticator app on your phone (Google Authenticator, Microsoft Authenticator and others)."))</li>\
      <li>\(say("アプリで次のQRコードを読み取ります。", "Scan this QR code with the app."))</li></ol>
      \(picture)
      <p>\(say("読み取れないときは、次の文字を「キー」として入力します（時間ベース、6桁）。", "If you cannot scan it, enter these letters as the key (time-based, six digits)."))</p>
      <p><code class="key">\(factor.typedSecret)</code></p>
      \(frame.html(language))
      """
    return Page(
      say("2段階認証の設定", "Turn on two-step sign-in"),
      crumbs: crumbs,
      errors: errors,
      main: main
    )
  }

  func recoveryCodes(_ codes: [String]) -> Page {
    let main: HTML = """
      <p>\(say("スマートフォンをなくしたとき、コードの代わりに1つずつ使えます。印刷するか書き写して、鍵のかかる場所にしまってください。この画面を閉じると、二度と表示できません。", "If you lose the phone, each of these works once in place of a code. Print or write them down and lock them away. They are not shown again."))</p>
      <ul class="codes">\(each: codes, { "<li><code>\($0)</code></li>" })</ul>
      \(Button.row(Button.link(say("しまいました", "I have stored them"), "/account"), Button.print(language)))
      """
    return Page(say("回復コード", "Recovery codes"), crumbs: crumbs, main: main)
  }

  func factor(_ errors: [FieldError]) -> Page {
    func form(_ prefix: String, _ action: String, _ button: HTML) -> HTML {
      var password = FormField.password(
        "password",
        say("今のパスワード", "Current password"),
        autocomplete: "current-password"
      ).withError(from: errors)
      password.idPrefix = prefix
      var frame = FormFrame(action: action, csrf: request.csrf, fields: [password], buttons: button)
      frame.more = NewPassword.userName(account.userName)
      return frame.html(language)
    }
    let codes = form(
      "field",
      "/account/recovery-codes",
      Button.submit(say("回復コードを作り直す", "Make new recovery codes"), look: .secondary)
    )
    let off = form(
      "off",
      "/account/second-factor/remove",
      Button.submit(say("2段階認証をやめる", "Turn off"), look: .danger)
    )
    let main: HTML = """
      <p>\(say("2段階認証を使っています。", "Two-step sign-in is on."))</p>
      <section><h2>\(say("回復コード", "Recovery codes"))</h2>\
      <p>\(say("作り直すと、前の回復コードは使えなくなります。", "The old codes stop working when you make new ones."))</p>\(codes)</section>
      <section><h2>\(say("2段階認証をやめる", "Turn off"))</h2>\
      <p>\(say("パスワードだけでサインインするようになります。", "From then on the password alone signs you in."))</p>\(off)</section>
      """
    return Page(
      say("2段階認証", "Two-step sign-in"),
      crumbs: crumbs,
      errors: errors,
      main: main
    )
  }

  // MARK: Recent authentication

  func confirm(next: String, _ errors: [FieldError]) -> Page {
    let password = FormField.password("password", say("パスワード", "Password"), autocomplete: "current-password")
      .withError(from: errors)
    var frame = FormFrame(
      action: "/account/confirm",
      csrf: request.csrf,
      fields: [password, .hidden("next", next)],
      buttons: Button.submit(say("続ける", "Continue"))
    )
    frame.more = NewPassword.userName(account.userName)
    return Page(
      say("本人の確認", "Confirm it is you"),
      lead: HTML(
        text: say(
          "大切な設定を開くため、もう一度パスワードを入力してください。",
          "You are opening important settings. Enter your password once more."
        )
      ),
      errors: errors,
      main: frame.html(language)
    )
  }
}
