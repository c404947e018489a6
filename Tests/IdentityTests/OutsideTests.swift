import Directory
import Foundation
import Journal
import Nouns
import OpenID
import SQL
import Support
import Testing
import Text
import Time
import Transfer
import Web
import WebSupport

@testable import Identity

/// Signing in by a real slapd and by a real small provider, through the pages.
@Suite struct OutsideTests {
  static func directory(_ server: OutsideServer) -> DirectoryChoice {
    var choice = DirectoryChoice()
    choice.isOn = true
    choice.settings = DirectorySettings(
      host: "127.0.0.1",
      port: server.ports[1],
      security: .tls,
      serviceName: "cn=lookup,dc=hospital,dc=local",
      servicePassword: "lookupword",
      base: "ou=people,dc=hospital,dc=local",
      filter: "(uid={user})",
      groupAttribute: "",
      groupBase: "ou=groups,dc=hospital,dc=local",
      authorityFile: server.folder.file("cert.pem")
    )
    choice.groups = [.administrator: ["it"], .staff: ["CN=Ward,ou=groups,dc=hospital,dc=local"]]
    return choice
  }

  func settings(_ account: Account) -> Scope<ManageSettings> {
    .operatorOf(account.facility, as: Actor(id: account.id, name: account.name), request: "test")
  }

  func isIn(_ browser: TestBrowser) async -> Bool { await browser.get("/").status == 200 }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/slapd"), "slapd is not installed"),
    arguments: Engine.available
  )
  func theDirectoryLetsPeopleInAndGivesThemTheirRoles(engine: Engine) async throws {
    let server = try await OutsideServer("directory-server", ports: 2)
    let world = try await World(engine)
    let admin = try await world.setUp()
    try await world.identity.save(Self.directory(server), in: settings(admin), visit: world.visit)
    let browser = TestBrowser(world.app)
    #expect(await world.signIn(browser, "sato", "satoword").status == 303)
    #expect(await isIn(browser))
    let all = try await world.identity.accounts(in: world.scope(admin))
    let sato = try #require(all.first { $0.userName == "sato" })
    #expect(sato.name == "佐藤 美咲")
    #expect(Set(sato.grants.map(\.grant.role)) == [.administrator, .staff])
    // The same account the next time, with the roles of then.
    var choice = try #require(try await world.identity.directory(admin.facility))
    choice.groups = [.staff: ["ward"]]
    choice.settings.servicePassword = ""
    try await world.identity.save(choice, in: settings(admin), visit: world.visit)
    await world.signIn(TestBrowser(world.app), "ＳＡＴＯ", "satoword")
    let after = try await world.identity.accounts(in: world.scope(admin)).filter { $0.userName == "sato" }
    #expect(after.map(\.id) == [sato.id])
    #expect(after.first?.grants.map(\.grant.role) == [.staff])
    for (user, password, status) in [("sato", "wrong", 422), ("nobody", "x", 422), ("nogroup", "nogroupword", 422)] {
      let stranger = TestBrowser(world.app, peer: "10.3.3.3")
      #expect(await world.signIn(stranger, user, password).status == status, "\(user)")
      #expect(await !isIn(stranger))
    }
    #expect(try await !world.identity.accounts(in: world.scope(admin)).contains { $0.userName == "nogroup" })
    // Down: those of the directory are told, those with a password here are let in.
    await server.stop()
    let refused = await world.signIn(TestBrowser(world.app, peer: "10.4.4.4"), "sato", "satoword")
    #expect(refused.text.contains("院内の認証サーバーに確認できない"))
    #expect(await world.signIn(TestBrowser(world.app, peer: "10.5.5.5")).status == 303)
    let rows = try await world.database.read(.everyFacility) { tx in
      try tx.rows("SELECT sealed_password FROM directory")
    }
    #expect(!String(decoding: try rows[0].bytes("sealed_password"), as: UTF8.self).contains("lookupword"))
  }

  @Test func groupsAreKnownByWholeOrFirstName() {
    var choice = DirectoryChoice()
    choice.groups = [.administrator: ["IT"], .staff: ["cn=ward,dc=x"]]
    #expect(choice.roles(of: ["cn=it,ou=groups,dc=x"]) == [.administrator])
    #expect(choice.roles(of: ["CN=Ward,DC=x"]) == [.staff])
    #expect(choice.roles(of: ["cn=ward,dc=y", "cn=it2,dc=x", "cn=a\\,it,dc=x"]) == [])
  }

  // MARK: OpenID Connect

  /// Follows the provider's answer back to our own pages, on a clock that goes with the provider's however long a busy machine
  /// takes.
  func comeBack(_ browser: TestBrowser, _ left: WebResponse, _ world: World) async throws -> (WebResponse, String) {
    world.clock.now = max(world.clock.now, SystemMoment.now)
    let answer = try await HTTPTransfer().send(HTTPTransfer.Request(left.headers["location"] ?? ""))
    let address = answer.headers["location"] ?? ""
    let path = "/sign-in" + (address.components(separatedBy: "/sign-in").last ?? "")
    return (await browser.get(path), path)
  }

  @Test(arguments: Engine.available)
  func thePersonIsLinkedOnceAndSignsInThen(engine: Engine) async throws {
    let server = try await OutsideServer("sign-in-provider", ports: 1)
    let world = try await World(engine)
    // The provider goes by the real clock.
    world.clock.now = SystemMoment.now
    let admin = try await world.setUp()
    let choice = ProviderChoice(
      isOn: true,
      label: "病院アカウント",
      settings: OpenIDSettings(
        issuer: "http://127.0.0.1:\(server.ports[0])",
        clientID: "yagura",
        clientSecret: "provider-secret"
      ),
      address: "https://yagura.hospital.local"
    )
    try await world.identity.save(choice, in: settings(admin), visit: world.visit)
    let start = "/sign-in/provider?facility=\(admin.facility.rawValue)&next=/account"
    let stranger = TestBrowser(world.app)
    #expect(await stranger.get("/sign-in").text.contains("病院アカウントでサインイン"))
    let refused = try await comeBack(stranger, await stranger.get(start), world).0
    #expect(refused.headers["location"] == "/sign-in")
    #expect(await !isIn(stranger))

    let own = TestBrowser(world.app)
    await world.signIn(own)
    let linked = try await comeBack(own, await own.get("/account/provider/link"), world).0
    #expect(linked.headers["location"] == "/account/provider")
    #expect(await own.get("/account/provider").text.contains("「sato」と結び付いています"))

    let browser = TestBrowser(world.app)
    let left = await browser.get(start)
    let (response, path) = try await comeBack(browser, left, world)
    #expect(response.headers["location"] == "/account")
    #expect(await isIn(browser))
    // The same answer once more, and in another browser: nothing.
    for other in [TestBrowser(world.app), browser] {
      #expect(await other.get(path).headers["location"] != "/account")
    }
    // Somebody else's answer brought to my browser, which asked for one of its own.
    let thief = TestBrowser(world.app)
    let theirs = await thief.get(start)
    let victim = TestBrowser(world.app)
    await victim.get(start)
    let (stolen, _) = try await comeBack(victim, theirs, world)
    #expect(stolen.headers["location"] == "/sign-in")
    #expect(await !isIn(victim))
    // Too late.
    let slow = TestBrowser(world.app)
    let early = await slow.get(start)
    world.clock.advance(seconds: 700)
    #expect(try await comeBack(slow, early, world).0.headers["location"] == "/sign-in")
    await server.stop()
    // A provider that is down is told of here, not by the browser's own error page.
    let down = await TestBrowser(world.app).get(start)
    #expect(down.headers["location"] == "/sign-in")
  }
}

extension OutsideTests {
  /// Where the provider asks nothing more, a page of another site could open a session, or link an identity, unbidden.
  @Test func anotherSiteCannotBeginASignIn() async throws {
    let server = try await OutsideServer("sign-in-provider", ports: 1)
    let world = try await World(.sqlite)
    let admin = try await world.setUp()
    let issuer = "http://127.0.0.1:\(server.ports[0])"
    let choice = ProviderChoice(
      isOn: true,
      label: "病院アカウント",
      settings: OpenIDSettings(issuer: issuer, clientID: "yagura", clientSecret: "provider-secret"),
      address: "https://yagura.hospital.local"
    )
    try await world.identity.save(choice, in: settings(admin), visit: world.visit)
    let start = "/sign-in/provider?facility=\(admin.facility.rawValue)"
    let browser = await world.signedIn()
    for (site, isLed) in [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)] {
      let left = await TestBrowser(world.app).get(start, ["Sec-Fetch-Site": site])
      #expect(left.headers["location"]?.hasPrefix(issuer) == isLed, "\(site)")
      let linked = await browser.get("/account/provider/link", ["Sec-Fetch-Site": site])
      #expect(linked.headers["location"]?.hasPrefix(issuer) == isLed, "\(site)")
    }
    await server.stop()
  }
}

/// The real time, for what is compared with another program's clock.
enum SystemMoment {
  static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
