import Crypto
import Design
import HTML
import Logging
import Nouns
import SQL
import Sealing
import Synchronization
import Text
import Time

/// The whole program without sockets: a request in, a response out. The server and the tests feed it alike.
///
/// A request passes, in this order: address, health and static files, session, route, permission, origin, body, token,
/// handler within its time, and then frame, headers, ETag and compression.
package struct WebApp: Sendable {
  package static let sessionCookie = "yagura"
  package static let languageCookie = "yagura-language"

  package let capabilities: [Capability]
  /// Every route, the shell's own included.
  package let routes: [Route]
  /// In their order.
  let menu: [MenuItem]
  /// Those by the end of a path first: they are the more exact.
  let help: [HelpLink]
  let tree: RouteTree
  let sessions: SessionSource
  let settings: WebSettings
  let signing: Signing
  let clock: Clock
  let ids: IDMaker
  let entropy: Entropy
  let logger: Logger
  private let limits = TimeLimits()
  private let rate: RateLimit
  let metrics: Metrics
  /// The schemas by name that the description of the interface points to.
  package let schemas: [String: Schema]
  private let phase = Phase()

  package init(
    capabilities: [Capability],
    sessions: SessionSource,
    settings: WebSettings,
    clock: Clock,
    ids: IDMaker,
    entropy: Entropy = .system,
    logger: Logger
  ) {
    self.capabilities = capabilities
    self.sessions = sessions
    self.clock = clock
    self.ids = ids
    self.entropy = entropy
    self.logger = logger
    signing = Signing(secret: settings.secret)
    let offered = Set(capabilities.flatMap(\.routes).filter { $0.method == .get }.map(\.pattern))
    self.settings = settings.pointing(to: offered)
    metrics = Metrics(startedAt: clock.now())
    rate = RateLimit(perMinute: settings.apiRequestsPerMinute)
    let routes = capabilities.flatMap(\.routes)
    schemas = Dictionary(
      capabilities.flatMap { $0.schemas.map { ($0.key, $0.value) } },
      uniquingKeysWith: { first, _ in first }
    )
    self.routes =
      routes + Self.ownRoutes(sessions)
      + IndexRoutes.routes(describing: routes, schemas: schemas, version: settings.version)
    menu = capabilities.flatMap(\.menu).enumerated()
      .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element)
    help = capabilities.flatMap(\.help).filter(\.isEnding) + capabilities.flatMap(\.help).filter { !$0.isEnding }
    tree = RouteTree(self.routes)
  }

  /// What `/health` tells a load balancer or the one who started the program.
  package enum State: Int, Sendable {
    case starting, ready, stopping
  }

  package var state: State {
    get { State(rawValue: phase.value.load(ordering: .acquiring)) ?? .stopping }
    nonmutating set { phase.value.store(newValue.rawValue, ordering: .releasing) }
  }

  private final class Phase: Sendable {
    let value = Atomic<Int>(State.starting.rawValue)
  }

  /// Never throws: whatever goes wrong becomes a page.
  package func respond(to raw: RawRequest) async -> WebResponse {
    let started = ContinuousClock.now
    var exchange = Exchange(raw: raw, requestID: ids.next(), now: clock.now(), settings: settings)
    if let response = quick(&exchange) { return response }
    var response: WebResponse
    do {
      response =
        exchange.raw.target.prefix { $0 != "?" } == "/metrics"
        ? try await figures(exchange) : try await answer(&exchange)
    } catch {
      response = await explain(error, exchange)
    }
    response = finish(response, exchange)
    log(exchange, response, took: ContinuousClock.now - started)
    return response
  }

  /// What needs neither session nor log line.
  private func quick(_ exchange: inout Exchange) -> WebResponse? {
    let method = exchange.method
    guard method == .get || method == .head else { return nil }
    let path = exchange.raw.target.prefix { $0 != "?" }
    if path == "/health" { return health(exchange) }
    guard exchange.raw.target.hasPrefix("/static/") else { return nil }
    return StaticFiles.shared.response(exchange.raw, isHead: method == .head, isSecure: exchange.isSecure)
  }

  private func health(_ exchange: Exchange) -> WebResponse {
    let isReady = state == .ready
    let body = Array("{\"status\":\"\(state)\"}\n".utf8)
    var headers: Headers = [
      "Content-Type": "application/json", "Cache-Control": "no-store", "Content-Length": String(body.count),
    ]
    Self.guardHeaders(&headers, isSecure: exchange.isSecure)
    return WebResponse(
      status: isReady ? 200 : 503,
      headers: headers,
      body: exchange.method == .head ? .none : .bytes(body)
    )
  }

  private func answer(_ exchange: inout Exchange) async throws -> WebResponse {
    guard state != .starting else { throw WebError.stopping }
    if let hosts = settings.hosts, !hosts.contains(exchange.hostName) { throw WebError.wrongHost }
    guard let method = exchange.method else {
      if exchange.isAPI { throw try methodMissing(exchange.raw.target) }
      throw WebError.unknownMethod
    }
    if method == .options, exchange.raw.target == "*" { return .noContent }
    let target = try Target(exchange.raw.target)
    exchange.target = target
    do {
      try await findSession(&exchange)
    } catch let error as StorageError {
      await keepTyped(&exchange)
      throw error
    }
    if exchange.isAPI { try slowDown(exchange) }
    let route: Route
    switch tree.match(method, target.segments) {
    case .found(let found, let parameters):
      guard !target.endsWithSlash else { return withoutSlash(target) }
      route = found
      exchange.parameters = parameters
    case .otherMethods(let allowed):
      if method == .options {
        return WebResponse(status: 204, headers: ["Allow": allowed.map(\.rawValue).joined(separator: ", ")])
      }
      throw WebError.otherMethods(allowed)
    case .nothing: throw WebError.notFound()
    }
    exchange.route = route
    if case .needs(let permission) = route.access, !(exchange.session?.may(permission) ?? false) {
      throw Denied(permission: permission)
    }
    let limit = route.timeLimit ?? (route.bodyLimit > Route.smallBody ? settings.fileTimeLimit : settings.timeLimit)
    if !method.isSafe, exchange.isBearer {
      exchange.take(try await collect(exchange.raw.body, upTo: route.bodyLimit, within: limit))
    } else if !method.isSafe {
      guard exchange.isSameOrigin else { throw WebError.forged }
      let bytes = try await collect(exchange.raw.body, upTo: route.bodyLimit, within: limit)
      exchange.take(bytes)
      guard exchange.hasToken else { throw WebError.forged }
    }
    let request = exchange.request(method, target)
    if method == .get || method == .head { exchange.alarms = await alarms(exchange.session) }
    return try await limits.run(within: limit) { [sessions, commits = exchange.commits] in
      guard route.endpoint?.takesKey == true else {
        return try await commits.during { try await route.handler(request) }
      }
      return try await sessions.once.run(request) { request in
        try await commits.during { try await route.handler(request) }
      }
    }
  }

  /// A method that the program knows nothing of: on the interface, the ones that would do.
  private func methodMissing(_ target: String) throws -> WebError {
    switch tree.match(.options, try Target(target).segments) {
    case .otherMethods(let allowed): .otherMethods(allowed)
    case .found, .nothing: .notFound()
    }
  }

  private func slowDown(_ exchange: Exchange) throws(WebError) {
    guard let session = exchange.session, let seconds = rate.wait(for: session.tokenHash, at: exchange.now) else {
      return
    }
    throw .tooManyRequests(
      seconds: seconds,
      cause: Localized(
        ja: "要求が多すぎます（1分に\(settings.apiRequestsPerMinute)件まで）。",
        en: "Too many requests (at most \(settings.apiRequestsPerMinute) a minute)."
      )
    )
  }

  /// A page must come also where the alarms cannot be read: then they are missed, and the log tells.
  private func alarms(_ session: Session?) async -> [Alarm] {
    guard let session else { return [] }
    var alarms: [Alarm] = []
    for capability in capabilities where capability.raisesAlarms {
      do {
        alarms += try await capability.alarms(session.facility).filter { session.may($0.needs) }
      } catch {
        logger.error("alarms cannot be read", metadata: ["capability": "\(capability.name)", "error": "\(error)"])
      }
    }
    return alarms
  }

  private func collect(_ body: RawBody, upTo size: Int, within limit: Duration) async throws(WebError) -> [UInt8] {
    if let declared = body.declaredLength, declared > size { throw .tooLarge(limit: size) }
    let bytes: [UInt8]?
    do {
      bytes = try await limits.run(within: limit) { try await body.collect(size) }
    } catch {
      // Out of time, or the other end has gone or sent what is no HTTP.
      throw error as? WebError ?? .cutOff
    }
    guard let bytes else { throw .tooLarge(limit: size) }
    return bytes
  }

  /// The store that would say who somebody is does not answer: what they typed must not be lost with it.
  private func keepTyped(_ exchange: inout Exchange) async {
    guard let method = exchange.method, !method.isSafe, !exchange.isAPI, exchange.isSameOrigin else { return }
    // What cannot be read cannot be shown; the page says what is wrong all the same.
    guard let bytes = try? await collect(exchange.raw.body, upTo: Route.smallBody, within: settings.timeLimit) else {
      return
    }
    exchange.take(bytes)
  }

  private func findSession(_ exchange: inout Exchange) async throws {
    if exchange.isAPI, let header = exchange.raw.headers["authorization"] {
      return try await findBearer(header, &exchange)
    }
    let name = SetCookie.fullName(Self.sessionCookie, isSecure: exchange.isSecure)
    if let token = exchange.cookies[name] {
      exchange.session = try await sessions.find(token, exchange.now)
    }
    if let language = exchange.session?.language { exchange.language = language }
    exchange.token = token(exchange)
  }

  /// Cookies beside a token mean nothing: a program sends none, and a browser cannot be made to send a token.
  private func findBearer(_ header: String, _ exchange: inout Exchange) async throws {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let session = try await sessions.bearer(parts[1].trimmingSpaces, exchange.clientAddress, exchange.now)
    else { throw WebError.badToken }
    exchange.session = session
    exchange.isBearer = true
    if exchange.raw.headers["accept-language"] == nil { exchange.language = session.language }
  }

  private func token(_ exchange: Exchange) -> FormToken {
    let name = SetCookie.fullName(FormToken.cookie, isSecure: exchange.isSecure)
    return FormToken(session: exchange.session, cookie: exchange.cookies[name], signing: signing, entropy: entropy)
  }

  /// 308 keeps the method and the body.
  private func withoutSlash(_ target: Target) -> WebResponse {
    let path = String(target.path.dropLast())
    let query = target.queryText.isEmpty ? "" : "?\(target.queryText)"
    return WebResponse(status: 308, headers: ["Location": path + query])
  }

  private func explain(_ error: any Error, _ exchange: Exchange) async -> WebResponse {
    var (told, isFault) = ErrorPages.tell(error, afterCommit: exchange.commits.hasCommitted)
    if let denied = error as? Denied {
      guard let session = exchange.session else { return signIn(exchange) }
      // Without names the page still says which roles can.
      let holders = (try? await sessions.holders(session.facility, denied.permission)) ?? []
      told = ErrorPages.denied(denied.permission, holders: holders)
      // Who cannot be put on record is refused all the same.
      try? await sessions.refused(
        SessionSource.Refused(
          session: session,
          permission: denied.permission,
          route: "\(exchange.method?.rawValue ?? "-") \(exchange.pattern)",
          address: exchange.clientAddress,
          request: exchange.requestID,
          at: exchange.now
        )
      )
      isFault = false
    }
    if isFault {
      logger.error(
        "request failed",
        metadata: ["request": "\(exchange.requestID)", "route": "\(exchange.pattern)", "error": "\(error)"]
      )
    }
    if exchange.wantsJSON {
      return ErrorPages.problem(told, requestID: exchange.requestID, language: exchange.language)
    }
    var typed: TypedForm?
    if case .success(let form) = exchange.form, told.status != 413 {
      let mayRetry = isFault || told.status == 503
      // Where nobody could say whose session it is, the form's own token goes back with it, to be looked at then.
      let token = exchange.token?.text ?? (form["csrf"].flatMap { $0.isEmpty ? nil : $0 })
      typed = TypedForm(form, path: exchange.address, csrf: mayRetry ? token : nil)
    }
    return ErrorPages.page(
      told,
      requestID: exchange.requestID,
      language: exchange.language,
      typed: typed,
      way: error is Denied ? otherPerson(exchange) : nil,
      surroundings: exchange.session == nil ? .bare : .full
    )
  }

  /// Who may not go on here may be at a shared computer, where somebody else is still signed in.
  private func otherPerson(_ exchange: Exchange) -> HTML? {
    exchange.session.map { session in
      let ja = exchange.language == .ja
      let csrf: HTML = "<input type=\"hidden\" name=\"csrf\" value=\"\(session.csrf)\">"
      let label = ja ? "別の人でサインイン" : "Sign in as somebody else"
      return Button.post(label, settings.signOutPath, csrf: csrf, look: .secondary)
    }
  }

  /// Strangers are shown the door: the sign-in page, which leads back to where they wanted to go.
  private func signIn(_ exchange: Exchange) -> WebResponse {
    if exchange.isAPI || exchange.raw.target.hasPrefix("/metrics") {
      return ErrorPages.problem(.noToken, requestID: exchange.requestID, language: exchange.language)
    }
    if exchange.wantsJSON {
      let error = WebError(
        status: 401,
        cause: Localized(ja: "サインインしていないか、期限が切れました。", en: "You are not signed in, or the session has ended."),
        remedy: Localized(ja: "サインインしてから、もう一度送ってください。", en: "Sign in and send it again.")
      )
      return ErrorPages.problem(error, requestID: exchange.requestID, language: exchange.language)
    }
    // After a form, back to the page it stood on: its address answers GET, and the typed text waits there as a draft.
    let next = (exchange.method?.isSafe ?? false) ? exchange.address : exchange.refererPath
    let path = next == "/" ? settings.signInPath : LocalPath.make(settings.signInPath, ["next": next])
    return .redirect(to: path)
  }

  /// `/metrics`: for this machine itself, or for a token that may read it.
  private func figures(_ exchange: Exchange) async throws -> WebResponse {
    guard exchange.method == .get else { throw WebError.otherMethods([.get]) }
    if let header = exchange.raw.headers["authorization"] {
      var asking = exchange
      try await findBearer(header, &asking)
      guard asking.session?.may(.readMetrics) == true else { throw Denied(permission: .readMetrics) }
    } else if !exchange.isLoopback {
      throw WebError.noToken
    }
    // What cannot be told at the moment is left out: the rest is wanted then more than ever.
    let more = (try? await settings.figures()) ?? []
    var response = WebResponse.text(metrics.text(with: more, version: settings.version))
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  private func log(_ exchange: Exchange, _ response: WebResponse, took: Duration) {
    let (seconds, attoseconds) = took.components
    metrics.note(
      method: exchange.method?.rawValue ?? "?",
      route: exchange.pattern,
      status: response.status,
      seconds: Double(seconds) + Double(attoseconds) / 1e18
    )
    logger.info(
      "request",
      metadata: [
        "request": "\(exchange.requestID)", "method": "\(exchange.method?.rawValue ?? "?")",
        "route": "\(exchange.pattern)", "status": "\(response.status)",
        "us": "\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)",
        "bytes": "\(response.headers["content-length"] ?? "-")", "user": "\(exchange.session?.userID ?? "-")",
        "address": "\(exchange.clientAddress)",
      ]
    )
  }
}
