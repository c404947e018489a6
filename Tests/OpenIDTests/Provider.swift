import Support
import Transfer

/// A provider of the test's own with a real key, which lies when it is told to.
struct Provider: Sendable {
  let server: OutsideServer

  init() async throws { server = try await OutsideServer("sign-in-provider", ports: 1) }

  var issuer: String { "http://127.0.0.1:\(server.ports[0])" }

  func stop() async { await server.stop() }

  @discardableResult
  func ask(_ path: String) async throws -> HTTPTransfer.Answer {
    try await HTTPTransfer().send(HTTPTransfer.Request(issuer + path))
  }

  func lie(_ kind: String) async throws { try await ask("/lie/\(kind)") }

  /// What a browser does that is sent there: answers the address it is sent back to.
  func visit(_ address: String) async throws -> String {
    let answer = try await HTTPTransfer().send(HTTPTransfer.Request(address))
    return answer.headers["location"] ?? ""
  }
}
