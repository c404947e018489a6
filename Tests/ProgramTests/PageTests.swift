import Nouns
import PageCheck
import Testing
import Text
import WebSupport

@testable import Program
@testable import Web

/// Every page of the program, as an administrator, a department head and a member of staff see it, in both languages.
@Suite struct PageTests {
  typealias SeenPage = PageCollection.SeenPage

  private func pages() async throws -> [SeenPage] {
    let pages = try await PageCollection.shared.all().pages.filter(\.isPage)
    try #require(pages.count > 300)
    return pages
  }

  @Test func everyPageIsWellFormed() async throws {
    for page in try await pages() {
      let faults = HTMLCheck.faults(page.bytes)
      #expect(faults.isEmpty, "\(page.name): \(faults.prefix(5))")
    }
  }

  @Test func everyPageHasOneHeadingATitleAndItsLanguage() async throws {
    for page in try await pages() {
      let headings = page.texts(of: ["h1"])
      #expect(headings.count == 1, "\(page.name): \(headings.map(\.text))")
      #expect(headings.allSatisfy { $0.text.contains { !$0.isWhitespace } }, "\(page.name)")
      #expect(page.texts(of: ["title"]).first.map { !$0.text.isEmpty } == true, "\(page.name)")
      #expect(page.values(of: "lang", in: "html") == [page.language.rawValue], "\(page.name)")
    }
  }

  /// Nothing fails, and what is refused is refused with a page.
  @Test func everyAddressGivesAPageOrLeadsOn() async throws {
    for page in try await PageCollection.shared.all().pages {
      #expect(page.status < 500, "\(page.name): \(page.status)")
      if [403, 404].contains(page.status) { #expect(page.isPage, "\(page.name)") }
    }
  }

  /// Each link and each form leads to a route of the program, and to one its reader may use.
  @Test func everyLinkLeadsSomewhereItsReaderMayGo() async throws {
    let collection = try await PageCollection.shared.all()
    let tree = RouteTree(collection.routes)
    for page in collection.pages where page.isPage {
      let links = page.values(of: "href", in: "a").map { (WebMethod.get, $0) }
      let posts = page.forms.map { ($0.method, $0.action) }
      var met: Set<String> = []
      for (method, address) in links + posts where met.insert("\(method) \(address)").inserted {
        guard !address.hasPrefix("#"), !address.hasPrefix("mailto:"), !address.hasPrefix("tel:") else { continue }
        #expect(address.hasPrefix("/"), "\(page.name) leads out to \(address)")
        guard let target = try? Target(String(address.prefix { $0 != "#" })) else {
          Issue.record("\(page.name): \(address) is no address")
          continue
        }
        let route: Route
        switch tree.match(method, target.segments) {
        case .found(let found, _): route = found
        case .otherMethods(let others):
          // A form of search sends GET.
          guard method == .post, others.contains(.get), case .found(let found, _) = tree.match(.get, target.segments)
          else {
            Issue.record("\(page.name): nothing answers \(method.rawValue) \(address)")
            continue
          }
          route = found
        case .nothing:
          Issue.record("\(page.name): nothing answers \(method.rawValue) \(address)")
          continue
        }
        guard let role = page.role, case .needs(let permission) = route.access else { continue }
        #expect(role.permissions.contains(permission), "\(page.name) offers \(method.rawValue) \(address)")
      }
    }
  }

  /// Words of the program's inside, which mean nothing to a reader and tell an attacker where to look.
  @Test func noPageShowsInternals() async throws {
    let inside = [
      "SELECT ", "INSERT INTO", "SQLITE", "PostgreSQL", "StorageError", "DecodingError", ".swift", "/tmp/", "Optional(",
      "nil)",
      "Error Domain", "Swift.", "facility =",
    ]
    for page in try await pages() {
      for word in inside where page.bytes.holds(word) { Issue.record("\(page.name) shows \(word)") }
    }
  }

  /// Nothing is fetched from anywhere else, and nothing is written into the page that the policy would refuse.
  @Test func pagesLoadNothingFromElsewhere() async throws {
    for page in try await pages() {
      let sources =
        page.values(of: "src", in: "script") + page.values(of: "src", in: "img") + page.values(of: "href", in: "link")
      for source in sources { #expect(source.hasPrefix("/"), "\(page.name) loads \(source)") }
    }
  }
}
