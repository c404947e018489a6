/// 年度: the year of work, from April to March for nearly all.
package struct FiscalYear: Sendable, Hashable, Comparable, Codable {
  /// The Western year it begins in: 2026 for 令和8年度.
  package let startYear: Int
  /// The month it begins in, 1 to 12.
  package let startMonth: Int

  package init(startYear: Int, startMonth: Int = 4) {
    self.startYear = startYear
    self.startMonth = min(max(startMonth, 1), 12)
  }

  package init(containing day: LocalDate, startMonth: Int = 4) {
    let (year, month, _) = day.parts
    self.init(startYear: month >= startMonth ? year : year - 1, startMonth: startMonth)
  }

  package static func < (left: FiscalYear, right: FiscalYear) -> Bool { left.startYear < right.startYear }

  /// Reads 令和8年度, R8年度, 2026年度, FY2026, 2026, in full or half width. 平成31年度 is 令和元年度: the whole year was
  /// renamed at the change of era. Nil when the text names no year.
  package static func read(_ text: String) -> FiscalYear? {
    var rest = plain(text)[...]
    if take("FY", &rest) || take("西暦", &rest) {
      guard let year = takeNumber(&rest), rest.isEmpty || endsAsYear(rest) else { return nil }
      return western(year)
    }
    for era in Era.all.reversed()
    where take(era.name, &rest) || take(era.letter, &rest) || take(String(era.name.prefix(1)), &rest) {
      let year = take("元", &rest) ? 1 : takeNumber(&rest, digits: 2)
      guard let year, year >= 1, rest.isEmpty || endsAsYear(rest) else { return nil }
      return FiscalYear(startYear: era.first.year + year - 1)
    }
    guard let year = takeNumber(&rest), rest.isEmpty || endsAsYear(rest) else { return nil }
    return western(year)
  }

  private static func endsAsYear(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    var rest = rest
    return (take("年度", &rest) || take("年", &rest)) && rest.isEmpty
  }

  private static func western(_ year: Int) -> FiscalYear? {
    (1873...9998).contains(year) ? FiscalYear(startYear: year) : nil
  }

  /// 令和8年度. A year in which the era changed wears the new name from its first day: 2019 is 令和元年度.
  package var eraLabel: String {
    guard let era = Era.all.last(where: { $0.first <= last }) else { return "\(startYear)年度" }
    // An era that began after New Year names only the next fiscal year: 昭和64年1月 lies in 昭和63年度.
    let named = era.first.year > startYear ? Era.all.last { $0.first < era.first } ?? era : era
    return "\(named.name)\(Era.yearText(named.year(of: startYear)))度"
  }

  /// FY2026
  package var english: String { "FY\(startYear)" }

  package func label(ja: Bool) -> String { ja ? eraLabel : english }

  /// As its reader likes years: 令和8年度, 2026年度, 2026年度（令和8年度）, FY2026.
  package func shown(_ style: DateStyle, ja: Bool) -> String {
    switch (style, ja) {
    case (_, false): english
    case (.era, true): eraLabel
    case (.western, true): "\(startYear)年度"
    case (.both, true): "\(startYear)年度（\(eraLabel)）"
    }
  }

  /// 1 April.
  package var first: LocalDate { day(startMonth, 1, of: startYear) }

  /// 31 March of the next year.
  package var last: LocalDate { next.first.adding(days: -1) }

  package var next: FiscalYear { FiscalYear(startYear: startYear + 1, startMonth: startMonth) }

  package var previous: FiscalYear { FiscalYear(startYear: startYear - 1, startMonth: startMonth) }

  package func contains(_ day: LocalDate) -> Bool { first <= day && day <= last }

  /// The twelve months in order, April first.
  package var months: [Month] {
    (0..<12).map { index in
      let month = (index + startMonth - 1) % 12 + 1
      return Month(year: month >= startMonth ? startYear : startYear + 1, month: month)
    }
  }

  /// 第1四半期 is April to June.
  package static func quarter(of day: LocalDate) -> Int { (day.month + 8) % 12 / 3 + 1 }

  /// 上期 is 1 (April to September), 下期 is 2.
  package static func half(of day: LocalDate) -> Int { (day.month + 8) % 12 / 6 + 1 }

  /// First and last day of a quarter, 1 to 4.
  package func quarter(_ number: Int) -> ClosedRange<LocalDate> {
    let index = min(max(number, 1), 4) - 1
    return months[index * 3].first...months[index * 3 + 2].last
  }

  private func day(_ month: Int, _ day: Int, of year: Int) -> LocalDate {
    // Years outside 1 to 9999 have no days of our calendar; the nearest that has stands in.
    LocalDate(year: min(max(year, 1), 9999), month: month, day: day) ?? LocalDate(dayNumber: 0)
  }
}

/// A month of a year.
package struct Month: Sendable, Hashable, Comparable, Codable {
  package let year: Int
  /// 1 to 12.
  package let month: Int

  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  package init(containing day: LocalDate) {
    let (year, month, _) = day.parts
    self.init(year: year, month: month)
  }

  package static func < (left: Month, right: Month) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }

  package var first: LocalDate {
    LocalDate(year: min(max(year, 1), 9999), month: min(max(month, 1), 12), day: 1) ?? LocalDate(dayNumber: 0)
  }

  package var last: LocalDate { first.adding(days: LocalDate.days(inMonth: month, of: year) - 1) }

  package var next: Month { month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1) }

  /// 4月
  package var label: String { "\(month)月" }

  /// 2026-04
  package var iso: String { "\(pad(year, 4))-\(pad(month))" }
}
