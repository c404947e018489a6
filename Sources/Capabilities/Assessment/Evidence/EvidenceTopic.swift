import Packs
import Text

/// What a checklist item is about, the same through all editions, and which records answer it.
package struct EvidenceTopic: Sendable {
  package let key: String
  package let title: Localized
  /// All hold: yes. One fails: no.
  package let decides: [EvidenceCondition]
  /// All hold: yes. A failing one alone does not make a no.
  package let proves: [EvidenceCondition]
  /// One holds: no.
  package let refutes: [EvidenceCondition]
  /// What each level takes, from 1 upwards.
  package let levels: [[EvidenceCondition]]
  /// Which record would show it, for those who have none.
  package let needs: Localized

  /// Whether records can lead to a yes (or to the goal of a level).
  package func isProvable(_ form: Checklist.Form) -> Bool {
    switch form {
    case .checklist: !decides.isEmpty || !proves.isEmpty
    case .levels: !levels.isEmpty
    }
  }

  package static func read(_ pack: Pack) throws(PackError) -> [String: EvidenceTopic] {
    var topics: [String: EvidenceTopic] = [:]
    for entry in pack.entries {
      let topic = try read(entry)
      guard topics.updateValue(topic, forKey: topic.key) == nil else {
        throw entry.wrong("topic", ja: "「\(topic.key)」が2つあります。", en: "‘\(topic.key)’ stands twice")
      }
    }
    return topics
  }

  private static func read(_ entry: PackEntry) throws(PackError) -> EvidenceTopic {
    try entry.allow(["topic", "title", "decides", "proves", "refutes", "levels", "needs"])
    var levels: [[EvidenceCondition]] = []
    for level in try entry.entries("levels") {
      try level.allow(["level", "proves"])
      guard try level.number("level") == levels.count + 1, levels.count < 3 else {
        throw level.wrong("level", ja: "レベルは1から順に3までです。", en: "levels run from 1 to 3 in order")
      }
      levels.append(try conditions(level, "proves"))
    }
    return EvidenceTopic(
      key: try entry.text("topic"),
      title: Localized(try entry.words("title")),
      decides: try conditions(entry, "decides"),
      proves: try conditions(entry, "proves"),
      refutes: try conditions(entry, "refutes"),
      levels: levels,
      needs: Localized(try entry.words("needs"))
    )
  }

  private static func conditions(_ entry: PackEntry, _ name: String) throws(PackError) -> [EvidenceCondition] {
    var conditions: [EvidenceCondition] = []
    for condition in try entry.entries(name) { conditions.append(try EvidenceCondition.read(condition)) }
    return conditions
  }
}
