import Journal
import Nouns
import Records

/// What the journal says of a step's approval: whether the step still reads as it did when it was approved, and who wrote
/// what stands there. Pure.
struct CutApproval: Sendable, Hashable {
  /// Something that matters was changed after the approval.
  let isOvertaken: Bool
  /// The account that last changed what the step says.
  let author: String?

  /// What is approved: which thing is cut, in which order, how, where and by whom, and what that stops.
  static let contents = ["stage", "position", "name", "how", "place", "who", "effect", "connection"]
  private static let marks = ["approved_by", "approved_on"]

  /// From the entries of one step, the newest first. A change that also renews the approval is approved with it; one that
  /// was taken back since, so that the old words stand again, does no harm.
  init(_ step: Record, _ entries: [JournalEntry]) {
    var was: [String: String?] = [:]
    for entry in entries {
      if entry.changes.contains(where: { Self.marks.contains($0.field) }) { break }
      for change in entry.changes where Self.contents.contains(change.field) { was[change.field] = change.from }
    }
    isOvertaken = was.contains { field, before in (step[field] ?? "") != (before ?? "") }
    author = entries.first { entry in entry.changes.contains { Self.contents.contains($0.field) } }?.actorID
  }

  /// Entered by one named person, approved by another, and unchanged since.
  static func holds(_ step: Record, _ approval: CutApproval?) -> Bool {
    guard let entered = step.known("entered_by"), let approved = step.known("approved_by") else { return false }
    return entered != approved && step.date("approved_on") != nil && approval?.isOvertaken != true
  }

  /// Somebody approved it, and it was changed since.
  static func isOvertaken(_ step: Record, _ approval: CutApproval?) -> Bool {
    step.known("approved_by") != nil && approval?.isOvertaken == true
  }

  /// Of all these steps, from the journal.
  static func read(
    _ steps: [Record],
    _ store: RecordStore,
    _ facility: FacilityID
  ) async throws -> [String: CutApproval] {
    let entries = try await JournalReader(database: store.database)
      .histories(of: Kind.cutStep.key, ids: steps.map(\.id), facility: facility.rawValue)
    return Dictionary(uniqueKeysWithValues: steps.map { ($0.id, CutApproval($0, entries[$0.id] ?? [])) })
  }
}
