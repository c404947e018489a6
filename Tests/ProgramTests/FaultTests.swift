import Foundation
import SQL
import SQLite
import Support
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The power fails, the disk is full, the folder may not be written: nothing is half-done, and the reason is said.
@Suite struct FaultTests {
  /// Ten kills that came before the end (200 with `YAGURA_LONG_TESTS=1`), spread over the whole of the import by their seed.
  @Test(.enabled(if: TestData.isPresent))
  func anImportThatIsKilledLeavesAllOrNothing() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    var span = try await Self.timed(hospital)
    var chance = SplitMix64(seed: 42)
    let wanted = LongTests.areOn ? 200 : 10
    var killed = 0, late = 0
    while killed < wanted {
      let victim = try Hospital()
      try FileManager.default.copyItem(atPath: hospital.data, toPath: victim.data)
      let child = try victim.start(try Self.importing())
      try await Task.sleep(for: .microseconds(Int.random(in: 10_000...max(20_000, span), using: &chance)))
      child.kill()
      if await child.ended() == -SIGKILL {
        killed += 1
      } else {
        // Somebody else's load made the measured run slow; a kill after the end proves nothing, so aim earlier.
        late += 1
        span = span * 7 / 8
        try #require(late < 100 + wanted, "the import always ended before it could be killed")
      }
      let state = try await Self.state(victim)
      #expect(state.assets == 0 || state.assets == 1_499, "kill \(killed) left \(state.assets) devices")
      #expect(state.sets == (state.assets == 0 ? 0 : 1), "kill \(killed): \(state)")
      #expect(state.assets == 0 || state.entries >= state.assets, "kill \(killed): \(state)")
      #expect(try await victim.run(["verify"]).code == 0, "kill \(killed)")
      // And the way on is free.
      let again = try await victim.importing("assets", TestData.ledger("機器管理台帳.xlsx"))
      #expect(again.new + again.same >= 1_499, "kill \(killed): \(again.new) new, \(again.same) same")
      #expect(try await victim.run(["verify"]).code == 0, "kill \(killed), afterwards")
    }
  }

  private static func importing() throws -> [String] {
    ["import", "--kind", "assets", TestData.ledger("機器管理台帳.xlsx"), "--json"]
  }

  /// How long a whole import takes here and now, in microseconds; only to spread the kills over it.
  private static func timed(_ hospital: Hospital) async throws -> Int {
    let copy = try Hospital()
    try FileManager.default.copyItem(atPath: hospital.data, toPath: copy.data)
    let start = ContinuousClock.now
    let outcome = try await copy.run(try importing())
    try #require(outcome.code == 0)
    return Int((ContinuousClock.now - start) / .microseconds(1))
  }

  struct State: Sendable {
    let assets, sets, entries: Int
  }

  static func state(_ hospital: Hospital) async throws -> State {
    let database = try SQLiteDatabase(path: hospital.database)
    let state = try await database.read(.everyFacility) { tx in
      State(
        assets: try tx.count("SELECT count(*) FROM asset"),
        sets: try tx.count("SELECT count(*) FROM change_set"),
        entries: try tx.count("SELECT count(*) FROM journal WHERE subject_type = 'asset'")
      )
    }
    await database.close()
    return state
  }

  // MARK: The disk

  /// A whole installation on a file system of a few megabytes.
  @Test(.enabled(if: SmallDisk.isPossible && TestData.isPresent))
  func aFullDiskIsSaidAndLeavesTheLedgerAsItWas() async throws {
    let disk = try SmallDisk(megabytes: 12)
    let hospital = try Hospital(data: disk.path + "/data")
    try #require(try await hospital.initialize().code == 0)
    let outcome = try await hospital.run(try Self.importing())
    #expect(outcome.code == 3, "\(outcome.code): \(outcome.errors)")
    #expect(outcome.errors.contains("disk is full"), "\(outcome.errors)")
    let elsewhere = try Hospital()
    try FileManager.default.copyItem(atPath: hospital.data, toPath: elsewhere.data)
    let state = try await Self.state(elsewhere)
    #expect(state.assets == 0 && state.sets == 0, "\(state)")
    #expect(try await elsewhere.run(["verify"]).code == 0)
    let again = try await elsewhere.run(try Self.importing())
    #expect(again.code == 0, "with room it goes on: \(again.errors)")
  }

  /// A limit on the size of files, as some hosts set it.
  @Test(.enabled(if: TestData.isPresent))
  func aLimitOnFilesIsSaidAndLeavesTheLedgerAsItWas() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let outcome = try await hospital.run(try Self.importing(), before: "ulimit -f 2000")
    #expect(outcome.code == 3, "\(outcome.code): \(outcome.errors)")
    #expect(outcome.errors.contains { !$0.isWhitespace })
    let state = try await Self.state(hospital)
    #expect(state.assets == 0 && state.sets == 0, "\(state)")
    #expect(try await hospital.run(["verify"]).code == 0)
  }

  /// As somebody who may read the folder and not write it.
  @Test(.enabled(if: geteuid() == 0))
  func aFolderThatMayNotBeWrittenIsNamed() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称\nA-1,端末\n".utf8).write(to: URL(filePath: table))
    let nobody = "set -- setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\""
    let open =
      "chown -R 65534:65534 '\(hospital.folder.path)'; chmod 555 '\(hospital.data)'; chmod 444 '\(hospital.data)'/yagura.sqlite*"
    let outcome = try await hospital.run(["import", "--kind", "assets", table], before: "\(open); \(nobody)")
    #expect(outcome.code == 3, "\(outcome.code): \(outcome.errors)")
    #expect(
      outcome.errors.contains { !$0.isWhitespace } && !outcome.errors.contains("Error Domain"),
      "\(outcome.errors)"
    )
    #expect(outcome.errors.contains(hospital.data) || outcome.errors.contains("read"), "\(outcome.errors)")
    let state = try await Self.state(hospital)
    #expect(state.assets == 0)
  }

  /// A target that cannot be written, a folder that is a file.
  @Test func whatCannotBeWrittenIsNamed() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let export = try await hospital.run(["export", "--kind", "assets", "--format", "csv", "/no/such/folder/a.csv"])
    #expect(export.code == 3 && export.errors.contains("/no/such/folder/a.csv"), "\(export.errors)")
    let file = try Hospital(data: hospital.folder.file("password"))
    let onFile = try await file.initialize()
    #expect([2, 3].contains(onFile.code) && !onFile.errors.contains("Fatal"), "\(onFile.code): \(onFile.errors)")
    let broken = try Hospital()
    try FileManager.default.copyItem(atPath: hospital.data, toPath: broken.data)
    try Data(repeating: 0x41, count: 40_000).write(to: URL(filePath: broken.database))
    for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: broken.database + name) }
    for command in [["facts", "--json"], ["verify"], ["serve", "--port", "0"]] {
      let outcome = try await broken.run(command)
      #expect(outcome.code == 3, "\(command): \(outcome.code) \(outcome.errors)")
    }
    let keyless = try Hospital()
    try FileManager.default.copyItem(atPath: hospital.data, toPath: keyless.data)
    try FileManager.default.removeItem(atPath: keyless.data + "/keys")
    let outcome = try await keyless.run(["facts", "--json"])
    #expect(outcome.code == 3 && outcome.errors.contains("keys"), "\(outcome.errors)")
  }
}

/// A file system in memory, where this user may mount one.
final class SmallDisk: Sendable {
  let path: String
  private let folder: TemporaryFolder

  static let isPossible: Bool = {
    guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
    guard mountMemory(folder.path, megabytes: 1) else { return false }
    return umount(folder.path) == 0
  }()

  init(megabytes: Int) throws {
    folder = try TemporaryFolder()
    path = folder.path
    try #require(Self.mountMemory(path, megabytes: megabytes))
  }

  private static func mountMemory(_ path: String, megabytes: Int) -> Bool {
    mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0
  }

  // Lazily, so that a child that still holds a file does not keep it for ever.
  deinit { umount2(path, Int32(MNT_DETACH)) }
}
