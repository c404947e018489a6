import CCurl
import Text

/// Why a mail was not handed over, in a closed list.
package enum SMTPError: Error, Sendable, Hashable {
  /// The relay was not reached or not trusted; nothing was handed over.
  case transfer(TransferError)
  /// The relay offers no encryption although it is asked for.
  case noEncryption
  /// User name or password.
  case wrongCredentials(String)
  /// The relay says no for good (5yz), with its line.
  case refused(code: Int, line: String)
  /// The relay says not now (4yz), with its line.
  case later(code: Int, line: String)
  /// The connection broke after the whole letter was sent: it may have been taken.
  case unknownOutcome

  /// Whether trying again with the same letter and settings can help.
  package var isPassing: Bool {
    switch self {
    case .transfer(.unknownHost), .transfer(.unreachable), .transfer(.timedOut), .transfer(.failed), .later: true
    // What a person must mend: it is tried again, since the letter itself is good.
    case .transfer, .noEncryption, .wrongCredentials: true
    case .refused, .unknownOutcome: false
    }
  }

  /// What happened and what to do, for a person.
  package var message: Localized {
    switch self {
    case .transfer(let error): error.message
    case .noEncryption:
      Localized(
        ja: "メールサーバーが暗号化（STARTTLS）に対応していません。設定の「暗号化」とポート番号を確かめてください。",
        en: "The mail server offers no encryption (STARTTLS). Check the encryption setting and the port."
      )
    case .wrongCredentials:
      Localized(
        ja: "メールサーバーがユーザー名かパスワードを受け付けませんでした。設定を確かめてください。",
        en: "The mail server did not accept the user name or the password. Check the settings."
      )
    case .refused(let code, let line):
      Localized(
        ja: "メールサーバーが受け取りを断りました（\(code)：\(line)）。差出人と宛先のアドレスを確かめてください。",
        en: "The mail server refused it (\(code): \(line)). Check the addresses of sender and recipient."
      )
    case .later(let code, let line):
      Localized(
        ja: "メールサーバーが「あとで」と答えました（\(code)：\(line)）。自動でもう一度送ります。",
        en: "The mail server asks to come later (\(code): \(line)). It will be tried again."
      )
    case .unknownOutcome:
      Localized(
        ja: "送り終えたところで接続が切れました。届いているかもしれないため、自動では送り直しません。",
        en: "The connection broke after all was sent. It may have arrived, so it is not sent again by itself."
      )
    }
  }

  /// Reads what libcurl and the relay said (measured on 7.88: a refused recipient is code 55, a refused letter 8, a link
  /// dropped after DATA 56 with 354 as the last reply).
  static func of(_ reply: CurlReply, limit: Int) -> SMTPError? {
    guard reply.code != CURLE_OK else { return nil }
    let codes = reply.headers.map { (Int($0.prefix(3)) ?? 0, $0) }
    let last = codes.last { (400..<600).contains($0.0) }
    switch reply.code {
    case CURLE_LOGIN_DENIED: return .wrongCredentials(last?.1 ?? "")
    case CURLE_USE_SSL_FAILED: return .noEncryption
    default: break
    }
    if let last {
      let line = String(last.1.dropFirst(4).prefix(300))
      return last.0 >= 500 ? .refused(code: last.0, line: line) : .later(code: last.0, line: line)
    }
    if codes.contains(where: { $0.0 == 354 }) { return .unknownOutcome }
    return TransferError.of(reply, limit: limit).map { .transfer($0) }
  }
}
