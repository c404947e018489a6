import Synchronization
import Time

/// A clock that stands still until a test sets it.
package final class FixedClock: Sendable {
  private let moment: Mutex<Instant>

  /// Stands at 2026-04-01 09:00 in Japan, the first morning of 令和8年度, unless told otherwise.
  package init(_ moment: Instant? = nil) {
    self.moment = Mutex(moment ?? Instant(LocalDate(dayNumber: 20_544), hour: 9))
  }

  package var now: Instant {
    get { moment.withLock { $0 } }
    set { moment.withLock { $0 = newValue } }
  }

  package func advance(seconds: Int) { moment.withLock { $0 = $0.adding(seconds: seconds) } }

  package func advance(days: Int) { moment.withLock { $0 = $0.adding(days: days) } }

  package var clock: Clock { Clock { self.now } }
}

extension IDMaker {
  /// `prefix-000001`, `prefix-000002` …: ids a test can foretell, which sort as they were made.
  package static func sequential(_ prefix: String = "id") -> IDMaker {
    let last = Tally()
    return IDMaker {
      let digits = String(last.add())
      return "\(prefix)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
    }
  }
}

/// Counts what happens on any thread.
package final class Tally: Sendable {
  private let value = Mutex(0)

  package init() {}

  package var count: Int { value.withLock { $0 } }

  /// Adds one and answers the new count.
  @discardableResult
  package func add() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}

/// Chance from a seed (Steele, Lea and Flood 2014): the same seed always gives the same test.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
