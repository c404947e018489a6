/// An address of IPv4 or IPv6.
package struct IPAddress: Sendable, Hashable, Comparable, Codable {
  /// 4 or 16 bytes.
  package let bytes: [UInt8]

  package var isV6: Bool { bytes.count == 16 }

  /// Reads 192.168.1.10, also in full width and with leading zeros (192.168.001.010 is decimal: ledgers pad, nobody
  /// writes octal), and IPv6 in every form of RFC 4291 §2.2, also in brackets. Nil for anything else: ports, masks and
  /// zones are not part of an address.
  package init?(reading text: String) {
    var text = Width.trimmed(Width.halved(text))
    if text.utf8.first == 91, text.utf8.last == 93 { text = String(text.dropFirst().dropLast()) }
    guard text.utf8.count <= 45 else { return nil }
    let dotted = Self.readable(text)
    guard let bytes = dotted.utf8.contains(58) ? Self.readV6(dotted) : Self.readV4(dotted.utf8[...]) else { return nil }
    self.bytes = bytes
  }

  /// The usual form: 192.168.1.10, or IPv6 as RFC 5952 writes it (2001:db8::1).
  package var text: String {
    if !isV6 { return bytes.map(String.init).joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    if groups[0..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xffff {
      return "::ffff:" + bytes[12...].map(String.init).joined(separator: ".")
    }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      guard groups[start] == 0 else {
        start += 1
        continue
      }
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > longest.count, end - start > 1 { longest = start..<end }
      start = end
    }
    func hex(_ range: Range<Int>) -> String { groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
    return longest.isEmpty ? hex(0..<8) : hex(0..<longest.lowerBound) + "::" + hex(longest.upperBound..<8)
  }

  /// Sorts byte by byte in the order of numbers: 4c0a8010a, 6…. For a column of the database.
  package var sortKey: String {
    var key: [UInt8] = [isV6 ? 54 : 52]
    for byte in bytes {
      for digit in [byte >> 4, byte & 15] { key.append(digit < 10 ? 48 + digit : 87 + digit) }
    }
    return String(decoding: key, as: UTF8.self)
  }

  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    left.bytes.count == right.bytes.count
      ? left.bytes.lexicographicallyPrecedes(right.bytes) : left.bytes.count < right.bytes.count
  }

  /// Addresses for use inside: RFC 1918, shared (RFC 6598), link-local, loopback, unique local (RFC 4193).
  package var isPrivate: Bool {
    if isV6 {
      return bytes[0] & 0xfe == 0xfc || (bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80)
        || (bytes[0..<15].allSatisfy { $0 == 0 } && bytes[15] == 1)
    }
    switch (bytes[0], bytes[1]) {
    case (10, _), (127, _), (192, 168), (169, 254): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }

  /// Signs a Japanese keyboard puts for the dot.
  private static func readable(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 128 }
      ? text : String(text.map { $0 == "。" || $0 == "．" || $0 == "｡" ? "." : $0 == "：" ? ":" : $0 })
  }

  private static func readV4(_ text: Substring.UTF8View) -> [UInt8]? {
    var bytes: [UInt8] = []
    var value = 0
    var digits = 0
    for byte in text {
      if byte == 46 {
        guard digits > 0, bytes.count < 3 else { return nil }
        bytes.append(UInt8(value))
        value = 0
        digits = 0
      } else {
        guard (48...57).contains(byte), digits < 3 else { return nil }
        value = value * 10 + Int(byte) - 48
        digits += 1
        guard value < 256 else { return nil }
      }
    }
    guard digits > 0, bytes.count == 3 else { return nil }
    bytes.append(UInt8(value))
    return bytes
  }

  private static func readV6(_ text: String) -> [UInt8]? {
    let text = Substring(text)
    guard let gap = text.firstRange(ofDoubleColon: text.startIndex) else {
      guard let bytes = groups(text), bytes.count == 16 else { return nil }
      return bytes
    }
    guard text.firstRange(ofDoubleColon: text.index(after: gap)) == nil else { return nil }
    let behind = text[text.index(gap, offsetBy: 2)...]
    guard let front = groups(text[..<gap], dotted: false), let back = groups(behind), front.count + back.count <= 14
    else {
      return nil
    }
    return front + [UInt8](repeating: 0, count: 16 - front.count - back.count) + back
  }

  /// The bytes of groups between single colons; the last may be dotted. Empty text has none.
  private static func groups(_ text: Substring, dotted: Bool = true) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if dotted, index == parts.count - 1, part.utf8.contains(46) {
        guard let address = readV4(part.utf8) else { return nil }
        bytes += address
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHex), let group = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
      }
      guard bytes.count <= 16 else { return nil }
    }
    return bytes
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }
}

extension Substring {
  /// Where `::` begins, at or behind `start`.
  fileprivate func firstRange(ofDoubleColon start: Index) -> Index? {
    var index = start
    while index < endIndex {
      let next = self.index(after: index)
      if self[index] == ":", next < endIndex, self[next] == ":" { return index }
      index = next
    }
    return nil
  }
}
