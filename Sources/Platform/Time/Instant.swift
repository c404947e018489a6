/// A moment, in milliseconds of UTC since 1970. Stored as a 64-bit integer, shown in Asia/Tokyo.
package struct Instant: Sendable, Hashable, Comparable, Codable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  package func adding(seconds: Int) -> Instant { Instant(milliseconds: milliseconds + Int64(seconds) * 1000) }

  package func adding(days: Int) -> Instant { adding(seconds: days * 86_400) }

  /// Whole seconds from `earlier` to this moment.
  package func seconds(since earlier: Instant) -> Int { Int((milliseconds - earlier.milliseconds) / 1000) }

  /// The calendar day in Japan, which has had no summer time since 1951: always UTC+9.
  package var day: LocalDate { LocalDate(dayNumber: Int(floorDiv(milliseconds + 32_400_000, 86_400_000))) }

  /// Hour, minute and second of the day in Japan.
  package var timeOfDay: (hour: Int, minute: Int, second: Int) {
    let seconds = Int(floorMod(milliseconds + 32_400_000, 86_400_000) / 1000)
    return (seconds / 3600, seconds / 60 % 60, seconds % 60)
  }

  /// The moment a day in Japan begins, `hour` and `minute` later.
  package init(_ day: LocalDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    let seconds = Int64(day.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - 32_400
    self.init(milliseconds: seconds * 1000)
  }

  /// RFC 3339 in UTC with milliseconds, `2026-11-21T05:30:00.000Z`.
  package var iso: String {
    let utc = LocalDate(dayNumber: Int(floorDiv(milliseconds, 86_400_000)))
    let rest = Int(floorMod(milliseconds, 86_400_000))
    let second = rest / 1000
    return "\(utc.iso)T\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60)).\(pad(rest % 1000, 3))Z"
  }
}

/// Where the program gets the time. Tests set it.
package struct Clock: Sendable {
  package var now: @Sendable () -> Instant

  package init(now: @escaping @Sendable () -> Instant) { self.now = now }
}

func floorDiv(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }

func floorMod(_ a: Int64, _ b: Int64) -> Int64 { a - floorDiv(a, b) * b }

func pad(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
}
