import SQL
import Support
import Synchronization
import Testing
import Time

struct Refusal: Error, Equatable {}

@Suite struct TransactionTests {
  @Test(arguments: Engine.available) func aCommitIsNoted(_ engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let watch = CommitWatch()
    await watch.during { _ = try? await database.read(.facility("f1")) { tx in try tx.count("SELECT 1") } }
    #expect(!watch.hasCommitted)
    await watch.during {
      _ = try? await database.write(.facility("f1")) { _ in throw StorageError.full }
    }
    #expect(!watch.hasCommitted, "what is rolled back is not committed")
    try await watch.during { try await database.write(.facility("f1")) { tx in _ = try tx.rows("SELECT 1") } }
    #expect(watch.hasCommitted)
    await database.close()
  }

  @Test(arguments: Engine.available) func everyWriteIsCountedBeforeItAnswers(_ engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let before = database.writes
    _ = try await database.read { tx in try tx.count("SELECT 1") }
    #expect(database.writes == before)
    try await database.write { tx in try addAsset("a", to: tx) }
    #expect(database.writes == before + 1)
    await #expect(throws: Refusal()) { try await database.write { _ in throw Refusal() } }
    #expect(database.writes == before + 2, "what a failed one left is for the reader to see")
    await database.close()
  }

  @Test(arguments: Engine.available)
  func aBodyThatThrowsLeavesNothing(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    await #expect(throws: Refusal()) {
      try await database.write { tx in
        try addAsset("a", to: tx)
        throw Refusal()
      }
    }
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM asset") } == 0)
  }

  @Test(arguments: Engine.available)
  func aReadRefusesToWrite(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    await #expect(throws: StorageError.readOnly) { try await database.read { tx in try addAsset("a", to: tx) } }
    await #expect(throws: StorageError.readOnly) {
      try await database.read { tx in
        try tx.insert(into: "counter", columns: ["id", "value"], rows: [[.text("a"), .integer(1)]])
      }
    }
    try await database.write { tx in try addAsset("a", to: tx) }
  }

  @Test(arguments: Engine.available)
  func anEmptyFacilityIsRefused(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    await #expect(throws: StorageError.self) { try await database.read(.facility("")) { _ in } }
    await #expect(throws: StorageError.self) { try await database.write(.facility("")) { _ in } }
  }

  @Test(arguments: Engine.available)
  func aHundredWritersAtOnceLoseNoIncrement(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await countToAHundred(database)
  }

  @Test func aHundredWritersAtOnceLoseNoIncrementInAFile() async throws {
    let folder = try temporaryFolder()
    try await countToAHundred(try await TestDatabase.file(in: folder, wardMigrations))
  }

  private func countToAHundred(_ database: any Database) async throws {
    try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('x', 0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 {
        group.addTask {
          try await database.write { tx in
            let value = try tx.count("SELECT value FROM counter WHERE id = 'x'")
            try tx.run("UPDATE counter SET value = \(value + 1) WHERE id = 'x'")
          }
          _ = try await database.read { tx in try tx.count("SELECT value FROM counter WHERE id = 'x'") }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await database.read { tx in try tx.count("SELECT value FROM counter") } == 100)
  }

  @Test(arguments: Engine.available)
  func aReadSeesOneState(engine: Engine) async throws {
    guard engine == .postgres else { return }
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await seesOneState(database)
  }

  @Test func aReadOfAFileSeesOneState() async throws {
    let folder = try temporaryFolder()
    try await seesOneState(try await TestDatabase.file(in: folder, wardMigrations))
  }

  /// Two counters move together; no read sees them apart.
  private func seesOneState(_ database: any Database) async throws {
    try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('x', 0), ('y', 0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for _ in 0..<50 {
          try await database.write { tx in
            try tx.run("UPDATE counter SET value = value + 1 WHERE id = 'x'")
            try tx.run("UPDATE counter SET value = value + 1 WHERE id = 'y'")
          }
        }
      }
      group.addTask {
        for _ in 0..<50 {
          try await database.read { tx in
            let x = try tx.count("SELECT value FROM counter WHERE id = 'x'")
            let y = try tx.count("SELECT value FROM counter WHERE id = 'y'")
            #expect(x == y)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(arguments: Engine.available)
  func eachStreamsAndTheBodyMayAskMore(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let query: SQL = "SELECT id, value FROM counter ORDER BY value"
    let (sum, pairs, left) = try await database.write { tx in
      try tx.insert(
        into: "counter",
        columns: ["id", "value"],
        rows: (0..<1700).map { [.text("c\($0)"), .integer(Int64($0))] }
      )
      var sum = 0
      var pairs = 0
      try tx.each(query) { row in
        sum += try row.integer("value")
        if try row.integer("value") == 3 { try tx.each(query) { _ in pairs += 1 } }
      }
      var left = 0
      do {
        try tx.each(query) { row in
          left += 1
          if left == 600 { throw Refusal() }
        }
      } catch is Refusal {}
      _ = try tx.count("SELECT count(*) FROM counter")
      return (sum, pairs, left)
    }
    #expect(sum == 1700 * 1699 / 2)
    #expect(pairs == 1700)
    #expect(left == 600)
  }

  @Test(arguments: Engine.available)
  func aCancelledTaskStopsItsStatement(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let hasBegun = AsyncStream<Void>.makeStream()
    let task = Task {
      try await database.write { tx in
        try addAsset("a", to: tx)
        hasBegun.continuation.yield()
        _ = try tx.rows(
          """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n
          """
        )
      }
    }
    for await _ in hasBegun.stream { break }
    task.cancel()
    await #expect(throws: StorageError.cancelled) { try await task.value }
    // The connection serves on, and nothing of the transaction is left.
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM asset") } == 0)
    try await database.write { tx in try addAsset("a", to: tx) }
  }

  @Test(arguments: Engine.available)
  func aTaskCancelledBeforehandDoesNothing(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await database.write { tx in try addAsset("a", to: tx) }
    }
    task.cancel()
    await #expect(throws: StorageError.cancelled) { try await task.value }
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM asset") } == 0)
  }

  @Test(arguments: Engine.available)
  func oneStatementAtATimeAndNoNonsense(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let wrong: [SQL] = [
      "SELECT 1; SELECT 2", "SELEC 1", "SELECT * FROM nowhere", "SELECT \(1) AS a, \("x\0y") AS b",
      "INSERT INTO counter (id, value) VALUES ('x')",
    ]
    for sql in wrong {
      await #expect(throws: StorageError.self) { try await database.write { tx in try tx.rows(sql) } }
    }
    await #expect(throws: StorageError.nul) {
      try await database.write { tx in
        try tx.insert(into: "counter", columns: ["id", "value"], rows: [[.text("\0"), .integer(1)]])
      }
    }
    await #expect(throws: StorageError.self) {
      try await database.write { tx in try tx.insert(into: "counter", columns: ["id", "value"], rows: [[.text("a")]]) }
    }
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM counter") } == 0)
  }

  @Test(arguments: Engine.available)
  func aClosedStoreIsUnavailable(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    await closeTwice(database)
  }

  @Test func aClosedFileIsUnavailable() async throws {
    let folder = try temporaryFolder()
    await closeTwice(try await TestDatabase.file(in: folder, wardMigrations))
  }

  /// While readers are at work: they finish or are told, and nothing crashes.
  private func closeTwice(_ database: any Database) async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            _ = try await database.read { tx in try tx.count("SELECT count(*) FROM asset") }
          } catch StorageError.unavailable {
          } catch {
            Issue.record("\(error)")
          }
        }
      }
      group.addTask { await database.close() }
    }
    await database.close()
    for _ in 0..<2 {
      do {
        _ = try await database.read { tx in try tx.count("SELECT count(*) FROM asset") }
        Issue.record("it answered")
      } catch StorageError.unavailable {
      } catch {
        Issue.record("\(error)")
      }
    }
  }
}
