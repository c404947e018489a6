import Mail
import SQL
import Text
import Transfer

/// The relay that takes a facility's mails, and how they are written.
package struct RelaySettings: Sendable, Hashable {
  package var host: String
  package var port: Int
  package var security: SMTPTransfer.Security
  /// Empty where the relay asks for none.
  package var user: String
  /// Open only while a mail is sent; stored sealed.
  package var password: String?
  /// A PEM file of the authority to trust instead of the machine's own, or empty.
  package var authorityFile: String
  /// The address mails come from.
  package var sender: String
  /// Under which address people reach these pages, `https://yagura.hospital.local:8443`, for the links in mails.
  package var address: String
  /// The hour of the daily summary, in Japan.
  package var digestHour: Int
  package var isOn: Bool
  package var version: Int

  package init(
    host: String = "",
    port: Int = 587,
    security: SMTPTransfer.Security = .startTLS,
    user: String = "",
    password: String? = nil,
    authorityFile: String = "",
    sender: String = "",
    address: String = "",
    digestHour: Int = 8,
    isOn: Bool = true,
    version: Int = 0
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.user = user
    self.password = password
    self.authorityFile = authorityFile
    self.sender = sender
    self.address = address
    self.digestHour = digestHour
    self.isOn = isOn
    self.version = version
  }

  static let columns: SQL = """
    host, port, security, user_name, sealed_password, authority_file, sender, address, digest_hour, is_on, version
    """

  /// Throws every problem at once.
  func check() throws(DutyProblems) {
    var problems = DutyProblems()
    if !SMTPTransfer.isHost(host) {
      problems.add("host", "メールサーバーの名前かIPアドレスを入力してください。", "Enter the mail server's name or IP address.")
    }
    if !(1...65535).contains(port) {
      problems.add("port", "ポート番号は1から65535までの数字です。", "The port is a number from 1 to 65535.")
    }
    do throws(MailProblem) {
      _ = try MailAddress(sender)
    } catch {
      problems.list.append(("sender", error.message))
    }
    if security == .none, !user.isEmpty, !["127.0.0.1", "localhost", "::1"].contains(host) {
      problems.add(
        "security",
        "暗号化なしではパスワードを送れません。STARTTLS か TLS を選ぶか、ユーザー名を空にしてください。",
        "A password is not sent without encryption. Choose STARTTLS or TLS, or leave the user name empty."
      )
    }
    if !address.isEmpty, !address.hasPrefix("https://"), !address.hasPrefix("http://") {
      problems.add("address", "https:// から始まるアドレスを入力してください。", "Enter an address that begins with https://.")
    }
    if !authorityFile.isEmpty, !authorityFile.hasPrefix("/") {
      problems.add("authorityFile", "証明書のファイルは「/」から始まるパスで入力してください。", "Enter the file's full path from “/”.")
    }
    guard problems.list.isEmpty else { throw problems }
  }

  var relay: MailRelay {
    MailRelay(
      SMTPTransfer.Server(
        host: host,
        port: port,
        security: security,
        user: user.isEmpty ? nil : user,
        password: user.isEmpty ? nil : password ?? ""
      ),
      trust: TransferTrust(authorityFile: authorityFile.isEmpty ? nil : authorityFile)
    )
  }
}
