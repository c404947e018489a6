import Nouns
import Sealing
import Text
import Time

/// A request to `/api/v1` that keeps to its description: what a handler of an endpoint is given.
package struct APICall: Sendable {
  package let request: WebRequest
  /// The body, `null` where the endpoint takes none or a file.
  package let json: JSONValue

  package var now: Instant { request.now }
  package var language: Language { request.language }

  /// A part of the path.
  package subscript(parameter: String) -> String { request[parameter] }

  package func query(_ name: String) -> String? { request.query[name] }

  package func all(_ name: String) -> [String] { request.query.all(name) }

  package func integer(_ name: String) -> Int? { request.query[name].flatMap(Int.init) }

  package var limit: Int { integer("limit") ?? 50 }

  /// What the page before handed out; throws 422 for what we never did.
  package func cursor() throws(WebError) -> Cursor? {
    guard let text = query("cursor") else { return nil }
    guard let cursor = Cursor(reading: text) else { throw .brokenCursor }
    return cursor
  }

  /// The version in `If-Match`, nil where the header is not there. Throws 412 for what no version has.
  package func expectedVersion() throws(WebError) -> Int? {
    guard let header = request.headers["if-match"] else { return nil }
    guard let version = Self.version(inTag: header) else { throw .outdated }
    return version
  }

  /// `"12.0f3a…"` of version 12; the rest tells apart answers that say more than the record itself.
  private static func version(inTag text: String) -> Int? {
    var tag = text.trimmingSpaces[...]
    if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
    guard tag.hasPrefix("\""), tag.hasSuffix("\""), tag.count > 2 else { return nil }
    return Int(tag.dropFirst().dropLast().prefix { $0 != "." })
  }

  /// A JSON answer, written as it comes.
  package func answer(
    status: Int = 200,
    headers: Headers = [:],
    _ body: (inout JSONWriter) throws -> Void
  ) rethrows -> WebResponse {
    var writer = JSONWriter()
    try writer.object(body)
    var response = WebResponse(status: status, headers: headers, body: .bytes(writer.bytes))
    response.headers["Content-Type"] = "application/json"
    return response
  }

  /// A page of a list.
  package func page<Element>(
    _ elements: [Element],
    next: Cursor?,
    total: Int? = nil,
    _ write: (Element, inout JSONWriter) throws -> Void
  ) rethrows -> WebResponse {
    try answer { writer in
      try writer.array("items") { writer in for element in elements { try write(element, &writer) } }
      writer.member("next", next?.text)
      if let total { writer.member("total", total) }
    }
  }

  /// All of a list that lies in memory, a page of it.
  package func page<Element>(
    of all: [Element],
    _ write: (Element, inout JSONWriter) throws -> Void
  ) throws -> WebResponse {
    let start = try cursor()?.offset ?? 0
    let part = Array(all.dropFirst(start).prefix(limit))
    let end = start + part.count
    return try page(part, next: end < all.count ? Cursor(offset: end) : nil, total: all.count, write)
  }
}

/// Where a page of a list ended, as text that means nothing to others.
package struct Cursor: Sendable, Hashable {
  package let parts: [String]

  package init(_ parts: [String]) { self.parts = parts }

  init(offset: Int) { parts = ["o", String(offset)] }

  package init?(reading text: String) {
    guard let bytes = Base64URL.decode(text), let plain = String(validating: bytes, as: UTF8.self),
      !plain.utf8.contains(0)
    else { return nil }
    parts = plain.split(separator: "\u{1f}", omittingEmptySubsequences: false).map(String.init)
  }

  package var text: String { Base64URL.encode(Array(parts.joined(separator: "\u{1f}").utf8)) }

  var offset: Int? { parts.count == 2 && parts[0] == "o" ? Int(parts[1]).flatMap { $0 >= 0 ? $0 : nil } : nil }
}

extension WebError {
  package static let brokenCursor = WebError(
    status: 422,
    cause: Localized(ja: "cursorを読み取れません。", en: "The cursor cannot be read."),
    remedy: Localized(
      ja: "前のページの next をそのまま送るか、最初のページから読み直してください。",
      en: "Send what the page before called next, or begin again with the first page."
    )
  )

  /// RFC 9110 §13.1.1.
  package static let outdated = WebError(
    status: 412,
    cause: Localized(
      ja: "If-Matchの版は最新ではありません。まだ何も変わっていません。",
      en: "If-Match does not name the latest version. Nothing has changed."
    ),
    remedy: Localized(
      ja: "読み直して違いを確かめ、新しいETagで送り直してください。",
      en: "Read it again, compare, and send it with the new ETag."
    )
  )

  /// RFC 6585 §3.
  package static let versionMissing = WebError(
    status: 428,
    cause: Localized(
      ja: "どの版を見て変更したのかが分かりません。",
      en: "It is not said which version the change was made from."
    ),
    remedy: Localized(
      ja: "読んだときのETagをIf-Matchで送るか、versionを本文に入れてください。",
      en: "Send the ETag you read as If-Match, or the version in the body."
    )
  )

  /// What was understood and cannot be done, with each place.
  package static func invalid(_ faults: [(pointer: String, reason: Localized)], _ language: Language) -> WebError {
    var error = WebError(
      status: 422,
      cause: Localized(
        ja: "内容に問題があります。まだ何も変わっていません。",
        en: "There is a problem with what was sent. Nothing has changed."
      ),
      remedy: Localized(ja: "errorsの項目を直して、送り直してください。", en: "Correct what errors names and send it again.")
    )
    error.members["errors"] = Self.places(faults, language)
    return error
  }

  static func places(_ faults: [(pointer: String, reason: Localized)], _ language: Language) -> JSONValue {
    .array(faults.map { ["pointer": .text($0.pointer), "detail": .text($0.reason[language])] })
  }
}
