import Nouns
import SQL
import Text
import Time

/// One request on its way through the shell, and what is known of it so far.
struct Exchange: Sendable {
  let raw: RawRequest
  let requestID: String
  let now: Instant
  let method: WebMethod?
  let cookies: Cookies
  let clientAddress: String
  let isSecure: Bool
  let isLoopback: Bool
  /// Whether its handler has committed anything by now.
  let commits = CommitWatch()
  var language: Language
  var session: Session?
  /// Above the page of whoever must act.
  var alarms: [Alarm] = []
  var token: FormToken?
  /// Whether a token in the header stands for somebody, rather than a cookie that browsers send by themselves.
  var isBearer = false
  var target: Target?
  var route: Route?
  var parameters: [String: String] = [:]
  private(set) var body: [UInt8] = []
  private var hasBody = false
  private(set) var form: Result<WebForm, WebError>?

  init(raw: RawRequest, requestID: String, now: Instant, settings: WebSettings) {
    self.raw = raw
    self.requestID = requestID
    self.now = now
    method = WebMethod(rawValue: raw.method)
    cookies = Cookies(raw.headers.all("cookie"))
    // A proxy appends the address it saw; what stands before it may be anybody's invention.
    let forwarded = settings.behindProxy ? raw.headers.all("x-forwarded-for").last : nil
    clientAddress = forwarded?.split(separator: ",").last.map(\.trimmingSpaces) ?? raw.peer
    isSecure = settings.behindProxy ? raw.headers["x-forwarded-proto"] == "https" : raw.isSecure
    isLoopback = !settings.behindProxy && (raw.peer.hasPrefix("127.") || raw.peer == "::1")
    let chosen = cookies[SetCookie.fullName(WebApp.languageCookie, isSecure: isSecure)].flatMap(Language.init)
    language = chosen ?? Self.preferred(raw.headers["accept-language"])
  }

  /// Path with query, for a way back.
  var address: String {
    guard let target else { return "/" }
    return target.queryText.isEmpty ? target.path : "\(target.path)?\(target.queryText)"
  }

  /// The pattern rather than the path goes to the log: paths hold names and numbers.
  var pattern: String { route?.pattern ?? "-" }

  /// Whether it is about the interface for programs.
  var isAPI: Bool { raw.target.hasPrefix("/api/") }

  var wantsJSON: Bool { isAPI || WebRequest.wantsJSON(raw.headers, path: target?.path ?? "") }

  /// The host as the browser named it, without port.
  var hostName: String {
    let host = raw.headers["host"] ?? ""
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host.lowercased() }
    return host[..<colon].lowercased()
  }

  /// The page of this site the request came from, else the home page.
  var refererPath: String {
    guard let referer = raw.headers["referer"], let host = raw.headers["host"] else { return "/" }
    for scheme in ["https://", "http://"] {
      let origin = scheme + host
      guard referer.hasPrefix(origin) else { continue }
      let path = String(referer.dropFirst(origin.count))
      return LocalPath.isSafe(path) ? path : "/"
    }
    return "/"
  }

  /// Whether the browser says that a page of this site sent it. Programs say nothing; for them the token decides alone.
  var isSameOrigin: Bool {
    if let site = raw.headers["sec-fetch-site"], site != "same-origin", site != "none" { return false }
    guard let origin = raw.headers["origin"] else { return true }
    guard let host = raw.headers["host"] else { return false }
    // Behind a proxy the outer scheme is known only if the proxy tells it.
    let schemes = isSecure ? ["https"] : ["http", "https"]
    return schemes.contains { origin.lowercased() == "\($0)://\(host.lowercased())" }
  }

  /// Keeps the body, and reads it if it is a form.
  mutating func take(_ bytes: [UInt8]) {
    body = bytes
    hasBody = true
    let type = raw.headers["content-type"]?.lowercased() ?? ""
    guard type.hasPrefix("application/x-www-form-urlencoded") || type.hasPrefix("multipart/form-data") else { return }
    do {
      form = .success(try WebForm.read(bytes, contentType: raw.headers["content-type"]))
    } catch {
      form = .failure(error)
    }
  }

  /// Whether more than a little of the body may still be on its way after the answer.
  var leavesBodyUnread: Bool {
    guard !hasBody, let method, !method.isSafe else { return false }
    return (raw.body.declaredLength ?? .max) > 65_536
  }

  /// The token in the header, or in the form. A form that cannot be read is the handler's to refuse, with its reason,
  /// but only for those whose header shows the token.
  var hasToken: Bool {
    guard let token else { return false }
    if let header = raw.headers["x-csrf-token"] { return token.accepts(header) }
    guard case .success(let form) = form else { return false }
    return token.accepts(form["csrf"])
  }

  func request(_ method: WebMethod, _ target: Target) -> WebRequest {
    WebRequest(
      method: method,
      path: target.path,
      queryText: target.queryText,
      parameters: parameters,
      query: target.query,
      headers: raw.headers,
      cookies: cookies,
      body: body,
      requestID: requestID,
      session: session,
      language: language,
      clientAddress: clientAddress,
      isSecure: isSecure,
      isLoopback: isLoopback,
      now: now,
      csrfToken: token?.text ?? "",
      parsedForm: form
    )
  }

  /// Japanese unless the browser asks for English first.
  static func preferred(_ header: String?) -> Language {
    var best: (Language, Double)?
    for part in (header ?? "").lowercased().split(separator: ",") {
      let pieces = part.split(separator: ";").map(\.trimmingSpaces)
      guard let tag = pieces.first else { continue }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      guard let language = Language(rawValue: String(tag.prefix { $0 != "-" })), weight > (best?.1 ?? 0) else {
        continue
      }
      best = (language, weight)
    }
    return best?.0 ?? .ja
  }
}
