import Foundation
import Ledger
import Nouns
import SQL
import SQLite
import Support
import Testing
import Web
import WebSupport

@testable import Program

/// The server is killed while it takes in a large file: the ledger holds all of it or nothing, and the next server takes
/// the work up again and ends it once.
@Suite struct KilledJobTests {
  private static let rows = 2_500

  @Test(.serialized, arguments: UInt64(0)..<(LongTests.areOn ? 40 : 3))
  func aKilledJobIsDoneOnceAfterAll(seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let hospital = try await Installation(.sqlite, rows: 1)
    defer { withExtendedLifetime(hospital) {} }
    let job = try await Self.order(in: hospital)
    await hospital.close()
    let machine = try Hospital(data: hospital.folder.path)
    let before = try await Self.state(machine, job).assets

    let server = try machine.start(["serve", "--port", "0"])
    _ = try await CommandTests.address(of: server)
    // From before it begins to about its end, wherever the machine is fast or slow.
    let wanted = ["running", "running", "done"][Int(seed) % 3]
    for _ in 0..<600 {
      if try await Self.state(machine, job).state == wanted { break }
      try await Task.sleep(for: .milliseconds(20))
    }
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...(seed == 0 ? 50 : 1_500), using: &chance)))
    server.kill()
    await server.ended()

    let killed = try await Self.state(machine, job)
    #expect(killed.assets == before || killed.assets == before + Self.rows, "\(killed)")
    #expect(try await machine.run(["verify"]).code == 0)

    // Its lease runs out at once, so that nobody has to wait for it here.
    let database = try SQLiteDatabase(path: machine.database)
    try await database.write(.everyFacility) { tx in
      try tx.run("UPDATE job SET held_until = 0 WHERE id = \(job) AND state = 'running'")
    }
    await database.close()
    let next = try machine.start(["serve", "--port", "0"])
    var last = killed
    for _ in 0..<1_200 where last.state != "done" {
      last = try await Self.state(machine, job)
      guard next.isRunning, last.state != "failed" else { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    next.signal(SIGTERM)
    await next.ended()
    #expect(last.state == "done", "\(last)\n\(next.errors)")
    #expect(try await Self.state(machine, job).assets == before + Self.rows)
    #expect(try await machine.run(["verify"]).code == 0)
  }

  /// Reading a large file changes nothing, whenever it dies; the next server reads it again and the page is there.
  @Test(arguments: UInt64(0)..<(LongTests.areOn ? 20 : 2))
  func aKilledReadingIsDoneAfterAll(seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let hospital = try await Installation(.sqlite, rows: 1)
    defer { withExtendedLifetime(hospital) {} }
    let browser = try await hospital.browser(.administrator)
    await browser.get("/ledger/import")
    let upload = await browser.upload(
      "/ledger/import",
      ["kind": "assets"],
      file: (field: "file", name: "大きな台帳.csv", bytes: ImportPageTests.large)
    )
    let path = try #require(upload.headers["location"], "the upload answered \(upload.status)")
    let job = String(path.dropFirst("/jobs/".count))
    await hospital.close()
    let machine = try Hospital(data: hospital.folder.path)
    let before = try await Self.state(machine, job).assets

    let server = try machine.start(["serve", "--port", "0"])
    _ = try await CommandTests.address(of: server)
    for _ in 0..<600 {
      if try await Self.state(machine, job).state != "waiting" { break }
      try await Task.sleep(for: .milliseconds(20))
    }
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...800, using: &chance)))
    server.kill()
    await server.ended()
    let database = try SQLiteDatabase(path: machine.database)
    try await database.write(.everyFacility) { tx in
      try tx.run("UPDATE job SET held_until = 0 WHERE id = \(job) AND state = 'running'")
    }
    let next = try machine.start(["serve", "--port", "0"])
    var last = try await Self.state(machine, job)
    for _ in 0..<1_200 where last.state != "done" {
      last = try await Self.state(machine, job)
      guard next.isRunning, last.state != "failed" else { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    next.signal(SIGTERM)
    await next.ended()
    let kept = try await database.read(.everyFacility) { tx in
      try tx.count("SELECT count(*) FROM import_draft WHERE digest IS NOT NULL")
    }
    await database.close()
    #expect(last.state == "done" && last.assets == before && kept == 1, "\(last)\n\(next.errors)")
  }

  /// Hands in a file that is large enough to become a job, as a browser does, and answers the job's id.
  private static func order(in hospital: Installation) async throws -> String {
    let browser = try await hospital.browser(.administrator)
    await browser.get("/ledger/import")
    let lines = (0..<rows).map { "ZZ-\($0),試験端末\($0),端末\r\n" }.joined()
    let upload = await browser.upload(
      "/ledger/import",
      ["kind": "assets"],
      file: (field: "file", name: "大きな台帳.csv", bytes: Array("管理番号,機器名称,区分\r\n\(lines)".utf8))
    )
    let draft = try #require(upload.headers["location"], "the upload answered \(upload.status)")
    let commit = await browser.post("\(draft)/commit")
    let path = try #require(commit.headers["location"], "the commit answered \(commit.status)")
    try #require(path.hasPrefix("/jobs/"))
    return String(path.dropFirst("/jobs/".count))
  }

  struct State: Sendable {
    let assets: Int
    let state: String
  }

  private static func state(_ hospital: Hospital, _ job: String) async throws -> State {
    let database = try SQLiteDatabase(path: hospital.database)
    let state = try await database.read(.everyFacility) { tx in
      State(
        assets: try tx.count("SELECT count(*) FROM asset"),
        state: try tx.row("SELECT state FROM job WHERE id = \(job)").map { try $0.text("state") } ?? "gone"
      )
    }
    await database.close()
    return state
  }
}
