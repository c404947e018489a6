import Text

/// Why a directory did not let somebody in, in a closed list.
package enum DirectoryError: Error, Sendable, Hashable {
  /// Nobody answers there, or not in time.
  case unreachable(String)
  /// No encryption, or a certificate that is not trusted.
  case untrusted(String)
  /// The account that looks people up is refused.
  case wrongService
  /// The person, or the person's password. Never told apart.
  case wrong
  /// More than one person fits the name.
  case ambiguous
  /// The settings make no sense to the directory.
  case settings(String)

  /// What happened and what to do, for whoever looks after the settings.
  package var message: Localized {
    switch self {
    case .unreachable:
      Localized(
        ja: "ディレクトリーサーバーにつながりません。動いているか、アドレスとポート、途中のファイアウォールを確かめてください。",
        en: "The directory cannot be reached. Check that it runs, its address and port and the firewalls on the way."
      )
    case .untrusted(let why):
      Localized(
        ja: "ディレクトリーサーバーと暗号化してつながりません。証明書の期限と名前、認証局の証明書ファイルを確かめてください（\(why)）。",
        en:
          "No trusted encryption to the directory. Check the certificate's date and name and the authority file (\(why))."
      )
    case .wrongService:
      Localized(
        ja: "検索用アカウントの名前かパスワードが違います。",
        en: "The name or the password of the look-up account is wrong."
      )
    case .wrong: Localized(ja: "利用者が見つからないか、パスワードが違います。", en: "No such person, or a wrong password.")
    case .ambiguous:
      Localized(
        ja: "同じ名前の利用者が2人以上見つかりました。検索フィルターを絞ってください。",
        en: "More than one person fits. Narrow the filter."
      )
    case .settings(let why):
      Localized(
        ja: "検索の場所かフィルターが正しくありません（\(why)）。",
        en: "The base or the filter is not right (\(why))."
      )
    }
  }
}
