/// The number that a version begins with, where another beginning means another version in every way of ordering.
enum VersionFront {
  /// The number before the first dot. Nil where the same version can begin otherwise: Java's 1.8 is 8, dates and years, builds
  /// of Windows, an epoch, a word in front.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var number = 0
    for (at, byte) in bytes.enumerated() {
      let digit = byte &- 48
      if digit < 10 {
        number = number &* 10 &+ Int(digit)
        if number > 1_899 { return nil }
      } else {
        return at > 0 && byte == 46 && number > 1 ? number : nil
      }
    }
    return nil
  }
}
