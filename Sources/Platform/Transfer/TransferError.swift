import CCurl
import Text

/// Why a transfer over the network did not succeed, in a closed list.
package enum TransferError: Error, Sendable, Hashable {
  /// The name of the server could not be found.
  case unknownHost(String)
  /// Nobody answered there, or the connection broke off.
  case unreachable(String)
  case timedOut
  /// The server's certificate is not trusted, expired, or made for another name.
  case untrusted(String)
  /// More bytes than the limit allows.
  case tooLarge(limit: Int)
  /// Our own side refuses: an address, header or setting that must not be sent.
  case refused(String)
  /// The address is called by nothing but https.
  case insecure
  /// Anything else, in libcurl's words.
  case failed(String)

  static func of(_ reply: CurlReply, limit: Int) -> TransferError? {
    guard reply.code != CURLE_OK else { return nil }
    if reply.isTooLarge { return .tooLarge(limit: limit) }
    let words = String(cString: curl_easy_strerror(reply.code))
    return switch reply.code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unknownHost(words)
    case CURLE_COULDNT_CONNECT, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: .unreachable(words)
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .untrusted(words)
    case CURLE_FILESIZE_EXCEEDED: .tooLarge(limit: limit)
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: .refused(words)
    default: .failed(words)
    }
  }

  /// What happened and what to do, for a person.
  package var message: Localized {
    switch self {
    case .unknownHost:
      Localized(
        ja: "サーバーの名前が見つかりません。アドレスのつづりと、名前解決（DNS）の設定を確かめてください。",
        en: "The server's name was not found. Check its spelling and the DNS settings."
      )
    case .unreachable:
      Localized(
        ja: "サーバーにつながりません。動いているか、ポート番号、途中のファイアウォールを確かめてください。",
        en: "The server cannot be reached. Check that it runs, its port and the firewalls on the way."
      )
    case .timedOut:
      Localized(
        ja: "時間内に応答がありませんでした。サーバーと回線の状態を確かめてください。",
        en: "The server did not answer in time. Check it and the line."
      )
    case .untrusted:
      Localized(
        ja: "サーバーの証明書を信頼できません。期限、名前、認証局の証明書ファイルを確かめてください。",
        en: "The server's certificate is not trusted. Check its date and name, and the authority file."
      )
    case .tooLarge(let limit):
      Localized(
        ja: "応答が大きすぎます（上限 \(limit) バイト）。相手のアドレスが正しいか確かめてください。",
        en: "The answer is too large (limit \(limit) bytes). Check the address."
      )
    case .refused(let why):
      Localized(ja: "送れない内容です：\(why)", en: "This cannot be sent: \(why)")
    case .insecure:
      Localized(
        ja: "アドレスは https:// で始まるものにしてください（この機械の中だけは http:// も使えます）。",
        en: "The address must begin with https:// (only on this machine http:// is allowed as well)."
      )
    case .failed(let why):
      Localized(ja: "通信できませんでした：\(why)", en: "The transfer failed: \(why)")
    }
  }
}
