import SQL
import Support
import Testing

/// What goes in comes out, byte for byte.
@Suite struct ValueTests {
  static let texts = [
    "", " ", "'", "\"", "\\", "\\N", "\\.", "{}", "NULL", "a\tb\nc\rd", "𠮷野家", "葛\u{e0100}城", "\u{e000}\u{f8ff}", "👩‍⚕️",
    "ｱｲｳ", "e\u{301}", "\u{feff}x", "\u{202e}x", "～〜−－", "%_", "$1 ?1 :a", "--", "/*",
    String(repeating: "病", count: 700_000),
  ]

  @Test(arguments: Engine.available)
  func everyTextSurvives(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    try await database.write { tx in
      for (index, text) in Self.texts.enumerated() {
        try tx.run(
          "INSERT INTO asset (facility, id, name, name_key) VALUES ('f1', \("a\(index)"), \("a\(index)"), \(text))"
        )
      }
      try tx.insert(
        into: "asset",
        columns: ["facility", "id", "name", "name_key"],
        rows: Self.texts.enumerated().map { [.text("f1"), .text("b\($0)"), .text("b\($0)"), .text($1)] }
      )
    }
    let rows = try await database.read { tx in try tx.rows("SELECT id, name_key FROM asset") }
    #expect(rows.count == Self.texts.count * 2)
    for row in rows {
      let index = try #require(Int(try row.text("id").dropFirst()))
      #expect(Array(try row.text("name_key").utf8) == Array(Self.texts[index].utf8))
    }
  }

  @Test(arguments: Engine.available)
  func everyNumberAndByteSurvives(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    let integers: [Int64] = [0, 1, -1, .max, .min, .max - 1, .min + 1, 1 << 53, 4_102_444_800_000]
    let doubles: [Double] = [
      0, 1, -1.5, 0.1, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1.0 / 3, .infinity, -.infinity,
    ]
    let bytes: [[UInt8]] = [
      [], [0], Array(0...255), Array(repeating: 92, count: 3), Array(repeating: 7, count: 3_000_000),
    ]
    try await database.write { tx in
      for number in integers {
        let row = try #require(
          try tx.row(
            "INSERT INTO asset (facility, id, name, seen_at) VALUES ('f1', \("i\(number)"), \("i\(number)"), \(number)) RETURNING seen_at"
          )
        )
        #expect(try row.integer("seen_at") == Int(number))
      }
      for number in doubles {
        let row = try #require(
          try tx.row(
            "INSERT INTO asset (facility, id, name, weight) VALUES ('f1', \("d\(number)"), \("d\(number)"), \(number)) RETURNING weight"
          )
        )
        #expect(try row.double("weight") == number)
      }
      for (index, image) in bytes.enumerated() {
        let row = try #require(
          try tx.row(
            "INSERT INTO asset (facility, id, name, image) VALUES ('f1', \("b\(index)"), \("b\(index)"), \(image)) RETURNING image"
          )
        )
        #expect(try row.bytes("image") == image)
      }
    }
    try await database.write { tx in
      try tx.run("DELETE FROM asset WHERE facility = 'f1'")
      try tx.insert(
        into: "asset",
        columns: ["facility", "id", "name", "seen_at"],
        rows: integers.enumerated().map { [.text("f1"), .text("i\($0)"), .text("i\($0)"), .integer($1)] }
      )
      try tx.insert(
        into: "asset",
        columns: ["facility", "id", "name", "weight"],
        rows: doubles.enumerated().map { [.text("f1"), .text("d\($0)"), .text("d\($0)"), .double($1)] }
      )
      try tx.insert(
        into: "asset",
        columns: ["facility", "id", "name", "image"],
        rows: bytes.enumerated().map { [.text("f1"), .text("b\($0)"), .text("b\($0)"), .bytes($1)] }
      )
      #expect(
        try tx.rows("SELECT seen_at FROM asset WHERE id LIKE 'i%' ORDER BY id").map { try $0.integer("seen_at") }
          == integers.map(Int.init)
      )
      #expect(
        try tx.rows("SELECT weight FROM asset WHERE id LIKE 'd%' ORDER BY id").map { try $0.double("weight") }
          == doubles
      )
      #expect(
        try tx.rows("SELECT image FROM asset WHERE id LIKE 'b%' ORDER BY id").map { try $0.bytes("image") } == bytes
      )
    }
  }

  /// Rows of every odd sort, in bulk and one by one.
  @Test(arguments: Engine.available)
  func fiftyThousandOddRowsInBulkEqualThoseInsertedOneByOne(engine: Engine) async throws {
    let database = try await TestDatabase.make(engine, wardMigrations)
    var random = SplitMix64(seed: 7)
    let rows = (0..<50_000).map { Self.oddRow($0, using: &random) }
    let columns = ["facility", "id", "number", "name", "beds", "weight", "active", "image", "seen_at"]
    let count = try await database.write { tx in try tx.insert(into: "asset", columns: columns, rows: rows) }
    #expect(count == rows.count)
    let stored = try await database.read { tx in
      var stored: [[SQLValue]] = []
      try tx.each(
        "SELECT facility, id, number, name, beds, weight, active, image, seen_at FROM asset ORDER BY id"
      ) { row in
        var values = row.values
        values[6] = .bool(try row.bool("active"))
        stored.append(values)
      }
      return stored
    }
    #expect(stored == rows)

    let some = Array(rows[..<2000])
    try await database.write { tx in
      try tx.run("DELETE FROM asset WHERE facility = 'f1'")
      for row in some {
        let values = row.map { "\($0)" as SQL }.joined(separator: ", ")
        try tx.run(
          "INSERT INTO asset (facility, id, number, name, beds, weight, active, image, seen_at) VALUES (\(values))"
        )
      }
    }
    let again = try await database.read { tx in
      try tx.rows(
        "SELECT facility, id, number, name, beds, weight, active, image, seen_at FROM asset ORDER BY id"
      ).map { row in
        var values = row.values
        values[6] = .bool(try row.bool("active"))
        return values
      }
    }
    #expect(again == some)
  }

  private static func oddRow(_ index: Int, using random: inout SplitMix64) -> [SQLValue] {
    func text(_ random: inout SplitMix64) -> String {
      let odd = [
        "\\", "\"", "'", "\t", "\n", "\r", "{", "}", ",", "NULL", "𠮷", "葛\u{e0100}", "\u{e000}", "ｱ", "é", " ", "%",
        "\\N",
      ]
      return (0..<Int.random(in: 0...8, using: &random)).map { _ in odd.randomElement(using: &random) ?? "" }.joined()
    }
    let id = String(index)
    let padded = String(repeating: "0", count: 6 - id.count) + id
    return [
      .text("f1"), .text(padded), Bool.random(using: &random) ? .null : .text(id + text(&random)),
      .text(text(&random) + padded),
      Bool.random(using: &random) ? .null : .integer(Int64.random(in: 0...Int64.max, using: &random)),
      Bool.random(using: &random) ? .null : .double(Double.random(in: -1e9...1e9, using: &random)),
      .bool(Bool.random(using: &random)),
      Bool.random(using: &random)
        ? .null
        : .bytes((0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }),
      Bool.random(using: &random) ? .null : .integer(Int64.random(in: Int64.min...Int64.max, using: &random)),
    ]
  }
}
