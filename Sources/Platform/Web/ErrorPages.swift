import Blobs
import Design
import HTML
import Nouns
import SQL
import Sealing
import Text

/// What the shell shows when a request cannot be served: what happened, why, what to do, and the request's number.
/// Nothing of the program's inside.
enum ErrorPages {
  /// The error as it may be told, and whether it is the program's own fault, to be logged as such. `afterCommit`: something
  /// was saved before it came to this, so that nobody may be told that nothing has changed.
  static func tell(_ error: any Error, afterCommit: Bool = false) -> (error: WebError, isFault: Bool) {
    switch error {
    case let error as WebError: (error, false)
    case let file as WithdrawnFile: (gone(file), false)
    case let again as WithdrawnAgain: (refused(again), false)
    case StorageError.full where afterCommit, StorageError.readOnly where afterCommit,
      StorageError.busy where afterCommit, StorageError.unavailable where afterCommit:
      (uncertain, true)
    case let error as StorageError: storage(error)
    case is BoundedWork.Overloaded: (overloaded, true)
    case is CancellationError: (.timedOut, true)
    default: (.internalFault, true)
    }
  }

  static func title(_ status: Int) -> Localized {
    switch status {
    case 400: Localized(ja: "読み取れない要求です", en: "The request cannot be read")
    case 401: Localized(ja: "サインインが必要です", en: "Sign in first")
    case 403: Localized(ja: "この操作はできません", en: "You cannot do this")
    case 404: Localized(ja: "ページが見つかりません", en: "Page not found")
    case 405: Localized(ja: "この操作はできません", en: "This cannot be done here")
    case 406: Localized(ja: "この形式では答えられません", en: "Not available in this form")
    case 409: Localized(ja: "ほかの変更と重なりました", en: "Somebody else changed this")
    case 410: Localized(ja: "取り下げられたファイルです", en: "This file was withdrawn")
    case 412: Localized(ja: "最新の版ではありません", en: "Not the latest version")
    case 413: Localized(ja: "大きすぎて受け取れません", en: "Too large to accept")
    case 414: Localized(ja: "アドレスが長すぎます", en: "The address is too long")
    case 415: Localized(ja: "受け付けていない形式です", en: "This format is not accepted")
    case 421: Localized(ja: "このホスト名では開けません", en: "Not available under this name")
    case 422: Localized(ja: "入力内容に問題があります", en: "There is a problem with the input")
    case 428: Localized(ja: "版の指定が必要です", en: "Say which version")
    case 429: Localized(ja: "しばらくお待ちください", en: "Please wait a little")
    case 501: Localized(ja: "対応していない操作です", en: "Not supported")
    case 503: Localized(ja: "今は応じられません", en: "Not available at the moment")
    case 507: Localized(ja: "保存する場所がありません", en: "There is no room to save")
    default: Localized(ja: "問題が起きました", en: "Something went wrong")
    }
  }

  private static func gone(_ file: WithdrawnFile) -> WebError {
    WebError(
      status: 410,
      cause: file.message,
      remedy: Localized(
        ja: "内容はこのシステムに残っていません。必要なら、取り下げた人に尋ねてください。",
        en: "Its content is no longer kept here. Ask whoever withdrew it."
      )
    )
  }

  private static func refused(_ again: WithdrawnAgain) -> WebError {
    WebError(
      status: 422,
      cause: again.message,
      remedy: Localized(ja: "前の画面に戻り、別のファイルを選んでください。", en: "Go back and choose another file.")
    )
  }

  private static func storage(_ error: StorageError) -> (error: WebError, isFault: Bool) {
    switch error {
    case .full: (diskFull, true)
    case .readOnly: (readOnly, true)
    case .busy: (busy, false)
    case .unavailable: (unavailable, true)
    case .uncertain: (uncertain, true)
    case .uniqueViolation: (alreadyThere, false)
    case .cancelled: (.timedOut, true)
    default: (.internalFault, true)
    }
  }

  private static let alreadyThere = WebError(
    status: 409,
    cause: Localized(
      ja: "同じ内容の記録がすでにあるため、保存しませんでした。まだ何も変わっていません。",
      en: "There is such a record already, so nothing was saved. Nothing has changed."
    ),
    remedy: Localized(ja: "前の画面に戻り、すでにある記録を確かめてください。", en: "Go back and look at the record that is there.")
  )

  private static let overloaded = WebError(
    status: 503,
    cause: Localized(
      ja: "サインインが集中しているため、今は受け付けられません。",
      en: "Too many people are signing in at the moment."
    ),
    remedy: Localized(
      ja: "30秒ほど待ってから、もう一度お試しください。",
      en: "Wait about 30 seconds and try again."
    ),
    headers: ["Retry-After": "30"]
  )

  private static let diskFull = WebError(
    status: 507,
    cause: Localized(
      ja: "サーバーのディスクがいっぱいのため、保存できませんでした。まだ何も変わっていません。",
      en: "The server's disk is full, so nothing could be saved. Nothing has changed."
    ),
    remedy: Localized(
      ja: "管理者に空き容量を増やすよう伝え、そのあとでもう一度お試しください。",
      en:
        "Ask the administrator to free some space, then try again."
    )
  )

  private static let readOnly = WebError(
    status: 503,
    cause: Localized(
      ja: "データベースが読み取り専用になっているため、保存できませんでした。まだ何も変わっていません。",
      en: "The database is read-only, so nothing could be saved. Nothing has changed."
    ),
    remedy: Localized(
      ja: "管理者にデータの置き場所の権限とディスクの状態を確かめるよう伝えてください。",
      en:
        "Ask the administrator to check the permissions and the disk of the data folder."
    )
  )

  private static let busy = WebError(
    status: 503,
    cause: Localized(
      ja: "ほかの処理と重なったため、保存できませんでした。まだ何も変わっていません。",
      en: "Other work was in the way, so nothing could be saved. Nothing has changed."
    ),
    remedy: Localized(
      ja: "数秒待ってから、もう一度送ってください。",
      en: "Wait a few seconds and send it again."
    ),
    headers: ["Retry-After": "3"]
  )

  private static let unavailable = WebError(
    status: 503,
    cause: Localized(
      ja: "データベースに接続できません。まだ何も変わっていません。",
      en: "The database cannot be reached. Nothing has changed."
    ),
    remedy: Localized(
      ja: "1分ほど待ってからもう一度お試しください。続く場合は管理者に伝えてください。",
      en:
        "Wait about a minute and try again. If it goes on, tell the administrator."
    ),
    headers: ["Retry-After": "30"]
  )

  private static let uncertain = WebError(
    status: 503,
    cause: Localized(
      ja: "保存している途中でデータベースとの接続が切れたため、保存できたかどうかが分かりません。",
      en: "The connection to the database broke while saving, so it is not known whether this was saved."
    ),
    remedy: Localized(
      ja: "1分ほど待ってから記録を開き、変わっているかを確かめてください。変わっていなければ、もう一度送ってください。",
      en:
        "Wait about a minute, open the record and see whether it has changed. If not, send it again."
    ),
    headers: ["Retry-After": "30"]
  )

  /// 403 of somebody who has signed in.
  static func denied(_ permission: Permission, holders: [String]) -> WebError {
    let roles = Role.allCases.filter { $0.permissions.contains(permission) }
    let who = Localized(
      ja: roles.map(\.label.ja).joined(separator: "、"),
      en: roles.map(\.label.en).joined(separator: ", ")
    )
    let names = holders.isEmpty ? nil : holders.joined(separator: "、")
    return WebError(
      status: 403,
      cause: Localized(
        ja: "この画面や操作には、あなたの役割に含まれない権限が必要です。",
        en: "This page or action needs a right that your role does not include."
      ),
      remedy: Localized(
        ja: "できる役割：\(who.ja)。" + (names.map { "\($0)さんに頼んでください。" } ?? "その役割の人に頼んでください。"),
        en: "Roles that can: \(who.en). " + (names.map { "Ask \($0)." } ?? "Ask somebody with that role.")
      )
    )
  }

  /// RFC 9457.
  static func problem(_ error: WebError, requestID: String, language: Language) -> WebResponse {
    var members = error.members
    members["type"] = "about:blank"
    members["title"] = .text(title(error.status)[language])
    members["status"] = .integer(error.status)
    members["detail"] = .text("\(error.cause[language]) \(error.remedy[language])")
    members["instance"] = .text("urn:uuid:\(requestID)")
    var response = WebResponse(
      status: error.status,
      headers: ["Content-Type": "application/problem+json", "Content-Language": language.rawValue],
      body: .bytes(JSONWriter.bytes(of: .object(members)))
    )
    for field in error.headers.fields { response.headers.add(field.name, field.value) }
    return response
  }

  static func page(
    _ error: WebError,
    requestID: String,
    language: Language,
    typed: TypedForm?,
    way: HTML? = nil,
    surroundings: FramedPage.Surroundings
  ) -> WebResponse {
    let ja = language == .ja
    let main: HTML = """
      <p data-failed>\(error.cause[language])</p>
      <p>\(error.remedy[language])</p>
      \(typed.map { $0.block(language) })
      <p><a href="/">\(ja ? "ホームに戻る" : "Back to the home page")</a></p>
      \(way)
      <p>\(ja ? "受付番号" : "Request number"): <code>\(requestID)</code></p>
      """
    var response = WebResponse.page(
      Page(title(error.status)[language], main: main),
      surroundings: surroundings,
      status: error.status
    )
    for field in error.headers.fields { response.headers.add(field.name, field.value) }
    return response
  }
}

/// What somebody had typed into a form that could not be saved, so that it can be copied or sent again.
struct TypedForm: Sendable {
  let path: String
  let fields: [Fields.Field]
  /// Nil where sending again must not be one press away.
  let csrf: String?

  /// Passwords and codes are never shown again.
  private static let secret = ["password", "code", "secret", "token"]

  init?(_ form: WebForm, path: String, csrf: String?) {
    let shown = form.fields.fields.filter { field in
      let name = field.name.lowercased()
      return name != "csrf" && !Self.secret.contains { name.contains($0) }
    }
    guard shown.contains(where: { !$0.value.isEmpty }) else { return nil }
    let isWhole = shown.count == form.fields.fields.count { $0.name != "csrf" } && form.files.isEmpty
    self.path = path
    fields = shown
    self.csrf = isWhole ? csrf : nil
  }

  func block(_ language: Language) -> HTML {
    let text = fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    let heading = language == .ja ? "入力した内容" : "What you typed"
    let note =
      language == .ja
      ? "入力した内容はこの画面に残っています。選んで写し取れます。ファイルは含まれません。"
      : "What you typed is kept on this page. You can select and copy it. Files are not included."
    let again: HTML? = csrf.map { csrf in
      """
      <form method="post" action="\(path)"><input type="hidden" name="csrf" value="\(csrf)">\(each: fields, hidden)\
      \(Button.submit(language == .ja ? "もう一度送る" : "Send again"))</form>
      """
    }
    return """
      <section><h2>\(heading)</h2><p>\(note)</p><pre tabindex="0">\(text)</pre>\(again)</section>
      """
  }

  private func hidden(_ field: Fields.Field) -> HTML {
    "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">"
  }
}
