import Web
import Text
import Nouns
import Packs
import Time

extension Assessment {
  package var drafts: ChecklistDraftStore {
    ChecklistDraftStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids)
  }

  /// Makes a draft: empty, the next edition of an own pack (`own-radiology`), or a copy of one of the program
  /// (`prefecture-20`). Answers its id. Throws `DraftConflict.tooMany` and `OwnChecklistProblem.notFound`.
  package func makeDraft(from pack: String, in scope: Scope<AnswerChecks>) async throws -> String {
    try await drafts.add(try await draft(from: pack, scope.facility), in: scope)
  }

  /// The edition a draft would become.
  package func nextEdition(of kept: KeptDraft, _ facility: FacilityID) async throws -> Int {
    try await packs.nextEdition(kept.draft.head.pack, facility)
  }

  private func draft(from pack: String, _ facility: FacilityID) async throws -> ChecklistDraft {
    if pack.isEmpty {
      var draft = ChecklistDraft()
      draft.head.pack = OwnChecklist.prefix
      let start = try await schedule.fiscalYearStart(facility)
      draft.head.validFrom = FiscalYear(containing: today, startMonth: start).first.iso
      draft.put(ChecklistDraft.Section(id: 0, number: "1", title: .init("点検項目", "Items")))
      return draft
    }
    if let own = try await own(pack, facility) {
      return try ChecklistDraft(copying: own.source, file: own.fileName, as: own.pack)
    }
    guard let source = Checklists.text(pack) else { throw OwnChecklistProblem.notFound(pack) }
    return try ChecklistDraft(copying: source, file: pack, as: String((OwnChecklist.prefix + pack).prefix(40)))
  }

  /// The draft of an address. Throws a page that is not there.
  func keptDraft(_ id: String, _ facility: FacilityID) async throws -> KeptDraft {
    guard let kept = try await drafts.find(id, facility) else {
      throw WebError.notFound(Localized(ja: "この下書き", en: "This draft"))
    }
    return kept
  }
}
