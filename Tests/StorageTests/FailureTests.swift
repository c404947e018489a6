import SQL
import Support
import Testing

/// A use case fails at each of its statements in turn; nothing half-done is ever seen.
@Suite struct FailureTests {
  /// Moves the parts of one asset to another and counts them.
  private func move(_ database: any Database) async throws {
    let parts = try await database.read { tx in
      try tx.rows("SELECT id FROM part WHERE facility = 'f1' AND asset = 'a'").map { row throws(StorageError) in
        try row.text("id")
      }
    }
    try await database.write { tx in
      for part in parts { try tx.run("UPDATE part SET asset = 'b' WHERE facility = 'f1' AND id = \(part)") }
      try tx.insert(into: "counter", columns: ["id", "value"], rows: [[.text("moved"), .integer(Int64(parts.count))]])
      try tx.each("SELECT id FROM part WHERE facility = 'f1' AND asset = 'b'") { _ in }
    }
  }

  @Test(arguments: Engine.available)
  func everyStatementMayFail(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      try addAsset("a", to: tx)
      try addAsset("b", to: tx)
      for id in ["p", "q", "r"] { try tx.run("INSERT INTO part (facility, id, asset) VALUES ('f1', \(id), 'a')") }
    }
    var number = 0
    while true {
      number += 1
      let failing = FailingDatabase(wrapping: database, failAt: number)
      do {
        try await move(failing)
      } catch StorageError.unavailable {
        #expect(failing.hasFailed)
        let (old, moved) = try await database.read { tx in
          (try tx.count("SELECT count(*) FROM part WHERE asset = 'a'"), try tx.count("SELECT count(*) FROM counter"))
        }
        #expect(old == 3)
        #expect(moved == 0)
        continue
      }
      #expect(!failing.hasFailed)
      break
    }
    // One read, three updates, the insert, the stream and the commit.
    #expect(number == 8)
    #expect(try await database.read { tx in try tx.count("SELECT count(*) FROM part WHERE asset = 'b'") } == 3)
  }
}

@Suite struct QueryPlanTests {
  private func filled(_ engine: Engine) async throws -> any Database {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      try tx.insert(
        into: "asset",
        columns: ["facility", "id", "number", "name"],
        rows: (0..<2000).map { [.text("f1"), .text("a\($0)"), .text("n\($0)"), .text("m\($0)")] }
      )
    }
    return database
  }

  @Test(arguments: Engine.available)
  func aQueryByItsIndexScansNothing(engine: Engine) async throws {
    let database = try await filled(engine)
    let queries: [SQL] = [
      "SELECT * FROM asset WHERE facility = \("f1") AND id > \("a5") ORDER BY id LIMIT 50",
      "SELECT * FROM asset a WHERE a.facility = \("f1") AND a.number = \("n7")",
      "SELECT a.name, p.id FROM asset AS a JOIN part p ON p.facility = a.facility AND p.id = a.id WHERE a.facility = \("f1") AND a.id = \("a1")",
    ]
    for query in queries {
      let plan = try await database.plan(of: query)
      #expect(plan.fullScans == [], "\(plan.text)")
    }
  }

  @Test(arguments: Engine.available)
  func aQueryWithoutAnIndexNamesItsTable(engine: Engine) async throws {
    let database = try await filled(engine)
    let queries: [SQL] = [
      "SELECT * FROM asset WHERE name_key = \("x")", "SELECT * FROM asset x WHERE x.name_key = \("y")",
      "SELECT p.id FROM part p JOIN asset AS q ON q.facility = p.facility AND q.name_key = p.id WHERE p.facility = 'f1' AND p.id = 'p'",
    ]
    for query in queries {
      let plan = try await database.plan(of: query)
      if query == queries[2] && plan.fullScans.isEmpty { continue }
      #expect(plan.fullScans == ["asset"], "\(plan.text)")
    }
  }
}
