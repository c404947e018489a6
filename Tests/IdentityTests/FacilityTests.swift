import Journal
import Nouns
import SQL
import Sealing
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Identity

/// What the facility says of itself: stored, shown at once, on record, and taken back.
@Suite struct FacilityTests {
  private static let typed: KeyValuePairs<String, String> = [
    "name": "みなと中央病院", "kind": "hospital", "beds": "４２０床", "prefecture": "神奈川県", "address": "横浜市中区1-2-3",
    "telephone": "０４５−６８０−００７３", "fiscalYearStart": "10", "version": "1",
  ]

  private func scope(_ account: Account) -> Scope<ManageSettings> {
    .operatorOf(account.facility, as: Actor(id: account.id, name: account.name), request: "test")
  }

  @Test(arguments: Engine.available)
  func whatIsSavedStandsInTheHeadAtOnce(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    let browser = await world.signedIn()
    let saved = await browser.follow(await browser.post("/settings/facility", Self.typed))
    #expect(saved.status == 200 && saved.text.contains("<b>みなと中央病院</b>"))
    let year = FiscalYear(containing: world.clock.now.day, startMonth: 10)
    #expect(saved.text.contains(year.eraLabel) && year.contains(world.clock.now.day))
    let facility = try await world.identity.facility(in: scope(admin))
    #expect(facility.beds == 420 && facility.prefecture == "神奈川県" && facility.telephone == "045-680-0073")
    #expect(facility.fiscalYearStart == 10 && facility.version == 2)
    let journal = try await world.journal()
    #expect(journal.contains { $0.hasPrefix("facility.changed") && $0.contains("みなと中央病院") })
    #expect(saved.text.contains("見本病院") && saved.text.contains("元に戻す"), "the history shows what it was")
  }

  @Test(arguments: Engine.available)
  func aChangeIsTakenBackFieldByField(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    let (identity, scope) = (world.identity, scope(admin))
    func values(_ facility: Facility, _ changes: [Facility.Field: String]) throws -> FacilityDraft {
      var all = Dictionary(uniqueKeysWithValues: Facility.Field.allCases.map { ($0, facility.value($0)) })
      all.merge(changes) { _, new in new }
      return try FacilityDraft(all)
    }
    let first = try await identity.facility(in: scope)
    let change = try #require(
      try await identity.save(
        values(first, [.name: "新しい名前", .beds: "10"]),
        version: 1,
        in: scope,
        visit: world.visit
      )
    )
    #expect(
      try await identity.save(values(first, [.name: "新しい名前", .beds: "10"]), version: 2, in: scope, visit: world.visit)
        == nil
    )
    let second = try await identity.facility(in: scope)
    try await identity.save(values(second, [.beds: "20"]), version: 2, in: scope, visit: world.visit)
    let outcome = try await identity.undoFacilityChange(change, in: scope, visit: world.visit)
    #expect(outcome.restored == 1 && outcome.left == 1)
    let last = try await identity.facility(in: scope)
    #expect(last.name == first.name && last.beds == 20, "what was changed again stays")
    world.clock.advance(seconds: 8 * 86_400)
    await #expect(throws: Problems.self) {
      try await identity.undoFacilityChange(change, in: scope, visit: world.visit)
    }
    await #expect(throws: Identity.Missing.self) {
      try await identity.undoFacilityChange("nonsense", in: scope, visit: world.visit)
    }
  }

  @Test(arguments: Engine.available)
  func twoWhoEditAtOnceAreTold(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let browser = await world.signedIn()
    await browser.post("/settings/facility", Self.typed)
    let late = await browser.post(
      "/settings/facility",
      ["name": "別の名前", "kind": "clinic", "fiscalYearStart": "4", "version": "1"]
    )
    #expect(late.status == 409)
    #expect(late.text.contains("ほかの人が先に変更しました") && late.text.contains("いまは「みなと中央病院」になっています。"))
    #expect(late.text.contains("value=\"別の名前\""), "what was typed stays")
    #expect(late.text.contains("name=\"version\" value=\"2\""), "saving again is on purpose")
  }

  @Test(arguments: [
    ("name", "", "施設の名前"), ("beds", "-3", "病床数"), ("beds", "たくさん", "病床数"), ("telephone", "なし", "電話番号"),
    ("prefecture", "江戸", "都道府県"), ("kind", "zoo", "種類"), ("fiscalYearStart", "13", "月"),
  ])
  func whatIsWrongIsSaidBesideItsField(_ field: String, _ value: String, _ word: String) async throws {
    let world = try await World(.sqlite)
    try await world.setUp()
    let browser = await world.signedIn()
    var form = Self.typed.map { ($0.key, $0.value) }.filter { $0.0 != field }
    form.append((field, value))
    let body = (form + [("csrf", browser.token)]).map { "\(Percent.encode($0.0))=\(Percent.encode($0.1))" }
    let answer = await browser.send(
      "POST",
      "/settings/facility",
      ["Content-Type": "application/x-www-form-urlencoded"],
      Array(body.joined(separator: "&").utf8)
    )
    #expect(answer.status == 422 && answer.text.contains(word), "\(answer.status)")
  }

  @Test func datesAreWrittenAsEachPersonLikes() async throws {
    let world = try await World(.sqlite)
    try await world.setUp()
    let browser = await world.signedIn()
    let day = world.clock.now.day
    for style in [nil] + DateStyle.allCases.map(Optional.some) {
      await browser.post("/account", ["displayName": "佐藤 美咲", "language": "ja", "dateStyle": style?.rawValue ?? ""])
      let page = await browser.get("/account")
      let dates = ShownDates(style, .ja)
      // The head has the year as plain text.
      let year = dates.fiscalYear(FiscalYear(containing: day))
      #expect(page.text.contains("</b>\(year)</div>"), "\(String(describing: style))")
    }
  }

  /// Where the facility asks for it, those who manage can do no more than staff until they sign in in two steps: on pages
  /// and with their tokens alike. Nobody is locked out, for setting it up is everybody's.
  @Test(arguments: Engine.available)
  func whoeverManagesSignsInInTwoSteps(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    let browser = await world.signedIn()
    let token = try await world.identity.makeToken(
      try APITokenDraft(name: "台帳", permissions: [Permission.readLedger.rawValue], days: 30),
      for: admin,
      in: scope(admin)
    ).text
    func bearer() async throws -> Session? {
      try await world.identity.findBearer(token, "10.0.0.9", world.clock.now)
    }
    #expect(await browser.get("/ledger").status == 200)
    #expect(try await bearer()?.may(.readLedger) == true)
    let form: KeyValuePairs<String, String> = [
      "name": "見本病院", "kind": "hospital", "fiscalYearStart": "4", "secondFactor": "yes", "version": "1",
    ]
    #expect(await browser.post("/settings/facility", form).status == 303)
    let home = await browser.get("/")
    #expect(home.status == 200 && home.text.contains("管理する人には2段階認証が必要です"))
    for path in ["/ledger", "/settings/facility", "/settings/users"] {
      #expect(await browser.get(path).status == 403, "\(path)")
    }
    #expect(try await bearer()?.may(.readLedger) == false)

    #expect(await browser.get("/account/second-factor").status == 200)
    let factor = try await world.identity.pendingFactor(of: admin, at: world.clock.now)
    let code = factor.code(step: TOTP.step(at: world.clock.now))
    #expect(await browser.post("/account/second-factor", ["code": code]).status == 200)
    #expect(await browser.get("/ledger").status == 200)
    #expect(await !browser.get("/").text.contains("管理する人には2段階認証が必要です"))
    #expect(try await bearer()?.may(.readLedger) == true)
    let page = await browser.get("/settings/facility").text
    #expect(page.contains("必須にする"), "form and history show it")
  }

  @Test func onlyWhatManagesIsTakenAway() {
    let held = [
      Grant(role: .administrator, department: "d-1"), Grant(role: .departmentHead), Grant(role: .safetyManager),
    ]
    let open = WantedFactor(held, isWanted: true, hasFactor: false)
    #expect(open.isMissing)
    #expect(open.grants.map(\.role) == [.staff, .departmentHead, .staff] && open.grants[0].department == "d-1")
    for (isWanted, hasFactor) in [(true, true), (false, false), (false, true)] {
      let all = WantedFactor(held, isWanted: isWanted, hasFactor: hasFactor)
      #expect(!all.isMissing && all.grants == held)
    }
    #expect(!WantedFactor([Grant(role: .director)], isWanted: true, hasFactor: false).isMissing)
  }
}

/// One person with accounts in two facilities.
@Suite struct LinkTests {
  private struct Two {
    let world: World
    let browser: TestBrowser
    let other: Account
  }

  private func two(_ engine: Engine) async throws -> Two {
    let world = try await World(engine)
    try await world.setUp()
    let other = try await world.identity.addFacility(
      try FacilityDraft(name: "ひがし診療所", kind: "clinic"),
      administrator: try AccountDraft(userName: "higashi", name: "佐藤 美咲"),
      password: World.otherPassword,
      visit: world.visit
    )
    let home = try #require(try await world.identity.facilities().first { $0.name == "見本病院" })
    let browser = TestBrowser(world.app)
    await browser.get("/sign-in")
    await browser.follow(
      await browser.post(
        "/sign-in",
        ["userName": "admin", "password": World.password, "facility": home.id.rawValue]
      )
    )
    return Two(world: world, browser: browser, other: other)
  }

  private func link(_ two: Two, _ password: String = World.otherPassword) async -> WebResponse {
    await two.browser.post(
      "/account/links",
      ["facility": two.other.facility.rawValue, "userName": "higashi", "password": password]
    )
  }

  @Test(arguments: Engine.available)
  func linkedAccountsChangeInTheHead(_ engine: Engine) async throws {
    let two = try await two(engine)
    let before = await two.browser.get("/account")
    #expect(!before.text.contains("施設を切り替える"))
    #expect(await two.browser.post("/account/switch", ["facility": two.other.facility.rawValue]).status == 303)
    #expect(await two.browser.get("/account").text.contains("<b>見本病院</b>"), "without a link nothing changes")
    #expect(await link(two).status == 303)
    let page = await two.browser.get("/account")
    #expect(page.text.contains("施設を切り替える") && page.text.contains("ひがし診療所"))
    let old = try #require(two.browser.cookies[WebApp.sessionCookie])
    two.world.clock.advance(seconds: 20 * 60)
    await two.browser.follow(await two.browser.post("/account/switch", ["facility": two.other.facility.rawValue]))
    let there = await two.browser.get("/account")
    #expect(there.text.contains("<b>ひがし診療所</b>") && there.text.contains("higashi"))
    #expect(await two.browser.get("/settings/users").status == 303, "the password was given twenty minutes ago")
    let stale = TestBrowser(two.world.app)
    stale.set(cookie: WebApp.sessionCookie, old)
    #expect(await stale.get("/account").status == 303, "the session left behind has ended")
    // And back, from the other side.
    let home = try #require(try await two.world.identity.facilities().first { $0.name == "見本病院" })
    await two.browser.follow(await two.browser.post("/account/switch", ["facility": home.id.rawValue]))
    #expect(await two.browser.get("/account").text.contains("<b>見本病院</b>"))
    let kinds = try await two.world.journal()
    #expect(kinds.count { $0.hasPrefix("account.linked") } == 2)
    await two.browser.post("/account/links/\(two.other.facility.rawValue)/end")
    #expect(await !two.browser.get("/account").text.contains("施設を切り替える"))
    #expect(try await two.world.count("SELECT count(*) FROM account_link") == 0)
  }

  @Test(arguments: Engine.available)
  func withoutTheOtherPasswordNothingIsLinked(_ engine: Engine) async throws {
    let two = try await two(engine)
    #expect(await link(two, "wrong").status == 422)
    #expect(try await two.world.count("SELECT count(*) FROM account_link") == 0)
    for _ in 0..<4 { _ = await link(two, "wrong") }
    #expect(await link(two).text.contains("しばらく"), "guessing there is stopped as at sign-in")
    #expect(try await two.world.journal().contains { $0.hasPrefix("account.locked-out") })
  }

  @Test(arguments: Engine.available)
  func aLockOrANewPasswordEndsTheLink(_ engine: Engine) async throws {
    for resets in [true, false] {
      let two = try await two(engine)
      #expect(await link(two).status == 303)
      let second = try await two.world.identity.addUser(
        try AccountDraft(userName: "second", name: "二人目"),
        grants: [Grant(role: .administrator)],
        in: two.world.scope(two.other),
        visit: two.world.visit
      )
      #expect(second.account.userName == "second")
      let scope = two.world.scope(two.other)
      if resets {
        _ = try await two.world.identity.issuePassword(for: two.other.id, in: scope, visit: two.world.visit)
      } else {
        try await two.world.identity.lock(two.other.id, reason: "退職", in: scope, visit: two.world.visit)
      }
      #expect(await !two.browser.get("/account").text.contains("施設を切り替える"))
      await two.browser.post("/account/switch", ["facility": two.other.facility.rawValue])
      #expect(await two.browser.get("/account").text.contains("<b>見本病院</b>"))
    }
  }
}

/// Lock-outs are on record, seen and let go of by those who manage users.
@Suite struct SignInLogTests {
  @Test(arguments: Engine.available)
  func aLockOutIsOnRecordAndCanBeCleared(_ engine: Engine) async throws {
    let world = try await World(engine)
    let admin = try await world.setUp()
    let account = try await world.user("tanaka", [Grant(role: .staff)], by: admin)
    let stranger = TestBrowser(world.app, peer: "10.0.0.77")
    world.clock.advance(seconds: 60)
    for _ in 0..<4 { await world.signIn(stranger, "tanaka", "wrong") }
    #expect(try await !world.journal().contains { $0.contains("locked-out") })
    await world.signIn(stranger, "tanaka", "wrong")
    for _ in 0..<5 { await world.signIn(stranger, "secret-typed-here", "wrong") }
    let journal = try await world.journal().filter { $0.contains("locked-out") }
    #expect(journal.count == 2 && journal.allSatisfy { $0.contains("10.0.0.77") && !$0.contains("secret") })
    let browser = await world.signedIn()
    let log = await browser.get("/settings/sign-ins?only=locked")
    #expect(log.text.contains("利用者 tanaka") && log.text.contains("登録されていないユーザー名"))
    #expect(log.text.contains("失敗5回") && log.text.contains("10.0.0.77"))
    #expect(await browser.get("/settings/users/\(account.id)").text.contains("すぐに試せるようにする"))
    await browser.post("/settings/users/\(account.id)/lock-out/clear")
    #expect(await world.signIn(TestBrowser(world.app), "tanaka", World.otherPassword).status == 303)
    #expect(try await world.journal().contains { $0.hasPrefix("account.lock-out-cleared") })
  }

  @Test(arguments: Engine.available)
  func anAddressIsOnRecordAndCanBeCleared(_ engine: Engine) async throws {
    let world = try await World(engine)
    try await world.setUp()
    let stranger = TestBrowser(world.app, peer: "10.0.0.66")
    for number in 0..<30 { await world.signIn(stranger, "user\(number)", "wrong") }
    #expect(await world.signIn(stranger).status == 429)
    let browser = await world.signedIn()
    #expect(await browser.get("/settings/sign-ins").text.contains("待ち時間になっている接続元"))
    await browser.post("/settings/sign-ins/clear", ["address": "10.0.0.66"])
    #expect(await !browser.get("/settings/sign-ins").text.contains("待ち時間になっている接続元"))
    #expect(await world.signIn(stranger).status == 303)
  }

  /// On a phone the head is folded away; the way out stands in the menu, as a form that needs no script.
  @Test func theWayOutStandsInTheMenuToo() async throws {
    let world = try await World(.sqlite)
    try await world.setUp()
    let page = await world.signedIn().get("/account").text
    let menu = try #require(
      page.split(separator: "<nav class=\"side\"").dropFirst().first?.split(separator: "</nav>").first
    )
    #expect(menu.contains("action=\"/sign-out\"") && menu.contains("name=\"csrf\""))
  }
}
