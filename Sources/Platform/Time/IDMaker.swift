import Synchronization

/// Makes identifiers that sort by the time they were made (UUIDv7, RFC 9562 §5.7), so that records made on several
/// machines merge without asking a server for a number.
package struct IDMaker: Sendable {
  package var next: @Sendable () -> String

  package init(next: @escaping @Sendable () -> String) { self.next = next }

  /// Each is greater than the one before, also within a millisecond: what is stored together lies together in an index,
  /// and ten thousand new rows are added at its end instead of all over it.
  package static func uuid7(_ clock: Clock) -> IDMaker {
    let series = Mutex(Series())
    return IDMaker {
      let now = clock.now()
      let (moment, high, low) = series.withLock { $0.next(at: now) }
      return uuid7(at: moment, high: high, low: low)
    }
  }

  /// 48 bits of milliseconds, version 7, variant 10, and 74 bits of chance.
  package static func uuid7(at moment: Instant, high: UInt64, low: UInt64) -> String {
    let first = UInt64(bitPattern: moment.milliseconds) << 16 | 0x7000 | (high & 0x0fff)
    let second = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000
    return String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for index in 0..<32 {
        if index == 8 || index == 12 || index == 16 || index == 20 {
          text[place] = 45
          place += 1
        }
        let digit = UInt8((index < 16 ? first : second) >> (60 - UInt64(index % 16) * 4) & 15)
        text[place] = digit < 10 ? 48 + digit : 87 + digit
        place += 1
      }
      return place
    }
  }
}

/// The last identifier of a maker, from which the next of the same moment is counted on (RFC 9562 §6.2, method 2).
private struct Series {
  private var milliseconds = Int64.min
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// A clock that was set back by less than this goes on in the old moment.
  private static let patienceMilliseconds: Int64 = 10_000

  mutating func next(at now: Instant) -> (moment: Instant, high: UInt64, low: UInt64) {
    let isNew = now.milliseconds > milliseconds || milliseconds - now.milliseconds > Self.patienceMilliseconds
    if isNew || low >= 1 << 61 {
      // The upper half of the 62 bits is room to count in.
      milliseconds = isNew ? now.milliseconds : milliseconds + 1
      high = UInt64.random(in: 0..<1 << 12)
      low = UInt64.random(in: 0..<1 << 61)
    } else {
      // Uneven steps, so that nobody reads a count into them. An identifier opens nothing.
      low += 1 + (low &* 0x9e37_79b9_7f4a_7c15) >> 34
    }
    return (Instant(milliseconds: milliseconds), high, low)
  }
}
