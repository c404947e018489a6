import Testing
import Text
import Time

@Suite("Dates as people type them")
struct JapaneseDateTests {
  let today = LocalDate(dayNumber: 20_778)  // 2026-11-21

  func iso(_ text: String) -> String? { JapaneseDate.read(text, today: today).day?.iso }

  @Test(
    "W4, W5, W8: spellings of one day",
    arguments: [
      ("令和元年5月1日", "2019-05-01"), ("令和1年5月1日", "2019-05-01"), ("令和７年４月１日", "2025-04-01"),
      ("R7.4.1", "2025-04-01"), ("R07/04/01", "2025-04-01"), ("Ｒ７．４．１", "2025-04-01"),
      ("H31.4.30", "2019-04-30"), ("S64.1.7", "1989-01-07"), ("㋿7年4月1日", "2025-04-01"),
      ("20261121", "2026-11-21"), ("2026-11-21", "2026-11-21"), ("2026/11/21", "2026-11-21"),
      ("2026.11.21", "2026-11-21"),
    ]
  )
  func spellings(text: String, expected: String) {
    #expect(iso(text) == expected)
  }
}
