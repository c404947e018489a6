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
    /// What is answered so far; empty once it is sent where it is only counted, and where it was begun elsewhere.
    package let answers: SurveyAnswers
    /// Counts what was saved, so that two people with one link see each other.
    package let version: Int
    package let hand: Hand
    /// Whether what is only counted was begun in another browser, so that nothing of it is shown and nothing can be done but
    /// to begin anew.
    package let isElsewhere: Bool

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
        version: version,
        hand: hand,
        isElsewhere: isElsewhere
      )
    }
  }

  /// By which way one comes to answer. Whoever asks holds the links, too, so that a link alone does not open what was saved
  /// where it is only counted.
  package enum Hand: Sendable, Hashable {
    /// With what is kept of the browser (`mark`); nil where it never saved anything.
    case link(String?)
    /// A facility of this installation, signed in.
    case facility

    fileprivate var mark: String? {
      if case .link(let mark) = self { mark } else { nil }
    }

    /// Whether it may see what was saved by whom `holder` says.
    fileprivate func mayOpen(_ holder: String?) -> Bool {
      switch self {
      case .link(let mark): mark != nil && mark == holder
      case .facility: true
      }
    }
  }

  /// What is kept of a browser that saves answers to one link: another for each link, so that two respondents who share a
  /// browser are not seen to.
  static func mark(_ browser: Token, _ link: String) -> String {
    Hash.sha256Hex(Array("\(browser.text) \(link)".utf8))
  }

  /// Whoever holds the link is asked nothing else: the whole installation is searched for it. `browser` is what the browser
  /// that saved before was given. Throws `SurveyProblem.notFound`.
  package func invitation(_ token: String, browser: Token? = nil) async throws -> Invitation {
    try await invitation(where: "token = \(token)", .link(browser.map { Self.mark($0, token) }))
  }

  /// As the facility of this installation that is asked. Throws `SurveyProblem.notFound`.
  package func invitation(_ survey: String, of partner: FacilityID) async throws -> Invitation {
    try await invitation(where: "survey = \(survey) AND partner = \(partner.rawValue)", .facility)
  }

  private func invitation(where asked: SQL, _ hand: Hand) async throws -> Invitation {
    let today = clock.now().day
    return try await database.read(.everyFacility) { tx in
      guard
        let row = try tx.row("SELECT facility, survey, \(Self.respondentColumns) FROM poll_respondent WHERE \(asked)")
      else { throw SurveyProblem.notFound }
      let survey = try Self.find(try row.text("survey"), FacilityID(rawValue: try row.text("facility")), in: tx)
      return try Self.invitation(survey, try Self.respondent(row), survey.round(on: today), hand, in: tx)
    }
  }

  private static func invitation(
    _ survey: Survey,
    _ respondent: Respondent,
    _ round: String,
    _ hand: Hand,
    in tx: any Transaction
  ) throws -> Invitation {
    let key = survey.facility.rawValue
    let count = survey.questionnaire.columns.count
    let row = try tx.row(
      """
      SELECT state, draft, version, holder FROM poll_participation
      WHERE facility = \(key) AND survey = \(survey.id) AND round = \(round) AND respondent = \(respondent.id)
      """
    )
    let progress = try row.flatMap { SurveyProgress(rawValue: try $0.text("state")) } ?? .silent
    let isElsewhere =
      try survey.naming == .aggregate && progress == .started && !hand.mayOpen(row?.optionalText("holder"))
    return Invitation(
      survey: survey,
      respondent: respondent,
      round: round,
      progress: progress,
      answers: SurveyAnswers(packed: isElsewhere ? "" : try row?.text("draft") ?? "", count: count),
      version: try row?.integer("version") ?? 0,
      hand: hand,
      isElsewhere: isElsewhere
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
        return try Self.invitation(survey, try Self.respondent(row), survey.round(on: today), .facility, in: tx)
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

  /// Erases what was saved where it is only counted and not sent yet, by whoever cannot see it. Throws `SurveyProblem`.
  package func beginAnew(_ invitation: Invitation) async throws {
    let asking = invitation.survey.facility
    try await database.write(.facility(asking.rawValue)) { tx in
      let survey = try Self.find(invitation.survey.id, asking, in: tx)
      guard survey.state == .open else { throw SurveyProblem.closed }
      let current = try Self.invitation(survey, invitation.respondent, invitation.round, invitation.hand, in: tx)
      guard !current.progress.isFinished else { throw SurveyProblem.alreadySent }
      guard current.isElsewhere else { return }
      try tx.run(
        """
        DELETE FROM poll_participation WHERE facility = \(asking.rawValue) AND survey = \(survey.id)
          AND round = \(invitation.round) AND respondent = \(invitation.respondent.id) AND state = 'started'
        """
      )
    }
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
      let current = try Self.invitation(survey, invitation.respondent, invitation.round, invitation.hand, in: tx)
      guard !(survey.naming == .aggregate && current.progress.isFinished) else { throw SurveyProblem.alreadySent }
      guard !current.isElsewhere else { throw SurveyProblem.begunElsewhere }
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
    // With what is sent goes what would lead back to a browser; a facility that saves in between leaves the browser its own.
    let holder = survey.naming == .aggregate && !state.isFinished ? invitation.hand.mark : nil
    let kept: SQL = state.isFinished ? "NULL" : "COALESCE(excluded.holder, poll_participation.holder)"
    try tx.run(
      """
      INSERT INTO poll_participation (facility, survey, round, respondent, state, draft, version, holder)
      VALUES (\(survey.facility.rawValue), \(survey.id), \(invitation.round), \(invitation.respondent.id),
        \(state.rawValue), \(draft), \(invitation.version + 1), \(holder))
      ON CONFLICT (facility, survey, round, respondent) DO UPDATE SET state = excluded.state, draft = excluded.draft,
        version = excluded.version, holder = \(kept)
      """
    )
  }
}
