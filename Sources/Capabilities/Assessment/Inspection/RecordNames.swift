import Nouns
import Packs
import Text

/// What the records behind facts are called where they are shown to people (pack `assessment.records`).
struct RecordNames: Sendable {
  private struct Entry {
    let name: Localized
    /// The kind of record whose register has an extract in the papers of an inspection.
    let register: String?
  }

  /// By the front of a fact's key, `ledger.assets`.
  private let entries: [String: Entry]

  static let shipped: RecordNames = Packs.require("assessment/records.yaml", RecordNames.read(_:))

  /// The name by the longest front of the key; nil for a fact that nobody named.
  func name(of fact: String) -> Localized? { entry(of: fact)?.name }

  /// The kind of record that is counted, where its register has an extract in the papers of an inspection.
  func register(of fact: String) -> String? { entry(of: fact)?.register }

  private func entry(of fact: String) -> Entry? {
    var front = fact[...]
    while !front.isEmpty {
      if let entry = entries[String(front)] { return entry }
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
    var entries: [String: Entry] = [:]
    for entry in pack.entries {
      try entry.allow(["fact", "record", "register"])
      let fact = try entry.text("fact")
      let named = Entry(name: Localized(try entry.words("record")), register: try entry.optionalText("register"))
      guard entries.updateValue(named, forKey: fact) == nil else {
        throw entry.wrong("fact", ja: "「\(fact)」が2つあります。", en: "‘\(fact)’ stands twice")
      }
    }
    return RecordNames(entries: entries)
  }
}
