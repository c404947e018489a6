import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A real server of the test's own, started by a script of `scripts/` that takes a folder and free ports, and stopped with
/// the test.
package final class OutsideServer: Sendable {
  package struct NotStarted: Error {
    /// What the script said.
    package let output: String
  }

  package let folder: TemporaryFolder
  package let ports: [Int]
  private let process: Spawned

  /// Waits until something listens on each port.
  package init(_ script: String, ports count: Int) async throws {
    let folder = try TemporaryFolder()
    let ports = (0..<count).map { _ in freePort() }
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    process = try Spawned(
      "/usr/bin/env",
      ["\(root)/scripts/\(script)", folder.path] + ports.map(String.init),
      environment: ["PATH": "\(path):/usr/sbin:/usr/bin:/sbin:/bin"],
      output: folder.file("output"),
      errors: folder.file("output")
    )
    self.folder = folder
    self.ports = ports
    for _ in 0..<600 {
      if ports.allSatisfy(Self.listens) { return }
      guard process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    // Nothing said is as good.
    throw NotStarted(output: (try? String(contentsOfFile: folder.file("output"), encoding: .utf8)) ?? "")
  }

  /// What a script takes a signal for is its own; most end.
  package func signal(_ number: Int32) { process.signal(number) }

  package func stop() async {
    process.signal(SIGTERM)
    await process.ended()
  }

  private static func listens(_ port: Int) -> Bool {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
