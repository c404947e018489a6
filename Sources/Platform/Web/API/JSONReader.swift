import Text

/// Reads a JSON text strictly (RFC 8259), on bytes. Names that stand twice in one object, characters a database cannot
/// hold (U+0000) and lone surrogates are refused, as two readers would disagree about them. Never traps.
package struct JSONReader {
  /// Why a text is no JSON, and at which byte.
  package struct Failure: Error, Sendable, Hashable {
    package let offset: Int
    package let reason: Localized
  }

  /// How deep arrays and objects may lie in each other.
  package static let deepest = 32

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  package static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var reader = JSONReader(bytes: bytes)
    reader.skipBlanks()
    let value = try reader.value()
    reader.skipBlanks()
    guard reader.index == bytes.count else {
      throw reader.failure(ja: "JSONの後ろに余分な文字があります。", en: "There is something behind the JSON.")
    }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func failure(ja: String, en: String) -> Failure {
    Failure(offset: index, reason: Localized(ja: ja, en: en))
  }

  private var unexpected: Failure {
    index < bytes.count
      ? failure(ja: "ここにあるはずのない文字です。", en: "This character is not expected here.")
      : failure(ja: "途中で終わっています。", en: "The text ends too early.")
  }

  private mutating func skipBlanks() {
    while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: sign) else { return false }
    index += 1
    return true
  }

  private mutating func take(word: StaticString) throws(Failure) {
    for expected in word.description.utf8 {
      guard index < bytes.count, bytes[index] == expected else { throw unexpected }
      index += 1
    }
  }

  private mutating func value() throws(Failure) -> JSONValue {
    guard index < bytes.count else { throw unexpected }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"):
      try take(word: "true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try take(word: "false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try take(word: "null")
      return .null
    default: return try number()
    }
  }

  private mutating func enter() throws(Failure) {
    depth += 1
    guard depth <= Self.deepest else {
      throw failure(ja: "入れ子が深すぎます（\(Self.deepest)段まで）。", en: "Nested too deeply (at most \(Self.deepest)).")
    }
    index += 1
    skipBlanks()
  }

  private mutating func object() throws(Failure) -> JSONValue {
    try enter()
    var members: [String: JSONValue] = [:]
    if !take("}") {
      repeat {
        skipBlanks()
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw unexpected }
        let key = try string()
        skipBlanks()
        guard take(":") else { throw unexpected }
        skipBlanks()
        let value = try value()
        guard members.updateValue(value, forKey: key) == nil else {
          throw failure(ja: "「\(key)」が2回出てきます。", en: "“\(key)” stands twice.")
        }
        skipBlanks()
      } while take(",")
      guard take("}") else { throw unexpected }
    }
    depth -= 1
    return .object(members)
  }

  private mutating func array() throws(Failure) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    if !take("]") {
      repeat {
        skipBlanks()
        elements.append(try value())
        skipBlanks()
      } while take(",")
      guard take("]") else { throw unexpected }
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = index
    _ = take("-")
    guard digits(),
      bytes[start...].drop(while: { $0 == 45 }).first != 48 || index - start <= (bytes[start] == 45 ? 2 : 1)
    else { throw unexpected }
    var isWhole = true
    if take(".") {
      isWhole = false
      guard digits() else { throw unexpected }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      guard digits() else { throw unexpected }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let number = Int(text) { return .integer(number) }
    guard let number = Double(text), number.isFinite else {
      throw failure(ja: "数が大きすぎます。", en: "The number is too large.")
    }
    return .number(number)
  }

  private mutating func digits() -> Bool {
    let start = index
    while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 { index += 1 }
    return index > start
  }

  private mutating func string() throws(Failure) -> String {
    index += 1
    var out: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        guard let text = String(validating: out, as: UTF8.self) else {
          throw failure(ja: "文字がUTF-8ではありません。", en: "The text is not UTF-8.")
        }
        return text
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &out)
      case 0..<32: throw unexpected
      default:
        out.append(byte)
        index += 1
      }
    }
    throw unexpected
  }

  private mutating func escape(into out: inout [UInt8]) throws(Failure) {
    guard index < bytes.count else { throw unexpected }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard take("\\"), take("u") else { throw surrogate }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw surrogate }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard code != 0 else {
        throw failure(ja: "使えない文字（U+0000）があります。", en: "U+0000 cannot be used.")
      }
      guard let scalar = Unicode.Scalar(code) else { throw surrogate }
      out += Array(String(Character(scalar)).utf8)
    default: throw failure(ja: "「\\」の後ろの文字が正しくありません。", en: "This cannot stand behind a backslash.")
    }
  }

  private var surrogate: Failure {
    failure(ja: "サロゲートの片方だけがあります。", en: "There is half a surrogate pair.")
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    guard index + 4 <= bytes.count else { throw unexpected }
    var code: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch bytes[index] {
      case 48...57: digit = bytes[index] - 48
      case 65...70: digit = bytes[index] - 55
      case 97...102: digit = bytes[index] - 87
      default: throw unexpected
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }
}
