import Nouns
import Text
import Time

/// What departments say of themselves, as facts: how many of all that were asked answered yes. Whoever has not answered
/// counts as asked and not as yes; where fewer than four fifths answered nothing is said at all, neither yes nor no.
struct DepartmentFacts: Sendable {
  let surveys: PollStore

  static func key(_ topic: String) -> String { "assessment.departments.\(topic)" }

  /// Of a hundred.
  static let enough = 80

  func facts(_ facility: FacilityID) async throws -> [Fact] {
    let now = surveys.clock.now()
    var facts: [Fact] = []
    for survey in try await surveys.ofDepartments(facility) {
      let round = survey.round(on: now.day)
      let asked = try await surveys.respondents(survey).count
      // Of what is only counted nothing is said before nobody can answer any more, here as everywhere.
      if survey.naming == .aggregate {
        let whole = try await surveys.participation(survey, round: round).whole
        guard whole.started + whole.silent == 0 else { continue }
      }
      let answers = try await surveys.responses(survey, round: round).map(\.answers)
      facts += Self.facts(survey, round, asked: asked, answers, facility, now)
    }
    return facts
  }

  /// Pure.
  static func facts(
    _ survey: Survey,
    _ round: String,
    asked: Int,
    _ answers: [SurveyAnswers],
    _ facility: FacilityID,
    _ now: Instant
  ) -> [Fact] {
    guard asked > 0, answers.count * 100 >= asked * enough else { return [] }
    return survey.questionnaire.questions.compactMap { question in
      guard question.kind == .yesNo, let topic = question.topic, let column = survey.questionnaire.column(question.key)
      else { return nil }
      let yes = answers.count { $0[column] == "yes" }
      // Of what is only counted, small numbers stay hidden here as everywhere.
      let small = 1..<Suppression.least
      guard survey.naming == .named || !small.contains(yes) && !small.contains(answers.count - yes) else { return nil }
      return Fact(
        key: key(topic),
        facility: facility,
        label: Localized(
          ja: "「はい」と答えた部門：\(question.text.ja)",
          en: "Departments that answered yes: \(question.text.en)"
        ),
        value: yes,
        population: asked,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: Localized(
          ja: "\(asked)部門のうち\(answers.count)部門が答え、\(yes)部門が「はい」でした（\(question.text.ja)）。",
          en: "Of \(asked) departments \(answers.count) answered, \(yes) with yes (\(question.text.en))."
        ),
        link: SurveyPath.survey(survey.id, round: round),
        needs: .readLedger,
        // The poll is the record: what a single department said is to be read there, or nowhere.
        records: [survey.id]
      )
    }
  }
}
