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
    note(
      kind,
      subject ?? (type: "account", id: account.id, title: account.name),
      in: account.facility,
      by: actor,
      visit,
      changes: changes,
      reason: reason
    )
  }

  /// What happened to something else than an account.
  func note(
    _ kind: String,
    _ subject: (type: String, id: String, title: String),
    in facility: FacilityID,
    by actor: Actor,
    _ visit: Visit,
    changes: [(String, String?, String?)] = [],
    reason: String? = nil
  ) -> JournalEntry {
    JournalEntry(
      id: ids.next(),
      facility: facility.rawValue,
      at: visit.now,
      actorID: actor.id,
      actorName: actor.name,
      request: visit.request,
      set: nil,
      kind: kind,
      subjectType: subject.type,
      subjectID: subject.id,
      subjectTitle: subject.title,
      changes: changes.map { FieldChange(field: $0.0, from: $0.1, to: $0.2) },
      reason: reason
    )
  }
}
