import Text

/// What somebody wrote in words.
package struct FreeText: Sendable {
  /// Nil of what is only counted.
  package let name: String?
  package let question: Questionnaire.Question
  package let text: String

  /// All that was written. Of what is only counted without names, and in an order that says nothing.
  static func all(
    _ survey: Survey,
    _ responses: [(name: String?, stratum: String, answers: SurveyAnswers)]
  ) -> [FreeText] {
    let open = survey.questionnaire.columns.compactMap { column in
      survey.questionnaire[column.question].flatMap { $0.kind == .text ? (column, $0) : nil }
    }
    let lines = open.flatMap { column, question in
      responses.compactMap { response -> FreeText? in
        let text = response.answers[column]
        guard !text.isEmpty, response.answers.isAsked(column) else { return nil }
        return FreeText(name: survey.naming == .named ? response.name : nil, question: question, text: text)
      }
    }
    return survey.naming == .named ? lines : lines.sorted { ($0.question.key, $0.text) < ($1.question.key, $1.text) }
  }
}
