import Design
import FoundationEssentials
import HTML
import Text

/// What a handler answers.
package struct WebResponse: Sendable {
  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// Put into the frame by the shell, in the language of the request.
    case page(FramedPage)
    /// Sent from the disk in pieces.
    case file(path: String)
  }

  package var status: Int
  package var headers: Headers
  package var body: Body
  package var cookies: [SetCookie] = []
  /// A message for the next page.
  package var flash: Flash?

  package init(status: Int = 200, headers: Headers = [:], body: Body = .none) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A page in the frame; `current` is the key of its menu item. A page with errors in its form is 422 unless told
  /// otherwise.
  package static func page(
    _ page: Page,
    current: String? = nil,
    surroundings: FramedPage.Surroundings = .full,
    status: Int? = nil
  ) -> WebResponse {
    WebResponse(
      status: status ?? (page.errors.isEmpty ? 200 : 422),
      body: .page(FramedPage(page: page, current: current, surroundings: surroundings))
    )
  }

  /// A paper: the same facility and 年度 as the frame, no menu.
  package static func sheet(_ sheet: PrintSheet) -> WebResponse {
    let page = Page(sheet.title, main: .empty)
    return WebResponse(
      status: 200,
      body: .page(FramedPage(page: page, current: nil, surroundings: .full, sheet: sheet))
    )
  }

  /// 303: the browser opens `path` with GET, so that reloading sends nothing twice. Paths that would leave the site
  /// lead to the home page.
  package static func redirect(to path: String, flash: Flash? = nil) -> WebResponse {
    var response = WebResponse(status: 303, headers: ["Location": LocalPath.isSafe(path) ? path : "/"])
    response.flash = flash
    return response
  }

  /// A download. The name may hold any characters (RFC 5987, RFC 6266).
  package static func file(_ bytes: [UInt8], name: String, type: String) -> WebResponse {
    WebResponse(headers: downloadHeaders(name: name, type: type), body: .bytes(bytes))
  }

  /// A download from a file on disk that the program made.
  package static func file(path: String, name: String, type: String) -> WebResponse {
    WebResponse(headers: downloadHeaders(name: name, type: type), body: .file(path: path))
  }

  package static func text(_ text: String, status: Int = 200) -> WebResponse {
    WebResponse(status: status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
  }

  /// JSON with sorted keys, so that equal values give equal bytes.
  package static func json(_ value: some Encodable, status: Int = 200) throws -> WebResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(value))
    return WebResponse(
      status: status,
      headers: ["Content-Type": "application/json; charset=utf-8"],
      body: .bytes(bytes)
    )
  }

  /// A piece of HTML without the frame, as own scripts fetch it.
  package static func fragment(_ html: HTML, status: Int = 200) -> WebResponse {
    WebResponse(status: status, headers: ["Content-Type": "text/html; charset=utf-8"], body: .bytes(html.bytes))
  }

  package static let notModified = WebResponse(status: 304)

  package static let noContent = WebResponse(status: 204)

  package func setting(_ cookie: SetCookie) -> WebResponse {
    var copy = self
    copy.cookies.append(cookie)
    return copy
  }

  private static func downloadHeaders(name: String, type: String) -> Headers {
    let plain = String(
      decoding: name.utf8.map { $0 >= 32 && $0 < 127 && $0 != 34 && $0 != 92 ? $0 : 95 },
      as: UTF8.self
    )
    return [
      "Content-Type": type,
      "Content-Disposition": "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Percent.encode(name))",
      "Cache-Control": "private, no-store",
    ]
  }
}

/// A page of a capability, and where it stands in the house.
package struct FramedPage: Sendable {
  /// How much of the frame stands around the page.
  package enum Surroundings: Sendable, Hashable {
    /// With navigation, for those who have signed in.
    case full
    /// The narrow page of sign-in and setup.
    case bare
  }

  package let page: Page
  /// The key of the menu item it belongs to.
  package let current: String?
  package let surroundings: Surroundings
  /// What is printed instead of the page, where it is one.
  package var sheet: PrintSheet?
}

/// A message on the next page, carried by a signed cookie that lives a minute.
package struct Flash: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable {
    /// Something was done.
    case done
    case notice
    /// Something was not done.
    case problem
  }

  /// A button beside the message, as 「元に戻す」: posts to `path`.
  package struct Action: Sendable, Hashable, Codable {
    package let label: Localized
    package let path: String
    package let fields: [String: String]

    package init(_ label: Localized, path: String, fields: [String: String] = [:]) {
      self.label = label
      self.path = path
      self.fields = fields
    }
  }

  package let kind: Kind
  package let text: Localized
  package let action: Action?

  package init(_ kind: Kind, _ text: Localized, action: Action? = nil) {
    self.kind = kind
    self.text = text
    self.action = action
  }

  package static func done(_ text: Localized, action: Action? = nil) -> Flash { Flash(.done, text, action: action) }
}
