import SQL
import Text
import Time

/// One row of the audit trail: who changed which field of what from what to what, when and why, or what happened.
package struct JournalEntry: Sendable, Hashable {
  package let id: String
  package let facility: String
  package let at: Instant
  package let actorID: String
  /// As shown at the time.
  package let actorName: String
  /// The request or command that did it.
  package let request: String
  /// The change set it belongs to, nil for events that stand alone.
  package let set: String?
  /// `asset.changed`: what it is about, and what was done.
  package let kind: String
  package let subjectType: String
  package let subjectID: String
  /// What people called the subject at the time.
  package let subjectTitle: String
  package let changes: [FieldChange]
  package let reason: String?
  /// Which of the entries written together it is.
  package internal(set) var place = 0
  /// Its number in the sealed chain, nil until the sealer has reached it.
  package internal(set) var sequence: Int?

  package init(
    id: String,
    facility: String,
    at: Instant,
    actorID: String,
    actorName: String,
    request: String,
    set: String? = nil,
    kind: String,
    subjectType: String,
    subjectID: String,
    subjectTitle: String,
    changes: [FieldChange] = [],
    reason: String? = nil
  ) {
    self.id = id
    self.facility = facility
    self.at = at
    self.actorID = actorID
    self.actorName = actorName
    self.request = request
    self.set = set
    self.kind = kind
    self.subjectType = subjectType
    self.subjectID = subjectID
    self.subjectTitle = subjectTitle
    self.changes = changes
    self.reason = reason
  }
}

extension JournalEntry {
  /// What taking the entry back would change. Pure; the owner of the table applies it.
  package var inverse: [FieldChange] { changes.map { FieldChange(field: $0.field, from: $0.to, to: $0.from) } }
}

/// One field of a record, before and after. Nil is not recorded.
package struct FieldChange: Sendable, Hashable {
  package let field: String
  package let from: String?
  package let to: String?

  package init(field: String, from: String?, to: String?) {
    self.field = field
    self.from = from
    self.to = to
  }
}

/// Several entries that were made together and can be taken back together: an edit, a bulk action, an import.
package struct ChangeSet: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable { case edit, bulk, `import`, undo }

  package let id: String
  package let facility: String
  package let kind: Kind
  package let title: Localized
  /// Nil where the set has no entry.
  package let actorID: String?
  package let actorName: String
  package let at: Instant
  package let count: Int
  /// The change set that took this one back.
  package let undoneBy: String?

  /// Seven days after it was made.
  package var undoUntil: Instant { at.adding(days: 7) }

  /// Why it cannot be taken back at this time; nil where it can.
  package func whyItStays(at now: Instant) -> Localized? {
    if undoneBy != nil { return Localized(ja: "この変更はすでに取り消されています。", en: "This has already been taken back.") }
    guard now > undoUntil else { return nil }
    return Localized(
      ja: "取り消せる期間（7日間）を過ぎています。",
      en: "It was longer ago than the seven days in which it can be taken back."
    )
  }

  /// Why nothing of it could be put back.
  package static let changedSince = Localized(
    ja: "そのあとに変更されているため、取り消せるものがありません。",
    en: "It was changed since, so there is nothing to take back."
  )
}
