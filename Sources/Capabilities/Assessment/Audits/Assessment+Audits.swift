import Nouns
import Packs
import Records
import Text
import Time

extension Assessment {
  package var audits: AuditStore {
    AuditStore(kept: KeptStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids))
  }

  /// What an audit can look at: a checklist of today with its edition and the round it audits, nil for none.
  package func auditScope(
    _ pack: String,
    round: String?,
    _ facility: FacilityID
  ) async throws -> (pack: String, edition: Int, round: String)? {
    guard !pack.isEmpty else { return nil }
    guard let checklist = try await checklist(pack, facility), checklist.respondent == .hospital else {
      throw KeptError.wrong([.init("pack", ja: "「\(pack)」という点検表はありません。", en: "There is no checklist “\(pack)”.")])
    }
    let start = try await schedule.fiscalYearStart(facility)
    let period = round ?? checklist.period(on: today, fiscalYearStart: start)
    guard AssessmentRoutes.isPeriod(period, checklist) else {
      throw KeptError.wrong([
        .init("round", ja: "「\(period)」はこの点検表の回ではありません。", en: "“\(period)” is no round of this checklist.")
      ])
    }
    return (checklist.id, checklist.pack.edition, period)
  }

  /// The items of the checklist that an audit looks at, with their words; empty where records are picked alone.
  package func auditItems(
    _ audit: Audit,
    _ facility: FacilityID
  ) async throws -> [(key: String, title: String)] {
    guard let checklist = try await checklist(audit.row.text("pack"), facility) else { return [] }
    return checklist.items.map { (key: $0.key, title: "\($0.name.ja) \($0.text.ja)") }
  }

  /// What somebody chose to look at: keys of items, or addresses of records, which are called as they are now.
  package func auditChoice(
    _ chosen: [String],
    of audit: Audit,
    in scope: Scope<AnswerChecks>
  ) async throws -> [(key: String, title: String)] {
    let items = Dictionary(
      try await auditItems(audit, scope.facility).map { ($0.key, $0.title) },
      uniquingKeysWith: { first, _ in first }
    )
    var found: [(key: String, title: String)] = []
    for key in chosen {
      if let title = items[key] {
        found.append((key, title))
      } else if AttachmentDraft.isOwnAddress(key), let record = try await needs.page(key, scope.reading) {
        found.append((key, record.title))
      } else {
        throw KeptError.wrong([
          .init(
            "record",
            ja: "「\(key)」という項目も記録もありません。項目の番号か、/ledger/ で始まる記録の場所を入れてください。",
            en:
              "There is no item or record “\(key)”. Give an item's number, or a record's address that begins with /ledger/."
          )
        ])
      }
    }
    return found
  }
}
