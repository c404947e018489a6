import Testing
import Time

@Suite("Holidays and working days")
struct HolidayTests {
  let calendar = HolidayCalendar.standard

  @Test(
    "F5: substitute days and days between holidays",
    arguments: [
      ("2026-05-06", "振替休日"), ("2026-09-22", "国民の休日"), ("2027-03-22", "振替休日"), ("2026-11-03", "文化の日"),
      ("2026-11-23", "勤労感謝の日"), ("2024-02-12", "振替休日"),
    ]
  )
  func names(iso: String, name: String) throws {
    let day = try #require(LocalDate(iso: iso))
    #expect(calendar.name(of: day) == name)
    #expect(calendar.isHoliday(day))
  }

  @Test("F6: a due date that moves goes to the next working day")
  func moved() throws {
    let due = try #require(LocalDate(iso: "2026-05-03"))
    #expect(calendar.nextWorkingDay(onOrAfter: due).iso == "2026-05-07")
    #expect(calendar.previousWorkingDay(onOrBefore: due).iso == "2026-05-01")
    #expect(calendar.adding(workingDays: 1, to: due).iso == "2026-05-07")
    #expect(calendar.adding(workingDays: 0, to: due) == due)
  }

  @Test("F5: the days around New Year follow the hospital's setting")
  func yearEnd() throws {
    let day = try #require(LocalDate(iso: "2026-12-29"))
    #expect(!calendar.isWorkingDay(day))
    #expect(calendar.name(of: day) == "年末年始")
    #expect(!calendar.isHoliday(day))
    #expect(calendar.nextWorkingDay(onOrAfter: day).iso == "2027-01-04")
    var other = calendar
    other.yearEnd = nil
    #expect(other.isWorkingDay(day))
    other.yearEnd = .init(first: 30, last: 4)
    #expect(other.isWorkingDay(day))
    #expect(other.nextWorkingDay(onOrAfter: day.adding(days: 1)).iso == "2027-01-05")
  }

  @Test("a hospital adds its own days off and works on others")
  func own() throws {
    let day = try #require(LocalDate(iso: "2026-11-20"))
    let saturday = day.adding(days: 1)
    let other = HolidayCalendar(own: [day: "開院記念日"], worked: [saturday])
    #expect(other.name(of: day) == "開院記念日")
    #expect(other.nextWorkingDay(onOrAfter: day) == saturday)
  }

  @Test("a calendar without working days leaves the day where it is")
  func alwaysClosed() {
    let closed = HolidayCalendar(weeklyClosed: Set(0...6))
    #expect(closed.nextWorkingDay(onOrAfter: LocalDate(dayNumber: 0)).dayNumber == 0)
  }

  /// The law applied anew, without the table: named days, equinoxes by the usual approximation, substitutes (article 3
  /// paragraph 2) and days between two holidays (paragraph 3).
  @Test("the table is what the law says", arguments: 2024...2028)
  func law(year: Int) throws {
    var expected: [LocalDate: String] = [:]
    func add(_ month: Int, _ day: Int, _ name: String) throws {
      expected[try #require(LocalDate(year: year, month: month, day: day))] = name
    }
    func monday(_ month: Int, _ count: Int) throws -> Int {
      let first = try #require(LocalDate(year: year, month: month, day: 1))
      return 1 + (8 - first.weekday) % 7 + (count - 1) * 7
    }
    let leaps = (year - 1980) / 4
    let drift = 0.242194 * Double(year - 1980)
    try add(1, 1, "元日")
    try add(1, try monday(1, 2), "成人の日")
    try add(2, 11, "建国記念の日")
    try add(2, 23, "天皇誕生日")
    try add(3, Int(20.8431 + drift) - leaps, "春分の日")
    try add(4, 29, "昭和の日")
    try add(5, 3, "憲法記念日")
    try add(5, 4, "みどりの日")
    try add(5, 5, "こどもの日")
    try add(7, try monday(7, 3), "海の日")
    try add(8, 11, "山の日")
    try add(9, try monday(9, 3), "敬老の日")
    try add(9, Int(23.2488 + drift) - leaps, "秋分の日")
    try add(10, try monday(10, 2), "スポーツの日")
    try add(11, 3, "文化の日")
    try add(11, 23, "勤労感謝の日")
    for day in expected.keys.sorted() where day.weekday == 0 {
      var next = day.adding(days: 1)
      while expected[next] != nil { next = next.adding(days: 1) }
      expected[next] = "振替休日"
    }
    for day in expected.keys where expected[day.adding(days: 2)] != nil && expected[day.adding(days: 1)] == nil {
      if day.adding(days: 1).weekday != 0 { expected[day.adding(days: 1)] = "国民の休日" }
    }
    var day = try #require(LocalDate(year: year, month: 1, day: 1))
    while day.year == year {
      #expect(calendar.holiday(on: day)?.name == expected[day], "\(day.iso)")
      day = day.adding(days: 1)
    }
  }

  @Test("the table says for which days it speaks")
  func known() {
    #expect(calendar.known?.lowerBound.iso == "2024-01-01")
    #expect(calendar.known?.upperBound.iso == "2028-12-31")
    #expect(HolidayCalendar.published.filter(\.isProvisional).allSatisfy { $0.day.year == 2028 && $0.kind == .equinox })
  }
}

@Suite("Hours of work")
struct WorkWindowTests {
  @Test(
    "F7: work over midnight, and 26:00",
    arguments: [
      "22:00〜翌2:00", "22:00〜26:00", "２２：００～２６：００", "22時〜翌日2時", "22:00-2:00", "22:00 から 翌 02:00", "午後10時〜翌2時0分",
    ]
  )
  func overnight(text: String) throws {
    let window = try #require(WorkWindow(reading: text))
    #expect(window.minutes == 240)
    #expect(window.text == "22:00〜翌2:00")
    #expect(window.english == "22:00–02:00 (+1)")
  }

  @Test("one day's work", arguments: [("9:00〜12:30", 210), ("正午〜13時半", 90), ("0:00〜24:00", 1440)])
  func oneDay(text: String, minutes: Int) {
    #expect(WorkWindow(reading: text)?.minutes == minutes)
  }

  @Test(
    "what is no window is refused",
    arguments: ["", "22:00", "9:60〜10:00", "9〜10", "48:00〜49:00", "22:00〜翌2:00頃", "26:00〜28:00"]
  )
  func refused(text: String) {
    #expect(WorkWindow(reading: text) == nil)
  }

  @Test("times beyond midnight are moments of the next day")
  func moments() throws {
    let day = try #require(LocalDate(iso: "2026-11-21"))
    let window = try #require(WorkWindow(reading: "22:00〜26:00"))
    #expect(window.moments(on: day) == Instant(day, hour: 22)..<Instant(day.adding(days: 1), hour: 2))
    #expect(WorkWindow.minutes(reading: "26:00") == 1560)
    #expect(WorkWindow.minutes(reading: "翌2:00") == 1560)
    #expect(WorkWindow.text(1560) == "翌2:00")
  }

  @Test("a window is read back from its own text")
  func roundTrip() {
    for start in stride(from: 0, to: 1440, by: 35) {
      for length in stride(from: 1, through: 1440, by: 97) {
        let window = WorkWindow(start: start, end: start + length)
        #expect(window.flatMap { WorkWindow(reading: $0.text) } == window)
      }
    }
  }
}
