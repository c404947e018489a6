import Text
import Time

/// When something that was done has to be done again: by the 年度, by month, by working day or by week.
package enum Recurrence: Sendable, Hashable {
  /// Each year on a day; 29 February is 28 February in other years.
  case yearly(month: Int, day: Int)
  /// Each month on a day; beyond its end, on its last day.
  case monthly(day: Int)
  /// Each month on its n-th working day; negative counts from the end, -1 is the last.
  case workingDay(Int)
  /// On the first working day of each 年度.
  case fiscalYear
  /// Each week on a day, 0 is Sunday.
  case weekly(Int)

  /// As it is stored: `yearly:04-15`, `monthly:15`, `workday:-1`, `fiscal`, `weekly:1`.
  package var text: String {
    switch self {
    case .yearly(let month, let day): "yearly:\(Self.two(month))-\(Self.two(day))"
    case .monthly(let day): "monthly:\(day)"
    case .workingDay(let number): "workday:\(number)"
    case .fiscalYear: "fiscal"
    case .weekly(let day): "weekly:\(day)"
    }
  }

  /// Reads what `text` wrote; nil for anything else.
  package init?(reading text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case ("fiscal", nil): self = .fiscalYear
    case ("yearly", let rest?):
      // 2000 is a leap year: 29 February is a day one may name.
      guard let day = LocalDate(iso: "2000-\(rest)") else { return nil }
      self = .yearly(month: day.month, day: day.day)
    case ("monthly", let rest?):
      guard let day = Int(rest), (1...31).contains(day) else { return nil }
      self = .monthly(day: day)
    case ("workday", let rest?):
      guard let number = Int(rest), number != 0, (-15...15).contains(number) else { return nil }
      self = .workingDay(number)
    case ("weekly", let rest?):
      guard let day = Int(rest), (0...6).contains(day) else { return nil }
      self = .weekly(day)
    default: return nil
    }
  }

  /// The first day behind `day` on which it is due again. Days of month and year move to the working day before them.
  package func next(after day: LocalDate, in calendar: HolidayCalendar, startMonth: Int = 4) -> LocalDate {
    switch self {
    case .weekly(let weekday):
      let ahead = (weekday - day.weekday + 6) % 7 + 1
      return day.adding(days: ahead)
    case .yearly(let month, let number):
      return first(after: day, of: (day.year...(day.year + 2)).map { Month(year: $0, month: month) }) {
        calendar.previousWorkingDay(onOrBefore: Self.day(number, of: $0))
      }
    case .monthly(let number):
      return first(after: day, of: Self.months(from: day)) {
        calendar.previousWorkingDay(onOrBefore: Self.day(number, of: $0))
      }
    case .workingDay(let number):
      return first(after: day, of: Self.months(from: day)) { Self.workingDay(number, of: $0, calendar) }
    case .fiscalYear:
      let year = FiscalYear(containing: day, startMonth: startMonth)
      return calendar.nextWorkingDay(onOrAfter: year.next.first)
    }
  }

  package var label: Localized {
    switch self {
    case .yearly(let month, let day):
      Localized(ja: "毎年\(month)月\(day)日", en: "every year on \(day) \(LocalDate.englishMonths[month - 1])")
    case .monthly(let day):
      day == 31
        ? Localized(ja: "毎月末日", en: "on the last day of each month")
        : Localized(ja: "毎月\(day)日", en: "on day \(day) of each month")
    case .workingDay(-1): Localized(ja: "毎月の最終営業日", en: "on the last working day of each month")
    case .workingDay(let number) where number < 0:
      Localized(ja: "毎月、終わりから\(-number)番目の営業日", en: "\(-number) working days from the end of each month")
    case .workingDay(let number):
      Localized(ja: "毎月の第\(number)営業日", en: "on working day \(number) of each month")
    case .fiscalYear: Localized(ja: "年度のはじめ", en: "at the beginning of each fiscal year")
    case .weekly(let day):
      Localized(
        ja: "毎週\(["日", "月", "火", "水", "木", "金", "土"][day])曜日",
        en: "every \(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][day])"
      )
    }
  }

  private func first(after day: LocalDate, of months: [Month], _ pick: (Month) -> LocalDate) -> LocalDate {
    for month in months {
      let candidate = pick(month)
      if candidate > day { return candidate }
    }
    return day.adding(days: 365)
  }

  /// This month and the next three: with a day that moves before it, one of them lies ahead.
  private static func months(from day: LocalDate) -> [Month] {
    let first = Month(containing: day)
    return [first, first.next, first.next.next, first.next.next.next]
  }

  private static func day(_ number: Int, of month: Month) -> LocalDate {
    month.first.adding(days: min(number, month.last.day) - 1)
  }

  private static func workingDay(_ number: Int, of month: Month, _ calendar: HolidayCalendar) -> LocalDate {
    let days = (0..<month.last.day).map { month.first.adding(days: $0) }.filter(calendar.isWorkingDay)
    guard let last = days.last else { return month.last }
    let index = number > 0 ? number - 1 : days.count + number
    return index < 0 ? days[0] : index < days.count ? days[index] : last
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
