import Assessment
import Foundation
import Nouns
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// Evidence handed in by programs and commands, and an audit carried through by commands alone.
@Suite struct EvidenceAPITests {
  private static let pack = "mhlw-hospital-r8"
  private static let text = "%PDF-1.7 minutes"
  /// `printf '%%PDF-1.7 minutes' | sha256sum` of coreutils.
  private static let hash = "0cb1baf86390e25e5bf9caa5d2f353bdb2fc2378ac5282dce9b5c28835b2cf20"

  @Test(arguments: Engine.available)
  func filesAndRecordsAreAttachedAndFetched(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("点検", [.readLedger, .answerChecks]).text)
    let item = "/assessments/\(Self.pack)/items/\(Percent.encode("3-③"))"
    let sent = await client.send(
      "POST",
      "\(item)/evidence?name=minutes.pdf&kind=minutes&datedOn=2020-04-01",
      Self.text,
      ["Content-Type": "application/pdf"]
    )
    #expect(sent.status == 201, "\(sent.text)")
    let kept = try sent.json
    #expect(kept["sha256"]?.text == Self.hash && kept["size"]?.integer == Self.text.utf8.count)
    #expect(kept["datedOn"]?.text == "2020-04-01" && (kept["goodUntil"]?.text ?? "") > "2020-04-01")
    let id = try #require(kept["id"]?.text)
    let back = await client.get("/assessments/\(Self.pack)/evidence/\(id)")
    #expect(back.status == 200 && back.text == Self.text && back.headers["content-type"] == "application/pdf")
    #expect(
      await client.get("/assessments/prefecture-20/evidence/\(id)").status == 404,
      "it belongs to another checklist"
    )
    // What is no document, or of a day to come, is refused with its place.
    for (query, body, pointer) in [
      ("name=a.exe", "MZ", ""), ("name=a.pdf&datedOn=2999-01-01", Self.text, "?datedOn"),
    ] {
      let refused = await client.send("POST", "\(item)/evidence?\(query)", body, ["Content-Type": "application/pdf"])
      #expect(refused.status == 422)
      #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == pointer, "\(refused.text)")
    }
    let asset = try #require(
      try await client.get("/records/asset?limit=1").json["items"]?.array?.first?["id"]?.text
    )
    let record = await client.send("POST", "\(item)/records", #"{"link": "/ledger/asset/\#(asset)"}"#)
    #expect(try record.status == 201 && record.json["kind"]?.text == "page", "\(record.text)")
    #expect(await client.send("POST", "\(item)/records", #"{"link": "/ledger/asset/none"}"#).status == 422)
    #expect(await client.send("DELETE", "/assessments/\(Self.pack)/evidence/\(id)").status == 204)
    #expect(try await client.get("/assessments/\(Self.pack)/evidence").json["total"]?.integer == 1)
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func whatAnAuditorSawIsAttached(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = APIClient(app: hospital.app, token: try await hospital.token("監査", [.readLedger, .answerChecks]).text)
    let audit = try await Addresses.audit(in: hospital)
    let path = "/audits/\(try #require(audit["id"]))"
    let item = try #require(audit["item"])
    let sent = await client.send(
      "POST",
      "\(path)/items/\(item)/evidence?name=seen.pdf",
      Self.text,
      ["Content-Type": "application/pdf"]
    )
    #expect(try sent.status == 201 && sent.json["sha256"]?.text == Self.hash, "\(sent.text)")
    let list = try await client.get("\(path)/evidence").json["items"]?.array ?? []
    #expect(list.count == 2 && list.allSatisfy { $0["item"]?.text == item && $0["goodUntil"] == nil })
    // What has a result stays.
    #expect(await client.send("DELETE", "\(path)/items/\(item)").status == 422)
    #expect(await client.send("DELETE", "\(path)/auditors/\(try #require(audit["auditor"]))").status == 422)
    await hospital.close()
  }

  @Test func anAuditIsCarriedThroughByCommand() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    func audit(_ words: [String]) async throws -> Outcome { try await hospital.run(["assess", "audit"] + words) }
    let planned = try await audit([
      "plan", "--name", "外部監査", "--kind", "external", "--pack", Self.pack, "--to", "2099-03-31",
    ])
    let id = planned.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(planned.code == 0 && !id.isEmpty, "\(planned.errors)")
    #expect(try await audit(["auditor", "--audit", id, "--name", "外部 花子"]).code == 0)
    #expect(try await audit(["pick", "--audit", id, "3-③"]).code == 0)
    func shown() async throws -> [String: Any] {
      try #require(try await audit(["show", "--audit", id, "--json"]).json as? [String: Any])
    }
    func first(_ part: String) async throws -> String {
      try #require((try await shown()[part] as? [[String: Any]])?.first?["id"] as? String)
    }
    let (person, item) = (try await first("auditors"), try await first("items"))
    let file = hospital.folder.file("seen.pdf")
    try Data(Self.text.utf8).write(to: URL(filePath: file))
    let seen = try await audit(["evidence", "--audit", id, "--item", item, "--file", file])
    #expect(seen.code == 0 && seen.output.contains(Self.hash), "\(seen.errors)")
    let result = ["result", "--audit", id, "--item", item, "--auditor", person, "--seen", "規程"]
    #expect(try await audit(result + ["--result", "fine"]).code == 2)
    #expect(try await audit(result + ["--result", "minor"]).code == 2, "it does not say what differs")
    #expect(try await audit(result + ["--result", "minor", "--note", "2019年のまま"]).code == 0)
    let finding = try await first("findings")
    let place = ["--audit", id, "--finding", finding]
    let action = ["action"] + place + ["--cause", "担当不在", "--action", "改定する", "--due", "2099-01-31", "--owner"]
    #expect(try await audit(action + ["だれか"]).code == 2)
    let name = try #require(
      (try await hospital.run(["user", "list", "--json"]).json as? [[String: Any]])?.first?["name"] as? String
    )
    #expect(try await audit(action + [name]).code == 0)
    #expect(try await audit(action + ["sato"]).code == 0, "the user name does as well")
    #expect(
      try await audit(["verify"] + place + ["--auditor", person, "--note", "見た"]).code == 2,
      "nobody says it is done"
    )
    #expect(try await audit(["done"] + place + ["--note", "改定した"]).code == 0)
    #expect(try await audit(["close", "--audit", id, "--conclusion", "良い"]).code == 2, "nobody has verified it")
    #expect(try await audit(["verify"] + place + ["--auditor", person, "--note", "改定版を見た"]).code == 0)
    #expect(try await audit(["close", "--audit", id, "--conclusion", "良い"]).code == 0)
    #expect(try await shown()["state"] as? String == "closed")
  }

  @Test func evidenceIsAddedByCommand() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let file = hospital.folder.file("minutes.pdf")
    try Data(Self.text.utf8).write(to: URL(filePath: file))
    let add = ["assess", "evidence", "add", "--pack", Self.pack, "--item", "3-③"]
    let added = try await hospital.run(add + ["--file", file, "--kind", "minutes", "--dated", "2026-01-05"])
    #expect(added.code == 0 && added.output.contains(Self.hash), "\(added.errors)")
    #expect(try await hospital.run(add).code == 2, "neither file nor record")
    #expect(try await hospital.run(add + ["--file", file, "--dated", "5.1.2026"]).code == 2)
    let list = try await hospital.run(["assess", "evidence", "list", "--pack", Self.pack, "--json"])
    let lines = try #require(list.json as? [[String: Any]])
    #expect(
      lines.count == 1 && lines[0]["sha256"] as? String == Self.hash && lines[0]["datedOn"] as? String == "2026-01-05"
    )
  }
}
