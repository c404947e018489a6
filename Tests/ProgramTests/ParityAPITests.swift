import Foundation
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// What pages do and programs did not: reports of problems, regulations read, finds of a walk, lines in question, settings
/// taken back, what one wants by mail.
@Suite struct ParityAPITests {
  private func client(_ hospital: Installation, _ permissions: [Permission]) async throws -> APIClient {
    APIClient(app: hospital.app, token: try await hospital.token("同等", permissions).text)
  }

  @Test(arguments: Engine.available) func reportsAreSeenAndClosed(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let report = try await hospital.house.organization.reports.take(
      ProblemDraft(what: "slow", place: "外来", details: "", since: "", touched: "", reporter: "", callBack: ""),
      photo: nil,
      from: "10.1.1.1",
      account: nil,
      request: "test",
      facility: hospital.facility
    )
    let api = try await client(hospital, [.handleReports, .readLedger])
    let list = try await api.get("/problem-reports").json["items"]?.array
    #expect(list?.first?["id"]?.text == report.id && list?.first?["seenAt"]?.text == nil)
    let path = "/problem-reports/\(report.id)"
    #expect(try await api.send("POST", path + "/see").json["seenBy"]?.text?.isEmpty == false)
    #expect(await api.send("POST", path + "/close", #"{"outcome": ""}"#).status == 400)
    #expect(try await api.send("POST", path + "/close", #"{"outcome": "再起動"}"#).json["outcome"]?.text == "再起動")
    #expect(await api.send("POST", "/problem-reports/nothing/see").status == 404)
    #expect(try await api.send("POST", "/first-response/printed").json["printedBy"]?.text?.isEmpty == false)
    #expect(try await hospital.house.organization.lastPrint(hospital.facility) != nil)
    await hospital.close()
  }

  /// What a monitoring program sees alarms as what a nurse sees, and is held to the same limit.
  @Test(arguments: Engine.available) func aProgramReportsAProblem(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital, [.signedIn])
    let body = #"{"what": "virus", "place": "検査部 PC-12", "details": "隔離できない", "callBack": "内線 3301"}"#
    let made = await api.send("POST", "/problem-reports", body)
    #expect(made.status == 201, "\(made.text)")
    let id = try #require(try made.json["id"]?.text)
    #expect(try made.json["reporter"]?.text?.isEmpty == false)
    #expect(await api.send("POST", "/problem-reports", #"{"what": "virus", "place": "　"}"#).status == 422)
    #expect(await api.send("POST", "/problem-reports", #"{"what": "nothing", "place": "a"}"#).status == 400)
    let browser = try await hospital.browser(.administrator)
    #expect(await browser.get("/").text.contains("異常の知らせが1件届いています"))
    #expect(await browser.get("/organization/reports/\(id)").text.contains("検査部 PC-12"))
    #expect(await browser.get("/inbox").text.contains("検査部 PC-12"))
    // Reading them is another permission.
    #expect(await api.get("/problem-reports").status == 403)
    var last = 201
    for _ in 0..<8 where last == 201 { last = await api.send("POST", "/problem-reports", body).status }
    #expect(last == 429)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func regulationsAreReadAtTheirVersion(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let id = try await hospital.house.records.store.create(
      .regulation,
      ["name": "利用規程", "must_read": "yes", "version": "2"],
      in: hospital.scope()
    ).id
    let api = try await client(hospital, [.signedIn])
    func confirm(_ version: String, _ regulation: String) async -> WebResponse {
      let body = "{\"regulation\": \"\(regulation)\", \"version\": \"\(version)\"}"
      return await api.send("POST", "/regulations-to-read/confirm", body)
    }
    let before = try await api.get("/regulations-to-read").json["items"]?.array?.first { $0["regulation"]?.text == id }
    #expect(before?["isConfirmed"]?.bool == false && before?["version"]?.text == "2")
    #expect(await confirm("1", id).status == 409)
    #expect(await confirm("2", "nothing").status == 422)
    #expect(try await confirm("2", id).json["isConfirmed"]?.bool == true)
    let after = try await api.get("/regulations-to-read").json["items"]?.array?.first { $0["regulation"]?.text == id }
    #expect(after?["isConfirmed"]?.bool == true)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func findsAndLinesAreSettled(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let records = hospital.house.records.store
    let survey = try await records.create(.survey, ["name": "秋の調査"], in: hospital.scope()).id
    let find = try await records.create(
      .surveyFind,
      ["survey": survey, "name": "青い箱", "what": "lte", "found_by": "だれか"],
      in: hospital.scope()
    ).id
    let api = try await client(hospital, [.readLedger, .editLedger])
    #expect(try await api.send("POST", "/survey-finds/\(find)/check").json["changeSet"]?.text != nil)
    #expect(try await api.send("POST", "/survey-finds/\(find)/merge").json["changeSet"]?.text != nil)
    #expect(await api.send("POST", "/survey-finds/\(find)/merge").status == 409)
    #expect(await api.send("POST", "/survey-finds/nothing/check").status == 404)
    let system = try await records.create(.system, ["name": "だれも聞いていないシステム"], in: hospital.scope()).id
    func open() async throws -> Bool {
      let items = try await api.get("/connections/absences?limit=500").json["items"]?.array
      return items?.contains { $0["id"]?.text == system } ?? false
    }
    #expect(try await open())
    let answer = #"{"kind": "system", "id": "\#(system)"}"#
    #expect(try await api.send("POST", "/connections/absences", answer).json["changeSet"]?.text != nil)
    #expect(try await !open())
    #expect(await api.send("POST", "/connections/absences", #"{"kind": "system", "id": "nothing"}"#).status == 422)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func settingsAndWishesAreKept(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let change = try await Addresses.facilityChange(in: hospital)
    let api = try await client(hospital, [.signedIn, .manageSettings])
    #expect(try await api.send("POST", "/facility/changes/\(change)/undo").json["restored"]?.integer ?? 0 > 0)
    #expect(try await api.send("POST", "/facility/changes/\(change)/undo").json["restored"]?.integer == 0)
    #expect(await api.send("POST", "/facility/changes/nothing/undo").status == 404)
    let wrong = #"{"address": "", "digest": true, "urgent": false}"#
    let refused = await api.send("PUT", "/notice-wishes", wrong)
    #expect(refused.status == 422)
    #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == "/address")
    let wanted = #"{"address": "sato@hospital.example", "digest": true, "urgent": false}"#
    #expect(await api.send("PUT", "/notice-wishes", wanted).status == 200)
    let kept = try await api.get("/notice-wishes").json
    #expect(kept["address"]?.text == "sato@hospital.example" && kept["digest"]?.bool == true)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func viewsOfListsAreKept(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital, [.readLedger])
    let made = await api.send("POST", "/views/asset", #"{"name": "端末", "query": "f.category=pc&page=3&select=a"}"#)
    let id = try #require(try made.json["id"]?.text)
    #expect(made.status == 201 && made.headers["location"] == "/api/v1/views/asset/\(id)")
    let kept = try await api.get("/views/asset").json["items"]?.array
    #expect(kept?.count == 1 && kept?.first?["query"]?.text == "f.category=pc")
    #expect(try await api.get("/views/person").json["items"]?.array?.isEmpty == true)
    #expect(await api.send("POST", "/views/asset", #"{"name": "", "query": ""}"#).status == 400)
    // Of another kind, or of somebody else, there is no such view.
    #expect(await api.send("DELETE", "/views/person/\(id)").status == 404)
    let other = try await hospital.browser(.departmentHead)
    await other.get("/ledger/asset")
    #expect(await other.post("/ledger/asset/views/\(id)/remove").status == 404)
    #expect(await api.send("DELETE", "/views/asset/\(id)").status == 204)
    #expect(await api.send("DELETE", "/views/asset/\(id)").status == 404)
    // On the page: saved, shown as the one that is open, deleted.
    let browser = try await hospital.browser(.administrator)
    await browser.get("/ledger/asset")
    await browser.post("/ledger/asset/views", ["name": "サーバ", "query": "f.category=server"])
    let page = await browser.get("/ledger/asset?f.category=server").text
    let address = try #require(
      page.split(separator: "action=\"").first { $0.hasPrefix("/ledger/asset/views/") }?.prefix { $0 != "\"" }
    )
    #expect(page.contains("保存した見方「サーバ」を消す"))
    #expect(await browser.post(String(address)).status == 303)
    #expect(await browser.get("/ledger/asset?f.category=server").text.contains("見方「サーバ」を消す") == false)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func theCalendarsAddressIsMadeAndTakenBack(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let api = try await client(hospital, [.signedIn])
    #expect(try await api.get("/calendar-feed").json["isMade"]?.bool == false)
    let made = await api.send("POST", "/calendar-feed")
    #expect(made.status == 201 && made.headers["cache-control"] == "no-store")
    let address = try #require(try made.json["address"]?.text)
    let path = try #require(address.range(of: "/calendar/feed/")).lowerBound
    let stranger = TestBrowser(hospital.app)
    func fetched() async -> Int { await stranger.get(String(address[path...])).status }
    #expect(await fetched() == 200)
    let feed = try await api.get("/calendar-feed").json
    #expect(feed["isMade"]?.bool == true && feed["usedAt"]?.text != nil && feed["address"] == nil)
    #expect(await api.get("/calendar-file").text.hasPrefix("BEGIN:VCALENDAR"))
    #expect(await api.send("DELETE", "/calendar-feed").status == 204)
    #expect(await fetched() == 404)
    #expect(try await api.get("/calendar-feed").json["isMade"]?.bool == false)
    await hospital.close()
  }
}
