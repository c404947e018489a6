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

/// Somebody who has an account in two facilities sees the one they are in, and nothing of the other but its name in the
/// head.
@Suite struct LinkedFacilityTests {
  @Test(arguments: Engine.available)
  func onlyTheFacilityOneIsInIsShown(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 10)
    let other = try await hospital.house.identity.addFacility(
      try FacilityDraft(name: "ひがし診療所"),
      administrator: try AccountDraft(userName: "higashi", name: "東 一郎"),
      password: Installation.password
    )
    let browser = try await hospital.browser(.administrator)
    let linked = await browser.post(
      "/account/links",
      ["facility": "ひがし診療所", "userName": "higashi", "password": Installation.password]
    )
    #expect(linked.status == 303)
    let record = try #require(
      try await hospital.house.records.store.list(.asset, ListQuery(pageSize: 1), in: hospital.scope())
        .records.first
    )
    let paths = [
      "/", "/duties", "/facts", "/search?q=%E7%AB%AF%E6%9C%AB", "/ledger/asset", "/ledger/changes", "/settings/users",
      "/settings/sign-ins", "/settings/facility",
    ]
    #expect(await browser.get("/ledger/asset").text.contains(record.title))

    await browser.follow(await browser.post("/account/switch", ["facility": other.facility.rawValue]))
    for path in paths {
      let page = await browser.get(path)
      #expect(page.status == 200 && page.text.contains("<b>ひがし診療所</b>"), "\(path): \(page.status)")
      #expect(!page.text.contains(record.title), "\(path)")
    }
    #expect(await browser.get("/ledger/asset/\(record.id)").status == 404)

    await browser.follow(await browser.post("/account/switch", ["facility": hospital.facility.rawValue]))
    #expect(await browser.get("/ledger/asset/\(record.id)").status == 200)
    for path in paths { #expect(await !browser.get(path).text.contains("東 一郎"), "\(path)") }
    await hospital.close()
  }
}
