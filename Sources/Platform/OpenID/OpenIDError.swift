import Text
import Transfer

/// Why a provider's sign-in was not taken, in a closed list.
package enum OpenIDError: Error, Sendable, Hashable {
  /// The provider was not reached or not trusted.
  case transfer(TransferError)
  /// Its description is missing or speaks of another issuer.
  case discovery(String)
  /// It refused the code: used before, too old, or not ours.
  case code(String)
  /// The ID token does not prove who it is: what is wrong with it.
  case token(Fault)

  package enum Fault: String, Sendable, Hashable {
    case form, algorithm, key, signature, issuer, audience, expired, early, nonce, subject
  }

  package var message: Localized {
    switch self {
    case .transfer(let error): error.message
    case .discovery(let why):
      Localized(
        ja: "認証サーバーの設定を読めません。発行者（issuer）のアドレスを確かめてください（\(why)）。",
        en: "The provider's description cannot be used. Check the issuer's address (\(why))."
      )
    case .code:
      Localized(
        ja: "認証サーバーが手続きを受け付けませんでした。はじめからもう一度サインインしてください。",
        en: "The provider did not accept this sign-in. Start again."
      )
    case .token(let fault):
      Localized(
        ja: "認証サーバーの返事を確かめられませんでした（\(fault.rawValue)）。はじめからやり直し、続くときは管理者に知らせてください。",
        en:
          "The provider's answer could not be verified (\(fault.rawValue)). Start again, and tell the administrator if it goes on."
      )
    }
  }
}
