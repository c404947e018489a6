/// What of one column may be shown: its tables, how many answered and how many left it empty.
///
/// Whoever left a question empty is one of few as much as whoever chose something. How many were asked is known from the
/// question that decides and from the response, so that what is empty stands in the table as one value more while the
/// hidden cells are found; where it is hidden, how many answered is hidden with it.
struct PublishedQuestion {
  /// One for each choice where several may be chosen, chosen and not chosen; else one, or none where nothing is counted.
  let tables: [PublishedTable]
  /// By stratum, then of all.
  let answered: [Int?]
  let empty: [Int?]

  /// `hiddenRows` are those whose very number of asked is hidden.
  init(_ question: Questionnaire.Question, _ column: Tally.Column, hiddenRows: Set<Int>) {
    let parts = Self.parts(question, column)
    let hasEmpty = column.empty.contains { $0 > 0 }
    let grids = parts.map { part in
      CountGrid(
        hasEmpty ? zip(part.counts, column.empty).map { $0 + [$1] } : part.counts,
        columns: part.columns + (hasEmpty ? 1 : 0)
      )
    }
    let rows = Array(0...column.answered.count)
    let all = (
      answered: column.answered + [column.answered.reduce(0, +)], empty: column.empty + [column.empty.reduce(0, +)]
    )
    var isTold = rows.map { !hiddenRows.contains($0) || all.answered[$0] + all.empty[$0] == 0 }
    // Where nobody left it empty and nothing is counted, there is nothing to work out but how many answered.
    let hidden =
      question.isCounted || hasEmpty
      ? grids.map { Suppression.hidden($0, margins: .rowsArePublic, hiddenRows: hiddenRows) } : []
    if hasEmpty {
      for (grid, hidden) in zip(grids, hidden) {
        for row in rows where hidden[row * (grid.columns + 1) + grid.columns - 1] { isTold[row] = false }
      }
    }
    answered = rows.map { isTold[$0] ? all.answered[$0] : nil }
    empty = rows.map { isTold[$0] || !hasEmpty ? all.empty[$0] : nil }
    guard question.isCounted else {
      tables = []
      return
    }
    tables = parts.indices.map { place in
      let (counts, width) = (CountGrid(parts[place].counts, columns: parts[place].columns), grids[place].columns + 1)
      let cells = rows.flatMap { row in
        (0...counts.columns).map { cell in
          if cell == counts.columns { return !isTold[row] }
          // With how many chose it, how many did not would tell how many answered.
          return hidden[place][row * width + cell] || question.kind == .choices && cell == 1 && !isTold[row]
        }
      }
      return PublishedTable(counts, hidden: cells)
    }
  }

  private static func parts(
    _ question: Questionnaire.Question,
    _ column: Tally.Column
  ) -> [(counts: [[Int]], columns: Int)] {
    switch question.kind {
    case .choices:
      question.choices.indices.map { choice in
        (zip(column.counts, column.answered).map { [$0[choice], $1 - $0[choice]] }, 2)
      }
    case _ where question.isCounted: [(column.counts, question.choices.count)]
    default: [(column.answered.map { [$0] }, 1)]
    }
  }
}
