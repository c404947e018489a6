internal import Time

/// Reads the pieces of a date in order.
struct DateParser {
  private let tokens: [DateToken]
  private let text: String
  private let today: LocalDate
  private var index = 0

  struct TimeOfDay {
    /// From 0:00 of the day written, in Japan; more than a day for 26:00 and for evenings of UTC.
    let seconds: Int
    /// Whether the text names a zone, so that the day in Japan may be another than the one written.
    var isZoned = false
  }

  init(_ tokens: [DateToken], text: String, today: LocalDate) {
    self.tokens = tokens
    self.text = text
    self.today = today
  }

  mutating func read() throws(DateRefusal) -> JapaneseDate.Understanding {
    var packed: TimeOfDay?
    let (days, question, notice) = try date(&packed)
    while take(.mark(44)) {}
    var weekday: Int?
    if case .weekday(let named)? = next {
      weekday = named
      index += 1
    }
    var time = packed
    if time == nil { time = try timeOfDay() }
    guard index == tokens.count else { throw trailing }
    var notices = notice
    if let weekday, question == nil, days[0].weekday != weekday {
      let day = days[0]
      notices = JapaneseDate.joined(
        notices,
        Localized(
          ja: "\(day.slashed)は\(day.weekdayName)曜日です。曜日が合っていません",
          en: "\(day.english) is not the weekday written"
        )
      )
    }
    return .days(days, question: question, notice: notices, time: time)
  }

  // MARK: The day

  private typealias Days = (days: [LocalDate], question: Localized?, notice: Localized?)

  private mutating func date(_ time: inout TimeOfDay?) throws(DateRefusal) -> Days {
    take(.western)
    switch next {
    case .era(let era):
      index += 1
      return try eraDate(era)
    case .letterT:
      guard let taisho = Era.all.firstIndex(where: { $0.letter == "T" }) else { throw incomplete }
      index += 1
      return try eraDate(taisho)
    case .month(let month):
      index += 1
      guard let (day, _) = number() else { throw incomplete }
      while take(.mark(44)) || take(.mark(46)) {}
      guard let (year, digits) = number(), digits == 4 else { throw incomplete }
      return ([try calendarDay(year, month, day)], nil, nil)
    case .number(let first, let digits):
      index += 1
      return try numbered(first, digits: digits, &time)
    default: throw incomplete
    }
  }

  /// Behind an era: 8年11月21日, 8.11.21, 081121.
  private mutating func eraDate(_ index: Int) throws(DateRefusal) -> Days {
    let era = Era.all[index]
    var year = 0
    var month = 0
    var day = 0
    if take(.first) {
      year = 1
    } else {
      guard let (value, digits) = number() else { throw incomplete }
      year = value
      if digits == 6 { (year, month, day) = (value / 10000, value / 100 % 100, value % 100) }
    }
    guard (1...999).contains(year) else {
      throw DateRefusal(
        ja: "\(era.name)\(year)年はありません。最初の年は元年または1年です。",
        en: "There is no \(era.english) \(year). The first year is 1."
      )
    }
    if month == 0 { (month, day) = try monthAndDay(behind: "\(era.name)\(Era.yearText(year))") }
    let written = try calendarDay(era.first.year + year - 1, month, day)
    guard let actual = Era.of(written) else {
      throw DateRefusal(
        ja: "明治5年までは旧暦のため、元号では読み取れません。西暦で入力してください。",
        en: "Dates before 1873 follow the old calendar. Enter the Western date."
      )
    }
    return ([written], nil, actual == era ? nil : recorded(written, era: true))
  }

  private mutating func numbered(_ first: Int, digits: Int, _ time: inout TimeOfDay?) throws(DateRefusal) -> Days {
    switch digits {
    case 4:
      let (month, day) = try monthAndDay(behind: "\(first)年")
      return ([try calendarDay(first, month, day)], nil, nil)
    case 8: return ([try calendarDay(first / 10000, first / 100 % 100, first % 100)], nil, nil)
    case 12, 14:
      let minutes = digits == 14 ? first / 100 : first
      let (date, clock) = (minutes / 10000, minutes % 10000)
      time = try Self.time(hour: clock / 100, minute: clock % 100, second: digits == 14 ? first % 100 : 0)
      return ([try calendarDay(date / 10000, date / 100 % 100, date % 100)], nil, nil)
    case 1, 2: return try short(first)
    case 6: return try shortYear(first / 10000, first / 100 % 100, first % 100)
    case 5:
      guard index == tokens.count, let day = LocalDate(excelSerial: Double(first), date1904: false) else {
        throw incomplete
      }
      return (
        [day],
        Localized(
          ja: "\(first) は表計算ソフトの日付の通し番号で、\(day.slashed)（\(day.era())）のことですか。",
          en: "Is \(first) a spreadsheet’s serial number for \(day.english)?"
        ), nil
      )
    default: throw incomplete
    }
  }

  /// A first number of one or two digits: 11/21, 11月21日, 8.11.21, 11/21/2026, 21 Nov 2026.
  private mutating func short(_ first: Int) throws(DateRefusal) -> Days {
    if case .month(let month)? = next {
      index += 1
      takeMarks()
      guard let (year, digits) = number(), digits == 4 else { throw incomplete }
      return ([try calendarDay(year, month, first)], nil, nil)
    }
    if case .mark(let mark)? = next, mark == 45 || mark == 47 || mark == 46 {
      index += 1
      if case .month(let month)? = next {
        index += 1
        takeMarks()
        guard let (year, digits) = number(), digits == 4 else { throw incomplete }
        return ([try calendarDay(year, month, first)], nil, nil)
      }
      guard let (second, _) = number() else { throw incomplete }
      if isTimeNext || next == nil || !isDateMark { return try yearless(first, second) }
      index += 1
      guard let (third, digits) = number() else { throw incomplete }
      if digits == 4 { return try yearLast(first, second, third) }
      guard digits <= 2 else { throw incomplete }
      return try shortYear(first, second, third)
    }
    if take(.unit(.month)) {
      guard (1...12).contains(first) else { throw noMonth(first) }
      guard let (day, _) = number() else {
        throw DateRefusal(
          ja: "日がありません。「\(first)月1日」のように日まで入力してください。",
          en: "The day is missing. Enter a date down to the day."
        )
      }
      take(.unit(.day))
      return try yearless(first, day)
    }
    if next == .unit(.year) {
      let (month, day) = try monthAndDay(behind: "\(first)年")
      return try shortYear(first, month, day)
    }
    throw incomplete
  }

  /// The month and day behind a year.
  private mutating func monthAndDay(behind year: String) throws(DateRefusal) -> (Int, Int) {
    if next == .unit(.fiscal) {
      throw DateRefusal(
        ja: "年度ではなく、日まで入力してください。",
        en: "This is a fiscal year. Enter a date down to the day."
      )
    }
    if !take(.unit(.year)), !takeDateMark(), next != nil { throw incomplete }
    guard let (month, _) = number() else {
      throw DateRefusal(
        ja: "月と日がありません。「\(year)11月21日」のように日まで入力してください。",
        en: "Month and day are missing. Enter a date down to the day."
      )
    }
    guard (1...12).contains(month) else { throw noMonth(month) }
    if !take(.unit(.month)), !takeDateMark(), next != nil { throw incomplete }
    guard let (day, _) = number() else {
      throw DateRefusal(
        ja: "日がありません。「\(year)\(month)月1日」のように日まで入力してください。",
        en: "The day is missing. Enter a date down to the day."
      )
    }
    take(.unit(.day))
    return (month, day)
  }

  /// 11/21: the year of the current fiscal year, said back before saving.
  private func yearless(_ month: Int, _ day: Int) throws(DateRefusal) -> Days {
    let fiscal = FiscalYear(containing: today).startYear
    let date = try calendarDay(month >= 4 ? fiscal : fiscal + 1, month, day)
    return ([date], nil, recorded(date, era: false))
  }

  /// 11/21/2026 and 21/11/2026; when both readings exist, a question.
  private func yearLast(_ first: Int, _ second: Int, _ year: Int) throws(DateRefusal) -> Days {
    let days = [LocalDate(year: year, month: first, day: second), LocalDate(year: year, month: second, day: first)]
    let possible = days.compactMap { $0 }
    guard let date = possible.first else { throw noMonth(first) }
    if possible.count == 1 || possible[0] == possible[1] { return ([date], nil, recorded(date, era: false)) }
    return (
      possible,
      Localized(
        ja: "月と日の順がはっきりしません。\(possible[0].slashed)と\(possible[1].slashed)のどちらですか。",
        en: "Month and day could be either way round: \(possible[0].english) or \(possible[1].english)?"
      ), nil
    )
  }

  /// 8.11.21: 令和8年 or 2008年. Never guessed. Older eras are offered where the present one would lie in the future.
  private func shortYear(_ year: Int, _ month: Int, _ day: Int) throws(DateRefusal) -> Days {
    let horizon = today.year + 10
    var candidates: [(year: String, day: LocalDate)] = []
    var western = today.year / 100 * 100 + year
    if western > horizon { western -= 100 }
    let current = Era.of(today) ?? Era.all.last
    if year >= 1, let current {
      let presentYear = current.first.year + year - 1
      if presentYear <= horizon, let date = LocalDate(year: presentYear, month: month, day: day) {
        candidates.append(("\(current.name)\(Era.yearText(year))", date))
      }
      if presentYear > today.year, let earlier = Era.all.last(where: { $0.first < current.first }) {
        let date = LocalDate(year: earlier.first.year + year - 1, month: month, day: day)
        if let date, date < current.first { candidates.append(("\(earlier.name)\(Era.yearText(year))", date)) }
      }
      if candidates.isEmpty, let showa = Era.all.first(where: { $0.letter == "S" }) {
        let date = LocalDate(year: showa.first.year + year - 1, month: month, day: day)
        if let date, Era.of(date) == showa { candidates.append(("\(showa.name)\(Era.yearText(year))", date)) }
      }
    }
    // Where no reading gives a day that exists, the refusal for the Western one says why.
    let recent = Result { () throws(DateRefusal) in try calendarDay(western, month, day) }
    if case .success(let date) = recent, !candidates.contains(where: { $0.day == date }) {
      candidates.append(("\(western)年", date))
    }
    if candidates.isEmpty { _ = try recent.get() }
    let ja = candidates.map { "\($0.year)（\($0.day.slashed)）" }.joined(separator: "、")
    let en = candidates.map(\.day.english).joined(separator: " or ")
    return (
      candidates.map(\.day),
      Localized(
        ja: "「\(text)」の年がはっきりしません。\(ja)\(candidates.count > 1 ? "のどれですか。" : "ですか。")",
        en: "The year of ‘\(text)’ is not clear. Is it \(en)?"
      ), nil
    )
  }

  private func calendarDay(_ year: Int, _ month: Int, _ day: Int) throws(DateRefusal) -> LocalDate {
    if let date = LocalDate(year: year, month: month, day: day) { return date }
    guard (1...9999).contains(year) else {
      throw DateRefusal(ja: "\(year)年は扱えません。", en: "The year \(year) is out of range.")
    }
    guard (1...12).contains(month) else { throw noMonth(month) }
    let last = LocalDate.days(inMonth: month, of: year)
    let era = LocalDate(year: year, month: month, day: 1).flatMap { day in
      Era.of(day).map { "（\($0.name)\(Era.yearText($0.year(of: year)))）" }
    }
    throw DateRefusal(
      ja: "\(year)年\(era ?? "")\(month)月は\(last)日までで、\(day)日はありません。",
      en: "\(LocalDate.englishMonths[month - 1]) \(year) has \(last) days; there is no day \(day)."
    )
  }

  private func noMonth(_ month: Int) -> DateRefusal {
    DateRefusal(ja: "\(month)月はありません。月は1から12です。", en: "There is no month \(month).")
  }

  private func recorded(_ date: LocalDate, era: Bool) -> Localized {
    Localized(
      ja: era ? "\(date.era())として登録します" : "\(date.slashed)（\(date.era())）として登録します",
      en: "Recorded as \(date.english)"
    )
  }

  private var incomplete: DateRefusal {
    DateRefusal(
      ja: "「\(text)」は日付として読めません。2026/11/21 または 令和8年11月21日 の形で入力してください。",
      en: "‘\(text)’ cannot be read as a date. Write 2026/11/21 or 21 Nov 2026."
    )
  }

  private var trailing: DateRefusal {
    DateRefusal(
      ja: "日付のうしろに読めない部分があります（\(text)）。日付だけを入力してください。",
      en: "There is something unreadable behind the date (\(text)). Enter the date alone."
    )
  }

  // MARK: Time of day

  /// The time behind the day, or nil when there is none.
  private mutating func timeOfDay() throws(DateRefusal) -> TimeOfDay? {
    take(.letterT)
    let later = take(.nextDay) ? 24 : 0
    if take(.noon) { return TimeOfDay(seconds: (later + 12) * 3600) }
    var half = afternoon()
    guard let (hour, digits) = number() else {
      if index == tokens.count, later == 0, half == nil { return nil }
      throw incomplete
    }
    guard digits <= 2 else { throw trailing }
    var minute = 0
    var second = 0
    if take(.mark(58)) {
      guard let (value, _) = number() else { throw incomplete }
      minute = value
      if take(.mark(58)) {
        guard let (value, _) = number() else { throw incomplete }
        second = value
        if take(.mark(46)) || take(.mark(44)) { _ = number() }
      }
    } else if take(.unit(.hour)) {
      if take(.unit(.half)) {
        minute = 30
      } else if let (value, _) = number() {
        guard take(.unit(.minute)) else { throw incomplete }
        minute = value
        if let (value, _) = number() {
          guard take(.unit(.second)) else { throw incomplete }
          second = value
        }
      }
    } else {
      throw incomplete
    }
    half = half ?? afternoon()
    let clock = try Self.time(hour: try Self.hour(hour, half), minute: minute, second: second)
    let zone = try zoneSeconds()
    return TimeOfDay(seconds: clock.seconds + later * 3600 + (zone ?? 0), isZoned: zone != nil)
  }

  /// Seconds to add to come to Japanese time; nil when no zone is written.
  private mutating func zoneSeconds() throws(DateRefusal) -> Int? {
    if case .zone(let minutes)? = next {
      index += 1
      return (540 - minutes) * 60
    }
    let sign = take(.mark(43)) ? 1 : take(.mark(45)) ? -1 : 0
    if sign == 0 { return nil }
    guard let (value, digits) = number() else { throw incomplete }
    var minutes = digits == 4 ? value / 100 * 60 + value % 100 : value * 60
    if digits <= 2, take(.mark(58)) {
      guard let (rest, _) = number() else { throw incomplete }
      minutes += rest
    }
    guard minutes <= 14 * 60 else { throw incomplete }
    return (540 - sign * minutes) * 60
  }

  private static func hour(_ hour: Int, _ half: (pm: Bool, kanji: Bool)?) throws(DateRefusal) -> Int {
    guard let half else { return hour }
    if half.kanji, hour == 12 {
      throw DateRefusal(
        ja: "午前12時・午後12時は人によって意味が違います。0:00 または 12:00 で入力してください。",
        en: "Write 0:00 or 12:00."
      )
    }
    guard (0...12).contains(hour) else {
      throw DateRefusal(ja: "午前・午後の時は0から11です。", en: "With am or pm the hour is 1 to 12.")
    }
    return hour % 12 + (half.pm ? 12 : 0)
  }

  /// 26:00 is 2:00 of the next day; night work is written so.
  private static func time(hour: Int, minute: Int, second: Int) throws(DateRefusal) -> TimeOfDay {
    guard (0...47).contains(hour), (0...59).contains(minute), (0...60).contains(second) else {
      throw DateRefusal(
        ja: "\(hour)時\(minute)分という時刻はありません。14:05 のように入力してください。",
        en: "There is no such time. Write it as 14:05."
      )
    }
    return TimeOfDay(seconds: hour * 3600 + minute * 60 + second)
  }

  private mutating func afternoon() -> (pm: Bool, kanji: Bool)? {
    guard case .afternoon(let pm, let kanji)? = next else { return nil }
    index += 1
    return (pm, kanji)
  }

  // MARK: Pieces

  private var next: DateToken? { index < tokens.count ? tokens[index] : nil }

  private var isDateMark: Bool { next == .mark(45) || next == .mark(47) || next == .mark(46) }

  /// Whether hour and minute follow, as behind 11/15 in `11/15 9:16`.
  private var isTimeNext: Bool {
    index + 1 < tokens.count && tokens[index + 1] == .mark(58)
  }

  @discardableResult
  private mutating func take(_ token: DateToken) -> Bool {
    guard next == token else { return false }
    index += 1
    return true
  }

  private mutating func takeDateMark() -> Bool {
    guard isDateMark else { return false }
    index += 1
    return true
  }

  private mutating func takeMarks() {
    while isDateMark || next == .mark(44) { index += 1 }
  }

  private mutating func number() -> (Int, digits: Int)? {
    guard case .number(let value, let digits)? = next else { return nil }
    index += 1
    return (value, digits)
  }
}
