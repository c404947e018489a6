import Foundation
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// A roster compared and taken in by programs and by command, with the guard against half a file.
@Suite struct RosterAPITests {
  private static let head = "職員番号,氏名,フリガナ,所属,退職日\r\n"

  private static func lines(_ numbers: ClosedRange<Int>) -> [String] {
    numbers.map { "Z\($0),名簿 \($0),メイボ \($0),医事課," }
  }

  private static func file(_ lines: [String]) -> [UInt8] { Array((head + lines.map { $0 + "\r\n" }.joined()).utf8) }

  private func hand(_ bytes: [UInt8], to api: APIClient) async throws -> String {
    let name = "roster.csv"
    let answer = await api.send(
      "POST",
      "/imports?kind=people&name=\(name)",
      String(decoding: bytes, as: UTF8.self),
      ["Content-Type": "text/csv"]
    )
    return try #require(try answer.json["id"]?.text)
  }

  @Test(arguments: Engine.available) func aRosterIsComparedAndTakenInByPrograms(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 0)
    let api = APIClient(app: hospital.app, token: try await hospital.token("名簿", [.importLedger, .readLedger]).text)
    var rows = Self.lines(1...30)
    let first = try await hand(Self.file(rows), to: api)
    #expect(try await api.send("POST", "/rosters/\(first)/apply", #"{"missing": "keep"}"#).json["new"]?.integer == 30)
    rows[0] = "Z1,名簿 1,メイボ 1,検査部,"
    rows[1] = "Z2,名簿 2,メイボ 2,医事課,2026/10/31"
    rows.removeLast(12)
    rows.append("Z31,名簿 31,メイボ 31,薬剤部,")
    let path = "/rosters/\(try await hand(Self.file(rows), to: api))"
    let difference = try await api.get(path).json["difference"]
    for (name, count) in ["joined": 1, "moved": 1, "left": 1, "willLeave": 0, "same": 16, "missing": 12, "staff": 30] {
      #expect(difference?[name]?.integer == count, "\(name)")
    }
    #expect(difference?["needsCount"]?.bool == true)
    // Page by page, by name.
    let page = try await api.get(path + "/people?limit=10").json
    let next = try #require(page["next"]?.text)
    #expect(page["total"]?.integer == 15 && page["items"]?.array?.count == 10)
    #expect(try await api.get(path + "/people?limit=10&cursor=\(next)").json["items"]?.array?.count == 5)
    #expect(await api.get(path + "/people?cursor=nonsense").status == 422)
    let moved = try await api.get(path + "/people?group=moved").json["items"]?.array?.first
    let change = moved?["changes"]?.array?.first
    #expect(moved?["name"]?.text == "名簿 1" && moved?["staffNumber"]?.text == "Z1")
    #expect(change?["from"]?.text == "医事課" && change?["to"]?.text == "検査部")
    // Half the staff leave only for whoever says how many.
    func leave(_ more: String) async -> WebResponse {
      await api.send("POST", path + "/apply", #"{"missing": "leave""# + more + "}")
    }
    #expect(await api.send("POST", path + "/apply", "{}").status == 400)
    #expect(await leave("").status == 422)
    for wrong in ["", #", "count": 11"#] { #expect(await leave(#", "lastDay": "2026-10-31""# + wrong).status == 409) }
    let done = try await leave(#", "lastDay": "2026-10-31", "count": 12"#).json
    #expect(done["left"]?.integer == 12 && done["new"]?.integer == 1 && done["changed"]?.integer == 2)
    #expect(done["changeSet"]?.text != nil && done["leaversChangeSet"]?.text != nil)
    // It is done once, and is no comparison any more.
    #expect(try await leave(#", "lastDay": "2026-10-31", "count": 12"#).json["left"]?.integer == 0)
    #expect(try await api.get(path).json["difference"] == .null)
    #expect(await api.get(path + "/people").status == 409)
    await hospital.close()
  }

  @Test func aRosterIsRefusedAndOtherImportsAreNone() async throws {
    let hospital = try await Installation(.sqlite, rows: 0)
    let token = try await hospital.token("名簿", [.importLedger, .readLedger]).text
    let api = APIClient(app: hospital.app, token: token)
    let id = try await hand(Self.file(Self.lines(1...2)), to: api)
    let reader = APIClient(app: hospital.app, token: try await hospital.token("読む", [.readLedger]).text)
    #expect(await reader.get("/rosters/\(id)").status == 403)
    #expect(await api.send("DELETE", "/imports/\(id)").status == 204)
    #expect(await api.get("/rosters/\(id)").status == 404)
    let devices = try await Addresses.draft(in: hospital)
    #expect(await api.get("/rosters/\(devices)").status == 404)
    #expect(await api.send("POST", "/rosters/\(devices)/apply", #"{"missing": "keep"}"#).status == 404)
    await hospital.close()
  }

  @Test func aRosterIsComparedAndTakenInByCommand() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    func roster(_ words: [String], _ lines: [String]) async throws -> Outcome {
      let file = hospital.folder.file("roster.csv")
      try Data(Self.file(lines)).write(to: URL(filePath: file))
      return try await hospital.run(["roster"] + words + [file])
    }
    let all = Self.lines(1...30)
    let joined = try await roster(["compare", "--json"], all)
    #expect((joined.json as? [[String: Any]])?.count == 30, "\(joined.errors)")
    #expect(try await roster(["apply"], all).code == 0)
    let half = Self.lines(1...15)
    let counts = try await roster(["compare", "--json", "--counts"], half).json as? [String: Any]
    #expect(counts?["missing"] as? Int == 15 && counts?["needsCount"] as? Bool == true)
    #expect(try await roster(["apply", "--last-day", "2026-10-31"], half).code == 2)
    #expect(try await roster(["apply", "--last-day", "31"], half).code == 2)
    #expect(try await roster(["apply", "--last-day", "2026-10-31", "--count", "15"], half).code == 0)
    #expect(try await roster(["compare"], half).output.isEmpty)
  }
}
