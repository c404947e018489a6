import Testing
import Time

@Suite("Fiscal years")
struct FiscalYearTests {
  @Test(
    "F1: the year begins on 1 April",
    arguments: [
      ("2026-03-31", "令和7年度"), ("2026-04-01", "令和8年度"), ("2027-03-31", "令和8年度"), ("2019-04-01", "令和元年度"),
      ("2019-03-31", "平成30年度"), ("1989-03-31", "昭和63年度"), ("1989-04-01", "平成元年度"), ("1927-03-31", "昭和元年度"),
    ]
  )
  func containing(iso: String, label: String) throws {
    let day = try #require(LocalDate(iso: iso))
    let year = FiscalYear(containing: day)
    #expect(year.eraLabel == label)
    #expect(year.contains(day))
  }

  @Test(
    "F2, F4: spellings of one year",
    arguments: [
      ("R8年度", 2026), ("令和８年度", 2026), ("2026年度", 2026), ("FY2026", 2026), ("ＦＹ２０２６", 2026), ("fy 2026", 2026),
      ("2026", 2026), ("令和元年度", 2019), ("令和1年度", 2019), ("平成31年度", 2019), ("H31年度", 2019), ("令8年度", 2026),
      ("西暦2026年度", 2026), ("令和8年", 2026),
    ]
  )
  func spellings(text: String, startYear: Int) {
    #expect(FiscalYear.read(text)?.startYear == startYear)
  }

  @Test("what names no year is refused", arguments: ["", "8", "年度", "令和年度", "令和0年度", "2026年度分", "FY", "abc", "99999"])
  func refused(text: String) {
    #expect(FiscalYear.read(text) == nil)
  }

  @Test("F3: months run from April, quarters and halves with them")
  func parts() throws {
    let year = FiscalYear(startYear: 2026)
    #expect(year.months.map(\.label) == ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"])
    #expect(year.months.last == Month(year: 2027, month: 3))
    #expect(year.quarter(1).lowerBound.iso == "2026-04-01")
    #expect(year.quarter(1).upperBound.iso == "2026-06-30")
    #expect(year.quarter(4).upperBound.iso == "2027-03-31")
    for month in year.months {
      let index = try #require(year.months.firstIndex(of: month))
      #expect(FiscalYear.quarter(of: month.first) == index / 3 + 1)
      #expect(FiscalYear.half(of: month.last) == index / 6 + 1)
    }
    #expect(year.english == "FY2026")
    #expect(year.label(ja: false) == "FY2026")
    #expect(year.next.previous == year)
  }

  @Test("labels in both languages are read back as the same year")
  func readsItsOwnLabels() {
    for startYear in 1873...2100 {
      let year = FiscalYear(startYear: startYear)
      #expect(FiscalYear.read(year.eraLabel) == year)
      #expect(FiscalYear.read(year.english) == year)
      #expect(FiscalYear(containing: year.first) == year)
      #expect(FiscalYear(containing: year.last) == year)
    }
  }
}
