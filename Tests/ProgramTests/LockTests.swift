import Assessment
import Nouns
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// A round whose pack asks for a second person is not locked before that person has looked: on the page, over the
/// interface and by command, each with the items and the remedy.
@Suite struct LockTests {
  private static let pack = "mhlw-hospital-r8"

  @Test(arguments: Engine.available)
  func pageAndInterfaceSayWhoHasToLook(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("点検", [.readLedger, .answerChecks]).text)
    let path = "/assessments/\(Self.pack)"
    let item = "/assess/\(Self.pack)/items/\(Percent.encode("3-③"))"
    let answered = await client.send(
      "PUT",
      "\(path)/items/\(Percent.encode("3-③"))",
      #"{"value": "no", "reason": "策定中"}"#
    )
    #expect(answered.status == 200)
    let refused = await client.send("PUT", "\(path)/lock", #"{"locked": true}"#)
    #expect(refused.status == 409 && refused.text.contains("3-③") && refused.text.contains("別の人"), "\(refused.text)")
    let administrator = try await hospital.browser(.administrator)
    let page = await administrator.follow(await administrator.post("/assess/\(Self.pack)/lock"))
    #expect(page.text.contains("2人目の確認がまだのため、締められません：3-③"))
    // Whoever answered by token is the same person.
    _ = await administrator.get(item)
    let own = await administrator.follow(await administrator.post("\(item)/confirm", ["version": "1"]))
    #expect(own.text.contains("答えた本人は確認できません"))
    let second = try await hospital.browser(.safetyManager)
    _ = await second.get(item)
    let confirmed = await second.follow(await second.post("\(item)/confirm", ["version": "1"]))
    #expect(confirmed.text.contains("確認を記録しました"))
    let locked = await client.send("PUT", "\(path)/lock", #"{"locked": true}"#)
    #expect(locked.status == 200, "\(locked.text)")
    let state = try locked.json["locked"]
    #expect(state == .bool(true))
    #expect(await client.send("PUT", "\(path)/lock", #"{"locked": false}"#).status == 422)
    let open = await client.send("PUT", "\(path)/lock", #"{"locked": false, "reason": "誤記"}"#)
    let after = try open.json["locked"]
    #expect(after == .bool(false))
    await hospital.close()
  }

  @Test func theCommandNamesTheItemsAndChangesNothing() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let value = ["assess", "answer", "--pack", Self.pack, "--item", "3-③", "--value", "no"]
    #expect(try await hospital.run(value).code == 0)
    let refused = try await hospital.run(["assess", "lock", "--pack", Self.pack])
    #expect(refused.code == 2 && refused.errors.contains("3-③"), "\(refused.errors)")
    let free = try await hospital.run(["assess", "lock", "--pack", "management-3x3"])
    #expect(free.code == 0, "\(free.errors)")
    let again = try await hospital.run(["assess", "lock", "--pack", "management-3x3", "--reopen", "誤記"])
    #expect(again.code == 0, "\(again.errors)")
  }
}
