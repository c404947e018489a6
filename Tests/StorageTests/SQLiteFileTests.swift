import Foundation
import SQL
import SQLite
import Support
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct SQLiteFileTests {
  @Test func theFileIsItsOwnersAndWritesAheadDurably() async throws {
    let folder = try temporaryFolder()
    let database = try await TestDatabase.file(in: folder, wardMigrations)
    let settings = try await database.write { tx in
      try ["journal_mode", "foreign_keys", "synchronous", "busy_timeout"].map { name in
        try tx.texts("PRAGMA \(name: name)").first ?? nil
      }
    }
    #expect(settings == ["wal", "1", "2", "5000"])
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("yagura.sqlite"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
    await database.close()
  }

  @Test func aBackupTakenWhileOthersWriteIsWhole() async throws {
    let folder = try temporaryFolder()
    let database = try await TestDatabase.file(in: folder, wardMigrations)
    try await database.write { tx in
      try tx.insert(
        into: "counter",
        columns: ["id", "value"],
        rows: (0..<5000).map { [.text("c\($0)"), .integer(Int64($0))] }
      )
    }
    let writer = Task {
      var number = 0
      while !Task.isCancelled {
        number += 1
        let id = "w\(number)"
        do {
          try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES (\(id), 0)") }
        } catch StorageError.cancelled {}
      }
    }
    try await database.backup(to: folder.file("copy.sqlite"))
    writer.cancel()
    try await writer.value
    let copy = try await TestDatabase.file(in: folder, wardMigrations, name: "copy.sqlite")
    #expect(try await copy.integrityCheck() == [])
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("copy.sqlite"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
    await #expect(throws: StorageError.self) { try await database.backup(to: folder.file("no/such/copy.sqlite")) }
    #expect(try await copy.read { tx in try tx.count("SELECT count(*) FROM counter WHERE value >= 0") } >= 5000)
  }

  @Test func aDamagedFileIsNamedAndNotServed() async throws {
    let folder = try temporaryFolder()
    let path = folder.file("yagura.sqlite")
    try Data("this is no database, but a text of some length that goes on for a while ".utf8).write(
      to: URL(fileURLWithPath: path)
    )
    #expect(throws: StorageError.self) { try SQLiteDatabase(path: path) }
    #expect(throws: StorageError.self) { try SQLiteDatabase(path: folder.file("no/such/folder.sqlite")) }
  }

  @Test func brokenReferencesAreFoundByTheIntegrityCheck() async throws {
    let database = try SQLiteDatabase.inMemory()
    try await database.migrate(wardMigrations)
    #expect(try await database.integrityCheck() == [])
  }

  @Test func aFullDiskIsSaidAndLeavesTheOldState() async throws {
    let folder = try temporaryFolder()
    let database = try await TestDatabase.file(in: folder, wardMigrations)
    await #expect(throws: StorageError.full) {
      try await database.write { tx in
        // A limit on pages is how SQLite itself plays a full disk.
        _ = try tx.rows("PRAGMA max_page_count = 40")
        try tx.insert(
          into: "counter",
          columns: ["id", "value"],
          rows: (0..<10_000).map { [.text("c\($0)" + String(repeating: "x", count: 100)), .integer(0)] }
        )
      }
    }
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM counter") } == 0)
    _ = try await database.write { tx in try tx.rows("PRAGMA max_page_count = 1000000") }
    try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('x', 1)") }
  }

  @Test func aLongLogGoesIntoTheFileBehindTheCommit() async throws {
    let folder = try temporaryFolder()
    let path = folder.file("yagura.sqlite")
    let database = try await TestDatabase.file(in: folder, wardMigrations)
    func write(_ name: String) async throws {
      try await database.write { tx in
        try tx.insert(
          into: "counter",
          columns: ["id", "value"],
          rows: (0..<25_000).map { [.text("\(name)\($0)" + String(repeating: "x", count: 100)), .integer(0)] }
        )
      }
    }
    // Waits for what goes on behind the commit, and copies nothing itself: it is no checkpoint but a look at the file.
    func size() throws -> Int { try #require(try URL(filePath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize) }
    // Several in a row, and once more when that is done.
    for (names, bytes) in [(["a", "b", "c", "d"], 10_000_000), (["e", "f", "g", "h"], 20_000_000)] {
      for name in names { try await write(name) }
      for _ in 0..<1_000 where try size() < bytes { try await Task.sleep(for: .milliseconds(10)) }
      #expect(try size() >= bytes)
    }
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM counter") } == 200_000)
    await database.close()
  }

  /// The child dies inside a transaction that has written more than fits its cache, so that some of it is in the file.
  @Test func aProcessKilledWhileWritingLeavesTheOldState() async throws {
    let folder = try temporaryFolder()
    let path = folder.file("yagura.sqlite")
    let database = try await TestDatabase.file(in: folder, wardMigrations)
    try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('kept', 1)") }
    await database.close()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let database = try SQLiteDatabase(path: path)
      try await database.write { tx in
        _ = try tx.rows("PRAGMA cache_size = 10")
        try tx.run("UPDATE counter SET value = 2")
        try tx.insert(
          into: "counter",
          columns: ["id", "value"],
          rows: (0..<20_000).map { [.text("c\($0)" + String(repeating: "x", count: 100)), .integer(0)] }
        )
        kill(getpid(), SIGKILL)
      }
    }
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    let again = try SQLiteDatabase(path: path)
    #expect(try await again.read { tx in try tx.integers("SELECT value FROM counter") } == [1])
    #expect(try await again.integrityCheck() == [])
  }

  @Test func twoProcessesWriteOneFileInTurn() async throws {
    let folder = try temporaryFolder()
    let path = folder.file("yagura.sqlite")
    let database = try await TestDatabase.file(in: folder, wardMigrations)
    try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('x', 0)") }
    async let other = #expect(processExitsWith: .success) { [path = path as String] in
      let database = try SQLiteDatabase(path: path)
      for _ in 0..<50 {
        try await database.write { tx in
          let value = try tx.count("SELECT value FROM counter")
          try tx.run("UPDATE counter SET value = \(value + 1)")
        }
      }
    }
    for _ in 0..<50 {
      try await database.write { tx in
        let value = try tx.count("SELECT value FROM counter")
        try tx.run("UPDATE counter SET value = \(value + 1)")
      }
    }
    _ = await other
    #expect(try await database.read { tx in try tx.count("SELECT value FROM counter") } == 100)
  }
}
