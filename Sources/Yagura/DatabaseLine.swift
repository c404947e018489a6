import Foundation
import Text

/// How the line to PostgreSQL is guarded, as its address says. Pure but for the environment it is given.
enum DatabaseLine: Sendable, Hashable {
  /// It does not leave the machine.
  case local
  /// TLS to a server whose certificate and name are checked.
  case verified
  /// Anything else: whoever stands between could read and change what passes.
  case open(host: String, mode: String)
  /// The address is none that is understood here, though libpq might: several hosts, or a sign that wants escaping.
  case unclear

  /// Of an address (`postgres://…?sslmode=verify-full`) or a list of words (`host=db sslmode=require`), as libpq reads
  /// them. What an address leaves out libpq takes from the environment.
  init(_ address: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    // What is connected to is the numeric address where one is named, whatever the name says.
    var (host, number) = (environment["PGHOST"] ?? "", environment["PGHOSTADDR"] ?? "")
    var mode = environment["PGSSLMODE"] ?? ""
    func take(_ name: String, _ value: String) {
      switch name {
      case "host": host = value
      case "hostaddr": number = value
      case "sslmode": mode = value
      default: break
      }
    }
    if address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") {
      // Several hosts or a character that should have been escaped: libpq may read it, so it is no line to trust.
      guard let parts = URLComponents(string: address) else {
        self = .unclear
        return
      }
      if let named = parts.host, !named.isEmpty { take("host", named) }
      for item in parts.queryItems ?? [] { take(item.name, item.value ?? "") }
    } else {
      for word in address.split(separator: " ") {
        let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
        if pair.count == 2 { take(pair[0], pair[1]) }
      }
    }
    if !number.isEmpty { host = number }
    let plain = host.trimmingCharacters(in: ["[", "]"])
    if plain.isEmpty || plain.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains(plain) {
      self = .local
    } else if mode == "verify-full" {
      self = .verified
    } else {
      self = .open(host: plain, mode: mode.isEmpty ? "prefer" : mode)
    }
  }

  var isGuarded: Bool { self == .local || self == .verified }

  /// What `doctor` says of it.
  var finding: Finding {
    switch self {
    case .local:
      Finding(.database, .good, "データベースへの通信はこの機械の中だけです。", "The line to the database stays on this machine.")
    case .verified:
      Finding(
        .database,
        .good,
        "データベースへの通信は暗号化され、相手の証明書と名前を確かめています。",
        "The line to the database is encrypted and its server is checked."
      )
    case .unclear:
      Finding(
        .database,
        .action,
        "yagura.yaml の database: url: を読み取れません。サーバーを1つだけ書き、記号は%で書き換えてください（@ は %40）。",
        "database: url: of yagura.yaml cannot be read. Name one server, and write signs with % (@ as %40)."
      )
    case .open(let host, let mode):
      Finding(
        .database,
        .action,
        "データベース \(host) への通信で、相手を確かめていません（sslmode=\(mode)）。yagura.yaml の database: url: に sslmode=verify-full と sslrootcert を指定してください。",
        "The database server \(host) is not checked (sslmode=\(mode)). Set sslmode=verify-full and sslrootcert in database: url: of yagura.yaml."
      )
    }
  }

  /// Throws where the line leaves the machine and its server is not checked: names of devices, people and ways in would
  /// pass where others can read them, and a database that is another's would be believed.
  func check(isAccepted: Bool) throws(CommandProblem) {
    guard !isGuarded, !isAccepted else { return }
    let found = finding.message
    throw .couldNotRun(
      Localized(
        ja: "\(found.ja)そのままでは開きません。通信をほかの方法で守っているときだけ、database: acceptUnverified: true を指定します。",
        en:
          "\(found.en) It is not opened as it is. Only where something else guards the line, set database: acceptUnverified: true."
      )
    )
  }
}
