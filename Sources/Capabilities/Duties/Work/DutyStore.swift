import Journal
import Nouns
import SQL
import Text
import Time

/// Somebody else changed the duty first, or it is settled.
struct DutyConflict: Error, Sendable {}

/// What happened to a duty, newest last.
struct DutyEvent: Sendable, Hashable {
  enum Kind: String, Sendable { case made, changed, snoozed, woken, done, withdrawn, escalated }

  let kind: Kind
  let at: Instant
  let actorName: String
  let due: LocalDate
  let until: LocalDate?
  /// The reason of a putting off, the evidence of what was done, who was told.
  let note: String
}

// What is done with duties. Each is one transaction with its line in the journal.
extension Duties {
  /// Makes a duty and tells the person it is for. Answers its id.
  @discardableResult
  package func make(_ draft: DutyDraft, in scope: Scope<ManageDuties>) async throws -> String {
    try draft.check()
    let id = ids.next()
    let now = clock.now()
    let owners = try await addressees(of: draft, scope.facility).filter { $0.account != scope.actor.id }
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      try insert(draft, id: id, scope.facility, by: scope.actor.id, at: now, tx)
      try note(.made, MadeDuty.prefix + id, draft.due, scope.facility, scope.actor, tx)
      try record("duty.made", id, draft, from: nil, scope, tx)
      // A whole role sees it in its list; a person by name is told.
      guard draft.person != nil else { return }
      for person in owners {
        let message = InboxMessage.Draft(
          account: person.account,
          origin: "duty.given/\(id)",
          title: Localized(ja: "新しいやること：\(draft.title)", en: "New to do: \(draft.title)"),
          text: Localized(ja: "期限は\(draft.due.era())です。", en: "Due on \(draft.due.english)."),
          link: "/duties/\(MadeDuty.prefix)\(id)",
          isUrgent: false
        )
        try deliver(message, scope.facility, tx)
      }
    }
    return id
  }

  func change(_ id: String, _ draft: DutyDraft, version: Int, in scope: Scope<ManageDuties>) async throws {
    try draft.check()
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      guard let current = try tx.made(id, scope.facility), current.closedAt == nil, current.version == version else {
        throw DutyConflict()
      }
      guard current.draft != draft else { return }
      try tx.run(
        """
        UPDATE duty_made SET title = \(draft.title), reason = \(draft.reason), link = \(draft.link),
          owner = \(draft.owner.rawValue), person = \(draft.person ?? ""), department = \(draft.department ?? ""),
          deputy = \(draft.deputy?.rawValue ?? ""), due = \(draft.due), recurrence = \(draft.recurrence?.text ?? ""),
          rank = \(draft.rank), version = version + 1
        WHERE facility = \(scope.facility.rawValue) AND id = \(id)
        """
      )
      try note(.changed, MadeDuty.prefix + id, draft.due, scope.facility, scope.actor, tx)
      try record("duty.changed", id, draft, from: current.draft, scope, tx)
    }
  }

  /// Hides a duty until a day, with the reason. Answers false where there is no such duty.
  func snooze(_ duty: Duty, until: LocalDate, reason: String, in scope: Scope<SignedIn>) async throws {
    var problems = DutyProblems()
    if reason.isEmpty { problems.add("reason", "先に延ばす理由を入力してください。", "Say why it is put off.") }
    if reason.count > 500 { problems.add("reason", "理由は500文字以内にしてください。", "Keep the reason below 500 characters.") }
    if until <= today || until > today.adding(days: 180) {
      problems.add("until", "明日から180日後までの日を入力してください。", "Enter a day from tomorrow to 180 days ahead.")
    }
    guard problems.list.isEmpty else { throw problems }
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      try setSnooze(duty.id, until, scope.facility, tx)
      try note(.snoozed, duty.id, duty.due, scope.facility, scope.actor, tx, until: until, text: reason)
      try record("duty.snoozed", duty, scope, tx, changes: [("until", nil, until.iso)], reason: reason)
    }
  }

  func wake(_ duty: Duty, in scope: Scope<SignedIn>) async throws {
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      try setSnooze(duty.id, nil, scope.facility, tx)
      try note(.woken, duty.id, duty.due, scope.facility, scope.actor, tx)
      try record("duty.woken", duty, scope, tx)
    }
  }

  /// Settles a duty with what proves it; one that recurs is due again. Answers when, nil where it is over.
  @discardableResult
  func settle(_ duty: Duty, evidence: String, in scope: Scope<SignedIn>) async throws -> LocalDate? {
    if evidence.isEmpty || evidence.count > 2000 {
      throw DutyProblems(
        "evidence",
        Localized(
          ja: "何をしたか、どこに記録があるかを2000文字以内で入力してください。",
          en: "Say in at most 2000 characters what was done and where the record is."
        )
      )
    }
    let start = try await needs.facilities().first { $0.id == scope.facility }?.fiscalYearStart ?? 4
    let now = clock.now()
    return try await database.write(.facility(scope.facility.rawValue)) { tx in
      var next: LocalDate?
      if duty.id.hasPrefix(MadeDuty.prefix) {
        let id = String(duty.id.dropFirst(MadeDuty.prefix.count))
        guard let made = try tx.made(id, scope.facility), made.closedAt == nil, made.draft.due == duty.due else {
          throw DutyConflict()
        }
        // What was done late is due again from today on, not in the past.
        next = made.draft.recurrence?.next(after: max(made.draft.due, now.day), in: calendar, startMonth: start)
        try tx.run(
          """
          UPDATE duty_made SET due = \(next ?? made.draft.due), closed_at = \(next == nil ? now : nil),
            snoozed_until = NULL, version = version + 1
          WHERE facility = \(scope.facility.rawValue) AND id = \(id)
          """
        )
      } else {
        try tx.run(
          """
          INSERT INTO duty_mark (facility, duty, done_at) VALUES (\(scope.facility.rawValue), \(duty.id), \(now))
          ON CONFLICT (facility, duty) DO UPDATE SET done_at = excluded.done_at
          """
        )
      }
      try note(.done, duty.id, duty.due, scope.facility, scope.actor, tx, text: evidence)
      try record("duty.done", duty, scope, tx, reason: evidence)
      return next
    }
  }

  func withdraw(_ duty: Duty, reason: String, in scope: Scope<ManageDuties>) async throws {
    guard !reason.isEmpty, reason.count <= 500 else {
      throw DutyProblems(
        "reason",
        Localized(ja: "取りやめる理由を500文字以内で入力してください。", en: "Say why, in at most 500 characters.")
      )
    }
    let id = String(duty.id.dropFirst(MadeDuty.prefix.count))
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      let count = try tx.run(
        """
        UPDATE duty_made SET closed_at = \(clock.now()), version = version + 1
        WHERE facility = \(scope.facility.rawValue) AND id = \(id) AND closed_at IS NULL
        """
      )
      guard count == 1 else { throw DutyConflict() }
      try note(.withdrawn, duty.id, duty.due, scope.facility, scope.actor, tx, text: reason)
      try record("duty.withdrawn", duty, scope, tx, reason: reason)
    }
  }

  func events(of duty: String, _ facility: FacilityID) async throws -> [DutyEvent] {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT kind, at, actor_name, due, until, note FROM duty_event
        WHERE facility = \(facility.rawValue) AND duty = \(duty) ORDER BY id DESC LIMIT 100
        """
      ).map { row in
        guard let kind = DutyEvent.Kind(rawValue: try row.text("kind")), let due = try row.optionalDate("due") else {
          throw StorageError.unexpectedValue(column: "kind", wanted: "an event of a duty")
        }
        return DutyEvent(
          kind: kind,
          at: try row.instant("at"),
          actorName: try row.text("actor_name"),
          due: due,
          until: try row.optionalDate("until"),
          note: try row.text("note")
        )
      }
    }
  }

  // MARK: Statements

  private func insert(
    _ draft: DutyDraft,
    id: String,
    _ facility: FacilityID,
    by account: String,
    at now: Instant,
    _ tx: any Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO duty_made (facility, id, title, reason, link, owner, person, department, deputy, due, recurrence, rank,
        created_at, created_by, version)
      VALUES (\(facility.rawValue), \(id), \(draft.title), \(draft.reason), \(draft.link), \(draft.owner.rawValue),
        \(draft.person ?? ""), \(draft.department ?? ""), \(draft.deputy?.rawValue ?? ""), \(draft.due),
        \(draft.recurrence?.text ?? ""), \(draft.rank), \(now), \(account), 1)
      """
    )
  }

  private func setSnooze(_ duty: String, _ until: LocalDate?, _ facility: FacilityID, _ tx: any Transaction) throws {
    if duty.hasPrefix(MadeDuty.prefix) {
      try tx.run(
        """
        UPDATE duty_made SET snoozed_until = \(until), version = version + 1
        WHERE facility = \(facility.rawValue) AND id = \(String(duty.dropFirst(MadeDuty.prefix.count)))
        """
      )
    } else {
      try tx.run(
        """
        INSERT INTO duty_mark (facility, duty, snoozed_until) VALUES (\(facility.rawValue), \(duty), \(until))
        ON CONFLICT (facility, duty) DO UPDATE SET snoozed_until = excluded.snoozed_until
        """
      )
    }
  }

  func note(
    _ kind: DutyEvent.Kind,
    _ duty: String,
    _ due: LocalDate,
    _ facility: FacilityID,
    _ actor: Actor,
    _ tx: any Transaction,
    until: LocalDate? = nil,
    text: String = ""
  ) throws {
    try tx.run(
      """
      INSERT INTO duty_event (facility, id, duty, kind, at, actor_id, actor_name, due, until, note)
      VALUES (\(facility.rawValue), \(ids.next()), \(duty), \(kind.rawValue), \(clock.now()), \(actor.id),
        \(actor.name), \(due), \(until), \(text))
      """
    )
  }

  private func record(
    _ kind: String,
    _ id: String,
    _ draft: DutyDraft,
    from old: DutyDraft?,
    _ scope: Scope<ManageDuties>,
    _ tx: any Transaction
  ) throws {
    let before = Dictionary(uniqueKeysWithValues: old?.fields ?? [])
    let changes = draft.fields.compactMap { field, value -> FieldChange? in
      let from = before[field].flatMap { $0.isEmpty ? nil : $0 }
      let to = value.isEmpty ? nil : value
      return from == to ? nil : FieldChange(field: field, from: from, to: to)
    }
    try tx.record([
      entry(kind, (MadeDuty.prefix + id, draft.title), scope.facility, scope.actor, scope.request, changes, nil)
    ])
  }

  private func record<P: Permit>(
    _ kind: String,
    _ duty: Duty,
    _ scope: Scope<P>,
    _ tx: any Transaction,
    changes: [(String, String?, String?)] = [],
    reason: String? = nil
  ) throws {
    try tx.record([
      entry(
        kind,
        (duty.id, duty.title.ja),
        scope.facility,
        scope.actor,
        scope.request,
        changes.map { FieldChange(field: $0.0, from: $0.1, to: $0.2) },
        reason
      )
    ])
  }

  func entry(
    _ kind: String,
    _ subject: (id: String, title: String),
    _ facility: FacilityID,
    _ actor: Actor,
    _ request: String,
    _ changes: [FieldChange],
    _ reason: String?
  ) -> JournalEntry {
    JournalEntry(
      id: ids.next(),
      facility: facility.rawValue,
      at: clock.now(),
      actorID: actor.id,
      actorName: actor.name,
      request: request,
      kind: kind,
      subjectType: kind.hasPrefix("mail.") ? "mail" : "duty",
      subjectID: subject.id,
      subjectTitle: subject.title,
      changes: changes,
      reason: reason
    )
  }
}

extension Transaction {
  func made(_ id: String, _ facility: FacilityID) throws -> MadeDuty? {
    try row(
      "SELECT \(MadeDuty.columns) FROM duty_made WHERE facility = \(facility.rawValue) AND id = \(id)"
    ).map(MadeDuty.init)
  }
}
