import Text

/// What follows from the answers of a checklist that decides something, as the route through guideline 7.0 (domain.md §2.2).
package struct ChecklistOutcome: Sendable {
  package struct Reference: Sendable {
    package let title: Localized
    package let address: String?
  }

  /// Whether it holds where every item is answered yes; the other one holds for a no, and where it is not clear.
  package let isForAllYes: Bool
  package let title: Localized
  package let references: [Reference]
}

extension Round {
  /// The outcome of the answers so far, nil for a checklist that decides nothing. What is not answered counts as not clear.
  package var outcome: ChecklistOutcome? {
    let isAllYes = checklist.items.allSatisfy { answers[$0.key]?.latest == .yes }
    return checklist.outcomes.first { $0.isForAllYes == isAllYes }
  }
}
