import Crypto
import Nouns
import Sealing
import Text
import Time

/// One proof behind an answer: what the records said, or what a person attached, as of when, and a fingerprint of exactly
/// that.
package struct InspectionEvidence: Sendable, Hashable {
  /// The item, as in `2-⑥`.
  package let item: String
  /// The key of the fact, or `attachment`.
  package let source: String
  package let label: Localized
  /// 「3 / 46」 of a fact, the kind of an attachment.
  package let figure: Localized
  package let asOf: LocalDate
  /// The last day on which it counts.
  package let goodUntil: LocalDate
  package let records: Int
  /// SHA-256: of an attachment its own, of a fact over key, value, population, time and the ids of its records.
  package let hash: String

  init(_ item: ChecklistItem, _ fact: Fact) {
    self.item = item.key
    source = fact.key
    label = fact.label
    figure = Localized(both: fact.population.map { "\(fact.value) / \($0)" } ?? String(fact.value))
    asOf = fact.asOf.day
    goodUntil = fact.freshUntil.day
    records = fact.records.count
    var hash = SHA256()
    let parts =
      [fact.key, String(fact.value), fact.population.map { String($0) } ?? "", fact.asOf.iso] + fact.records.sorted()
    for part in parts { hash.update(data: Array("\(part.utf8.count):\(part),".utf8)) }
    self.hash = Hex.encode(hash.finalize())
  }

  init(_ item: ChecklistItem, _ attachment: Attachment) {
    self.item = item.key
    source = "attachment"
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
