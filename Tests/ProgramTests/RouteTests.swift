import Identity
import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// Every route of the program as every role and as a stranger: each answers as its access and the table of permissions
/// say, and no address, real or not, is more than the program can bear.
@Suite struct RouteTests {
  @Test(arguments: Engine.available)
  func aStrangerGetsNothingButTheOpenRoutes(engine: Engine) async throws {
    let hospital = try await Installation(engine)
    let addresses = try await Addresses(hospital)
    let secrets = [Installation.facilityName, "電子カルテ", "佐藤 美咲", "利用者 spare"]
    for route in hospital.app.routes where route.method != .options {
      for path in (try addresses.real(route) ?? []) + [addresses.nonsense(route)].compactMap({ $0 }) {
        for cookie in [nil, "forged", String(repeating: "A", count: 43)] {
          let browser = TestBrowser(hospital.app)
          if let cookie { browser.set(cookie: WebApp.sessionCookie, cookie) }
          let response = await browser.send(route.method.rawValue, path)
          let json = await browser.send(route.method.rawValue, path, ["Accept": "application/json"])
          let line = Comment("\(route.method.rawValue) \(path): \(response.status), as JSON \(json.status)")
          if route.endpoint != nil {
            #expect(response.status == 401 && json.status == 401, line)
            #expect(response.headers["www-authenticate"]?.hasPrefix("Bearer") == true, line)
          } else if route.access == .open {
            #expect(response.status < 500 && json.status < 500, line)
          } else {
            #expect(response.status == 303 || response.status == 302, line)
            #expect(response.headers["location"]?.hasPrefix("/sign-in") == true, line)
            #expect(json.status == 401, line)
          }
          // The sign-in page may name the hospital.
          for secret in route.access == .open ? Array(secrets.dropFirst()) : secrets {
            #expect(!response.bytes.holds(secret) && !json.bytes.holds(secret), line)
          }
        }
      }
    }
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func everyRouteAnswersEachRoleAsItsPermissionsSay(engine: Engine) async throws {
    let hospital = try await Installation(engine)
    var addresses = Addresses()
    // What a role may do is decided before the store is asked: on the second engine two of them will do.
    for role in engine == .sqlite ? Role.allCases : [.administrator, .departmentHead] {
      var browser = try await hospital.browser(role)
      // Those before may have undone and archived.
      addresses = try await Addresses(hospital, account: "spare-\(role.rawValue)".lowercased())
      // What reads comes first: what writes may archive the record, an undo take it away, and signing out ends it all.
      let routes = hospital.app.routes.sorted { Self.order($0) < Self.order($1) }
      for route in routes where route.access != .open || route.method.isSafe {
        if ["/ledger/import/:draft", "/api/v1/imports/:draft"].contains(where: route.pattern.hasPrefix),
          !route.method.isSafe, role.permissions.contains(.importLedger)
        {
          addresses.draft = try await Addresses.draft(in: hospital)
          browser = try await hospital.browser(role)
        }
        guard !["/health", "/metrics", "/static/*file"].contains(route.pattern) else { continue }
        let isAllowed: Bool
        switch route.access {
        case .open: isAllowed = true
        case .needs(let permission): isAllowed = role.permissions.contains(permission)
        }
        // Every address for those who read all; for the others the first will do.
        let real = try addresses.real(route) ?? []
        for path in role == .administrator || role == .safetyManager ? real : Array(real.prefix(1)) {
          let response = await Self.send(route, path, browser)
          let line = Comment("\(role.rawValue): \(route.method.rawValue) \(path) answered \(response.status)")
          if route.pattern.contains("/jobs/:id"), !role.permissions.contains(.readJournal) {
            // One's own work only; this is somebody else's.
            #expect(response.status == (isAllowed ? 404 : 403), line)
          } else if isAllowed {
            #expect(response.status != 403 && response.status != 404 && response.status < 500, line)
            if route.method == .get { #expect([200, 302, 303].contains(response.status), line) }
          } else {
            #expect(response.status == 403, line)
          }
        }
        if let path = addresses.nonsense(route) {
          let response = await Self.send(route, path, browser)
          let line = Comment("\(role.rawValue): \(route.method.rawValue) \(path) answered \(response.status)")
          #expect(response.status < 500, line)
          if !isAllowed { #expect(response.status == 403, line) }
          // What is to be ended or thrown away is gone already.
          let isRemoval = route.pattern.hasSuffix("/end") || route.pattern.hasSuffix("/discard")
          if route.endpoint != nil {
            // What is sent may be refused before what it is about is looked for.
            if isAllowed { #expect([404, 400, 422].contains(response.status), line) }
          } else if isAllowed, route.access != .open, !isRemoval {
            #expect([404, 400].contains(response.status), line)
          }
        }
      }
    }
    await hospital.close()
  }

  private static func order(_ route: Route) -> Int {
    if route.pattern == "/sign-out" { return 4 }
    // What undoes or takes away comes when nothing needs it any more.
    if route.pattern.hasSuffix("/undo") { return 3 }
    return route.method.isSafe ? 0 : route.method == .delete ? 2 : 1
  }

  private static func send(_ route: Route, _ path: String, _ browser: TestBrowser) async -> WebResponse {
    if route.endpoint != nil {
      guard !route.method.isSafe else { return await browser.get(path) }
      let type = route.pattern == "/api/v1/imports" ? "text/csv" : "application/json"
      let headers = ["Content-Type": type, "X-CSRF-Token": browser.token]
      return await browser.send(route.method.rawValue, path, headers, Array("{}".utf8))
    }
    return route.method == .get ? await browser.get(path) : await browser.post(path)
  }

  /// A form without the token of its page changes nothing, whoever sends it.
  @Test func everyRouteThatWritesWantsItsToken() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let addresses = try await Addresses(hospital)
    let browser = try await hospital.browser(.administrator)
    for route in hospital.app.routes where !route.method.isSafe {
      for path in (try addresses.real(route) ?? []).prefix(1) {
        let response =
          route.endpoint == nil
          ? await browser.post(path, ["csrf": "forged"])
          : await browser.send(
            route.method.rawValue,
            path,
            ["Content-Type": "application/json", "X-CSRF-Token": "forged"],
            Array("{}".utf8)
          )
        #expect(response.status == 403, "\(route.method.rawValue) \(path) answered \(response.status)")
      }
    }
    await hospital.close()
  }

  /// Everything of one facility, asked for by the administrator of another.
  @Test(arguments: Engine.available)
  func anotherFacilitySeesNothing(engine: Engine) async throws {
    let hospital = try await Installation(engine, requestsPerMinute: 2_000)
    let addresses = try await Addresses(hospital)
    let other = try await hospital.house.identity.addFacility(
      try FacilityDraft(name: "ひがし診療所"),
      administrator: try AccountDraft(userName: "higashi", name: "東 一郎"),
      password: Installation.password
    )
    let browser = TestBrowser(hospital.app, peer: "10.0.0.99")
    await browser.follow(await hospital.signIn(browser, "higashi", to: other.facility))
    try #require(await browser.get("/account").status == 200)
    await browser.get("/account")
    let before = try await Self.everything(hospital)
    // Words of the program's own, which every facility's forms show, give nothing away.
    let vocabulary =
      Capabilities.catalogue.kinds.flatMap(\.fields).flatMap(\.choices).map(\.label.ja)
      + ["医療情報技師", "上級医療情報技師", "情報処理安全確保支援士", "個人情報保護委員会", "オンライン資格確認"]
    let names = before.values.filter { name in name.count > 5 && !vocabulary.contains { $0.contains(name) } }
    let secrets = [Installation.facilityName, "spare"] + names.prefix(400)
    for route in hospital.app.routes where route.access != .open {
      for path in try addresses.real(route) ?? [] {
        let response =
          route.method == .get || route.endpoint != nil
          ? await Self.send(route, path, browser) : await browser.post(path, ["reason": "試験", "name": "試験"])
        let line = Comment("\(route.method.rawValue) \(path) answered \(response.status)")
        #expect(response.status < 500, line)
        if [":id", ":set", ":draft"].contains(where: route.pattern.contains), !route.pattern.hasSuffix("/discard") {
          // A form may be refused before its record is looked for.
          let isRefusedFirst = !route.method.isSafe && [400, 415, 422].contains(response.status)
          #expect(response.status == 404 || isRefusedFirst, line)
        }
        for secret in secrets where response.bytes.holds(secret) { Issue.record("\(line) and shows \(secret)") }
      }
    }
    #expect(try await Self.everything(hospital) == before)
    await hospital.close()
  }

  /// The title of each record by its id and version.
  private static func everything(_ hospital: Installation) async throws -> [String: String] {
    var all: [String: String] = [:]
    for kind in Capabilities.catalogue.kinds {
      for record in try await hospital.house.records.store.all(kind, ListQuery(archived: .with), in: hospital.scope())
        .records
      {
        all["\(kind.key) \(record.id) \(record.version)"] = record.title
      }
    }
    return all
  }
}
