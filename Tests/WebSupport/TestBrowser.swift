import Design
import Synchronization
import Web

/// A browser for tests, without sockets: it keeps cookies, remembers the token of the last page and sends it with forms.
package final class TestBrowser: Sendable {
  private struct State {
    var cookies: [String: String] = [:]
    var token = ""
  }

  package let app: WebApp
  /// The address it seems to come from.
  package let peer: String
  package let isSecure: Bool
  private let state = Mutex(State())

  package init(_ app: WebApp, peer: String = "127.0.0.1", isSecure: Bool = false) {
    self.app = app
    self.peer = peer
    self.isSecure = isSecure
  }

  package var cookies: [String: String] { state.withLock(\.cookies) }

  /// The token of the last page that held one.
  package var token: String { state.withLock(\.token) }

  package func set(cookie name: String, _ value: String?) { state.withLock { $0.cookies[name] = value } }

  @discardableResult
  package func get(_ path: String, _ headers: [String: String] = [:]) async -> WebResponse {
    await send("GET", path, headers)
  }

  /// Sends a form. `csrf` is added unless given.
  @discardableResult
  package func post(
    _ path: String,
    _ form: KeyValuePairs<String, String> = [:],
    _ headers: [String: String] = [:]
  ) async -> WebResponse {
    var fields = form.map { ($0.key, $0.value) }
    if !fields.contains(where: { $0.0 == "csrf" }) { fields.append(("csrf", token)) }
    let body = fields.map { "\(Percent.encode($0.0))=\(Percent.encode($0.1))" }.joined(separator: "&")
    let type = ["Content-Type": "application/x-www-form-urlencoded"]
    return await send("POST", path, type.merging(headers) { _, given in given }, Array(body.utf8))
  }

  /// Sends a form with a file.
  @discardableResult
  package func upload(
    _ path: String,
    _ form: KeyValuePairs<String, String> = [:],
    file: (field: String, name: String, bytes: [UInt8])
  ) async -> WebResponse {
    let boundary = "----yagura-test"
    var body: [UInt8] = []
    for (name, value) in form.map({ ($0.key, $0.value) }) + [("csrf", token)] {
      body += Array(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
      )
    }
    let head =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
      + "Content-Type: application/octet-stream\r\n\r\n"
    body += Array(head.utf8) + file.bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    return await send("POST", path, ["Content-Type": "multipart/form-data; boundary=\(boundary)"], body)
  }

  @discardableResult
  package func postJSON(
    _ path: String,
    _ json: String,
    _ headers: [String: String] = [:]
  ) async -> WebResponse {
    let own = ["Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": token]
    return await send("POST", path, own.merging(headers) { _, given in given }, Array(json.utf8))
  }

  @discardableResult
  package func send(
    _ method: String,
    _ path: String,
    _ headers: [String: String] = [:],
    _ body: [UInt8] = []
  ) async -> WebResponse {
    var fields = Headers(headers.map { ($0.key, $0.value) })
    let cookies = state.withLock(\.cookies)
    if !cookies.isEmpty, fields["cookie"] == nil {
      fields["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
    }
    if fields["host"] == nil { fields["Host"] = "localhost:8080" }
    let response = await app.respond(
      to: RawRequest(
        method: method,
        target: path,
        headers: fields,
        body: .bytes(body),
        peer: peer,
        isSecure: isSecure
      )
    )
    keep(response)
    return response
  }

  /// Follows redirects, five at most, as browsers do.
  @discardableResult
  package func follow(_ response: WebResponse) async -> WebResponse {
    var response = response
    for _ in 0..<5 {
      guard (300..<400).contains(response.status), let path = response.headers["location"] else { break }
      response = await get(path)
    }
    return response
  }

  private func keep(_ response: WebResponse) {
    let token = Self.token(in: response.bytes)
    state.withLock { state in
      if let token { state.token = token }
      for header in response.headers.all("set-cookie") {
        let parts = header.split(separator: ";")
        guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
        let value = String(pair[pair.index(after: equals)...])
        state.cookies[String(pair[..<equals])] = header.contains("Max-Age=0") ? nil : value
      }
    }
  }

  private static func token(in page: [UInt8]) -> String? {
    for mark in ["name=\"csrf\" value=\"", "data-token=\""] {
      guard let start = page.firstIndex(of: mark).map({ $0 + mark.utf8.count }),
        let end = page.firstIndex(of: "\"", from: start)
      else { continue }
      return String(decoding: page[start..<end], as: UTF8.self)
    }
    return nil
  }
}

extension WebResponse {
  /// The body as text, empty where there is none.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The body, empty where there is none.
  package var bytes: [UInt8] {
    guard case .bytes(let bytes) = body else { return [] }
    return bytes
  }
}
