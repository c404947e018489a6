import Text

/// A request that cannot be served, in words for the person who made it. Handlers throw it; the shell makes the page.
package struct WebError: Error, Sendable, Hashable {
  package let status: Int
  /// What happened and why.
  package let cause: Localized
  /// What to do now.
  package let remedy: Localized
  package var headers: Headers = [:]
  /// What programs are told beside the words (RFC 9457 §3.2).
  package var members: [String: JSONValue] = [:]
  /// For 405: the methods that would do.
  var allowed: [WebMethod] = []

  package init(status: Int, cause: Localized, remedy: Localized, headers: Headers = [:]) {
    self.status = status
    self.cause = cause
    self.remedy = remedy
    self.headers = headers
  }

  package static func badRequest(_ cause: Localized, remedy: Localized? = nil) -> WebError {
    WebError(
      status: 400,
      cause: cause,
      remedy: remedy
        ?? Localized(
          ja: "前の画面に戻り、もう一度操作してください。",
          en: "Go back to the previous page and try again."
        )
    )
  }

  /// A record or page that is not there, or not for this person: both look alike.
  package static func notFound(_ what: Localized? = nil) -> WebError {
    WebError(
      status: 404,
      cause: what.map { Localized(ja: "\($0.ja)が見つかりません。", en: "\($0.en) was not found.") }
        ?? Localized(ja: "このアドレスのページはありません。", en: "There is no page at this address."),
      remedy: Localized(
        ja: "アドレスを確かめるか、一覧や検索から探してください。削除または統合されたものは表示できません。",
        en: "Check the address, or look in the lists or the search. Removed or merged records cannot be shown."
      )
    )
  }

  package static func conflict(_ cause: Localized, remedy: Localized) -> WebError {
    WebError(status: 409, cause: cause, remedy: remedy)
  }

  /// `seconds` until another try makes sense.
  package static func tooManyRequests(seconds: Int, cause: Localized) -> WebError {
    WebError(
      status: 429,
      cause: cause,
      remedy: Localized(
        ja: "\(waiting(seconds).ja)待ってから、もう一度お試しください。",
        en: "Wait \(waiting(seconds).en), then try again."
      ),
      headers: ["Retry-After": String(seconds)]
    )
  }

  static func waiting(_ seconds: Int) -> Localized {
    seconds < 60
      ? Localized(ja: "\(seconds)秒", en: "\(seconds) seconds")
      : Localized(ja: "\((seconds + 59) / 60)分", en: "\((seconds + 59) / 60) minutes")
  }
}

extension WebError {
  static func tooLarge(limit: Int) -> WebError {
    let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) kB"
    return WebError(
      status: 413,
      cause: Localized(
        ja: "送られた内容が大きすぎます。この画面で受け付けるのは\(size)までです。",
        en: "What was sent is too large. This page takes at most \(size)."
      ),
      remedy: Localized(
        ja: "ファイルを分けるか、不要なシートや画像を除いてから、もう一度送ってください。",
        en: "Split the file, or remove sheets and pictures that are not needed, and send it again."
      )
    )
  }

  static func tooManyFields(_ limit: Int) -> WebError {
    WebError(
      status: 413,
      cause: Localized(
        ja: "一度に送られた項目が多すぎます（\(limit)個まで）。",
        en: "Too many fields were sent at once (at most \(limit))."
      ),
      remedy: Localized(ja: "何回かに分けて送ってください。", en: "Send them in several parts.")
    )
  }

  /// `name` where the name itself could be read.
  static func unreadableField(_ name: String?) -> WebError {
    .badRequest(
      Localized(
        ja: name.map { "項目「\($0)」の文字を読み取れません。文字コードはUTF-8で送ってください。" }
          ?? "送られた項目の文字を読み取れません。文字コードはUTF-8で送ってください。",
        en: name.map { "The text of field “\($0)” cannot be read. Send it as UTF-8." }
          ?? "The text of a field cannot be read. Send it as UTF-8."
      )
    )
  }

  static let cutOff = WebError.badRequest(
    Localized(ja: "送られた内容が途中で切れたため、読み取れません。", en: "What was sent broke off and cannot be read."),
    remedy: Localized(
      ja: "通信を確かめてから、もう一度送ってください。",
      en: "Check the network and send it again."
    )
  )

  static let brokenForm = WebError.badRequest(
    Localized(
      ja: "送られたフォームの形式が壊れているため、読み取れません。通信が途中で切れた可能性があります。",
      en: "The form that was sent is broken and cannot be read. The connection may have been cut."
    )
  )

  static let notAForm = WebError(
    status: 415,
    cause: Localized(ja: "この形式のデータは受け付けていません。", en: "Data of this kind is not accepted."),
    remedy: Localized(
      ja: "画面のフォームから送ってください。プログラムからはContent-Typeを確かめてください。",
      en: "Send it with the form on the page. From a program, check the Content-Type."
    )
  )

  static let brokenAddress = WebError.badRequest(
    Localized(ja: "アドレスの書き方が正しくないため、読み取れません。", en: "The address is malformed and cannot be read."),
    remedy: Localized(
      ja: "リンクや一覧から開き直してください。",
      en: "Open the page again from a link or a list."
    )
  )

  static let addressTooLong = WebError(
    status: 414,
    cause: Localized(ja: "アドレスが長すぎます。", en: "The address is too long."),
    remedy: Localized(ja: "絞り込みの条件を減らしてください。", en: "Use fewer filter conditions.")
  )

  static let wrongHost = WebError(
    status: 421,
    cause: Localized(
      ja: "このホスト名ではYaguraを開けません。",
      en: "Yagura does not answer under this host name."
    ),
    remedy: Localized(
      ja: "起動時に表示されたアドレスを開いてください。",
      en: "Open the address that was printed at start."
    )
  )

  static let unknownMethod = WebError(
    status: 501,
    cause: Localized(ja: "このHTTPメソッドには対応していません。", en: "This HTTP method is not supported."),
    remedy: Localized(ja: "画面から操作してください。", en: "Use the pages.")
  )

  static let timedOut = WebError(
    status: 503,
    cause: Localized(
      ja: "時間内に処理が終わらなかったため、中断しました。",
      en: "The work did not finish in time and was stopped."
    ),
    remedy: Localized(
      ja: "条件を絞るか、しばらく待ってからもう一度お試しください。続く場合は管理者に下の番号を伝えてください。",
      en:
        "Narrow the conditions, or wait a little and try again. If it goes on, tell the administrator the number below."
    ),
    headers: ["Retry-After": "10"]
  )

  static let stopping = WebError(
    status: 503,
    cause: Localized(
      ja: "Yaguraは起動中か、停止の途中です。",
      en: "Yagura is starting or stopping."
    ),
    remedy: Localized(ja: "1分ほど待ってから開き直してください。", en: "Wait about a minute and open the page again."),
    headers: ["Retry-After": "10"]
  )

  static func otherMethods(_ allowed: [WebMethod]) -> WebError {
    var error = WebError(
      status: 405,
      cause: Localized(
        ja: "このアドレスでは、その操作はできません。",
        en: "This address does not take that operation."
      ),
      remedy: Localized(
        ja: "画面を開き直して、ボタンから操作してください。",
        en: "Open the page again and use its buttons."
      )
    )
    error.headers["Allow"] = allowed.map(\.rawValue).joined(separator: ", ")
    error.allowed = allowed
    return error
  }

  static let forged = WebError(
    status: 403,
    cause: Localized(
      ja: "この画面の有効期限が切れたか、別のサイトから送られたため、受け付けませんでした。まだ何も変わっていません。",
      en: "The page had expired, or this was sent from another site, so it was not accepted. Nothing has changed."
    ),
    remedy: Localized(
      ja: "前の画面を開き直し、入力してから、もう一度送ってください。",
      en: "Open the previous page again, fill it in and send it once more."
    )
  )

  static let internalFault = WebError(
    status: 500,
    cause: Localized(
      ja: "Yaguraの内部で問題が起きたため、処理を終えられませんでした。",
      en: "Something went wrong inside Yagura and the work could not be finished."
    ),
    remedy: Localized(
      ja: "もう一度お試しください。続く場合は、管理者に下の番号を伝えてください。",
      en: "Please try again. If it goes on, tell the administrator the number below."
    )
  )
}
