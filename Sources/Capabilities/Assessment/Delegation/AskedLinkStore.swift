import Journal
import Nouns
import Records
import SQL
import Sealing
import Text
import Time

/// The links with which departments and vendors answer what they are asked, and what came by them. Making a link, ending it
/// and sending by it are lines in the journal. The token is told once, when it is made, and kept as a hash.
package struct AskedLinkStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker
  var entropy = Entropy.system

  /// One round and whoever is asked in it.
  package struct Place: Sendable {
    let checklist: Checklist
    let period: String
    let whom: String
    /// What whoever is asked is called.
    let name: String
  }

  private static let columns: SQL = "facility, pack, period, whom, made_at, made_by"

  private static func hash(_ token: String) -> String { Hash.sha256Hex(Array(token.utf8)) }

  // MARK: Links

  /// Whoever holds a link has no facility yet: the whole installation is searched for it.
  func find(_ token: String) async throws -> AskedLink? {
    try await database.read(.everyFacility) { tx in
      try tx.row("SELECT \(Self.columns) FROM assessment_asked_link WHERE token_hash = \(Self.hash(token))")
        .map(Self.link)
    }
  }

  /// The links of a round.
  func links(_ pack: String, _ period: String, _ facility: FacilityID) async throws -> [AskedLink] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM assessment_asked_link
        WHERE facility = \(key) AND pack = \(pack) AND period = \(period) ORDER BY whom
        """
      ).map(Self.link)
    }
  }

  private static func link(_ row: Row) throws -> AskedLink {
    AskedLink(
      facility: FacilityID(rawValue: try row.text("facility")),
      pack: try row.text("pack"),
      period: try row.text("period"),
      whom: try row.text("whom"),
      madeAt: try row.instant("made_at"),
      madeBy: try row.text("made_by")
    )
  }

  /// Makes a link and answers it with its token, which is told here and nowhere else; one that was there opens nothing any
  /// more.
  func make(_ place: Place, in scope: Scope<AnswerChecks>) async throws -> (link: AskedLink, token: String) {
    let (key, now, token) = (scope.facility.rawValue, clock.now(), entropy.linkToken())
    let entry = entry("assessment.asked.linked", place, scope)
    try await database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO assessment_asked_link (facility, pack, period, whom, token_hash, made_at, made_by)
        VALUES (\(key), \(place.checklist.id), \(place.period), \(place.whom), \(Self.hash(token)), \(now),
          \(scope.actor.name))
        ON CONFLICT (facility, pack, period, whom) DO UPDATE SET token_hash = excluded.token_hash,
          made_at = excluded.made_at, made_by = excluded.made_by
        """
      )
      try tx.record([entry])
    }
    let link = AskedLink(
      facility: scope.facility,
      pack: place.checklist.id,
      period: place.period,
      whom: place.whom,
      madeAt: now,
      madeBy: scope.actor.name
    )
    return (link, token)
  }

  /// The link opens nothing any more; what came by it stays. Answers whether there was one.
  func end(_ place: Place, in scope: Scope<AnswerChecks>) async throws -> Bool {
    let key = scope.facility.rawValue
    let entry = entry("assessment.asked.unlinked", place, scope)
    return try await database.write(.facility(key)) { tx in
      let gone = try tx.run(
        """
        DELETE FROM assessment_asked_link WHERE facility = \(key) AND pack = \(place.checklist.id)
          AND period = \(place.period) AND whom = \(place.whom)
        """
      )
      if gone > 0 { try tx.record([entry]) }
      return gone > 0
    }
  }

  private func entry(_ kind: String, _ place: Place, _ scope: Scope<AnswerChecks>) -> JournalEntry {
    let checklist = place.checklist
    return JournalEntry(
      by: scope,
      id: ids.next(),
      at: clock.now(),
      kind: kind,
      of: ("assessment", "\(checklist.id)/\(place.period)/asked/\(place.whom)", "\(checklist.title.ja) \(place.name)"),
      changes: []
    )
  }

  // MARK: What came

  /// Of a round, saved or sent, whoever is asked now.
  func replies(_ checklist: Checklist, _ period: String, _ facility: FacilityID) async throws -> [AskedReply] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT item, whom, value, target, remarks, respondent, saved_at, sent_at, taken_at, taken_by, version
        FROM assessment_asked_reply
        WHERE facility = \(key) AND pack = \(checklist.id) AND period = \(period) ORDER BY item, whom LIMIT 5000
        """
      ).compactMap { row in
        guard let item = checklist[try row.text("item")] else { return nil }
        return try Self.reply(row, item)
      }
    }
  }

  private static func reply(_ row: Row, _ item: ChecklistItem) throws -> AskedReply {
    guard let value = AnswerValue(text: try row.text("value")) else {
      throw StorageError.unexpectedValue(column: "assessment_asked_reply.value", wanted: "an answer")
    }
    return AskedReply(
      item: item.key,
      whom: try row.text("whom"),
      value: item.named(value),
      target: try row.optionalDate("target"),
      remarks: try row.text("remarks"),
      respondent: try row.text("respondent"),
      savedAt: try row.instant("saved_at"),
      sentAt: try row.optionalInstant("sent_at"),
      takenBy: try row.optionalText("taken_by"),
      takenAt: try row.optionalInstant("taken_at"),
      version: try row.integer("version")
    )
  }

  /// Where something was sent that nobody has taken over or answered otherwise since: `pack/period/item/whom`.
  func arrived(_ facility: FacilityID) async throws -> Set<String> {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      Set(
        try tx.rows(
          """
          SELECT r.pack AS pack, r.period AS period, r.item AS item, r.whom AS whom FROM assessment_asked_reply r
          LEFT JOIN assessment_answer a ON a.facility = r.facility AND a.pack = r.pack AND a.period = r.period
            AND a.item = r.item
          WHERE r.facility = \(key) AND r.sent_at IS NOT NULL AND r.taken_at IS NULL
            AND (a.item IS NULL OR r.saved_at > a.answered_at)
          """
        ).map { "\(try $0.text("pack"))/\(try $0.text("period"))/\(try $0.text("item"))/\(try $0.text("whom"))" }
      )
    }
  }

  typealias Line = (item: ChecklistItem, answer: FormAnswer, version: Int?)

  /// Keeps what was typed by a link, all of it or nothing, and where `isSending` sends everything that was kept so far.
  /// Throws `RoundConflict.locked`, and `.answered` for an item that is answered since or asked of somebody else, or that
  /// somebody else typed in by the same link. Answers how many were sent.
  @discardableResult
  func keep(
    _ lines: [Line],
    _ place: Place,
    respondent: String,
    isSending: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> Int {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let entries = place.checklist.items.map { _ in ids.next() }
    return try await database.write(.facility(key)) { tx in
      let round = try RoundStore.round(place.checklist, place.period, key, in: tx)
      guard round.lockedAt == nil else { throw RoundConflict.locked }
      let open = try Self.open(place, round, key, in: tx)
      for line in lines {
        guard let item = open[line.item.key] else { throw RoundConflict.answered }
        try Self.write(line, item, place, respondent, key, now, in: tx)
      }
      guard isSending else { return 0 }
      var sent = 0
      for (item, id) in zip(place.checklist.items, entries) {
        guard let line = open[item.key] else { continue }
        let count = try tx.run(
          """
          UPDATE assessment_asked_reply SET sent_at = \(now), respondent = \(respondent)
          WHERE facility = \(key) AND pack = \(place.checklist.id) AND period = \(place.period)
            AND item = \(item.key) AND whom = \(place.whom) AND sent_at IS NULL AND saved_at > \(line.since)
          """
        )
        guard count > 0 else { continue }
        sent += 1
        let changes = [FieldChange(field: "respondent", from: nil, to: respondent)]
        try tx.record([
          .ofItem("assessment.replied", id: id, at: now, item, of: place.checklist, place.period, changes, in: scope)
        ])
      }
      return sent
    }
  }

  /// An item that waits for an answer.
  private struct Open {
    /// When it was answered before it was asked for; what was said until then is settled.
    let since: Instant
  }

  /// The items that whoever it is, is asked for and nobody has answered since, by key.
  private static func open(
    _ place: Place,
    _ round: Round,
    _ key: String,
    in tx: any Transaction
  ) throws -> [String: Open] {
    let (kind, id) = (place.whom.prefix(2), String(place.whom.dropFirst(2)))
    let column: SQL = kind == "v:" ? "vendor" : "department"
    let rows = try tx.rows(
      """
      SELECT item, assigned_at FROM assessment_assignment WHERE facility = \(key) AND pack = \(place.checklist.id)
        AND period = \(place.period) AND \(column) = \(id)
      """
    )
    var open: [String: Open] = [:]
    for row in rows {
      let item = try row.text("item")
      let before = round.answers[item]?.answeredAt
      if let before, try before >= row.instant("assigned_at") { continue }
      open[item] = Open(since: before ?? Instant(milliseconds: 0))
    }
    return open
  }

  /// What was sent already and is changed is sent again.
  private static func write(
    _ line: Line,
    _ item: Open,
    _ place: Place,
    _ respondent: String,
    _ key: String,
    _ now: Instant,
    in tx: any Transaction
  ) throws {
    let count: Int
    if let version = line.version {
      count = try tx.run(
        """
        UPDATE assessment_asked_reply SET value = \(line.answer.latest.text), target = \(line.answer.target),
          remarks = \(line.answer.remarks), respondent = \(respondent), saved_at = \(now), sent_at = NULL,
          taken_at = NULL, taken_by = NULL, version = version + 1
        WHERE facility = \(key) AND pack = \(place.checklist.id) AND period = \(place.period)
          AND item = \(line.item.key) AND whom = \(place.whom) AND version = \(version)
        """
      )
    } else {
      count = try tx.run(
        """
        INSERT INTO assessment_asked_reply (facility, pack, period, item, whom, value, target, remarks, respondent,
          saved_at, version)
        VALUES (\(key), \(place.checklist.id), \(place.period), \(line.item.key), \(place.whom),
          \(line.answer.latest.text), \(line.answer.target), \(line.answer.remarks), \(respondent), \(now), 1)
        ON CONFLICT (facility, pack, period, item, whom) DO UPDATE SET value = excluded.value,
          target = excluded.target, remarks = excluded.remarks, respondent = excluded.respondent,
          saved_at = excluded.saved_at, sent_at = NULL, taken_at = NULL, taken_by = NULL,
          version = assessment_asked_reply.version + 1
        WHERE assessment_asked_reply.saved_at <= \(item.since)
        """
      )
    }
    guard count > 0 else { throw RoundConflict.answered }
  }

  /// Notes that what was sent became the hospital's answer. Throws `RoundConflict.answered` where it was changed meanwhile.
  static func take(
    _ reply: AskedReply,
    _ checklist: Checklist,
    _ period: String,
    at now: Instant,
    in scope: Scope<AnswerChecks>,
    _ tx: any Transaction
  ) throws {
    let count = try tx.run(
      """
      UPDATE assessment_asked_reply SET taken_at = \(now), taken_by = \(scope.actor.name)
      WHERE facility = \(scope.facility.rawValue) AND pack = \(checklist.id) AND period = \(period)
        AND item = \(reply.item) AND whom = \(reply.whom) AND version = \(reply.version) AND sent_at IS NOT NULL
      """
    )
    guard count > 0 else { throw RoundConflict.answered }
  }
}
