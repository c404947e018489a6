import Journal
import Nouns
import Time

extension Identity {
  /// What happened to an account, for the journal. Neither passwords nor codes nor their hashes ever stand in it.
  func note(
    _ kind: String,
    _ account: Account,
    by actor: Actor,
    _ visit: Visit,
    subject: (type: String, id: String, title: String)? = nil,
    changes: [(String, String?, String?)] = [],
    reason: String? = nil
  ) -> JournalEntry {
    JournalEntry(
      id: ids.next(),
      facility: account.facility.rawValue,
      at: visit.now,
      actorID: actor.id,
      actorName: actor.name,
      request: visit.request,
      set: nil,
      kind: kind,
      subjectType: subject?.type ?? "account",
      subjectID: subject?.id ?? account.id,
      subjectTitle: subject?.title ?? account.name,
      changes: changes.map { FieldChange(field: $0.0, from: $0.1, to: $0.2) },
      reason: reason
    )
  }
}
