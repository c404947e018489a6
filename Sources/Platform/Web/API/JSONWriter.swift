import Time

/// Writes JSON as it comes, into bytes: for lists, where building values first would cost more than the list itself.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var isFirst = true

  package init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

  package static func bytes(of value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }

  // MARK: Values

  package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    separate()
    try enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    separate()
    try enclosed(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  package mutating func text(_ text: String) {
    separate()
    write(text)
  }

  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .integer(let number): integer(number)
    case .number(let number): self.number(number)
    case .text(let text): self.text(text)
    case .array(let elements): array { writer in for element in elements { writer.value(element) } }
    case .object(let members):
      object { writer in for key in members.keys.sorted() { if let value = members[key] { writer.member(key, value) } }
      }
    }
  }

  package mutating func null() { literal("null") }
  package mutating func bool(_ flag: Bool) { literal(flag ? "true" : "false") }
  package mutating func integer(_ number: Int) { literal(String(number)) }

  /// What JSON has no word for (infinity, not a number) is null.
  package mutating func number(_ number: Double) { literal(number.isFinite ? "\(number)" : "null") }

  // MARK: Members of an object

  package mutating func member(_ name: String, _ value: JSONValue) {
    key(name)
    self.value(value)
  }

  package mutating func member(_ name: String, _ text: String) {
    key(name)
    self.text(text)
  }

  package mutating func member(_ name: String, _ number: Int) {
    key(name)
    integer(number)
  }

  /// A member whose value `body` writes.
  package mutating func key(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    key(name)
    try body(&self)
  }

  /// Nil is null.
  package mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { self.text(text) } else { null() }
  }

  package mutating func member(_ name: String, _ number: Int?) {
    key(name)
    if let number { integer(number) } else { null() }
  }

  package mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    bool(flag)
  }

  /// RFC 3339 in UTC.
  package mutating func member(_ name: String, _ instant: Instant?) { member(name, instant?.iso) }

  package mutating func member(_ name: String, _ day: LocalDate?) { member(name, day?.iso) }

  package mutating func object(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    key(name)
    try object(body)
  }

  package mutating func array(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    key(name)
    try array(body)
  }

  package mutating func member(_ name: String, texts: [String]) {
    array(name) { writer in for text in texts { writer.text(text) } }
  }

  /// An object of texts, its names in order.
  package mutating func member(_ name: String, texts: [String: String]) {
    object(name) { writer in for key in texts.keys.sorted() { writer.member(key, texts[key]) } }
  }

  // MARK: Bytes

  private mutating func key(_ name: String) {
    separate()
    write(name)
    bytes.append(UInt8(ascii: ":"))
    isFirst = true
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes += text.utf8
  }

  private mutating func enclosed(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void) rethrows {
    bytes.append(open)
    isFirst = true
    try body(&self)
    bytes.append(close)
    isFirst = false
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { buffer in
      var start = 0
      for (index, byte) in buffer.enumerated() where byte < 32 || byte == 34 || byte == 92 {
        bytes += buffer[start..<index]
        escape(byte)
        start = index + 1
      }
      bytes += buffer[start...]
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 34, 92: bytes.append(byte)
    case 10: bytes.append(UInt8(ascii: "n"))
    case 13: bytes.append(UInt8(ascii: "r"))
    case 9: bytes.append(UInt8(ascii: "t"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
