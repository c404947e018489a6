/// Makes identifiers that sort by the time they were made (UUIDv7, RFC 9562 §5.7), so that records made on several
/// machines merge without asking a server for a number.
package struct IDMaker: Sendable {
  package var next: @Sendable () -> String

  package init(next: @escaping @Sendable () -> String) { self.next = next }

  package static func uuid7(_ clock: Clock) -> IDMaker {
    IDMaker { uuid7(at: clock.now(), high: UInt64.random(in: 0...UInt64.max), low: UInt64.random(in: 0...UInt64.max)) }
  }

  /// 48 bits of milliseconds, version 7, variant 10, and 74 bits of chance.
  package static func uuid7(at moment: Instant, high: UInt64, low: UInt64) -> String {
    let first = UInt64(bitPattern: moment.milliseconds) << 16 | 0x7000 | (high & 0x0fff)
    let second = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000
    var text: [UInt8] = []
    text.reserveCapacity(36)
    let digits = Array("0123456789abcdef".utf8)
    for (index, byte) in (0..<16).map({
      UInt8(truncatingIfNeeded: ($0 < 8 ? first : second) >> (56 - UInt64($0 % 8) * 8))
    })
    .enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(45) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
