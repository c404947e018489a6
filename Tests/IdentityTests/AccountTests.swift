import Nouns
import PageCheck
import SQL
import Sealing
import Support
import Testing
import Time
import Web
import WebSupport

@testable import Identity

/// What people do with their own account, and administrators with those of others.
@Suite struct AccountTests {
  @Test(arguments: Engine.available)
  func changingThePasswordEndsTheOtherSessions(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let (here, there) = (await world.signedIn(), await world.signedIn())
    await here.get("/account/password")
    func change(_ old: String, _ new: String) async -> WebResponse {
      await here.post("/account/password", ["password": old, "newPassword": new, "again": new])
    }
    #expect(await change("wrong", World.otherPassword).text.contains("今のパスワードが違います"))
    #expect(await change(World.password, "short").text.contains("13文字以上"))
    #expect(await change(World.password, World.password).text.contains("最近使ったパスワード"))
    #expect(await change(World.password, World.otherPassword).status == 303)
    #expect(await here.get("/ledger").status == 200)
    #expect(await there.get("/ledger").status == 303)
    #expect(await world.signIn(TestBrowser(world.app)).status == 422)
    #expect(await world.signIn(TestBrowser(world.app), "admin", World.otherPassword).status == 303)
  }

  @Test func theLastFivePasswordsMayNotComeBack() async throws {
    let world = try await World(.sqlite)
    try await world.setUp()
    let browser = await world.signedIn()
    await browser.get("/account/password")
    let series = [World.password] + ["alpha", "bravo", "delta", "hotel", "kilos", "tango"].map { "Blue-\($0)-rain-58" }
    func change(_ old: String, _ new: String) async -> Int {
      world.clock.advance(seconds: 60)
      return await browser.post("/account/password", ["password": old, "newPassword": new, "again": new]).status
    }
    for (old, new) in zip(series, series.dropFirst()) { #expect(await change(old, new) == 303) }
    let last = series[series.count - 1]
    for old in series.dropFirst(2) { #expect(await change(last, old) == 422) }
    #expect(await change(last, series[1]) == 303, "the sixth before may")
  }

  @Test(arguments: Engine.available)
  func sessionsAreListedAndCanBeEnded(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let (here, there) = (await world.signedIn(), await world.signedIn())
    let page = await here.get("/account")
    #expect(HTMLCheck.faults(page.text).isEmpty)
    let ends = page.text.split(separator: "/account/sessions/").dropFirst().compactMap {
      $0.split(separator: "\"").first
    }
    let end = try #require(ends.first { $0.hasSuffix("/end") })
    #expect(await here.post("/account/sessions/\(end)").status == 303)
    #expect(await there.get("/ledger").status == 303)
    #expect(await here.get("/ledger").status == 200)
    #expect(await here.post("/account/sessions/nonsense/end").status == 303)
    let again = await world.signedIn()
    #expect(await here.post("/account/sessions/end-others").status == 303)
    #expect(await again.get("/ledger").status == 303)
  }

  @Test func nobodyEndsTheSessionsOfOthers() async throws {
    let world = try await World(.sqlite)
    let admin = try await world.setUp()
    _ = try await world.user("tanaka", [Grant(role: .staff)], by: admin)
    let (boss, staff) = (await world.signedIn(), await world.signedIn("tanaka", World.otherPassword))
    let id = try await world.database.read(.everyFacility) { tx in
      try tx.row("SELECT id FROM session WHERE account = \(admin.id) AND stage = 'full' ORDER BY created_at DESC")?
        .text("id")
    }
    await staff.get("/account")
    #expect(await staff.post("/account/sessions/\(id ?? "")/end").status == 303)
    #expect(await boss.get("/ledger").status == 200)
  }

  @Test(arguments: Engine.available)
  func nameAndLanguageAreOnesOwn(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let browser = await world.signedIn()
    await browser.get("/account")
    #expect(await browser.post("/account", ["displayName": "", "language": "ja"]).status == 422)
    let saved = await browser.post("/account", ["displayName": "Misaki <Sato>", "language": "en"])
    let page = await browser.follow(saved)
    #expect(page.text.contains("lang=\"en\""))
    #expect(page.text.contains("Misaki &lt;Sato&gt;"))
    #expect(HTMLCheck.faults(page.text).isEmpty)
    #expect(try await world.journal().contains { $0.hasPrefix("account.changed") && $0.contains("佐藤 美咲") })
  }

  @Test(arguments: Engine.available)
  func anAddedUserChoosesAPasswordAtTheFirstSignIn(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let admin = await world.signedIn()
    #expect(HTMLCheck.faults(await admin.get("/settings/users/new").text).isEmpty)
    let made = await admin.post(
      "/settings/users/new",
      ["displayName": "田中", "userName": "tanaka", "role": "departmentHead"]
    )
    #expect(made.headers["cache-control"] == "no-store")
    let issued = try #require(
      made.text.split(separator: "class=\"key\">").last?.split(separator: "<").first.map(String.init)
    )
    #expect(issued.count == 19)
    let twice = await admin.post("/settings/users/new", ["displayName": "別人", "userName": "TANAKA", "role": "staff"])
    #expect(twice.text.contains("すでに使われています"))

    let browser = TestBrowser(world.app)
    let first = await world.signIn(browser, "tanaka", issued)
    #expect(first.headers["location"] == "/sign-in/password")
    #expect(await browser.get("/ledger").status == 303)
    #expect(HTMLCheck.faults(await browser.get("/sign-in/password").text).isEmpty)
    #expect(
      await browser.post("/sign-in/password", ["newPassword": issued, "again": issued]).text.contains("最近使った")
    )
    let chosen = await browser.post(
      "/sign-in/password",
      ["newPassword": World.otherPassword, "again": World.otherPassword]
    )
    #expect(chosen.headers["location"] == "/")
    #expect(await browser.get("/ledger").status == 200)
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", issued).status == 422)
    #expect(try await world.journal().joined().contains(issued) == false)
  }

  @Test func anIssuedPasswordExpires() async throws {
    let world = try await World(.sqlite)
    let admin = try await world.setUp()
    let user = try await world.user("tanaka", [Grant(role: .staff)], by: admin)
    let issued = try await world.identity.issuePassword(for: user.id, in: world.scope(admin), visit: world.visit)
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", World.otherPassword).status == 422)
    world.clock.advance(days: 8)
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", issued).text.contains("期限が切れています"))
  }

  @Test(arguments: Engine.available)
  func lockingEndsEverythingAtOnce(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    let user = try await world.user("tanaka", [Grant(role: .administrator)], by: admin)
    let (boss, staff) = (await world.signedIn(), await world.signedIn("tanaka", World.otherPassword))
    let page = await boss.get("/settings/users/\(user.id)")
    #expect(HTMLCheck.faults(page.text).isEmpty)
    #expect(await boss.post("/settings/users/\(user.id)/lock", ["reason": "退職"]).status == 303)
    #expect(await staff.get("/ledger").status == 303)
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", World.otherPassword).text.contains("停止しています"))
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", "wrong").text.contains("違います"))
    #expect(await boss.post("/settings/users/\(user.id)/unlock").status == 303)
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", World.otherPassword).status == 303)
    let journal = try await world.journal()
    #expect(journal.contains { $0.hasPrefix("account.locked") && $0.contains("退職") })
    #expect(HTMLCheck.faults(await boss.get("/settings/users").text).isEmpty)
  }

  @Test(arguments: Engine.available)
  func somebodyWhoManagesUsersRemains(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    let boss = await world.signedIn()
    let path = "/settings/users/\(admin.id)"
    let page = await boss.get(path)
    let role = try #require(
      page.text.split(separator: "\(path)/roles/").dropFirst().compactMap { $0.split(separator: "/").first }.first
    )
    #expect(await boss.post("\(path)/roles/\(role)/remove").text.contains("管理できる人がいなくなる"))
    #expect(await boss.post("\(path)/lock").status == 422)
    #expect(await boss.post("\(path)/roles", ["role": "administrator"]).text.contains("すでに持っています"))
    #expect(await boss.post("\(path)/roles", ["role": "king"]).text.contains("役割を選んで"))
    #expect(try await world.count("SELECT count(*) FROM grant_of_role") == 1)
    #expect(await boss.post("\(path)/roles", ["role": "safetyManager"]).status == 303)
    #expect(await boss.post("\(path)/roles/\(role)/remove").status == 303)
    #expect(await boss.get("/settings/users").status == 200)
  }

  @Test func aRoleOfOneDepartmentManagesNobody() async throws {
    let world = try await World(.sqlite, departments: [Identity.Department(id: "d1", name: "放射線科")])
    let admin = try await world.setUp()
    let boss = await world.signedIn()
    let made = await boss.post(
      "/settings/users/new",
      ["displayName": "鈴木", "userName": "suzuki", "role": "departmentHead", "department": "d1"]
    )
    #expect(made.status == 200)
    #expect(await boss.get(LocalPath.make("/settings/users", ["q": "ｓｕｚ"])).text.contains("部門責任者（放射線科）"))
    #expect(await !boss.get("/settings/users?q=nobody&page=9").text.contains("suzuki"))
    let wrong = await boss.post(
      "/settings/users/new",
      ["displayName": "x", "userName": "xx", "role": "staff", "department": "d2"]
    )
    #expect(wrong.text.contains("部門を選び直して"))
    let accounts = try await world.identity.accounts(in: world.scope(admin))
    #expect(
      accounts.first { $0.userName == "suzuki" }?.grants.map(\.grant) == [
        Grant(role: .departmentHead, department: "d1")
      ]
    )
  }

  /// A session that somebody took before ends when its owner gives the password again.
  @Test(arguments: Engine.available)
  func givingThePasswordAgainChangesTheToken(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let boss = await world.signedIn()
    let taken = TestBrowser(world.app)
    for (name, value) in boss.cookies { taken.set(cookie: name, value) }
    #expect(await taken.get("/account").status == 200)
    let before = boss.cookies[WebApp.sessionCookie]
    #expect(await boss.post("/account/confirm", ["password": "wrong", "next": "/account"]).status == 422)
    #expect(boss.cookies[WebApp.sessionCookie] == before)
    #expect(await boss.post("/account/confirm", ["password": World.password, "next": "/account"]).status == 303)
    #expect(boss.cookies[WebApp.sessionCookie] != before)
    #expect(await boss.get("/account").status == 200)
    #expect(await taken.get("/account").status == 303)
    #expect(try await world.count("SELECT count(*) FROM session") == 1)
  }

  @Test func managingUsersWantsARecentPassword() async throws {
    let world = try await World(.sqlite)
    try await world.setUp()
    let boss = await world.signedIn()
    world.clock.advance(seconds: 601)
    let asked = await boss.get("/settings/users?q=1")
    #expect(asked.headers["location"] == "/account/confirm?next=%2Fsettings%2Fusers%3Fq%3D1")
    let page = await boss.follow(asked)
    #expect(HTMLCheck.faults(page.text).isEmpty)
    #expect(await boss.post("/account/confirm", ["password": "wrong", "next": "/settings/users"]).status == 422)
    let confirmed = await boss.post("/account/confirm", ["password": World.password, "next": "//evil"])
    #expect(confirmed.headers["location"] == "/")
    #expect(await boss.get("/settings/users").status == 200)
    world.clock.advance(seconds: 1200)
    #expect(
      await boss.post("/settings/users/new", ["displayName": "a", "userName": "ab", "role": "staff"]).status == 200
    )
    world.clock.advance(seconds: 700)
    #expect(
      await boss.post("/settings/users/new", ["displayName": "a", "userName": "ac", "role": "staff"]).headers[
        "location"
      ]
        == "/account/confirm?next=%2Fsettings%2Fusers"
    )
  }

  @Test func theSecondFactorCanBeTakenAwayByThoseWhoMay() async throws {
    let world = try await World(.sqlite)
    let admin = try await world.setUp()
    let boss = await world.signedIn()
    let factor = try await world.identity.pendingFactor(of: admin, at: world.clock.now)
    await boss.get("/account/second-factor")
    await boss.post("/account/second-factor", ["code": factor.code(step: TOTP.step(at: world.clock.now))])
    let page = await boss.get("/account/second-factor")
    #expect(HTMLCheck.faults(page.text).isEmpty)
    #expect(await boss.post("/account/recovery-codes", ["password": "wrong"]).status == 422)
    let codes = SignInTests.codes(await boss.post("/account/recovery-codes", ["password": World.password]).text)
    #expect(codes.count == 10)
    #expect(await boss.post("/account/second-factor/remove", ["password": World.password]).status == 303)
    #expect(await world.signIn(TestBrowser(world.app)).headers["location"] == "/")
    #expect(try await world.count("SELECT count(*) FROM recovery_code") == 0)
  }

  @Test(arguments: Engine.available)
  func administrationIsDoneWholeOrNotAtAll(_ engine: Engine) async throws {
    let plain = try await World(engine)
    let admin = try await plain.setUp()
    let user = try await plain.user("tanaka", [Grant(role: .staff)], by: admin)
    for number in 1...60 {
      let failing = FailingDatabase(wrapping: plain.database, failAt: number)
      let world = World(failing, plain.clock)
      let before = try await plain.state()
      let (scope, visit) = (world.scope(admin), world.visit)
      do {
        let draft = try AccountDraft(userName: "new\(number)", name: "新人")
        _ = try await world.identity.addUser(draft, grants: [Grant(role: .staff)], in: scope, visit: visit)
        try await world.identity.grant(
          Grant(role: .vendor, department: "d\(number)"),
          to: user.id,
          in: scope,
          visit: visit
        )
        try await world.identity.lock(user.id, reason: "試験", in: scope, visit: visit)
        try await world.identity.unlock(user.id, in: scope, visit: visit)
        _ = try await world.identity.issuePassword(for: user.id, in: scope, visit: visit)
      } catch is StorageError {
        #expect(failing.hasFailed)
      }
      let after = try await plain.state()
      // Each step leaves its rows and its entry in the journal together, or neither.
      #expect(after.journal - before.journal == after.rows - before.rows, "statement \(number)")
      if !failing.hasFailed { return }
      try await plain.identity.unlock(user.id, in: plain.scope(admin), visit: plain.visit)
    }
    Issue.record("never got through")
  }

  @Test func everyRouteAsksForItsPermission() async throws {
    let world = try await World(.sqlite)
    let admin = try await world.setUp()
    _ = try await world.user("tanaka", [Grant(role: .staff)], by: admin)
    _ = try await world.user("gyosha", [Grant(role: .vendor)], by: admin)
    let stranger = TestBrowser(world.app)
    await stranger.get("/sign-in")
    let (staff, vendor) = (
      await world.signedIn("tanaka", World.otherPassword), await world.signedIn("gyosha", World.otherPassword)
    )
    for route in world.identity.capability.routes {
      guard case .needs(let permission) = route.access else { continue }
      let path = route.pattern.split(separator: "/").map { $0.hasPrefix(":") ? "x" : String($0) }.joined(separator: "/")
      func status(_ browser: TestBrowser) async -> Int {
        await browser.send(route.method.rawValue, "/\(path)", ["X-CSRF-Token": browser.token]).status
      }
      // A program is told; a person is led to the sign-in.
      #expect(await status(stranger) == (route.pattern.hasPrefix(Route.apiRoot) ? 401 : 303), "\(route.pattern)")
      #expect(await status(vendor) == 403, "\(route.pattern)")
      #expect(await (status(staff) == 403) == (permission != .signedIn), "\(route.pattern)")
    }
    let names = world.identity.capability.routes.filter { $0.access == .open }.map(\.pattern)
    #expect(
      Set(names) == [
        "/sign-in", "/sign-in/code", "/sign-in/password", "/sign-in/provider",
        "/sign-in/provider/return", "/sign-out", "/setup",
      ]
    )
  }

  @Test(arguments: UInt64(0)..<200)
  func oneMoreRoleNeverTakesAPermissionAway(_ seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    func anyGrant() -> Grant {
      Grant(
        role: Role.allCases.randomElement(using: &chance) ?? .staff,
        department: [nil, "d1", "d2"].randomElement(using: &chance) ?? nil
      )
    }
    let few = (0..<Int.random(in: 0...4, using: &chance)).map { _ in anyGrant() }
    let more = few + [anyGrant()]
    func scope(_ grants: [Grant]) -> Scope<EditLedger>? {
      try? Scope<EditLedger>(
        of: grants,
        facility: FacilityID(rawValue: "f"),
        actor: .system,
        request: "r"
      )
    }
    guard let before = scope(few) else { return }
    let after = scope(more)
    #expect(after != nil)
    if before.departments == nil { #expect(after?.departments == nil) }
    if let wide = after?.departments { #expect(before.departments?.isSubset(of: wide) == true) }
  }

  @Test(arguments: Engine.available)
  func facilitiesDoNotSeeEachOther(_ engine: Engine) async throws {
    let world = try await World(engine)
    let first = try await world.setUp()
    let second = try await world.identity.addFacility(
      FacilityDraft(name: "となり病院"),
      administrator: AccountDraft(userName: "admin", name: "別の人"),
      password: World.otherPassword,
      visit: world.visit
    )
    let browser = TestBrowser(world.app)
    #expect(await world.signIn(browser).text.contains("施設を選んで"))
    let opened = await browser.post(
      "/sign-in",
      ["facility": second.facility.rawValue, "userName": "admin", "password": World.otherPassword]
    )
    await browser.follow(opened)
    let users = await browser.get("/settings/users").text
    #expect(users.contains("別の人"))
    #expect(!users.contains("佐藤 美咲"))
    #expect(await browser.get("/settings/users/\(first.id)").status == 404)
    #expect(await browser.post("/settings/users/\(first.id)/lock").status == 404)
    #expect(
      await browser.post(
        "/sign-in",
        ["facility": first.facility.rawValue, "userName": "admin", "password": World.otherPassword]
      ).status == 422
    )
  }
}
