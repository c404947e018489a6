import Text

/// One's own answers beside how one's stratum answered. Pure: it says nothing that the published tables do not say, and
/// never who others are.
///
/// Where nothing of the stratum may be shown for a question, all strata together stand there, as the published table has
/// them: its row of all lost what would give strata away by subtraction, so that all mirrors together say no more than that
/// table. A sum that is counted anew, without the strata, would.
package struct SurveyMirror: Sendable {
  /// Whose answers stand beside one's own.
  package enum Group: String, Sendable, CaseIterable {
    case stratum
    /// All strata together.
    case all
    /// Nobody's: too few of either.
    case none
  }

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
    package let group: Group

    /// What one answered oneself, in words; nil where it is not known or nothing was answered.
    package var own: Localized? {
      if let number { return Localized(both: String(number)) }
      let chosen = shares.filter(\.isOwn).map(\.choice.label)
      guard !chosen.isEmpty else { return nil }
      return Localized(
        ja: chosen.map(\.ja).joined(separator: "、"),
        en: chosen.map(\.en).joined(separator: ", ")
      )
    }
  }

  package struct Share: Sendable {
    package let choice: AnswerChoice
    /// Nil where it is hidden.
    package let count: Int?
    package let permille: Int?
    package let isOwn: Bool
  }

  /// The stratum that is shown wherever it may be; nil where too few of it answered, so that all are shown together.
  package let stratum: String?
  /// Whether one's own answers are known: of what is only counted nothing leads back to who answered.
  package let knowsOwn: Bool
  package let lines: [Line]

  /// Nil where too few answered for anything to be shown.
  package init?(_ report: SurveyReport, stratum: String, own: SurveyAnswers?) {
    func isEnough(_ line: Participation.Line?) -> Bool { (line?.answered ?? 0) >= Suppression.least }
    guard isEnough(report.participation.whole) else { return nil }
    var rows = [(row: report.strata.count, group: Group.all)]
    if let place = report.strata.firstIndex(of: stratum),
      isEnough(report.participation.lines.first { $0.stratum == stratum })
    {
      rows.insert((place, .stratum), at: 0)
      self.stratum = stratum
    } else {
      self.stratum = nil
    }
    knowsOwn = own != nil
    lines = report.lines.compactMap { line in
      switch line.question.kind {
      case .date, .text: return nil
      default:
        let shown = rows.first { Self.says(line, row: $0.row) } ?? (row: rows[0].row, group: Group.none)
        return Self.line(line, row: shown.row, shown.group, own: own)
      }
    }
  }

  /// Whether nothing may be shown of any question.
  package var isSilent: Bool { lines.allSatisfy { $0.group == .none } }

  /// Whether a row of the published tables tells any number but zero. It looks only at what is published: that another row
  /// is taken instead says nothing of a number that is hidden.
  private static func says(_ line: SurveyReport.Line, row: Int) -> Bool {
    if line.question.kind == .number { return line.numbers.indices.contains(row) && line.numbers[row] != nil }
    return line.tables.contains { table in (0..<table.columns).contains { (table[row, $0] ?? 0) > 0 } }
  }

  private static func line(_ line: SurveyReport.Line, row: Int, _ group: Group, own: SurveyAnswers?) -> Line {
    let isShown = group != .none
    let value = own.flatMap { $0.isAsked(line.column) ? $0[line.column] : nil } ?? ""
    let chosen = line.question.kind == .choices ? Set(own?.chosen(line.column) ?? []) : [value]
    let shares = line.question.choices.enumerated().map { index, choice in
      let (table, column) = line.question.kind == .choices ? (line.tables[index], 0) : (line.tables[0], index)
      return Share(
        choice: choice,
        count: isShown ? table[row, column] : nil,
        permille: isShown ? table.permille(row, column) : nil,
        isOwn: chosen.contains(choice.key)
      )
    }
    return Line(
      column: line.column,
      question: line.question,
      shares: shares,
      summary: line.numbers.indices.contains(row) ? line.numbers[row] : nil,
      number: line.question.kind == .number ? Int(value) : nil,
      answered: line.answered.indices.contains(row) ? line.answered[row] : nil,
      group: group
    )
  }
}
