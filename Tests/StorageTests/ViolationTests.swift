import SQL
import Support
import Testing
import Time

@Suite struct ViolationTests {
  @Test(arguments: Engine.available)
  func aSecondNumberIsAUniqueViolationNamedByItsColumns(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write(.facility("f1")) { tx in try addAsset("a", number: "N-1", to: tx) }
    await #expect(throws: StorageError.uniqueViolation("asset.number")) {
      try await database.write(.facility("f1")) { tx in try addAsset("b", number: "N-1", to: tx) }
    }
    await #expect(throws: StorageError.uniqueViolation("asset.id")) {
      try await database.write(.facility("f1")) { tx in try addAsset("a", name: "other", to: tx) }
    }
    await #expect(throws: StorageError.uniqueViolation("asset.name")) {
      try await database.write(.facility("f1")) { tx in try addAsset("b", name: "asset a", to: tx) }
    }
    await #expect(throws: StorageError.uniqueViolation("counter.id")) {
      try await database.write(.facility("f1")) { tx in
        try tx.insert(
          into: "counter",
          columns: ["id", "value"],
          rows: [[.text("x"), .integer(1)], [.text("x"), .integer(2)]]
        )
      }
    }
  }

  @Test(arguments: Engine.available)
  func brokenReferencesChecksAndMissingValuesAreNamed(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write(.facility("f1")) { tx in
      try addAsset("a", to: tx)
      try tx.run("INSERT INTO part (facility, id, asset) VALUES ('f1', 'p', 'a')")
    }
    await #expect(throws: StorageError.foreignKeyViolation("part")) {
      try await database.write(.facility("f1")) { tx in
        try tx.run("INSERT INTO part (facility, id, asset) VALUES ('f1', 'q', 'nowhere')")
      }
    }
    await #expect(throws: StorageError.foreignKeyViolation("asset")) {
      try await database.write(.facility("f1")) { tx in
        try tx.run("DELETE FROM asset WHERE facility = 'f1' AND id = 'a'")
      }
    }
    await #expect(throws: StorageError.checkViolation("asset_beds")) {
      try await database.write(.facility("f1")) { tx in
        try tx.run("UPDATE asset SET beds = \(-1) WHERE facility = 'f1'")
      }
    }
    await #expect(throws: StorageError.notNullViolation("asset.name")) {
      try await database.write(.facility("f1")) { tx in
        try tx.run("UPDATE asset SET name = \(String?.none) WHERE facility = 'f1'")
      }
    }
  }

  @Test(arguments: Engine.available)
  func aBodyThatSwallowsAnErrorCannotCommit(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    await #expect(throws: StorageError.uniqueViolation("asset.id")) {
      try await database.write(.facility("f1")) { tx in
        try addAsset("a", to: tx)
        do { try addAsset("a", name: "other", to: tx) } catch StorageError.uniqueViolation {}
      }
    }
    #expect(try await database.read(.facility("f1")) { tx in try tx.count("SELECT count(*) FROM asset") } == 0)
  }
}
