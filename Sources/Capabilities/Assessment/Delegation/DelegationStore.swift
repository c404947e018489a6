import Journal
import Nouns
import SQL
import Text
import Time

/// Who shall answer an item, what is said about it, and who else has looked at the answer.
struct DelegationStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// Everything that people said and settled about one item of a round.
  struct Talk: Sendable {
    var assignment: Assignment?
    var comments: [Comment] = []
    /// Who confirmed the answer as it is now, and when.
    var confirmation: (by: String, at: Instant)?
    /// The account that answered, nil where that is not known.
    var answeredID: String?
  }

  // MARK: Reading

  private static let columns: SQL = """
    s.pack AS pack, s.period AS period, s.item AS item, s.department AS department, s.person AS person,
    s.vendor AS vendor, s.reply_way AS reply_way, s.reply_by AS reply_by, s.reply_on AS reply_on, s.name AS name, s.due_on AS due_on, s.note AS note, s.assigned_by AS assigned_by, s.assigned_at AS assigned_at, s.reminded_on AS reminded_on,
    s.reminders AS reminders
    """

  func talk(_ pack: String, _ period: String, _ item: String, _ facility: FacilityID) async throws -> Talk {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var talk = Talk()
      talk.assignment = try Self.assignment(pack, period, item, key, in: tx)
      talk.comments = try tx.rows(
        """
        SELECT id, item, body, written_at, written_by FROM assessment_comment
        WHERE facility = \(key) AND pack = \(pack) AND period = \(period) AND item = \(item)
        ORDER BY written_at, id LIMIT 500
        """
      ).map { row in
        Comment(
          id: try row.text("id"),
          item: try row.text("item"),
          text: try row.text("body"),
          at: try row.instant("written_at"),
          by: try row.text("written_by")
        )
      }
      let answer = try tx.row(
        """
        SELECT a.answered_id AS answered_id, c.confirmed_by AS confirmed_by, c.confirmed_at AS confirmed_at
        FROM assessment_answer a LEFT JOIN assessment_confirmation c ON c.facility = a.facility AND c.pack = a.pack
          AND c.period = a.period AND c.item = a.item AND c.version = a.version
        WHERE a.facility = \(key) AND a.pack = \(pack) AND a.period = \(period) AND a.item = \(item)
        """
      )
      talk.answeredID = try answer?.optionalText("answered_id")
      if let by = try answer?.optionalText("confirmed_by"), let at = try answer?.optionalInstant("confirmed_at") {
        talk.confirmation = (by, at)
      }
      return talk
    }
  }

  private static func assignment(
    _ pack: String,
    _ period: String,
    _ item: String,
    _ key: String,
    in tx: any Transaction
  ) throws -> Assignment? {
    try tx.row(
      """
      SELECT \(columns) FROM assessment_assignment s
      WHERE s.facility = \(key) AND s.pack = \(pack) AND s.period = \(period) AND s.item = \(item)
      """
    ).map(assignment)
  }

  /// The items of a round whose answer, as it is now, a second person has confirmed.
  func confirmed(_ pack: String, _ period: String, _ facility: FacilityID) async throws -> Set<String> {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in try Self.confirmed(pack, period, key, in: tx) }
  }

  static func confirmed(
    _ pack: String,
    _ period: String,
    _ key: String,
    in tx: any Transaction
  ) throws -> Set<String> {
    Set(
      try tx.rows(
        """
        SELECT a.item AS item FROM assessment_answer a JOIN assessment_confirmation c ON c.facility = a.facility
          AND c.pack = a.pack AND c.period = a.period AND c.item = a.item AND c.version = a.version
        WHERE a.facility = \(key) AND a.pack = \(pack) AND a.period = \(period)
        """
      ).map { try $0.text("item") }
    )
  }

  /// What was assigned and is not answered since, in rounds that are not locked.
  func waiting(_ facility: FacilityID) async throws -> [Assignment] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM assessment_assignment s
        LEFT JOIN assessment_answer a ON a.facility = s.facility AND a.pack = s.pack AND a.period = s.period
          AND a.item = s.item
        LEFT JOIN assessment_round r ON r.facility = s.facility AND r.pack = s.pack AND r.period = s.period
        WHERE s.facility = \(key) AND (a.item IS NULL OR a.answered_at < s.assigned_at) AND r.locked_at IS NULL
        ORDER BY s.due_on, s.pack, s.item LIMIT 1000
        """
      ).map(Self.assignment)
    }
  }

  /// Those of them that the answers so far ask for.
  func asked(
    of waiting: [Assignment],
    _ shelf: ChecklistShelf,
    _ facility: FacilityID
  ) async throws -> [Assignment] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var asked: [String: Set<String>] = [:]
      return try waiting.filter { assignment in
        guard let checklist = shelf.checklist(assignment.pack), checklist.hasBranches else { return true }
        let place = "\(assignment.pack)/\(assignment.period)"
        let keys =
          try asked[place] ?? Set(RoundStore.round(checklist, assignment.period, key, in: tx).asked.map(\.key))
        asked[place] = keys
        return keys.contains(assignment.item)
      }
    }
  }

  /// Who is asked for what in a round, by item, asked by the answers so far or not.
  func assignments(
    _ pack: String,
    _ period: String,
    _ facility: FacilityID
  ) async throws -> [Assignment] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM assessment_assignment s
        WHERE s.facility = \(key) AND s.pack = \(pack) AND s.period = \(period) ORDER BY s.item LIMIT 5000
        """
      ).map(Self.assignment)
    }
  }

  private static func assignment(_ row: Row) throws -> Assignment {
    guard let due = try row.optionalDate("due_on") else {
      throw StorageError.unexpectedValue(column: "assessment_assignment.due_on", wanted: "a day")
    }
    return Assignment(
      pack: try row.text("pack"),
      period: try row.text("period"),
      item: try row.text("item"),
      department: try row.optionalText("department"),
      person: try row.optionalText("person"),
      vendor: try row.optionalText("vendor"),
      name: try row.text("name"),
      due: due,
      note: try row.text("note"),
      assignedBy: try row.text("assigned_by"),
      askedAt: try row.instant("assigned_at"),
      remindedOn: try row.optionalDate("reminded_on"),
      reminders: try row.integer("reminders"),
      reply: try reply(row)
    )
  }

  private static func reply(_ row: Row) throws -> VendorReply? {
    guard let way = try row.optionalText("reply_way").flatMap(VendorForm.Way.init(rawValue:)),
      let who = try row.optionalText("reply_by"), let day = try row.optionalDate("reply_on")
    else { return nil }
    return VendorReply(way, who, on: day)
  }

  // MARK: Writing

  /// Asks a department, a person or a vendor; whoever was asked before is asked no longer. All of it or, where the round is locked,
  /// nothing (`RoundConflict.locked`).
  func assign(
    _ all: [(assignment: Assignment, item: ChecklistItem)],
    of checklist: Checklist,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let entries = all.map { _ in ids.next() }
    try await database.write(.facility(key)) { tx in
      for ((assignment, item), entry) in zip(all, entries) {
        guard try RoundStore.round(checklist, assignment.period, key, in: tx).lockedAt == nil else {
          throw RoundConflict.locked
        }
        let before = try Self.assignment(assignment.pack, assignment.period, item.key, key, in: tx)
        try Self.write(assignment, item, by: scope.actor.name, key, now, in: tx)
        let changes = [FieldChange(field: "assigned", from: before?.name, to: assignment.name)]
        try tx.record([
          .ofItem("assessment.assigned", id: entry, at: now, item, of: checklist, assignment.period, changes, in: scope)
        ])
      }
    }
  }

  private static func write(
    _ assignment: Assignment,
    _ item: ChecklistItem,
    by name: String,
    _ key: String,
    _ now: Instant,
    in tx: any Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO assessment_assignment (facility, pack, period, item, department, person, vendor, name, due_on,
        note, assigned_at, assigned_by, reminders)
      VALUES (\(key), \(assignment.pack), \(assignment.period), \(item.key), \(assignment.department),
        \(assignment.person), \(assignment.vendor), \(assignment.name), \(assignment.due), \(assignment.note), \(now), \(name), 0)
      ON CONFLICT (facility, pack, period, item) DO UPDATE SET department = excluded.department,
        person = excluded.person, vendor = excluded.vendor, name = excluded.name, due_on = excluded.due_on,
        note = excluded.note, assigned_at = excluded.assigned_at, assigned_by = excluded.assigned_by,
        reminded_on = NULL, reminders = 0, reply_way = NULL, reply_by = NULL, reply_on = NULL
      """
    )
  }

  /// Notes that whoever is asked and has not answered was reminded: of these items, of all in the round where `keys` is
  /// nil. Answers what they were reminded of. Throws `RoundConflict.locked`.
  func remind(
    _ keys: Set<String>?,
    of checklist: Checklist,
    _ period: String,
    in scope: Scope<AnswerChecks>
  ) async throws -> [Assignment] {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let entries = checklist.items.map { _ in ids.next() }
    return try await database.write(.facility(key)) { tx in
      let round = try RoundStore.round(checklist, period, key, in: tx)
      guard round.lockedAt == nil else { throw RoundConflict.locked }
      var reminded: [Assignment] = []
      let items = round.asked.filter { keys?.contains($0.key) ?? true }
      for (item, entry) in zip(items, entries) {
        guard let assignment = try Self.assignment(checklist.id, period, item.key, key, in: tx),
          !assignment.isAnswered(by: round.answers[item.key])
        else { continue }
        try tx.run(
          """
          UPDATE assessment_assignment SET reminded_on = \(now.day), reminders = reminders + 1
          WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND item = \(item.key)
          """
        )
        let changes = [FieldChange(field: "reminded", from: assignment.remindedOn?.iso, to: now.day.iso)]
        try tx.record([
          .ofItem("assessment.reminded", id: entry, at: now, item, of: checklist, period, changes, in: scope)
        ])
        reminded.append(assignment)
      }
      return reminded
    }
  }

  /// Notes how a vendor's answer to an item came. Throws `AnswerProblems` where no vendor is asked for it.
  static func note(
    _ reply: VendorReply,
    _ item: ChecklistItem,
    of checklist: Checklist,
    _ period: String,
    _ key: String,
    in tx: any Transaction
  ) throws {
    let count = try tx.run(
      """
      UPDATE assessment_assignment SET reply_way = \(reply.way.rawValue), reply_by = \(reply.respondent),
        reply_on = \(reply.on)
      WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND item = \(item.key)
        AND vendor IS NOT NULL
      """
    )
    guard count == 0 else { return }
    var problems = AnswerProblems()
    problems.add(
      "respondent",
      "\(item.name.ja) は、事業者に頼んでいません。",
      "No vendor is asked for \(item.name.en)."
    )
    throw problems
  }

  /// Nobody is asked any more. Answers whether somebody was.
  @discardableResult
  func unassign(
    _ checklist: Checklist,
    _ period: String,
    _ item: ChecklistItem,
    in scope: Scope<AnswerChecks>
  ) async throws -> Bool {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    return try await database.write(.facility(key)) { tx in
      guard let before = try Self.assignment(checklist.id, period, item.key, key, in: tx) else { return false }
      try tx.run(
        """
        DELETE FROM assessment_assignment
        WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND item = \(item.key)
        """
      )
      let changes = [FieldChange(field: "assigned", from: before.name, to: nil)]
      try tx.record([
        .ofItem("assessment.unassigned", id: entry, at: now, item, of: checklist, period, changes, in: scope)
      ])
      return true
    }
  }

  func comment(
    _ text: String,
    _ checklist: Checklist,
    _ period: String,
    _ item: ChecklistItem,
    in scope: Scope<ReadLedger>
  ) async throws {
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO assessment_comment (facility, id, pack, period, item, body, written_at, written_by)
        VALUES (\(key), \(id), \(checklist.id), \(period), \(item.key), \(text), \(now), \(scope.actor.name))
        """
      )
    }
  }

  /// A second person has looked at the answer as it is. Throws `RoundConflict.answered` where it has changed meanwhile,
  /// and `AnswerProblems` where the same person answered.
  func confirm(
    _ checklist: Checklist,
    _ period: String,
    _ item: ChecklistItem,
    version: Int,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      let round = try RoundStore.round(checklist, period, key, in: tx)
      guard round.lockedAt == nil else { throw RoundConflict.locked }
      let answered = try tx.row(
        """
        SELECT answered_id, version FROM assessment_answer
        WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) AND item = \(item.key)
        """
      )
      guard let answered, try answered.integer("version") == version else { throw RoundConflict.answered }
      // Who answered before that was kept is known by name only.
      let isSame =
        try answered.optionalText("answered_id").map { $0 == scope.actor.id }
        ?? (round.answers[item.key]?.answeredBy == scope.actor.name)
      guard !isSame else {
        var problems = AnswerProblems()
        problems.add(
          "confirm",
          "答えた本人は確認できません。ほかの人に確認を頼んでください。",
          "Whoever answered cannot confirm. Ask somebody else to look."
        )
        throw problems
      }
      let count = try tx.run(
        """
        INSERT INTO assessment_confirmation (facility, pack, period, item, version, confirmed_at, confirmed_by,
          confirmed_id)
        VALUES (\(key), \(checklist.id), \(period), \(item.key), \(version), \(now), \(scope.actor.name),
          \(scope.actor.id))
        ON CONFLICT (facility, pack, period, item, version) DO NOTHING
        """
      )
      guard count > 0 else { return }
      try tx.record([.ofItem("assessment.confirmed", id: entry, at: now, item, of: checklist, period, in: scope)])
    }
  }
}
