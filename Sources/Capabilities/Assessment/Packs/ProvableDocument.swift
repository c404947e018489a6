import Text

/// `Documentation/assessment-provable.md`: how many items of each checklist the hospital's records can answer with a yes,
/// and by which facts. Made from the packs, so that it cannot say more than they do.
package enum ProvableDocument {
  package static var text: String {
    let lines = Checklists.all.map { checklist in
      let total = checklist.items.count
      let refutable = checklist.items.count { !isProvable($0, checklist) && isRefutable($0) }
      return
        "| `\(checklist.id)` | \(checklist.title.en) | \(total) | \(checklist.provable) | \(refutable) | \(total - checklist.provable - refutable) |"
    }
    return """
      # What the records prove

      Made by `yagura assess pack provable`; a test holds it to the packs. A row says how many items of a checklist today's
      records can answer with a yes (or a level), how many they can only answer with a no, and how many only people can answer.
      What is shown beside decides no answer: it is there for whoever answers.

      | Pack | Title | Items | Provable | Only refutable | By people only |
      | --- | --- | ---: | ---: | ---: | ---: |
      \(lines.joined(separator: "\n"))

      ## By what

      \(Checklists.all.map(section).joined(separator: "\n\n"))

      """
  }

  private static func isProvable(_ item: ChecklistItem, _ checklist: Checklist) -> Bool {
    Checklists.topics[item.topic]?.isProvable(item.format.kind) ?? false
  }

  private static func isRefutable(_ item: ChecklistItem) -> Bool {
    Checklists.topics[item.topic].map { !$0.refutes.isEmpty } ?? false
  }

  private static func section(_ checklist: Checklist) -> String {
    let rows = checklist.items.map { item -> String in
      let topic = Checklists.topics[item.topic]
      let proving =
        item.format.kind == .level
        ? topic?.levels.flatMap(\.self) ?? [] : (topic?.decides ?? []) + (topic?.proves ?? [])
      let proof = facts(proving)
      let against = facts(item.format.kind == .level ? [] : (topic?.decides ?? []) + (topic?.refutes ?? []))
      let beside = topic?.beside.map { "`\($0)`" }.joined(separator: ", ") ?? ""
      return "| \(item.name.en) | \(item.topic) | \(proof) | \(against) | \(beside.isEmpty ? "–" : beside) |"
    }
    return """
      ### \(checklist.title.en) (`\(checklist.id)`): \(checklist.provable) of \(checklist.items.count)

      | Item | Topic | Yes by | No by | Shown beside |
      | --- | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))
      """
  }

  /// Each fact once, in the order of the pack.
  private static func facts(_ conditions: [EvidenceCondition]) -> String {
    var seen: Set<String> = []
    let names = conditions.map(\.fact).filter { seen.insert($0).inserted }
    return names.isEmpty ? "–" : names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
