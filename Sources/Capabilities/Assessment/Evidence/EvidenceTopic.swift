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
  /// Facts that decide nothing here, shown to whoever answers.
  package let beside: [String]
  /// Which record would show it, for those who have none.
  package let needs: Localized
  /// For how many days something attached to an answer proves it.
  package let keeps: Int

  /// A year and a day: what is shown once a fiscal year.
  package static let usualKeeps = 366

  init(
    key: String,
    title: Localized,
    decides: [EvidenceCondition],
    proves: [EvidenceCondition],
    refutes: [EvidenceCondition],
    levels: [[EvidenceCondition]],
    beside: [String] = [],
    needs: Localized,
    keeps: Int = EvidenceTopic.usualKeeps
  ) {
    self.key = key
    self.title = title
    self.decides = decides
    self.proves = proves
    self.refutes = refutes
    self.levels = levels
    self.beside = beside
    self.needs = needs
    self.keeps = keeps
  }

  /// All conditions, whatever they show.
  package var conditions: [EvidenceCondition] { decides + proves + refutes + levels.flatMap(\.self) }

  /// Every fact it names, also those that decide nothing.
  package var namedFacts: Set<String> { Set(conditions.map(\.fact) + beside) }

  /// Whether records can lead to a yes (or to the goal of a level).
  package func isProvable(_ kind: AnswerKind) -> Bool {
    switch kind {
    case .yesNo: !decides.isEmpty || !proves.isEmpty
    case .level: !levels.isEmpty
    case .choice, .choices, .number, .date, .text, .matrix: false
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

  static func read(_ entry: PackEntry) throws(PackError) -> EvidenceTopic {
    try entry.allow(["topic", "title", "decides", "proves", "refutes", "levels", "beside", "needs", "keeps"])
    var levels: [[EvidenceCondition]] = []
    for level in try entry.entries("levels") {
      try level.allow(["level", "proves"])
      guard try level.number("level") == levels.count + 1, levels.count < 3 else {
        throw level.wrong("level", ja: "レベルは1から順に3までです。", en: "levels run from 1 to 3 in order")
      }
      levels.append(try conditions(level, "proves"))
    }
    let keeps = entry.has("keeps") ? try entry.number("keeps") : usualKeeps
    guard (1...3_660).contains(keeps) else {
      throw entry.wrong("keeps", ja: "「keeps」は1から3660までの日数です。", en: "‘keeps’ is 1 to 3660 days")
    }
    return EvidenceTopic(
      key: try entry.text("topic"),
      title: Localized(try entry.words("title")),
      decides: try conditions(entry, "decides"),
      proves: try conditions(entry, "proves"),
      refutes: try conditions(entry, "refutes"),
      levels: levels,
      beside: try entry.texts("beside"),
      needs: Localized(try entry.words("needs")),
      keeps: keeps
    )
  }

  private static func conditions(_ entry: PackEntry, _ name: String) throws(PackError) -> [EvidenceCondition] {
    var conditions: [EvidenceCondition] = []
    for condition in try entry.entries(name) { conditions.append(try EvidenceCondition.read(condition)) }
    return conditions
  }
}
