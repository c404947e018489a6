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

  /// The items of the checklist that an audit looks at, with their words; empty where records are picked alone. A gate only
  /// opens the others: there is nothing to look at.
  package func auditItems(
    _ audit: Audit,
    _ facility: FacilityID
  ) async throws -> [(key: String, title: String)] {
    guard let checklist = try await auditChecklist(audit, facility) else { return [] }
    return checklist.items.filter { !$0.isGate }.map { (key: $0.key, title: "\($0.name.ja) \($0.text.ja)") }
  }

  /// Those of them that the round asks by its answers: a sample is drawn of these.
  package func auditDrawable(
    _ audit: Audit,
    _ facility: FacilityID
  ) async throws -> Set<String> {
    guard let checklist = try await auditChecklist(audit, facility) else { return [] }
    let round = try await rounds.round(checklist, audit.row.text("round"), facility)
    return Set(round.asked.filter { !$0.isGate }.map(\.key))
  }

  /// Draws `count` of the items that the round asks and that are not chosen yet. Throws `KeptError`.
  package func drawAudit(
    _ id: String,
    count: Int,
    seed: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> String? {
    let audit = try await audits.find(id, scope.facility)
    return try await audits.draw(
      id,
      count: count,
      seed: seed,
      from: try await auditItems(audit, scope.facility),
      among: try await auditDrawable(audit, scope.facility),
      in: scope
    )
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

  /// The checklist that an audit looks at, nil where records are picked alone.
  package func auditChecklist(_ audit: Audit, _ facility: FacilityID) async throws -> Checklist? {
    try await checklist(audit.row.text("pack"), facility)
  }

  /// Ends an audit with its conclusion. Throws `KeptError` with what is unsettled.
  package func closeAudit(_ id: String, conclusion: String, in scope: Scope<AnswerChecks>) async throws -> String? {
    let audit = try await audits.find(id, scope.facility)
    let checklist = try await auditChecklist(audit, scope.facility)
    return try await audits.close(id, of: checklist, conclusion: conclusion, in: scope)
  }

  /// Keeps evidence that an auditor saw. Throws `AnswerProblems`, `WithdrawnAgain` and `KeptError`.
  package func attach(
    _ evidence: Evidence,
    toSampled item: String,
    of audit: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> Attachment {
    let draft = try await draft(evidence, in: scope.reading)
    let id = try await audits.attach(draft, to: item, of: audit, in: scope)
    guard let kept = try await attachments.find(id, scope.facility) else { throw KeptError.notFound }
    return kept
  }

  /// The evidence that was seen in an audit.
  package func evidence(ofAudit id: String, _ facility: FacilityID) async throws -> [Attachment] {
    try await attachments.all(AttachmentPlace.audit, id, facility)
  }
}
