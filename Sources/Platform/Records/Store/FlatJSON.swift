/// JSON objects whose values are all strings, as the columns `originals` and `extras` hold them. Keys are written in
/// order, so that equal dictionaries give equal text.
package enum FlatJSON {
  package static func text(_ object: [String: String]) -> String { text(sorted(object)) }

  /// Of pairs that stand in order.
  package static func text(_ pairs: [(key: String, text: String)]) -> String {
    var out: [UInt8] = []
    append(pairs, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends the text of pairs that stand in order.
  static func append(_ pairs: some Sequence<(key: String, text: String)>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "{"))
    var isFirst = true
    for pair in pairs {
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      write(pair.key, to: &out)
      out.append(UInt8(ascii: ":"))
      write(pair.text, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  package static func sorted(_ object: [String: String]) -> [(key: String, text: String)] {
    let pairs = object.map { (key: $0.key, text: $0.value) }
    return pairs.count < 2 ? pairs : pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// Nil where the text is not such an object. Never traps.
  package static func object(_ text: String) -> [String: String]? {
    if text == "{}" { return [:] }
    var reader = Reader(bytes: Array(text.utf8))
    return reader.object()
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    let isPlain = text.withUTF8 { bytes -> Bool in
      guard !bytes.contains(where: { $0 < 32 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
        return false
      }
      out.append(contentsOf: bytes)
      return true
    }
    if isPlain {
      out.append(UInt8(ascii: "\""))
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case 10: out += Array("\\n".utf8)
      case 13: out += Array("\\r".utf8)
      case 9: out += Array("\\t".utf8)
      case 0..<32:
        let digits = Array("0123456789abcdef".utf8)
        out += Array("\\u00".utf8)
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func object() -> [String: String]? {
      var object: [String: String] = [:]
      guard take("{") else { return nil }
      if take("}") { return isAtEnd ? object : nil }
      repeat {
        guard let key = string(), take(":"), let value = string() else { return nil }
        object[key] = value
      } while take(",")
      return take("}") && isAtEnd ? object : nil
    }

    private var isAtEnd: Bool { index == bytes.count }

    private mutating func skipBlanks() {
      while index < bytes.count, bytes[index] == 32 || (bytes[index] >= 9 && bytes[index] <= 13) { index += 1 }
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: sign) else { return false }
      index += 1
      skipBlanks()
      return true
    }

    private mutating func string() -> String? {
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
      index += 1
      var out: [UInt8] = []
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\"") {
          return String(validating: out, as: UTF8.self)
        }
        guard byte == UInt8(ascii: "\\") else {
          out.append(byte)
          continue
        }
        guard let escaped = escape() else { return nil }
        out += Array(String(escaped).utf8)
      }
      return nil
    }

    private mutating func escape() -> Character? {
      guard index < bytes.count else { return nil }
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "\""): return "\""
      case UInt8(ascii: "\\"): return "\\"
      case UInt8(ascii: "/"): return "/"
      case UInt8(ascii: "u"):
        guard index + 4 <= bytes.count,
          let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { return nil }
        index += 4
        return Character(scalar)
      default: return nil
      }
    }
  }
}
