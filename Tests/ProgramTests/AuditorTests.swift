import Assessment
import Identity
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// Whoever is named auditor works on that audit's items, whatever else they may; nobody else without the permission does.
@Suite struct AuditorTests {
  @Test(arguments: Engine.available)
  func aNamedAuditorRecordsAndAttaches(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let browser = try await hospital.browser(.departmentHead)
    let stranger = try await hospital.browser(.director)
    let scope = hospital.scope(AnswerChecks.self)
    let head = try #require(try await hospital.house.identity.account(named: "departmenthead", in: hospital.scope()))
    let place = try await Addresses.audit(in: hospital)
    let (id, item) = (try #require(place["id"]), try #require(place["item"]))
    let audits = hospital.house.assessment.audits
    let path = "/audits/\(id)/items/\(item)"
    #expect(await browser.get(path).text.contains("name=\"seen\"") == false, "nobody named them yet")
    _ = try await audits.addAuditor(id, account: head.id, name: head.name, organisation: "", in: scope)
    let auditor = try #require(try await audits.find(id, hospital.facility).auditor(head.id)).id
    let form: KeyValuePairs = ["auditor": auditor, "result": "observation", "seen": "規程の第3版", "remark": "日付がない"]
    #expect(await browser.get(path).text.contains("name=\"seen\""))
    #expect(await browser.post(path, form).status == 303)
    let found = try await audits.find(id, hospital.facility).sample.first { $0.id == item }
    #expect(found?.result == .observation && found?.row.text("auditor") == auditor)
    // Nothing else of the audit, and nobody else.
    #expect(await browser.post("/audits/\(id)/close", ["conclusion": "良い"]).status == 403)
    #expect(await browser.post("\(path)/drop").status == 403)
    #expect(await stranger.get(path).text.contains("name=\"seen\"") == false)
    #expect(await stranger.post(path, form).status == 422)
    let token = try await hospital.token("監査", [.readLedger], for: "departmenthead").text
    let client = APIClient(app: hospital.app, token: token)
    let body = #"{"auditor": "\#(auditor)", "result": "conforms", "seen": "規程の第4版"}"#
    #expect(await client.send("PUT", path, body).status == 200)
    let file = await client.send(
      "POST",
      "\(path)/evidence?name=a.pdf",
      "%PDF-1.7 a",
      ["Content-Type": "application/pdf"]
    )
    #expect(file.status == 201, "\(file.text)")
    let other = try await hospital.token("監査", [.readLedger], for: "director").text
    #expect(await APIClient(app: hospital.app, token: other).send("PUT", path, body).status == 422)
    await hospital.close()
  }
}
