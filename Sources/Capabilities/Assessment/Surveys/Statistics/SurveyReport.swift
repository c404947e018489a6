/// What a survey found, as it may be shown: counts by stratum with small ones hidden.
package struct SurveyReport: Sendable {
  package struct Line: Sendable {
    package let column: Questionnaire.Column
    package let question: Questionnaire.Question
    /// Strata down, choices across, with margins. Nil for dates, texts and numbers. Of several choices there is one table
    /// for each, chosen and not chosen.
    package let tables: [PublishedTable]
    /// By stratum, then of all; empty for anything but numbers.
    package let numbers: [NumberSummary?]
    /// By stratum, then of all: asked, and left empty.
    package let empty: [Int]
    /// Of all, for each choice, where the answers are a sample.
    package let intervals: [Interval?]
  }

  package let strata: [String]
  package let participation: Participation
  package let lines: [Line]
  package let questionnaire: Questionnaire

  /// `population` is how many there are in all, of whom a sample was asked; nil where everybody was asked.
  package init(
    _ questionnaire: Questionnaire,
    _ tally: Tally,
    participation: Participation,
    population: Int?
  ) {
    self.questionnaire = questionnaire
    self.participation = participation
    strata = tally.strata
    let questions = Dictionary(questionnaire.questions.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    var hiddenRows: [String: Set<Int>] = [:]
    var lines: [Line] = []
    for column in questionnaire.columns {
      guard let question = questions[column.question] else { continue }
      let counted = tally.columns[column.place]
      // How many were asked says what they answered to the question that decides; where that is hidden, so is this.
      let rows = question.condition.flatMap { hiddenRows[$0.question] } ?? []
      let tables = Self.tables(question, counted, hiddenRows: rows)
      if let table = tables.first {
        hiddenRows[question.key, default: rows].formUnion((0...table.rows).filter { table.hides(row: $0) })
      }
      lines.append(
        Line(
          column: column,
          question: question,
          tables: tables,
          numbers: question.kind == .number ? Self.numbers(counted, hiddenRows: rows) : [],
          empty: counted.empty + [counted.empty.reduce(0, +)],
          intervals: population.map { Self.intervals(question, tables, population: $0) } ?? []
        )
      )
    }
    self.lines = lines
  }

  package subscript(key: String) -> Line? { lines.first { $0.column.key == key } }

  private static func tables(
    _ question: Questionnaire.Question,
    _ column: Tally.Column,
    hiddenRows: Set<Int>
  ) -> [PublishedTable] {
    guard question.isCounted else { return [] }
    func table(_ inner: [[Int]], _ columns: Int) -> PublishedTable {
      let grid = CountGrid(inner, columns: columns)
      return PublishedTable(
        grid,
        hidden: Suppression.hidden(grid, margins: .rowsArePublic, hiddenRows: hiddenRows)
      )
    }
    guard question.kind == .choices else { return [table(column.counts, question.choices.count)] }
    return question.choices.indices.map { choice in
      table(
        column.counts.indices.map { [column.counts[$0][choice], column.answered[$0] - column.counts[$0][choice]] },
        2
      )
    }
  }

  private static func numbers(_ column: Tally.Column, hiddenRows: Set<Int>) -> [NumberSummary?] {
    let all = NumberSummary.all(column.numbers)
    return all.indices.map { hiddenRows.contains($0) ? nil : all[$0] }
  }

  private static func intervals(
    _ question: Questionnaire.Question,
    _ tables: [PublishedTable],
    population: Int
  ) -> [Interval?] {
    question.choices.indices.map { choice in
      let (table, column) = question.kind == .choices ? (tables[choice], 0) : (tables[0], choice)
      guard let count = table[table.rows, column], let answered = table[table.rows, table.columns] else { return nil }
      return Interval(count, of: answered, population: max(population, answered))
    }
  }
}
