import Assessment
import Foundation
import Nouns
import Organization
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// Items that a department is asked for, answered by a link without an account and taken over.
@Suite struct AskedLinkPageTests {
  private static let pack = "mhlw-hospital-r8"

  @Test(arguments: Engine.available)
  func aDepartmentAnswersByALink(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let department = try #require(try await hospital.house.organization.departments(hospital.facility).first)
    let page = try await hospital.browser(.administrator)
    let client = APIClient(
      app: hospital.app,
      token: try await hospital.token("リンク", [.readLedger, .answerChecks]).text
    )
    let asked = await client.send(
      "POST",
      "/assessments/\(Self.pack)/assignments",
      #"{"items": ["3-①", "3-③"], "department": "\#(department.id)", "due": "2027-01-15", "note": "写真も"}"#
    )
    #expect(asked.status == 200, "\(asked.text)")
    // Nobody there has an account: named instead of counted.
    let reminded = try await client.send("POST", "/assessments/\(Self.pack)/assignment-reminders", "{}").json
    #expect(reminded["unreached"]?.array?.compactMap(\.text) == [department.title])
    #expect(reminded["reminded"]?.array?.isEmpty == true)
    let whom = Percent.encode("d:\(department.id)")
    let place = "/assess/\(Self.pack)/links/\(whom)"
    #expect(await page.get(place).text.contains("リンクを作る"))
    let made = await page.post(place, [:])
    #expect(made.status == 200 && made.headers["cache-control"] == "no-store")
    let parts: [String] = made.text.components(separatedBy: "href=\"")
    let found: String? = parts.first { $0.hasPrefix("/asked/") }
    let address = String(try #require(found).prefix { $0 != "\"" })
    #expect(await !page.get(place).text.contains(address), "it is shown once")

    let stranger = TestBrowser(hospital.app, peer: "10.0.0.79")
    let form = await stranger.get(address)
    #expect(form.status == 200 && form.text.contains("写真も") && form.text.contains("value.3-③"), "\(form.status)")
    #expect(!form.text.contains("value.3-②") && !form.text.contains("/assess/"))
    let nobody = await stranger.post(address, ["value.3-③": "yes", "do": "save"])
    #expect(nobody.status == 422 && nobody.text.contains("答えた人の名前"))
    let saved = await stranger.post(address, ["respondent": "技師長 田中", "value.3-③": "yes", "do": "save"])
    #expect(saved.status == 303, "\(saved.text)")
    #expect(await stranger.get(address + "?kept=saved").text.contains("まだ送っていません"))
    let replies = "/assessments/\(Self.pack)/asked-replies"
    #expect(try await client.get(replies).json["total"]?.integer == 0)
    let sent = await stranger.post(
      address,
      ["respondent": "技師長 田中", "value.3-③": "yes", "version.3-③": "1", "value.3-①": "no", "do": "send"]
    )
    #expect(sent.status == 303, "\(sent.text)")
    #expect(try await client.get(replies).json["total"]?.integer == 2)
    #expect(await page.get(place).text.contains("届いた"))

    // No answer of the hospital's before somebody takes it over.
    let item = "/assess/\(Self.pack)/items/\(Percent.encode("3-③"))"
    let shown = await page.get(item).text
    #expect(shown.contains("リンクから届いた答え") && shown.contains("技師長 田中") && shown.contains("この答えを病院の答えにする"))
    #expect(await page.post(item + "/reply", ["version": "1", "reason": "確認した"]).status == 303)
    let standing = try await hospital.house.assessment.standing(
      try #require(Checklists.checklist(Self.pack)),
      hospital.facility
    )
    #expect(standing["3-③"]?.answer?.value == .yes)
    let one = "/assessments/\(Self.pack)/items/\(Percent.encode("3-①"))/reply"
    #expect(await client.send("POST", one, #"{"version": 9}"#).status == 409)
    #expect(await client.send("POST", one, #"{"version": 1, "reason": "確認した"}"#).status == 204)
    #expect(await stranger.get(address).text.contains("済んだ項目"))

    // Another link ends the one before, and an ended one opens nothing; without anything to answer there is none.
    let link = "/assessments/\(Self.pack)/asked-links/\(whom)"
    #expect(await client.send("PUT", link).status == 422)
    #expect(await page.post(place, [:]).status == 303)
    let more = #"{"items": ["2-④"], "department": "\#(department.id)", "due": "2027-01-15"}"#
    #expect(await client.send("POST", "/assessments/\(Self.pack)/assignments", more).status == 200)
    let other = try #require(try await client.send("PUT", link).json["address"]?.text)
    #expect(await stranger.get(address).status == 404)
    #expect(await stranger.get(other).status == 200)
    #expect(await client.send("DELETE", link).status == 204)
    #expect(await stranger.get(other).status == 404)
    let none = "/assessments/\(Self.pack)/asked-links/\(Percent.encode("d:nobody"))"
    #expect(await client.send("PUT", none).status == 422)
    await hospital.close()
  }

  /// One wrong day loses nothing of what was typed, and says at its field that there is no such day.
  @Test func aWrongDayLosesNothing() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let department = try #require(try await hospital.house.organization.departments(hospital.facility).first)
    let page = try await hospital.browser(.administrator)
    let whom = "d:\(department.id)"
    let item = "/assess/\(Self.pack)/items/\(Percent.encode("3-③"))"
    _ = await page.get(item)
    let wrong = await page.post(item + "/assign", ["whom": whom, "due": "R8.2.30", "word": "写真も"])
    #expect(wrong.status == 422, "\(wrong.status)")
    for kept in ["30日はありません", "value=\"R8.2.30\"", "value=\"写真も\"", "value=\"\(whom)\" selected"] {
      #expect(wrong.text.contains(kept), "\(kept)")
    }
    #expect(await page.post(item + "/assign", ["whom": whom, "due": "R20.2.28", "word": "写真も"]).status == 303)
    let vendor = "/assess/mhlw-vendor-r8/vendors/\(try await Addresses.supplier(in: hospital))"
    let form = await page.post(vendor + "/sent", ["due": "R8.2.30"])
    #expect(form.status == 422 && form.text.contains("30日はありません") && form.text.contains("value=\"R8.2.30\""))
    await hospital.close()
  }

  @Test func commandsDoTheSame() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let added = try await hospital.run(["user", "add", "suzuki", "--name", "鈴木 一", "--role", "administrator"])
    #expect(added.code == 0, "\(added.errors)")
    func delegate(_ words: String...) async throws -> Outcome {
      try await hospital.run(["assess", "delegate", words[0], "--pack", Self.pack] + words.dropFirst())
    }
    #expect(try await delegate("link", "--to", "だれか").code == 2)
    #expect(try await delegate("assign", "--to", "鈴木 一", "3-①").code == 0)
    #expect(try await delegate("link", "--to", "鈴木 一").code == 2, "a person has an account")
    #expect(try await delegate("unlink", "--to", "鈴木 一").code == 0)
    #expect(try await delegate("take", "3-①").code == 2, "nothing came")
  }
}
