import Nouns
import SQL
import Text
import Time

extension PollStore {
  /// One's own answers of a round beside the group's, with what there is to compare.
  package struct Comparison: Sendable {
    package let survey: Survey
    package let respondent: Respondent
    package let round: String
    /// The rounds that may be shown, the newest first; empty while answers still come in.
    package let rounds: [String]
    /// Nil while answers still come in, and where too few answered.
    package let mirror: SurveyMirror?

    /// Why nothing is shown; nil where something is.
    package var silence: Localized? {
      let few = Suppression.least
      guard let mirror else {
        return rounds.isEmpty
          ? Localized(
            ja: "回答の受け付けが終わると、ここに結果が出ます。途中では出しません。見るたびの差から、ほかの人の答えが分かるためです。",
            en:
              "The results appear here once nobody can answer any more. While answers come in, what changes between two looks would tell who said what."
          )
          : Localized(
            ja: "終えた回答が\(few)件に満たないため、結果は出しません。",
            en: "Fewer than \(few) have answered, so no results are shown."
          )
      }
      guard mirror.isSilent else { return nil }
      return Localized(
        ja: "どの設問も、同じ区分でも全体でも、\(few)件に満たない数か、引き算で分かってしまう数しかないため、件数は出しません。",
        en:
          "No counts are shown: in your stratum and in all of them together, every number is below \(few) or would give such a number away."
      )
    }
  }

  /// A survey that a facility was asked in, and as whom.
  package struct Asked: Sendable {
    package let survey: Survey
    package let respondent: Respondent
  }

  /// For whoever holds a link. `round` nil for the newest that is over. While answers still come in nothing is shown: whoever
  /// looked twice would see what came between. Throws `SurveyProblem.notFound`.
  package func comparison(_ token: String, round: String?) async throws -> Comparison {
    let invitation = try await invitation(token)
    return try await comparison(invitation.survey, invitation.respondent, round: round)
  }

  /// For a facility of this installation that was asked. Throws `SurveyProblem.notFound`.
  package func comparison(
    _ survey: String,
    of partner: FacilityID,
    round: String?
  ) async throws -> Comparison {
    guard let asked = try await asked(partner).first(where: { $0.survey.id == survey }) else {
      throw SurveyProblem.notFound
    }
    return try await comparison(asked.survey, asked.respondent, round: round)
  }

  /// Every survey that a facility of this installation was asked in, the newest first.
  package func asked(_ partner: FacilityID) async throws -> [Asked] {
    let today = clock.now().day
    return try await database.read(.everyFacility) { tx in
      try tx.rows(
        """
        SELECT facility, survey, \(Self.respondentColumns) FROM poll_respondent
        WHERE partner = \(partner.rawValue) ORDER BY survey DESC LIMIT 500
        """
      ).map { row in
        let survey = try Self.find(try row.text("survey"), FacilityID(rawValue: try row.text("facility")), in: tx)
        return Asked(survey: survey.asOf(today), respondent: try Self.respondent(row))
      }
    }
  }

  private func comparison(_ survey: Survey, _ respondent: Respondent, round: String?) async throws -> Comparison {
    let rounds = try await over(survey)
    guard let shown = round ?? rounds.first, rounds.contains(shown) else {
      guard round == nil || rounds.isEmpty else { throw SurveyProblem.notFound }
      return Comparison(survey: survey, respondent: respondent, round: "", rounds: rounds, mirror: nil)
    }
    return Comparison(
      survey: survey,
      respondent: respondent,
      round: shown,
      rounds: rounds,
      mirror: SurveyMirror(
        try await report(survey, round: shown),
        stratum: respondent.stratum,
        own: try await own(survey, respondent, shown)
      )
    )
  }

  /// The rounds in which nobody can answer any more, the newest first.
  private func over(_ survey: Survey) async throws -> [String] {
    let today = clock.now().day
    return try await rounds(survey).filter { survey.isOver($0, on: today) }.sorted(by: >)
  }

  /// What one answered, as far as it was kept with the name.
  private func own(_ survey: Survey, _ respondent: Respondent, _ round: String) async throws -> SurveyAnswers? {
    let (key, count) = (survey.facility.rawValue, survey.questionnaire.columns.count)
    return try await database.read(.facility(key)) { tx in
      try tx.row(
        """
        SELECT answers FROM poll_response
        WHERE facility = \(key) AND survey = \(survey.id) AND round = \(round) AND respondent = \(respondent.id)
        """
      ).map { SurveyAnswers(packed: try $0.text("answers"), count: count) }
    }
  }
}
