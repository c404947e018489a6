import Testing
import Web
import WebSupport

/// A program that speaks to `/api/v1` with a token.
struct APIClient: Sendable {
  let app: WebApp
  let token: String?

  @discardableResult
  func send(
    _ method: String,
    _ path: String,
    _ json: String? = nil,
    _ headers: [String: String] = [:]
  ) async -> WebResponse {
    var all = headers
    if let token { all["Authorization"] = "Bearer \(token)" }
    if json != nil, all["Content-Type"] == nil { all["Content-Type"] = "application/json" }
    all["Host"] = "localhost:8080"
    return await app.respond(
      to: RawRequest(
        method: method,
        target: Route.apiRoot + path,
        headers: Headers(all.map { ($0.key, $0.value) }),
        body: .bytes(Array((json ?? "").utf8)),
        peer: "10.1.2.3"
      )
    )
  }

  @discardableResult
  func get(_ path: String, _ headers: [String: String] = [:]) async -> WebResponse {
    await send("GET", path, nil, headers)
  }
}

extension WebResponse {
  var json: JSONValue {
    get throws { try JSONReader.read(bytes) }
  }
}
