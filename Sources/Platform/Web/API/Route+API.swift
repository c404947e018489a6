import Nouns
import Text

// Routes of `/api/v1`. A capability lists them beside its pages'.

extension Route {
  package typealias APIHandler<P: Permit> = @Sendable (APICall, Scope<P>) async throws -> WebResponse

  /// What every path of the interface begins with.
  package static let apiRoot = "/api/v1"

  /// `path` is below `apiRoot`: `/records/:kind`. What comes to `handler` keeps to `endpoint`.
  package static func api<P: Permit>(
    _ method: WebMethod,
    _ path: String,
    _ permit: P.Type,
    _ endpoint: Endpoint,
    _ handler: @escaping APIHandler<P>
  ) -> Route {
    var route = Route(method, apiRoot + path, access: .needs(P.permission)) { request in
      let call = try endpoint.call(request)
      return try await handler(call, request.scope(permit))
    }
    route.endpoint = endpoint
    if case .file = endpoint.body { route.bodyLimit = fileBody }
    return route
  }
}

extension Endpoint {
  /// Checks a request against the description: what it accepts, its parameters, its body. Throws what the caller has to
  /// mend: 400 for what does not keep to the description, 406 and 415 for media types.
  func call(_ request: WebRequest) throws(WebError) -> APICall {
    let types = Set(answers.flatMap(\.types))
    if !types.isEmpty, let accept = request.headers["accept"], !Self.accepts(accept, types) {
      throw .notAcceptable(types.sorted())
    }
    var faults = queryFaults(request)
    for parameter in parameters where parameter.place != .query {
      let text = parameter.place == .path ? request[parameter.name] : request.headers[parameter.name.lowercased()]
      guard let text else { continue }
      // A path that cannot be is one that is not there.
      let wrong = parameter.faults(in: [text])
      if parameter.place == .path, !wrong.isEmpty { throw .notFound() }
      faults += wrong
    }
    guard faults.isEmpty else { throw .notDescribed(faults, request.language) }
    return APICall(request: request, json: try body(of: request))
  }

  private func queryFaults(_ request: WebRequest) -> [(pointer: String, reason: Localized)] {
    var faults: [(pointer: String, reason: Localized)] = []
    let known = parameters.filter { $0.place == .query }
    for parameter in known {
      let values = request.query.all(parameter.name)
      if parameter.isRequired, values.isEmpty {
        faults.append(
          ("?\(parameter.name)", Localized(ja: "必要なパラメーターです。", en: "This parameter is required."))
        )
      }
      faults += parameter.faults(in: values)
    }
    for name in Set(request.query.fields.map(\.name)).sorted() where !known.contains(where: { $0.name == name }) {
      faults.append(("?\(name)", Localized(ja: "このパラメーターはありません。", en: "There is no such parameter.")))
    }
    return faults
  }

  private func body(of request: WebRequest) throws(WebError) -> JSONValue {
    let type = request.headers["content-type"].flatMap(MediaType.init)
    switch body {
    case .none: return .null
    case .file(let types):
      guard let type, types.contains(type.name) || types.contains("*/*") else { throw .unsupportedType(types) }
      return .null
    case .json(let schema):
      guard let type, type.name == "application/json",
        ["utf-8", "utf8"].contains(type.parameters["charset"]?.lowercased() ?? "utf-8")
      else { throw .unsupportedType(["application/json"]) }
      let value: JSONValue
      do {
        value = try JSONReader.read(request.body)
      } catch {
        throw .notJSON(error)
      }
      let faults = schema.faults(in: value)
      guard faults.isEmpty else { throw .notDescribed(faults.map { ($0.pointer, $0.reason) }, request.language) }
      return value
    }
  }

  /// Whether an `Accept` header takes one of the types (RFC 9110 §12.5.1). Problems may always be answered.
  static func accepts(_ header: String, _ types: Set<String>) -> Bool {
    for part in header.lowercased().split(separator: ",") {
      let pieces = part.split(separator: ";").map(\.trimmingSpaces)
      guard let range = pieces.first else { continue }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      guard weight > 0 else { continue }
      if range == "*/*" || types.contains("*/*") || types.contains(range) { return true }
      if range.hasSuffix("/*"), types.contains(where: { $0.hasPrefix(range.dropLast()) }) { return true }
    }
    return false
  }
}

extension EndpointParameter {
  fileprivate func faults(in values: [String]) -> [(pointer: String, reason: Localized)] {
    let pointer = place == .query ? "?\(name)" : name
    if !isMany, values.count > 1 {
      return [(pointer, Localized(ja: "1回だけ指定してください。", en: "Give it once only."))]
    }
    if values.count > 50 { return [(pointer, Localized(ja: "50個までにしてください。", en: "Give at most 50."))] }
    var faults: [(pointer: String, reason: Localized)] = []
    for text in values {
      if text.utf8.contains(0) {
        faults.append((pointer, Localized(ja: "使えない文字（U+0000）があります。", en: "U+0000 cannot be used.")))
        continue
      }
      faults += schema.faults(in: Self.value(text, schema)).map { (pointer, $0.reason) }
    }
    return faults
  }

  /// A parameter's text as the value its schema speaks of.
  private static func value(_ text: String, _ schema: Schema) -> JSONValue {
    switch schema {
    case .integer: Int(text).map { .integer($0) } ?? .text(text)
    case .number: Double(text).map { .number($0) } ?? .text(text)
    case .boolean: text == "true" ? .bool(true) : text == "false" ? .bool(false) : .text(text)
    case .optional(let schema): value(text, schema)
    default: .text(text)
    }
  }
}

extension WebError {
  static func notDescribed(_ faults: [(pointer: String, reason: Localized)], _ language: Language) -> WebError {
    var error = WebError.badRequest(
      Localized(
        ja: "要求が決められた形になっていません。\(faults.first.map { "\($0.pointer)：\($0.reason.ja)" } ?? "")",
        en: "The request is not as described. \(faults.first.map { "\($0.pointer): \($0.reason.en)" } ?? "")"
      ),
      remedy: Localized(ja: "errorsの項目を直して、送り直してください。", en: "Correct what errors names and send it again.")
    )
    error.members["errors"] = places(faults, language)
    return error
  }

  static func notJSON(_ failure: JSONReader.Failure) -> WebError {
    .badRequest(
      Localized(
        ja: "JSONを読み取れません（\(failure.offset)バイト目）。\(failure.reason.ja)",
        en: "The JSON cannot be read (byte \(failure.offset)). \(failure.reason.en)"
      ),
      remedy: Localized(ja: "送る内容を直してください。", en: "Correct what is sent.")
    )
  }

  static func unsupportedType(_ types: [String]) -> WebError {
    let words = types.joined(separator: ", ")
    return WebError(
      status: 415,
      cause: Localized(ja: "この形式の本文は受け付けていません。", en: "A body of this kind is not accepted."),
      remedy: Localized(ja: "Content-Typeは \(words) にしてください。", en: "Send it as \(words)."),
      headers: ["Accept": words]
    )
  }

  static func notAcceptable(_ types: [String]) -> WebError {
    let words = types.joined(separator: ", ")
    return WebError(
      status: 406,
      cause: Localized(ja: "求められた形式では答えられません。", en: "It cannot be answered in the form that was asked for."),
      remedy: Localized(ja: "Acceptを \(words) にしてください。", en: "Ask for \(words).")
    )
  }

  /// RFC 6750 §3.
  static let badToken = WebError(
    status: 401,
    cause: Localized(
      ja: "トークンが正しくないか、期限が切れたか、取り消されています。",
      en: "The token is not valid, has expired or was revoked."
    ),
    remedy: Localized(
      ja: "設定の「APIトークン」で新しいトークンを作り、Authorization: Bearer で送ってください。",
      en: "Make a new token under Settings, API tokens, and send it as Authorization: Bearer."
    ),
    headers: ["WWW-Authenticate": "Bearer realm=\"yagura\", error=\"invalid_token\""]
  )

  static let noToken = WebError(
    status: 401,
    cause: Localized(ja: "トークンがありません。", en: "There is no token."),
    remedy: Localized(
      ja: "設定の「APIトークン」で作ったトークンを、Authorization: Bearer で送ってください。",
      en: "Send a token made under Settings, API tokens, as Authorization: Bearer."
    ),
    headers: ["WWW-Authenticate": "Bearer realm=\"yagura\""]
  )
}
