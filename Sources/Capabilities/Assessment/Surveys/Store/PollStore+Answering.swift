import Journal
import Nouns
import SQL
import Sealing
import Time

extension PollStore {
  /// What somebody with a link sees and may do.
  package struct Invitation: Sendable {
    package let survey: Survey
    package let respondent: Respondent
    package let round: String
    package let progress: SurveyProgress
    /// What is answered so far; empty once it is sent where it is only counted.
    package let answers: SurveyAnswers
    /// Counts what was saved, so that two people with one link see each other.
    package let version: Int

    /// How many questions are answered so far, a row of a table for one.
    var answeredCount: Int {
      survey.questionnaire.columns.count { answers.isAsked($0) && !answers[$0].isEmpty }
    }

    /// The same as whoever sends something had seen it.
    func seen(at version: Int) -> Invitation {
      Invitation(
        survey: survey,
        respondent: respondent,
        round: round,
        progress: progress,
        answers: answers,
        version: version
      )
    }
  }

  /// Whoever holds the link is asked nothing else: the whole installation is searched for it.
  package func invitation(_ token: String) async throws -> Invitation {
    try await invitation(where: "token = \(token)")
  }

  /// As the facility of this installation that is asked. Throws `SurveyProblem.notFound`.
  package func invitation(_ survey: String, of partner: FacilityID) async throws -> Invitation {
    try await invitation(where: "survey = \(survey) AND partner = \(partner.rawValue)")
  }

  private func invitation(where asked: SQL) async throws -> Invitation {
    let today = clock.now().day
    return try await database.read(.everyFacility) { tx in
      guard
        let row = try tx.row("SELECT facility, survey, \(Self.respondentColumns) FROM poll_respondent WHERE \(asked)")
      else { throw SurveyProblem.notFound }
      let survey = try Self.find(try row.text("survey"), FacilityID(rawValue: try row.text("facility")), in: tx)
      return try Self.invitation(survey, try Self.respondent(row), survey.round(on: today), in: tx)
    }
  }

  private static func invitation(
    _ survey: Survey,
    _ respondent: Respondent,
    _ round: String,
    in tx: any Transaction
  ) throws -> Invitation {
    let key = survey.facility.rawValue
    let count = survey.questionnaire.columns.count
    let row = try tx.row(
      """
      SELECT state, draft, version FROM poll_participation
      WHERE facility = \(key) AND survey = \(survey.id) AND round = \(round) AND respondent = \(respondent.id)
      """
    )
    return Invitation(
      survey: survey,
      respondent: respondent,
      round: round,
      progress: try row.flatMap { SurveyProgress(rawValue: try $0.text("state")) } ?? .silent,
      answers: SurveyAnswers(packed: try row?.text("draft") ?? "", count: count),
      version: try row?.integer("version") ?? 0
    )
  }

  /// The facilities of this installation that are asked: for the duties of each. Closed ones are left out.
  package func open(toPartner facility: FacilityID) async throws -> [Invitation] {
    let today = clock.now().day
    return try await database.read(.everyFacility) { tx in
      try tx.rows(
        """
        SELECT facility, survey, \(Self.respondentColumns) FROM poll_respondent
        WHERE partner = \(facility.rawValue) ORDER BY survey LIMIT 100
        """
      ).compactMap { row in
        let survey = try Self.find(try row.text("survey"), FacilityID(rawValue: try row.text("facility")), in: tx)
        guard survey.state == .open else { return nil }
        return try Self.invitation(survey, try Self.respondent(row), survey.round(on: today), in: tx)
      }
    }
  }

  /// Keeps what was answered so far; nothing is counted yet. Throws `SurveyProblem`.
  package func save(_ answers: SurveyAnswers, _ invitation: Invitation) async throws {
    try await put(invitation, .started, draft: answers)
  }

  /// Sends the answers, or says that nothing of it applies. What is not asked by them is not counted; with names it stays
  /// in the draft, for a mind that changes once more. Throws `SurveyProblem.missing` with what is required, and
  /// `SurveyProblem.answersStand` where nothing applies though there are answers, unless they are to be dropped.
  package func send(
    _ answers: SurveyAnswers?,
    _ invitation: Invitation,
    dropping: Bool = false,
    by author: String
  ) async throws {
    guard let answers else { return try await put(invitation, .notConcerned, draft: nil, dropping: dropping) }
    let questionnaire = invitation.survey.questionnaire
    let settled = questionnaire.settled(answers)
    let missing = AnswerReading.missing(settled, questionnaire)
    guard missing.isEmpty else { throw SurveyProblem.missing(missing.map(\.key)) }
    try await put(invitation, .answered, draft: answers, counted: settled, author: author)
  }

  /// An identifier that does not tell when it was made, for answers that are only counted.
  func chanceID() -> String {
    entropy.bytes(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private func put(
    _ invitation: Invitation,
    _ state: SurveyProgress,
    draft: SurveyAnswers?,
    dropping: Bool = false,
    counted: SurveyAnswers? = nil,
    author: String = ""
  ) async throws {
    let (now, fresh) = (clock.now(), ids.next())
    let anonymous = chanceID()
    try await database.write(.facility(invitation.survey.facility.rawValue)) { tx in
      let survey = try Self.find(invitation.survey.id, invitation.survey.facility, in: tx)
      guard survey.state == .open else { throw SurveyProblem.closed }
      let current = try Self.invitation(survey, invitation.respondent, invitation.round, in: tx)
      guard !(survey.naming == .aggregate && current.progress.isFinished) else { throw SurveyProblem.alreadySent }
      guard current.version == invitation.version else { throw SurveyProblem.moved }
      guard state != .notConcerned || dropping || current.answeredCount == 0 else {
        throw SurveyProblem.answersStand(current.answeredCount)
      }
      let isNamed = survey.naming == .named
      try Self.mark(
        current,
        state,
        draft: state.isFinished && !isNamed ? "" : draft?.packed ?? "",
        in: tx
      )
      if isNamed, state.isFinished || current.progress.isFinished {
        try tx.run(
          """
          DELETE FROM poll_response WHERE facility = \(survey.facility.rawValue) AND survey = \(survey.id)
            AND round = \(invitation.round) AND respondent = \(invitation.respondent.id)
          """
        )
      }
      guard state == .answered, let counted else { return }
      let id = isNamed ? fresh : anonymous
      try tx.run(
        """
        INSERT INTO poll_response (facility, survey, round, id, respondent, stratum, answers, answered_by, answered_at)
        VALUES (\(survey.facility.rawValue), \(survey.id), \(invitation.round), \(id),
          \(isNamed ? invitation.respondent.id : nil), \(invitation.respondent.stratum), \(counted.packed),
          \(isNamed && !author.isEmpty ? author : nil), \(isNamed ? now : nil))
        """
      )
    }
  }

  private static func mark(
    _ invitation: Invitation,
    _ state: SurveyProgress,
    draft: String,
    in tx: any Transaction
  ) throws {
    let survey = invitation.survey
    try tx.run(
      """
      INSERT INTO poll_participation (facility, survey, round, respondent, state, draft, version)
      VALUES (\(survey.facility.rawValue), \(survey.id), \(invitation.round), \(invitation.respondent.id),
        \(state.rawValue), \(draft), \(invitation.version + 1))
      ON CONFLICT (facility, survey, round, respondent) DO UPDATE SET state = excluded.state, draft = excluded.draft,
        version = excluded.version
      """
    )
  }
}
