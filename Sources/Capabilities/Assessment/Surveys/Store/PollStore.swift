import Journal
import Nouns
import Packs
import Records
import SQL
import Sealing
import Text
import Time

/// Surveys, who is asked, and what was answered. Everything lies with the facility that asks.
package struct PollStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker
  let entropy: Entropy

  init(database: any Database, clock: Clock, ids: IDMaker, entropy: Entropy = .system) {
    self.database = database
    self.clock = clock
    self.ids = ids
    self.entropy = entropy
  }

  // MARK: Reading

  static let respondentColumns: SQL = "id, name, stratum, partner, department, answerer, contact, reminded_on, token"

  private static let columns: SQL =
    "id, title, questionnaire, naming, cycle, state, due_on, population, created_at, created_by"

  package func all(_ facility: FacilityID) async throws -> [Survey] {
    let (key, today) = (facility.rawValue, clock.now().day)
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        "SELECT \(Self.columns) FROM poll WHERE facility = \(key) ORDER BY created_at DESC, id LIMIT 200"
      ).map { try Self.survey($0, facility).asOf(today) }
    }
  }

  /// Throws `SurveyProblem.notFound`.
  package func find(_ id: String, _ facility: FacilityID) async throws -> Survey {
    let today = clock.now().day
    return try await database.read(.facility(facility.rawValue)) { tx in
      try Self.find(id, facility, in: tx).asOf(today)
    }
  }

  static func find(_ id: String, _ facility: FacilityID, in tx: any Transaction) throws -> Survey {
    guard
      let row = try tx.row(
        "SELECT \(columns) FROM poll WHERE facility = \(facility.rawValue) AND id = \(id)"
      )
    else { throw SurveyProblem.notFound }
    return try survey(row, facility)
  }

  package func respondents(_ survey: Survey) async throws -> [Respondent] {
    let key = survey.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.respondentColumns) FROM poll_respondent
        WHERE facility = \(key) AND survey = \(survey.id) ORDER BY id LIMIT \(SurveyDraft.mostMembers)
        """
      ).map(Self.respondent)
    }
  }

  /// By the id of the respondent; who is missing has not begun.
  package func progress(_ survey: Survey, round: String) async throws -> [String: SurveyProgress] {
    let key = survey.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var progress: [String: SurveyProgress] = [:]
      for row in try tx.rows(
        """
        SELECT respondent, state FROM poll_participation
        WHERE facility = \(key) AND survey = \(survey.id) AND round = \(round)
        """
      ) { progress[try row.text("respondent")] = SurveyProgress(rawValue: try row.text("state")) }
      return progress
    }
  }

  /// Rounds in which anybody began, the newest first.
  package func rounds(_ survey: Survey) async throws -> [String] {
    let key = survey.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT DISTINCT round FROM poll_participation WHERE facility = \(key) AND survey = \(survey.id)
        ORDER BY round DESC LIMIT 240
        """
      ).map { try $0.text("round") }
    }
  }

  // MARK: The whole

  /// Opens a survey: from now on its questions and its naming stay as they are. Throws `AnswerProblems` where nobody could
  /// answer in time any more.
  package func open(_ draft: SurveyDraft, in scope: Scope<AnswerChecks>) async throws -> String {
    if draft.cycle == .once, draft.due < clock.now().day {
      var problems = AnswerProblems()
      problems.add("due", "期限が過ぎています。今日から後の日にしてください。", "The due day has passed. Give today or a later day.")
      throw problems
    }
    let (key, now, id, entry) = (scope.facility.rawValue, clock.now(), ids.next(), ids.next())
    let rows: [[SQLValue]] = draft.members.map { member in
      [
        .text(key), .text(id), .text(ids.next()), .text(member.name), .text(member.stratum),
        member.partner.map(SQLValue.text) ?? .null, member.department.map(SQLValue.text) ?? .null,
        .text(member.answerer), .text(member.contact), .text(entropy.linkToken()),
      ]
    }
    try await database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO poll (facility, id, title, questionnaire, naming, cycle, state, due_on, population, created_at,
          created_by)
        VALUES (\(key), \(id), \(draft.title), \(draft.source), \(draft.naming.rawValue), \(draft.cycle.rawValue), 'open',
          \(draft.due), \(draft.population), \(now), \(scope.actor.name))
        """
      )
      try tx.insert(
        into: "poll_respondent",
        columns: [
          "facility", "survey", "id", "name", "stratum", "partner", "department", "answerer", "contact", "token",
        ],
        rows: rows
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "survey.opened",
          of: ("survey", id, draft.title),
          changes: [
            FieldChange(field: "naming", from: nil, to: draft.naming.rawValue),
            FieldChange(field: "respondents", from: nil, to: String(draft.members.count)),
          ]
        )
      ])
    }
    return id
  }

  /// Nothing is taken any more. What is kept stays.
  package func close(_ survey: Survey, in scope: Scope<AnswerChecks>) async throws {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      let changed = try tx.run(
        """
        UPDATE poll SET state = 'closed', closed_at = \(now)
        WHERE facility = \(key) AND id = \(survey.id) AND state = 'open'
        """
      )
      guard changed > 0 else { return }
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "survey.closed",
          of: ("survey", survey.id, survey.title)
        )
      ])
    }
  }

  // MARK: Rows

  static func survey(_ row: Row, _ facility: FacilityID) throws -> Survey {
    guard let naming = Survey.Naming(rawValue: try row.text("naming")),
      let cycle = Survey.Cycle(rawValue: try row.text("cycle")),
      let state = Survey.State(rawValue: try row.text("state")),
      let due = try row.optionalDate("due_on")
    else { throw StorageError.unexpectedValue(column: "poll.state", wanted: "a survey") }
    return Survey(
      id: try row.text("id"),
      facility: facility,
      title: try row.text("title"),
      questionnaire: try SurveyDraft.read(try row.text("questionnaire"), file: "survey"),
      naming: naming,
      cycle: cycle,
      state: state,
      due: due,
      population: try row.optionalInteger("population"),
      createdAt: try row.instant("created_at"),
      createdBy: try row.text("created_by")
    )
  }

  static func respondent(_ row: Row) throws -> Respondent {
    Respondent(
      id: try row.text("id"),
      name: try row.text("name"),
      stratum: try row.text("stratum"),
      partner: try row.optionalText("partner"),
      department: try row.optionalText("department"),
      answerer: try row.text("answerer"),
      contact: try row.text("contact"),
      remindedOn: try row.optionalDate("reminded_on"),
      token: try row.text("token")
    )
  }
}
