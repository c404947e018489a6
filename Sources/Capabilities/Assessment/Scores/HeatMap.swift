import Text

/// 是正・発見・予防 × 組織・システム・人: a score for each cell.
package struct HeatMap: Sendable {
  package struct Row: Sendable {
    package let row: ChecklistItem.Row
    /// One for each column; nil where the checklist asks nothing.
    package let cells: [Cell?]
  }

  package struct Cell: Sendable {
    package let score: Score
    package let items: [ChecklistItem]
  }

  package let columns: [Localized]
  package let rows: [Row]

  /// Nil for a checklist without rows.
  package init?(_ checklist: Checklist, _ items: [CountedItem]) {
    guard checklist.items.contains(where: { $0.row != nil }) else { return nil }
    let byKey = Dictionary(items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    columns = checklist.sections.map(\.title)
    rows = ChecklistItem.Row.allCases.map { row in
      Row(
        row: row,
        cells: checklist.sections.map { section in
          let asked = section.items.filter { $0.row == row && $0.isCounted }
          guard !asked.isEmpty else { return nil }
          return Cell(score: Score(asked.compactMap { byKey[$0.key] }, goal: checklist.goal ?? 2), items: asked)
        }
      )
    }
  }
}
