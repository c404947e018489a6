/// A request as it came from the wire, before anything was read out of it.
package struct RawRequest: Sendable {
  package let method: String
  /// Path and query as sent.
  package let target: String
  package let headers: Headers
  package let body: RawBody
  /// The address of the other end of the connection.
  package let peer: String
  /// Whether the connection itself is encrypted.
  package let isSecure: Bool

  package init(
    method: String,
    target: String,
    headers: Headers = [:],
    body: RawBody = .bytes([]),
    peer: String = "127.0.0.1",
    isSecure: Bool = false
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.peer = peer
    self.isSecure = isSecure
  }
}

/// A body that is read only once somebody knows how large it may be.
package struct RawBody: Sendable {
  /// What `Content-Length` says.
  package let declaredLength: Int?
  /// The whole body, nil as soon as it grows over the limit.
  package let collect: @Sendable (_ limit: Int) async throws -> [UInt8]?

  package init(declaredLength: Int?, collect: @escaping @Sendable (_ limit: Int) async throws -> [UInt8]?) {
    self.declaredLength = declaredLength
    self.collect = collect
  }

  package static func bytes(_ bytes: [UInt8]) -> RawBody {
    RawBody(declaredLength: bytes.count) { limit in bytes.count <= limit ? bytes : nil }
  }
}

/// Path and query of a request, read strictly.
struct Target: Sendable {
  /// Still encoded.
  let path: String
  /// Decoded, one for each segment; no empty ones.
  let segments: [String]
  let queryText: String
  let query: Fields
  let endsWithSlash: Bool

  static let lengthLimit = 8192
  static let fieldLimit = 1000

  init(_ text: String) throws(WebError) {
    guard text.utf8.count <= Self.lengthLimit else { throw .addressTooLong }
    guard text.utf8.first == 47, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw .brokenAddress }
    let bytes = Array(text.utf8)
    let mark = bytes.firstIndex(of: 63) ?? bytes.endIndex
    let pathBytes = bytes[..<mark]
    path = String(decoding: pathBytes, as: UTF8.self)
    endsWithSlash = pathBytes.count > 1 && pathBytes.last == 47
    let trimmed = endsWithSlash ? pathBytes.dropFirst().dropLast() : pathBytes.dropFirst()
    var segments: [String] = []
    if !trimmed.isEmpty {
      for part in trimmed.split(separator: 47, omittingEmptySubsequences: false) {
        guard let segment = Percent.decode(part), !["", ".", ".."].contains(segment) else { throw .brokenAddress }
        segments.append(segment)
      }
    }
    self.segments = segments
    let queryBytes = mark == bytes.endIndex ? bytes[mark...] : bytes[(mark + 1)...]
    queryText = String(decoding: queryBytes, as: UTF8.self)
    do {
      query = try Fields(urlEncoded: queryBytes, limit: Self.fieldLimit)
    } catch {
      throw error.status == 413 ? .addressTooLong : .brokenAddress
    }
  }
}
