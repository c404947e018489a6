import Tabular
import Text
import Time

/// A survey as tables for other programs: what may be shown, the code book, and, where it was asked with names, every
/// answer.
struct SurveySheets {
  let survey: Survey
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var questionnaire: Questionnaire { survey.questionnaire }

  /// What each column and each value means.
  var codeBook: SheetDraft {
    var rows: [[CellValue]] = []
    for column in questionnaire.columns {
      guard let question = questionnaire[column.question] else { continue }
      let text = column.row.map { "\(question.text[language]) — \($0.label[language])" } ?? question.text[language]
      let condition =
        question.condition.map { "\($0.question) = \($0.values.sorted().joined(separator: ", "))" } ?? ""
      let head: [CellValue] = [
        .text(column.key), .text(text), .text(question.kind.rawValue),
        .text(question.isRequired ? say("必須", "required") : say("任意", "optional")), .text(condition),
      ]
      if question.choices.isEmpty { rows.append(head + [.empty, .empty]) }
      for choice in question.choices { rows.append(head + [.text(choice.key), .text(choice.label[language])]) }
    }
    return SheetDraft(
      title: say("符号表", "Code book"),
      columns: [
        say("列", "Column"), say("設問", "Question"), say("種類", "Kind"), say("必須・任意", "Required"),
        say("条件", "Asked where"), say("値", "Value"), say("意味", "Meaning"),
      ].map { ColumnDraft($0) },
      rows: rows
    )
  }

  /// Counts by stratum; a hidden one is written as ×.
  func counts(_ report: SurveyReport) -> SheetDraft {
    func cell(_ count: Int?) -> CellValue { count.map { .number(Double($0), text: String($0)) } ?? .text("×") }
    var rows: [[CellValue]] = []
    let groups = report.strata.map { BedClass.label($0)[language] } + [say("全体", "All")]
    for line in report.lines {
      for (index, choice) in line.question.choices.enumerated() {
        let (table, column) = line.question.kind == .choices ? (line.tables[index], 0) : (line.tables[0], index)
        for group in groups.indices {
          rows.append([
            .text(line.column.key), .text(choice.key), .text(choice.label[language]), .text(groups[group]),
            cell(table[group, column]), cell(table[group, table.columns]),
            table.permille(group, column).map { .number(Double($0) / 10, text: SurveyText.percent($0)) } ?? .text("×"),
          ])
        }
      }
    }
    return SheetDraft(
      title: say("集計", "Counts"),
      columns: [
        ColumnDraft(say("列", "Column")), ColumnDraft(say("値", "Value")), ColumnDraft(say("意味", "Meaning")),
        ColumnDraft(say("区分", "Stratum")), ColumnDraft(say("件数", "Count"), kind: .number),
        ColumnDraft(say("答えた数", "Answered"), kind: .number), ColumnDraft(say("割合（％）", "Percent"), kind: .number),
      ],
      rows: rows,
      notes: []
    )
  }

  func participation(_ report: SurveyReport) -> SheetDraft {
    func number(_ value: Int) -> CellValue { .number(Double(value), text: String(value)) }
    let lines = report.participation.lines + [report.participation.whole]
    return SheetDraft(
      title: say("回答状況", "Response"),
      columns: [
        say("区分", "Stratum"), say("依頼", "Asked"), say("回答", "Answered"), say("該当なしで完了", "Not concerned"),
        say("途中", "Begun"), say("未回答", "Silent"), say("回答率（％）", "Rate (%)"),
      ].map { ColumnDraft($0) },
      rows: lines.enumerated().map { index, line in
        [
          .text(index == lines.count - 1 ? say("全体", "All") : BedClass.label(line.stratum)[language]),
          number(line.asked), number(line.answered), number(line.notConcerned), number(line.started),
          number(line.silent),
          line.ratePermille.map { .number(Double($0) / 10, text: SurveyText.percent($0)) } ?? .empty,
        ]
      }
    )
  }

  /// One line for each who answered, one column for each column of the questionnaire: the same that is read back.
  func answers(_ responses: [(name: String?, stratum: String, answers: SurveyAnswers)]) -> SheetDraft {
    SheetDraft(
      title: say("回答", "Answers"),
      columns: [ColumnDraft(SurveyFile.nameHead[language]), ColumnDraft(SurveyFile.stratumHead[language])]
        + questionnaire.columns.map { ColumnDraft($0.key) },
      rows: responses.map { line in
        [.text(line.name ?? ""), .text(line.stratum)]
          + questionnaire.columns.map { column in
            guard line.answers.isAsked(column) else { return .empty }
            let value = line.answers.chosen(column).joined(separator: ",")
            return value.isEmpty ? .empty : .text(value)
          }
      }
    )
  }
}
