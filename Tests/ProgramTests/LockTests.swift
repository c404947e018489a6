import Assessment
import Nouns
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// A round is not locked before everything is answered and, where its pack asks for a second person, that person has looked:
/// on the page, over the interface and by command, each with the items and the remedy.
@Suite struct LockTests {
  private static let pack = "mhlw-hospital-r8"

  @Test(arguments: Engine.available)
  func pageAndInterfaceSayWhoHasToLook(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("点検", [.readLedger, .answerChecks]).text)
    let path = "/assessments/\(Self.pack)"
    func item(_ key: String) -> String { "/assess/\(Self.pack)/items/\(Percent.encode(key))" }
    let none = await client.send("PUT", "\(path)/lock", #"{"locked": false, "reason": "誤記"}"#)
    #expect(none.status == 409 && none.text.contains("締めていない"), "\(none.text)")
    let unfinished = await client.send("PUT", "\(path)/lock", #"{"locked": true}"#)
    #expect(unfinished.status == 409 && unfinished.text.contains("1-①"), "\(unfinished.text)")
    for line in try await client.get("\(path)?limit=500").json["items"]?.array ?? [] {
      let key = try #require(line["item"]?.text)
      let answered = await client.send(
        "PUT",
        "\(path)/items/\(Percent.encode(key))",
        #"{"value": "\#(key == "0" ? "yes" : "no")", "reason": "策定中"}"#
      )
      #expect(answered.status == 200, "\(key): \(answered.text)")
    }
    let refused = await client.send("PUT", "\(path)/lock", #"{"locked": true}"#)
    #expect(refused.status == 409 && refused.text.contains("3-③") && refused.text.contains("別の人"), "\(refused.text)")
    let administrator = try await hospital.browser(.administrator)
    let page = await administrator.follow(await administrator.post("/assess/\(Self.pack)/lock"))
    #expect(page.text.contains("2人目の確認がまだのため、締められません：3-②、3-③"))
    // Whoever answered by token is the same person.
    _ = await administrator.get(item("3-③"))
    let own = await administrator.follow(await administrator.post("\(item("3-③"))/confirm", ["version": "1"]))
    #expect(own.text.contains("答えた本人は確認できません"))
    let second = try await hospital.browser(.safetyManager)
    for key in ["3-②", "3-③"] {
      _ = await second.get(item(key))
      let confirmed = await second.follow(await second.post("\(item(key))/confirm", ["version": "1"]))
      #expect(confirmed.text.contains("確認を記録しました"))
    }
    let locked = await client.send("PUT", "\(path)/lock", #"{"locked": true}"#)
    #expect(locked.status == 200, "\(locked.text)")
    let state = try locked.json["locked"]
    #expect(state == .bool(true))
    #expect(await client.send("PUT", "\(path)/lock", #"{"locked": false}"#).status == 422)
    let open = await client.send("PUT", "\(path)/lock", #"{"locked": false, "reason": "誤記"}"#)
    let after = try open.json["locked"]
    #expect(after == .bool(false))
    let told = await administrator.get("/assess/\(Self.pack)").text
    #expect(told.contains("締めた後に開き直された") && told.contains("理由：誤記"))
    await hospital.close()
  }

  @Test func theCommandNamesTheItemsAndChangesNothing() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let matrix = try #require(Checklists.checklist("management-3x3"))
    func lock(_ more: String...) async throws -> (code: Int32, errors: String) {
      let ended = try await hospital.run(["assess", "lock", "--pack", matrix.id] + more)
      return (ended.code, ended.errors)
    }
    let refused = try await lock()
    #expect(refused.code == 2 && refused.errors.contains(matrix.items[0].name.ja), "\(refused.errors)")
    for item in matrix.items {
      let value = ["--item", item.key, "--value", "no", "--reason", "策定中"]
      #expect(try await hospital.run(["assess", "answer", "--pack", matrix.id] + value).code == 0)
    }
    let open = try await lock("--reopen", "誤記")
    #expect(open.code == 2 && ["締めていない", "not locked"].contains(where: open.errors.contains), "\(open.errors)")
    #expect(try await lock().code == 0)
    #expect(try await lock("--reopen", "　").code == 2, "blanks are no reason")
    #expect(try await lock("--reopen", "誤記").code == 0)
  }
}
