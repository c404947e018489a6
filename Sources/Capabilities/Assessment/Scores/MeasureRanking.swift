/// Which measure would raise the level most for what it takes.
package struct MeasureRanking: Sendable {
  package struct Line: Sendable {
    package let measure: ChecklistMeasure
    package let weight: MeasureWeight
    /// Levels that its items lack to the goal (a no lacks as much as level 0); what is not answered is not counted.
    package let lack: Int
    /// Items of it that lack something.
    package let items: [String]
    /// Items of it that nobody answered: the first step there is to look.
    package let unknown: Int
    /// Whether it mends an item that sets the weakest link of the whole.
    package let liftsWeakest: Bool
  }

  package let lines: [Line]

  /// Most levels for each unit of burden first; then what lifts the weakest link, then what takes less, then by number.
  ///
  /// Measures belong to topics, so that those of one checklist serve every other. `weights` are those of the facility, by
  /// number; a measure without any is left out, for nobody said what it takes.
  package init(
    _ board: ScoreBoard,
    measures: [ChecklistMeasure],
    topics: [String: String],
    weights: [String: MeasureWeight] = [:]
  ) {
    let weakest = Set(board.whole.weakestItems)
    let byMeasure = Dictionary(grouping: board.items) { topics[$0.topic] ?? "" }
    let found = measures.compactMap { measure -> Line? in
      guard let weight = weights[measure.number] ?? measure.weight, let items = byMeasure[measure.number] else {
        return nil
      }
      let lacking = items.filter { $0.value.map { $0 != .notApplicable && !$0.reaches(board.goal) } ?? false }
      let lack = lacking.reduce(0) { $0 + max(0, board.goal - ($1.value?.height ?? 0)) }
      guard lack > 0 else { return nil }
      return Line(
        measure: measure,
        weight: weight,
        lack: lack,
        items: lacking.map(\.key),
        unknown: items.count { $0.value == nil },
        liftsWeakest: lacking.contains { weakest.contains($0.key) }
      )
    }
    lines = found.sorted { left, right in
      // Compared as fractions, so that no rounding decides.
      let (a, b) = (left.lack * right.weight.burden, right.lack * left.weight.burden)
      if a != b { return a > b }
      if left.liftsWeakest != right.liftsWeakest { return left.liftsWeakest }
      if left.weight.burden != right.weight.burden { return left.weight.burden < right.weight.burden }
      return left.measure.number < right.measure.number
    }
  }
}

extension Checklists {
  /// The checklist whose measures serve all others by topic.
  static let measured = checklist("prefecture-20")

  /// The number of the measure each topic belongs to.
  package static let measureTopics: [String: String] = Dictionary(
    (measured?.items ?? []).compactMap { item in item.measure.map { (item.topic, $0) } },
    uniquingKeysWith: { first, _ in first }
  )

  package static let measures: [ChecklistMeasure] = measured?.measures ?? []
}
