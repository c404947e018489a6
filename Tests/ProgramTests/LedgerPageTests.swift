import Ledger
import Nouns
import Organization
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

  /// Two people may have one name: what already points to one of them is saved as it stands, what is typed anew is asked about.
  @Test func aNameThatSeveralHaveStaysWhoItWas() async throws {
    let hospital = try await Installation(.sqlite, rows: 1)
    let store = hospital.house.records.store
    let browser = try await hospital.browser(.administrator)
    // More than a list offers, so that people are named by typing.
    let lines = (0..<310).map { "9\(1_000 + $0),\($0 < 2 ? "山口 陽子" : "職員 \($0)"),医事課\r\n" }.joined()
    let source = ImportSource(kind: .people, name: "名簿.csv", bytes: Array("職員番号,氏名,所属\r\n\(lines)".utf8))
    _ = try await hospital.house.records.imports.run(source, in: hospital.scope())
    let people = try await store.all(.person, in: hospital.scope()).records.filter { $0.title == "山口 陽子" }
    try #require(people.count == 2)
    let system = try await store.create(.system, ["name": "受付", "owner": people[1].id], in: hospital.scope())
    await browser.get("/ledger/system/\(system.id)/edit")
    let fields: KeyValuePairs = ["name": "受付", "owner": "山口 陽子", "version": "1", "remarks": "変えた"]
    let kept = await browser.post("/ledger/system/\(system.id)/edit", fields)
    #expect(kept.status == 303, "\(kept.text)")
    let after = try await store.find(.system, id: system.id, in: hospital.scope()).record
    #expect(after["owner"] == people[1].id && after["remarks"] == "変えた")
    let other = try await store.create(.system, ["name": "案内"], in: hospital.scope())
    let asked = await browser.post(
      "/ledger/system/\(other.id)/edit",
      ["name": "案内", "owner": "山口 陽子", "version": "1"]
    )
    #expect(asked.status == 422 && asked.text.contains("山口 陽子（91000）"), "\(asked.text)")
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
  /// Two records of one vendor, found in its list: ticked, compared, one.
  @Test(arguments: Engine.available) func recordsTickedInAListBecomeOne(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 1)
    let store = hospital.house.records.store
    let browser = try await hospital.browser(.administrator)
    let short = try await store.create(.vendor, ["name": "メディライン"], in: hospital.scope())
    let long = try await store.create(.vendor, ["name": "株式会社メディライン", "phone": "03-0000-0000"], in: hospital.scope())
    await browser.get("/ledger/vendor")
    let one = await browser.post("/ledger/vendor/bulk", ["action": "merge", "row": short.id])
    #expect(one.status == 303 && one.headers["location"] == "/ledger/vendor", "one record is not merged with itself")
    let rows: KeyValuePairs = ["action": "merge", "row": short.id, "row": long.id]
    let chosen = await browser.post("/ledger/vendor/bulk", rows)
    let address = try #require(chosen.headers["location"])
    #expect(chosen.status == 303 && address.hasPrefix("/ledger/vendor/merge?id="))
    let page = await browser.get(address)
    #expect(page.status == 200 && page.text.contains("株式会社メディライン") && page.text.contains("03-0000-0000"))
    let merged = await browser.post(
      "/ledger/vendor/merge",
      [
        "id": short.id, "id": long.id, "kept": long.id, "version \(short.id)": "1", "version \(long.id)": "1",
        "field name": "株式会社メディライン",
      ]
    )
    #expect(merged.status == 303, "\(merged.text)")
    let left = try await store.all(.vendor, in: hospital.scope()).records.map(\.id)
    #expect(left.contains(long.id) && !left.contains(short.id))
    await hospital.close()
  }
}
