import Crypto
import Journal
import Nouns
import Records
import SQL
import Sealing
import Text
import Time

/// Rounds and their answers. Every change is a line in the journal.
struct RoundStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  func round(_ checklist: Checklist, _ period: String, _ facility: FacilityID) async throws -> Round {
    try await database.read(.facility(facility.rawValue)) { tx in
      try Self.round(checklist, period, facility.rawValue, in: tx)
    }
  }

  static func round(_ checklist: Checklist, _ period: String, _ key: String, in tx: any Transaction) throws -> Round {
    try rounds([(checklist, period)], key, in: tx)[0]
  }

  /// Several rounds with two statements, in the order in which they are asked for.
  func rounds(
    _ asked: [(checklist: Checklist, period: String)],
    _ facility: FacilityID
  ) async throws -> [Round] {
    try await database.read(.facility(facility.rawValue)) { tx in try Self.rounds(asked, facility.rawValue, in: tx) }
  }

  private static func rounds(
    _ asked: [(checklist: Checklist, period: String)],
    _ key: String,
    in tx: any Transaction
  ) throws -> [Round] {
    guard !asked.isEmpty else { return [] }
    let packs = Set(asked.map(\.checklist.id)).sorted()
    let periods = Set(asked.map(\.period)).sorted()
    func place(_ row: Row) throws -> String { "\(try row.text("pack"))/\(try row.text("period"))" }
    let heads = try Dictionary(
      tx.rows(
        """
        SELECT pack, period, locked_at, locked_by, digest, version FROM assessment_round
        WHERE facility = \(key) AND pack IN (\(list: packs)) AND period IN (\(list: periods))
        """
      ).map { (try place($0), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let answers = try Dictionary(
      grouping: tx.rows(
        """
        SELECT pack, period, item, topic, value, reason, remarks, checked_on, target, second_value, second_on, suggested,
          basis, applying, answered_at, answered_by, version, checked_by, second_by
        FROM assessment_answer
        WHERE facility = \(key) AND pack IN (\(list: packs)) AND period IN (\(list: periods))
        ORDER BY pack, period, item
        """
      ),
      by: place
    )
    return try asked.map { checklist, period in
      let head = heads["\(checklist.id)/\(period)"]
      let items = Dictionary(checklist.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      let given = try (answers["\(checklist.id)/\(period)"] ?? []).map { row in
        let item = items[try row.text("item")]
        return try GivenAnswer(row) { item?.named($0) ?? $0 }
      }
      return Round(
        checklist: checklist,
        period: period,
        answers: Dictionary(given.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first }),
        lockedAt: try head?.optionalInstant("locked_at"),
        lockedBy: try head?.optionalText("locked_by"),
        digest: try head?.optionalText("digest"),
        version: try head?.integer("version") ?? 0
      )
    }
  }

  /// The rounds of a checklist that hold an answer, the newest first.
  func periods(_ checklist: Checklist, _ facility: FacilityID) async throws -> [String] {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT DISTINCT period FROM assessment_answer WHERE facility = \(facility.rawValue) AND pack = \(checklist.id)
        ORDER BY period DESC LIMIT 120
        """
      ).map { try $0.text("period") }
    }
  }

  /// What counts as the answer to each item of rounds, for what is due: by `pack/period`, then by item.
  func values(
    _ rounds: [(checklist: Checklist, period: String)],
    _ facility: FacilityID
  ) async throws -> [String: [String: AnswerValue]] {
    let packs = Set(rounds.map(\.checklist.id)).sorted()
    let periods = Set(rounds.map(\.period)).sorted()
    guard !packs.isEmpty else { return [:] }
    return try await database.read(.facility(facility.rawValue)) { tx in
      var values: [String: [String: AnswerValue]] = [:]
      for row in try tx.rows(
        """
        SELECT pack, period, item, value, second_value FROM assessment_answer WHERE facility = \(facility.rawValue)
          AND pack IN (\(list: packs)) AND period IN (\(list: periods))
        """
      ) {
        let text = try row.optionalText("second_value") ?? row.text("value")
        values["\(try row.text("pack"))/\(try row.text("period"))", default: [:]][try row.text("item")] =
          AnswerValue(text: text)
      }
      return values
    }
  }

  /// The newest answers of a facility, the last given first.
  func newestAnswers(_ facility: FacilityID) async throws -> [PastAnswer] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT pack, period, item, topic, value, second_value, checked_on, second_on FROM assessment_answer
        WHERE facility = \(key) ORDER BY answered_at DESC LIMIT 3000
        """
      ).compactMap { row in
        let text = try row.optionalText("second_value") ?? row.text("value")
        let day = try row.optionalDate("second_on") ?? row.optionalDate("checked_on")
        guard let value = AnswerValue(text: text), let day else { return nil }
        return PastAnswer(
          topic: try row.text("topic"),
          answer: EarlierAnswer(
            pack: try row.text("pack"),
            period: try row.text("period"),
            item: try row.text("item"),
            value: value,
            on: day
          )
        )
      }
    }
  }

  // MARK: Writing

  /// Keeps one answer. Throws `RoundConflict` where the round is locked or somebody else was faster.
  func keep(
    _ draft: AnswerDraft,
    _ item: ChecklistItem,
    of checklist: Checklist,
    _ period: String,
    _ suggestion: Suggestion,
    reply: VendorReply? = nil,
    taking sent: AskedReply? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws {
    try await keepAll([(item, draft, suggestion)], of: checklist, period, reply: reply, taking: sent, in: scope)
  }

  /// `reply` is how the answers of a vendor came that is asked for these items, `sent` what came by a link where that is
  /// taken over.
  func keepAll(
    _ drafts: [(item: ChecklistItem, draft: AnswerDraft, suggestion: Suggestion)],
    of checklist: Checklist,
    _ period: String,
    reply: VendorReply? = nil,
    taking sent: AskedReply? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let entries = drafts.map { _ in ids.next() }
    try await database.write(.facility(key)) { tx in
      let round = try Self.round(checklist, period, key, in: tx)
      guard round.lockedAt == nil else { throw RoundConflict.locked }
      try checklist.checkAsked(drafts.map { ($0.item, $0.draft.secondValue ?? $0.draft.value) }) {
        round.answers[$0]?.latest
      }
      for (index, line) in drafts.enumerated() {
        let current = round.answers[line.item.key]
        guard current?.version == line.draft.version else { throw RoundConflict.answered }
        try write(line.draft, line.item, checklist, period, line.suggestion, current, scope, now, tx)
        var changes = Self.changes(from: current, to: line.draft)
        if let reply {
          try DelegationStore.note(reply, line.item, of: checklist, period, key, in: tx)
          changes.append(FieldChange(field: "reply", from: nil, to: reply.text))
        }
        if let sent {
          try AskedLinkStore.take(sent, checklist, period, at: now, in: scope, tx)
          changes.append(FieldChange(field: "respondent", from: nil, to: sent.respondent))
        }
        let entry = JournalEntry.ofItem(
          "assessment.answered",
          id: entries[index],
          at: now,
          line.item,
          of: checklist,
          period,
          changes,
          reason: line.draft.reason.isEmpty ? nil : line.draft.reason,
          in: scope
        )
        try tx.record([entry])
      }
    }
  }

  private func write(
    _ draft: AnswerDraft,
    _ item: ChecklistItem,
    _ checklist: Checklist,
    _ period: String,
    _ suggestion: Suggestion,
    _ current: GivenAnswer?,
    _ scope: Scope<AnswerChecks>,
    _ now: Instant,
    _ tx: any Transaction
  ) throws {
    // The first check keeps its day and its person while its answer stays; a second one gets its own.
    let checked = draft.checkedOn ?? current.map { $0.value == draft.value ? $0.checkedOn : now.day } ?? now.day
    let second = draft.secondValue.map { value in
      draft.secondOn ?? (current?.secondValue == value ? current?.secondOn ?? now.day : now.day)
    }
    let isSame = current?.value == draft.value && current?.checkedOn == checked
    let checker: String? = isSame ? current?.checkedBy : scope.actor.name
    let isSecondSame = current?.secondValue == draft.secondValue && current?.secondOn == second
    let seconder: String? = second == nil ? nil : isSecondSame ? current?.secondBy : scope.actor.name
    try tx.run(
      """
      INSERT INTO assessment_answer (facility, pack, period, item, topic, value, reason, remarks, checked_on, target,
        second_value, second_on, suggested, basis, answered_at, answered_by, version, answered_id, checked_by, second_by,
        applying)
      VALUES (\(scope.facility.rawValue), \(checklist.id), \(period), \(item.key), \(item.topic), \(draft.value.text),
        \(draft.reason), \(draft.remarks), \(checked), \(draft.target), \(draft.secondValue?.text), \(second),
        \(suggestion.proven?.text), \(suggestion.basis.lines), \(now), \(scope.actor.name), \((current?.version ?? 0) + 1), \(scope.actor.id),
        \(checker), \(seconder), \(suggestion.applying?.lines))
      ON CONFLICT (facility, pack, period, item) DO UPDATE SET value = excluded.value, reason = excluded.reason,
        remarks = excluded.remarks, checked_on = excluded.checked_on, target = excluded.target,
        second_value = excluded.second_value, second_on = excluded.second_on, suggested = excluded.suggested,
        basis = excluded.basis, answered_at = excluded.answered_at, answered_by = excluded.answered_by,
        version = excluded.version, answered_id = excluded.answered_id, checked_by = excluded.checked_by,
        second_by = excluded.second_by, applying = excluded.applying
      """
    )
  }

  private static func changes(from current: GivenAnswer?, to draft: AnswerDraft) -> [FieldChange] {
    let pairs: [(String, String?, String?)] = [
      ("value", current?.value.text, draft.value.text),
      ("second_value", current?.secondValue?.text, draft.secondValue?.text),
      ("target", current?.target?.iso, draft.target?.iso),
      ("remarks", current?.remarks, draft.remarks),
    ]
    return pairs.compactMap { field, from, to in
      let (from, to) = (from == "" ? nil : from, to == "" ? nil : to)
      return from == to ? nil : FieldChange(field: field, from: from, to: to)
    }
  }

  /// Locks or reopens a round. What was locked keeps a digest of its answers in the journal. Throws
  /// `RoundConflict.locked` or `.notLocked` where it is so already, `.unfinished` while items are open, for there is no
  /// digest of what nobody said, and `.unconfirmed` where answers still wait for a second person.
  func setLocked(
    _ isLocked: Bool,
    _ checklist: Checklist,
    _ period: String,
    reason: String?,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      let round = try Self.round(checklist, period, key, in: tx)
      guard (round.lockedAt != nil) != isLocked else { throw isLocked ? RoundConflict.locked : .notLocked }
      if isLocked {
        let open = round.asked.filter { round.answers[$0.key] == nil }
        guard open.isEmpty else { throw RoundConflict.unfinished(open.map(\.name)) }
        // Asked in the transaction that locks: an answer that changed a moment ago has to be confirmed anew.
        let confirmed = try DelegationStore.confirmed(checklist.id, period, key, in: tx)
        let waiting = round.asked.filter {
          $0.needsSecond && round.answers[$0.key] != nil && !confirmed.contains($0.key)
        }
        guard waiting.isEmpty else { throw RoundConflict.unconfirmed(waiting.map(\.name)) }
      }
      let digest = isLocked ? Self.digest(round) : nil
      try tx.run(
        """
        INSERT INTO assessment_round (facility, pack, period, locked_at, locked_by, digest, version)
        VALUES (\(key), \(checklist.id), \(period), \(isLocked ? now : nil), \(isLocked ? scope.actor.name : nil),
          \(digest), 1)
        ON CONFLICT (facility, pack, period) DO UPDATE SET locked_at = excluded.locked_at,
          locked_by = excluded.locked_by, digest = excluded.digest, version = assessment_round.version + 1
        """
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: id,
          at: now,
          kind: isLocked ? Self.lockedKind : Self.reopenedKind,
          of: ("assessment", "\(checklist.id)/\(period)", checklist.title.ja),
          changes: [FieldChange(field: "digest", from: round.digest, to: digest)],
          reason: reason
        )
      ])
    }
  }

  /// When a round was locked and reopened, by whom and why, the newest first.
  func locks(_ checklist: Checklist, _ period: String, _ facility: FacilityID) async throws -> [JournalEntry] {
    let place = "\(checklist.id)/\(period)"
    let entries = try await JournalReader(database: database)
      .histories(of: "assessment", ids: [place], facility: facility.rawValue)
    return (entries[place] ?? []).filter { [Self.lockedKind, Self.reopenedKind].contains($0.kind) }
  }

  static let lockedKind = "assessment.locked"
  static let reopenedKind = "assessment.reopened"

  /// Over every answer in the order of the form, so that a changed word changes it.
  static func digest(_ round: Round) -> String {
    var hash = SHA256()
    for item in round.checklist.items {
      guard let answer = round.answers[item.key] else { continue }
      let parts = [
        item.key, answer.value.text, answer.checkedOn.iso, answer.target?.iso ?? "", answer.secondValue?.text ?? "",
        answer.secondOn?.iso ?? "", answer.reason, answer.remarks, answer.suggested?.text ?? "", answer.basis,
        answer.answeredBy, answer.answeredAt.iso, answer.checkedBy ?? "", answer.secondBy ?? "",
      ]
      for part in parts { hash.update(data: Array("\(part.utf8.count):\(part),".utf8)) }
    }
    return Hex.encode(hash.finalize())
  }
}

extension GivenAnswer {
  /// `named` makes a choice called as its item calls it.
  init(_ row: Row, named: (AnswerValue) -> AnswerValue) throws {
    func value(_ column: String) throws -> AnswerValue? {
      guard let text = try row.optionalText(column) else { return nil }
      guard let value = AnswerValue(text: text) else {
        throw StorageError.unexpectedValue(column: "assessment_answer.\(column)", wanted: "an answer")
      }
      return named(value)
    }
    guard let answer = try value("value"), let checkedOn = try row.optionalDate("checked_on") else {
      throw StorageError.unexpectedValue(column: "assessment_answer.value", wanted: "an answer and its day")
    }
    self.init(
      item: try row.text("item"),
      topic: try row.text("topic"),
      value: answer,
      reason: try row.text("reason"),
      remarks: try row.text("remarks"),
      checkedOn: checkedOn,
      // Of answers from before this was kept, only those without a second check tell whose the first was.
      checkedBy: try row.optionalText("checked_by")
        ?? (row.optionalText("second_value") == nil ? row.text("answered_by") : nil),
      target: try row.optionalDate("target"),
      secondValue: try value("second_value"),
      secondOn: try row.optionalDate("second_on"),
      secondBy: try row.optionalText("second_by"),
      suggested: try value("suggested"),
      basis: try row.text("basis"),
      answeredAt: try row.instant("answered_at"),
      answeredBy: try row.text("answered_by"),
      version: try row.integer("version"),
      applying: try row.optionalText("applying").flatMap { Localized(lines: $0) }
    )
  }
}
