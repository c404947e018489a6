import Nouns
import SQL
import Support
import Testing
import Time
import Web
import WebSupport

@testable import Identity

@Suite struct LockOutTests {
  @Test(arguments: [
    (0, 0), (4, 0), (5, 60), (6, 120), (7, 240), (9, 960), (10, 1800), (11, 1800), (1_000_000, 1800),
  ])
  func theDelayOfAnAccountDoubles(_ failures: Int, _ seconds: Int) {
    #expect(LockOut.account.delay(failures: failures) == seconds)
  }

  @Test(arguments: [(29, 0), (30, 10), (31, 20), (36, 640), (37, 900), (Int.max, 900)])
  func theDelayOfAnAddressDoubles(_ failures: Int, _ seconds: Int) {
    #expect(LockOut.address.delay(failures: failures) == seconds)
  }

  @Test(arguments: [(0, 60), (1, 59), (59, 1), (60, 0), (61, 0)])
  func theWaitRunsOut(_ passed: Int, _ left: Int) {
    let last = Instant(milliseconds: 1_000_000)
    #expect(LockOut.account.wait(failures: 5, last: last, now: last.adding(seconds: passed)) == left)
    #expect(LockOut.account.wait(failures: 5, last: nil, now: last) == 0)
  }

  @Test(arguments: UInt64(0)..<200)
  func moreFailuresNeverMeanLessWaiting(_ seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let failures = Int.random(in: 0...60, using: &chance)
    for rule in [LockOut.account, .address] {
      #expect(rule.delay(failures: failures) <= rule.delay(failures: failures + 1))
      #expect(rule.delay(failures: failures) <= rule.longest)
    }
  }

  @Test(arguments: Engine.available, ["admin", "nobody"])
  func fiveWrongPasswordsCostAMinute(_ engine: Engine, _ user: String) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let browser = TestBrowser(world.app)
    for _ in 0..<5 { #expect(await world.signIn(browser, user, "wrong").status == 422) }
    let waiting = await world.signIn(browser, user, World.password)
    #expect(waiting.status == 429)
    #expect(waiting.headers["retry-after"] == "60")
    #expect(waiting.text.contains("1分待って"))
    #expect(waiting.text.contains("value=\"\(user)\""), "the name typed stays")
    world.clock.advance(seconds: 59)
    #expect(await world.signIn(browser, user, World.password).status == 429)
    world.clock.advance(seconds: 1)
    #expect(await world.signIn(browser, user, World.password).status == (user == "admin" ? 303 : 422))
  }

  @Test(arguments: Engine.available)
  func oneAddressCannotTryManyNames(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let browser = TestBrowser(world.app, peer: "10.0.0.66")
    for number in 0..<30 { #expect(await world.signIn(browser, "user\(number)", "wrong").status == 422) }
    #expect(await world.signIn(browser, "admin", World.password).status == 429)
    #expect(await world.signIn(TestBrowser(world.app, peer: "10.0.0.67")).status == 303)
    world.clock.advance(seconds: 10)
    #expect(await world.signIn(browser).status == 303)
  }

  @Test(arguments: Engine.available)
  func manyAtOnceCannotOutrunTheLock(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let visit = world.visit
    let outcomes = await withTaskGroup(of: SignInRefusal?.self) { group in
      for number in 0..<20 {
        group.addTask {
          do {
            _ = try await world.identity.signIn(
              userName: "admin",
              password: "wrong\(number)",
              facility: nil,
              visit: visit
            )
            return nil
          } catch {
            return error as? SignInRefusal
          }
        }
      }
      var outcomes: [SignInRefusal?] = []
      for await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
    #expect(outcomes.count { $0 == .wrong } == 5)
    #expect(
      outcomes.count {
        if case .wait = $0 { true } else { false }
      } == 15
    )
  }

  @Test(arguments: Engine.available)
  func whatWasTypedIsNotKept(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    await world.signIn(TestBrowser(world.app), "my-secret-password", "x")
    let subjects = try await world.database.read(.everyFacility) { tx in
      try tx.rows("SELECT subject FROM sign_in_attempt").map { try $0.text("subject") }
    }
    #expect(subjects.count == 1)
    #expect(subjects.allSatisfy { $0.count == 64 && !$0.contains("secret") })
  }

  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "20010db800010002::/64"), ("::1", "0000000000000000::/64"),
    ("", ""),
  ])
  func anIPv6NetworkIsOnePlace(_ address: String, _ network: String) {
    #expect(Visit(address: address, now: Instant(milliseconds: 0), request: "").network == network)
  }

  @Test func endlessNamesAndPasswordsAreJustWrong() async throws {
    let world = try await World(.sqlite)
    try await world.setUp()
    let long = String(repeating: "あ", count: 100_000)
    let browser = TestBrowser(world.app)
    #expect(await world.signIn(browser, "admin", long).status == 422)
    #expect(await world.signIn(browser, "nobody", long).status == 422)
    #expect(await world.signIn(browser, long, World.password).status == 422)
  }

  /// A page that somebody may not see is on record once an hour, without what was typed into its address.
  @Test(arguments: Engine.available)
  func whoeverIsRefusedIsOnRecord(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    _ = try await world.user("staff", [Grant(role: .staff)], by: admin)
    let browser = await world.signedIn("staff", World.otherPassword)
    func refused() async throws -> [String] {
      try await world.journal().filter { $0.hasPrefix("account.refused") }
    }
    for _ in 0..<3 { #expect(await browser.get("/ledger?q=secret").status == 403) }
    let first = try await refused()
    #expect(first.count == 1 && first[0].contains("readLedger") && first[0].contains("GET"), "\(first)")
    #expect(!first[0].contains("secret"))
    #expect(await browser.get("/settings/users").status == 403)
    #expect(try await refused().count == 2, "another permission is told of by itself")
    let log = await world.signedIn().get("/settings/sign-ins").text
    #expect(log.contains("権限のない操作") && log.contains("利用者 staff"))
  }

  @Test func aRefusalIsToldOfOnceAnHour() {
    let log = RefusalLog()
    let now = Instant(LocalDate(dayNumber: 700_000))
    #expect(log.isNew("a", at: now) && !log.isNew("a", at: now.adding(seconds: 3_599)))
    #expect(log.isNew("b", at: now) && log.isNew("a", at: now.adding(seconds: 3_600)))
  }
}
