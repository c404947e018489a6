import Foundation
import Nouns
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// What the packs say of themselves: the document of provable items, and what follows from answers.
@Suite struct ProvableTests {
  /// Made anew by `yagura assess pack provable > Documentation/assessment-provable.md`.
  @Test func theDocumentIsCurrent() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let stored = try String(contentsOf: root.appending(path: "Documentation/assessment-provable.md"), encoding: .utf8)
    #expect(
      stored == ProvableDocument.text,
      "make it anew: yagura assess pack provable > Documentation/assessment-provable.md"
    )
  }

  @Test func theNumbersAreThoseOfThePacks() throws {
    for checklist in Checklists.all {
      #expect(ProvableDocument.text.contains("(`\(checklist.id)`): \(checklist.provable) of \(checklist.items.count)"))
    }
  }

  /// One proof answers several checklists: every topic of a standard that the records prove is asked elsewhere too or stands
  /// for itself, and no item is without a topic.
  @Test func standardsAreMappedByTopic() throws {
    let own = Set(try #require(Checklists.checklist("mhlw-hospital-r8")).items.map(\.topic))
    for id in ["nist-csf-2", "iso-27001-2022"] {
      let topics = Set(try #require(Checklists.checklist(id)).items.map(\.topic))
      #expect(topics.intersection(own).count >= 12, "\(id): \(topics.intersection(own).count)")
    }
    let csf = try #require(Checklists.checklist("nist-csf-2"))
    // Numbers that version 2.0 left out when it merged 1.1 (NIST CSWP 29).
    for gone in ["ID.AM-06", "PR.DS-03", "DE.CM-04", "RS.AN-01", "RC.CO-01"] { #expect(csf[gone] == nil) }
    #expect(csf["GV.SC-10"]?.mayNotApply == true && csf["RC.CO-04"]?.topic == "report-outside")
    let iso = try #require(Checklists.checklist("iso-27001-2022"))
    #expect(iso["5.1"] != nil && iso["7.9"]?.topic == "carry-out" && iso["8.34"] != nil && iso["8.35"] == nil)
  }

  /// Guideline 7.0 (domain.md §2.2): only a yes to all is the short way; unclear is the long one.
  @Test(arguments: Engine.available)
  func theRouteIsShortOnlyWhereEverythingIsYes(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "guideline-7-route")
    func books() async throws -> [String] {
      let round = try await world.assessment.standing(world.checklist, SuggestionTests.facility).round
      return try #require(round.outcome).references.map(\.title.ja)
    }
    let long = ["概説編", "経営管理編", "企画管理編", "システム運用編"]
    #expect(try await books() == long)
    try await world.answer("1", AnswerDraft(.yes))
    try await world.answer("2", AnswerDraft(.yes))
    #expect(try await books() == long)
    try await world.answer("3", AnswerDraft(.yes))
    #expect(try await books() == ["概説編", "保守委託機関編"])
    var draft = AnswerDraft(.no)
    draft.version = 1
    try await world.answer("2", draft)
    #expect(try await books() == long)
    #expect(try #require(Checklists.checklist("mhlw-hospital-r8")).outcomes.isEmpty)
  }

  @Test func aFeeSheetGivesNoVerdict() throws {
    for id in ["fee-2024", "fee-2026"] {
      let sheet = try #require(Checklists.checklist(id))
      #expect(sheet.note?.ja.contains("判定しません") == true && sheet.outcomes.isEmpty)
    }
    // Of 2026 the requirement could not be read (domain.md §7).
    #expect(try #require(Checklists.checklist("fee-2026")).items.allSatisfy(\.isPending))
  }
}
