import Tabular
import Text
import Time

/// A survey as tables for other programs: what may be shown, the code book, and, where it was asked with names, every
/// answer.
struct SurveySheets {
  let survey: Survey
  let language: Language

  func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var questionnaire: Questionnaire { survey.questionnaire }

  /// What each column and each value means.
  var codeBook: SheetDraft {
    var rows: [[CellValue]] = []
    for column in questionnaire.columns {
      guard let question = questionnaire[column.question] else { continue }
      let text = question.words(column)[language]
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

  func participation(_ report: SurveyReport) -> SheetDraft {
    func number(_ value: Int) -> CellValue { SurveyText.cell(value) }
    let lines = report.participation.lines + [report.participation.whole]
    return SheetDraft(
      title: say("回答状況", "Response"),
      columns: [
        say("依頼", "Asked"), say("回答", "Answered"), say("該当なしで完了", "Not concerned"), say("途中", "Begun"),
        say("未回答", "Silent"), say("回答率（％）", "Rate (%)"),
      ].reduce(into: [ColumnDraft(say("区分", "Stratum"))]) { $0.append(ColumnDraft($1, kind: .number)) },
      rows: lines.enumerated().map { index, line in
        [
          .text(index == lines.count - 1 ? say("全体", "All") : BedClass.label(line.stratum)[language]),
          number(line.asked), number(line.answered), number(line.notConcerned), number(line.started),
          number(line.silent),
          line.ratePermille.map(SurveyText.cell(tenths:)) ?? .empty,
        ]
      }
    )
  }

  /// One line for each who answered, with who did it, and one column for each column of the questionnaire: the same that is
  /// read back.
  func answers(_ responses: [(name: String?, answerer: String, stratum: String, answers: SurveyAnswers)]) -> SheetDraft
  {
    SheetDraft(
      title: say("回答", "Answers"),
      columns: [SurveyFile.nameHead, SurveyFile.stratumHead, SurveyFile.answererHead].map { ColumnDraft($0[language]) }
        + questionnaire.columns.map { ColumnDraft($0.key, kind: Self.kind(questionnaire[$0.question])) },
      rows: responses.map { line in
        [.text(line.name ?? ""), .text(line.stratum), .text(line.answerer)]
          + questionnaire.columns.map { column in
            guard line.answers.isAsked(column) else { return .empty }
            return Self.cell(line.answers.chosen(column).joined(separator: ","), questionnaire[column.question])
          }
      }
    )
  }

  private static func kind(_ question: Questionnaire.Question?) -> ColumnDraft.Kind {
    switch question?.kind {
    case .number: .number
    case .date: .date
    default: .text
    }
  }

  private static func cell(_ value: String, _ question: Questionnaire.Question?) -> CellValue {
    switch question?.kind {
    case _ where value.isEmpty: .empty
    case .number: Int(value).map(SurveyText.cell(_:)) ?? .text(value)
    case .date: LocalDate(iso: value).map { .date($0, minutes: nil) } ?? .text(value)
    default: .text(value)
    }
  }

  /// What was written in words, with who wrote it where it was asked with names, or why it is not told.
  func texts(_ texts: [FreeText]) -> SheetDraft {
    let isNamed = survey.naming == .named
    let heads = [say("列", "Column"), say("設問", "Question")] + (isNamed ? [SurveyFile.nameHead[language]] : [])
    return SheetDraft(
      title: say("自由記述", "Free text"),
      columns: heads.map { ColumnDraft($0) } + [ColumnDraft(say("記述", "Text"), wraps: true)],
      rows: texts.map { line in
        [.text(line.question.key), .text(line.question.text[language])] + (isNamed ? [.text(line.name ?? "")] : [])
          + [.text(line.words(language))]
      }
    )
  }
}
