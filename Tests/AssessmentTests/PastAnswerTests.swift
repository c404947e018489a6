import Blobs
import Nouns
import Packs
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// A person's answer is carried over within the editions of one checklist only; elsewhere it is read, never said again.
@Suite struct PastAnswerTests {
  @Test(arguments: [
    ("mhlw-hospital-r5", "mhlw-hospital"), ("mhlw-hospital-r8", "mhlw-hospital"), ("mhlw-vendor-r8", "mhlw-vendor"),
    ("fee-2024", "fee"), ("fee-2026", "fee"), ("iso-27001-2022", "iso-27001"), ("prefecture-20", "prefecture-20"),
    ("nist-csf-2", "nist-csf-2"), ("roles-admin", "roles-admin"), ("management-3x3", "management-3x3"),
    ("own-radiology.1", "own-radiology"), ("own-radiology.12", "own-radiology"), ("own-ward-r2.1", "own-ward-r2"),
  ])
  func editionsAreOfOneFamily(id: String, family: String) {
    #expect(Checklist.family(of: id) == family)
  }

  private func past(
    _ pack: String,
    _ period: String,
    _ item: String,
    _ topic: String,
    _ value: AnswerValue,
    _ day: String
  ) throws -> PastAnswer {
    let on = try #require(LocalDate(iso: day))
    return PastAnswer(
      topic: topic,
      answer: EarlierAnswer(pack: pack, period: period, item: item, value: value, on: on)
    )
  }

  @Test func onlyTheSameChecklistIsCarriedAndOfEqualsTheLowest() throws {
    let eight = try #require(Checklists.checklist("mhlw-hospital-r8"))
    let round = Round(of: eight, period: "2026")
    // Three machines of one topic on the same day: what the weakest says.
    let machines = try ["server", "client", "network"].map { part in
      try past("mhlw-hospital-r6", "2024", "2(7):\(part)", "patches", part == "client" ? .no : .yes, "2024-06-01")
    }
    #expect(PastAnswer.earlier(than: round, startMonth: 4, machines)["2-⑥"]?.value == .no)
    // The later counts, whatever it says and in whatever order it is read.
    let later = try past("mhlw-hospital-r7", "2025", "2-⑥", "patches", .yes, "2025-06-01")
    for all in [machines + [later], [later] + machines] {
      let found = PastAnswer.earlier(than: round, startMonth: 4, all)["2-⑥"]
      #expect(found?.value == .yes && found?.pack == "mhlw-hospital-r7" && found?.item == "2-⑥")
    }
    // Other checklists, and the round itself, are not what was answered here.
    let others = try [
      past("iso-27001-2022", "2026", "8.8", "patches", .yes, "2026-09-02"),
      past("roles-admin", "2026", "3", "patches", .yes, "2026-09-02"),
      past("mhlw-hospital-r8", "2026", "2-⑥", "patches", .yes, "2026-09-02"),
    ]
    #expect(PastAnswer.earlier(than: round, startMonth: 4, others).isEmpty)
    let item = try #require(eight["2-⑥"])
    let elsewhere = PastAnswer.elsewhere(item, of: round, startMonth: 4, others + [later])
    #expect(elsewhere.map(\.pack) == ["iso-27001-2022", "roles-admin"])
    let (shelf, here) = (ChecklistShelf(own: []), (checklist: eight.id, item: item.key))
    let source = shelf.source(of: elsewhere[0], on: here, startMonth: 4)
    #expect(source.ja.contains("27001") && source.ja.contains("令和8年度") && source.ja.hasSuffix("8.8"), "\(source.ja)")
    // On the page of the same item of the same checklist only the round tells where it was said.
    let same = shelf.source(of: elsewhere[0], on: (checklist: "iso-27001-2022", item: "8.8"), startMonth: 4)
    #expect(same.ja == "令和8年度", "\(same.ja)")
  }

  /// What was said of a later time is no answer of an earlier one.
  @Test func onlyRoundsBeforeCount() throws {
    let twenty = try #require(Checklists.checklist("prefecture-20"))
    let item = try #require(twenty["15"])
    let lines = try [
      past(twenty.id, "2026-07", "15", item.topic, .level(1), "2026-07-03"),
      past(twenty.id, "2026-08", "15", item.topic, .level(0), "2026-08-03"),
      past(twenty.id, "2026-12", "15", item.topic, .level(3), "2026-12-01"),
    ]
    func earlier(_ period: String) -> String? {
      PastAnswer.earlier(than: Round(of: twenty, period: period), startMonth: 4, lines)["15"]?.period
    }
    #expect(earlier("2026-07") == nil && earlier("2026-08") == "2026-07" && earlier("2027-01") == "2026-12")
    let (seven, eight) = (
      try #require(Checklists.checklist("mhlw-hospital-r7")), try #require(Checklists.checklist("mhlw-hospital-r8"))
    )
    let years = try [
      past(seven.id, "2025", "2-⑥", "patches", .no, "2025-06-01"),
      past(eight.id, "2026", "2-⑥", "patches", .yes, "2026-06-01"),
    ]
    #expect(PastAnswer.earlier(than: Round(of: seven, period: "2025"), startMonth: 4, years).isEmpty)
    let next = PastAnswer.earlier(than: Round(of: eight, period: "2026"), startMonth: 4, years)
    #expect(next["2-⑥"]?.pack == seven.id)
    // Of other checklists is read what was said before the round ended.
    let others = try [
      past("roles-admin", "2025", "3", "patches", .yes, "2026-03-31"),
      past("iso-27001-2022", "2026", "8.8", "patches", .yes, "2026-04-01"),
    ]
    let asked = try #require(seven["2-⑥"])
    let read = PastAnswer.elsewhere(asked, of: Round(of: seven, period: "2025"), startMonth: 4, others)
    #expect(read.map(\.pack) == ["roles-admin"])
  }

  /// Two questions of one topic each keep their own answer from month to month.
  @Test func theSameNumberGoesBeforeTheLowest() throws {
    let matrix = try #require(Checklists.checklist("nist-csf-2"))
    let round = Round(of: matrix, period: "2026")
    let lines = try [
      past("nist-csf-2", "2025", "GV.SC-01", "vendor-oversight", .yes, "2025-06-01"),
      past("nist-csf-2", "2025", "GV.SC-02", "vendor-oversight", .no, "2025-06-01"),
    ]
    let found = PastAnswer.earlier(than: round, startMonth: 4, lines)
    #expect(found["GV.SC-01"]?.value == .yes && found["GV.SC-02"]?.value == .no && found["GV.SC-03"]?.value == .no)
  }

  /// Neither a press, a command nor the sentence of a contradiction takes an answer from another checklist.
  @Test(arguments: Engine.available)
  func aClaimIsNotCarriedIntoAnotherChecklist(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    let iso = try #require(Checklists.checklist("iso-27001-2022"))
    let asked = try #require(iso.items.first { $0.topic == "bcp" })
    try await assessment.answer(AnswerDraft(.yes), asked.key, of: iso, in: world.scope)
    let line = try await world.line("3-③")
    #expect(line.state == .open && line.earlier == nil && line.carried == nil && line.outdated == nil)
    #expect(try await assessment.accept([], carrying: ["3-③"], of: world.checklist, in: world.scope) == 0)
    // Evidence of the same matter is pointed at, for a person to judge.
    let draft = AttachmentDraft(
      kind: .minutes,
      body: .file(try DocumentUpload(Array("%PDF-1.7 BCP".utf8), name: "BCP.pdf")),
      datedOn: try #require(LocalDate(iso: "2026-11-20")),
      note: ""
    )
    try await assessment.attachments.add(draft, to: asked, of: iso, "2026", in: world.scope)
    let pointed = try await world.line("3-③")
    #expect(pointed.state == .open && pointed.suggestion.reason.ja.contains("BCP.pdf"))
    let past = try await assessment.rounds.newestAnswers(facility)
    let round = Round(of: world.checklist, period: "2026")
    #expect(PastAnswer.elsewhere(pointed.item, of: round, startMonth: 4, past).map(\.item) == [asked.key])
  }
}
