/// The order of versions that are plain numbers with dots between, as most are: `9.0.12`. It says the same as the generic
/// order, of which it is the short way.
enum PlainNumbers {
  /// Nil where one of the two is anything else, or could be a date, a year or a build of Windows.
  static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> VersionOrder? {
    guard isPlain(left), isPlain(right) else { return nil }
    var (at, other) = (0, 0)
    // What is missing counts as zero.
    while at < left.count || other < right.count {
      let one = next(left, &at)
      let two = next(right, &other)
      if one != two { return one < two ? .less : .greater }
    }
    return .equal
  }

  private static func next(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Int {
    var number = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == 46 { return number }
      number = number &* 10 &+ Int(byte &- 48)
    }
    return number
  }

  /// The smallest number that a build of Windows begins or ends with.
  private static let limit = 6000

  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Eight characters may be a date, four a year.
    guard !bytes.isEmpty, bytes.count != 8, bytes[0] != 46, bytes[bytes.count - 1] != 46 else { return false }
    var number = 0
    var hasDot = false
    var wasDot = false
    for byte in bytes {
      if byte == 46 {
        if wasDot { return false }
        (number, hasDot, wasDot) = (0, true, true)
      } else {
        let digit = byte &- 48
        guard digit < 10 else { return false }
        number = number &* 10 &+ Int(digit)
        if number >= limit { return false }
        wasDot = false
      }
    }
    return hasDot || bytes.count != 4
  }
}
