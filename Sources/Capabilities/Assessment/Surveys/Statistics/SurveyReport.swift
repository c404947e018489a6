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
    /// By stratum, then of all: how many answered; nil where it is hidden.
    package let answered: [Int?]
    /// By stratum, then of all: asked, and left empty; nil where it is hidden.
    package let empty: [Int?]
    /// Of all, for each choice, where the answers are a sample.
    package let intervals: [Interval?]
  }

  package let strata: [String]
  package let participation: Participation
  package let lines: [Line]
  package let questionnaire: Questionnaire
  /// Whether nobody can answer any more.
  package let isOver: Bool
  /// Whether nothing but the response is told, as answers that are only counted still come in.
  package let isHeldBack: Bool

  /// The response alone. While answers come in that are only counted, whoever looked before and after one of them would see
  /// what came between, and beside it who has answered.
  package init(heldBack questionnaire: Questionnaire, participation: Participation) {
    self.questionnaire = questionnaire
    self.participation = participation
    strata = participation.lines.map(\.stratum)
    lines = []
    (isOver, isHeldBack) = (false, true)
  }

  /// `population` is how many there are in all, of whom a sample was asked; nil where everybody was asked.
  package init(
    _ questionnaire: Questionnaire,
    _ tally: Tally,
    participation: Participation,
    population: Int?,
    isOver: Bool = true
  ) {
    self.questionnaire = questionnaire
    self.participation = participation
    (self.isOver, isHeldBack) = (isOver, false)
    strata = tally.strata
    let questions = Dictionary(questionnaire.questions.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    var deciding: [String: (question: Questionnaire.Question, table: PublishedTable, hiddenRows: Set<Int>)] = [:]
    var lines: [Line] = []
    for column in questionnaire.columns {
      guard let question = questions[column.question] else { continue }
      let counted = tally.columns[column.place]
      // How many were asked is how many answered so before; where that is hidden, so is this.
      let rows =
        question.condition.map { condition in
          deciding[condition.question].map { Self.hiddenRows(of: condition, $0.question, $0.table, $0.hiddenRows) }
            ?? []
        } ?? []
      let published = PublishedQuestion(question, counted, hiddenRows: rows)
      if let table = published.tables.first { deciding[question.key] = (question, table, rows) }
      lines.append(
        Line(
          column: column,
          question: question,
          tables: published.tables,
          numbers: question.kind == .number ? Self.numbers(counted, published, hiddenRows: rows) : [],
          answered: published.answered,
          empty: published.empty,
          intervals: population.map { Self.intervals(question, published.tables, population: $0) } ?? []
        )
      )
    }
    self.lines = lines
  }

  package subscript(key: String) -> Line? { lines.first { $0.column.key == key } }

  /// The rows in which it is hidden how many answered so that a question is asked.
  private static func hiddenRows(
    of condition: AnswerCondition,
    _ question: Questionnaire.Question,
    _ table: PublishedTable,
    _ before: Set<Int>
  ) -> Set<Int> {
    let columns = question.choices.indices.filter { condition.values.contains(question.choices[$0].key) }
    return before.union((0...table.rows).filter { row in columns.contains { table[row, $0] == nil } })
  }

  private static func numbers(
    _ column: Tally.Column,
    _ published: PublishedQuestion,
    hiddenRows: Set<Int>
  ) -> [NumberSummary?] {
    NumberSummary.all(
      column.numbers,
      hiddenRows: hiddenRows.union(published.answered.indices.filter { published.answered[$0] == nil })
    )
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
