import Foundation
import SQL
import Support
import Synchronization
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
#if canImport(Glibc)
import Glibc
#endif

/// PostgreSQL is restarted under load, in an orderly way and as if it had crashed: whoever is unlucky reads clear words and
/// keeps what was typed, what was answered as saved is there, what was refused is not, and the server goes on by itself.
@Suite(.enabled(if: Engine.hasPostgres)) struct DatabaseRestartTests {
  /// What became of the records that were sent.
  private struct Tally {
    var saved: [String] = []
    /// Told that nothing has changed.
    var refused: [String] = []
    /// Told that nobody knows.
    var open: [String] = []
    var faults: [String] = []
    var isOver = false
  }

  private final class Log: Sendable {
    private let tally = Mutex(Tally())

    func withLock<T>(_ body: (inout sending Tally) -> sending T) -> T { tally.withLock(body) }
  }

  @Test(arguments: [SIGUSR1, SIGUSR2]) func aRestartUnderLoadLosesNothing(_ blow: Int32) async throws {
    let database = try await OutsideServer("database-server", ports: 1)
    let hospital = try Hospital()
    try FileManager.default.createDirectory(atPath: hospital.data, withIntermediateDirectories: true)
    let address = try String(contentsOfFile: database.folder.file("address"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    try Data("database:\n  url: \"\(address)\"\n  connections: 4\napi:\n  requestsPerMinute: 0\n".utf8)
      .write(to: URL(filePath: hospital.data + "/yagura.yaml"))
    var made = try await hospital.initialize()
    // The port is open a moment before the server answers.
    for _ in 0..<20 where made.code != 0 {
      try await Task.sleep(for: .milliseconds(250))
      made = try await hospital.initialize()
    }
    try #require(made.code == 0, "\(made.errors)")
    let bearer = try await Self.bearer(hospital)
    let server = try hospital.start(["serve", "--port", "0"])
    let base = try await CommandTests.address(of: server)

    let tally = Log()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<3 {
        group.addTask { try await Self.fillForms(Visitor(base), number, tally) }
        group.addTask { await Self.callInterface(Visitor(base), bearer, number, tally) }
      }
      group.addTask { try await Self.strike(database, blow, tally) }
      try await group.waitForAll()
    }

    let found = tally.withLock { $0 }
    #expect(found.faults.isEmpty, "\(found.faults.prefix(3))")
    #expect(found.refused.count > 0, "nobody was unlucky: the test shows nothing")
    #expect(server.isRunning, "the server did not need to be restarted")
    let visitor = Visitor(base)
    #expect(try await visitor.get("/health").status == 200)
    try await Self.compare(found, bearer, base)
    server.signal(SIGTERM)
    #expect(await server.ended() == 0)
    let verified = try await hospital.run(["verify"])
    #expect(verified.code == 0, "\(verified.errors)")
    await database.stop()
  }

  private static func bearer(_ hospital: Hospital) async throws -> String {
    let file = hospital.folder.file("token")
    let outcome = try await hospital.run([
      "token", "create", "load", "--user", "sato", "--permissions", "readLedger,editLedger", "--days", "2",
      "--token-file", file,
    ])
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Hits once the load has begun to be answered, lets the database back once somebody was refused, and ends the load once
  /// somebody was served again. The database stays away until then: how long a request is retried depends on the machine.
  private static func strike(_ database: OutsideServer, _ blow: Int32, _ tally: Log) async throws {
    defer { tally.withLock { $0.isOver = true } }
    func wait(_ what: String, _ condition: (Tally) -> Bool) async throws {
      for _ in 0..<1_200 {
        if tally.withLock({ condition($0) }) { return }
        try await Task.sleep(for: .milliseconds(50))
      }
      Issue.record("nobody waited for: \(what)")
    }
    try await wait("a record of everybody") { tally in
      (0..<3).allSatisfy { number in
        ["窓口", "連携"].allSatisfy { way in tally.saved.contains { $0.hasPrefix("\(way)\(number)") } }
      }
    }
    database.signal(blow)
    try await wait("somebody who is refused") { !$0.refused.isEmpty }
    try Data().write(to: URL(filePath: database.folder.file("up")))
    let before = tally.withLock { $0.saved.count }
    try await wait("records after the restart") { $0.saved.count >= before + 20 }
  }

  private static func fillForms(_ visitor: Visitor, _ number: Int, _ tally: Log) async throws {
    try await visitor.signIn()
    let path = "/ledger/location/new"
    let token = try await visitor.token(path)
    var turn = 0
    while !tally.withLock({ $0.isOver }) {
      turn += 1
      let name = "窓口\(number)の部屋\(turn)"
      do {
        let answer = try await visitor.post(path, ["name": name, "remarks": "打ち込んだ文 \(name)"], token: token)
        note(answer, name, saved: 303, tally)
        if answer.status == 503, !answer.text.contains("打ち込んだ文 \(name)") || !answer.text.contains("もう一度送る") {
          tally.withLock { $0.faults.append("what was typed is lost: \(answer.text.prefix(400))") }
        }
      } catch {
        tally.withLock { $0.faults.append("no answer: \(error)") }
      }
    }
  }

  private static func callInterface(
    _ visitor: Visitor,
    _ bearer: String,
    _ number: Int,
    _ tally: Log
  ) async {
    var turn = 0
    while !tally.withLock({ $0.isOver }) {
      turn += 1
      let name = "連携\(number)の部屋\(turn)"
      do {
        let json = "{\"values\":{\"name\":\"\(name)\"}}"
        let answer = try await visitor.postJSON("/api/v1/records/location", json, bearer: bearer)
        note(answer, name, saved: 201, tally)
        if answer.status == 503, answer.headers["content-type"] != "application/problem+json" {
          tally.withLock { $0.faults.append("no problem document: \(answer.headers)") }
        }
      } catch {
        tally.withLock { $0.faults.append("no answer: \(error)") }
      }
    }
  }

  private static func note(_ answer: Visitor.Answer, _ name: String, saved: Int, _ tally: Log) {
    tally.withLock { tally in
      switch answer.status {
      case saved: tally.saved.append(name)
      case 503:
        if answer.text.contains("まだ何も変わっていません") {
          tally.refused.append(name)
        } else if answer.text.contains("保存できたかどうかが分かりません") {
          tally.open.append(name)
        } else {
          tally.faults.append("unclear: \(answer.text.prefix(400))")
        }
        if answer.headers["retry-after"] == nil { tally.faults.append("no Retry-After") }
        for inside in ["FATAL", "SQL", "57P0", "postgres", "127.0.0.1", "libpq", "terminating"]
        where answer.text.contains(inside) {
          tally.faults.append("shows \(inside): \(answer.text.prefix(400))")
        }
      default: tally.faults.append("\(answer.status): \(answer.text.prefix(400))")
      }
    }
  }

  /// Everything that was answered as saved is there once, and nothing that was refused.
  private static func compare(_ tally: Tally, _ bearer: String, _ base: String) async throws {
    var names: [String: Int] = [:]
    var cursor: String? = ""
    while let next = cursor {
      let query = next.isEmpty ? "" : "&cursor=\(next)"
      var request = URLRequest(url: try #require(URL(string: "\(base)/api/v1/records/location?limit=200\(query)")))
      request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization")
      let (data, _) = try await URLSession.shared.data(for: request)
      let page = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      for item in try #require(page["items"] as? [[String: Any]]) {
        names[(item["values"] as? [String: Any])?["name"] as? String ?? "", default: 0] += 1
      }
      cursor = page["next"] as? String
    }
    for name in tally.saved { #expect(names[name] == 1, "\(name) was answered as saved: \(names[name] ?? 0)") }
    for name in tally.refused { #expect(names[name] == nil, "\(name) was refused and is there") }
    let known = Set(tally.saved + tally.open)
    for name in names.keys { #expect(known.contains(name), "\(name) came from nowhere") }
  }
}
