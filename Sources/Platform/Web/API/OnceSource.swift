import Nouns
import Sealing
import Text

/// What the shell asks of whoever keeps the answers of creations (Identity), so that a request that was sent twice is done
/// once: a program that lost the answer sends it again under the same `Idempotency-Key`.
package struct OnceSource: Sendable {
  /// What is known of a key.
  package enum Found: Sendable {
    /// Nothing: it is now taken, and the request may be done.
    case new
    case answered(KeptAnswer)
    /// The first request under it is still being done.
    case underWay
    /// Something else was sent under it.
    case otherRequest
  }

  package struct KeptAnswer: Sendable, Hashable {
    package let status: Int
    package let location: String?
    package let tag: String?
    package let body: [UInt8]

    package init(status: Int, location: String?, tag: String?, body: [UInt8]) {
      self.status = status
      self.location = location
      self.tag = tag
      self.body = body
    }
  }

  /// Takes a key for one caller; `print` tells the request from others.
  package var begin:
    @Sendable (_ key: String, _ print: String, _ session: Session, _ request: WebRequest) async throws -> Found
  /// Keeps the answer, nil where the request was not done and may be tried again.
  package var end: @Sendable (_ key: String, _ session: Session, KeptAnswer?) async throws -> Void

  package init(
    begin: @escaping @Sendable (String, String, Session, WebRequest) async throws -> Found,
    end: @escaping @Sendable (String, Session, KeptAnswer?) async throws -> Void
  ) {
    self.begin = begin
    self.end = end
  }

  /// Remembers nothing.
  package static let none = OnceSource(begin: { _, _, _, _ in .new }, end: { _, _, _ in })

  func run(_ request: WebRequest, _ handler: Handler) async throws -> WebResponse {
    guard let key = request.headers["idempotency-key"], let session = request.session else {
      return try await handler(request)
    }
    let print = Hash.sha256Hex(Array("\(request.method.rawValue) \(request.address)\n".utf8) + request.body)
    guard (1...200).contains(key.utf8.count) else { return try await handler(request) }
    switch try await begin(key, print, session, request) {
    case .answered(let kept): return Self.response(kept)
    case .underWay: throw WebError.underWay
    case .otherRequest: throw WebError.otherRequest
    case .new: break
    }
    let response: WebResponse
    do {
      response = try await handler(request)
    } catch {
      try await end(key, session, nil)
      throw error
    }
    try await end(key, session, Self.kept(response))
    return response
  }

  private static func kept(_ response: WebResponse) -> KeptAnswer? {
    guard (200..<300).contains(response.status) else { return nil }
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body { body = bytes }
    return KeptAnswer(
      status: response.status,
      location: response.headers["location"],
      tag: response.headers["etag"],
      body: body
    )
  }

  private static func response(_ kept: KeptAnswer) -> WebResponse {
    var response = WebResponse(
      status: kept.status,
      headers: ["Content-Type": "application/json", "Idempotency-Replayed": "true"],
      body: .bytes(kept.body)
    )
    if let location = kept.location { response.headers["Location"] = location }
    if let tag = kept.tag { response.headers["ETag"] = tag }
    return response
  }
}

extension WebError {
  static let underWay = WebError(
    status: 409,
    cause: Localized(ja: "同じIdempotency-Keyの要求を処理している最中です。", en: "A request under this Idempotency-Key is being done."),
    remedy: Localized(ja: "少し待ってから、同じ要求を送り直してください。", en: "Wait a little and send the same request again."),
    headers: ["Retry-After": "2"]
  )

  static let otherRequest = WebError(
    status: 422,
    cause: Localized(ja: "このIdempotency-Keyは別の要求で使われています。", en: "Another request was sent under this Idempotency-Key."),
    remedy: Localized(ja: "要求ごとに新しい文字列にしてください。", en: "Use a new text for each request.")
  )
}
