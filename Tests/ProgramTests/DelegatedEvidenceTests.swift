import Assessment
import Identity
import Nouns
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// Whoever is asked for one answer shows what it rests on, and nothing else.
@Suite struct DelegatedEvidenceTests {
  private static let pack = "mhlw-hospital-r8"

  @Test(arguments: Engine.available)
  func whoIsAskedAttachesEvidenceToThatItemAlone(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("点検", [.readLedger, .answerChecks]).text)
    let browser = try await hospital.browser(.director)
    let director = try #require(try await hospital.house.identity.account(named: "director", in: hospital.scope()))
    let asked = await client.send(
      "POST",
      "/assessments/\(Self.pack)/assignments",
      #"{"items": ["3-③"], "person": "\#(director.id)"}"#
    )
    #expect(asked.status == 200, "\(asked.text)")
    func address(_ key: String) -> String { "/assess/\(Self.pack)/items/\(Percent.encode(key))" }
    func attached(_ key: String) async throws -> [String?] {
      let list = try await client.get("/assessments/\(Self.pack)/evidence").json["items"]?.array ?? []
      return list.filter { $0["item"]?.text == key }.map { $0["title"]?.text }
    }
    let page = await browser.get(address("3-③")).text
    #expect(page.contains("\(address("3-③"))/asked/evidence?period="), "\(page)")
    #expect(!(await browser.get(address("3-①")).text.contains("/evidence?period=")), "nobody asked for that")
    let form: KeyValuePairs = ["kind": "minutes", "note": "朝の会議"]
    let file = (field: "file", name: "minutes.pdf", bytes: Array("%PDF-1.7 minutes".utf8))
    let sent = await browser.upload(address("3-③") + "/asked/evidence", form, file: file)
    #expect(sent.status == 303, "\(sent.text)")
    #expect(try await attached("3-③") == ["minutes.pdf"])
    await browser.upload(address("3-①") + "/asked/evidence", form, file: file)
    #expect(try await attached("3-①").isEmpty)
    // What is attached stays until somebody who keeps the checks takes it off.
    let shown = await browser.get(address("3-③")).text
    #expect(shown.contains("minutes.pdf") && !shown.contains("/remove\""), "\(shown)")
    await hospital.close()
  }
}
