package import Time

/// Dates as one reader likes them: in the style of the account, else as is usual in the language (和暦 in Japanese).
package struct ShownDates: Sendable, Hashable {
  package let style: DateStyle
  package let language: Language

  package init(_ style: DateStyle?, _ language: Language) {
    self.style = style ?? (language == .ja ? .era : .western)
    self.language = language
  }

  private var ja: Bool { language == .ja }

  /// 令和8年11月21日（土）, 2026/11/21（土）, 21 Nov 2026.
  package func day(_ day: LocalDate) -> String { day.shown(style, ja: ja) }

  /// The day in a field, in a form that is read back when it is typed again.
  package func typed(_ day: LocalDate) -> String { day.shown(style == .both ? .western : style, ja: ja) }

  /// The day as short as a column of paper wants it: 2026/11/21 in Western years, R8.11.21 in eras.
  package func short(_ day: LocalDate) -> String {
    switch (style, ja) {
    case (_, false): day.english
    case (.era, true): day.eraShort
    case (.western, true): day.slashed
    case (.both, true): "\(day.slashed)（\(day.eraShort)）"
    }
  }

  /// To the minute: 令和8年11月21日（土） 14:05, or 21 Nov 2026, 14:05.
  package func time(_ instant: Instant) -> String { instant.shown(style, ja: ja) }

  /// 「11月21日 14:05」, with the year where it is not this one: 「令和7年11月21日 14:05」, 「2025年11月21日 14:05」.
  package func brief(_ instant: Instant, today: LocalDate) -> String {
    let day = instant.day
    guard ja else { return "\(day.english) \(instant.clock)" }
    let rest = "\(day.month)月\(day.day)日 \(instant.clock)"
    return day.year == today.year ? rest : "\(year(of: day))\(rest)"
  }

  /// 「11月21日」, with the year where it is not this one.
  package func brief(_ day: LocalDate, today: LocalDate) -> String {
    guard ja else { return day.english }
    let rest = "\(day.month)月\(day.day)日"
    return day.year == today.year ? rest : "\(year(of: day))\(rest)"
  }

  /// 令和8年度, 2026年度, FY2026.
  package func fiscalYear(_ year: FiscalYear) -> String { year.shown(style, ja: ja) }

  private func year(of day: LocalDate) -> String {
    let era = Era.of(day).map { "\($0.name)\(Era.yearText($0.year(of: day.year)))" }
    switch style {
    case .western: return "\(day.year)年"
    case .era: return era ?? "\(day.year)年"
    case .both: return era.map { "\(day.year)年（\($0)）" } ?? "\(day.year)年"
    }
  }
}
