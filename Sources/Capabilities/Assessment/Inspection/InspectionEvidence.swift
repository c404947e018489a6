import Blobs
import Nouns
import Text
import Time

/// One proof behind an answer: what the records said, or what a person attached, as of when, and a fingerprint of exactly
/// that.
package struct InspectionEvidence: Sendable, Hashable {
  /// The item, as in `2-⑥`.
  package let item: Localized
  /// What the record is called.
  package let source: Localized
  package let label: Localized
  /// 「3 / 46」 of a fact, the kind of an attachment.
  package let figure: Localized
  package let asOf: LocalDate
  /// The last day on which it counts.
  package let goodUntil: LocalDate
  package let records: Int
  /// SHA-256: of an attachment its own, of a fact that of `text`.
  package let hash: String
  /// What a fact said, as a text that goes with the papers, so that anybody can work out its fingerprint again: the same
  /// records on the same day make the same text. Nil for an attachment.
  package let text: String?

  init(_ item: ChecklistItem, _ fact: Fact) {
    self.item = item.name
    source = RecordNames.shipped.name(of: fact.key) ?? fact.label
    label = fact.label
    figure = Localized(both: fact.population.map { "\(fact.value) / \($0)" } ?? String(fact.value))
    asOf = fact.asOf.day
    goodUntil = fact.freshUntil.day
    records = fact.recordCount
    let listed = fact.listed
    let text =
      ([
        "fact: \(fact.key)", "value: \(fact.value)", "of: \(fact.population.map { String($0) } ?? "-")",
        "as of: \(fact.asOf.day.iso)",
        listed.count < fact.recordCount ? "records (\(listed.count) of \(fact.recordCount)):" : "records:",
      ] + listed.sorted()).joined(separator: "\n") + "\n"
    self.text = text
    hash = BlobStore.name(of: Array(text.utf8))
  }

  init(_ item: ChecklistItem, _ attachment: Attachment) {
    self.item = item.name
    source = Localized(ja: "添付したもの", en: "Attached")
    text = nil
    label = Localized(ja: attachment.shownTitle(.ja), en: attachment.shownTitle(.en))
    figure = attachment.kind.label
    asOf = attachment.datedOn
    // Withdrawn evidence counts for nothing from that day on.
    goodUntil =
      attachment.withdrawnAt.map { $0.day.adding(days: -1) } ?? attachment.goodUntil(keeps: attachment.keeps)
    records = 0
    hash = attachment.hash
  }
}
