import Testing
import Text

@testable import Web

@Suite struct JSONTests {
  @Test(arguments: [
    ("null", JSONValue.null), ("true", .bool(true)), ("-0", .integer(0)), ("12", .integer(12)), ("1.5e2", .number(150)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("\"a\\u00e9\\ud83d\\ude0d\\n\"", .text("aé😍\n")),
    (" [ 1 , [ ] , { } ] ", .array([.integer(1), .array([]), .object([:])])),
    ("{\"a\":{\"b\":[null]}}", .object(["a": .object(["b": .array([.null])])])),
  ])
  func readsWhatIsJSON(text: String, value: JSONValue) throws {
    #expect(try JSONReader.read(Array(text.utf8)) == value)
    // What is written reads as the same.
    #expect(try JSONReader.read(JSONWriter.bytes(of: value)) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "01", "1.", ".5", "+1", "-", "1e", "\"", "\"\\x\"", "\"\\ud83d\"", "\"\\ude0d\"", "\"\\u0000\"",
    "\"a\nb\"", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "{\"a\"}", "1 1", "NaN", "Infinity",
    "1e999",
    String(repeating: "[", count: 33) + String(repeating: "]", count: 33), "\u{feff}1",
  ])
  func refusesWhatIsNot(text: String) {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
  }

  @Test func refusesBytesThatAreNotText() {
    for bytes: [UInt8] in [[34, 0xff, 34], [34, 0xc0, 0x80, 34], [34, 0xed, 0xa0, 0x80, 34], [34, 0, 34]] {
      #expect(throws: JSONReader.Failure.self) { try JSONReader.read(bytes) }
    }
  }

  /// Any bytes end in a value or a reason, and a value is written and read as itself.
  @Test func neverTraps() throws {
    var state: UInt64 = 42
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let signs = Array("{}[]\",:0123456789.eE+-\\untrfalse \u{3042}".utf8)
    for _ in 0..<20_000 {
      let bytes = (0..<random(30)).map { _ in random(20) == 0 ? UInt8(random(256)) : signs[random(signs.count)] }
      guard let value = try? JSONReader.read(bytes) else { continue }
      #expect(try JSONReader.read(JSONWriter.bytes(of: value)) == value)
    }
  }

  @Test func schemasNameEveryFaultAndItsPlace() throws {
    let schema = Schema.object([
      .always("name", .text(upTo: 3, from: 1)), .maybe("day", .day), .maybe("at", .instant),
      .maybe("list", .list(.integer(1...5), upTo: 2)), .maybe("map", .map(.optional(.boolean))),
      .maybe("kind", .choice(["a", "b"])),
    ])
    func places(_ text: String) throws -> [String] {
      schema.faults(in: try JSONReader.read(Array(text.utf8))).map(\.pointer)
    }
    #expect(try places(#"{"name":"あいう","day":"2026-02-28","at":"2026-02-28T00:00:00+09:00","list":[1,5.0]}"#) == [])
    #expect(try places(#"{"map":{"x/y":1,"z":null},"other":1}"#) == ["/name", "/map/x~1y", "/other"])
    #expect(
      try places(#"{"name":"","day":"2026-02-29","at":"yesterday","kind":"c"}"#) == ["/name", "/day", "/at", "/kind"]
    )
    #expect(try places(#"{"name":"abcd","list":[0,1.5]}"#) == ["/name", "/list/0", "/list/1"])
    #expect(try places(#"{"name":"a","list":[1,2,3]}"#) == ["/list"])
    #expect(try places("[]") == [""])
  }

  @Test func cursorsComeBackAsTheyWere() {
    let cursor = Cursor(["r", "-name", "あ\u{10FFFD}", "0193"])
    #expect(Cursor(reading: cursor.text) == cursor)
    for text in ["", "!", "AA", "gICA"] { #expect((Cursor(reading: text)?.parts.count ?? 0) < 2) }
  }

  @Test func acceptHeadersAreReadByTheirRanges() {
    let types: Set<String> = ["application/json"]
    for header in ["*/*", "application/*", "text/html, application/json;q=0.1", "APPLICATION/JSON"] {
      #expect(Endpoint.accepts(header, types), "\(header)")
    }
    for header in ["text/html", "application/json;q=0", "application/xml", ""] {
      #expect(!Endpoint.accepts(header, types), "\(header)")
    }
  }
}
