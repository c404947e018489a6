import SQL
import Support
import Testing
import Time

/// The one dialect: every rule of what both engines understand alike.
@Suite struct DialectTests {
  @Test(arguments: Engine.available)
  func insertReturnsWhatItStored(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let row = try await database.write { tx in
      try tx.row(
        """
        INSERT INTO asset (facility, id, name, beds, weight, active, image, seen_at)
        VALUES ('f1', 'a', \("心電図"), \(3), \(1.0), \(false), \([0, 255, 10] as [UInt8]), \(Instant(milliseconds: 5)))
        RETURNING id, name, beds, weight, active, image, seen_at, number
        """
      )
    }
    let found = try #require(row)
    #expect(try found.text("name") == "心電図")
    #expect(try found.integer("beds") == 3)
    #expect(try found.double("weight") == 1)
    #expect(try !found.bool("active"))
    #expect(try found.bytes("image") == [0, 255, 10])
    #expect(try found.instant("seen_at") == Instant(milliseconds: 5))
    #expect(try found.optionalText("number") == nil)
    #expect(throws: StorageError.missingColumn("nothing")) { try found.text("nothing") }
    #expect(throws: StorageError.unexpectedValue(column: "number", wanted: "text")) { try found.text("number") }
  }

  @Test(arguments: Engine.available)
  func upsertKeepsOneRowAndReturnsIt(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    for amount in [1, 2, 3] {
      let value = try await database.write { tx in
        try tx.rows(
          """
          INSERT INTO counter (id, value) VALUES ('x', \(amount)), ('y', \(amount))
          ON CONFLICT (id) DO UPDATE SET value = counter.value + excluded.value RETURNING value
          """
        ).map { row throws(StorageError) in try row.integer("value") }
      }
      #expect(value == [amount * (amount + 1) / 2, amount * (amount + 1) / 2])
    }
    let changed = try await database.write { tx in
      try tx.run(
        """
        INSERT INTO counter (id, value) SELECT id || '2', value FROM counter WHERE true
        ON CONFLICT (id) DO NOTHING
        """
      )
    }
    #expect(changed == 2)
    #expect(
      try await database.write { tx in
        try tx.run("INSERT INTO counter (id, value) VALUES ('x', 0) ON CONFLICT (id) DO NOTHING")
      } == 0
    )
  }

  @Test(arguments: Engine.available)
  func changesAreCounted(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let changes = try await database.write { tx in
      [
        try tx.run("INSERT INTO counter (id, value) VALUES ('a', 1), ('b', 2), ('c', 3)"),
        try tx.run("UPDATE counter SET value = value + \(1) WHERE value > \(1)"),
        try tx.run("UPDATE counter SET value = 0 WHERE id = 'nobody'"),
        try tx.run("SELECT * FROM counter"),
        try tx.texts("DELETE FROM counter WHERE id <> 'a' RETURNING id").count,
        try tx.run("DELETE FROM counter"),
      ]
    }
    #expect(changes == [3, 2, 0, 0, 2, 1])
  }

  @Test(arguments: Engine.available)
  func updateFromAndCommonTableExpressions(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let values = try await database.write { tx in
      try tx.insert(
        into: "counter",
        columns: ["id", "value"],
        rows: (1...4).map { [.text("c\($0)"), .integer(Int64($0))] }
      )
      try tx.run(
        """
        WITH bigger AS MATERIALIZED (SELECT id, value * 10 AS value FROM counter WHERE value > 2)
        UPDATE counter SET value = bigger.value FROM bigger WHERE bigger.id = counter.id
        """
      )
      return try tx.integers("SELECT value FROM counter ORDER BY id")
    }
    #expect(values == [1, 2, 30, 40])
  }

  @Test(arguments: Engine.available)
  func recursionWindowsFiltersAndKeysetPages(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      try addAsset("a", to: tx)
      try tx.insert(
        into: "part",
        columns: ["facility", "id", "asset", "parent", "amount"],
        rows: (0..<20).map {
          [.text("f1"), .text("p\($0)"), .text("a"), $0 == 0 ? .null : .text("p\(($0 - 1) / 2)"), .integer($0 % 3)]
        }
      )
    }
    let (depths, pages, totals) = try await database.read { tx in
      let depths = try tx.integers(
        """
        WITH RECURSIVE tree (id, depth) AS (
          SELECT id, 0 FROM part WHERE facility = \("f1") AND parent IS NULL
          UNION ALL
          SELECT part.id, tree.depth + 1 FROM part JOIN tree ON part.parent = tree.id WHERE part.facility = \("f1"))
        SELECT max(depth) FROM tree
        """
      )
      var pages: [[String?]] = []
      var last = (-1, "")
      while true {
        let page = try tx.rows(
          """
          SELECT id, amount, row_number() OVER (ORDER BY amount, id) AS number FROM part
          WHERE facility = \("f1") AND (amount, id) > (\(last.0), \(last.1)) ORDER BY amount, id LIMIT \(7)
          """
        )
        guard let end = page.last else { break }
        last = (try end.integer("amount"), try end.text("id"))
        pages.append(try page.map { row throws(StorageError) in try row.optionalText("id") })
      }
      let totals = try tx.row(
        "SELECT count(*) FILTER (WHERE amount > \(0)) AS some, sum(amount) AS total, avg(amount) AS mean FROM part"
      )
      return (depths, pages, totals)
    }
    #expect(depths == [4])
    #expect(pages.map(\.count) == [7, 7, 6])
    #expect(Set(pages.joined()).count == 20)
    #expect(try totals?.integer("some") == 13)
    #expect(try totals?.integer("total") == 19)
    #expect(try totals?.double("mean") == 0.95)
  }

  @Test(arguments: Engine.available)
  func joinsCasesAndArithmetic(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let row = try await database.read { tx in
      try tx.row(
        """
        SELECT 7 / 2 AS whole, round(2.5) AS rounded, substr('あいう', CAST(\(2) AS integer), 1) AS middle, length('𠮷野家') AS long,
          CASE WHEN \(3) > \(2) THEN 'more' ELSE 'less' END AS word, coalesce(\(String?.none), 'x') AS filled,
          \(5) + \(6) AS sum, \(String?.none) IS NULL AS missing, 1 IS DISTINCT FROM NULL AS differs,
          (SELECT count(*) FROM (SELECT 1 AS n) a FULL JOIN (SELECT 2 AS n) b ON a.n = b.n) AS joined,
          (1, 2) < (1, 3) AS pair
        """
      )
    }
    let found = try #require(row)
    #expect(try found.integer("whole") == 3)
    #expect(try found.integer("rounded") == 3)
    #expect(try found.text("middle") == "い")
    #expect(try found.integer("long") == 3)
    #expect(try found.text("word") == "more")
    #expect(try found.text("filled") == "x")
    #expect(try found.integer("sum") == 11)
    #expect(try found.bool("missing"))
    #expect(try found.bool("differs"))
    #expect(try found.integer("joined") == 2)
    #expect(try found.bool("pair"))
  }

  @Test(arguments: Engine.available)
  func optionalFiltersBindAlike(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      try addAsset("a", number: "1", to: tx)
      try addAsset("b", to: tx)
    }
    let counts = try await database.read { tx in
      try ([nil, "1", "2"] as [String?]).map { number in
        try tx.count("SELECT count(*) FROM asset WHERE (\(number) IS NULL OR number = \(number))")
      }
        + ([nil, 1, 3] as [Int?]).map { beds in
          try tx.count("SELECT count(*) FROM asset WHERE (\(beds) IS NULL OR coalesce(beds, 1) = \(beds))")
        }
    }
    #expect(counts == [2, 1, 0, 2, 2, 0])
  }

  @Test(arguments: Engine.available)
  func anEmptyListMatchesNothing(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let counts = try await database.write { tx in
      try addAsset("a", to: tx)
      return try [[], ["a"], ["a", "b"], (0..<3000).map { "x\($0)" }].map { ids in
        try tx.count("SELECT count(*) FROM asset WHERE id IN (\(list: ids))")
      }
    }
    #expect(counts == [0, 1, 1, 0])
  }

  @Test(arguments: Engine.available)
  func likeTakesEveryCharacterLiterally(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let keys = ["50%", "500", "a_b", "axb", "A_B", #"c:\x"#, "かな", "ｶﾅ"]
    try await database.write { tx in
      for (index, key) in keys.enumerated() {
        try tx.run(
          "INSERT INTO asset (facility, id, name, name_key) VALUES ('f1', \("\(index)"), \("n\(index)"), \(key))"
        )
      }
    }
    let found = try await database.read { tx in
      try ["50%", "a_b", #":\"#, "な", "", "_"].map { part in
        try tx.count("SELECT count(*) FROM asset WHERE name_key \(contains: part)")
      } + [try tx.count("SELECT count(*) FROM asset WHERE name_key \(startsWith: "a")")]
    }
    #expect(found == [1, 1, 1, 1, 8, 2, 2])
  }

  @Test(arguments: Engine.available)
  func orderIsByBytesAndNullsComeWhereTheyAreTold(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let names = ["b", "B", "a", "あ", "ア", "亜", "𠮷", "\u{e000}", "é", "e\u{301}", "10", "9", "", " "]
    let (sorted, numbers) = try await database.write { tx in
      for (index, name) in names.enumerated() {
        try addAsset("\(index)", number: index < 2 ? nil : "\(index)", name: name, to: tx)
      }
      return (
        try tx.texts("SELECT name FROM asset ORDER BY name"),
        try tx.texts("SELECT number FROM asset ORDER BY number NULLS LAST")
      )
    }
    let expected = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    #expect(sorted.map { Array(($0 ?? "").utf8) } == expected.map { Array($0.utf8) })
    #expect(numbers.suffix(2) == [nil, nil])
    #expect(numbers.first != .some(nil))
  }

  @Test(arguments: Engine.available)
  func columnsAreAddedRenamedAndDropped(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in try tx.run("INSERT INTO counter (id, value) VALUES ('a', 4)") }
    try await database.migrate(
      wardMigrations + [
        Migration(
          "ward-2-columns",
          [
            "ALTER TABLE counter ADD COLUMN note \(.text) NOT NULL DEFAULT 'none'",
            "ALTER TABLE counter RENAME COLUMN value TO amount",
            "ALTER TABLE counter ADD COLUMN doubled \(.integer) GENERATED ALWAYS AS (amount * 2) \(raw: engine == .sqlite ? "VIRTUAL" : "STORED")",
            "CREATE INDEX counter_part ON counter (amount) WHERE amount > 3",
          ]
        )
      ]
    )
    let row = try await database.read { tx in try tx.row("SELECT * FROM counter") }
    #expect(row?.columns.names == ["id", "amount", "note", "doubled"])
    #expect(try row?.integer("doubled") == 8)
  }

  @Test(arguments: Engine.available)
  func aStatementSeesTheSchemaOfNow(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let all: SQL = "SELECT * FROM counter"
    _ = try await database.read { tx in try tx.rows(all) }
    try await database.migrate(
      wardMigrations + [Migration("ward-2-note", ["ALTER TABLE counter ADD COLUMN note \(.text)"])]
    )
    for _ in 0..<10 {
      try await database.write { tx in
        try tx.run("INSERT INTO counter (id, value) VALUES ('a', 1) ON CONFLICT DO NOTHING")
      }
      let rows = try await database.read { tx in try tx.rows(all) }
      #expect(rows.first?.columns.names == ["id", "value", "note"])
    }
  }
}
