#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The bytes of a CPE 2.3 formatted string (NISTIR 7695, 6.2).
enum CPEText {
  /// `cpe`, `2.3`, part, vendor, product, version, update, edition, language, sw_edition, target_sw, target_hw, other.
  static let fieldCount = 13

  private static let asterisk: StaticString = "*"

  static var anyField: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: asterisk.utf8Start, count: 1) }

  /// Where the fields end, and how many there are; nil if this does not begin as CPE 2.3 or has too many fields. Fewer
  /// are allowed: the rest is ANY (vuln.md P1).
  static func split(_ cpe: UnsafeBufferPointer<UInt8>, into ends: UnsafeMutablePointer<Int>) -> Int? {
    guard let base = cpe.baseAddress, cpe.count >= 10, memcmp(base, "cpe:2.3:", 8) == 0 else { return nil }
    ends[0] = 3
    ends[1] = 7
    var count = 2
    var at = 8
    while let found = memchr(base + at, Int32(UInt8(ascii: ":")), cpe.count - at) {
      let colon = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      at = colon + 1
      if isEscaped(base, colon) { continue }
      guard count < fieldCount - 1 else { return nil }
      ends[count] = colon
      count += 1
    }
    ends[count] = cpe.count
    return count + 1
  }

  /// Whether the byte stands behind an odd number of backslashes.
  private static func isEscaped(_ base: UnsafePointer<UInt8>, _ place: Int) -> Bool {
    var slashes = 0
    while place - slashes > 0, base[place - slashes - 1] == UInt8(ascii: "\\") { slashes += 1 }
    return slashes % 2 == 1
  }

  /// 0 for ANY (`*`, and a field left empty), 1 for NA (`-`), 2 for a value.
  @inline(__always)
  static func code(_ field: UnsafeBufferPointer<UInt8>) -> UInt8 {
    guard field.count <= 1 else { return 2 }
    guard let byte = field.first, byte != UInt8(ascii: "*") else { return 0 }
    return byte == UInt8(ascii: "-") ? 1 : 2
  }

  @inline(__always)
  static func code(_ cpe: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt8 {
    code(UnsafeBufferPointer(rebasing: cpe[start..<end]))
  }

  /// Adds a field without its backslashes, ASCII letters in lower case.
  static func append(_ field: UnsafeBufferPointer<UInt8>, to target: inout [UInt8]) {
    var at = 0
    while at < field.count {
      if field[at] == UInt8(ascii: "\\"), at + 1 < field.count { at += 1 }
      let byte = field[at]
      target.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
      at += 1
    }
  }
}
