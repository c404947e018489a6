private import Packs

/// The days a hospital's offices are closed: weekends, national holidays (pack `calendar/holidays.yaml`), the days around
/// New Year, and what the hospital adds or takes away.
package struct HolidayCalendar: Sendable {
  /// Days of the week off, 0 is Sunday.
  package var weeklyClosed: Set<Int>
  /// The days around New Year, or nil when the hospital works through them.
  package var yearEnd: YearEnd?
  /// The hospital's own days off and their names, as its founding day.
  package var own: [LocalDate: String]
  /// Days worked although they would be off.
  package var worked: Set<LocalDate>

  private let national: [LocalDate: Holiday]

  /// 12/29 to 1/3 unless the hospital says otherwise.
  package struct YearEnd: Sendable, Hashable, Codable {
    /// First day off, in December.
    package var first: Int
    /// Last day off, in January.
    package var last: Int

    package init(first: Int = 29, last: Int = 3) {
      self.first = first
      self.last = last
    }
  }

  package struct Holiday: Sendable, Hashable {
    package let day: LocalDate
    /// 春分の日
    package let name: String
    package let english: String
    package let kind: Kind
    /// The official gazette has not named this day yet.
    package let isProvisional: Bool

    package enum Kind: String, Sendable {
      case law, equinox, substitute, between
    }
  }

  package init(
    weeklyClosed: Set<Int> = [0, 6],
    yearEnd: YearEnd? = YearEnd(),
    own: [LocalDate: String] = [:],
    worked: Set<LocalDate> = [],
    national: [Holiday] = Self.published
  ) {
    self.weeklyClosed = weeklyClosed
    self.yearEnd = yearEnd
    self.own = own
    self.worked = worked
    self.national = Dictionary(national.map { ($0.day, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Weekends, national holidays and 12/29 to 1/3.
  package static let standard = HolidayCalendar()

  /// The national holidays of the pack, in order of time.
  package static let published: [Holiday] = Packs.require("calendar/holidays.yaml") { pack throws(PackError) in
    var holidays: [Holiday] = []
    for entry in pack.entries {
      try entry.allow(["day", "name", "english", "kind", "provisional"])
      guard let day = LocalDate(iso: try entry.day("day")) else {
        throw entry.wrong("day", ja: "存在しない日です。", en: "no such day")
      }
      guard let kind = Holiday.Kind(rawValue: try entry.text("kind")) else {
        throw entry.wrong("kind", ja: "「kind」は law・equinox・substitute・between です。", en: "unknown kind")
      }
      if let last = holidays.last, day <= last.day {
        throw entry.wrong("day", ja: "日付順に並んでいません。", en: "days are not in order")
      }
      holidays.append(
        Holiday(
          day: day,
          name: try entry.text("name"),
          english: try entry.text("english"),
          kind: kind,
          isProvisional: try entry.optionalText("provisional") == "true"
        )
      )
    }
    return holidays
  }

  /// First and last day for which national holidays are known. Outside, only weekends and the hospital's own days count.
  package var known: ClosedRange<LocalDate>? {
    guard let first = national.keys.min(), let last = national.keys.max() else { return nil }
    return Month(year: first.year, month: 1).first...Month(year: last.year, month: 12).last
  }

  /// The national holiday of a day.
  package func holiday(on day: LocalDate) -> Holiday? { national[day] }

  /// Whether the day is a national holiday (振替休日 and 国民の休日 are).
  package func isHoliday(_ day: LocalDate) -> Bool { national[day] != nil }

  /// What the day is called when it is a national holiday, the hospital's own or near New Year; weekends have no name.
  package func name(of day: LocalDate, ja: Bool = true) -> String? {
    if let holiday = national[day] { return ja ? holiday.name : holiday.english }
    if let name = own[day] { return name }
    return isYearEnd(day) ? (ja ? "年末年始" : "New Year closure") : nil
  }

  package func isWorkingDay(_ day: LocalDate) -> Bool {
    if worked.contains(day) { return true }
    return !(weeklyClosed.contains(day.weekday) || isHoliday(day) || own[day] != nil || isYearEnd(day))
  }

  /// The day itself, or the first working day behind it. For due dates whose rule says that they move.
  package func nextWorkingDay(onOrAfter day: LocalDate) -> LocalDate { workingDay(from: day, step: 1) }

  /// The day itself, or the last working day before it.
  package func previousWorkingDay(onOrBefore day: LocalDate) -> LocalDate { workingDay(from: day, step: -1) }

  /// The day that lies `count` working days behind `day`, which itself does not count.
  package func adding(workingDays count: Int, to day: LocalDate) -> LocalDate {
    var day = day
    for _ in 0..<max(0, min(count, 3660)) { day = nextWorkingDay(onOrAfter: day.adding(days: 1)) }
    return day
  }

  private func workingDay(from day: LocalDate, step: Int) -> LocalDate {
    var candidate = day
    // A calendar without any working day in a year is a mistake; the day stays where it is.
    for _ in 0..<366 {
      if isWorkingDay(candidate) { return candidate }
      candidate = candidate.adding(days: step)
    }
    return day
  }

  private func isYearEnd(_ day: LocalDate) -> Bool {
    guard let yearEnd else { return false }
    let (_, month, dayOfMonth) = day.parts
    return (month == 12 && dayOfMonth >= yearEnd.first) || (month == 1 && dayOfMonth <= yearEnd.last)
  }
}
