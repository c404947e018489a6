import Postgres
import SQL
import Support
import Testing

@Suite(.enabled(if: Engine.hasPostgres)) struct PostgresTests {
  /// A database of its own, with two facilities that have one asset each.
  private func ward(
    _ change: (inout PostgresConfiguration) -> Void = { _ in }
  ) async throws -> (PostgresDatabase, String) {
    let name = try PostgresServer.makeDatabase()
    var configuration = try PostgresServer.configuration(name)
    change(&configuration)
    let database = PostgresDatabase(configuration)
    try await database.migrate(wardMigrations)
    for facility in ["f1", "f2"] {
      try await database.write(.facility(facility)) { tx in
        try tx.run("INSERT INTO asset (facility, id, name) VALUES (\(facility), 'a', 'monitor')")
      }
    }
    return (database, name)
  }

  @Test func aStatementThatForgetsItsWhereTouchesOneFacilityOnly() async throws {
    let (database, _) = try await ward()
    #expect(try await database.read(.facility("f1")) { tx in try tx.texts("SELECT facility FROM asset") } == ["f1"])
    #expect(try await database.write(.facility("f1")) { tx in try tx.run("UPDATE asset SET beds = 1") } == 1)
    #expect(
      try await database.write(.facility("f1")) { tx in try tx.run("DELETE FROM asset WHERE facility = 'f2'") } == 0
    )
    #expect(try await database.write(.facility("nobody")) { tx in try tx.run("DELETE FROM asset") } == 0)
    await #expect(throws: StorageError.self) {
      try await database.write(.facility("f1")) { tx in
        try tx.run("INSERT INTO asset (facility, id, name) VALUES ('f2', 'b', 'x')")
      }
    }
    await #expect(throws: StorageError.self) {
      try await database.write(.facility("f1")) { tx in
        try tx.insert(
          into: "asset",
          columns: ["facility", "id", "name"],
          rows: [[.text("f2"), .text("b"), .text("x")]]
        )
      }
    }
    await #expect(throws: StorageError.self) {
      try await database.write(.facility("f1")) { tx in try tx.run("UPDATE asset SET facility = 'f2', id = 'c'") }
    }
    let all = try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT facility, beds FROM asset ORDER BY facility").map { row throws(StorageError) in
        "\(try row.text("facility")) \(try row.optionalInteger("beds") ?? 0)"
      }
    }
    #expect(all == ["f1 1", "f2 0"])
  }

  @Test func theReachOfOneTransactionIsNotTheNextOnes() async throws {
    let (database, _) = try await ward { $0.connections = 1 }
    for _ in 0..<3 {
      #expect(try await database.read(.everyFacility) { tx in try tx.count("SELECT count(*) FROM asset") } == 2)
      #expect(try await database.read(.facility("f2")) { tx in try tx.count("SELECT count(*) FROM asset") } == 1)
      #expect(
        try await database.read(.facility("f2' OR '1'='1")) { tx in try tx.count("SELECT count(*) FROM asset") } == 0
      )
    }
  }

  @Test func theServingRoleMayNotChangeTheSchemaOrTheHistoryOfMigrations() async throws {
    let (database, _) = try await ward()
    for sql in [
      "CREATE TABLE x (id integer)", "DROP TABLE asset", "ALTER TABLE asset DISABLE ROW LEVEL SECURITY",
      "DELETE FROM migration", "TRUNCATE asset",
    ] as [SQL] {
      await #expect(throws: StorageError.self) { try await database.write(.everyFacility) { tx in try tx.run(sql) } }
    }
  }

  @Test func aSuperuserMayNotServe() async throws {
    let (_, name) = try await ward()
    var configuration = try PostgresServer.configuration(name)
    configuration.servingRole = nil
    let database = PostgresDatabase(configuration)
    await #expect(throws: StorageError.self) {
      try await database.read(.facility("f1")) { tx in try tx.rows("SELECT 1") }
    }
  }

  /// As a hospital group runs it: one login owns the tables, another serves, and neither is a superuser.
  @Test func anOwnerMigratesAndAnotherLoginServes() async throws {
    let address = try #require(PostgresServer.address)
    let host = try #require(address.split(separator: "@").last)
    let name = try PostgresServer.makeDatabase()
    let (owner, server) = ("\(name)_owner", "\(name)_server")
    try PostgresServer.administer([
      "CREATE ROLE \(owner) LOGIN PASSWORD 'x'", "CREATE ROLE \(server) LOGIN PASSWORD 'y'",
      "ALTER DATABASE \(name) OWNER TO \(owner)",
    ])
    defer {
      try? PostgresServer.administer([
        "DROP DATABASE \(name) WITH (FORCE)", "DROP ROLE \(owner)", "DROP ROLE \(server)",
      ])
    }
    var configuration = PostgresConfiguration(
      address: "postgresql://\(server):y@\(host)",
      ownerAddress: "postgresql://\(owner):x@\(host)",
      database: name,
      servingRole: nil
    )
    configuration.grantee = server
    let database = PostgresDatabase(configuration)
    try await database.migrate(wardMigrations)
    try await database.write { tx in try addAsset("a", to: tx) }
    // The owner itself is held by the wall, and reaches everything only while it migrates.
    let fold = Migration("ward-2-fold", ["UPDATE asset SET name_key = 'folded'"])
    try await database.migrate(wardMigrations + [fold])
    #expect(try await database.read { tx in try tx.texts("SELECT name_key FROM asset") } == ["folded"])
    #expect(try await database.read(.facility("f2")) { tx in try tx.count("SELECT count(*) FROM asset") } == 0)
    await #expect(throws: StorageError.uniqueViolation("asset.id")) {
      try await database.write { tx in try addAsset("a", name: "other", to: tx) }
    }
    await database.close()

    // An owner that may make no roles says what an administrator must do.
    configuration.servingRole = "nobody_made_this"
    do {
      try await PostgresDatabase(configuration).migrate(wardMigrations + [fold])
      Issue.record("the role was made")
    } catch StorageError.unavailable(let text) {
      #expect(text.contains("CREATE ROLE"))
    }
  }

  @Test func aDatabaseThatSortsByLanguageIsRefused() async throws {
    let name = try PostgresServer.makeDatabase() + "_icu"
    try PostgresServer.administer([
      "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'ja'"
    ])
    defer { try? PostgresServer.drop(name) }
    let database = PostgresDatabase(try PostgresServer.configuration(name))
    await #expect(throws: StorageError.self) { try await database.migrate([]) }
  }

  @Test func nobodyThereIsUnavailable() async throws {
    let database = PostgresDatabase(PostgresConfiguration(address: "host=127.0.0.1 port=1 user=x dbname=x"))
    do {
      try await database.read(.everyFacility) { _ in }
      Issue.record("it answered")
    } catch StorageError.unavailable {}
  }

  @Test func aConnectionLostBetweenTransactionsIsMadeAnew() async throws {
    let (database, name) = try await ward()
    try terminateAll(name)
    #expect(try await database.read(.facility("f1")) { tx in try tx.count("SELECT count(*) FROM asset") } == 1)
    try terminateAll(name)
    try await database.write(.facility("f1")) { tx in try tx.run("UPDATE asset SET beds = 7") }
  }

  @Test func aTransactionThatLostItsConnectionRunsAgain() async throws {
    let (database, name) = try await ward()
    let tries = Tally()
    try await database.write(.facility("f1")) { tx in
      try tx.run("UPDATE asset SET beds = coalesce(beds, 0) + 1")
      let number = tries.add()
      if number == 1 { try terminateAll(name) }
      _ = try tx.rows("SELECT 1")
    }
    #expect(tries.count == 2)
    #expect(try await database.read(.facility("f1")) { tx in try tx.integers("SELECT beds FROM asset") } == [1])
  }

  /// Killed from inside while committing: a deferred trigger ends its own connection.
  @Test func aCommitWithoutAnAnswerIsReportedAsUnknownAndNotRunAgain() async throws {
    let (database, name) = try await ward()
    try PostgresAdministration.run(
      [
        """
        CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END'
        """,
        "CREATE CONSTRAINT TRIGGER fall AFTER INSERT ON counter DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fall()",
      ],
      at: PostgresServer.address ?? "",
      database: name
    )
    let tries = Tally()
    do {
      try await database.write(.facility("f1")) { tx in
        tries.add()
        try tx.run("INSERT INTO counter (id, value) VALUES ('x', 1)")
      }
      Issue.record("it committed")
    } catch StorageError.uncertain(let text) {
      #expect(text.contains("unknown"))
    }
    #expect(tries.count == 1)
    #expect(try await database.read(.facility("f1")) { tx in try tx.count("SELECT count(*) FROM asset") } == 1)
  }

  @Test func conflictingWritersAreRunAgainAndTheBodysOwnErrorAboutAConflictIsNotShown() async throws {
    let (database, _) = try await ward()
    try await database.write(.facility("f1")) { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('x', 0)") }
    let tries = Tally()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await database.write(.facility("f1")) { tx in
            tries.add()
            do {
              let value = try tx.count("SELECT value FROM counter")
              try tx.run("UPDATE counter SET value = \(value + 1)")
            } catch {
              throw Refusal()
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await database.read { tx in try tx.count("SELECT value FROM counter") } == 20)
    #expect(tries.count >= 20)
  }

  @Test func whoWaitsTooLongForAConnectionIsTold() async throws {
    let (database, _) = try await ward {
      $0.connections = 1
      $0.connectionWait = 1
    }
    let hasBegun = AsyncStream<Void>.makeStream()
    let holder = Task {
      try await database.read(.facility("f1")) { tx in
        hasBegun.continuation.yield()
        _ = try tx.rows("SELECT pg_sleep(300)::text")
      }
    }
    for await _ in hasBegun.stream { break }
    do {
      try await database.read(.facility("f1")) { _ in }
      Issue.record("a second connection was there")
    } catch StorageError.unavailable {}
    let waiting = Task { try await database.read(.facility("f1")) { _ in } }
    waiting.cancel()
    await #expect(throws: StorageError.cancelled) { try await waiting.value }
    holder.cancel()
    await #expect(throws: StorageError.cancelled) { try await holder.value }
    try await database.read(.facility("f1")) { _ in }
  }

  @Test func aStatementThatTakesTooLongIsStopped() async throws {
    let (database, _) = try await ward { $0.statementTimeout = 1 }
    do {
      _ = try await database.read(.facility("f1")) { tx in try tx.rows("SELECT pg_sleep(30)::text") }
      Issue.record("it slept")
    } catch StorageError.failed(let text) {
      #expect(text.contains("longer than 1 seconds"))
    }
  }

  @Test func moreStatementsThanAreRememberedStillRun() async throws {
    let (database, _) = try await ward { $0.connections = 1 }
    for round in 0..<3 {
      let sum = try await database.read(.facility("f1")) { tx in
        var sum = 0
        for number in 0..<300 { sum += try tx.count("SELECT \(raw: "\(number)") + \(round)") }
        return sum
      }
      #expect(sum == 300 * 299 / 2 + 300 * round)
    }
    let prepared = try await database.read(.facility("f1")) { tx in
      try tx.count("SELECT count(*) FROM pg_prepared_statements")
    }
    #expect(prepared <= 257)
  }

  private func terminateAll(_ name: String) throws {
    try PostgresServer.administer(["SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'"])
  }
}
