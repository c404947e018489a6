/// The hours of a piece of work, as remote maintenance: 9:00〜12:00, 22:00〜翌2:00, 22:00〜26:00.
package struct WorkWindow: Sendable, Hashable, Codable {
  /// Minutes from 0:00 of the first day, below 1440.
  package let start: Int
  /// Minutes from 0:00 of the first day, later than `start`; beyond 1440 on the next day.
  package let end: Int

  /// Nil when it would be empty, longer than a day, or begin on another day.
  package init?(start: Int, end: Int) {
    guard (0..<1440).contains(start), end > start, end - start <= 1440 else { return nil }
    self.start = start
    self.end = end
  }

  /// Reads 22:00〜翌2:00, 22:00-26:00, 9時〜12時30分, in full or half width. An end that is not later than the start lies
  /// on the next day. Nil when it cannot be read.
  package init?(reading text: String) {
    var rest = plain(text)[...]
    guard let start = Self.takeTime(&rest), Self.takeDash(&rest), let end = Self.takeTime(&rest), rest.isEmpty else {
      return nil
    }
    self.init(start: start, end: end <= start ? end + 1440 : end)
  }

  /// Reads one time of day in minutes: 14:05, 14時5分, 26:00, 翌2:00. Nil when it is none, or beyond the next day.
  package static func minutes(reading text: String) -> Int? {
    var rest = plain(text)[...]
    guard let minutes = takeTime(&rest), rest.isEmpty else { return nil }
    return minutes
  }

  package var minutes: Int { end - start }

  /// 22:00〜翌2:00
  package var text: String { "\(Self.text(start))〜\(Self.text(end))" }

  /// 22:00–02:00 (+1)
  package var english: String {
    "\(Self.clock(start))–\(Self.clock(end % 1440 == 0 && end > 0 ? end - 1440 : end % 1440))\(end >= 1440 ? " (+1)" : "")"
  }

  /// 14:05, 翌2:00
  package static func text(_ minutes: Int) -> String {
    minutes >= 1440 ? "翌\((minutes - 1440) / 60):\(pad(minutes % 60))" : "\(minutes / 60):\(pad(minutes % 60))"
  }

  /// The moments of the window that begins on `day`.
  package func moments(on day: LocalDate) -> Range<Instant> {
    let midnight = Instant(day)
    return midnight.adding(seconds: start * 60)..<midnight.adding(seconds: end * 60)
  }

  private static func clock(_ minutes: Int) -> String { "\(pad(minutes / 60)):\(pad(minutes % 60))" }

  private static func takeTime(_ rest: inout ArraySlice<Unicode.Scalar>) -> Int? {
    let isNext = take("翌日", &rest) || take("翌", &rest)
    if take("正午", &rest) { return isNext ? 2160 : 720 }
    let afternoon = take("午後", &rest)
    if !afternoon { _ = take("午前", &rest) }
    guard var hour = takeNumber(&rest, digits: 2) else { return nil }
    var minute = 0
    if take(":", &rest) {
      guard let value = takeNumber(&rest, digits: 2) else { return nil }
      minute = value
    } else if take("時", &rest) {
      if take("半", &rest) {
        minute = 30
      } else if let value = takeNumber(&rest, digits: 2) {
        guard take("分", &rest) else { return nil }
        minute = value
      }
    } else {
      return nil
    }
    if afternoon {
      guard hour < 12 else { return nil }
      hour += 12
    }
    guard minute < 60, hour < (isNext ? 24 : 48) else { return nil }
    return hour * 60 + minute + (isNext ? 1440 : 0)
  }

  private static func takeDash(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    for dash in ["〜", "~", "-", "–", "—", "―", "−", "ー", "から", "⁓", "∼"] where take(dash, &rest) {
      _ = take("まで", &rest)
      return true
    }
    return false
  }
}
