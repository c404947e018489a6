import Blobs
import Text
import Time

/// Something that a person attached to an answer to prove it, kept as it was on that day.
package struct Attachment: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case document, minutes, photograph
    /// A record of the ledger, with what it said.
    case page

    package var label: Localized {
      switch self {
      case .document: Localized(ja: "文書", en: "Document")
      case .minutes: Localized(ja: "議事録", en: "Minutes")
      case .photograph: Localized(ja: "写真", en: "Photograph")
      case .page: Localized(ja: "台帳の記録", en: "Record")
      }
    }
  }

  package let id: String
  package let pack: String
  package let period: String
  package let item: String
  package let topic: String
  package let kind: Kind
  /// The name of the file, or of the record.
  package let title: String
  /// Nil for a record.
  package let type: MediaKind?
  /// Bytes.
  package let size: Int
  /// SHA-256 of the bytes in hexadecimal; of a record, of what it said.
  package let hash: String
  /// Where the record is; empty for a file.
  package let link: String
  /// What the record said; empty for a file.
  package let contents: String
  package let note: String
  /// The day it speaks of: from then on it ages.
  package let datedOn: LocalDate
  package let addedAt: Instant
  package let addedBy: String
  /// The period of an own topic, where the checklist was asked for it.
  var ownKeeps: Int?
  /// When its content was withdrawn; nil for nearly all. From then on it proves nothing.
  package var withdrawnAt: Instant?

  /// Its title, with a word where the content is gone.
  package func shownTitle(_ language: Language) -> String {
    withdrawnAt == nil ? title : Localized(ja: "\(title)（取り下げ）", en: "\(title) (withdrawn)")[language]
  }

  /// The last day on which it proves anything, by the period of its topic in days.
  package func goodUntil(keeps days: Int) -> LocalDate {
    let day = datedOn.adding(days: days)
    return withdrawnAt.map { min($0.day, day) } ?? day
  }

  package func isStale(on today: LocalDate, keeps days: Int) -> Bool {
    withdrawnAt != nil || today > goodUntil(keeps: days)
  }
}

extension Attachment {
  /// The last day on which it proves anything.
  package var goodUntil: LocalDate { goodUntil(keeps: keeps) }

  /// The period of its topic, by the pack.
  var keeps: Int { ownKeeps ?? Checklists.topics[topic]?.keeps ?? EvidenceTopic.usualKeeps }

  /// The same, good for as long as the checklist says whose own topic it is about.
  func keeping(by checklist: Checklist) -> Attachment {
    var copy = self
    copy.ownKeeps = checklist.topics[topic]?.keeps
    return copy
  }

  func isStale(on today: LocalDate) -> Bool { isStale(on: today, keeps: keeps) }
}
