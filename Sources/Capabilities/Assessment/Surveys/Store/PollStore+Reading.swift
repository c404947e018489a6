import Nouns
import SQL
import Text
import Time

extension PollStore {
  /// Strata in the order in which they are shown: bed classes by size, then others by name.
  static func ordered(_ strata: Set<String>) -> [String] {
    let classes = BedClass.allCases.map(\.rawValue)
    return classes.filter(strata.contains) + strata.subtracting(classes).sorted()
  }

  /// Whether what was answered may be told to whoever asks: of what is only counted not before nobody can answer any more,
  /// as what changes between two looks, beside who has answered, would tell who said what.
  package func tells(_ survey: Survey, round: String?) -> Bool {
    survey.naming == .named || survey.isOver(round, on: clock.now().day)
  }

  /// Throws `SurveyProblem.heldBack` where `tells` says no.
  func mustTell(_ survey: Survey, round: String?) throws(SurveyProblem) {
    guard tells(survey, round: round) else { throw SurveyProblem.heldBack }
  }

  /// What a round found, or all of them together where `round` is nil; of what may not be told yet the response alone.
  package func report(_ survey: Survey, round: String?) async throws -> SurveyReport {
    let key = survey.facility.rawValue
    let isTold = tells(survey, round: round)
    let isOver = survey.isOver(round, on: clock.now().day)
    return try await database.read(.facility(key)) { tx in
      let participation = try Self.participation(survey, round, in: tx)
      guard isTold else { return SurveyReport(heldBack: survey.questionnaire, participation: participation) }
      var tally = Tally(survey.questionnaire, strata: participation.lines.map(\.stratum))
      let part: SQL = round.map { " AND round = \($0)" } ?? ""
      try tx.each(
        """
        SELECT stratum, answers FROM poll_response
        WHERE facility = \(key) AND survey = \(survey.id)\(part)
        """
      ) { row in tally.add(packed: try row.text("answers"), stratum: try row.text("stratum")) }
      return SurveyReport(
        survey.questionnaire,
        tally,
        participation: participation,
        population: survey.population,
        isOver: isOver
      )
    }
  }

  /// Who was asked and who answered in a round.
  func participation(_ survey: Survey, round: String?) async throws -> Participation {
    try await database.read(.facility(survey.facility.rawValue)) { tx in
      try Self.participation(survey, round, in: tx)
    }
  }

  private static func participation(_ survey: Survey, _ round: String?, in tx: any Transaction) throws -> Participation
  {
    let key = survey.facility.rawValue
    var asked: [String: Int] = [:]
    for row in try tx.rows(
      """
      SELECT stratum, count(*) AS n FROM poll_respondent WHERE facility = \(key) AND survey = \(survey.id)
      GROUP BY stratum
      """
    ) { asked[try row.text("stratum")] = try row.integer("n") }
    var counts: [String: [SurveyProgress: Int]] = [:]
    var rounds = 1
    let part: SQL = round.map { " AND p.round = \($0)" } ?? ""
    for row in try tx.rows(
      """
      SELECT r.stratum AS stratum, p.state AS state, count(*) AS n FROM poll_participation p
      JOIN poll_respondent r ON r.facility = p.facility AND r.survey = p.survey AND r.id = p.respondent
      WHERE p.facility = \(key) AND p.survey = \(survey.id)\(part) GROUP BY r.stratum, p.state
      """
    ) {
      guard let state = SurveyProgress(rawValue: try row.text("state")) else { continue }
      counts[try row.text("stratum"), default: [:]][state] = try row.integer("n")
    }
    if round == nil {
      rounds = max(
        1,
        try tx.count(
          "SELECT count(DISTINCT round) FROM poll_participation WHERE facility = \(key) AND survey = \(survey.id)"
        )
      )
    }
    return Participation(
      ordered(Set(asked.keys)).map { stratum in
        let found = counts[stratum] ?? [:]
        return Participation.Line(
          stratum: stratum,
          asked: (asked[stratum] ?? 0) * rounds,
          started: found[.started] ?? 0,
          answered: found[.answered] ?? 0,
          notConcerned: found[.notConcerned] ?? 0
        )
      }
    )
  }

  /// Every answer of a round. With names for what was asked with names, else in no order that says who.
  package func responses(
    _ survey: Survey,
    round: String?
  ) async throws -> [(name: String?, answerer: String, stratum: String, answers: SurveyAnswers)] {
    let key = survey.facility.rawValue
    let count = survey.questionnaire.columns.count
    let part: SQL = round.map { " AND a.round = \($0)" } ?? ""
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT r.name AS name, r.answerer AS answerer, a.answered_by AS answered_by, a.stratum AS stratum, a.answers AS answers FROM poll_response a
        LEFT JOIN poll_respondent r ON r.facility = a.facility AND r.survey = a.survey AND r.id = a.respondent
        WHERE a.facility = \(key) AND a.survey = \(survey.id)\(part) ORDER BY a.round, r.id, a.id LIMIT 200000
        """
      ).map { row in
        (
          try row.optionalText("name"), try answerer(row), try row.text("stratum"),
          SurveyAnswers(packed: try row.text("answers"), count: count)
        )
      }
    }
  }

  /// Who answered a questionnaire with names: whoever answers for the one that is asked about, else who sent it with an
  /// account; empty where nobody but the respondent is known.
  private func answerer(_ row: Row) throws -> String {
    let known = try [row.optionalText("answerer"), row.optionalText("answered_by")]
    return known.compactMap(\.self).first { !$0.isEmpty } ?? ""
  }
}
