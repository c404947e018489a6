import SQL
import Support
import Testing
import Time

/// A small ward: facilities, assets with a number of their own, and parts that hang on assets.
let wardMigrations = [
  Migration(
    "ward-1-assets",
    facilityTables: ["asset", "part"],
    [
      """
      CREATE TABLE asset (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, number \(.text), name \(.text) NOT NULL,
        name_key \(.text) NOT NULL DEFAULT '', beds \(.integer), weight \(.double), active \(.bool) NOT NULL DEFAULT TRUE,
        image \(.bytes), seen_at \(.instant),
        PRIMARY KEY (facility, id), CONSTRAINT asset_beds CHECK (beds >= 0)) \(.strict)
      """,
      "CREATE UNIQUE INDEX asset_number ON asset (facility, number)",
      "CREATE UNIQUE INDEX asset_name_live ON asset (facility, name) WHERE active",
      """
      CREATE TABLE part (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, asset \(.text) NOT NULL, parent \(.text), amount \(.integer),
        PRIMARY KEY (facility, id), FOREIGN KEY (facility, asset) REFERENCES asset (facility, id)) \(.strict)
      """,
      "CREATE TABLE counter (id \(.text) NOT NULL PRIMARY KEY, value \(.integer) NOT NULL) \(.strict)",
    ]
  )
]

func addAsset(_ id: String, number: String? = nil, name: String? = nil, to tx: any Transaction) throws {
  try tx.run(
    "INSERT INTO asset (facility, id, number, name) VALUES ('f1', \(id), \(number), \(name ?? "asset \(id)"))"
  )
}

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
