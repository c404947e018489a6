import Journal
import Nouns
import Records
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
      by: scope,
      id: id,
      at: now,
      kind: kind,
      of: ("assessment", "\(checklist.id)/\(period)/\(item.key)", "\(checklist.title.ja) \(item.name.ja)"),
      changes: changes,
      reason: reason
    )
  }
}
