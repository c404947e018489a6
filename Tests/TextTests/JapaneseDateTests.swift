import Testing
import Text
import Time

@Suite("Dates as people type them")
struct JapaneseDateTests {
  let today = LocalDate(dayNumber: 20_778)  // 2026-11-21

  func read(_ text: String) -> JapaneseDate.Reading { JapaneseDate.read(text, today: today) }

  func notice(_ text: String) -> Localized? {
    if case .date(_, let notice) = read(text) { notice } else { nil }
  }

  func reason(_ text: String) -> Localized? {
    if case .invalid(let reason) = read(text) { reason } else { nil }
  }

  @Test(
    "W4, W5, W8: spellings of one day are understood without a word",
    arguments: [
      ("令和元年5月1日", "2019-05-01"), ("令和1年5月1日", "2019-05-01"), ("令和７年４月１日", "2025-04-01"),
      ("R7.4.1", "2025-04-01"), ("R07/04/01", "2025-04-01"), ("Ｒ７．４．１", "2025-04-01"), ("r7-4-1", "2025-04-01"),
      ("H31.4.30", "2019-04-30"), ("S64.1.7", "1989-01-07"), ("㋿7年4月1日", "2025-04-01"), ("㍻31年4月30日", "2019-04-30"),
      ("㍼64年1月7日", "1989-01-07"), ("㍽15年12月24日", "1926-12-24"), ("㍾45年7月29日", "1912-07-29"),
      ("T15.12.24", "1926-12-24"), ("M45.7.29", "1912-07-29"), ("令8.11.21", "2026-11-21"), ("R元.5.1", "2019-05-01"),
      ("20261121", "2026-11-21"), ("2026-11-21", "2026-11-21"), ("2026/11/21", "2026-11-21"),
      ("2026.11.21", "2026-11-21"), ("２０２６／１１／２１", "2026-11-21"), ("2026年11月21日", "2026-11-21"),
      (" 令和 8 年 11 月 21 日 ", "2026-11-21"), ("　2026/1/2　", "2026-01-02"), ("令和八年十一月二十一日", "2026-11-21"),
      ("二〇二六年十一月二十一日", "2026-11-21"), ("西暦2026年11月21日", "2026-11-21"), ("R081121", "2026-11-21"),
      ("2026年11月21日（土）", "2026-11-21"), ("2026/11/21(土)", "2026-11-21"), ("2026/11/21 土曜日", "2026-11-21"),
      ("2026年(令和8年)11月21日", "2026-11-21"), ("R5.9.15", "2023-09-15"), ("Ｒ５．４．２１", "2023-04-21"),
      ("H27.2.22", "2015-02-22"), ("2017/12/4", "2017-12-04"), ("21 Nov 2026", "2026-11-21"),
      ("21-Nov-2026", "2026-11-21"), ("November 21, 2026", "2026-11-21"), ("2026/11/15 09:16", "2026-11-15"),
      ("2026-11-15T09:16:00+09:00", "2026-11-15"), ("2026-11-14T20:00:00Z", "2026-11-15"),
      ("2026ー11ー21", "2026-11-21"), ("2026−11−21", "2026-11-21"), ("令和6年2月29日", "2024-02-29"),
      ("平成31年4月30日", "2019-04-30"), ("Reiwa 8.11.21", "2026-11-21"), ("R7・4・1", "2025-04-01"),
      ("2026年11月㏴", "2026-11-21"), ("明治6年1月1日", "1873-01-01"), ("1868/1/25", "1868-01-25"),
    ]
  )
  func spellings(text: String, expected: String) {
    #expect(read(text).day?.iso == expected)
    #expect(notice(text) == nil)
  }

  @Test(
    "W6: a day past the end of its era, or before its first day, is taken with a notice",
    arguments: [
      ("平成31年5月1日", "2019-05-01", "令和元年5月1日として登録します"),
      ("平成32年4月1日", "2020-04-01", "令和2年4月1日として登録します"),
      ("昭和64年1月8日", "1989-01-08", "平成元年1月8日として登録します"),
      ("令和元年4月30日", "2019-04-30", "平成31年4月30日として登録します"),
      ("H31.5.1", "2019-05-01", "令和元年5月1日として登録します"), ("s64/1/8", "1989-01-08", "平成元年1月8日として登録します"),
      ("R1-4-30", "2019-04-30", "平成31年4月30日として登録します"),
      ("S101.11.21", "2026-11-21", "令和8年11月21日として登録します"),
    ]
  )
  func pastEra(text: String, expected: String, says: String) {
    #expect(read(text).day?.iso == expected)
    #expect(notice(text)?.ja == says)
  }

  @Test(
    "W7: days that do not exist are refused with the reason",
    arguments: [
      ("令和7年2月29日", "2025年（令和7年）2月は28日まで"), ("令和0年", "令和0年はありません"), ("R0.1.1", "令和0年はありません"),
      ("13月", "13月はありません"), ("令和7年13月1日", "13月はありません"), ("2026/13/1", "13月はありません"),
      ("2026/2/30", "2月は28日まで"), ("2026-11-31", "11月は30日まで"), ("20260231", "2月は28日まで"),
      ("令和7年4月0日", "0日はありません"), ("明治5年12月2日", "旧暦"), ("0000/1/1", "扱えません"),
    ]
  )
  func refused(text: String, says: String) throws {
    let reason = try #require(self.reason(text))
    #expect(reason.ja.contains(says), "\(reason.ja)")
    #expect(!reason.en.isEmpty)
  }

  @Test(
    "a month, a year or a fiscal year is no day, and the answer says what is missing",
    arguments: [
      ("令和6年4月", "「令和6年4月1日」"), ("2026/11", "「2026年11月1日」"), ("2026年", "月と日がありません"), ("令和8年", "月と日がありません"),
      ("令和8年度", "年度ではなく"), ("11月", "日がありません"), ("", "入力されていません"), ("　", "入力されていません"),
      ("不明", "「不明」は日付として読めません"), ("2026/11/21頃", "「頃」"), ("令和8年11月21日まで", "「まで」"),
      ("2026/11/21 2026/11/22", "うしろに読めない部分"), ("10:30", "読めません"), ("-", "読めません"), ("1", "読めません"),
    ]
  )
  func incomplete(text: String, says: String) throws {
    let reason = try #require(self.reason(text))
    #expect(reason.ja.contains(says), "\(reason.ja)")
  }

  @Test(
    "W8: without a year, the current fiscal year is meant and said back",
    arguments: [
      ("11/21", "2026-11-21"), ("3/1", "2027-03-01"), ("4/1", "2026-04-01"), ("11月21日", "2026-11-21"),
      ("１１／２１", "2026-11-21"), ("11-21", "2026-11-21"),
    ]
  )
  func yearless(text: String, expected: String) throws {
    let day = try #require(read(text).day)
    #expect(day.iso == expected)
    #expect(notice(text)?.ja == "\(day.slashed)（\(day.era())）として登録します")
  }

  @Test(
    "W9: a short year is never guessed",
    arguments: [
      ("8.11.21", ["2026-11-21", "2008-11-21"]), ("08/11/21", ["2026-11-21", "2008-11-21"]),
      ("27.2.22", ["2015-02-22", "2027-02-22"]), ("64.1.7", ["1989-01-07", "1964-01-07"]),
      ("8年11月21日", ["2026-11-21", "2008-11-21"]), ("25/12/01", ["2013-12-01", "2025-12-01"]),
      ("03/04/2026", ["2026-03-04", "2026-04-03"]), ("46113", ["2026-04-01"]),
      ("261121", ["2014-11-21", "2026-11-21"]),
    ]
  )
  func asked(text: String, expected: [String]) throws {
    guard case .ambiguous(let days, let question) = read(text) else {
      Issue.record("\(text) was not asked about: \(read(text))")
      return
    }
    #expect(days.map(\.iso) == expected)
    #expect(question.ja.hasSuffix("か。"))
    for day in days { #expect(question.ja.contains(day.slashed) && question.en.contains(day.english)) }
  }

  @Test("W9: the question names both years")
  func question() {
    guard case .ambiguous(_, let question) = read("8.11.21") else { return }
    #expect(question.ja.contains("令和8年"))
    #expect(question.ja.contains("2008年"))
  }

  @Test("a weekday that does not fit is said")
  func weekday() {
    #expect(notice("2026年11月21日(金)")?.ja.contains("土曜日") == true)
    #expect(notice("11/21/2026")?.ja.contains("2026/11/21") == true)
  }

  @Test("W10: serial numbers are read through the same door")
  func serial() {
    #expect(JapaneseDate.excelSerial(43586, date1904: false)?.iso == "2019-05-01")
    #expect(JapaneseDate.excelSerial(60, date1904: false) == nil)
  }

  @Test(
    "moments",
    arguments: [
      ("2026/11/15 09:16", "2026-11-15T00:16:00.000Z"), ("2026-11-15T00:16:00Z", "2026-11-15T00:16:00.000Z"),
      ("2026-11-15T09:16:00.123+09:00", "2026-11-15T00:16:00.000Z"),
      ("令和8年11月15日 午後9時16分", "2026-11-15T12:16:00.000Z"), ("2026/11/15 26:00", "2026-11-15T17:00:00.000Z"),
      ("2026/11/15 翌2:00", "2026-11-15T17:00:00.000Z"), ("20261115091600", "2026-11-15T00:16:00.000Z"),
      ("2026/11/15 9:16 PM", "2026-11-15T12:16:00.000Z"), ("2026年11月15日（日）14時半", "2026-11-15T05:30:00.000Z"),
      ("２０２６／１１／１５　９：１６", "2026-11-15T00:16:00.000Z"), ("2026/11/15 正午", "2026-11-15T03:00:00.000Z"),
      ("2026-11-15 00:16 UTC", "2026-11-15T00:16:00.000Z"), ("R8.11.15 9:16", "2026-11-15T00:16:00.000Z"),
      ("2026-11-14T19:16:00-05:00", "2026-11-15T00:16:00.000Z"),
    ]
  )
  func moments(text: String, expected: String) {
    #expect(JapaneseDate.readMoment(text, today: today).moment?.iso == expected)
  }

  @Test(
    "moments that do not exist, or mean different things to different people, are refused",
    arguments: ["2026/11/15 25:61", "2026/11/15 48:00", "2026/11/15 午前12時", "2026/11/15 9", "2026/11/15 9:", "9:16"]
  )
  func noMoment(text: String) {
    guard case .invalid(let reason) = JapaneseDate.readMoment(text, today: today) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(!reason.ja.isEmpty)
  }

  @Test("a moment without a time begins the day, and says so")
  func dayOnly() {
    guard case .moment(let moment, let notice?) = JapaneseDate.readMoment("2026/11/15", today: today) else {
      Issue.record("no notice")
      return
    }
    #expect(moment.iso == "2026-11-14T15:00:00.000Z")
    #expect(notice.ja.contains("0:00"))
  }

  @Test(
    "every day from 1873 to 2100 is read back from each of its own spellings",
    arguments: Array(stride(from: 1873, through: 2100, by: 12))
  )
  func roundTrip(from year: Int) throws {
    let first = try #require(LocalDate(year: year, month: 1, day: 1))
    let last = try #require(LocalDate(year: min(year + 11, 2100), month: 12, day: 31))
    for number in first.dayNumber...last.dayNumber {
      let day = LocalDate(dayNumber: number)
      let plain = JapaneseDate.Reading.date(day, notice: nil)
      for text in [day.iso, day.slashed, day.era(), day.eraShort] where read(text) != plain {
        Issue.record("\(day.iso) was not read back from \(text)")
      }
      if number % 7 == 0 {
        for text in [day.english, day.era(weekday: true)] where read(text) != plain {
          Issue.record("\(day.iso) was not read back from \(text)")
        }
      }
    }
  }

  @Test("any text gets an answer", arguments: UInt64(0)..<300)
  func anything(seed: UInt64) {
    var random = Seeded(seed)
    let pieces = [
      "令和", "平成", "R", "T", "元", "8", "11", "21", "2026", "年", "月", "日", "/", ".", "-", ":", "午後", "翌", "(", "）", "土",
      "Z", "+09",
      "時", "分", " ", "二十", "〇", "Nov", "99999999999999999999", "度", "半", "西暦", "13", "0",
    ]
    let made = (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
      .joined()
    for text in [made, random.text(upTo: 30), String(decoding: random.bytes(upTo: 30), as: UTF8.self)] {
      switch read(text) {
      case .date(let day, _): #expect((1...10_000).contains(day.year))
      case .ambiguous(let days, let question): #expect(!days.isEmpty && !question.ja.isEmpty)
      case .invalid(let reason): #expect(!reason.ja.isEmpty && !reason.en.isEmpty)
      }
      _ = JapaneseDate.readMoment(text, today: today)  // only that it answers
    }
  }
}
