import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Web
import WebSupport

@testable import Program

/// Pages that must not keep silent about what they leave out.
@Suite struct LedgerPageTests {
  @Test func theGridAnswersForACellItDoesNotKnow() async throws {
    let hospital = try await Installation(.sqlite, rows: 2)
    let browser = try await hospital.browser(.administrator)
    let record = try #require(
      try await hospital.house.records.store.list(.asset, ListQuery(pageSize: 1), in: hospital.scope()).records.first
    )
    await browser.get("/ledger/asset/grid")
    let cells = ["nonsense", "remarks"].map {
      "{\"row\":\"\(record.id)\",\"field\":\"\($0)\",\"version\":\"\(record.version)\",\"value\":\"x\"}"
    }
    let answer = await browser.postJSON("/ledger/asset/cells", "{\"changes\":[\(cells.joined(separator: ","))]}")
    #expect(answer.status == 200, "\(answer.text)")
    #expect(answer.text.contains("invalid") && answer.text.contains("「nonsense」という項目はありません"), "\(answer.text)")
    #expect(answer.text.contains("saved"))
    await hospital.close()
  }

  @Test func aPrintedListSaysHowManyOfHowManyItHolds() async throws {
    let hospital = try await Installation(.sqlite, rows: 1)
    let browser = try await hospital.browser(.administrator)
    let small = await browser.get("/ledger/location/print").text
    #expect(!small.contains("先頭の"))
    let lines = (0..<5_001).map { "場所\($0)\r\n" }.joined()
    let source = ImportSource(kind: .locations, name: "場所.csv", bytes: Array("名称\r\n\(lines)".utf8))
    let report = try await hospital.house.records.imports.run(source, in: hospital.scope())
    #expect(report.new == 5_001)
    let large = await browser.get("/ledger/location/print").text
    #expect(large.contains("先頭の5,000件") && large.contains("Excelに書き出し"))
    await hospital.close()
  }
}
