import Assessment
import Foundation
import Identity
import Nouns
import SQL
import SQLite
import Support
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@testable import Program

/// The built program from outside, as its contract says: exit codes, JSON, files.
@Suite struct CommandTests {
  // MARK: A hospital's files

  @Test(.enabled(if: TestData.isPresent))
  func theFilesOfAHospitalBecomeItsLedger() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    for (kind, name) in HospitalFiles.all {
      let file = TestData.ledger(name)
      let dry = try await hospital.importing(kind, file, ["--dry-run"])
      let again = try await hospital.importing(kind, file, ["--dry-run"])
      #expect(dry == again, "\(name): a dry run changed something")
      let real = try await hospital.importing(kind, file)
      #expect((real.new, real.changed, real.same) == (dry.new, dry.changed, dry.same), "\(name)")
      #expect(real.new + real.changed > 0, "\(name)")
      #expect(real.skipped == dry.skipped, "\(name)")
      #expect(real.mapping == dry.mapping, "\(name)")
      #expect(real.problems.count == dry.problems.count, "\(name)")
      let second = try await hospital.importing(kind, file)
      #expect(second.new == 0 && second.changed == 0, "\(name) again: \(second.new) new, \(second.changed) changed")
      #expect(second.same >= real.new, "\(name)")
      #expect(!real.mapping.isEmpty || ["nmap", "dhcp", "arp"].contains(kind), "\(name)")
      for problem in real.problems {
        #expect(problem.row > 0 && !problem.reason.isEmpty, "\(name): \(problem)")
      }
    }
    try await exportsComeBack(hospital)
    try await factsAndDutiesHaveTheirShape(hospital)
    let outcome = try await hospital.run(["verify"])
    #expect(outcome.code == 0)
    try await aTamperedCopyIsFound(hospital)
  }

  private func exportsComeBack(_ hospital: Hospital) async throws {
    for kind in ["assets", "connections", "people"] {
      for format in ["xlsx", "csv", "json"] {
        let file = hospital.folder.file("\(kind).\(format)")
        #expect(try await hospital.run(["export", "--kind", kind, "--format", format, file]).code == 0)
        guard format != "json" else {
          let data = try #require(FileManager.default.contents(atPath: file))
          let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
          #expect(rows.count > 40 && rows.allSatisfy { $0["id"] is String }, "\(kind)")
          continue
        }
        let back = try await hospital.importing(kind, file)
        #expect(back.new == 0 && back.changed == 0 && back.same > 40, "\(kind).\(format): \(back.new), \(back.changed)")
      }
    }
  }

  private func factsAndDutiesHaveTheirShape(_ hospital: Hospital) async throws {
    let facts = try await hospital.run(["facts", "--json"])
    let lines = try #require(facts.json as? [[String: Any]])
    #expect(facts.code == 0 && lines.count > 5)
    let keys: Set = ["key", "facility", "value", "population", "asOf", "freshUntil", "explanation", "records"]
    for line in lines {
      #expect(Set(line.keys) == keys)
      #expect(line["key"] is String && line["facility"] is String && line["explanation"] is String)
      #expect(line["value"] is Int && (line["population"] is Int || line["population"] is NSNull))
      #expect(line["records"] is [String])
    }
    #expect(lines.contains { $0["key"] as? String == "ledger.assets.total" && ($0["value"] as? Int ?? 0) >= 1499 })
    let duties = try await hospital.run(["duties", "--json"])
    let todo = try #require(duties.json as? [[String: Any]])
    #expect(duties.code == 0 && !todo.isEmpty)
    for duty in todo {
      #expect(Set(duty.keys) == ["id", "title", "owner", "due", "state", "reason", "link"])
      #expect(duty.values.allSatisfy { $0 is String })
    }
  }

  /// On a copy, with the guards taken away and one entry rewritten.
  private func aTamperedCopyIsFound(_ hospital: Hospital) async throws {
    let copy = try Hospital()
    try FileManager.default.copyItem(atPath: hospital.data, toPath: copy.data)
    let database = try SQLiteDatabase(path: copy.database)
    let (id, facility) = try await database.write(.everyFacility) { tx in
      for row in try tx.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        let name = try row.text("name")
        try tx.run(SQL(stringLiteral: "DROP TRIGGER \(name)"))
      }
      let row = try #require(try tx.row("SELECT id, facility FROM journal WHERE seq = 1000"))
      let key = (try row.text("id"), try row.text("facility"))
      try tx.run("UPDATE journal SET payload = '{}' WHERE facility = \(key.1) AND id = \(key.0)")
      return key
    }
    await database.close()
    let outcome = try await copy.run(["verify"])
    #expect(outcome.code == 1)
    let report = try #require(outcome.json as? [String: Any])
    #expect(Set(report.keys) == ["ok", "sealed", "unsealed", "firstBroken"] && report["ok"] as? Bool == false)
    let broken = try #require(report["firstBroken"] as? [String: Any])
    #expect(broken["id"] as? String == id && broken["facility"] as? String == facility && broken["seq"] as? Int == 1000)
    #expect(try await hospital.run(["verify"]).code == 0, "the original was touched")
  }

  // MARK: What is refused

  @Test func whatCannotBeImportedSaysWhyAndChangesNothing() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let notes = hospital.folder.file("notes.csv")
    try Data("これは台帳ではない\n".utf8).write(to: URL(filePath: notes))
    let noise = hospital.folder.file("noise.xlsx")
    var chance = SplitMix64(seed: 3)
    try Data((0..<4_000).map { _ in UInt8.random(in: 0...255, using: &chance) }).write(to: URL(filePath: noise))
    let before = try await hospital.run(["export", "--kind", "assets", "--format", "json", hospital.folder.file("a")])
    #expect(before.code == 0)
    for (kind, file) in [
      ("assets", notes), ("assets", noise), ("nmap", notes), ("dhcp", notes), ("inventory", noise),
      ("people", "/dev/null"),
      ("assets", "/no/such/file.csv"), ("nonsense", notes), ("connections", hospital.folder.path),
    ] {
      let outcome = try await hospital.run(["import", "--kind", kind, file, "--json"])
      #expect(outcome.code == 2, "\(kind) \(file): \(outcome.code)")
      #expect(outcome.errors.contains { !$0.isWhitespace }, "\(kind) \(file)")
      #expect(!outcome.errors.contains("Error Domain") && !outcome.errors.contains("Fatal"), "\(outcome.errors)")
    }
    let table = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称\nA-1,端末\n".utf8).write(to: URL(filePath: table))
    for (number, mapping) in ["", "[1, 2]", "{\"管理番号\": \"no_such_field\"}", "\u{FFFD}", "{\"管理番号\": 3}"].enumerated() {
      let file = hospital.folder.file("mapping-\(number).json")
      try Data(mapping.utf8).write(to: URL(filePath: file))
      let outcome = try await hospital.run(["import", "--kind", "assets", table, "--json", "--mapping", file])
      #expect(outcome.code == 2, "\(mapping): \(outcome.code) \(outcome.output)")
    }
    struct Counted: Decodable {
      let key: String
      let value: Int
    }
    let facts = try await hospital.run(["facts", "--json"]).output
    let counted = try JSONDecoder().decode([Counted].self, from: Data(facts.utf8))
    #expect(counted.filter { $0.key.hasPrefix("ledger.") }.allSatisfy { $0.value == 0 })
  }

  @Test func usageErrorsAreTwo() async throws {
    let hospital = try Hospital()
    #expect(try await hospital.run(["facts", "--json"]).code == 2, "a folder that was never made")
    try #require(try await hospital.initialize().code == 0)
    #expect(try await hospital.initialize().code == 2, "set up twice")
    for arguments in [
      ["nonsense"], ["import"], ["import", "--kind", "assets"], ["export", "--kind", "assets", "--format", "pdf", "x"],
      ["serve", "--port", "many"], ["demo", "--seed", "-x"],
    ] {
      #expect(try await hospital.run(arguments).code == 2, "\(arguments)")
    }
    let weak = try Hospital()
    try Data("1234\n".utf8).write(to: URL(filePath: weak.folder.file("password")))
    #expect(try await weak.initialize().code == 2, "a weak password")
  }

  @Test func aMappingFileSettlesTheColumns() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("odd.csv")
    try Data("ばんごう,なまえのようなもの,備考\nA-1,端末一,あ\nA-2,端末二,い\n".utf8).write(to: URL(filePath: table))
    let mapping = hospital.folder.file("mapping.json")
    try Data(#"{"ばんごう": "asset_number", "なまえのようなもの": "name"}"#.utf8).write(to: URL(filePath: mapping))
    let answer = try await hospital.importing("assets", table, ["--mapping", mapping])
    #expect(answer.new == 2)
    #expect(answer.mapping["ばんごう"] == "asset_number" && answer.mapping["なまえのようなもの"] == "name")
  }

  /// A copy of the one file, as a backup script or an auditor makes it between two commands, lacks nothing.
  @Test func theFileAloneHoldsEverythingOnceACommandHasEnded() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("assets.csv")
    let rows = (0..<300).map { "A-\($0),端末\($0)\n" }.joined()
    try Data("管理番号,機器名称\n\(rows)".utf8).write(to: URL(filePath: table))
    #expect(try await hospital.importing("assets", table).new == 300)
    let copy = try Hospital()
    try FileManager.default.createDirectory(atPath: copy.data, withIntermediateDirectories: false)
    try FileManager.default.copyItem(atPath: hospital.database, toPath: copy.database)
    try FileManager.default.copyItem(atPath: hospital.data + "/keys", toPath: copy.data + "/keys")
    let original = try await hospital.run(["verify"])
    let copied = try await copy.run(["verify"])
    #expect(copied.code == 0 && copied.output == original.output, "\(copied.output) is not \(original.output)")
    #expect(try await copy.importing("assets", table).same == 300)
  }

  // MARK: The demo hospital

  @Test func theSameSeedMakesTheSameHospital() async throws {
    let hospitals = try [Hospital(), Hospital()]
    for hospital in hospitals {
      let outcome = try await hospital.run(["demo", "--seed", "11", "--today", "2026-11-21"])
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    for kind in ["assets", "connections", "people", "vendors", "systems"] {
      var files: [Data] = []
      for hospital in hospitals {
        let file = hospital.folder.file("\(kind).json")
        #expect(try await hospital.run(["export", "--kind", kind, "--format", "json", file]).code == 0)
        files.append(try #require(FileManager.default.contents(atPath: file)))
      }
      #expect(files[0] == files[1], "\(kind)")
      #expect(files[0].count > 1_000, "\(kind)")
    }
    #expect(try await hospitals[0].run(["verify"]).code == 0)
    #expect(try await hospitals[0].run(["demo", "--seed", "11"]).code == 2, "a folder that holds data")
    // What was answered belongs to whoever signs in, so that nobody confirms or audits it for themselves.
    let house = try await House.open(DataFolder(hospitals[0].data))
    let facility = try await house.facility(nil)
    let scope = Scope<ManageUsers>.operatorOf(facility, as: .system, request: "test")
    let account = try await house.identity.account(named: DemoPlay.signIn.user, in: scope)
    let answered = try await house.database.read(.facility(facility.rawValue)) { tx in
      try tx.rows("SELECT DISTINCT answered_id FROM assessment_answer WHERE facility = \(facility.rawValue)")
        .map { try $0.optionalText("answered_id") }
    }
    // No shipped pack names what nobody knows.
    let facts = Set(try await house.facts(facility).map(\.key))
    let named = Set(Checklists.topics.values.flatMap(\.namedFacts)).filter { !$0.hasPrefix("assessment.") }
    #expect(named.subtracting(facts).sorted() == [])
    await house.close()
    #expect(answered == [account?.id] && account != nil)
  }

  // MARK: The server

  @Test func oneServerHoldsAFolderAndCommandsRunBesideIt() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let server = try hospital.start(["serve", "--port", "0"])
    let address = try await Self.address(of: server)
    #expect(try await Self.status("\(address)/health") == 200)
    #expect(try await Self.status("\(address)/sign-in") == 200)
    #expect(try await Self.status("\(address)/no-such-page?next=%00") < 500)

    let second = try await hospital.run(["serve", "--port", "0"])
    #expect(second.code == 3)
    #expect(second.errors.contains("\(server.processID)"), "it does not say who: \(second.errors)")

    let table = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称\nA-1,端末一\nA-2,端末二\n".utf8).write(to: URL(filePath: table))
    #expect(try await hospital.importing("assets", table).new == 2)
    #expect(try await hospital.run(["facts", "--json"]).code == 0)
    #expect(try await hospital.run(["verify"]).code == 0)
    #expect(try await Self.status("\(address)/health") == 200)

    server.signal(SIGTERM)
    // The program promises ten seconds; a busy machine is given more, and one that never ends fails here.
    for _ in 0..<300 where server.isRunning { try await Task.sleep(for: .milliseconds(100)) }
    #expect(!server.isRunning, "it did not end")
    #expect(await server.ended() == 0, "\(server.errors)")
    let third = try hospital.start(["serve", "--port", "0"])
    #expect(try await Self.status("\(try await Self.address(of: third))/health") == 200, "the folder is free again")
    third.kill()
    await third.ended()
    #expect(try await hospital.run(["verify"]).code == 0, "after the server was killed")
  }

  /// What the server says it listens on.
  static func address(of server: Child) async throws -> String {
    for _ in 0..<600 {
      if let line = server.errors.split(separator: "\n").first(where: { $0.contains("http://") }),
        let start = line.firstRange(of: "http://")?.lowerBound
      {
        let address = line[start...].prefix { !$0.isWhitespace }
        return address.hasSuffix("/") ? String(address.dropLast()) : String(address)
      }
      guard server.isRunning else { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Unexpected(outcome: Outcome(code: 0, output: server.output, errors: server.errors))
  }

  static func status(_ address: String) async throws -> Int {
    let url = try #require(URL(string: address))
    let (_, response) = try await URLSession.shared.data(from: url)
    return (response as? HTTPURLResponse)?.statusCode ?? 0
  }
}
