import Foundation
import Support
import Transfer

/// A real Postfix of the test's own, which only lets in who signs in over TLS. Stopped when the test lets go of it.
final class Postfix: Sendable {
  let folder: TemporaryFolder
  let port = freePort()
  let tlsPort = freePort()
  private let process: Spawned

  /// Postfix begins as root and gives that up by itself; elsewhere only the silent sink can be tried.
  static let canRun = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")

  init() async throws {
    folder = try TemporaryFolder()
    process = try Spawned(
      "/bin/bash",
      [Self.script, folder.path, String(port), String(tlsPort)],
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
      output: folder.file("output"),
      errors: folder.file("output")
    )
    for _ in 0..<300 {
      if log.contains("daemon started"), FileManager.default.fileExists(atPath: folder.file("auth")) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw TransferError.failed("Postfix did not start: \(output)")
  }

  func stop() async {
    process.signal(SIGTERM)
    await process.ended()
  }

  var trust: TransferTrust { TransferTrust(authorityFile: folder.file("cert.pem")) }

  func server(_ security: SMTPTransfer.Security = .startTLS, password: String = "letmein") -> SMTPTransfer.Server {
    let port = security == .tls ? tlsPort : port
    return SMTPTransfer.Server(host: "localhost", port: port, security: security, user: "yagura", password: password)
  }

  /// What lies in nurse's box, once there are `count`.
  func letters(_ count: Int) async throws -> [Data] {
    let box = folder.file("mail/nurse/new")
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

  private var log: String { text("log") }
  private var output: String { text("output") }

  private func text(_ name: String) -> String {
    // Not there yet.
    (try? String(contentsOfFile: folder.file(name), encoding: .utf8)) ?? ""
  }

  private static let script =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/scripts/mail-server"
}
