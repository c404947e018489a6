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
    append(keyOf: text, to: &key)
    return String(decoding: key, as: UTF8.self)
  }

  /// Appends the key of a text as UTF-8.
  package static func append(keyOf text: String, to key: inout [UInt8]) {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.utf8.count)
    Fold.append(keyOf: Array(text.utf8), to: &folded)
    var index = 0
    while index < folded.count {
      guard isDigit(folded[index]) else {
        key.append(folded[index])
        index += 1
        continue
      }
      var end = index
      while end < folded.count, isDigit(folded[end]) { end += 1 }
      while index < end, folded[index] == 48 { index += 1 }
      let count = end - index
      // One digit tells lengths up to 8; 9 announces four more, enough for any text.
      if count < 9 {
        key.append(48 + UInt8(count))
      } else {
        key.append(57)
        let length = String(min(count, 9999))
        key += [UInt8](repeating: 48, count: 4 - length.utf8.count) + length.utf8
      }
      key += folded[index..<end]
      index = end
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

/// Byte order, the same as the databases use.
func bytesPrecede(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
