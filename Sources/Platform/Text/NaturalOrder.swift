/// The order of names with numbers in them: 2階 before 10階, A-02 before A-10.
package enum NaturalOrder {
  /// Whether `a` stands before `b`. Width, case and kana kind do not matter until all else is equal.
  package static func isBefore(_ a: String, _ b: String) -> Bool {
    let (first, second) = (key(a), key(b))
    return first == second ? bytesPrecede(a, b) : bytesPrecede(first, second)
  }

  /// A key whose bytes sort in natural order; for a column, or to sort a list once. Each run of digits is written
  /// without leading zeros behind its length.
  package static func key(_ text: String) -> String {
    var key: [UInt8] = []
    var digits: [UInt8] = []
    func flush() {
      if digits.isEmpty { return }
      let number = digits.drop { $0 == 48 }
      // One digit tells lengths up to 8; 9 announces four more, enough for any text.
      if number.count < 9 {
        key.append(48 + UInt8(number.count))
      } else {
        key.append(57)
        let length = String(min(number.count, 9999))
        key += [UInt8](repeating: 48, count: 4 - length.utf8.count) + length.utf8
      }
      key += number
      digits = []
    }
    for byte in Fold.key(text).utf8 {
      if (48...57).contains(byte) {
        digits.append(byte)
      } else {
        flush()
        key.append(byte)
      }
    }
    flush()
    return String(decoding: key, as: UTF8.self)
  }
}

/// Byte order, the same as the databases use.
func bytesPrecede(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
