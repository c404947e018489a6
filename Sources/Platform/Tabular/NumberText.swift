#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Numbers as the sheet stores them, and as a person reads them.
enum NumberText {
  /// A whole number of at most nine digits, without sign or space.
  @inline(__always)
  static func integer(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
    guard digits.count > 0, digits.count <= 9 else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  /// A number as XML Schema and Excel write it: digits, a point, an exponent. Nil for anything else, `inf` and hex
  /// included.
  static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var at = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { at = 1 }
    var significand: UInt64 = 0
    var significant = 0
    var digits = 0
    var fraction = 0
    var sawPoint = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte >= 48, byte <= 57 {
        digits += 1
        if significant < 18 { significand = significand * 10 + UInt64(byte - 48) }
        if significand > 0 { significant += 1 }
        if sawPoint { fraction += 1 }
      } else if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    // Both the digits and the power of ten are exact here, so one division rounds correctly (Clinger 1990).
    if at == bytes.count, significant <= 15, fraction <= 22 {
      let value = Double(significand) / powersOfTen[fraction]
      return isNegative ? -value : value
    }
    guard at == bytes.count || bytes[at] | 0x20 == UInt8(ascii: "e"), bytes.count <= 64 else { return nil }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  /// Whether `shown` would write a number with exactly these bytes: at most fifteen digits, no exponent, no zeros that
  /// say nothing. It may answer no where it could say yes.
  @inline(__always)
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
    guard bytes.count > start, bytes.count - start <= 16, bytes[start] >= 48, bytes[start] <= 57 else { return false }
    var point: Int?
    for at in start..<bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "."), point == nil {
        point = at
      } else if byte < 48 || byte > 57 {
        return false
      }
    }
    let whole = (point ?? bytes.count) - start
    guard whole + (point == nil ? 0 : bytes.count - start - whole - 1) <= 15 else { return false }
    // No `007`, no `-0`, no `1.` and no `1.50`.
    if bytes[start] == 48, whole > 1 || (point == nil && start == 1) { return false }
    guard let point else { return true }
    // Below 0.0001 people and programs begin to differ.
    guard bytes[start] != 48 || bytes.count < point + 2 || bytes[point + 1] != 48 else { return false }
    return point < bytes.count - 1 && bytes[bytes.count - 1] != 48
  }

  /// A number with at most fifteen digits that count, as Excel keeps them; no exponent for serial numbers.
  static func shown(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.15g", $0) }
    guard length > 0, Int(length) < buffer.count else { return "" }
    return withoutExponent(buffer[..<Int(length)].map { UInt8(bitPattern: $0) })
  }

  /// `1.5e+20` as `150000000000000000000`; beyond 30 places it stays as it is.
  private static func withoutExponent(_ bytes: [UInt8]) -> String {
    let asIs = String(decoding: bytes, as: UTF8.self)
    guard let mark = bytes.firstIndex(of: UInt8(ascii: "e")),
      let exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)), abs(exponent) <= 30
    else { return asIs }
    let isNegative = bytes.first == UInt8(ascii: "-")
    var digits = bytes[..<mark].filter { $0 >= 48 && $0 <= 57 }
    if exponent < 0 {
      digits = [48, UInt8(ascii: ".")] + Array(repeating: 48, count: -exponent - 1) + digits
    } else if digits.count <= exponent + 1 {
      digits += Array(repeating: 48, count: exponent + 1 - digits.count)
    } else {
      digits.insert(UInt8(ascii: "."), at: exponent + 1)
    }
    return (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    1e20, 1e21, 1e22,
  ]
}
