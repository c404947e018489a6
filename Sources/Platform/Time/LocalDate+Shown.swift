/// How a person likes dates: 令和8年11月21日, 2026/11/21, or both.
package enum DateStyle: String, Sendable, CaseIterable, Codable {
  case era, western, both
}

extension LocalDate {
  /// 令和8年11月21日, with `weekday` 令和8年11月21日（土）. Days before 1873 have no era and are shown as 1868年1月25日.
  package func era(weekday: Bool = false) -> String {
    let (year, month, day) = parts
    let yearText = Era.of(self).map { "\($0.name)\(Era.yearText($0.year(of: year)))" } ?? "\(year)年"
    return "\(yearText)\(month)月\(day)日\(weekday ? "（\(weekdayName)）" : "")"
  }

  /// R8.11.21, for narrow columns; years before 1873 as 1868.1.25.
  package var eraShort: String {
    let (year, month, day) = parts
    let yearText = Era.of(self).map { "\($0.letter)\($0.year(of: year))" } ?? "\(year)"
    return "\(yearText).\(month).\(day)"
  }

  /// 2026/11/21
  package var slashed: String {
    let (year, month, day) = parts
    return "\(pad(year, 4))/\(pad(month))/\(pad(day))"
  }

  /// 「11月」, Nov.
  package func monthName(ja: Bool) -> String { ja ? "\(parts.month)月" : Self.englishMonths[parts.month - 1] }

  /// 21 Nov 2026
  package var english: String {
    let (year, month, day) = parts
    return "\(day) \(Self.englishMonths[month - 1]) \(year)"
  }

  /// The day for a page. In English only the Western calendar is used; `both` adds the era in letters.
  package func shown(_ style: DateStyle, ja: Bool) -> String {
    switch (style, ja) {
    case (.era, true): era(weekday: true)
    case (.western, true): "\(slashed)（\(weekdayName)）"
    case (.both, true): "\(slashed)（\(eraYear ?? "")\(eraYear == nil ? "" : "・")\(weekdayName)）"
    case (.western, false), (.era, false): english
    case (.both, false): eraYearEnglish.map { "\(english) (\($0))" } ?? english
    }
  }

  /// 日 月 火 水 木 金 土
  package var weekdayName: String { Self.weekdays[weekday] }

  /// 令和8年
  private var eraYear: String? { Era.of(self).map { "\($0.name)\(Era.yearText($0.year(of: year)))" } }

  /// Reiwa 8
  private var eraYearEnglish: String? { Era.of(self).map { "\($0.english) \($0.year(of: year))" } }

  private static let weekdays = ["日", "月", "火", "水", "木", "金", "土"]
  package static let englishMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Instant {
  /// 2026/11/21 14:05, the time in Japan.
  package var slashed: String { "\(day.slashed) \(clock)" }

  /// 08:05, the time in Japan without the day.
  package var clock: String {
    let time = timeOfDay
    return "\(pad(time.hour)):\(pad(time.minute))"
  }

  /// The moment for a page, to the minute: 令和8年11月21日（土） 14:05, or 21 Nov 2026, 14:05.
  package func shown(_ style: DateStyle, ja: Bool) -> String {
    "\(day.shown(style, ja: ja))\(ja ? "" : ",") \(clock)"
  }
}
