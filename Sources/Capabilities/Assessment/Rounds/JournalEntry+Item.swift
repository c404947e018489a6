import Journal
import Nouns
import Text
import Time

extension JournalEntry {
  /// What somebody did to an item of a round: answered it, attached to it, gave it to others.
  static func ofItem(
    _ kind: String,
    id: String,
    at now: Instant,
    _ item: ChecklistItem,
    of checklist: Checklist,
    _ period: String,
    _ changes: [FieldChange] = [],
    reason: String? = nil,
    in scope: Scope<AnswerChecks>
  ) -> JournalEntry {
    JournalEntry(
      id: id,
      facility: scope.facility.rawValue,
      at: now,
      actorID: scope.actor.id,
      actorName: scope.actor.name,
      request: scope.request,
      kind: kind,
      subjectType: "assessment",
      subjectID: "\(checklist.id)/\(period)/\(item.key)",
      subjectTitle: "\(checklist.title.ja) \(item.name.ja)",
      changes: changes,
      reason: reason
    )
  }
}
