import Foundation
import Jobs
import Ledger
import Nouns
import Records
import SQL
import Support
import Tabular
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// The import as somebody at a browser goes through it, but for the sockets.
@Suite struct ImportPageTests {
  // MARK: Large files

  /// A ledger of 2,500 devices whose remarks make it too large to be read while a page waits.
  static let large: [UInt8] = {
    let remark = String(repeating: "あ", count: 140)
    let lines = (0..<2_500).map { "ZZ-\($0),試験端末\($0),端末,\(remark)\r\n" }.joined()
    return Array("管理番号,機器名称,区分,備考\r\n\(lines)ZZ-1,別の端末,サーバ,使い回し\r\n".utf8)
  }()

  private static func upload(_ file: [UInt8], _ name: String, _ browser: TestBrowser) async throws -> String {
    await browser.get("/ledger/import")
    let answer = await browser.upload(
      "/ledger/import",
      ["kind": "assets"],
      file: (field: "file", name: name, bytes: file)
    )
    return try #require(answer.headers["location"], "the upload answered \(answer.status)")
  }

  /// The draft that the list of files not yet imported names first.
  private static func draft(_ browser: TestBrowser) async throws -> String {
    let page = await browser.get("/ledger/import").text
    let part = try #require(page.split(separator: "<a href=\"/ledger/import/", maxSplits: 1).last)
    return "/ledger/import/" + part.prefix { $0 != "\"" }
  }

  private static func assets(_ hospital: Installation) async throws -> Int {
    try await hospital.house.records.store.list(.asset, ListQuery(pageSize: 1), in: hospital.scope()).total
  }

  @Test(arguments: Engine.available) func aLargeFileIsReadAndTakenInByJobs(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 2)
    let before = try await Self.assets(hospital)
    let browser = try await hospital.browser(.administrator)
    let reading = try await Self.upload(Self.large, "大きな台帳.csv", browser)
    try #require(reading.hasPrefix("/jobs/"))
    let draft = try await Self.draft(browser)
    // While it is read, its page is the job's.
    #expect(await browser.get(draft).headers["location"] == reading)
    try await hospital.house.runner.drain()
    let ended = await browser.get(reading).text
    #expect(ended.contains("確認の画面へ進む") && ended.contains(draft), "\(ended)")
    #expect(ended.contains("新しい2,500件") && ended.contains("決められない1件"))
    #expect(try await Self.assets(hospital) == before)

    let page = await browser.get(draft)
    #expect(page.status == 200 && page.text.contains("2,500"))
    #expect(await browser.get("\(draft)/errors").status == 200)
    #expect(await browser.get("\(draft)/problems").status == 200)

    // Other columns are another reading.
    let again = await browser.post("\(draft)/mapping", ["header": "備考", "field": ""])
    #expect(again.headers["location"]?.hasPrefix("/jobs/") == true)
    try await hospital.house.runner.drain()

    // The row that uses a number again is decided on where it is shown.
    let open = try #require(await browser.get(draft).text.split(separator: "name=\"place\" value=\"").dropFirst().first)
    let place = String(open.prefix { $0 != "\"" })
    let commit = await browser.post("\(draft)/commit", ["place": place, "row \(place)": "new"])
    let job = try #require(commit.headers["location"])
    #expect(job.hasPrefix("/jobs/"))
    // Pressed twice it is done once.
    #expect(await browser.post("\(draft)/commit").headers["location"] == job)
    try await hospital.house.runner.drain()
    #expect(try await Self.assets(hospital) == before + 2_501)
    await hospital.close()
  }

  @Test(arguments: Engine.available) func aStoppedReadingIsTakenUpAgain(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 2)
    let browser = try await hospital.browser(.administrator)
    let job = try await Self.upload(Self.large, "大きな台帳.csv", browser)
    let draft = try await Self.draft(browser)
    await browser.get(job)
    await browser.post("\(job)/cancel")
    try await hospital.house.runner.drain()
    #expect(await browser.get(job).text.contains("中断"))
    #expect(await browser.get(draft).text.contains("まだ読み取っていません"))
    let again = try #require(await browser.post("\(draft)/read").headers["location"])
    #expect(again != job)
    try await hospital.house.runner.drain()
    #expect(await browser.get(draft).text.contains("2,500"))
    await hospital.close()
  }

  @Test func aLargeFileThatCannotBeReadSaysSoOnItsJobsPage() async throws {
    let hospital = try await Installation(.sqlite, rows: 2)
    let browser = try await hospital.browser(.administrator)
    let file = Array("%PDF-1.7\n".utf8) + [UInt8](repeating: 10, count: 1_100_000)
    let job = try await Self.upload(file, "台帳.pdf", browser)
    let draft = try await Self.draft(browser)
    try await hospital.house.runner.drain()
    let page = await browser.get(job).text
    #expect(page.contains("PDFファイルは取り込めません") && page.contains("別のファイルを選ぶ"), "\(page)")
    #expect(await browser.get(draft).status == 422)
    await hospital.close()
  }

  // MARK: Mending

  @Test(arguments: [false, true]) func rowsToMendComeBackMended(isLarge: Bool) async throws {
    let hospital = try await Installation(.sqlite, rows: 2)
    let before = try await Self.assets(hospital)
    let browser = try await hospital.browser(.administrator)
    let filler = isLarge ? String(repeating: "い", count: 400_000) : "い"
    let file = Array(
      "機器一覧,,,,\r\n管理番号,機器名称,IPアドレス,設置,備考\r\nPT-1,受付,10.0.0.1,1階,\(filler.prefix(500))\r\n"
        .utf8
    )
    let lines = (0..<(isLarge ? 800 : 1)).map { "PT-1\($0)X,会計\($0),10.0.0.9,2階,\(filler.prefix(500))\r\n" }.joined()
    let bad = Array("\(lines)PT-3,薬局,10.0.0.999,3階,独自\r\nPT-1,別物,10.0.0.3,4階,使い回し\r\n".utf8)
    _ = try await Self.upload(file + bad, "病棟.csv", browser)
    try await hospital.house.runner.drain()
    let draft = try await Self.draft(browser)
    let answer = await browser.get("\(draft)/errors")
    #expect(answer.status == 200)
    let book = try TableReader.read(answer.bytes, name: "直す行.xlsx")
    let rows = book.sheets[0].rows.map { $0.cells.map(\.text) }
    #expect(rows.count == 4)
    #expect(rows[1] == ["管理番号", "機器名称", "IPアドレス", "設置", "備考", "エラー内容"])
    #expect(rows[2].prefix(5) == ["PT-3", "薬局", "10.0.0.999", "3階", "独自"])
    #expect(rows[2][5].contains("IPアドレス") && rows[3][0] == "PT-1" && !rows[3][5].isEmpty)

    // Mended in the spreadsheet and handed in again: nothing is left to mend.
    var sheet = book.sheets[0]
    sheet.rows[2].cells[2] = .text("10.0.0.99")
    sheet.rows[3].cells[0] = .text("PT-4")
    let mended = try SheetWriter.workbook(
      copying: Workbook(sheets: [sheet], format: .xlsx),
      marking: "エラー内容",
      .init(createdAt: hospital.clock.clock.now())
    )
    await browser.post("\(draft)/commit")
    try await hospital.house.runner.drain()
    _ = try await Self.upload(mended, "直した行.xlsx", browser)
    let second = try await Self.draft(browser)
    #expect(await browser.get("\(second)/errors").status == 404)
    await browser.post("\(second)/commit")
    #expect(try await Self.assets(hospital) == before + (isLarge ? 803 : 4))
    let found = try await hospital.house.records.store.list(.asset, ListQuery(search: "PT-3"), in: hospital.scope())
    #expect(found.records.first?["ip_address"] == "10.0.0.99")
    await hospital.close()
  }
}
