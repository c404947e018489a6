import Journal
import Nouns
import SQL
import Text
import Time

/// What there is to do at a glance: how much, and the most pressing of it.
package struct DutyBoard: Sendable {
  package var overdue = 0
  /// Due from today to seven days ahead.
  package var week = 0
  package var total = 0
  package var snoozed = 0
  /// The most pressing first.
  package var top: [Duty] = []

  package init() {}
}

/// Whose duties are wanted.
package struct DutyReader: Sendable, Hashable {
  package let account: String
  package let grants: [Grant]
  /// Sees what all roles have to do.
  package let seesAll: Bool

  package init(account: String, grants: [Grant], seesAll: Bool) {
    self.account = account
    self.grants = grants
    self.seesAll = seesAll
  }

  /// Whether a duty is this person's own: by name, or by a role in the whole facility or in the duty's department.
  package func owns(_ duty: Duty) -> Bool {
    if let person = duty.person { return person == account }
    return grants.contains { grant in
      grant.role == duty.owner
        && (duty.department == nil || grant.department == nil || grant.department == duty.department)
    }
  }

  func sees(_ duty: Duty) -> Bool { seesAll || owns(duty) }

  /// Whoever has the same sees the same.
  fileprivate var key: String {
    seesAll
      ? "*" : ([account] + grants.map { "\($0.role.rawValue):\($0.department ?? "")" }.sorted()).joined(separator: "/")
  }
}

/// What a board is read from beside what the records call for: every change of a duty has its line in the journal, and a day
/// makes more of them late.
struct BoardMark: Sendable, Equatable {
  private let journal: JournalMark
  private let today: LocalDate

  init(_ facility: FacilityID, _ today: LocalDate, in tx: any Transaction) throws {
    journal = try JournalMark(facility.rawValue, in: tx)
    self.today = today
  }
}

/// The part of a board that people made, counted once a change and not once a request.
struct BoardPart: Sendable {
  let marks: DutyMarks
  var total = 0
  var overdue = 0
  var week = 0
  /// The most pressing first of those that are late, then of those that are not.
  var top: [Duty] = []
}

/// What was put off and what is done, of duties that are not stored themselves.
struct DutyMarks: Sendable {
  var snoozed: [String: LocalDate] = [:]
  var done: Set<String> = []
}

extension Duties {
  /// Everything open that this person sees, the most pressing first; with `snoozed` only what was put off.
  package func list(_ reader: DutyReader, _ facility: FacilityID, snoozed: Bool = false) async throws -> [Duty] {
    let computed = try await all(computedIn: facility) + personal(reader, facility)
    let today = today
    let (marks, made) = try await database.read(.facility(facility.rawValue)) { tx in
      (
        try tx.dutyMarks(facility),
        try tx.rows(
          """
          SELECT \(MadeDuty.columns) FROM duty_made WHERE facility = \(facility.rawValue) AND closed_at IS NULL
          ORDER BY due, rank, id LIMIT 20000
          """
        ).map(MadeDuty.init)
      )
    }
    let standing = computed.filter { duty in
      !marks.done.contains(duty.id) && (marks.snoozed[duty.id].map { $0 > today } ?? false) == snoozed
    }
    let own = made.filter { ($0.snoozedUntil.map { $0 > today } ?? false) == snoozed }.map { $0.duty(today: today) }
    return DutyOrder.sorted((standing + own).filter(reader.sees))
  }

  /// Counts and the first `limit`, without reading what nobody looks at.
  package func board(
    _ reader: DutyReader,
    _ facility: FacilityID,
    limit: Int,
    computed given: [Duty]? = nil
  ) async throws -> DutyBoard {
    var computed: [Duty]
    if let given { computed = given } else { computed = try await all(computedIn: facility) }
    computed += try await personal(reader, facility)
    let today = today
    let made = try await made(reader, facility, today, limit)
    let mine = computed.filter { !made.marks.done.contains($0.id) && reader.sees($0) }
    let open = mine.filter { made.marks.snoozed[$0.id].map { $0 <= today } ?? true }
    var board = DutyBoard()
    board.snoozed = mine.count - open.count
    board.total = open.count + made.total
    board.overdue = open.count { $0.due < today } + made.overdue
    board.week = open.count { $0.due >= today && $0.due <= today.adding(days: 7) } + made.week
    board.top = Array(DutyOrder.sorted(open + made.top).prefix(limit))
    return board
  }

  /// What people made and marked, as this reader sees it; kept until the journal moves.
  private func made(
    _ reader: DutyReader,
    _ facility: FacilityID,
    _ today: LocalDate,
    _ limit: Int
  ) async throws -> BoardPart {
    let mark = try await database.read(.facility(facility.rawValue)) { tx in try BoardMark(facility, today, in: tx) }
    return try await boards.value("\(facility.rawValue)/\(limit)/\(reader.key)", mark) {
      try await database.read(.facility(facility.rawValue)) { tx in
        let condition = DutySQL.visible(reader, facility, today)
        var part = BoardPart(marks: try tx.dutyMarks(facility))
        if let counts = try tx.row(DutySQL.counts(condition, today)) {
          part.total = try counts.integer("total")
          part.overdue = try counts.integer("overdue")
          part.week = try counts.integer("week")
        }
        for statement in DutySQL.top(condition, today, limit) {
          part.top += try tx.rows(statement).map { try MadeDuty($0).duty(today: today) }
        }
        return part
      }
    }
  }

  /// A duty of this person by its id, whatever its state; nil where there is none that this person sees.
  func find(_ id: String, _ reader: DutyReader, _ facility: FacilityID) async throws -> Duty? {
    if id.hasPrefix(MadeDuty.prefix) {
      let made = try await made(String(id.dropFirst(MadeDuty.prefix.count)), facility)
      return made.map { $0.duty(today: today) }.flatMap { reader.sees($0) ? $0 : nil }
    }
    // The calendar leads to checks that are not yet, or no longer, among what is to do.
    let checks = LongHolidays(calendar: calendar)
      .duties(from: today.adding(days: -366), to: today.adding(days: 366), today: today)
    return (try await all(computedIn: facility) + personal(reader, facility) + checks)
      .first { $0.id == id && reader.sees($0) }
  }

  func made(_ id: String, _ facility: FacilityID) async throws -> MadeDuty? {
    try await database.read(.facility(facility.rawValue)) { tx in try tx.made(id, facility) }
  }

  func marks(_ facility: FacilityID) async throws -> DutyMarks {
    try await database.read(.facility(facility.rawValue)) { tx in try tx.dutyMarks(facility) }
  }

  /// What the records call for of this reader alone.
  private func personal(_ reader: DutyReader, _ facility: FacilityID) async throws -> [Duty] {
    reader.account.isEmpty ? [] : try await needs.personal(reader.account, facility)
  }

  /// What the records call for, and the checks around long holidays.
  func all(computedIn facility: FacilityID) async throws -> [Duty] {
    try await needs.computed(facility) + LongHolidays(calendar: calendar).duties(on: today)
  }

  /// What this capability adds to the duties of the facility, for `yagura duties` and assessments: what is open and not
  /// put off.
  func own(_ facility: FacilityID) async throws -> [Duty] {
    let today = today
    let holidays = LongHolidays(calendar: calendar).duties(on: today)
    return try await database.read(.facility(facility.rawValue)) { tx in
      let marks = try tx.dutyMarks(facility)
      let made = try tx.rows(
        """
        SELECT \(MadeDuty.columns) FROM duty_made WHERE facility = \(facility.rawValue) AND closed_at IS NULL
          AND (snoozed_until IS NULL OR snoozed_until <= \(today)) ORDER BY due, rank, id LIMIT 20000
        """
      )
      return holidays.filter { !marks.done.contains($0.id) && (marks.snoozed[$0.id].map { $0 <= today } ?? true) }
        + (try made.map { try MadeDuty($0).duty(today: today) })
    }
  }

  /// Who is meant by a duty's owner.
  func addressees(of draft: DutyDraft, _ facility: FacilityID) async throws -> [DutyPerson] {
    try await needs.people(facility).filter { person in
      draft.person.map { $0 == person.account } ?? person.holds(draft.owner)
    }
  }
}

/// The statements behind the board; a test looks at their plans.
enum DutySQL {
  /// What this person sees of the hand-made duties that are open and not put off.
  static func visible(_ reader: DutyReader, _ facility: FacilityID, _ today: LocalDate) -> SQL {
    let base: SQL = """
      facility = \(facility.rawValue) AND closed_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= \(today))
      """
    if reader.seesAll { return base }
    let whole = reader.grants.filter { $0.department == nil }.map(\.role.rawValue) + ["-"]
    let parts = reader.grants.compactMap { grant -> SQL? in
      grant.department.map {
        " OR (person = '' AND owner = \(grant.role.rawValue) AND (department = '' OR department = \($0)))"
      }
    }.joined(separator: "")
    return base
      + " AND (person = \(reader.account) OR (person = '' AND owner IN (\(list: whole)))\(parts))"
  }

  static func counts(_ condition: SQL, _ today: LocalDate) -> SQL {
    """
    SELECT count(*) AS total, coalesce(sum(CASE WHEN due < \(today) THEN 1 ELSE 0 END), 0) AS overdue,
      coalesce(sum(CASE WHEN due >= \(today) AND due <= \(today.adding(days: 7)) THEN 1 ELSE 0 END), 0) AS week
    FROM duty_made WHERE \(condition)
    """
  }

  /// What is late by weight, and what is not by due date. The first names the due date in a way that no index serves, so
  /// that both engines walk the index by weight and stop at the limit.
  static func top(_ condition: SQL, _ today: LocalDate, _ limit: Int) -> [SQL] {
    [
      """
      SELECT \(MadeDuty.columns) FROM duty_made WHERE \(condition) AND due || '' < \(today)
      ORDER BY rank, due, id LIMIT \(limit)
      """,
      """
      SELECT \(MadeDuty.columns) FROM duty_made WHERE \(condition) AND due >= \(today)
      ORDER BY due, rank, id LIMIT \(limit)
      """,
    ]
  }
}

extension Transaction {
  func dutyMarks(_ facility: FacilityID) throws -> DutyMarks {
    var marks = DutyMarks()
    try each("SELECT duty, snoozed_until, done_at FROM duty_mark WHERE facility = \(facility.rawValue)") { row in
      let duty = try row.text("duty")
      if let until = try row.optionalDate("snoozed_until") { marks.snoozed[duty] = until }
      if try row.optionalInstant("done_at") != nil { marks.done.insert(duty) }
    }
    return marks
  }
}
