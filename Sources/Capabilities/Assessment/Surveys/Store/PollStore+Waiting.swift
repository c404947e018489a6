import Nouns
import SQL
import Text
import Time

extension PollStore {
  /// One who has not finished yet, for duties.
  struct Waiting: Sendable {
    let survey: String
    let title: String
    let due: LocalDate
    let department: String?
    /// The department's, or the facility's.
    let name: String
    let token: String
    let hasBegun: Bool
  }

  /// Departments of this facility that have not finished, and this facility itself where another asks it.
  func waiting(_ facility: FacilityID) async throws -> [Waiting] {
    let key = facility.rawValue
    let today = clock.now().day
    let month = String(today.iso.prefix(7))
    let own = try await database.read(.facility(key)) { tx in
      try Self.waiting(" AND r.facility = \(key) AND r.department IS NOT NULL", month, today, in: tx)
    }
    let asked = try await database.read(.everyFacility) { tx in
      try Self.waiting(" AND r.partner = \(key)", month, today, in: tx)
    }
    return own + asked
  }

  private static func waiting(
    _ whose: SQL,
    _ month: String,
    _ today: LocalDate,
    in tx: any Transaction
  ) throws -> [Waiting] {
    try tx.rows(
      """
      SELECT s.id AS survey, s.title AS title, s.cycle AS cycle, s.due_on AS due_on, r.department AS department,
        r.name AS name, r.token AS token, p.state AS state
      FROM poll_respondent r JOIN poll s ON s.facility = r.facility AND s.id = r.survey AND s.state = 'open'
      LEFT JOIN poll_participation p ON p.facility = r.facility AND p.survey = r.survey AND p.respondent = r.id
        AND p.round = CASE s.cycle WHEN 'month' THEN \(month) ELSE '' END
      WHERE (p.state IS NULL OR p.state = 'started')\(whose) ORDER BY s.created_at, r.id LIMIT 2000
      """
    ).compactMap { row in
      guard let due = try row.optionalDate("due_on") else { return nil }
      return Waiting(
        survey: try row.text("survey"),
        title: try row.text("title"),
        due: try row.text("cycle") == Survey.Cycle.month.rawValue ? Month(containing: today).last : due,
        department: try row.optionalText("department"),
        name: try row.text("name"),
        token: try row.text("token"),
        hasBegun: try row.optionalText("state") != nil
      )
    }
  }

  /// A survey with some who were asked by a list, have not finished and are to be reminded now.
  struct Owing: Sendable {
    let survey: String
    let title: String
    let due: LocalDate
    let count: Int
  }

  /// The open surveys whose end is near or past, as far as anybody outside is to be reminded.
  func owing(_ facility: FacilityID) async throws -> [Owing] {
    let key = facility.rawValue
    let today = clock.now().day
    let month = String(today.iso.prefix(7))
    return try await database.read(.facility(key)) { tx in
      let open = try tx.rows(
        "SELECT id, title, cycle, due_on FROM poll WHERE facility = \(key) AND state = 'open' ORDER BY created_at, id LIMIT 200"
      )
      return try open.compactMap { row -> Owing? in
        guard let once = try row.optionalDate("due_on") else { return nil }
        let isMonthly = try row.text("cycle") == Survey.Cycle.month.rawValue
        let due = isMonthly ? Month(containing: today).last : once
        guard SurveyReminding.hasBegun(due: due, today: today) else { return nil }
        let (id, round) = (try row.text("id"), isMonthly ? month : "")
        let count = try tx.count(
          """
          SELECT count(*) FROM poll_respondent r
          LEFT JOIN poll_participation p ON p.facility = r.facility AND p.survey = r.survey AND p.respondent = r.id
            AND p.round = \(round)
          WHERE r.facility = \(key) AND r.survey = \(id) AND r.partner IS NULL AND r.department IS NULL
            AND (p.state IS NULL OR p.state = 'started')
            AND (r.reminded_on IS NULL OR r.reminded_on <= \(SurveyReminding.latest(today: today)))
          """
        )
        guard count > 0 else { return nil }
        return Owing(survey: id, title: try row.text("title"), due: due, count: count)
      }
    }
  }

  /// Open monthly surveys of the departments.
  func ofDepartments(_ facility: FacilityID) async throws -> [Survey] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      let found = try tx.rows(
        """
        SELECT DISTINCT survey FROM poll_respondent WHERE facility = \(key) AND department IS NOT NULL
        """
      ).map { try $0.text("survey") }
      return try found.map { try Self.find($0, facility, in: tx) }.filter { $0.state == .open && $0.cycle == .month }
    }
  }
}
