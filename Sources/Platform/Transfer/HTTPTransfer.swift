import CCurl
import Sealing

/// HTTP requests to servers outside through libcurl: sign-in providers, feeds. Only `https`, unless the server is this
/// machine itself.
package struct HTTPTransfer: Sendable {
  package struct Request: Sendable {
    package var address: String
    /// Name and value.
    package var headers: [(name: String, value: String)]
    /// Sent with POST, nil for GET.
    package var body: [UInt8]?

    package init(_ address: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
      self.address = address
      self.headers = headers
      self.body = body
    }
  }

  package struct Answer: Sendable {
    package let status: Int
    /// Names in small letters; of several with one name, the last.
    package let headers: [String: String]
    package let body: [UInt8]
  }

  private let limits: TransferLimits
  private let trust: TransferTrust
  /// How many redirections are followed.
  private let redirections: Int

  package init(limits: TransferLimits = TransferLimits(), trust: TransferTrust = .system, redirections: Int = 0) {
    self.limits = limits
    self.trust = trust
    self.redirections = redirections
  }

  /// Answers also where the status says that something is wrong; throws `TransferError` where there is no answer.
  package func send(_ request: Request) async throws -> Answer {
    try await CurlWork.shared.run { try perform(request) }
  }

  /// Hands the body to `sink` piece by piece, in order, on a thread of its own, as the server sends it; `begin` is told
  /// status and headers before. Either answers false to stop. The answer's own body is empty. Headers may carry `Range`, `If-Range`
  /// and `If-None-Match`.
  package func download(
    _ request: Request,
    begin: @escaping @Sendable (Int, [String: String]) -> Bool,
    into sink: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async throws -> Answer {
    try await CurlWork.shared.run {
      try perform(request, begin: { begin(Self.status($0), Self.fields($0)) }, sink: sink)
    }
  }

  private func perform(
    _ request: Request,
    begin: (([String]) -> Bool)? = nil,
    sink: ((UnsafeRawBufferPointer) -> Bool)? = nil
  ) throws -> Answer {
    guard Self.isAllowed(request.address) else {
      throw TransferError.insecure
    }
    let handle = try CurlHandle()
    try handle.setCommon(limits, trust)
    try handle.set(CURLOPT_URL, request.address)
    try handle.set(CURLOPT_PROTOCOLS_STR, request.address.hasPrefix("https://") ? "https" : "http")
    try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, request.address.hasPrefix("https://") ? "https" : "http")
    try handle.set(CURLOPT_FOLLOWLOCATION, redirections > 0 ? 1 : 0)
    try handle.set(CURLOPT_MAXREDIRS, redirections)
    // A part of a file is only a part of it where nothing packs it on the way.
    if sink == nil { try handle.set(CURLOPT_ACCEPT_ENCODING, "") }
    try handle.set(CURLOPT_HTTPHEADER, request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
    if let body = request.body {
      try handle.set(CURLOPT_POST, 1)
      try handle.setBody(body)
    }
    let reply = try handle.perform(limits: limits, begin: begin, sink: sink)
    if let error = TransferError.of(reply, limit: limits.bytes) { throw error }
    return Answer(status: reply.status, headers: Self.fields(reply.headers), body: reply.body)
  }

  /// `https` anywhere, plain `http` only to this machine.
  static func isAllowed(_ address: String) -> Bool {
    if address.hasPrefix("https://") { return true }
    return ["127.0.0.1", "localhost", "[::1]"].contains { host in
      address == "http://\(host)"
        || ["/", ":"].contains { address.hasPrefix("http://\(host)\($0)") }
          && !address.contains("@")
    }
  }

  /// Of the last status line, after redirections: `HTTP/1.1 206 Partial Content`.
  private static func status(_ lines: [String]) -> Int {
    let line = lines.last { $0.hasPrefix("HTTP/") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  /// The headers of the last answer, after redirections.
  private static func fields(_ lines: [String]) -> [String: String] {
    var fields: [String: String] = [:]
    for line in lines {
      if line.hasPrefix("HTTP/") {
        fields = [:]
      } else if let colon = line.firstIndex(of: ":") {
        let value = line[line.index(after: colon)...]
        fields[line[..<colon].lowercased()] = String(value.drop { $0 == " " })
      }
    }
    return fields
  }
}
