import Configuration
import Duties
import SystemPackage
import Transfer
import Vulnerability

/// What an installation is told from outside: `DIR/yagura.yaml`, with environment variables (`YAGURA_DATABASE_URL` …) above it.
struct Settings: Sendable {
  /// A PostgreSQL connection string of the serving role, nil for the embedded SQLite in `DIR/yagura.sqlite`.
  var databaseURL: String?
  /// The role that owns the tables and migrates, where it is another.
  var databaseOwnerURL: String?
  var databaseConnections: Int
  /// Whether a database on another machine is opened although its server is not checked.
  var acceptsUnverifiedDatabase = false
  /// Where the keys are, `DIR/keys` unless given.
  var keysFolder: String
  var certificateFile: String?
  var certificateKeyFile: String?
  var logLevel: String
  /// Requests to `/api/v1` one token may make in a minute; 0 for as many as come.
  var apiRequestsPerMinute: Int
  /// The mail relay that facilities use unless they set one of their own.
  var mail: RelaySettings?
  /// Whether and how feeds are fetched over the network; off unless told otherwise.
  var fetch: FetchSettings

  static func read(_ folder: DataFolder) async throws -> Settings {
    let file = try await FileProvider<YAMLSnapshot>(
      filePath: FilePath("\(folder.path)/yagura.yaml"),
      allowMissing: true
    )
    let reader = ConfigReader(providers: [
      EnvironmentVariablesProvider().prefixKeys(with: "yagura"), file,
    ])
    return Settings(
      databaseURL: reader.string(forKey: "database.url", isSecret: true),
      databaseOwnerURL: reader.string(forKey: "database.ownerUrl", isSecret: true),
      databaseConnections: reader.int(forKey: "database.connections", default: 8),
      acceptsUnverifiedDatabase: reader.bool(forKey: "database.acceptUnverified", default: false),
      keysFolder: reader.string(forKey: "keys.folder", default: "\(folder.path)/keys"),
      certificateFile: reader.string(forKey: "tls.certificate"),
      certificateKeyFile: reader.string(forKey: "tls.key"),
      logLevel: reader.string(forKey: "log.level", default: "info"),
      apiRequestsPerMinute: reader.int(forKey: "api.requestsPerMinute", default: 600),
      mail: mail(reader),
      fetch: FetchSettings(
        isAllowed: reader.bool(forKey: "feeds.download", default: false),
        proxy: reader.string(forKey: "feeds.proxy"),
        authorityFile: reader.string(forKey: "feeds.authorityFile"),
        mirror: reader.string(forKey: "feeds.mirror")
      )
    )
  }

  private static func mail(_ reader: ConfigReader) -> RelaySettings? {
    guard let host = reader.string(forKey: "mail.host"), let sender = reader.string(forKey: "mail.sender") else {
      return nil
    }
    return RelaySettings(
      host: host,
      port: reader.int(forKey: "mail.port", default: 587),
      security: reader.string(forKey: "mail.security").flatMap(SMTPTransfer.Security.init(rawValue:)) ?? .startTLS,
      user: reader.string(forKey: "mail.user", default: ""),
      password: reader.string(forKey: "mail.password", isSecret: true),
      authorityFile: reader.string(forKey: "mail.authorityFile", default: ""),
      sender: sender,
      address: reader.string(forKey: "mail.address", default: ""),
      digestHour: min(23, max(0, reader.int(forKey: "mail.digestHour", default: 8)))
    )
  }
}
