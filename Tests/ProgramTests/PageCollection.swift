import Design
import Ledger
import Nouns
import SQL
import Text
import Web
import WebSupport

@testable import Program

/// Every page of the program as some roles see it in both languages, fetched once for all tests that read pages.
actor PageCollection {
  struct SeenPage: Sendable {
    let role: Role?
    let language: Language
    let path: String
    let status: Int
    let type: String
    let bytes: [UInt8]

    var name: String { "\(role?.rawValue ?? "stranger") \(language.rawValue) \(path)" }
  }

  static let shared = PageCollection()

  private var task: Task<(pages: [SeenPage], routes: [Route]), any Error>?

  func all() async throws -> (pages: [SeenPage], routes: [Route]) {
    let task = task ?? Task { try await Self.fetch() }
    self.task = task
    return try await task.value
  }

  private static func fetch() async throws -> (pages: [SeenPage], routes: [Route]) {
    let hospital = try await Installation(.sqlite)
    let addresses = try await Addresses(hospital)
    var pages: [SeenPage] = []
    for role in [Role.administrator, .departmentHead, .staff] {
      for language in [Language.ja, .en] {
        let browser = try await hospital.browser(role, language: language)
        var paths: [String] = []
        for route in hospital.app.routes where route.method == .get && route.endpoint == nil {
          if ["/health", "/metrics", "/static/*file", "/language/:language"].contains(route.pattern) { continue }
          paths += try addresses.real(route) ?? []
        }
        for path in paths + variants { pages.append(try await visit(path, role, language, browser)) }
      }
    }
    for language in [Language.ja, .en] {
      let browser = TestBrowser(hospital.app)
      browser.set(cookie: WebApp.languageCookie, language.rawValue)
      for path in ["/sign-in", "/setup", "/sign-in/code", "/nothing-here", "/sign-in?next=/ledger/asset"] {
        pages.append(try await visit(path, nil, language, browser))
      }
    }
    let routes = hospital.app.routes
    await hospital.close()
    return (pages, routes)
  }

  /// Views of a page that need something in the query, and pages that do not exist.
  private static let variants = [
    "/ledger/asset?q=%E7%AB%AF%E6%9C%AB", "/ledger/asset?q=nothing-is-called-so", "/ledger/asset?page=2&size=10",
    "/ledger/asset?page=9999", "/ledger/asset?sort=nonsense&archived=only&category=nonsense",
    "/ledger/connection?sort=-name", "/search?q=%E3%82%B5%E3%83%BC%E3%83%90", "/search?q=zzzzzz", "/search",
    "/ledger/nonsense", "/ledger/asset/nonsense", "/nothing-here", "/ledger/import?kind=connections",
  ]

  private static func visit(
    _ path: String,
    _ role: Role?,
    _ language: Language,
    _ browser: TestBrowser
  ) async throws -> SeenPage {
    let response = await browser.get(path)
    return SeenPage(
      role: role,
      language: language,
      path: path,
      status: response.status,
      type: response.headers["content-type"] ?? "",
      bytes: response.bytes
    )
  }
}

extension PageCollection.SeenPage {
  var isPage: Bool { type.hasPrefix("text/html") && !bytes.isEmpty }

  /// The text inside each element of these names, tags taken out.
  func texts(of names: Set<String>) -> [(element: String, text: String)] {
    var found: [(String, String)] = []
    for tag in tags where names.contains(tag.name) {
      guard let end = bytes.firstIndex(of: "</\(tag.name)>", from: tag.end) else { break }
      found.append((tag.name, Self.withoutTags(bytes[tag.end..<end])))
    }
    return found
  }

  /// Where the forms of the page lead, and whether they ask or send.
  var forms: [(method: WebMethod, action: String)] {
    tags.filter { $0.name == "form" }.compactMap { form in
      guard let action = value(of: "action", in: form) else { return nil }
      return (value(of: "method", in: form) == "post" ? .post : .get, action)
    }
  }

  /// The values of one attribute of the elements of this name.
  func values(of attribute: String, in name: String) -> [String] {
    tags.filter { $0.name == name }.compactMap { value(of: attribute, in: $0) }
  }

  /// A tag that opens: where its `<` stands, and what comes after its `>`.
  private struct OpeningTag {
    let name: String
    let start, end: Int
  }

  private var tags: [OpeningTag] {
    var found: [OpeningTag] = []
    var at = 0
    while let start = bytes.firstIndex(of: "<", from: at) {
      at = start + 1
      var end = at
      while end < bytes.count, Self.isNameByte(bytes[end]) { end += 1 }
      guard end > at, let close = bytes.firstIndex(of: ">", from: end) else { continue }
      found.append(OpeningTag(name: String(decoding: bytes[at..<end], as: UTF8.self), start: start, end: close + 1))
      at = end
    }
    return found
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }

  private func value(of attribute: String, in tag: OpeningTag) -> String? {
    let mark = " \(attribute)=\""
    guard let place = bytes.firstIndex(of: mark, from: tag.start), place < tag.end else { return nil }
    let start = place + mark.utf8.count
    guard let end = bytes.firstIndex(of: "\"", from: start) else { return nil }
    return Self.plain(String(decoding: bytes[start..<end], as: UTF8.self))
  }

  private static func withoutTags(_ text: ArraySlice<UInt8>) -> String {
    var isTag = false
    var plain: [UInt8] = []
    for byte in text {
      if byte == UInt8(ascii: "<") {
        isTag = true
      } else if byte == UInt8(ascii: ">") {
        isTag = false
      } else if !isTag {
        plain.append(byte)
      }
    }
    return Self.plain(String(decoding: plain, as: UTF8.self))
  }

  private static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var text = text
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return text
  }
}
