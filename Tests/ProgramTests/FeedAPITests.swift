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
}
