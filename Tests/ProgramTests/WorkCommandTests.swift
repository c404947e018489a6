import Foundation
import Support
import Testing

@testable import Program

/// Work by vendors and requests of people, from the command line of the machine.
@Suite struct WorkCommandTests {
  @Test func workIsEnteredDecidedAndReported() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let file = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称,区分,保守業者\r\nYG-1,CT 1号機,医療機器,東都放射線\r\n".utf8).write(to: URL(filePath: file))
    _ = try await hospital.importing("assets", file)
    func work(_ words: [String]) async throws -> Outcome { try await hospital.run(["work"] + words) }
    let asked = [
      "enter", "--vendor", "東都放射線", "--device", "YG-1", "--source", "telephone", "--kind", "repair", "--what", "調査",
      "--from", "0:00", "--until", "23:59", "--workers", "山本", "--origin", "横浜", "--on",
    ]
    #expect(try await work(asked + ["2020-01-01"]).code == 2)
    let day = ISO8601DateFormatter.string(
      from: Date(),
      timeZone: try #require(TimeZone(identifier: "Asia/Tokyo")),
      formatOptions: [.withFullDate]
    )
    let entered = try await work(asked + [day])
    #expect(entered.code == 0, "\(entered.errors)")
    let id = entered.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await work(["begin", id]).code == 2, "it is not approved")
    #expect(try await work(["decide", id, "--send-back"]).code == 2, "a reason is missing")
    let approved = try await work(["decide", id, "--door", "通用口"])
    #expect(approved.code == 0, "\(approved.errors)")
    for words in [["begin", id], ["end", id], ["report", id, "--remains", "なし"], ["confirm", id]] {
      let done = try await work(words)
      #expect(done.code == 0, "\(words): \(done.errors)")
    }
    #expect(try await work(["list"]).output.isEmpty)
    let list = try #require(try await work(["list", "--all", "--json"]).json as? [[String: Any]])
    #expect(list.count == 1 && list[0]["state"] as? String == "confirmed" && list[0]["report"] as? String == "調査")
    let one = try #require(try await work(["show", id]).json as? [String: Any])
    #expect(one["door"] as? String == "通用口" && one["deviceNumber"] as? String == "YG-1")
    #expect(try await work(["show", "nothing"]).code == 2)
  }

  @Test func whatPeopleAskedForIsListed() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    #expect(try await hospital.run(["media", "list", "--json"]).json as? [[String: String]] == [])
    #expect(try await hospital.run(["media", "decide", "nothing"]).code == 2)
    #expect(try await hospital.run(["media", "return", "nothing"]).code == 2)
    _ = try await hospital.run(["user", "add", "outside", "--name", "山本", "--role", "vendor"])
    let vendors = try #require(try await hospital.run(["user", "vendors", "--json"]).json as? [[String: String]])
    #expect(vendors == [["userName": "outside", "name": "山本", "vendor": "", "vendorName": ""]])
  }
}
