/// Lower-case hexadecimal.
package enum Hex {
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes {
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil where a character is no hexadecimal digit or one is left over.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text.utf8 {
      guard let value = value(character) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? bytes : nil
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case 48...57: character - 48
    case 65...70: character - 55
    case 97...102: character - 87
    default: nil
    }
  }
}

/// Base64 with `-` and `_` and no padding (RFC 4648 §5): safe in addresses, cookies and file names.
package enum Base64URL {
  package static func encode(_ bytes: [UInt8]) -> String { BitText.encode(bytes, bits: 6, alphabet: alphabet) }

  /// Nil where a character is none of the alphabet, or where bits are left over that no encoder writes.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    BitText.decode(text.utf8, bits: 6) { character in
      switch character {
      case 65...90: character - 65
      case 97...122: character - 71
      case 48...57: character + 4
      case 45: 62
      case 95: 63
      default: nil
      }
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}

/// Base32 without padding (RFC 4648 §6), as authenticator apps read secrets.
package enum Base32 {
  package static func encode(_ bytes: [UInt8]) -> String { BitText.encode(bytes, bits: 5, alphabet: alphabet) }

  /// Reads what people type: small letters, spaces, hyphens and trailing `=` do not matter.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    BitText.decode(text.utf8.filter { $0 != 32 && $0 != 45 && $0 != 61 }, bits: 5) { character in
      switch character {
      case 65...90: character - 65
      case 97...122: character - 97
      case 50...55: character - 24
      default: nil
      }
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
}

/// Bytes as characters that hold a few bits each.
private enum BitText {
  static func encode(_ bytes: [UInt8], bits: UInt32, alphabet: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 8 / Int(bits) + 1)
    var held: UInt32 = 0
    var count: UInt32 = 0
    let mask = UInt32(1) << bits - 1
    for byte in bytes {
      held = (held << 8 | UInt32(byte)) & 0xffff
      count += 8
      while count >= bits {
        count -= bits
        text.append(alphabet[Int(held >> count & mask)])
      }
    }
    if count > 0 { text.append(alphabet[Int(held << (bits - count) & mask)]) }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(
    _ characters: some Sequence<UInt8>,
    bits: UInt32,
    value: (UInt8) -> UInt8?
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    var held: UInt32 = 0
    var count: UInt32 = 0
    for character in characters {
      guard let value = value(character) else { return nil }
      held = (held << bits | UInt32(value)) & 0xffff
      count += bits
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> count))
      }
    }
    guard count < bits, held & (UInt32(1) << count - 1) == 0 else { return nil }
    return bytes
  }
}
