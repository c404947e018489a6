extension Questionnaire {
  /// How a question stands on the page of its section, by the answers that were saved.
  enum Standing: Sendable {
    case asked
    /// What decides stands on the same page and is not answered yet.
    case undecided
    /// Not asked by an answer that stands on the same page and may be changed there.
    case folded
    /// Not asked by the answers of another section, or by the lack of them.
    case away
  }

  /// By the keys of a section's questions.
  func standings(_ section: Section, _ answers: SurveyAnswers) -> [String: Standing] {
    let asked = asked(answers)
    var found: [String: Standing] = [:]
    for question in section.questions {
      guard let condition = question.condition else {
        found[question.key] = .asked
        continue
      }
      let value = column(condition.question).flatMap { answers.isAsked($0) ? answers[$0] : nil } ?? ""
      found[question.key] =
        switch found[condition.question] {
        case nil, .away: asked.contains(question.key) ? .asked : .away
        case .folded: .folded
        case .asked where condition.values.contains(value): .asked
        case .asked, .undecided: value.isEmpty || condition.values.contains(value) ? .undecided : .folded
        }
    }
    return found
  }

  /// Questions that were answered and are not asked by the answers as they are now: kept and not counted.
  func uncounted(_ answers: SurveyAnswers) -> Set<String> {
    let asked = asked(answers)
    return Set(
      columns.filter { !asked.contains($0.question) && !answers[$0].isEmpty && answers.isAsked($0) }.map(\.question)
    )
  }
}
