import Foundation
import Jobs
import Nouns
import SQL
import Sealing
import Support
import Testing
import Text
import Vulnerability
import Web
import WebSupport

@testable import Program

/// Feeds as programs hand them in and take them back, and bundles made of files somebody brought.
@Suite struct FeedAPITests {
  private static let root = "/vulnerabilities/feeds"

  private static func corpus(_ name: String) throws -> [UInt8] {
    let path = #filePath.replacing("ProgramTests/FeedAPITests.swift", with: "Corpus/advisories/" + name)
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  private static func client(_ hospital: Installation) async throws -> APIClient {
    APIClient(
      app: hospital.app,
      token: try await hospital.token("試験", Permission.allCases.filter { $0 != .requestWork }).text
    )
  }

  @Test(arguments: Engine.available)
  func aFileIsTakenInByAJobAndTakenBack(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await Self.client(hospital)
    let file = String(decoding: try Self.corpus("kev/one.json"), as: UTF8.self)
    let path = "\(Self.root)/imports?name=kev.json&carrier=%E9%88%B4%E6%9C%A8&medium=USB%2003"
    let bytes = ["Content-Type": "application/octet-stream"]

    // Only looking changes nothing.
    let preview = await client.send("POST", path + "&preview=true", file, bytes)
    #expect(preview.status == 202, "\(preview.text)")
    try await hospital.house.runner.drain()
    #expect(try await client.get("\(Self.root)/imports").json["total"]?.integer == 0)

    let ordered = await client.send("POST", path, file, bytes)
    #expect(ordered.status == 202)
    let job = String(try #require(ordered.headers["location"]).dropFirst(Route.apiRoot.count))
    #expect(try ordered.json["job"]?.text.map { "/jobs/\($0)" } == job)
    try await hospital.house.runner.drain()
    #expect(try await client.get(job).json["state"]?.text == "done")
    let imports = try await client.get("\(Self.root)/imports").json
    let report = try #require(imports["items"]?.array?.first)
    #expect(imports["total"]?.integer == 1 && report["feed"]?.text == "kev" && report["file"]?.text == "kev.json")
    #expect((report["inserted"]?.integer ?? 0) > 0 && report["carrier"]?.text == "鈴木")
    #expect(report["medium"]?.text == "USB 03" && report["undoneBy"]?.isNull == true)

    let back = await client.send("POST", "\(Self.root)/roll-back", #"{"feed":"kev"}"#)
    #expect(back.status == 200, "\(back.text)")
    #expect(try back.json["undoes"]?.integer == report["number"]?.integer)
    #expect(await client.send("POST", "\(Self.root)/roll-back", #"{"feed":"kev"}"#).status == 409)
    #expect(await client.send("POST", "\(Self.root)/roll-back", #"{"feed":"nothing"}"#).status == 400)

    // Whoever may only read hands nothing in.
    let reader = APIClient(app: hospital.app, token: try await hospital.token("閲覧", [.readVulnerabilities]).text)
    #expect(await reader.send("POST", path, file, bytes).status == 403)
    await hospital.close()
  }

  @Test func filesBroughtByHandBecomeABundle() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let browser = try await hospital.browser(.administrator)
    let page = "/vulnerabilities/feeds/bundle"
    #expect(await browser.get(page).status == 200)
    let file = try Self.corpus("kev/one.json")
    let made = await browser.upload(page, ["maker": "県庁"], file: ("file", "kev.json", file))
    #expect(made.status == 200 && made.headers["content-type"] == "application/zip", "\(made.status)")
    // Nobody takes it before its key is registered; then it is what was brought.
    let vulnerability = hospital.house.vulnerability
    let key = try #require(vulnerability.ownKey)
    func take() async throws -> FeedOutcome {
      await vulnerability.feeds.take([FeedIntake.arrival(name: "b.zip", bytes: made.bytes)], FeedDelivery(actor: "x"))
    }
    let unknown = try await take()
    #expect(unknown.reports.isEmpty && unknown.refused.first?.reason.ja.contains("県庁") == true)
    try await vulnerability.feeds.keys.add(key, name: "県庁", compared: key.fingerprint, by: "x")
    let taken = try await take()
    #expect((taken.reports.first?.inserted ?? 0) > 0)
    #expect(taken.reports.first?.checkedBy?.contains("県庁") == true)

    let none = await browser.upload(page, ["maker": "県庁"], file: ("file", "notes.txt", Array("hello".utf8)))
    #expect(none.status == 422)
    let mixed = await browser.upload(page, ["maker": ""], file: ("file", "kev.json", file))
    #expect(mixed.status == 422)
    await hospital.close()
  }

  /// Whose bundles are taken, a bundle made by a program, and what to fetch, on both engines.
  @Test(arguments: Engine.available)
  func keysBundlesAndWhatToFetch(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await Self.client(hospital)
    let own = try await client.get("\(Self.root)/own-key").json
    let (key, print) = (try #require(own["key"]?.text), try #require(own["fingerprint"]?.text))
    func add(_ key: String, _ print: String) async -> WebResponse {
      let body = "{\"name\": \"県庁\", \"key\": \"\(key)\", \"fingerprint\": \"\(print)\"}"
      return await client.send("POST", "\(Self.root)/keys", body)
    }
    #expect(await add("nothing", print).status == 422)
    #expect(await add(key, "0000-0000").status == 422)
    let added = await add(key, print)
    #expect(added.status == 201, "\(added.text)")
    #expect(try await client.get("\(Self.root)/keys").json["items"]?.array?.first?["name"]?.text == "県庁")

    let file = String(decoding: try Self.corpus("kev/one.json"), as: UTF8.self)
    let bytes = ["Content-Type": "application/octet-stream"]
    let made = await client.send("POST", "\(Self.root)/bundle?maker=%E7%9C%8C%E5%BA%81&name=kev.json", file, bytes)
    #expect(made.status == 200 && made.headers["content-type"] == "application/zip", "\(made.text)")
    let taken = await hospital.house.vulnerability.feeds.take(
      [FeedIntake.arrival(name: "b.zip", bytes: made.bytes)],
      FeedDelivery(actor: "x")
    )
    #expect((taken.reports.first?.inserted ?? 0) > 0)
    let notes = await client.send("POST", "\(Self.root)/bundle?maker=a&name=notes.txt", "hello", bytes)
    #expect(notes.status == 422)
    #expect(await client.send("POST", "\(Self.root)/bundle?maker=a", "", bytes).status == 422)

    // What is fresh is not fetched; `all` names it too.
    let due = try await client.get("\(Self.root)/to-fetch?limit=500").json["items"]?.array ?? []
    let all = try await client.get("\(Self.root)/to-fetch?all=true&limit=500").json["items"]?.array ?? []
    #expect(!due.isEmpty && due.count < all.count || all.allSatisfy { $0["state"]?.text != "fresh" })
    #expect(
      all.contains { $0["files"]?.array?.contains { $0["address"]?.text?.hasPrefix("https://") == true } == true }
    )

    #expect(await client.send("DELETE", "\(Self.root)/keys/\(print)").status == 204)
    #expect(await client.send("DELETE", "\(Self.root)/keys/\(print)").status == 404)
    #expect(try await client.get("\(Self.root)/keys").json["items"]?.array?.first?["removedBy"]?.text?.isEmpty == false)

    // The network is closed until the operator opens it; comparing is a job.
    #expect(await client.send("POST", "\(Self.root)/download").status == 409)
    let ordered = await client.send("POST", "\(Self.root)/compare")
    #expect(ordered.status == 202)
    try await hospital.house.runner.drain()
    let job = String(try #require(ordered.headers["location"]).dropFirst(Route.apiRoot.count))
    #expect(try await client.get(job).json["state"]?.text == "done")
    let reader = APIClient(app: hospital.app, token: try await hospital.token("閲覧", [.readVulnerabilities]).text)
    #expect(await reader.send("POST", "\(Self.root)/compare").status == 403)
    #expect(await reader.get("\(Self.root)/keys").status == 200)
    await hospital.close()
  }

  /// The same text as on the page, with a line to fill in for what nobody knows.
  @Test func aNoticeForDepartments() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let client = try await Self.client(hospital)
    for template in NoticeTemplate.all {
      let body = "{\"template\": \"\(template.key)\", \"language\": \"ja\"}"
      let notice = try await client.send("POST", "/vulnerabilities/notice", body).json
      #expect(notice["title"]?.text == template.name.ja && notice["findings"]?.integer == 0)
      let text = try #require(notice["text"]?.text)
      #expect(!text.contains("{") && text.contains("＿＿＿"), "\(template.key)")
    }
    #expect(await client.send("POST", "/vulnerabilities/notice", #"{"template": "none"}"#).status == 400)
    await hospital.close()
  }
}
