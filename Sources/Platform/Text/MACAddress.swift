/// The hardware address of a network interface.
package struct MACAddress: Sendable, Hashable, Comparable, Codable {
  /// 48 bits.
  package let bits: UInt64

  /// Reads AA:BB:CC:DD:EE:FF, AA-BB-…, aabb.ccdd.eeff, aabbcc-ddeeff and AABBCCDDEEFF, in full or half width, and
  /// groups that lost their leading zero (0:1b:…). Nil when it is none of these.
  package init?(reading text: String) {
    let text = Width.trimmed(Width.halved(text))
    var bits: UInt64 = 0
    var groups: [Int] = [0]
    var separator: UInt8?
    var digits = 0
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case 48...57: digit = byte - 48
      case 65...70: digit = byte - 55
      case 97...102: digit = byte - 87
      case 58, 45, 46, 32:
        guard separator == nil || separator == byte, groups[groups.count - 1] > 0 else { return nil }
        separator = byte
        groups.append(0)
        continue
      default: return nil
      }
      // A group of two that lost its zero.
      groups[groups.count - 1] += 1
      digits += 1
      guard digits <= 12 else { return nil }
      bits = bits << 4 | UInt64(digit)
    }
    switch groups.count {
    case 1: guard digits == 12 else { return nil }
    case 2: guard groups == [6, 6] else { return nil }
    case 3: guard groups == [4, 4, 4] else { return nil }
    case 6:
      guard groups.allSatisfy({ $0 == 1 || $0 == 2 }), separator != 46 else { return nil }
      if digits < 12 {
        guard let padded = Self.padded(text, groups: groups) else { return nil }
        bits = padded
      }
    default: return nil
    }
    self.bits = bits
  }

  package init(bits: UInt64) { self.bits = bits & 0xffff_ffff_ffff }

  /// AA:BB:CC:DD:EE:FF
  package var text: String {
    var text: [UInt8] = []
    text.reserveCapacity(17)
    for shift in stride(from: 44, through: 0, by: -4) {
      let digit = UInt8(bits >> UInt64(shift) & 15)
      text.append(digit < 10 ? 48 + digit : 55 + digit)
      if shift % 8 == 0, shift > 0 { text.append(58) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first three bytes, which name the maker: AABBCC.
  package var maker: String { String(text.prefix(8).filter { $0 != ":" }) }

  /// Set by software rather than the maker: telephones and virtual machines make such addresses up.
  package var isLocallyAdministered: Bool { bits >> 41 & 1 == 1 }

  package static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }

  private static func padded(_ text: String, groups: [Int]) -> UInt64? {
    var bits: UInt64 = 0
    for group in text.utf8.split(whereSeparator: { $0 == 58 || $0 == 45 || $0 == 32 }) {
      guard let byte = UInt8(String(decoding: group, as: UTF8.self), radix: 16) else { return nil }
      bits = bits << 8 | UInt64(byte)
    }
    return bits
  }
}
