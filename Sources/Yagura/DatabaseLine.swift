import Foundation

/// How the line to PostgreSQL is guarded, as its address says. Pure.
enum DatabaseLine: Sendable, Hashable {
  /// It does not leave the machine.
  case local
  /// TLS to a server whose certificate and name are checked.
  case verified
  /// Anything else: whoever stands between could read and change what passes.
  case open(host: String, mode: String)

  /// Of an address (`postgres://…?sslmode=verify-full`) or a list of words (`host=db sslmode=require`), as libpq reads
  /// them. What an address leaves out libpq takes from the environment.
  init(_ address: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    var host = environment["PGHOST"] ?? ""
    var mode = environment["PGSSLMODE"] ?? ""
    if address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") {
      let parts = URLComponents(string: address)
      if let named = parts?.host, !named.isEmpty { host = named }
      for item in parts?.queryItems ?? [] {
        if item.name == "host" { host = item.value ?? "" }
        if item.name == "sslmode" { mode = item.value ?? "" }
      }
    } else {
      for word in address.split(separator: " ") {
        let pair = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2 else { continue }
        if pair[0] == "host" || pair[0] == "hostaddr" { host = pair[1] }
        if pair[0] == "sslmode" { mode = pair[1] }
      }
    }
    let plain = host.trimmingCharacters(in: ["[", "]"])
    if plain.isEmpty || plain.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains(plain) {
      self = .local
    } else if mode == "verify-full" {
      self = .verified
    } else {
      self = .open(host: plain, mode: mode.isEmpty ? "prefer" : mode)
    }
  }

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
    case .open(let host, let mode):
      Finding(
        .database,
        .action,
        "データベース \(host) への通信で、相手を確かめていません（sslmode=\(mode)）。yagura.yaml の database: url: に sslmode=verify-full と sslrootcert を指定してください。",
        "The database server \(host) is not checked (sslmode=\(mode)). Set sslmode=verify-full and sslrootcert in database: url: of yagura.yaml."
      )
    }
  }
}
