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

/// Two people have the form of one record open: the second is told who was first and with what, keeps what was typed, and
/// decides.
@Suite struct TwoEditorsTests {
  @Test(arguments: Engine.available) func theSecondIsToldAndNothingIsLost(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 3)
    let vendor = try await hospital.house.records.store.create(
      .vendor,
      ["name": "東都保守", "phone": "03-0000-0001"],
      in: hospital.scope()
    )
    let path = "/ledger/vendor/\(vendor.id)/edit"
    let first = try await hospital.browser(.administrator)
    let second = try await hospital.browser(.safetyManager)
    for browser in [first, second] { #expect(await browser.get(path).status == 200) }

    let saved = await first.post(path, ["version": "1", "name": "東都保守", "phone": "03-0000-0002"])
    #expect(saved.status == 303)
    let mine: KeyValuePairs = [
      "version": "1", "name": "東都保守", "phone": "03-0000-0003", "remarks": "電話で確かめた。",
    ]
    let told = await second.post(path, mine)
    #expect(told.status == 409)
    for words in ["先に変更しました", "03-0000-0002", "03-0000-0003", "電話で確かめた。", "name=\"version\" value=\"2\""] {
      #expect(told.text.contains(words), "\(words) is missing")
    }
    #expect(try await phone(vendor.id, hospital) == "03-0000-0002", "the first change stands until somebody decides")

    let decided = await second.post(
      path,
      ["version": "2", "name": "東都保守", "phone": "03-0000-0003", "remarks": "電話で確かめた。"]
    )
    #expect(decided.status == 303)
    #expect(try await phone(vendor.id, hospital) == "03-0000-0003")
    let history = await first.get("/ledger/vendor/\(vendor.id)").text
    #expect(history.contains("03-0000-0002") && history.contains("03-0000-0003"), "both stand in the history")
    await hospital.close()
  }

  /// The same for an item of a checklist.
  @Test(arguments: Engine.available) func theSecondSeesTheFirstOnesAnswer(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 3)
    let path = "/assess/prefecture-20/items/4"
    let first = try await hospital.browser(.administrator)
    let second = try await hospital.browser(.safetyManager)
    for browser in [first, second] { #expect(await browser.get(path).status == 200) }
    let saved = await first.post(path, ["version": "", "value": "1", "reason": "現場で見た", "remarks": "一人目の備考"])
    #expect(saved.status == 303, "\(saved.text)")
    let told = await second.post(path, ["version": "", "value": "0", "reason": "まだない", "remarks": "二人目の備考"])
    #expect(told.status == 409)
    for words in ["ほかの人が先に答えた", "一人目の備考", "レベル1", "二人目の備考", "name=\"version\" value=\"1\""] {
      #expect(told.text.contains(words), "\(words) is missing")
    }
    let decided = await second.post(path, ["version": "1", "value": "0", "reason": "まだない", "remarks": "二人目の備考"])
    #expect(decided.status == 303, "\(decided.text)")
    #expect(await first.get(path).text.contains("二人目の備考"))
    await hospital.close()
  }

  private func phone(_ id: String, _ hospital: Installation) async throws -> String? {
    try await hospital.house.records.store.find(.vendor, id: id, in: hospital.scope()).record["phone"]
  }
}
