import Text
import Web

/// Two questions of a survey against each other, as programs and the command line are told. The last of the counts and of the
/// lines are the whole; what is hidden is null.
package struct CrossedQuestions: Sendable {
  package struct Line: Sendable {
    package let value: String
    package let label: Localized
    package let counts: [Int?]
  }

  package let rows: Questionnaire.Column
  package let columns: Questionnaire.Column
  package let values: [AnswerChoice]
  package let lines: [Line]

  /// Nil where a question is not there any more.
  init?(_ cross: CrossTabulation, _ questionnaire: Questionnaire) {
    guard let down = questionnaire[cross.rows.question], let across = questionnaire[cross.columns.question] else {
      return nil
    }
    rows = cross.rows
    columns = cross.columns
    values = across.choices
    let names = down.choices.map { (key: $0.key, label: $0.label) } + [(key: "", label: Self.all)]
    lines = names.enumerated().map { row, name in
      Line(value: name.key, label: name.label, counts: (0...cross.table.columns).map { cross.table[row, $0] })
    }
  }

  private static let all = Localized(ja: "計", en: "All")

  package static let shape = JSONShape<CrossedQuestions>([
    .text("rows") { $0.rows.key }, .text("columns") { $0.columns.key },
    .texts("values") { crossed, _ in crossed.values.map(\.key) },
    .texts("labels") { crossed, language in crossed.values.map { $0.label[language] } },
    .number("minimumCell") { _ in Suppression.least }, .list("lines", line) { $0.lines },
  ])

  private static let line = JSONShape<Line>([
    .text("value") { $0.value }, .words("label") { $0.label },
    .init("counts", .list(.optional(.count))) { line, _, name, writer in
      writer.array(name) { writer in
        for count in line.counts {
          if let count { writer.integer(count) } else { writer.null() }
        }
      }
    },
  ])
}

extension FreeText {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<FreeText>([
    .text("question") { $0.question.key }, .maybe("name") { $0.name }, .text("text") { $0.text },
    .init("silence", .optional(.text)) { text, language, name, writer in
      writer.member(name, text.silence?[language])
    },
  ])
}

extension PollStore {
  /// Two questions of a round, by their columns, against each other. Throws `SurveyProblem.notCrossed` where one of them has
  /// no choices of one each, and `heldBack`.
  package func crossed(
    _ survey: Survey,
    round: String?,
    rows: String,
    columns: String
  ) async throws -> CrossedQuestions {
    try mustTell(survey, round: round)
    let answers = try await responses(survey, round: round).map(\.answers)
    guard
      let cross = CrossTabulation(try await report(survey, round: round), rows, columns, responses: answers),
      let crossed = CrossedQuestions(cross, survey.questionnaire)
    else { throw SurveyProblem.notCrossed }
    return crossed
  }

  /// What was written in words in a round, or in all of them where `round` is nil. Throws `SurveyProblem.heldBack`.
  package func texts(_ survey: Survey, round: String?) async throws -> [FreeText] {
    try mustTell(survey, round: round)
    guard round == nil, survey.naming == .aggregate else {
      return FreeText.all(survey, try await responses(survey, round: round))
    }
    var found: [[FreeText]] = []
    for round in try await rounds(survey) {
      found.append(FreeText.all(survey, try await responses(survey, round: round)))
    }
    return FreeText.together(found)
  }
}
