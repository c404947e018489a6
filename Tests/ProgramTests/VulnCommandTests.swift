import Foundation
import SQL
import Support
import Testing

@testable import Program

/// `yagura vuln` as people and other programs call it.
@Suite struct VulnCommandTests {
  private static let nvd = TestData.path + "/vuln/nvd/nvdcve-2.0-modified.json.gz"
  private static let year = TestData.path + "/vuln/nvd/nvdcve-2.0-2015.json.gz"
  private static let exploited = TestData.path + "/vuln/kev/known_exploited_vulnerabilities.json"

  private struct Imported: Decodable, Equatable {
    struct Line: Decodable, Equatable {
      let feed, part: String
      let checkedBy: String?
      let inserted, changed, same, bad: Int
    }

    let imported: [Line]
  }

  private struct Matched: Decodable, Equatable {
    let item: Int
    let affected, conditional: [String]
  }

  private static func take(_ hospital: Hospital, _ files: [String]) async throws -> Imported {
    let outcome = try await hospital.run(["vuln", "import", "--json"] + files)
    guard outcome.code == 0 else { throw Unexpected(outcome: outcome) }
    return try JSONDecoder().decode(Imported.self, from: Data(outcome.output.utf8))
  }

  private static func lines(_ outcome: Outcome) throws -> [Matched] {
    try outcome.output.split(separator: "\n").map { try JSONDecoder().decode(Matched.self, from: Data($0.utf8)) }
  }

  @Test(.enabled(if: TestData.isPresent))
  func feedsAreImportedOnceAndAnInventoryIsMatched() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let first = try await Self.take(hospital, [Self.nvd, Self.exploited])
    let nvd = try #require(first.imported.first { $0.feed == "nvd" })
    #expect(nvd.inserted >= 2_393)
    #expect(nvd.part == "modified")
    #expect(nvd.checkedBy == "nvdcve-2.0-modified.meta", "the .meta beside it is used")
    #expect(first.imported.first { $0.feed == "kev" }?.inserted == 1_404)
    for again in try await Self.take(hospital, [Self.nvd, Self.exploited]).imported {
      #expect((again.inserted, again.changed) == (0, 0), "\(again)")
    }
    // Two of the feed's own products, one that no feed knows, and one without its version.
    let inventory = hospital.folder.file("inventory.json")
    let items =
      #"[["a","nobody","nothing","1.0"],["o","linux","linux_kernel","6.6.40"],["o","linux","linux_kernel",""]]"#
    try Data(items.utf8).write(to: URL(filePath: inventory))
    let outcome = try await hospital.run(["vuln", "match", "--inventory", inventory, "--json"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let answers = try Self.lines(outcome)
    #expect(answers.map(\.item) == [0, 1, 2])
    #expect(answers[0] == Matched(item: 0, affected: [], conditional: []))
    #expect(answers[1].affected.count > 20)
    #expect(answers[1].affected == answers[1].affected.sorted())
    #expect(answers[2].affected == [] && answers[2].conditional.count > 20, "an unknown version is never safe")
    let shown = try await hospital.run(["vuln", "show", "--json", answers[1].affected[0]])
    #expect((shown.json as? [String: Any])?["id"] as? String == answers[1].affected[0])
    let feeds = try await hospital.run(["vuln", "feeds", "--json"])
    #expect((feeds.json as? [[String: Any]])?.count ?? 0 > 8)
  }

  private struct Rule: Decodable {
    let key, title, value: String
    let standard: String?
    let own: Bool
  }

  /// `vuln rules` prints what holds, changes it, and goes back; what cannot be is refused and changes nothing.
  @Test(arguments: Engine.available)
  func rulesArePrintedAndChanged(engine: Engine) async throws {
    let hospital = try Hospital()
    if engine == .postgres { _ = try await hospital.onPostgres() }
    try #require(try await hospital.initialize().code == 0)
    func rules(_ more: [String] = []) async throws -> [String: Rule] {
      let outcome = try await hospital.run(["vuln", "rules", "--json"] + more)
      guard outcome.code == 0 else { throw Unexpected(outcome: outcome) }
      let rules = try JSONDecoder().decode([Rule].self, from: Data(outcome.output.utf8))
      #expect(Set(rules.map(\.key)).count == rules.count && rules.allSatisfy { !$0.title.isEmpty })
      return Dictionary(rules.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let before = try await rules()
    #expect(before.values.allSatisfy { !$0.own && $0.value == $0.standard })
    let limit = try #require(before["stale-kev"])
    let after = try await rules(
      ["p3-days=200", "p0-when=exploited+exposed;alert", "stale-kev=20"].flatMap { ["--set", $0] }
    )
    #expect(after["p3-days"]?.value == "200" && after["p3-days"]?.own == true)
    #expect(after["p0-when"]?.value == "exploited+exposed\nalert")
    #expect(after["stale-kev"]?.value == "20" && after["stale-kev"]?.standard == limit.standard)
    #expect(after.values.filter(\.own).count == 3)
    // What is old is told by the hospital's own limit.
    let feeds = try await hospital.run(["vuln", "feeds", "--json"])
    let kev = try #require((feeds.json as? [[String: Any]])?.first { $0["feed"] as? String == "kev" })
    #expect(kev["staleDays"] as? Int == 20)
    for odd in ["p0-days=soon", "p0-days", "nothing=3", "stale-kev=1", "p0-when=moonlight"] {
      let outcome = try await hospital.run(["vuln", "rules", "--set", odd])
      #expect(outcome.code == 2 && !outcome.errors.isEmpty, "\(odd): \(outcome.errors)")
    }
    #expect(try await rules().values.filter(\.own).count == 3)
    // For people: a line a rule, with a mark where the hospital decided it.
    let lines = try await hospital.run(["vuln", "rules"]).output.split(separator: "\n")
    #expect(lines.count == before.count)
    #expect(lines.contains { $0.hasPrefix("p0-when\texploited+exposed;alert\t*\t") })
    let back = try await rules(["p3-days=", "p0-when=", "stale-kev="].flatMap { ["--set", $0] })
    #expect(back.values.allSatisfy { !$0.own && $0.value == $0.standard })
  }

  /// Where the sources disagree, programs are told which of them and on what.
  @Test(.enabled(if: TestData.isPresent))
  func whoDisagreesIsTold() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("assets.csv")
    let assets = "管理番号,機器名称,メーカー,OS・ファームウェア\nA-1,古い装置,Fortinet,FortiOS 6.0.18\nA-2,装置,Fortinet,FortiOS 7.0.13\n"
    try Data(assets.utf8).write(to: URL(filePath: table))
    try #require(try await hospital.run(["import", "--kind", "assets", table, "--json"]).code == 0)
    let subset = TestData.path + "/vuln/vulnrichment/vulnrichment-subset.ndjson.gz"
    try #require(try await hospital.run(["vuln", "import", subset]).code == 0)
    _ = try await hospital.run(["vuln", "match"])
    // What nothing loaded speaks of is not said to concern no device.
    let unknown = try await hospital.run(["vuln", "explain", "CVE-9999-1"])
    #expect(unknown.code != 0 && !unknown.output.contains("該当する機器はありません"))
    let outcome = try await hospital.run(["vuln", "explain", "CVE-2024-21762", "--json"])
    let lines = try #require(outcome.json as? [[String: Any]])
    let split = try #require(lines.first { $0["version"] as? String == "6.0.18" })
    let opinions = try #require(split["opinions"] as? [[String: Any]])
    let verdicts = Set(opinions.compactMap { $0["verdict"] as? String })
    #expect(verdicts.contains("affected") && verdicts.contains("not-affected"), "\(opinions)")
    #expect(opinions.contains { ($0["range"] as? String)?.contains("6.0") == true }, "\(opinions)")
    #expect((split["disagreeing"] as? [String])?.isEmpty == false && split["product"] as? String == "fortinet fortios")
    let agreed = try #require(lines.first { $0["version"] as? String == "7.0.13" })
    #expect((agreed["opinions"] as? [Any])?.isEmpty == true && (agreed["sources"] as? [String])?.isEmpty == false)
  }

  @Test func versionsAreCompared() async throws {
    let hospital = try Hospital()
    for (first, second, sign) in [
      ("7.2", "7.2.0", "="), ("1.9", "1.10", "<"), ("10.2.9-h1", "10.2.9", ">"), ("2019", "R2", "?"),
    ] {
      let child = try Child(["vuln", "compare-versions", first, second], before: nil, in: hospital.folder)
      #expect(await child.ended() == 0)
      #expect(child.output.trimmingCharacters(in: .whitespacesAndNewlines) == sign, "\(first) \(second)")
    }
  }

  @Test func whatIsNoFeedIsRefusedInWords() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let file = hospital.folder.file("notes.txt")
    for content in ["", "hello", "{\"a\": ", String(repeating: "[", count: 100_000), "<a><b>"] {
      try Data(content.utf8).write(to: URL(filePath: file))
      let outcome = try await hospital.run(["vuln", "import", file])
      #expect(outcome.code == 2, "\(content.prefix(20)): \(outcome.errors)")
      #expect(outcome.errors.contains("notes.txt"))
    }
    #expect(try await hospital.run(["vuln", "import", hospital.folder.file("absent")]).code == 2)
    #expect(try await hospital.run(["vuln", "match", "--inventory", file]).code == 2)
  }

  /// Killed at any moment, an import leaves what was there; the next one takes the file in as if nothing had been.
  @Test(.enabled(if: TestData.isPresent), .serialized, arguments: UInt64(0)..<(LongTests.areOn ? 30 : 3))
  func aKilledImportLeavesTheOldData(seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    _ = try await Self.take(hospital, [Self.exploited])
    let before = try await hospital.run(["vuln", "feeds", "--json"]).output
    let child = try hospital.start(["vuln", "import", Self.nvd])
    try await Task.sleep(for: .milliseconds(Int.random(in: 200...2_500, using: &chance)))
    child.kill()
    await child.ended()
    let after = try await hospital.run(["vuln", "feeds", "--json"]).output
    let isDone = after.contains("\"modified\"")
    if !isDone { #expect(after == before) }
    let again = try #require(try await Self.take(hospital, [Self.nvd]).imported.first)
    #expect(isDone ? again.inserted == 0 : again.inserted >= 2_393)
  }

  /// Neither taking feeds or bundles in, nor attaching files to devices, nor comparing opens a socket to anywhere.
  @Test(.enabled(if: TestData.isPresent && FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")))
  func importAndMatchOpenNoSocket() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let inventory = hospital.folder.file("inventory.json")
    try Data(#"[["o","linux","linux_kernel","6.6.40"]]"#.utf8).write(to: URL(filePath: inventory))
    let table = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称\nA-1,PACS サーバー\n".utf8).write(to: URL(filePath: table))
    try #require(try await hospital.run(["import", "--kind", "assets", table, "--json"]).code == 0)
    let corpus = #filePath.replacing("ProgramTests/VulnCommandTests.swift", with: "Corpus/advisories/")
    let bundle = hospital.folder.file("bundle.zip")
    let made = try await hospital.run(["vuln", "bundle", "--json", "--out", bundle, corpus + "epss"])
    let sender = try #require(made.json as? [String: Any])
    let key = try #require(sender["key"] as? String)
    let fingerprint = try #require(sender["fingerprint"] as? String)
    let trusted = try await hospital.run(["vuln", "keys", "--add", key, "--name", "県庁", "--fingerprint", fingerprint])
    try #require(trusted.code == 0)
    let program = try #require(Child.program)
    for (number, arguments) in [
      ["vuln", "import", Self.exploited, Self.nvd], ["vuln", "import", "--confirm", bundle],
      ["vuln", "import", corpus + "nessus/one.nessus"],
      ["vuln", "attach", "--asset", "A-1", corpus + "billOfMaterials/one.csv", corpus + "disclosure/one.csv"],
      ["vuln", "match", "--inventory", inventory, "--json"], ["vuln", "match"],
      ["vuln", "bundle", "--out", hospital.folder.file("again.zip"), corpus + "kev"],
    ].enumerated() {
      let trace = hospital.folder.file("trace-\(number)")
      let child = try Spawned(
        "/usr/bin/strace",
        ["-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", trace, program] + arguments
          + ["--data", hospital.data],
        environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"],
        output: hospital.folder.file("out-\(number)"),
        errors: hospital.folder.file("err-\(number)")
      )
      let errors = try String(contentsOfFile: hospital.folder.file("err-\(number)"), encoding: .utf8)
      #expect(await child.ended() == 0, "\(arguments): \(errors)")
      let calls = try String(contentsOfFile: trace, encoding: .utf8)
      #expect(!calls.contains("AF_INET"), "\(arguments): \(calls)")
    }
  }
}
