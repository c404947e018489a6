import Postgres
import SQL
import SQLite
import Support
import Testing
import Time

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct MigrationTests {
  static let second = Migration(
    "ward-2-rooms",
    facilityTables: ["room"],
    ["CREATE TABLE room (facility \(.text) NOT NULL, id \(.text) NOT NULL, PRIMARY KEY (facility, id)) \(.strict)"]
  )

  @Test(arguments: Engine.available)
  func migratingTwiceIsMigratingOnce(engine: Engine) async throws {
    let clock = FixedClock()
    let database = try await TestDatabase.make(engine, wardMigrations, clock: clock.clock)
    clock.advance(days: 1)
    try await database.migrate(wardMigrations + [Self.second])
    try await database.migrate(wardMigrations + [Self.second])
    let rows = try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT name, applied_at, program FROM migration ORDER BY name")
    }
    #expect(try rows.map { row throws(StorageError) in try row.text("name") } == ["ward-1-assets", "ward-2-rooms"])
    #expect(try rows.last?.instant("applied_at") == clock.now)
    #expect(try rows.last?.text("program") == "yagura")
  }

  @Test(arguments: Engine.available)
  func aCapabilityMayAddAStepBetweenThoseOfOthers(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.migrate([Self.second] + wardMigrations)
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM room") } == 0)
  }

  @Test(arguments: Engine.available)
  func anOlderProgramRefusesANewerSchema(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations + [Self.second])
    await #expect(throws: StorageError.newerSchema(["ward-2-rooms"])) { try await database.migrate(wardMigrations) }
  }

  @Test(arguments: Engine.available)
  func anEditedMigrationIsRefused(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, [Self.second])
    let edited = Migration("ward-2-rooms", facilityTables: ["room"], ["CREATE TABLE room (id \(.integer)) \(.strict)"])
    await #expect(throws: StorageError.self) { try await database.migrate([edited]) }
    await #expect(throws: StorageError.self) { try await database.migrate([Self.second, Self.second]) }
  }

  @Test(arguments: Engine.available)
  func aMigrationThatFailsHalfWayLeavesNothing(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let broken = Migration(
      "ward-3-broken",
      ["CREATE TABLE bed (id \(.text)) \(.strict)", "CREATE TABLE bed (id \(.text)) \(.strict)"]
    )
    let refusing = Migration("ward-3-refusing", ["CREATE TABLE bed (id \(.text)) \(.strict)"]) { _ in throw Refusal() }
    await #expect(throws: StorageError.self) { try await database.migrate(wardMigrations + [Self.second, broken]) }
    await #expect(throws: (any Error).self) { try await database.migrate(wardMigrations + [Self.second, refusing]) }
    // The step before it stays, the broken one left no table, and the way on is free.
    let mended = Migration("ward-3-mended", ["CREATE TABLE bed (id \(.text)) \(.strict)"])
    try await database.migrate(wardMigrations + [Self.second, mended])
    #expect(try await database.read(.everyFacility) { tx in try tx.count("SELECT count(*) FROM migration") } == 3)
  }

  @Test(arguments: Engine.available)
  func aMigrationMayMoveData(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      try addAsset("a", name: "体温計", to: tx)
      try tx.run("INSERT INTO part (facility, id, asset) VALUES ('f1', 'p', 'a')")
    }
    let fold = Migration("ward-2-fold", []) { tx in
      for row in try tx.rows("SELECT facility, id, name FROM asset") {
        try tx.run(
          """
          UPDATE asset SET name_key = \(try row.text("name") + "!")
          WHERE facility = \(try row.text("facility")) AND id = \(try row.text("id"))
          """
        )
      }
    }
    try await database.migrate(wardMigrations + [fold])
    #expect(try await database.read { tx in try tx.texts("SELECT name_key FROM asset") } == ["体温計!"])
  }

  /// A table made anew, copied and renamed, while rows of another table point to it.
  @Test(arguments: [Engine.sqlite])
  func aTableMayBeMadeAnewUnderItsReferences(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      try addAsset("a", to: tx)
      try tx.run("INSERT INTO part (facility, id, asset) VALUES ('f1', 'p', 'a')")
    }
    let anew = Migration(
      "ward-2-anew",
      facilityTables: ["asset"],
      [
        "CREATE TABLE asset_new (facility \(.text) NOT NULL, id \(.text) NOT NULL, name \(.text), PRIMARY KEY (facility, id)) \(.strict)",
        "INSERT INTO asset_new (facility, id, name) SELECT facility, id, name FROM asset",
        "DROP TABLE asset", "ALTER TABLE asset_new RENAME TO asset",
      ]
    )
    try await database.migrate(wardMigrations + [anew])
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM part") } == 1)
    await #expect(throws: StorageError.foreignKeyViolation("asset")) {
      try await database.write { tx in try tx.run("DELETE FROM asset WHERE id = 'a'") }
    }
    let losing = Migration("ward-3-losing", ["DELETE FROM asset"])
    await #expect(throws: StorageError.foreignKeyViolation("part")) {
      try await database.migrate(wardMigrations + [anew, losing])
    }
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM asset") } == 1)
  }

  @Test(.enabled(if: Engine.hasPostgres))
  func bothEnginesHaveTheSameTablesAndEachFacilityTableIsGuarded() async throws {
    let sqlite = try await Catalogue.of(TestDatabase.make(.sqlite, wardMigrations + [Self.second]))
    let postgres = try await TestDatabase.make(.postgres, wardMigrations + [Self.second])
    #expect(try await Catalogue.of(postgres) == sqlite)
    #expect(sqlite.columns.contains("asset.beds integer"))
    #expect(sqlite.uniqueIndexes.contains("asset(facility,number)"))
    #expect(try await Catalogue.unguardedTables(postgres) == [])
    let forgotten = Migration("ward-3-forgotten", ["CREATE TABLE bed (facility \(.text) NOT NULL) \(.strict)"])
    try await postgres.migrate(wardMigrations + [Self.second, forgotten])
    #expect(try await Catalogue.unguardedTables(postgres) == ["bed"])
  }

  @Test(.enabled(if: Engine.hasPostgres))
  func eightProgramsMigrateOnePostgresDatabaseAtOnce() async throws {
    let name = try PostgresServer.makeDatabase()
    defer { try? PostgresServer.drop(name) }
    let configuration = try PostgresServer.configuration(name)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let database = PostgresDatabase(configuration)
          try await database.migrate(wardMigrations + [Self.second])
          #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM migration") } == 2)
          await database.close()
        }
      }
      try await group.waitForAll()
    }
  }

  /// Dies after its table is made and before the step commits.
  static let deadly = Migration("ward-2-deadly", ["CREATE TABLE bed (id \(.text) NOT NULL) \(.strict)"]) { _ in
    kill(getpid(), SIGKILL)
  }

  static let harmless = Migration("ward-2-harmless", ["CREATE TABLE bed (id \(.text) NOT NULL) \(.strict)"])

  @Test func aProgramKilledWhileMigratingAFileLeavesNothingHalfDone() async throws {
    let folder = try temporaryFolder()
    let path = folder.file("yagura.sqlite")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try await SQLiteDatabase(path: path).migrate(wardMigrations + [MigrationTests.deadly])
    }
    let database = try SQLiteDatabase(path: path)
    try await database.migrate(wardMigrations + [Self.harmless])
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM migration") } == 2)
    #expect(try await database.integrityCheck() == [])
  }

  @Test(.enabled(if: Engine.hasPostgres))
  func aProgramKilledWhileMigratingPostgresLeavesNothingHalfDone() async throws {
    let name = try PostgresServer.makeDatabase()
    defer { try? PostgresServer.drop(name) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [name = name as String] in
      let database = PostgresDatabase(try PostgresServer.configuration(name))
      try await database.migrate(wardMigrations + [MigrationTests.deadly])
    }
    let database = PostgresDatabase(try PostgresServer.configuration(name))
    try await database.migrate(wardMigrations + [Self.harmless])
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM migration") } == 2)
    await database.close()
  }

  @Test func eightProgramsMigrateOneFileAtOnce() async throws {
    let folder = try temporaryFolder()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let database = try await TestDatabase.file(in: folder, wardMigrations + [Self.second])
          #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM migration") } == 2)
          await database.close()
        }
      }
      try await group.waitForAll()
    }
  }
}
