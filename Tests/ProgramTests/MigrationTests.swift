import Foundation
import Postgres
import SQL
import SQLite
import Support
import Testing
import Time

@testable import Program

/// The schema of the whole program, from nothing and from every state it ever had, on both engines.
@Suite struct MigrationTests {
  /// Both stores: on PostgreSQL they are one.
  static let all = Capabilities.migrations + Capabilities.feedMigrations

  @Test func bothEnginesMakeTheSameSchema() async throws {
    guard Engine.hasPostgres else { return }
    let sqlite = try await Catalogue.of(try await TestDatabase.make(.sqlite, Self.all))
    let postgres = try await Catalogue.of(try await TestDatabase.make(.postgres, Self.all))
    #expect(Set(sqlite.columns).symmetricDifference(postgres.columns) == [])
    #expect(Set(sqlite.uniqueIndexes).symmetricDifference(postgres.uniqueIndexes) == [])
    #expect(sqlite.columns.count > 150)
  }

  @Test(.enabled(if: Engine.hasPostgres))
  func everyTableOfAFacilityIsGuarded() async throws {
    let database = try await TestDatabase.make(.postgres, Self.all)
    #expect(try await Catalogue.unguardedTables(database) == [])
  }

  @Test func namesAreUniqueAndSayWhoseTheyAre() {
    let names = Self.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.split(separator: "-").count >= 3, "\(name)") }
  }

  @Test(arguments: Engine.available)
  func applyingTwiceChangesNothing(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, Self.all)
    let before = try await (Catalogue.of(database), Self.applied(database))
    try await database.migrate(Self.all)
    #expect(try await Catalogue.of(database) == before.0)
    #expect(try await Self.applied(database) == before.1)
    #expect(before.1.map(\.name).sorted() == Self.all.map(\.name).sorted())
  }

  /// Whatever state of the schema an installation is at, the next start brings it to the same end.
  @Test(arguments: Engine.available)
  func everyEarlierSchemaComesToTheSameEnd(engine: Engine) async throws {
    let whole = try await Catalogue.of(try await TestDatabase.make(engine, Self.all))
    // Every step has a transaction of its own, so paths differ only in where one program stopped and another went on.
    let walked = try await TestDatabase.make(engine, [])
    for count in Self.all.indices { try await walked.migrate(Array(Self.all.prefix(count + 1))) }
    #expect(try await Catalogue.of(walked) == whole, "one step at a time")
    await walked.close()
    for count in stride(from: 0, to: Self.all.count, by: LongTests.areOn ? 1 : 8) {
      let database: any Database
      switch engine {
      case .sqlite: database = try await TestDatabase.make(.sqlite, Array(Self.all.prefix(count)))
      case .postgres: database = try await TestDatabase.make(.postgres, Array(Self.all.prefix(count)))
      }
      try await database.migrate(Self.all)
      #expect(try await Catalogue.of(database) == whole, "from the first \(count)")
      await database.close()
    }
  }

  @Test(arguments: Engine.available)
  func aNewerSchemaIsRefused(engine: Engine) async throws {
    let future = Migration("ledger-99-from-the-future", ["CREATE TABLE future (id \(.text)) \(.strict)"])
    let database = try await TestDatabase.make(engine, Self.all + [future])
    await #expect(throws: StorageError.newerSchema(["ledger-99-from-the-future"])) {
      try await database.migrate(Self.all)
    }
  }

  @Test func aCommandRefusesANewerSchemaAndSaysSo() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let database = try SQLiteDatabase(path: hospital.database)
    try await database.migrate(
      Self.all + [Migration("ledger-99-from-the-future", ["CREATE TABLE future (id \(.text)) \(.strict)"])]
    )
    await database.close()
    for arguments in [["facts", "--json"], ["verify"], ["serve", "--port", "0"]] {
      let outcome = try await hospital.run(arguments)
      #expect(outcome.code == 3, "\(arguments)")
      #expect(outcome.errors.contains("ledger-99-from-the-future"), "\(outcome.errors)")
    }
  }

  /// Killed at any moment, the first start leaves steps that are whole; the next start goes on from there.
  @Test(.serialized, arguments: UInt64(0)..<(LongTests.areOn ? 200 : 10))
  func killedHalfWayNoStepIsHalfDone(seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let hospital = try Hospital()
    let child = try hospital.start(hospital.initArguments)
    try await Task.sleep(for: .microseconds(Int.random(in: 1_000...400_000, using: &chance)))
    child.kill()
    await child.ended()
    if FileManager.default.fileExists(atPath: hospital.database) {
      let database = try SQLiteDatabase(path: hospital.database)
      let hasAny = try await database.read(.everyFacility) { tx in
        try tx.count("SELECT count(*) FROM sqlite_schema WHERE name = 'migration'")
      }
      if hasAny > 0 {
        let names = Set(try await Self.applied(database).map(\.name))
        let reference = try await TestDatabase.make(.sqlite, Self.all.filter { names.contains($0.name) })
        #expect(try await Catalogue.of(database) == Catalogue.of(reference))
      }
      await database.close()
    }
    let again = try await hospital.initialize()
    let isSetUp = try await hospital.run(["facts", "--json"]).code == 0
    #expect(again.code == 0 || isSetUp, "\(again.errors)")
    #expect(try await hospital.run(["verify"]).code == 0)
  }

  /// The same on PostgreSQL, where the server goes on when the program is gone.
  @Test(.enabled(if: Engine.hasPostgres), arguments: UInt64(0)..<(LongTests.areOn ? 100 : 5))
  func killedHalfWayNoStepIsHalfDoneOnPostgres(seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let hospital = try Hospital()
    let name = try await hospital.onPostgres()
    let child = try hospital.start(hospital.initArguments)
    try await Task.sleep(for: .microseconds(Int.random(in: 20_000...1_200_000, using: &chance)))
    child.kill()
    await child.ended()
    let database = PostgresDatabase(try PostgresServer.configuration(name), clock: .system, program: "test")
    let hasAny = try await database.read(.everyFacility) { tx in
      try tx.count("SELECT count(*) FROM pg_tables WHERE tablename = 'migration'")
    }
    if hasAny > 0 {
      let names = Set(try await Self.applied(database).map(\.name))
      let reference = try await TestDatabase.make(.postgres, Self.all.filter { names.contains($0.name) })
      #expect(try await Catalogue.of(database) == Catalogue.of(reference))
    }
    await database.close()
    let again = try await hospital.initialize()
    let isSetUp = try await hospital.run(["facts", "--json"]).code == 0
    #expect(again.code == 0 || isSetUp, "\(again.errors)")
    #expect(try await hospital.run(["verify"]).code == 0)
    // What cannot be dropped stays on the throwaway server.
    try? PostgresServer.drop(name)
  }

  struct Applied: Equatable, Sendable {
    let name: String
    let at: Instant
  }

  static func applied(_ database: any Database) async throws -> [Applied] {
    try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT name, applied_at FROM migration ORDER BY name").map {
        Applied(name: try $0.text("name"), at: try $0.instant("applied_at"))
      }
    }
  }
}
