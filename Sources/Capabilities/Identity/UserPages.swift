import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The pages of everybody's accounts.
struct UserPages: Sendable {
  let request: WebRequest
  let departments: [Identity.Department]

  private var language: Language { request.language }
  private var ja: Bool { language == .ja }

  private func say(_ ja: String, _ en: String) -> String { self.ja ? ja : en }

  private var crumbs: [Crumb] { [Crumb(say("利用者", "Users"), "/settings/users")] }

  private static let people = Unit(ja: "人", one: "user", many: "users")

  /// Those whose name or user name holds what `q` says, a page at a time.
  func list(_ accounts: [Account]) -> Page {
    let query = request.query.text("q")
    let key = Fold.key(query)
    let found = key.isEmpty ? accounts : accounts.filter { Fold.key("\($0.name) \($0.userName)").contains(key) }
    let address = Address("/settings/users").setting("q", query).setting("page", request.query["page"])
    let pager = Pager(
      address: address,
      number: Int(request.query["page"] ?? "") ?? 1,
      total: found.count,
      unit: Self.people
    )
    let shown = pager.part(of: found)
    let table = DataTable(
      id: "users",
      caption: say("利用者の一覧", "Users"),
      address: address,
      columns: [
        .init("name", say("氏名", "Name")) { "<a href=\"\(Self.path($0))\">\($0.name)</a>" },
        .init("userName", say("ユーザー名", "User name")) { HTML(text: $0.userName) },
        .init("roles", say("役割", "Roles")) { HTML(text: roles($0)) },
        .init("state", say("ステータス", "Status")) { state($0) },
        .init("factor", say("2段階認証", "Two-step")) {
          HTML(text: $0.hasSecondFactor ? say("あり", "On") : say("なし", "Off"))
        },
        .init("seen", say("最終サインイン", "Last sign-in")) { account in
          account.signedInAt.map(time) ?? HTML(text: say("まだありません", "Never"))
        },
      ],
      rows: shown,
      rowID: \.id,
      rowName: \.name,
      pager: pager,
      filter: FilterBar(
        address: address,
        fields: [.text(name: "q", label: say("氏名・ユーザー名", "Name"), value: query)]
      ),
      empty: EmptyState(
        say("該当する利用者はいません", "Nobody found"),
        say("別の文字で探すか、条件を外してください。", "Try other words, or clear the filter.")
      )
    )
    return Page(
      say("利用者", "Users"),
      actions: Button.link(say("利用者を追加", "Add a user"), "/settings/users/new"),
      main: table.html(language)
    )
  }

  static func path(_ account: Account) -> String { "/settings/users/\(Percent.encode(account.id))" }

  private func roles(_ account: Account) -> String {
    account.grants.map { text($0.grant) }.joined(separator: say("、", ", "))
  }

  private func text(_ grant: Grant) -> String {
    guard let department = grant.department else { return grant.role.label[language] }
    let name = departments.first { $0.id == department }?.name ?? department
    return ja ? "\(grant.role.label.ja)（\(name)）" : "\(grant.role.label.en) (\(name))"
  }

  private func state(_ account: Account) -> HTML {
    if account.lockedAt != nil { return Chip(say("停止中", "Locked"), .red).html }
    if let until = account.oneTimeUntil {
      return until <= request.now
        ? Chip(say("仮パスワード期限切れ", "Password expired"), .orange).html
        : Chip(say("仮パスワード", "One-time password"), .yellow).html
    }
    return Chip(say("利用中", "Active"), .green).html
  }

  private func time(_ instant: Instant) -> HTML {
    DateText.html(request.dates.brief(instant, today: request.now.day), machine: instant.iso)
  }

  // MARK: Adding

  func new(_ form: WebForm, _ errors: [FieldError]) -> Page {
    let fields: [FormField] = [
      .text(
        "displayName",
        say("氏名", "Name"),
        value: form.text("displayName"),
        required: true,
        support: say("例：佐藤 美咲", "For example Misaki Sato")
      ),
      .text(
        "userName",
        say("ユーザー名", "User name"),
        value: form.text("userName"),
        required: true,
        support: say("英字・数字で、例：m.sato", "Letters and digits, for example m.sato"),
        autocomplete: "off"
      ),
    ]
    let frame = FormFrame(
      action: "/settings/users/new",
      csrf: request.csrf,
      fields: (fields + roleFields(form)).map { $0.withError(from: errors) },
      buttons:
        "\(Button.submit(say("追加", "Add")))\(Button.link(say("キャンセル", "Cancel"), "/settings/users", look: .secondary))",
      draft: "user/new"
    )
    return Page(
      say("利用者の追加", "Add a user"),
      lead: HTML(
        text: say(
          "追加すると仮パスワードを1回だけ表示します。本人に渡すと、最初のサインインで新しいパスワードを決めてもらえます。",
          "A one-time password is shown once. The person chooses a new one at the first sign-in."
        )
      ),
      crumbs: crumbs,
      errors: errors,
      main: frame.html(language)
    )
  }

  private func roleFields(_ form: WebForm) -> [FormField] {
    var fields: [FormField] = [
      .select(
        "role",
        say("役割", "Role"),
        [Choice("", say("選んでください", "Choose"))] + Role.allCases.map { Choice($0.rawValue, $0.label[language]) },
        chosen: form.text("role"),
        required: true
      )
    ]
    if !departments.isEmpty {
      fields.append(
        .select(
          "department",
          say("対象の部門", "Department"),
          [Choice("", say("施設全体", "Whole facility"))] + departments.map { Choice($0.id, $0.name) },
          chosen: form.text("department")
        )
      )
    }
    return fields
  }

  /// The one time a password that was made is shown.
  func issued(_ account: Account, _ password: String, isNew: Bool) -> Page {
    let main: HTML = """
      <dl class="kv"><dt>\(say("氏名", "Name"))</dt><dd>\(account.name)</dd>\
      <dt>\(say("ユーザー名", "User name"))</dt><dd>\(account.userName)</dd>\
      <dt>\(say("仮パスワード", "One-time password"))</dt><dd><code class="key">\(password)</code></dd></dl>
      <p>\(say("この画面を閉じると、二度と表示できません。紙に書くか口頭で、本人に直接渡してください。7日以内に使わないと期限が切れます。", "It is not shown again. Hand it over in person, on paper or by word of mouth. It expires if it is not used within 7 days."))</p>
      \(Button.row(Button.link(say("利用者の一覧に戻る", "Back to the users"), "/settings/users")))
      """
    let title = isNew ? say("利用者を追加しました", "The user was added") : say("仮パスワードを発行しました", "A one-time password was issued")
    return Page(title, crumbs: crumbs, main: main)
  }

  // MARK: One account

  func one(_ account: Account, _ waiting: LockedOut, _ form: WebForm, _ errors: [FieldError]) -> Page {
    let path = Self.path(account)
    let add = FormFrame(
      action: "\(path)/roles",
      csrf: request.csrf,
      fields: roleFields(form).map { $0.withError(from: errors) },
      buttons: Button.submit(say("役割を付ける", "Grant"), look: .secondary)
    )
    let locked: HTML? = account.lockedAt.map { "<dt>\(say("停止した日時", "Locked since"))</dt><dd>\(time($0))</dd>" }
    let main: HTML = """
      <dl class="kv"><dt>\(say("ユーザー名", "User name"))</dt><dd>\(account.userName)</dd>\
      <dt>\(say("ステータス", "Status"))</dt><dd>\(state(account))</dd>\(locked)\
      <dt>\(say("2段階認証", "Two-step sign-in"))</dt><dd>\(account.hasSecondFactor ? say("あり", "On") : say("なし", "Off"))</dd>\
      <dt>\(say("最終サインイン", "Last sign-in"))</dt><dd>\(account.signedInAt.map(time) ?? HTML(text: say("まだありません", "Never")))</dd></dl>
      \(lockedOut(waiting, path))
      <section><h2>\(say("役割", "Roles"))</h2>\(held(account, path))\(add.html(language))</section>
      <section><h2>\(say("パスワードと2段階認証", "Password and second step"))</h2>\(access(account, path))</section>
      <section><h2>\(account.lockedAt == nil ? say("アカウントの停止", "Lock") : say("停止の解除", "Unlock"))</h2>\(lock(account, path))</section>
      """
    return Page(account.name, crumbs: crumbs, errors: errors, main: main)
  }

  /// Only where there is something to let go of.
  private func lockedOut(_ waiting: LockedOut, _ path: String) -> HTML? {
    guard waiting.wait > 0 else { return nil }
    let time = SignInRefusal.words(waiting.wait)
    let text = say(
      "続けて\(waiting.failures)回間違えたため、あと\(time.ja)サインインできません。本人であることを確かめてから解除してください。",
      "After \(waiting.failures) wrong attempts this account has to wait another \(time.en). Make sure of the person's identity before you let them in."
    )
    let button = Button.post(
      say("すぐに試せるようにする", "Let them try now"),
      "\(path)/lock-out/clear",
      csrf: request.csrf,
      look: .secondary
    )
    return Banner(.warning, text, actions: button).html(language)
  }

  private func held(_ account: Account, _ path: String) -> HTML {
    guard !account.grants.isEmpty else {
      return "<p>\(say("役割がないため、サインインしても何も開けません。", "Without a role nothing opens after sign-in."))</p>"
    }
    let items = account.grants.map { held -> HTML in
      let remove = Button.post(
        say("外す", "Remove"),
        "\(path)/roles/\(Percent.encode(held.id))/remove",
        csrf: request.csrf,
        look: .secondary,
        size: .small,
        context: text(held.grant)
      )
      return "<dt>\(text(held.grant))</dt><dd>\(remove)</dd>"
    }
    return "<dl class=\"kv\">\(items)</dl>"
  }

  private func access(_ account: Account, _ path: String) -> HTML {
    let issue = Button.post(
      say("仮パスワードを発行", "Issue a one-time password"),
      "\(path)/one-time-password",
      csrf: request.csrf,
      look: .secondary
    )
    let reset: HTML =
      account.hasSecondFactor
      ? Button.post(
        say("2段階認証を解除", "Reset the second step"),
        "\(path)/second-factor/reset",
        csrf: request.csrf,
        look: .secondary
      )
      : .empty
    return """
      <p>\(say("本人であることを確かめてから操作してください。サインイン中の端末からはサインアウトします。", "Make sure of the person's identity first. The account is signed out everywhere."))</p>
      \(Button.row(issue, reset))
      """
  }

  private func lock(_ account: Account, _ path: String) -> HTML {
    guard account.lockedAt == nil else {
      return Button.post(say("停止を解除", "Unlock"), "\(path)/unlock", csrf: request.csrf, look: .secondary)
    }
    let reason = FormField.text(
      "reason",
      say("停止する理由", "Reason"),
      support: say("例：退職のため（2026/11/30）", "For example: left on 30 Nov 2026")
    )
    return FormFrame(
      action: "\(path)/lock",
      csrf: request.csrf,
      fields: [reason],
      buttons: Button.submit(say("アカウントを停止", "Lock the account"), look: .danger)
    ).html(language)
  }
}
