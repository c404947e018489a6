import Text
import Time
import Web

extension PollStore.Invitation {
  /// One thing that is asked, with what was answered so far.
  package struct Entry: Sendable {
    package let column: Questionnaire.Column
    package let question: Questionnaire.Question
    /// The section it stands in.
    package let section: Localized
    /// Whether it is asked, given the answers so far.
    package let isAsked: Bool
    /// Empty where nothing was answered; several where several may be chosen. What is not asked any more is not counted.
    package let values: [String]

    /// What is asked, of a matrix with the row.
    package var words: Localized { question.words(column) }

    static let shape = JSONShape<Entry>([
      .text("column") { $0.column.key }, .words("section") { $0.section },
      .words("text") { $0.words },
      .choice("kind", AnswerKind.ofQuestions.map(\.rawValue)) { $0.question.kind.rawValue },
      .flag("required") { $0.question.isRequired }, .flag("asked") { $0.isAsked },
      .list("choices", choice) { $0.question.choices }, .texts("values") { entry, _ in entry.values },
    ])

    private static let choice = JSONShape<AnswerChoice>([.text("value") { $0.key }, .words("label") { $0.label }])
  }

  /// By when the round is to be answered.
  private var due: LocalDate {
    LocalDate(iso: round + "-01").map { survey.due(on: $0) } ?? survey.due
  }

  /// Everything that may be asked, in its order.
  package var questions: [Entry] {
    let questionnaire = survey.questionnaire
    let asked = questionnaire.asked(answers)
    var places: [String: (Questionnaire.Question, Localized)] = [:]
    for section in questionnaire.sections {
      for question in section.questions { places[question.key] = (question, section.title) }
    }
    return questionnaire.columns.compactMap { column in
      places[column.question].map { question, section in
        Entry(
          column: column,
          question: question,
          section: section,
          isAsked: asked.contains(column.question),
          values: answers.isAsked(column) ? answers.chosen(column) : []
        )
      }
    }
  }

  /// As programs and the command line are told of it.
  package static let shape = JSONShape<PollStore.Invitation>([
    .text("id") { $0.survey.id }, .text("title") { $0.survey.title }, .text("round") { $0.round },
    .choice("naming", Survey.Naming.allCases.map(\.rawValue)) { $0.survey.naming.rawValue },
    .words("declaration") { $0.survey.naming.declaration }, .flag("open") { $0.survey.state == .open },
    .day("due") { $0.due }, .text("name") { $0.respondent.name },
    .maybe("answerer") { $0.respondent.answerer },
    .choice("state", SurveyProgress.allCases.map(\.rawValue)) { $0.progress.rawValue },
    .number("version") { $0.version }, .list("questions", Entry.shape) { $0.questions },
  ])
}
