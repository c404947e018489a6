import Text
import Time

/// What is done with answers that were given.
package enum SurveyStep: String, Sendable, CaseIterable {
  /// Kept, to be gone on with.
  case save
  case send
  /// 「該当なしで完了」.
  case notConcerned
}

extension PollStore {
  /// Takes answers of a program or a command: by the column of the code book, written as in a file. What is not named stays
  /// as it was; `dropping` lets answers go that are there already where nothing applies. What has to be right is what the
  /// page asks for. Throws `AnswerProblems` and `SurveyProblem`.
  package func take(
    _ given: [String: String],
    _ step: SurveyStep,
    _ invitation: Invitation,
    dropping: Bool = false,
    by author: String
  ) async throws {
    switch step {
    case .save: try await save(try merged(given, invitation), invitation)
    case .send: try await send(try merged(given, invitation), invitation, by: author)
    case .notConcerned:
      guard given.isEmpty else {
        var problems = AnswerProblems()
        problems.add("answers", "「該当なしで完了」に答えは付けられません。", "Who is not concerned gives no answers.")
        throw problems
      }
      try await send(nil, invitation, dropping: dropping, by: author)
    }
  }

  private func merged(_ given: [String: String], _ invitation: Invitation) throws(AnswerProblems) -> SurveyAnswers {
    let questionnaire = invitation.survey.questionnaire
    let reading = AnswerReading(today: clock.now().day)
    var (answers, problems) = (invitation.answers, AnswerProblems())
    for (key, text) in given.sorted(by: { $0.key < $1.key }) {
      guard let column = questionnaire.column(key), let question = questionnaire[column.question] else {
        problems.add("answers/\(key)", "「\(key)」という設問はありません。", "There is no question “\(key)”.")
        continue
      }
      if let value = reading.read(text, question.format) {
        answers[column] = value
      } else {
        let words = AnswerReading.problem(question.format)
        problems.add("answers/\(key)", "「\(key)」：\(words.ja)", "“\(key)”: \(words.en)")
      }
    }
    guard problems.list.isEmpty else { throw problems }
    return answers
  }
}
