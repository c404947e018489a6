import SQL
import Support
import Testing
import Time

@Suite struct SQLTests {
  @Test func valuesAreBoundAndNamesAreText() {
    let sql: SQL = "SELECT \(name: "id") FROM asset WHERE name = \("x'; DROP") AND n IN (\(list: [1, 2]))"
    #expect(sql.printed(for: .sqlite).text == "SELECT id FROM asset WHERE name = ? AND n IN (?, ?)")
    #expect(sql.printed(for: .postgres).text == "SELECT id FROM asset WHERE name = $1 AND n IN ($2, $3)")
    #expect(sql.printed(for: .postgres).values == [.text("x'; DROP"), .integer(1), .integer(2)])
  }

  @Test func typesAreNamedByTheEngine() {
    let sql: SQL =
      "CREATE TABLE t (a \(.text), b \(.integer), c \(.bool), d \(.double), e \(.bytes), f \(.instant)) \(.strict)"
    #expect(
      sql.printed(for: .sqlite).text
        == "CREATE TABLE t (a text, b integer, c integer, d real, e blob, f integer) STRICT"
    )
    #expect(
      sql.printed(for: .postgres).text
        == "CREATE TABLE t (a text, b bigint, c boolean, d double precision, e bytea, f bigint) "
    )
  }

  @Test func partsJoin() {
    let filters: [SQL] = ["a = \(1)", "b = \(String?.none)", "c \(contains: "50%")"]
    let printed = ("SELECT 1 WHERE " + filters.joined(separator: " AND ")).printed(for: .postgres)
    #expect(printed.text == #"SELECT 1 WHERE a = $1 AND b = $2 AND c LIKE $3 ESCAPE '\'"#)
    #expect(printed.values == [.integer(1), .null, .text(#"%50\%%"#)])
  }

  @Test func aValueBeforeIsStandsAlone() {
    let printed = ("SELECT \(1) IS NULL, \("x") = \("y")" as SQL).printed(for: .postgres)
    #expect(printed.standsAlone == [true, false, false])
  }

  @Test func everythingThatBindsBindsAsWhatItIs() {
    let day = LocalDate(year: 2026, month: 4, day: 1)
    let sql: SQL =
      "\(true) \(1.5) \([1, 2] as [UInt8]) \(Instant(milliseconds: 7)) \(day) \(Int64.max) \(SQLValue.null)"
    #expect(
      sql.printed(for: .sqlite).values == [
        .bool(true), .double(1.5), .bytes([1, 2]), .integer(7), .text("2026-04-01"), .integer(.max), .null,
      ]
    )
  }

  @Test(arguments: [
    ("INSERT INTO part (id) VALUES (?)", "part"), ("insert into part(id) values (?)", "part"),
    ("UPDATE asset SET a = 1", "asset"), ("DELETE FROM asset WHERE x", "asset"),
    ("WITH x AS (SELECT 1 FROM y)\nINSERT INTO part SELECT 1", "part"), ("SELECT 1", ""), ("", ""),
  ])
  func theWrittenTableIsReadFromTheStatement(text: String, table: String) {
    #expect(writtenTable(of: text) == table)
  }

  @Test func keysLeaveTheFacilityOut() {
    #expect(StorageError.key(table: "asset", columns: ["facility", "number"]) == "asset.number")
    #expect(StorageError.key(table: "asset", columns: ["facility", "a", "b"]) == "asset.a,b")
    #expect(StorageError.key(table: "facility", columns: ["facility"]) == "facility.facility")
  }
}

@Suite struct RowTests {
  private func row(_ value: SQLValue) -> Row { Row(columns: ColumnNames(["a"]), values: [value]) }

  @Test func aColumnIsReadByTheTypeWanted() throws {
    for value in [SQLValue.integer(1), .bool(true), .double(1), .text("1")] {
      #expect(try row(value).integer("a") == 1)
      #expect(try row(value).bool("a"))
    }
    #expect(try row(.integer(3)).double("a") == 3)
    #expect(try row(.integer(3)).text("a") == "3")
    #expect(try row(.text("é")).bytes("a") == [0xc3, 0xa9])
    #expect(try row(.text("2026-02-28")).optionalDate("a") == LocalDate(year: 2026, month: 2, day: 28))
  }

  @Test func whatCannotBeReadIsSaid() {
    #expect(throws: StorageError.missingColumn("b")) { try row(.null).optionalText("b") }
    #expect(throws: StorageError.unexpectedValue(column: "a", wanted: "integer")) { try row(.double(1.5)).integer("a") }
    #expect(throws: StorageError.unexpectedValue(column: "a", wanted: "integer")) { try row(.null).integer("a") }
    #expect(throws: StorageError.unexpectedValue(column: "a", wanted: "text")) { try row(.bytes([1])).text("a") }
    #expect(throws: StorageError.unexpectedValue(column: "a", wanted: "date")) {
      try row(.text("2026-02-30")).optionalDate("a")
    }
    #expect(throws: StorageError.unexpectedValue(column: "a", wanted: "bytes")) { try row(.integer(1)).bytes("a") }
  }
}

@Suite struct RecentlyUsedTests {
  @Test(arguments: UInt64(0)..<50)
  func itHoldsNoMoreThanItMayAndForgetsTheOldestFirst(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let capacity = Int.random(in: 1...20, using: &random)
    var kept = RecentlyUsed<Int>(capacity: capacity)
    var order: [String] = []
    for step in 0..<300 {
      let key = "k\(Int.random(in: 0..<40, using: &random))"
      if Bool.random(using: &random) {
        if kept.value(key) != nil {
          #expect(order.contains(key))
          order.removeAll { $0 == key }
          order.append(key)
        }
      } else {
        order.removeAll { $0 == key }
        order.append(key)
        order.removeFirst(kept.insert(step, for: key).count)
      }
      #expect(kept.count == order.count)
      #expect(kept.count <= capacity)
    }
    for key in order { #expect(kept.value(key) != nil) }
  }
}

@Suite struct LikeTests {
  /// What `LIKE … ESCAPE '\'` does, written plainly.
  private func like(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "%": return like(text, rest) || (!text.isEmpty && like(text.dropFirst(), pattern))
    case "_": return !text.isEmpty && like(text.dropFirst(), rest)
    case "\\": return text.first == rest.first && like(text.dropFirst(), rest.dropFirst())
    default: return text.first == first && like(text.dropFirst(), rest)
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func anEscapedTextMatchesItselfOnly(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func text() -> String {
      String((0..<Int.random(in: 0...5, using: &random)).map { _ in "%_\\ab".randomElement(using: &random) ?? "a" })
    }
    let (a, b) = (text(), text())
    #expect(like(Array(a)[...], Array(likeLiteral(a))[...]))
    #expect(like(Array(b)[...], Array(likeLiteral(a))[...]) == (a == b))
  }
}

@Suite struct SupportTests {
  @Test func theClockMovesWhenTold() {
    let clock = FixedClock()
    #expect(clock.now.iso == "2026-04-01T00:00:00.000Z")
    let shared = clock.clock
    clock.advance(days: 1)
    clock.advance(seconds: 1)
    #expect(shared.now().iso == "2026-04-02T00:00:01.000Z")
  }

  @Test func idsAreForetold() {
    let maker = IDMaker.sequential("asset")
    #expect([maker.next(), maker.next()] == ["asset-000001", "asset-000002"])
  }

  @Test func chanceRepeats() {
    var a = SplitMix64(seed: 1)
    var b = SplitMix64(seed: 1)
    #expect(a.next() == b.next())
    // The published first value for seed 0 (Vigna, splitmix64.c).
    var zero = SplitMix64(seed: 0)
    #expect(zero.next() == 0xe220_a839_7b1d_cdaf)
  }
}
