/// The numbers that a version begins with: where they differ, two versions are never the same, in any way of ordering.
enum VersionFront {
  /// Whether the numbers before the first other sign tell the two apart. False where they do not, or where the same version
  /// can begin otherwise: Java's 1.8 is 8, dates and years, builds of Windows, an epoch, a word in front.
  static func differs(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    var (at, other) = (0, 0)
    var isFirst = true
    while let one = number(left, &at), let two = number(right, &other) {
      guard one.isFollowed, two.isFollowed else { return !isFirst && one.value != two.value }
      if isFirst, one.value > latest || two.value > latest { return false }
      if one.value != two.value { return !isFirst || (one.value > 1 && two.value > 1) }
      isFirst = false
    }
    return false
  }

  /// From here on a first number may be a year.
  private static let latest = 1_899

  /// The number at a place, and whether a dot and more follow it. Nil where there is none.
  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ at: inout Int
  ) -> (value: Int, isFollowed: Bool)? {
    let start = at
    var value = 0
    while at < bytes.count {
      let digit = bytes[at] &- 48
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      // Longer ones are dates and hashes.
      if at - start > 8 { return nil }
      at += 1
    }
    guard at > start else { return nil }
    guard at < bytes.count, bytes[at] == 46 else { return (value, false) }
    at += 1
    return (value, true)
  }
}
