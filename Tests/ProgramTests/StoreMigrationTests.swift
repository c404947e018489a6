import Foundation
import Journal
import Ledger
import Nouns
import Postgres
import Records
import SQL
import Sealing
import Support
import Testing
import Time

@testable import Program

/// Moving from SQLite to PostgreSQL: everything arrives, the chain holds, what is in the way is left alone, and what was
/// cut off goes on.
@Suite(.enabled(if: Engine.hasPostgres)) struct StoreMigrationTests {
  private func target() async throws -> (database: PostgresDatabase, name: String) {
    let name = try PostgresServer.makeDatabase()
    let database = PostgresDatabase(try PostgresServer.configuration(name))
    try await database.migrate(Capabilities.migrations)
    return (database, name)
  }

  private func migration(
    _ hospital: Installation,
    _ target: any Database,
    _ facilities: [String]? = nil
  )
    -> StoreMigration
  {
    StoreMigration(
      source: hospital.house.database,
      target: target,
      facilities: facilities,
      noteFile: hospital.folder.file("migrate-store.json"),
      targetName: "test"
    )
  }

  @Test func everythingArrivesAndTheChainHolds() async throws {
    let hospital = try await Installation(.sqlite, rows: nil)
    try await hospital.house.sealer.seal()
    let (database, name) = try await target()
    let results = try await migration(hospital, database).run { _, _ in }
    let different = results.filter { !$0.isEqual }.map(\.table)
    #expect(different.isEmpty)
    #expect(results.first { $0.table == "asset" }.map { $0.count > 1_000 } == true)
    let keys = [hospital.house.keys.signing.publicKey]
    let report = try await Sealer.verify(database, publicKeys: keys)
    let before = try await Sealer.verify(hospital.house.database, publicKeys: keys)
    #expect(report.isOK && report.sealed == before.sealed && report.sealed > 1_000)
    // It is a ledger that works: read and changed under row-level security.
    let store = RecordStore(
      database: database,
      clock: hospital.clock.clock,
      ids: .uuid7(hospital.clock.clock),
      catalogue: Capabilities.catalogue
    )
    let page = try await store.list(.asset, ListQuery(pageSize: 1), in: hospital.scope())
    let source = try await hospital.house.records.store.list(.asset, ListQuery(pageSize: 1), in: hospital.scope())
    #expect(page.records == source.records && page.total == source.total)
    _ = try await store.create(.vendor, ["name": "移転後の業者"], in: hospital.scope())
    // A second time it is refused.
    await #expect(throws: StoreMigration.Refusal.self) { try await migration(hospital, database).run { _, _ in } }
    await database.close()
    try PostgresServer.drop(name)
    await hospital.close()
  }

  @Test func whatWasCutOffGoesOn() async throws {
    let hospital = try await Installation(.sqlite, rows: 30)
    let (database, name) = try await target()
    let failing = FailingDatabase(wrapping: database, failAt: 60)
    await #expect(throws: (any Error).self) { try await migration(hospital, failing).run { _, _ in } }
    let results = try await migration(hospital, database).run { _, _ in }
    let different = results.filter { !$0.isEqual }.map(\.table)
    #expect(different.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: hospital.folder.file("migrate-store.json")))
    await database.close()
    try PostgresServer.drop(name)
    await hospital.close()
  }

  /// A single changed, lost or doubled row shows.
  @Test func aDifferenceOfOneRowShows() async throws {
    let hospital = try await Installation(.sqlite, rows: 10)
    let (database, name) = try await target()
    _ = try await migration(hospital, database).run { _, _ in }
    let tables = try await hospital.house.database.read(.everyFacility) { tx in try TableOutline.all(in: tx) }
    let asset = try #require(tables.first { $0.name == "asset" })
    func digest() async throws -> TableDigest {
      try await database.read(.everyFacility) { tx in try TableDigest.of(asset, "", in: tx) }
    }
    let before = try await digest()
    try await database.write(.everyFacility) { tx in
      try tx.run("UPDATE asset SET remarks = 'x' WHERE id = (SELECT min(id) FROM asset)")
    }
    let changed = try await digest()
    #expect(changed.count == before.count && changed != before)
    try await database.write(.everyFacility) { tx in
      try tx.run("DELETE FROM asset WHERE id = (SELECT min(id) FROM asset)")
    }
    #expect(try await digest().count == before.count - 1)
    await database.close()
    try PostgresServer.drop(name)
    await hospital.close()
  }
}
