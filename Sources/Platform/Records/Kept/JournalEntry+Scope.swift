import Journal
import Nouns
import Time

extension JournalEntry {
  /// What whoever holds a scope did: facility, actor and request are the scope's. `subject` is the type, the id and what
  /// people call it.
  package init<Permission: Permit>(
    by scope: Scope<Permission>,
    id: String,
    at now: Instant,
    set: String? = nil,
    kind: String,
    of subject: (type: String, id: String, title: String),
    changes: [FieldChange] = [],
    reason: String? = nil
  ) {
    self.init(
      id: id,
      facility: scope.facility.rawValue,
      at: now,
      actorID: scope.actor.id,
      actorName: scope.actor.name,
      request: scope.request,
      set: set,
      kind: kind,
      subjectType: subject.type,
      subjectID: subject.id,
      subjectTitle: subject.title,
      changes: changes,
      reason: reason
    )
  }
}

extension ChangeSet {
  /// Whether the program worked it out by itself, and would work it out again at once.
  package var isDerived: Bool { actorID == Actor.system.id }
}
