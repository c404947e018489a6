/// Writes a payload value by value. Whoever writes thousands of the same kind quotes each field's name once.
package struct PayloadWriter {
  /// A field's name as it stands in a payload.
  package struct Field: Sendable {
    fileprivate let quoted: [UInt8]

    package init(_ name: String) {
      var out = Array("[".utf8)
      Payload.append(quoted: name, to: &out)
      out.append(44)
      quoted = out
    }
  }

  private var out: [UInt8] = []
  private var isFirst = true

  /// Takes the bytes and appends to them; `finish` gives them back.
  package init(appendingTo bytes: inout [UInt8]) {
    swap(&out, &bytes)
    Payload.append("{\"c\":[", to: &out)
  }

  package mutating func append(_ field: Field, from: String? = nil, to: String?) {
    if !isFirst { out.append(44) }
    isFirst = false
    out.append(contentsOf: field.quoted)
    if let from {
      Payload.append(quoted: from, to: &out)
      out.append(44)
    }
    Payload.append(quoted: to, to: &out)
    out.append(93)
  }

  /// The bytes with the payload behind what stood there.
  package mutating func finish(_ reason: String?, into bytes: inout [UInt8]) {
    Payload.append("],\"r\":", to: &out)
    Payload.append(quoted: reason, to: &out)
    out.append(125)
    swap(&out, &bytes)
  }
}

/// The changes and the reason of an entry as JSON with a fixed order of keys: the very text that is stored is hashed.
/// `{"c":[["field","from","to"],["field","to"],…],"r":"reason"}`, where null is not recorded, and a change of two parts
/// one from nothing: most entries tell of something new. Older entries say `null` there.
enum Payload {
  static func text(_ changes: [FieldChange], _ reason: String?) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 + changes.count * 48)
    var writer = PayloadWriter(appendingTo: &bytes)
    for change in changes {
      writer.append(PayloadWriter.Field(change.field), from: change.from, to: change.to)
    }
    writer.finish(reason, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One value as JSON.
  static func quoted(_ text: String?) -> String {
    var out: [UInt8] = []
    append(quoted: text, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  fileprivate static func append(_ word: StaticString, to out: inout [UInt8]) {
    out.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  fileprivate static func append(quoted text: String?, to out: inout [UInt8]) {
    guard var text else { return append("null", to: &out) }
    out.append(34)
    text.withUTF8 { bytes in
      // Most values have nothing to escape and go over in one piece.
      if !bytes.contains(where: { $0 < 32 || $0 == 34 || $0 == 92 }) {
        out.append(contentsOf: bytes)
      } else {
        for byte in bytes { append(escaping: byte, to: &out) }
      }
    }
    out.append(34)
  }

  private static func append(escaping byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case 34, 92:
      out.append(92)
      out.append(byte)
    case 0..<32:
      append("\\u00", to: &out)
      for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 48 + digit : 87 + digit) }
    default: out.append(byte)
    }
  }

  /// Nil where the text is not a payload. Never traps.
  static func read(_ text: String) -> (changes: [FieldChange], reason: String?)? {
    var reader = Reader(bytes: Array(text.utf8))
    return reader.payload()
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func payload() -> (changes: [FieldChange], reason: String?)? {
      guard take("{\"c\":[") else { return nil }
      var changes: [FieldChange] = []
      if !take("]") {
        repeat {
          guard take("["), let field = value(), let name = field, take(","), let first = value() else { return nil }
          if take("]") {
            changes.append(FieldChange(field: name, from: nil, to: first))
            continue
          }
          guard take(","), let second = value(), take("]") else { return nil }
          changes.append(FieldChange(field: name, from: first, to: second))
        } while take(",")
        guard take("]") else { return nil }
      }
      guard take(",\"r\":"), let reason = value(), take("}"), index == bytes.count else { return nil }
      return (changes, reason)
    }

    private mutating func take(_ word: StaticString) -> Bool {
      let length = word.utf8CodeUnitCount
      guard index + length <= bytes.count else { return false }
      for offset in 0..<length where bytes[index + offset] != word.utf8Start[offset] { return false }
      index += length
      return true
    }

    /// The outer nil is an error, the inner one is null.
    private mutating func value() -> String?? {
      if take("null") { return .some(nil) }
      guard take("\"") else { return nil }
      var out: [UInt8] = []
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == 34 { return .some(String(decoding: out, as: UTF8.self)) }
        guard byte == 92 else {
          out.append(byte)
          continue
        }
        guard index < bytes.count else { return nil }
        let escaped = bytes[index]
        index += 1
        if escaped == 34 || escaped == 92 {
          out.append(escaped)
        } else if escaped == 117, index + 4 <= bytes.count,
          let code = UInt8(String(decoding: bytes[(index + 2)..<(index + 4)], as: UTF8.self), radix: 16)
        {
          out.append(code)
          index += 4
        } else {
          return nil
        }
      }
      return nil
    }
  }
}
