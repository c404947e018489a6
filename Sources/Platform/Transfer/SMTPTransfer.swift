import CCurl
import Sealing

/// Hands letters to a mail relay (RFC 5321) through libcurl.
package struct SMTPTransfer: Sendable {
  package enum Security: String, Sendable, CaseIterable {
    /// Encrypted after STARTTLS; without it nothing is sent.
    case startTLS
    /// Encrypted from the first byte (port 465).
    case tls
    /// Never with a password, unless the relay is this machine.
    case none
  }

  package struct Server: Sendable, Hashable {
    package var host: String
    package var port: Int
    package var security: Security
    package var user: String?
    package var password: String?

    package init(
      host: String,
      port: Int,
      security: Security = .startTLS,
      user: String? = nil,
      password: String? = nil
    ) {
      self.host = host
      self.port = port
      self.security = security
      self.user = user
      self.password = password
    }
  }

  private let server: Server
  private let limits: TransferLimits
  private let trust: TransferTrust

  package init(_ server: Server, limits: TransferLimits = TransferLimits(), trust: TransferTrust = .system) {
    self.server = server
    self.limits = limits
    self.trust = trust
  }

  /// Answers the relay's last line (`2.0.0 Ok: queued as 4XkQ1c2Lz`). Throws `SMTPError`.
  package func deliver(from sender: String, to recipients: [String], letter: [UInt8]) async throws -> String {
    try await CurlWork.shared.run {
      do {
        return try perform(sender, recipients, letter).get()
      } catch let error as TransferError {
        throw SMTPError.transfer(error)
      }
    }
  }

  private func perform(
    _ sender: String,
    _ recipients: [String],
    _ letter: [UInt8]
  ) throws(TransferError) -> Result<String, SMTPError> {
    guard Self.isHost(server.host), (1...65535).contains(server.port) else {
      throw .refused("the relay's address is no host name")
    }
    let isLocal = ["127.0.0.1", "localhost", "::1"].contains(server.host)
    guard server.password == nil || server.security != .none || isLocal else {
      throw .refused("a password is not sent without encryption")
    }
    let handle = try CurlHandle()
    try handle.setCommon(limits, trust)
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    let scheme = server.security == .tls ? "smtps" : "smtp"
    try handle.set(CURLOPT_URL, "\(scheme)://\(host):\(server.port)/yagura")
    try handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    try handle.set(CURLOPT_USE_SSL, server.security == .none ? 0 : 3)
    if let user = server.user, let password = server.password {
      try handle.set(CURLOPT_USERNAME, user)
      try handle.set(CURLOPT_PASSWORD, password)
    }
    try handle.set(CURLOPT_MAIL_FROM, "<\(sender)>")
    try handle.set(CURLOPT_MAIL_RCPT, recipients.map { "<\($0)>" })
    try handle.set(CURLOPT_UPLOAD, 1)
    let reply = try handle.perform(upload: letter, limits: limits)
    if let error = SMTPError.of(reply, limit: limits.bytes) { return .failure(error) }
    let line = reply.headers.last { $0.hasPrefix("250") } ?? ""
    return .success(String(line.dropFirst(4)))
  }

  /// Letters, digits, dots, hyphens, or an address of IPv6: nothing that could end the host in a URL.
  package static func isHost(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 253 && !text.hasPrefix("-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 58: true
        default: false
        }
      }
  }
}
