import Foundation
import Support
import Transfer

/// A real Postfix of the test's own, which only lets in who signs in over TLS. Stopped when the test lets go of it.
struct Postfix: Sendable {
  private let outside: OutsideServer

  /// Postfix begins as root and gives that up by itself; elsewhere only the silent sink can be tried.
  static let canRun = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")

  init() async throws { outside = try await OutsideServer("mail-server", ports: 2) }

  func stop() async { await outside.stop() }

  var trust: TransferTrust { TransferTrust(authorityFile: outside.folder.file("cert.pem")) }

  func server(_ security: SMTPTransfer.Security = .startTLS, password: String = "letmein") -> SMTPTransfer.Server {
    let port = outside.ports[security == .tls ? 1 : 0]
    return SMTPTransfer.Server(host: "localhost", port: port, security: security, user: "yagura", password: password)
  }

  /// What lies in nurse's box, once there are `count`.
  func letters(_ count: Int) async throws -> [Data] {
    let box = outside.folder.file("mail/nurse/new")
    for _ in 0..<100 {
      // The box is made with the first letter.
      let names = (try? FileManager.default.contentsOfDirectory(atPath: box)) ?? []
      if names.count >= count {
        return try names.sorted().map { try Data(contentsOf: URL(filePath: "\(box)/\($0)")) }
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    return []
  }
}
