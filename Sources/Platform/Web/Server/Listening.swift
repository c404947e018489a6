import NIOCore
import Text
import Time

/// Where the program listens and how the line is protected.
package struct Listening: Sendable {
  package enum Protection: Sendable {
    /// On this machine only, or behind a proxy that encrypts.
    case plain
    /// PEM of the certificate (with those above it) and its key.
    case tls(certificate: String, key: String)
  }

  package let host: String
  /// 0 lets the system choose; `WebServer` reports which.
  package let port: Int
  package let protection: Protection
  /// SHA-256 of a certificate we made ourselves, to be compared by eye; nil for a given one.
  package let fingerprint: String?

  package init(host: String, port: Int, protection: Protection, fingerprint: String? = nil) {
    self.host = host
    self.port = port
    self.protection = protection
    self.fingerprint = fingerprint
  }

  /// Plain HTTP on loopback, and elsewhere only behind a proxy; any other address gets TLS, with the certificate given or
  /// one made and kept in `folder`.
  package static func choose(
    host: String,
    port: Int,
    behindProxy: Bool,
    given: (certificate: String, key: String)?,
    folder: String,
    names: [String] = [],
    clock: Clock
  ) throws(ListeningError) -> Listening {
    if let given {
      let certificate = try TextFile.read(given.certificate)
      let key = try TextFile.read(given.key)
      return Listening(host: host, port: port, protection: .tls(certificate: certificate, key: key))
    }
    if behindProxy || isLoopback(host) { return Listening(host: host, port: port, protection: .plain) }
    let made = try OwnCertificate.inFolder(folder, names: names + [host] + ownNames(), clock: clock)
    return Listening(
      host: host,
      port: port,
      protection: .tls(certificate: made.certificate, key: made.key),
      fingerprint: made.fingerprint
    )
  }

  /// Host names to answer under: only this machine's own on loopback, any elsewhere.
  package var hosts: Set<String>? { Self.isLoopback(host) ? WebSettings.loopbackHosts : nil }

  package var scheme: String {
    if case .tls = protection { "https" } else { "http" }
  }

  package static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  /// The addresses of this machine's network interfaces.
  private static func ownNames() -> [String] {
    // Without them the certificate names the host alone; browsers then warn once more.
    let devices = (try? System.enumerateDevices()) ?? []
    return ["localhost"] + devices.compactMap { $0.address?.ipAddress }.filter { !$0.hasPrefix("fe80") }
  }
}

/// Why the program cannot listen, in words for the operator.
package struct ListeningError: Error, Sendable, Hashable {
  package let message: Localized

  package init(_ message: Localized) { self.message = message }
}
