import Testing
import Time

@Suite("Eras")
struct EraTests {
  @Test(
    "W1 to W3: a day wears the era of its day, the first year is 元年",
    arguments: [
      ("2019-04-30", "平成31年4月30日"), ("2019-05-01", "令和元年5月1日"), ("1989-01-07", "昭和64年1月7日"),
      ("1989-01-08", "平成元年1月8日"), ("1926-12-24", "大正15年12月24日"), ("1926-12-25", "昭和元年12月25日"),
      ("1912-07-29", "明治45年7月29日"), ("1912-07-30", "大正元年7月30日"), ("2026-11-21", "令和8年11月21日"),
    ]
  )
  func era(iso: String, expected: String) throws {
    #expect(try #require(LocalDate(iso: iso)).era() == expected)
  }

  @Test("no era is put on days of the old calendar", arguments: ["1872-12-31", "1868-01-25", "0001-01-01"])
  func oldCalendar(iso: String) throws {
    let day = try #require(LocalDate(iso: iso))
    #expect(Era.of(day) == nil)
    #expect(day.era() == "\(day.year)年\(day.month)月\(day.day)日")
  }

  @Test("the first day with an era is 明治6年1月1日")
  func firstGregorianDay() throws {
    #expect(try #require(LocalDate(year: 1873, month: 1, day: 1)) == Era.firstGregorianDay)
    #expect(Era.firstGregorianDay.era() == "明治6年1月1日")
  }

  @Test("pages show the era with the weekday, the Western day, or both")
  func styles() throws {
    let day = try #require(LocalDate(iso: "2026-11-21"))
    #expect(day.era(weekday: true) == "令和8年11月21日（土）")
    #expect(day.shown(.era, ja: true) == "令和8年11月21日（土）")
    #expect(day.shown(.western, ja: true) == "2026/11/21（土）")
    #expect(day.shown(.both, ja: true) == "2026/11/21（令和8年・土）")
    #expect(day.shown(.era, ja: false) == "21 Nov 2026")
    #expect(day.shown(.both, ja: false) == "21 Nov 2026 (Reiwa 8)")
    #expect(day.slashed == "2026/11/21")
    #expect(day.eraShort == "R8.11.21")
    #expect(LocalDate(dayNumber: -40_000).shown(.both, ja: true) == "1860/06/26（火）")
    #expect(Instant(day, hour: 9, minute: 5).shown(.western, ja: true) == "2026/11/21（土） 09:05")
  }

  @Test("F8: a moment belongs to the day in Tokyo")
  func tokyo() throws {
    let moment = Instant(milliseconds: 1_795_273_200_000)  // 2026-11-21T15:00Z
    #expect(moment.day.iso == "2026-11-22")
    #expect(moment.slashed == "2026/11/22 00:00")
  }

  @Test(
    "W10: serial numbers of spreadsheets",
    arguments: [
      (43585.0, false, "2019-04-30"), (43586.0, false, "2019-05-01"), (46113.0, false, "2026-04-01"),
      (46113.99, false, "2026-04-01"), (61.0, false, "1900-03-01"), (2_958_465.0, false, "9999-12-31"),
      (0.0, true, "1904-01-01"), (44651.0, true, "2026-04-01"),
    ]
  )
  func serial(serial: Double, is1904: Bool, expected: String) {
    #expect(LocalDate(excelSerial: serial, date1904: is1904)?.iso == expected)
  }

  @Test(
    "W10: serials that are no day are refused",
    arguments: [60.0, 59.0, 0.0, -1.0, .nan, .infinity, -.infinity, 2_958_466.0, 1e300]
  )
  func noSerial(serial: Double) {
    #expect(LocalDate(excelSerial: serial, date1904: false) == nil)
  }
}
