import Assessment
import Foundation
import Nouns
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// A checklist of the program is unverified until somebody of the facility compared it with its source.
@Suite struct PackConfirmationTests {
  private static let pack = "mhlw-hospital-r8"

  @Test(arguments: Engine.available)
  func aShippedChecklistIsConfirmedOnItsPage(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = APIClient(app: hospital.app, token: try await hospital.token("点検", [.readLedger, .answerChecks]).text)
    func line() async throws -> JSONValue {
      let lines = try await api.get("/checklists?limit=100").json["items"]?.array ?? []
      return try #require(lines.first { $0["id"]?.text == Self.pack })
    }
    #expect(try await line()["verification"]?.text == "unverified")
    let browser = try await hospital.browser(.administrator)
    let path = "/checklists/\(Self.pack)"
    let before = await browser.get(path).text
    #expect(before.contains("未検証") && before.contains("name=\"reason\""))
    #expect(await browser.post("\(path)/confirm", ["reason": ""]).status == 422)
    #expect(await browser.post("\(path)/confirm", ["reason": "厚労省のPDFと全項目を照合"]).status == 303)
    let after = await browser.get(path).text
    #expect(after.contains("確認済み") && after.contains("厚労省のPDFと全項目を照合") && !after.contains("name=\"reason\""))
    // Wherever the checklist is told of, it says so.
    #expect(await browser.get("/assess/\(Self.pack)").text.contains("に確認。"))
    let verified = try await line()
    #expect(verified["verification"]?.text == "verified" && verified["confirmedBy"]?.text?.isEmpty == false)
    let again = await api.send("POST", "\(path)/confirm", #"{"reason": "もう一度"}"#)
    #expect(again.status == 409, "\(again.text)")
    let other = await api.send("POST", "/checklists/nist-csf-2/confirm", #"{"reason": "原文と照合"}"#)
    #expect(other.status == 200, "\(other.text)")
    await hospital.close()
  }

  @Test func aShippedChecklistIsCheckedAndConfirmedByCommand() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    func pack(_ words: [String]) async throws -> Outcome { try await hospital.run(["assess", "pack"] + words) }
    let file = hospital.folder.file("r8.yaml")
    #expect(try await pack(["export", "--pack", Self.pack, "--out", file]).code == 0)
    // A file is checked without an installation.
    let check = try Child(["assess", "pack", "check", file], before: nil, in: hospital.folder)
    #expect(await check.ended() == 0, "\(check.errors)")
    #expect(try await pack(["import", file]).code == 2, "it is one of the program")

    func verification() async throws -> String? {
      let lines = try await hospital.run(["assess", "packs", "--json"]).json as? [[String: Any]]
      return lines?.first { $0["id"] as? String == Self.pack }?["verification"] as? String
    }
    #expect(try await verification() == "unverified")
    let confirm = ["confirm", "--pack", Self.pack, "--reason", "公式のファイルと照合", "--by"]
    #expect(try await pack(confirm + ["だれか"]).code == 2)
    // By user name, as other commands take it.
    let confirmed = try await pack(confirm + ["sato"])
    #expect(confirmed.code == 0, "\(confirmed.errors)")
    #expect(try await verification() == "verified")
    #expect(try await pack(confirm + ["sato"]).code == 2, "it is confirmed already")
  }
}
