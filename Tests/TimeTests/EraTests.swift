import Testing
import Time

@Suite("Eras and fiscal years")
struct EraTests {
  /// W1–W3 of the rules for Japanese dates.
  @Test(
    "a day wears the era of its day, 元年 in the first year",
    arguments: [
      ("2019-04-30", "平成31年4月30日"), ("2019-05-01", "令和元年5月1日"), ("1989-01-07", "昭和64年1月7日"),
      ("1989-01-08", "平成元年1月8日"), ("1926-12-24", "大正15年12月24日"), ("1926-12-25", "昭和元年12月25日"),
      ("1912-07-29", "明治45年7月29日"), ("1912-07-30", "大正元年7月30日"), ("1873-01-01", "明治6年1月1日"),
      ("1872-12-31", "1872年12月31日"), ("1868-01-25", "1868年1月25日"), ("2026-11-21", "令和8年11月21日"),
    ]
  )
  func era(iso: String, expected: String) throws {
    #expect(try #require(LocalDate(iso: iso)).era() == expected)
  }
}
