import Blobs
import Journal
import Nouns
import SQL
import Support
import Testing
import Text
import Time
import Web

@testable import Organization

/// 異常を知らせる: taken without an account, within limits, never lost and never believed.
@Suite struct ReportTests {
  static func draft(_ what: String = "ransom", place: String = "3階東") throws -> ProblemDraft {
    try ProblemDraft(
      what: what,
      place: place,
      details: "<b>払え</b>",
      since: "",
      touched: "",
      reporter: "",
      callBack: "内線1234"
    )
  }

  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

  @Test(arguments: Engine.available) func aReportRaisesAnAlarmUntilSomebodyLooks(_ engine: Engine) async throws {
    let world = try await World(engine)
    let store = world.organization.reports
    let taken = try await store.take(
      Self.draft(),
      photo: (Self.png, .png),
      from: "10.1.2.3",
      account: nil,
      request: "r",
      facility: world.facility
    )
    #expect(try await store.alarms(world.facility).first?.needs == .handleReports)
    let hash = try #require(taken.photo)
    let file = try await BlobStore(database: world.database, clock: world.clock.clock)
      .find(hash, facility: world.facility.rawValue)
    #expect(file?.bytes == Self.png && file?.type == .png)
    let seen = try await store.open(taken.id, in: world.scope())
    #expect(seen.seenBy == "佐藤 美咲")
    #expect(try await store.alarms(world.facility).isEmpty)
    try await store.close(taken.id, outcome: "訓練でした", in: world.scope())
    #expect(try await store.list(in: world.scope()).first?.outcome == "訓練でした")
    let entries = try await JournalReader(database: world.database).history(
      of: "problem_report",
      id: taken.id,
      facility: world.facility.rawValue,
      limit: 10
    )
    #expect(entries.map(\.kind) == ["problem.closed", "problem.reported"])
  }

  @Test(arguments: Engine.available) func anAddressIsHeardSixTimesInTenMinutes(_ engine: Engine) async throws {
    let world = try await World(engine)
    let store = world.organization.reports
    func send(_ address: String) async throws {
      _ = try await store.take(
        Self.draft(),
        photo: nil,
        from: address,
        account: nil,
        request: "r",
        facility: world.facility
      )
    }
    for _ in 0..<ReportStore.mostFromOneAddress { try await send("10.0.0.1") }
    await #expect(throws: ReportStore.Refusal.tooMany) { try await send("10.0.0.1") }
    // Another ward is heard, and the same one later.
    try await send("10.0.0.2")
    world.clock.advance(seconds: 601)
    try await send("10.0.0.1")
    for number in 0..<(ReportStore.mostInAnHour - 8) { try await send("10.9.\(number / 200).\(number % 200)") }
    await #expect(throws: ReportStore.Refusal.tooMany) { try await send("10.200.0.1") }
  }

  @Test func whatIsMissingOrTooLongIsNamed() {
    #expect(throws: ProblemDraft.Refusal.self) { try Self.draft("nonsense") }
    #expect(throws: ProblemDraft.Refusal.self) { try Self.draft(place: "") }
    #expect(throws: ProblemDraft.Refusal.self) { try Self.draft(place: String(repeating: "あ", count: 201)) }
  }

  @Test(
    arguments: [
      ([0xFF, 0xD8, 0xFF, 0xE0], MediaKind.jpeg), (Array("RIFF0000WEBPVP8 ".utf8), .webp),
      (Array("%PDF-1.7".utf8), .pdf),
      (Array("<svg onload=alert(1)>".utf8), nil), (Array("GIF89a".utf8), nil), ([], nil), ([0x89, 0x50], nil),
      (Array("RIFF0000WAVE".utf8), nil),
    ] as [([UInt8], MediaKind?)]
  )
  func aFileIsWhatItsFirstBytesSay(_ bytes: [UInt8], _ kind: MediaKind?) {
    #expect(MediaKind(of: bytes) == kind)
  }
}
