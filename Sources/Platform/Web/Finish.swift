import Crypto
import HTML
import Sealing

// The last steps of every answer: frame, cookies, headers, ETag, compression.

extension WebApp {
  func finish(_ answer: WebResponse, _ exchange: Exchange) -> WebResponse {
    var response = answer
    if case .page(let page) = response.body { putIntoFrame(page, &response, exchange) }
    if let flash = response.flash, let cookie = flash.cookie(signing) { response.cookies.append(cookie) }
    for cookie in response.cookies { response.headers.add("Set-Cookie", cookie.header(isSecure: exchange.isSecure)) }
    Self.guardHeaders(&response.headers, isSecure: exchange.isSecure)
    response.headers["X-Request-Id"] = exchange.requestID
    if response.headers["cache-control"] == nil {
      // Kept by the browser only, and shown again only after asking.
      response.headers["Cache-Control"] = response.status == 200 ? "private, no-cache" : "no-store"
    }
    if exchange.leavesBodyUnread { response.headers["Connection"] = "close" }
    return Self.pack(response, exchange.raw, method: exchange.method)
  }

  private func putIntoFrame(_ page: FramedPage, _ response: inout WebResponse, _ exchange: Exchange) {
    let name = SetCookie.fullName(Flash.cookie, isSecure: exchange.isSecure)
    var flash = response.flash
    if let cookie = exchange.cookies[name] {
      if flash == nil { flash = Flash.read(cookie, signing) }
      response.cookies.append(SetCookie(Flash.cookie, "", maxAge: 0))
    }
    // It stands on this page, so it need not be carried to the next.
    response.flash = nil
    if let cookie = exchange.token?.newCookie { response.cookies.append(cookie) }
    let html = PageFrame(app: self, exchange: exchange, framed: page, flash: flash).html
    response.body = .bytes(html.bytes)
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers["Vary"] = "Cookie, Accept-Language"
  }

  /// What keeps other sites and inserted text from using the pages.
  static func guardHeaders(_ headers: inout Headers, isSecure: Bool) {
    headers["Content-Security-Policy"] =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    if isSecure { headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains" }
  }

  /// ETag and 304, gzip, length, and no body for HEAD.
  static func pack(_ answer: WebResponse, _ raw: RawRequest, method: WebMethod?) -> WebResponse {
    var response = answer
    guard case .bytes(var bytes) = response.body else {
      if case .file = response.body, method == .head { response.body = .none }
      if case .none = response.body, ![204, 304].contains(response.status) { response.headers["Content-Length"] = "0" }
      return response
    }
    let isRead = method == .get || method == .head
    if isRead, response.status == 200, response.headers["etag"] == nil,
      response.headers["cache-control"]?.contains("no-store") != true
    {
      // Weak: the compressed form has other bytes but the same meaning.
      response.headers["ETag"] = "W/\"\(Hex.encode(SHA256.hash(data: bytes).prefix(12)))\""
    }
    if isRead, response.status == 200, let tag = response.headers["etag"], matches(raw.headers["if-none-match"], tag) {
      response.status = 304
      response.body = .none
      response.headers["Content-Type"] = nil
      return response
    }
    if bytes.count > 1024, Compression.isWorthwhile(type: response.headers["content-type"] ?? "") {
      response.headers["Vary"] = response.headers["vary"].map { "\($0), Accept-Encoding" } ?? "Accept-Encoding"
      if Compression.isAccepted(raw.headers["accept-encoding"]), let small = Compression.gzip(bytes) {
        bytes = small
        response.headers["Content-Encoding"] = "gzip"
      }
    }
    response.headers["Content-Length"] = String(bytes.count)
    response.body = method == .head ? .none : .bytes(bytes)
    return response
  }

  /// Weak comparison (RFC 9110 §13.1.2).
  static func matches(_ header: String?, _ tag: String) -> Bool {
    guard let header else { return false }
    func bare(_ tag: some StringProtocol) -> String {
      let text = tag.trimmingSpaces
      return text.hasPrefix("W/") ? String(text.dropFirst(2)) : text
    }
    return header.trimmingSpaces == "*" || header.split(separator: ",").contains { bare($0) == bare(tag) }
  }
}
