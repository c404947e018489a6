import Foundation
import Postgres

/// The commands with which an administrator copies a PostgreSQL database and brings it back, as they are printed. They run
/// as `postgres`, from whom row protection hides nothing; files are opened by the administrator's own shell, for `postgres`
/// may not look into a private folder.
struct PostgresTools {
  private let database: String
  /// Nil where the server is on this machine.
  private let host: String?
  private let port: Int?
  /// Who signs in to serve, and who owns the tables; the same where nobody else is named.
  private let server: String?
  private let owner: String?
  private let servingRole: String?

  /// Nil where there is no address, or one that is no URL.
  init?(_ settings: Settings) {
    guard let text = settings.databaseURL, let address = URLComponents(string: text), address.scheme != nil else {
      return nil
    }
    let path = address.path.dropFirst()
    database = path.isEmpty ? "yagura" : String(path)
    let named = address.host?.removingPercentEncoding ?? ""
    let isLocal = ["", "localhost", "127.0.0.1", "::1", "[::1]"].contains(named) || named.hasPrefix("/")
    host = isLocal ? nil : named
    port = address.port.flatMap { $0 == 5432 ? nil : $0 }
    server = address.user
    owner = settings.databaseOwnerURL.flatMap { URLComponents(string: $0) }?.user ?? address.user
    servingRole = PostgresConfiguration(address: text).servingRole
  }

  /// Writes `yagura.dump` into the folder of a backup.
  func dump(into folder: String) -> String {
    run("pg_dump", ["--format=custom", Self.quoted(database)]) + " > " + Self.quoted("\(folder)/yagura.dump")
  }

  /// What a server needs before a database comes to it for the first time.
  var preparation: [String] {
    var lines: [String] = []
    if let servingRole { lines.append(run("createuser", ["--no-login", Self.quoted(servingRole)])) }
    var met: Set<String> = ["postgres"]
    for role in [server, owner].compactMap(\.self) where met.insert(role).inserted {
      lines.append(run("createuser", ["--pwprompt", Self.quoted(role)]))
    }
    if let servingRole, let server, server != "postgres" {
      let grant = "GRANT \"\(servingRole)\" TO \"\(server)\""
      lines.append(run("psql", ["--command=" + Self.quoted(grant)]))
    }
    let belongs = owner.map { ["--owner=" + Self.quoted($0)] } ?? []
    let kind = ["--template=template0", "--encoding=UTF8", "--locale=C", Self.quoted(database)]
    lines.append(run("createdb", belongs + kind))
    return lines
  }

  /// Brings the database of a backup back, whole or not at all; what is there is replaced.
  func restore(from folder: String) -> String {
    let options = ["--clean", "--if-exists", "--single-transaction", "--dbname=" + Self.quoted(database)]
    return run("pg_restore", options) + " < " + Self.quoted("\(folder)/yagura.dump")
  }

  private func run(_ program: String, _ arguments: [String]) -> String {
    var words = host == nil ? ["sudo", "-u", "postgres", program] : [program]
    if let host { words += ["--host=" + Self.quoted(host), "--username=postgres"] }
    if let port { words.append("--port=\(port)") }
    return (words + arguments).joined(separator: " ")
  }

  /// One word of a POSIX shell.
  static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 45...57, 95, 58, 61: true
      default: byte >= 128
      }
    }
    return isPlain && !word.isEmpty
      ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
