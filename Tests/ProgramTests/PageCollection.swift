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
    let html: String

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
      html: response.text
    )
  }
}

extension PageCollection.SeenPage {
  var isPage: Bool { type.hasPrefix("text/html") && !html.isEmpty }

  /// The text inside each element of these names, tags taken out.
  func texts(of names: Set<String>) -> [(element: String, text: String)] {
    var found: [(String, String)] = []
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      let name = String(rest.prefix { $0.isLetter || $0.isNumber })
      guard names.contains(name), let begin = rest.firstIndex(of: ">") else { continue }
      let inside = rest[rest.index(after: begin)...]
      guard let end = Self.place(of: "</\(name)>", in: inside) else { continue }
      found.append((name, Self.withoutTags(inside[..<end])))
    }
    return found
  }

  /// Where the forms of the page lead, and whether they ask or send.
  var forms: [(method: WebMethod, action: String)] {
    var found: [(method: WebMethod, action: String)] = []
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard rest.hasPrefix("form "), let end = rest.firstIndex(of: ">") else { continue }
      let tag = rest[..<end]
      guard let start = Self.place(of: " action=\"", in: tag) else { continue }
      let action = tag[tag.index(start, offsetBy: 9)...].prefix { $0 != "\"" }
      found.append((tag.contains(" method=\"post\"") ? .post : .get, Self.plain(String(action))))
    }
    return found
  }

  /// The values of one attribute of the elements of this name.
  func values(of attribute: String, in name: String) -> [String] {
    var found: [String] = []
    var rest = html[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard rest.hasPrefix(name + " "), let end = rest.firstIndex(of: ">") else { continue }
      let tag = rest[..<end]
      guard let start = Self.place(of: " \(attribute)=\"", in: tag) else { continue }
      let value = tag[tag.index(start, offsetBy: attribute.count + 3)...].prefix { $0 != "\"" }
      found.append(Self.plain(String(value)))
    }
    return found
  }

  private static func withoutTags(_ text: Substring) -> String {
    var isTag = false
    var plain = ""
    for character in text {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        plain.append(character)
      }
    }
    return Self.plain(plain)
  }

  private static func plain(_ text: String) -> String {
    var text = text
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return text
  }

  private static func place(of needle: String, in text: Substring) -> Substring.Index? {
    guard let range = text.firstRange(of: needle) else { return nil }
    return range.lowerBound
  }
}
