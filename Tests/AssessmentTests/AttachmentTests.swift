import Blobs
import Journal
import Nouns
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// Evidence that people attach: kept as it was, ageing by the pack, on both engines.
@Suite struct AttachmentTests {
  private static let pdf = Array("%PDF-1.7 委員会議事録".utf8)

  private func draft(_ day: String, _ bytes: [UInt8] = Self.pdf) throws -> AttachmentDraft {
    AttachmentDraft(
      kind: .minutes,
      body: .file(try DocumentUpload(bytes, name: "委員会議事録.pdf")),
      datedOn: try #require(LocalDate(iso: day)),
      note: ""
    )
  }

  @Test(arguments: Engine.available)
  func bytesAreKeptAsTheyWere(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.attachments
    let item = try #require(world.checklist["3-③"])
    try await store.add(draft("2026-11-20"), to: item, of: world.checklist, "2026", in: world.scope)
    let kept = try #require(try await world.line("3-③").attachments.first)
    // The oracle is sha256sum of coreutils over the same bytes.
    #expect(kept.hash == BlobStore.name(of: Self.pdf) && kept.hash.count == 64 && kept.size == Self.pdf.count)
    #expect(try await store.bytes(of: kept, SuggestionTests.facility) == Self.pdf)
    #expect(try await store.find(kept.id, FacilityID(rawValue: "other")) == nil)
    // Taking it off leaves the bytes and the trace.
    try await store.remove(kept, of: world.checklist, in: world.scope)
    #expect(try await world.line("3-③").attachments.isEmpty)
    #expect(try await store.bytes(of: kept, SuggestionTests.facility) == Self.pdf)
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "mhlw-hospital-r8/2026/3-③",
      facility: SuggestionTests.facility.rawValue,
      limit: 10
    )
    #expect(Set(entries.map(\.kind)) == ["assessment.attached", "assessment.detached"])
    #expect(entries.allSatisfy { $0.changes.contains { $0.field == "sha256" } })
  }

  @Test(arguments: Engine.available)
  func aLockedRoundTakesNothing(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.attachments
    let item = try #require(world.checklist["3-①"])
    try await store.add(draft("2026-11-20"), to: item, of: world.checklist, "2026", in: world.scope)
    try await world.answer("3-①", AnswerDraft(.yes))
    try await world.finish()
    try await world.assessment.rounds.setLocked(true, world.checklist, "2026", reason: nil, in: world.scope)
    let kept = try #require(try await world.line("3-①").attachments.first)
    await #expect(throws: RoundConflict.locked) {
      try await store.add(draft("2026-11-21"), to: item, of: world.checklist, "2026", in: world.scope)
    }
    await #expect(throws: RoundConflict.locked) {
      try await store.remove(kept, of: world.checklist, in: world.scope)
    }
  }

  @Test(arguments: Engine.available)
  func staleEvidenceTakesTheSuggestionWithIt(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let assessment = world.assessment
    // Question 4 (backup) keeps for 31 days by the pack; no record says anything.
    let item = try #require(world.checklist["4"])
    try await assessment.answer(AnswerDraft(.level(2)), "4", of: world.checklist, period: "2026-10", in: world.scope)
    #expect(try await world.line("4").suggestion.answer == nil, "an earlier answer alone suggests nothing")
    try await assessment.attachments.add(draft("2026-10-30"), to: item, of: world.checklist, "2026-10", in: world.scope)
    let carried = try await world.line("4")
    #expect(carried.suggestion.answer == .level(2) && carried.suggestion.isCarried && carried.state == .suggested)
    // It may be answered otherwise without a reason, and nothing contradicts it.
    try await world.answer("4", AnswerDraft(.level(3)))
    let answered = try await world.line("4")
    #expect(answered.state == .answered && answered.answer?.suggested == nil)
    world.clock.advance(days: 2)
    // 2026-11-30 is the last day.
    #expect(
      try await assessment.standing(world.checklist, period: "2026-11", SuggestionTests.facility)["4"]?
        .suggestion.isCarried == true
    )
    world.clock.advance(days: 1)
    // The next month has nothing to stand on any more.
    let stale = try await world.line("4")
    #expect(stale.suggestion.answer == nil && stale.suggestion.reason.ja.contains("期限が切れました"))
  }

  private func toRenew(_ world: RoundTests.World) async throws -> [Duty] {
    try await world.assessment.schedule.duties(SuggestionTests.facility).filter { $0.id.hasPrefix("assessment.stale.") }
  }

  /// What was attached is past the pack's period: 31 days for backups.
  @Test(arguments: Engine.available)
  func staleAttachmentsAreADutyUntilTheyAreRenewed(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let item = try #require(world.checklist["4"])
    func attach(_ day: String) async throws {
      try await world.assessment.attachments.add(draft(day), to: item, of: world.checklist, "2026-11", in: world.scope)
    }
    try await world.answer("4", AnswerDraft(.level(2)))
    #expect(try await toRenew(world).isEmpty, "what never had evidence has none to renew")
    try await attach("2026-10-28")
    #expect(try await toRenew(world).isEmpty, "2026-11-28 is the last day")
    world.clock.advance(days: 1)
    let duty = try #require(try await toRenew(world).first)
    #expect(duty.id == "assessment.stale.backup" && duty.due.iso == "2026-12-12")
    #expect(duty.link == "/assess/prefecture-20/items/4?period=2026-11")
    #expect(duty.title.ja.contains(item.text.ja) && duty.reason.ja.contains("2026/11/28"))
    try await attach("2026-11-29")
    #expect(try await toRenew(world).isEmpty)
  }

  /// An answer that claims nothing needs no evidence, and what is locked was true when it was signed.
  @Test(arguments: Engine.available)
  func onlyOpenAnswersThatClaimSomethingAreToBeRenewed(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "prefecture-20")
    let item = try #require(world.checklist["4"])
    let (store, scope) = (world.assessment.attachments, world.scope)
    try await store.add(draft("2026-01-05"), to: item, of: world.checklist, "2026-11", in: scope)
    try await world.answer("4", AnswerDraft(.level(0)))
    #expect(try await toRenew(world).isEmpty)
    var better = AnswerDraft(.level(2))
    better.version = 1
    try await world.answer("4", better)
    #expect(try await toRenew(world).count == 1)
    try await world.finish()
    #expect(try await world.assessment.setLocked(true, world.checklist, reason: nil, in: scope))
    #expect(try await toRenew(world).isEmpty)
  }

  /// Facts have a period of their own.
  @Test(arguments: Engine.available)
  func staleFactsAreADutyUntilTheyAreCountedAnew(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let (restricted, unknown) = ("ledger.connections.unrestricted", "ledger.connections.unknown")
    func count() {
      world.say(
        SuggestionTests.fact(restricted, 0, of: 46, freshFor: 2),
        SuggestionTests.fact(unknown, 0, of: 46, freshFor: 2)
      )
    }
    count()
    try await world.answer("2-⑬", AnswerDraft(.yes))
    #expect(try await toRenew(world).isEmpty)
    world.clock.advance(days: 3)
    let duty = try #require(try await toRenew(world).first)
    #expect(duty.reason.ja.contains("2-⑬") && duty.due.iso == "2026-12-14")
    // Counted anew, and be it against the answer, they are not stale.
    world.say(SuggestionTests.fact(restricted, 3, of: 46, freshFor: 30))
    #expect(try await toRenew(world).isEmpty)
  }

  @Test func onlyOwnAddressesAreTaken() {
    for link in ["/ledger/asset/0192", "/ledger/system/a-b"] { #expect(AttachmentDraft.isOwnAddress(link)) }
    for link in ["", "//evil.example/x", "https://evil.example", "/\\evil.example", "/a b", "javascript:x", "/台帳"] {
      #expect(!AttachmentDraft.isOwnAddress(link), "\(link)")
    }
  }

  @Test func evidenceAgesByItsTopic() throws {
    #expect(Checklists.topics["backup"]?.keeps == 31 && Checklists.topics["bcp"]?.keeps == 366)
  }
}
