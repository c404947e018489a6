import Crypto
import Sealing

/// How the shell behaves; the program reads it from the installation's settings.
package struct WebSettings: Sendable {
  /// At least 32 bytes, kept outside the database, the same for all processes of one installation. Signs what is given to
  /// browsers to bring back.
  package var secret: [UInt8]
  /// What a handler has, unless its route says otherwise.
  package var timeLimit: Duration
  /// The same for routes that take files, whose bodies come over slow lines.
  package var fileTimeLimit: Duration
  /// Host names under which the program answers, without port; nil for any. On loopback it guards against other sites'
  /// names that resolve to 127.0.0.1.
  package var hosts: Set<String>?
  /// Whether a proxy stands before the program, whose `X-Forwarded-For` and `-Proto` are true.
  package var behindProxy: Bool
  package var signInPath = "/sign-in"
  package var signOutPath = "/sign-out"
  package var accountPath = "/account"
  /// Where the form of the head goes that changes to another facility.
  package var facilityPath = "/account/switch"
  /// Where the count of unread messages leads; `/inbox` once a capability offers it.
  package var inboxPath: String?
  /// Where the search form of the head goes; `/search` once a capability offers it.
  package var searchPath: String?
  /// 異常を知らせる and 連絡先, on every page once they exist.
  package var reportAddress: String?
  package var contactsAddress: String?
  /// `/help` once a capability offers it.
  package var helpAddress: String?
  /// Marks every page as the sample hospital's.
  package var isDemo = false
  package var demoAddress: String?
  /// Figures of the parts behind the pages, for `/metrics`.
  package var figures: @Sendable () async throws -> [Metrics.Figure] = { [] }
  /// Requests to `/api/v1` one token or session may make in a minute; 0 for as many as come.
  package var apiRequestsPerMinute = 600
  /// What the log calls the program's version.
  package var version: String

  package init(
    secret: [UInt8],
    timeLimit: Duration = .seconds(30),
    fileTimeLimit: Duration = .seconds(300),
    hosts: Set<String>? = nil,
    behindProxy: Bool = false,
    version: String = ""
  ) {
    precondition(secret.count >= 32, "the secret of the web shell has at least 32 bytes")
    self.secret = secret
    self.timeLimit = timeLimit
    self.fileTimeLimit = fileTimeLimit
    self.hosts = hosts
    self.behindProxy = behindProxy
    self.version = version
  }

  package static let loopbackHosts: Set<String> = ["localhost", "127.0.0.1", "[::1]", "::1"]
}

extension WebSettings {
  /// The frame's links to what the capabilities offer.
  func pointing(to patterns: Set<String>) -> WebSettings {
    var copy = self
    if inboxPath == nil, patterns.contains("/inbox") { copy.inboxPath = "/inbox" }
    if searchPath == nil, patterns.contains("/search") { copy.searchPath = "/search" }
    if reportAddress == nil, patterns.contains("/report") { copy.reportAddress = "/report" }
    if contactsAddress == nil, patterns.contains("/contacts") { copy.contactsAddress = "/contacts" }
    if helpAddress == nil, patterns.contains("/help") { copy.helpAddress = "/help" }
    return copy
  }

  /// The shell's secret out of the installation's sealing key, so that there is one key less to keep.
  package static func secret(from key: SealingKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("yagura web".utf8), using: SymmetricKey(data: key.bytes)))
  }
}
