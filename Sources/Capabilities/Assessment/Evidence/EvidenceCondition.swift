import Nouns
import Packs
import Time

/// What a fact must say. Where there is no fact, or it is stale, or it speaks of nothing, the answer is nil: it cannot tell.
package struct EvidenceCondition: Sendable, Hashable {
  package enum Test: Sendable, Hashable {
    /// Nothing is wrong, of at least one that could be.
    case none
    case atLeast(Int)
    case atMost(Int)
    /// Of the whole, 0 to 100.
    case percentAtLeast(Int)
    case percentAtMost(Int)
  }

  package let fact: String
  package let test: Test

  package init(fact: String, test: Test) {
    self.fact = fact
    self.test = test
  }

  /// Whether it holds at `now`.
  package func holds(_ facts: [String: Fact], now: Instant) -> Bool? {
    guard let fact = facts[fact], fact.freshUntil >= now else { return nil }
    switch test {
    case .none: return fact.population == 0 ? nil : fact.value == 0
    case .atLeast(let number): return fact.value >= number
    case .atMost(let number): return fact.value <= number
    case .percentAtLeast(let percent): return share(fact) { $0 >= $1 * percent }
    case .percentAtMost(let percent): return share(fact) { $0 <= $1 * percent }
    }
  }

  private func share(_ fact: Fact, _ compare: (Int, Int) -> Bool) -> Bool? {
    guard let population = fact.population, population > 0 else { return nil }
    return compare(fact.value * 100, population)
  }

  static func read(_ entry: PackEntry) throws(PackError) -> EvidenceCondition {
    try entry.allow(["fact", "is", "value"])
    let word = try entry.text("is")
    let test: Test
    switch word {
    case "none": test = .none
    case "atLeast": test = .atLeast(try entry.number("value"))
    case "atMost": test = .atMost(try entry.number("value"))
    case "percentAtLeast": test = .percentAtLeast(try percent(entry))
    case "percentAtMost": test = .percentAtMost(try percent(entry))
    default:
      throw entry.wrong(
        "is",
        ja: "「is」は none、atLeast、atMost、percentAtLeast、percentAtMost のどれかです（\(word)）。",
        en: "‘is’ is none, atLeast, atMost, percentAtLeast or percentAtMost, not ‘\(word)’"
      )
    }
    return EvidenceCondition(fact: try entry.text("fact"), test: test)
  }

  private static func percent(_ entry: PackEntry) throws(PackError) -> Int {
    let value = try entry.number("value")
    guard (0...100).contains(value) else {
      throw entry.wrong("value", ja: "割合は0から100です（\(value)）。", en: "a percentage is 0 to 100, not \(value)")
    }
    return value
  }
}
