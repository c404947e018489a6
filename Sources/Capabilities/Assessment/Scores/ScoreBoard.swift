import Text

/// Every score of a round: the whole, and by section, part of the defence, role, and department.
package struct ScoreBoard: Sendable {
  package struct Line: Sendable {
    /// Stable: `section.2`, `defence.people`, `role.user`, `department.` and its id.
    package let key: String
    package let title: Localized
    package let score: Score
  }

  /// A department with the items it is asked for.
  package struct Department: Sendable, Hashable {
    package let id: String
    package let name: String
    /// By key.
    package let items: Set<String>

    package init(id: String, name: String, items: Set<String>) {
      self.id = id
      self.name = name
      self.items = items
    }

    /// Those that are asked for anything, by name.
    static func all(_ assignments: [Assignment]) -> [Department] {
      Dictionary(grouping: assignments.filter { $0.department != nil }) { $0.department ?? "" }.map { id, asked in
        Department(id: id, name: asked[0].name, items: Set(asked.map(\.item)))
      }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
  }

  package let goal: Int
  package let whole: Score
  package let sections: [Line]
  package let defences: [Line]
  package let roles: [Line]
  /// What departments were asked for; empty where nobody asked any.
  package let departments: [Line]
  package let items: [CountedItem]

  /// All but the whole.
  package var groups: [Line] { sections + defences + roles + departments }

  /// The level of the whole defence is that of its lowest part; several may be equally low.
  package var weakestParts: [Line] {
    let parts = defences.filter { $0.score.applicable > 0 }
    guard let lowest = parts.map(\.score.weakest.order).min() else { return [] }
    return parts.filter { $0.score.weakest.order == lowest }
  }

  package init(
    _ checklist: Checklist,
    _ items: [CountedItem],
    defences: Defences = .shipped,
    departments: [Department] = []
  ) {
    let goal = checklist.goal ?? 2
    let byKey = Dictionary(items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    func line(_ key: String, _ title: Localized, _ items: [CountedItem]) -> Line? {
      items.isEmpty ? nil : Line(key: key, title: title, score: Score(items, goal: goal))
    }
    self.goal = goal
    self.items = items
    whole = Score(items, goal: goal)
    sections = checklist.sections.compactMap { section in
      guard !section.number.isEmpty else { return nil }
      let title =
        Int(section.number) == nil
        ? section.title
        : Localized(
          ja: "\(section.number)　\(section.title.ja)",
          en: "\(section.number) \(section.title.en)"
        )
      return line("section.\(section.number)", title, section.items.compactMap { byKey[$0.key] })
    }
    self.defences = Defences.Part.allCases.compactMap { part in
      line("defence.\(part.rawValue)", part.label, items.filter { defences.part($0.topic) == part })
    }
    roles = Defences.Actor.allCases.compactMap { actor in
      line("role.\(actor.rawValue)", actor.label, items.filter { defences.actor($0.topic) == actor })
    }
    self.departments = departments.compactMap { department in
      line(
        "department.\(department.id)",
        Localized(both: department.name),
        items.filter { department.items.contains($0.key) }
      )
    }
  }

  package init(_ standing: Assessment.Standing, departments: [Department] = []) {
    self.init(
      standing.round.checklist,
      standing.items.compactMap { line in
        let suggestion = line.suggestion
        return line.item.counted(line.answer, shown: suggestion.proven, applies: suggestion.applying != nil)
      },
      departments: departments
    )
  }
}

extension Score.Weakest {
  /// Lower is weaker: an unknown part is weaker than every known one, for nobody can rely on it.
  var order: Int {
    switch self {
    case .unknown: -1
    case .atMost(let value): value.height * 2
    case .exactly(let value): value.height * 2 + 1
    case .nothing: 100
    }
  }
}
