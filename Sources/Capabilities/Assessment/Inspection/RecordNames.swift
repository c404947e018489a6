import Nouns
import Packs
import Text

/// What the records behind facts are called where they are shown to people (pack `assessment.records`).
struct RecordNames: Sendable {
  /// By the front of a fact's key, `ledger.assets`.
  private let names: [String: Localized]

  static let shipped: RecordNames = Packs.require("assessment/records.yaml", RecordNames.read(_:))

  /// The name by the longest front of the key; nil for a fact that nobody named.
  func name(of fact: String) -> Localized? {
    var front = fact[...]
    while !front.isEmpty {
      if let name = names[String(front)] { return name }
      guard let dot = front.lastIndex(of: ".") else { return nil }
      front = front[..<dot]
    }
    return nil
  }

  /// Those of some facts, each once, in their order.
  func names(of facts: [Fact]) -> [Localized] {
    var seen: Set<Localized> = []
    return facts.compactMap { name(of: $0.key) }.filter { seen.insert($0).inserted }
  }

  static func read(_ pack: Pack) throws(PackError) -> RecordNames {
    var names: [String: Localized] = [:]
    for entry in pack.entries {
      try entry.allow(["fact", "record"])
      let fact = try entry.text("fact")
      guard names.updateValue(Localized(try entry.words("record")), forKey: fact) == nil else {
        throw entry.wrong("fact", ja: "「\(fact)」が2つあります。", en: "‘\(fact)’ stands twice")
      }
    }
    return RecordNames(names: names)
  }
}
