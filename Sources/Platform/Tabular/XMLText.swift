/// What stands between the tags: entities, and the escapes that Office puts into texts.
enum XMLText {
  /// Adds `raw` to `target` with the five entities and the numeric references resolved. Any other entity would have
  /// to be defined in a DTD, which we refuse.
  static func append(_ raw: UnsafeBufferPointer<UInt8>, to target: inout [UInt8]) throws(TabularError) {
    guard var ampersand = raw.firstIndex(of: UInt8(ascii: "&")) else {
      target.append(contentsOf: raw)
      return
    }
    var start = 0
    while true {
      target.append(contentsOf: UnsafeBufferPointer(rebasing: raw[start..<ampersand]))
      let rest = UnsafeBufferPointer(rebasing: raw[(ampersand + 1)...].prefix(12))
      guard let length = rest.firstIndex(of: UInt8(ascii: ";")) else { throw unknown }
      try appendEntity(UnsafeBufferPointer(rebasing: rest[..<length]), to: &target)
      start = ampersand + length + 2
      guard let next = raw[start...].firstIndex(of: UInt8(ascii: "&")) else { break }
      ampersand = next
    }
    target.append(contentsOf: UnsafeBufferPointer(rebasing: raw[start...]))
  }

  /// The text of a cell: `_x000D_` is a character that XML could not carry (ECMA-376 part 1, 22.9.2.19), and line
  /// breaks of all kinds become `\n`.
  static func cellText(_ bytes: inout [UInt8]) -> String {
    if bytes.contains(UInt8(ascii: "_")) { unescape(&bytes) }
    if bytes.contains(13) { unifyLineBreaks(&bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The reverse for our own writer: `_x0041_` that a person typed must not come back as `A`.
  static func escapingUnderscores(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for index in bytes.indices {
      if escapedUnit(bytes, index) != nil { result.append(contentsOf: "_x005F".utf8) }
      result.append(bytes[index])
    }
    return result
  }

  private static var unknown: TabularError {
    .suspicious("XMLに未定義の実体参照があります", "its XML uses an entity that is not defined")
  }

  private static func appendEntity(_ name: UnsafeBufferPointer<UInt8>, to target: inout [UInt8]) throws(TabularError) {
    switch String(decoding: name, as: UTF8.self) {
    case "lt": target.append(UInt8(ascii: "<"))
    case "gt": target.append(UInt8(ascii: ">"))
    case "amp": target.append(UInt8(ascii: "&"))
    case "quot": target.append(UInt8(ascii: "\""))
    case "apos": target.append(UInt8(ascii: "'"))
    case let reference where reference.utf8.first == UInt8(ascii: "#"):
      let digits = reference.dropFirst()
      let value =
        digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let value else { throw unknown }
      target.append(contentsOf: Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8))
    default: throw unknown
    }
  }

  private static func unescape(_ bytes: inout [UInt8]) {
    guard bytes.count >= 7 else { return }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    var high: UInt32?
    while at < bytes.count {
      guard let unit = escapedUnit(bytes, at) else {
        if high != nil { result.append(contentsOf: "\u{FFFD}".utf8) }
        high = nil
        result.append(bytes[at])
        at += 1
        continue
      }
      at += 7
      // A character beyond the first plane is written as its two UTF-16 halves.
      if let first = high, (0xdc00..<0xe000).contains(unit) {
        append(0x10000 + (first - 0xd800) << 10 + (unit - 0xdc00), to: &result)
        high = nil
      } else {
        if high != nil { result.append(contentsOf: "\u{FFFD}".utf8) }
        high = (0xd800..<0xdc00).contains(unit) ? unit : nil
        if high == nil { append(unit, to: &result) }
      }
    }
    if high != nil { result.append(contentsOf: "\u{FFFD}".utf8) }
    bytes = result
  }

  /// The value of `_xHHHH_` at a place, or nil if that is not what stands there.
  private static func escapedUnit(_ bytes: [UInt8], _ at: Int) -> UInt32? {
    guard at + 7 <= bytes.count, bytes[at] == UInt8(ascii: "_"), bytes[at + 1] == UInt8(ascii: "x"),
      bytes[at + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt32 = 0
    for index in (at + 2)..<(at + 6) {
      switch bytes[index] {
      case 48...57: value = value << 4 | UInt32(bytes[index] - 48)
      case 65...70: value = value << 4 | UInt32(bytes[index] - 55)
      case 97...102: value = value << 4 | UInt32(bytes[index] - 87)
      default: return nil
      }
    }
    return value
  }

  private static func append(_ scalar: UInt32, to target: inout [UInt8]) {
    target.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
  }

  static func unifyLineBreaks(_ bytes: inout [UInt8]) {
    var target = 0
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 13 {
        if index + 1 < bytes.count, bytes[index + 1] == 10 { continue }
        bytes[target] = 10
      } else {
        bytes[target] = byte
      }
      target += 1
    }
    bytes.removeLast(bytes.count - target)
  }
}
