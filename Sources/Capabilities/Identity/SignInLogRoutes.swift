import Design
import HTML
import Journal
import Nouns
import Text
import Time
import Web

/// `/settings/sign-ins`: who signed in, who was kept out, and what was done about it; from the journal.
struct SignInLogRoutes: Sendable {
  let identity: Identity

  var routes: [Route] {
    [
      .get("/settings/sign-ins", ManageUsers.self, show),
      .post("/settings/sign-ins/clear", ManageUsers.self, clear),
    ]
  }

  private static let size = 50

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let entries = try await identity.signInLog(
      isLockedOutOnly: request.query["only"] == "locked",
      before: request.query["before"].flatMap(JournalCursor.init(reading:)),
      limit: Self.size,
      in: scope
    )
    let addresses = try await identity.lockedAddresses(in: scope, at: request.now)
    let page = SignInLogPage(request: request, entries: entries, addresses: addresses, size: Self.size)
    return .page(page.page, current: "identity.sign-ins")
  }

  @Sendable private func clear(_ request: WebRequest, _ scope: Scope<ManageUsers>) async throws -> WebResponse {
    let address = try request.form().text("address")
    let wasLocked = try await identity.clearLockOut(address: address, in: scope, visit: Visit(request))
    let flash =
      wasLocked
      ? Flash.done(
        Localized(ja: "接続元 \(address) から、すぐに試せるようにしました。", en: "\(address) may try again at once.")
      )
      : Flash(.notice, Localized(ja: "その接続元は待ち時間になっていません。", en: "That address is not waiting."))
    return .redirect(to: "/settings/sign-ins", flash: flash)
  }
}

extension Identity {
  /// What happened to accounts and sign-ins, the newest first.
  func signInLog(
    isLockedOutOnly: Bool,
    before cursor: JournalCursor?,
    limit: Int,
    in scope: Scope<ManageUsers>
  ) async throws -> [JournalEntry] {
    var filter = JournalFilter()
    filter.subjectTypes = ["account", "address", "sign-in"]
    if isLockedOutOnly { filter.kinds = ["account.locked-out", "sign-in.locked-out", "address.locked-out"] }
    return try await JournalReader(database: database).latest(
      filter,
      facility: scope.facility.rawValue,
      before: cursor,
      limit: limit
    )
  }
}

struct SignInLogPage {
  let request: WebRequest
  let entries: [JournalEntry]
  let addresses: [(address: String, state: LockedOut)]
  let size: Int

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var page: Page {
    Page(
      say("サインインの記録", "Sign-in log"),
      lead: HTML(
        text: say(
          "続けて間違えると、しばらくサインインできなくなります。覚えのない失敗が続くときは、ほかの人が試している可能性があります。",
          "After several wrong attempts signing in has to wait. Failures that nobody can explain may be somebody else trying."
        )
      ),
      main: "\(waiting)\(choice)\(table)\(older)"
    )
  }

  private var waiting: HTML? {
    guard !addresses.isEmpty else { return nil }
    let lines = addresses.map { address, state -> HTML in
      let time = SignInRefusal.words(state.wait)[language]
      let button: HTML = """
        <form method="post" action="/settings/sign-ins/clear">\(request.csrf)\
        <input type="hidden" name="address" value="\(address)">\
        \(Button.submit(say("すぐに試せるようにする", "Let it try now"), look: .secondary, size: .small))</form>
        """
      return
        "<dt>\(address)</dt><dd>\(say("あと\(time)、失敗\(state.failures)回", "another \(time), \(state.failures) failures"))\(button)</dd>"
    }
    return """
      <section><h2>\(say("待ち時間になっている接続元", "Addresses that have to wait"))</h2><dl class="kv">\(lines)</dl></section>
      """
  }

  private var isLockedOnly: Bool { request.query["only"] == "locked" }

  private var choice: HTML {
    let (all, locked) = (say("すべて", "All"), say("続けて間違えたものだけ", "Only lock-outs"))
    let inside: HTML =
      isLockedOnly
      ? "<a href=\"/settings/sign-ins\">\(all)</a> ｜ <b>\(locked)</b>"
      : "<b>\(all)</b> ｜ <a href=\"/settings/sign-ins?only=locked\">\(locked)</a>"
    return "<p>\(inside)</p>"
  }

  private var table: HTML {
    var table = DataTable<JournalEntry>(
      id: "sign-ins",
      caption: say("サインインと利用者の記録", "Sign-ins and accounts"),
      address: Address("/settings/sign-ins"),
      columns: [
        .init("what", say("できごと", "Event")) { HTML(text: AccountEvent.label($0.kind)[language]) },
        .init("who", say("対象", "Of")) { entry in HTML(text: subject(entry)) },
        .init("at", say("日時", "When")) { entry in
          DateText.html(request.dates.brief(entry.at, today: request.now.day), machine: entry.at.iso)
        },
        .init("by", say("操作した人", "By")) { HTML(text: $0.actorName) },
        .init("detail", say("詳細", "Details"), isLong: true) { HTML(text: detail($0)) },
      ],
      rows: entries,
      rowID: \.id,
      rowName: { AccountEvent.label($0.kind)[language] }
    )
    table.isDense = true
    table.empty = EmptyState(
      say("記録はありません。", "There is nothing here."),
      say("サインインや利用者の変更があると、ここに並びます。", "Sign-ins and changes of accounts appear here.")
    )
    return table.html(language)
  }

  private func subject(_ entry: JournalEntry) -> String {
    entry.subjectType == "sign-in" ? say("登録されていないユーザー名", "A user name nobody has") : entry.subjectTitle
  }

  private func detail(_ entry: JournalEntry) -> String {
    var parts = entry.changes.compactMap { change -> String? in
      switch change.field {
      case "failures": change.to.map { say("失敗\($0)回", "\($0) failures") }
      case "seconds":
        change.to.flatMap(Int.init).map { seconds in
          let time = SignInRefusal.words(seconds)[language]
          return say("\(time)待ち", "wait \(time)")
        }
      case "address": change.to.map { say("接続元 \($0)", "from \($0)") }
      case "route": change.to
      case "role": (change.to ?? change.from).map(role)
      case "facility": change.to ?? change.from
      case "name": "\(change.from ?? "") → \(change.to ?? "")"
      default: nil
      }
    }
    if let reason = entry.reason {
      parts.append(
        entry.kind == "account.signed-in"
          ? say("「\(reason)」から切り替え", "changed from “\(reason)”") : say("理由：\(reason)", "reason: \(reason)")
      )
    }
    return parts.joined(separator: say("、", ", "))
  }

  private func role(_ text: String) -> String {
    Role(rawValue: String(text.prefix { $0 != "@" }))?.label[language] ?? text
  }

  private var older: HTML? {
    guard entries.count == size, let last = entries.last else { return nil }
    let address = Address("/settings/sign-ins").setting("only", isLockedOnly ? "locked" : nil)
      .setting("before", JournalCursor(after: last).text)
    return "<p><a href=\"\(address.text)\">\(say("これより前の記録", "Earlier entries"))</a></p>"
  }
}

/// What the kinds of entries about accounts are called.
enum AccountEvent {
  static func label(_ kind: String) -> Localized {
    labels[kind] ?? Localized(both: kind)
  }

  private static let labels: [String: Localized] = [
    "account.signed-in": Localized(ja: "サインイン", en: "Signed in"),
    "account.refused": Localized(ja: "権限のない操作", en: "Refused for want of permission"),
    "account.added": Localized(ja: "利用者の追加", en: "User added"),
    "account.changed": Localized(ja: "アカウントの変更", en: "Account changed"),
    "account.locked": Localized(ja: "アカウントの停止", en: "Account locked"),
    "account.unlocked": Localized(ja: "停止の解除", en: "Account unlocked"),
    "account.locked-out": Localized(ja: "続けて間違えたため待ち時間", en: "Locked out for a while"),
    "account.lock-out-cleared": Localized(ja: "待ち時間の解除", en: "Lock-out cleared"),
    "sign-in.locked-out": Localized(ja: "続けて間違えたため待ち時間", en: "Locked out for a while"),
    "address.locked-out": Localized(ja: "接続元を待ち時間に", en: "Address locked out for a while"),
    "address.lock-out-cleared": Localized(ja: "接続元の待ち時間の解除", en: "Address lock-out cleared"),
    "account.role-granted": Localized(ja: "役割を付けた", en: "Role granted"),
    "account.role-revoked": Localized(ja: "役割を外した", en: "Role removed"),
    "account.password-issued": Localized(ja: "仮パスワードの発行", en: "One-time password issued"),
    "account.password-changed": Localized(ja: "パスワードの変更", en: "Password changed"),
    "account.session-ended": Localized(ja: "端末のサインアウト", en: "Session ended"),
    "account.second-factor-added": Localized(ja: "2段階認証の開始", en: "Two-step sign-in turned on"),
    "account.second-factor-removed": Localized(ja: "2段階認証の解除", en: "Two-step sign-in turned off"),
    "account.recovery-codes-renewed": Localized(ja: "回復コードの作り直し", en: "Recovery codes renewed"),
    "account.recovery-code-used": Localized(ja: "回復コードの使用", en: "Recovery code used"),
    "account.linked": Localized(ja: "ほかの施設と結び付け", en: "Linked with another facility"),
    "account.unlinked": Localized(ja: "ほかの施設との結び付きを外した", en: "Link with another facility removed"),
  ]
}
