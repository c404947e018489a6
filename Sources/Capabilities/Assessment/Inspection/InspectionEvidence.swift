import Crypto
import Nouns
import Sealing
import Text
import Time

/// One proof behind an answer: what the records said, as of when, and a fingerprint of exactly that.
package struct InspectionEvidence: Sendable, Hashable {
  /// The item, as in `2-⑥`.
  package let item: String
  package let fact: String
  package let label: Localized
  package let value: Int
  package let population: Int?
  package let asOf: Instant
  /// Until when it counts.
  package let freshUntil: Instant
  package let records: Int
  /// SHA-256 over key, value, population, time and the ids of the records.
  package let hash: String

  init(_ item: ChecklistItem, _ fact: Fact) {
    self.item = item.key
    self.fact = fact.key
    label = fact.label
    value = fact.value
    population = fact.population
    asOf = fact.asOf
    freshUntil = fact.freshUntil
    records = fact.records.count
    var hash = SHA256()
    let parts =
      [fact.key, String(fact.value), fact.population.map { String($0) } ?? "", fact.asOf.iso] + fact.records.sorted()
    for part in parts { hash.update(data: Array("\(part.utf8.count):\(part),".utf8)) }
    self.hash = Hex.encode(hash.finalize())
  }

  /// 「3 / 46」.
  package var figure: String { population.map { "\(value) / \($0)" } ?? String(value) }
}
