import Text

/// What somebody wrote in words.
package struct FreeText: Sendable {
  /// Nil of what is only counted.
  package let name: String?
  package let question: Questionnaire.Question
  /// Empty where what was written is withheld.
  package let text: String
  /// Why nothing is told of what was written to the question; nil where it is.
  package let silence: Localized?

  private init(_ question: Questionnaire.Question, _ text: String, name: String?) {
    (self.question, self.text, self.name, silence) = (question, text, name, nil)
  }

  private init(withheld question: Questionnaire.Question) {
    (self.question, text, name, silence) = (question, "", nil, Self.tooFew)
  }

  /// What was written, or why it is not told.
  func words(_ language: Language) -> String { silence?[language] ?? text }

  private static let tooFew = Localized(
    ja: "書いた人が\(Suppression.least)人に満たないため、出しません（集計のみの調査）。",
    en: "Not shown: fewer than \(Suppression.least) wrote here (counted only)."
  )

  /// All that was written in one round. Of what is only counted without names and strata, in an order that says nothing, and
  /// only where as many wrote to a question as a count must have: what one of few wrote tells who it was.
  static func all(
    _ survey: Survey,
    _ responses: [(name: String?, answerer: String, stratum: String, answers: SurveyAnswers)]
  ) -> [FreeText] {
    let open = survey.questionnaire.columns.compactMap { column in
      survey.questionnaire[column.question].flatMap { $0.kind == .text ? (column, $0) : nil }
    }
    let isNamed = survey.naming == .named
    let lines = open.flatMap { column, question -> [FreeText] in
      let written = responses.compactMap { response -> FreeText? in
        let text = response.answers[column]
        guard !text.isEmpty, response.answers.isAsked(column) else { return nil }
        return FreeText(question, text, name: isNamed ? response.name : nil)
      }
      let isTold = isNamed || written.isEmpty || written.count >= Suppression.least
      return isTold ? written : [FreeText(withheld: question)]
    }
    return isNamed ? lines : shuffled(lines)
  }

  /// Several rounds of what is only counted: each withholds its own, so that what all of them tell beside one does not give
  /// another away.
  static func together(_ rounds: [[FreeText]]) -> [FreeText] {
    var withheld: Set<String> = []
    return shuffled(rounds.flatMap(\.self).filter { $0.silence == nil || withheld.insert($0.question.key).inserted })
  }

  private static func shuffled(_ lines: [FreeText]) -> [FreeText] {
    lines.sorted { ($0.question.key, $0.text) < ($1.question.key, $1.text) }
  }
}
