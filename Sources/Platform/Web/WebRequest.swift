import FoundationEssentials
import HTML
import Nouns
import Text
import Time

/// A request that found its route, with everything a handler may ask about it.
package struct WebRequest: Sendable {
  package let method: WebMethod
  /// As it stands in the address, still percent-encoded, without the query.
  package let path: String
  /// The text after `?`, as sent.
  package let queryText: String
  /// The `:name` parts of the route, decoded.
  package let parameters: [String: String]
  package let query: Fields
  package let headers: Headers
  package let cookies: Cookies
  package let body: [UInt8]
  package let requestID: String
  package let session: Session?
  package let language: Language
  /// The address the request came from; behind a proxy, the one the proxy names.
  package let clientAddress: String
  /// Whether it came over TLS, here or at the proxy.
  package let isSecure: Bool
  /// Whether it came from this very machine, not through a proxy.
  package let isLoopback: Bool
  package let now: Instant
  /// What a form of this request must carry as `csrf`, and JSON callers as `X-CSRF-Token`.
  package let csrfToken: String
  let parsedForm: Result<WebForm, WebError>?

  /// A cookie of ours, by the name it was set with.
  package func cookie(_ name: String) -> String? { cookies[SetCookie.fullName(name, isSecure: isSecure)] }

  /// A part of the path by the name the route gives it; empty where it has none.
  package subscript(parameter: String) -> String { parameters[parameter] ?? "" }

  /// The path with its query, as a `next=` that comes back to this very page.
  package var address: String { queryText.isEmpty ? path : "\(path)?\(queryText)" }

  /// What the addresses of pages begin with for whoever asks: `https://yagura.hospital.example`.
  package var origin: String { "\(isSecure ? "https" : "http")://\(headers["host"] ?? "localhost")" }

  /// The form that was sent. Throws 415 where the body is none.
  package func form() throws(WebError) -> WebForm {
    switch parsedForm {
    case .success(let form): return form
    case .failure(let error): throw error
    case nil: throw .notAForm
    }
  }

  /// The hidden field that every form with `method="post"` carries.
  package var csrf: HTML { "<input type=\"hidden\" name=\"csrf\" value=\"\(csrfToken)\">" }

  /// The body read as JSON. Throws a 400 that says where it cannot be read.
  package func json<T: Decodable>(_ type: T.Type = T.self) throws(WebError) -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch let error as DecodingError {
      let place = error.place
      throw .badRequest(
        Localized(ja: "JSONの「\(place)」を読み取れません。", en: "“\(place)” of the JSON cannot be read."),
        remedy: Localized(ja: "送る内容を直してください。", en: "Correct what is sent.")
      )
    } catch {
      throw .badRequest(Localized(ja: "JSONを読み取れません。", en: "The JSON cannot be read."))
    }
  }

  /// Whether the caller is a program that wants JSON rather than a page.
  package var wantsJSON: Bool { Self.wantsJSON(headers, path: path) }

  static func wantsJSON(_ headers: Headers, path: String) -> Bool {
    if path.hasPrefix("/api/") { return true }
    if let accept = headers["accept"] {
      if accept.contains("text/html") { return false }
      if accept.contains("application/json") || accept.contains("application/problem+json") { return true }
    }
    return headers["content-type"]?.hasPrefix("application/json") ?? false
  }

  /// Dates in the way the reader likes them.
  package var dates: ShownDates { ShownDates(session?.dateStyle, language) }

  /// The fiscal year of the facility that `day` lies in.
  package func fiscalYear(of day: LocalDate) -> FiscalYear {
    FiscalYear(containing: day, startMonth: session?.fiscalYearStart ?? 4)
  }

  /// Whether whoever asks may do this. Strangers may nothing.
  package func may(_ permission: Permission) -> Bool { session?.may(permission) ?? false }

  /// Proof of permission for a store, or `Denied`.
  package func scope<P: Permit>(_ permit: P.Type) throws(Denied) -> Scope<P> {
    guard let session else { throw Denied(permission: P.permission) }
    return try session.scope(permit, request: requestID)
  }
}

extension DecodingError {
  /// The path of keys to what could not be read; the caller's own input, so no secret.
  fileprivate var place: String {
    let path: [any CodingKey] =
      switch self {
      case .keyNotFound(let key, let context): context.codingPath + [key]
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath
      @unknown default: []
      }
    return path.isEmpty ? "JSON" : path.map(\.stringValue).joined(separator: ".")
  }
}
