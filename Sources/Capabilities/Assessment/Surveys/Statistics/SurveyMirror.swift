import Text

/// One's own answers beside how one's stratum answered. Pure: it says nothing that the published tables do not say, and
/// never who others are.
package struct SurveyMirror: Sendable {
  package struct Line: Sendable {
    package let column: Questionnaire.Column
    package let question: Questionnaire.Question
    /// One for each choice; empty for numbers.
    package let shares: [Share]
    /// Of the group, for numbers; nil where it is hidden.
    package let summary: NumberSummary?
    /// One's own number; nil where it is not known or nothing was answered.
    package let number: Int?
    /// How many of the group answered; nil where that is hidden.
    package let answered: Int?
  }

  package struct Share: Sendable {
    package let choice: AnswerChoice
    /// Nil where it is hidden.
    package let count: Int?
    package let permille: Int?
    package let isOwn: Bool
  }

  /// The stratum that is shown; nil where too few of it answered, so that all are shown together.
  package let stratum: String?
  /// Whether one's own answers are known: of what is only counted nothing leads back to who answered.
  package let knowsOwn: Bool
  package let lines: [Line]

  /// Nil where too few answered for anything to be shown.
  package init?(_ report: SurveyReport, stratum: String, own: SurveyAnswers?) {
    let place = report.strata.firstIndex(of: stratum)
    func isEnough(_ line: Participation.Line?) -> Bool { (line?.answered ?? 0) >= Suppression.least }
    let row: Int
    if let place, isEnough(report.participation.lines.first(where: { $0.stratum == stratum })) {
      row = place
      self.stratum = stratum
    } else if isEnough(report.participation.whole) {
      row = report.strata.count
      self.stratum = nil
    } else {
      return nil
    }
    knowsOwn = own != nil
    lines = report.lines.compactMap { line in
      switch line.question.kind {
      case .date, .text: return nil
      default: return Self.line(line, row: row, own: own)
      }
    }
  }

  private static func line(_ line: SurveyReport.Line, row: Int, own: SurveyAnswers?) -> Line {
    let value = own.flatMap { $0.isAsked(line.column) ? $0[line.column] : nil } ?? ""
    let chosen = line.question.kind == .choices ? Set(own?.chosen(line.column) ?? []) : [value]
    let shares = line.question.choices.enumerated().map { index, choice in
      let (table, column) = line.question.kind == .choices ? (line.tables[index], 0) : (line.tables[0], index)
      return Share(
        choice: choice,
        count: table[row, column],
        permille: table.permille(row, column),
        isOwn: chosen.contains(choice.key)
      )
    }
    return Line(
      column: line.column,
      question: line.question,
      shares: shares,
      summary: line.numbers.indices.contains(row) ? line.numbers[row] : nil,
      number: line.question.kind == .number ? Int(value) : nil,
      answered: line.tables.first.map { $0[row, $0.columns] }
        ?? (line.numbers.indices.contains(row) ? line.numbers[row]?.count : nil)
    )
  }
}
