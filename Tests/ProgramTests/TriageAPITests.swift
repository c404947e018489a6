import Foundation
import Ledger
import Nouns
import SQL
import Records
import Support
import Testing
import Text
import Time
import Vulnerability
import Web
import WebSupport

@testable import Program

/// What programs do with findings, requests, patches and duties, and how it is taken back.
@Suite struct TriageAPITests {
  private static let root = "/vulnerabilities"

  private func world(_ engine: Engine) async throws -> (Installation, APIClient, [String: String]) {
    let hospital = try await Installation(engine, rows: 30)
    let ids = try await TriageSample.make(in: hospital)
    let token = try await hospital.token("試験", Permission.allCases.filter { $0 != .requestWork }).text
    return (hospital, APIClient(app: hospital.app, token: token), ids)
  }

  @Test(arguments: Engine.available)
  func findingsAreReadInPagesAndDecidedAtTheirVersion(engine: Engine) async throws {
    let (hospital, client, _) = try await world(engine)
    var seen: [String] = []
    var cursor = ""
    repeat {
      let page = try await client.get("\(Self.root)/findings?limit=2&tier=p0\(cursor)").json
      seen += page["items"]?.array?.compactMap { $0["id"]?.text } ?? []
      #expect(page["total"]?.integer == 3)
      cursor = page["next"]?.text.map { "&cursor=\($0)" } ?? ""
    } while !cursor.isEmpty
    #expect(Set(seen).count == 3 && seen == seen.sorted())
    #expect(await client.get("\(Self.root)/findings?cursor=abc").status == 422)
    #expect(await client.get("\(Self.root)/findings?tier=p9").status == 400)

    let one = "\(Self.root)/findings/\(seen[0])"
    let read = await client.get(one)
    let tag = try #require(read.headers["etag"])
    #expect(await client.send("PATCH", one, #"{"state":"planned","plannedOn":"2027-01-20"}"#).status == 428)
    let changed = await client.send(
      "PATCH",
      one,
      #"{"state":"planned","plannedOn":"2027-01-20"}"#,
      ["If-Match": tag]
    )
    #expect(changed.status == 200)
    #expect(try changed.json["plannedOn"]?.text == "2027-01-20")
    // The version has gone on.
    #expect(await client.send("PATCH", one, #"{"owner":"x"}"#, ["If-Match": tag]).status == 412)
    // An acceptance says until when, why and who allowed it.
    let bare = await client.send(
      "PATCH",
      one,
      #"{"state":"accepted"}"#,
      ["If-Match": try #require(changed.headers["etag"])]
    )
    #expect(bare.status == 422)
    let places = try bare.json["errors"]?.array?.compactMap { $0["pointer"]?.text } ?? []
    #expect(Set(places) == ["/measure", "/approver", "/acceptedUntil"])
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func vendorsAreAskedAndTheirAnswersBecomePlans(engine: Engine) async throws {
    let (hospital, client, ids) = try await world(engine)
    let request = try await client.get("\(Self.root)/requests/\(try #require(ids["requests"]))").json
    let item = try #require(request["items"]?.array?.first?["id"]?.text)
    let id = try #require(request["id"]?.text)
    #expect(await client.send("POST", "\(Self.root)/requests/\(id)/sent", #"{"way":"mail"}"#).status == 200)
    let wrong = await client.send(
      "POST",
      "\(Self.root)/requests/\(id)/answer",
      #"{"answers":[{"item":"\#(item)","verdict":"notAffected"}]}"#
    )
    #expect(wrong.status == 422)
    let answered = await client.send(
      "POST",
      "\(Self.root)/requests/\(id)/answer",
      #"{"by":"山田","answers":[{"item":"\#(item)","verdict":"affected","plannedOn":"2027-02-01"}]}"#
    )
    #expect(answered.status == 200)
    let page = try await client.get("\(Self.root)/findings?state=planned").json
    #expect(page["items"]?.array?.first?["plannedOn"]?.text == "2027-02-01")
    await hospital.close()
  }

  /// The form that a vendor filled in and sent back: all of it or nothing.
  @Test(arguments: Engine.available)
  func aReturnedFormIsTakenInWhole(engine: Engine) async throws {
    let (hospital, client, ids) = try await world(engine)
    let request = "\(Self.root)/requests/\(try #require(ids["requests"]))"
    #expect(await client.send("POST", request + "/sent", #"{"way":"mail"}"#).status == 200)
    let csv = ["Content-Type": "text/csv"]
    let bad = await client.send("POST", request + "/form?name=a.csv", "番号,影響,対応予定日\n1,たぶん,2027-02-01\n", csv)
    #expect(bad.status == 422 && bad.text.contains("/2/影響"), "\(bad.text)")
    #expect(await client.send("POST", request + "/form?name=a.csv", "番号,影響\n1,\n", csv).status == 422)
    #expect(await client.send("POST", request + "/form?name=a.xlsx", "no workbook", csv).status == 422)
    let word = VendorVerdict.affected.label.ja
    let good = "番号,影響,対応予定日\n1,\(word),2027-02-01\n"
    let taken = await client.send("POST", request + "/form?name=a.csv", good, csv)
    #expect(taken.status == 200, "\(taken.text)")
    let planned = try await client.get("\(Self.root)/findings?state=planned").json["items"]?.array
    #expect(planned?.first?["plannedOn"]?.text == "2027-02-01")
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func aFileIsAttachedToADeviceAndTakenOff(engine: Engine) async throws {
    let (hospital, client, _) = try await world(engine)
    let asset = try #require(
      try await hospital.house.records.store.list(.asset, ListQuery(pageSize: 1), in: hospital.scope()).records.first?
        .id
    )
    let path = "/vulnerability/devices/\(asset)/files"
    let bill = #filePath.replacing(
      "ProgramTests/TriageAPITests.swift",
      with: "Corpus/advisories/billOfMaterials/one.csv"
    )
    let bytes = ["Content-Type": "application/octet-stream"]
    let added = await client.send(
      "POST",
      path + "?name=one.csv",
      try String(contentsOfFile: bill, encoding: .utf8),
      bytes
    )
    #expect(added.status == 201, "\(added.text)")
    let id = try #require(try await client.get(path).json["items"]?.array?.first?["id"]?.text)
    #expect(await client.send("DELETE", "\(path)/\(id)").status == 204)
    #expect(await client.send("DELETE", "\(path)/\(id)").status == 404)
    #expect(try await client.get(path).json["total"]?.integer == 0)
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func everyChangeIsTakenBackInTheListOfAllChanges(engine: Engine) async throws {
    let (hospital, client, _) = try await world(engine)
    let finding = try #require(
      try await client.get("\(Self.root)/findings?tier=p0").json["items"]?.array?.first?["id"]?.text
    )
    let done = try await client.send(
      "POST",
      "\(Self.root)/decisions",
      #"{"findings":["\#(finding)"],"state":"mitigated","measure":"回線を切った"}"#
    ).json
    let set = try #require(done["changeSet"]?.text)
    let browser = try await hospital.browser(.administrator)
    let page = await browser.get("/ledger/changes/\(set)").text
    #expect(page.contains("指摘") && page.contains("代替策で緩和"))
    await browser.post("/ledger/changes/\(set)/undo", [:])
    let read = try await client.get("\(Self.root)/findings/\(finding)").json
    #expect(read["state"]?.text == "new" && read["measure"]?.isNull == true)
    // Twice is refused with its reason.
    #expect(await client.send("POST", "/changes/\(set)/undo", nil).status == 409)

    // A name that was decided is open again.
    let named = try await client.send(
      "POST",
      "\(Self.root)/names",
      #"{"written":"謎の装置","products":["h:acme:riddle"]}"#
    ).json
    let other = try #require(named["changeSet"]?.text)
    #expect(await client.send("POST", "/changes/\(other)/undo", nil).status == 200)
    #expect(try await hospital.house.vulnerability.names.decisions(in: hospital.scope()).isEmpty)
    await hospital.close()
  }

  @Test func whatTheComparisonFoundIsNotTakenBack() async throws {
    let (hospital, client, _) = try await world(.sqlite)
    let finding = try #require(
      try await client.get("\(Self.root)/findings?tier=p0").json["items"]?.array?.first?["id"]?.text
    )
    _ = await client.send("POST", "\(Self.root)/decisions", #"{"findings":["\#(finding)"],"state":"fixed"}"#)
    // It is found again, so the program opens it again, which is nobody's change.
    let triage = hospital.house.vulnerability.triage
    let read: Scope<ReadVulnerabilities> = hospital.scope()
    _ = try await triage.findings.sync([], devices: [:], comparedAt: nil, workingDay: { $0 }, in: read)
    let sets = try await client.get("/changes?limit=5").json["items"]?.array ?? []
    let own = try #require(sets.first { $0["title"]?.text?.contains("照合") == true }?["id"]?.text)
    let refused = await client.send("POST", "/changes/\(own)/undo", nil)
    #expect(refused.status == 409)
    #expect(refused.text.contains("照合の結果"))
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func dutiesAreMadeChangedPutOffAndSettled(engine: Engine) async throws {
    let (hospital, client, _) = try await world(engine)
    let made = await client.send(
      "POST",
      "/duties",
      #"{"title":"UPSの電池を替える","due":"2027-03-01","owner":"administrator","recurrence":"yearly:03-01"}"#
    )
    #expect(made.status == 201)
    let id = try #require(try made.json["id"]?.text)
    let path = "/duties/\(id)"
    #expect(await client.send("PATCH", path, #"{"due":"2027-03-02"}"#).status == 428)
    #expect(await client.send("PATCH", path, #"{"due":"2027-03-02","version":9}"#).status == 409)
    let changed = await client.send("PATCH", path, #"{"due":"2027-03-02","version":1}"#)
    #expect(try changed.json["due"]?.text == "2027-03-02")
    #expect(await client.send("POST", path + "/snooze", #"{"until":"1999-01-01","reason":"x"}"#).status == 422)
    #expect(await client.send("POST", path + "/done", #"{"evidence":"作業票 12"}"#).status == 200)
    let again = try await client.get(path).json
    #expect(again["due"]?.text == "2028-03-01", "it recurs")
    let calendar = try await client.get("/calendar?from=2028-01-01&until=2028-12-31").json
    #expect(calendar["items"]?.array?.contains { $0["id"]?.text == id } == true)
    #expect(await client.send("POST", path + "/withdraw", #"{"reason":"廃棄"}"#).status == 200)
    #expect(await client.get("/inbox").status == 200)
    #expect(await client.send("POST", "/inbox/read", nil).status == 204)
    await hospital.close()
  }
}
