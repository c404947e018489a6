import Journal
import Nouns
import Records
import SQL
import Text
import Time
import Web

/// Requests to take data out: asked by anybody with an account, decided by somebody else who answers for the department or
/// the house, and closed when it is back. Nothing is deleted.
package struct MediaStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// One person may have so many waiting.
  package static let mostWaiting = 20

  package enum Refusal: Error, Sendable, Hashable {
    /// Nobody decides about their own request.
    case ownRequest
    /// It is not in the state any more from which this can be done.
    case settled
    case tooMany

    package var message: Localized {
      switch self {
      case .ownRequest:
        Localized(
          ja: "自分の申請は自分では決められません。別の人に頼んでください。",
          en: "Nobody decides about their own request. Ask somebody else."
        )
      case .settled:
        Localized(ja: "この申請は、ほかの人がすでに処理しました。いまの状態を確かめてください。", en: "Somebody has dealt with this request already.")
      case .tooMany:
        Localized(
          ja: "承認待ちの申請が\(MediaStore.mostWaiting)件あります。決まってから申請してください。",
          en: "You have \(MediaStore.mostWaiting) requests waiting already."
        )
      }
    }
  }

  // MARK: Reading

  private static let columns: SQL = """
    id, requested_at, account, name, department, medium, label, contents, has_personal, head_count, purpose,
    destination, from_day, until_day, protection, state, decided_at, decided_by, note, ended_at, ended_by
    """

  private static func request(_ row: Row) throws -> MediaRequest {
    func day(_ column: String) throws -> LocalDate {
      guard let day = try row.optionalDate(column) else {
        throw StorageError.unexpectedValue(column: "media_request.\(column)", wanted: "a day")
      }
      return day
    }
    return MediaRequest(
      id: try row.text("id"),
      requestedAt: try row.instant("requested_at"),
      account: try row.text("account"),
      name: try row.text("name"),
      department: try row.optionalText("department"),
      draft: MediaDraft(
        medium: MediaRequest.Medium(rawValue: try row.text("medium")) ?? .other,
        label: try row.text("label"),
        contents: try row.text("contents"),
        isPersonal: try row.text("has_personal") == "yes",
        headCount: try row.optionalInteger("head_count"),
        purpose: try row.text("purpose"),
        destination: try row.text("destination"),
        from: try day("from_day"),
        until: try day("until_day"),
        protection: MediaRequest.Protection(rawValue: try row.text("protection")) ?? .none
      ),
      state: MediaRequest.State(rawValue: try row.text("state")) ?? .waiting,
      decidedAt: try row.optionalInstant("decided_at"),
      decidedBy: try row.optionalText("decided_by"),
      note: try row.text("note"),
      endedAt: try row.optionalInstant("ended_at"),
      endedBy: try row.optionalText("ended_by")
    )
  }

  private static func rows(_ condition: SQL, _ key: String, in tx: any Transaction) throws -> [MediaRequest] {
    try tx.rows("SELECT \(columns) FROM media_request WHERE facility = \(key)\(condition)").map(request)
  }

  /// ` AND …` for whoever answers for some departments only.
  private static func reach<P: Permit>(_ scope: Scope<P>) -> SQL {
    scope.departments.map { " AND department IN (\(list: $0.sorted()))" as SQL } ?? ""
  }

  /// One's own, the newest first, at most 200.
  package func own(in scope: Scope<SignedIn>) async throws -> [MediaRequest] {
    let (key, account) = (scope.facility.rawValue, scope.actor.id)
    return try await database.read(.facility(key)) { tx in
      try Self.rows(" AND account = \(account) ORDER BY requested_at DESC, id DESC LIMIT 200", key, in: tx)
    }
  }

  /// Those of the reader's departments: what waits and what is out first, then the newest; at most `limit`.
  package func list(limit: Int = 500, in scope: Scope<ReadLedger>) async throws -> [MediaRequest] {
    try await part(after: nil, limit: limit, in: scope).requests
  }

  /// A page of them, behind `place`, with where it ends and how many there are.
  func part(after place: MediaPlace?, limit: Int, in scope: Scope<ReadLedger>) async throws -> MediaPart {
    let (key, reach) = (scope.facility.rawValue, Self.reach(scope))
    return try await database.read(.facility(key)) { tx in
      let found = try Self.rows(
        """
        \(reach)\(place?.condition ?? "")
        ORDER BY \(MediaPlace.rank), requested_at DESC, id DESC LIMIT \(limit + 1)
        """,
        key,
        in: tx
      )
      let shown = Array(found.prefix(limit))
      return MediaPart(
        requests: shown,
        end: found.count > limit ? shown.last.map(MediaPlace.init) : nil,
        total: try tx.count("SELECT count(*) FROM media_request WHERE facility = \(key)\(reach)")
      )
    }
  }

  /// Throws a page that is not there for a request of another department, too.
  package func find(_ id: String, in scope: Scope<ReadLedger>) async throws -> MediaRequest {
    let key = scope.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try Self.found(id, Self.reach(scope), key, in: tx)
    }
  }

  private static func found(_ id: String, _ reach: SQL, _ key: String, in tx: any Transaction) throws -> MediaRequest {
    guard let request = try rows(" AND id = \(id)\(reach)", key, in: tx).first else {
      throw WebError.notFound(Localized(ja: "この申請", en: "This request"))
    }
    return request
  }

  /// Everything that waits or is out, for facts and duties.
  static func open(_ key: String, in tx: any Transaction) throws -> [MediaRequest] {
    try rows(" AND state IN ('waiting', 'approved') ORDER BY requested_at, id LIMIT 5000", key, in: tx)
  }

  /// How much of what was taken out came back, or was erased, since a day.
  static func returned(_ key: String, since day: LocalDate, in tx: any Transaction) throws -> Int {
    try tx.count(
      """
      SELECT count(*) FROM media_request WHERE facility = \(key) AND state = 'returned' AND until_day >= \(day.iso)
      """
    )
  }

  // MARK: Steps

  /// Keeps a request. Throws `Refusal.tooMany`.
  package func ask(_ draft: MediaDraft, department: String?, in scope: Scope<SignedIn>) async throws -> MediaRequest {
    let (key, now, id, entry) = (scope.facility.rawValue, clock.now(), ids.next(), ids.next())
    let (account, name) = (scope.actor.id, scope.actor.name)
    return try await database.write(.facility(key)) { tx in
      let waiting = try tx.count(
        "SELECT count(*) FROM media_request WHERE facility = \(key) AND account = \(account) AND state = 'waiting'"
      )
      guard waiting < Self.mostWaiting else { throw Refusal.tooMany }
      try tx.run(
        """
        INSERT INTO media_request (facility, id, requested_at, account, name, department, medium, label, contents,
          has_personal, head_count, purpose, destination, from_day, until_day, protection, state, note)
        VALUES (\(key), \(id), \(now), \(account), \(name), \(department), \(draft.medium.rawValue), \(draft.label),
          \(draft.contents), \(draft.isPersonal ? "yes" : "no"), \(draft.headCount), \(draft.purpose),
          \(draft.destination), \(draft.from.iso), \(draft.until.iso), \(draft.protection.rawValue), 'waiting', '')
        """
      )
      let request = try Self.found(id, "", key, in: tx)
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "media.requested",
          of: ("media_request", id, request.title),
          changes: [
            FieldChange(field: "contents", from: nil, to: draft.contents),
            FieldChange(field: "destination", from: nil, to: draft.destination),
            FieldChange(field: "until_day", from: nil, to: draft.until.iso),
          ]
        )
      ])
      return request
    }
  }

  /// Somebody else says yes or no. Throws `Refusal`.
  package func decide(
    _ id: String,
    isApproved: Bool,
    note: String,
    in scope: Scope<EditLedger>
  ) async throws -> MediaRequest {
    let reach = Self.reach(scope)
    return try await step(id, reach, from: .waiting, to: isApproved ? .approved : .refused, note, in: scope) {
      request in
      guard request.account != scope.actor.id else { throw Refusal.ownRequest }
    }
  }

  /// It is back, or what was sent is deleted where it went. Throws `Refusal`.
  package func giveBack(_ id: String, note: String, in scope: Scope<EditLedger>) async throws -> MediaRequest {
    try await step(id, Self.reach(scope), from: .approved, to: .returned, note, in: scope) { _ in }
  }

  /// Whoever asked takes it back before anybody has decided. Throws `Refusal`.
  package func withdraw(_ id: String, in scope: Scope<SignedIn>) async throws -> MediaRequest {
    let own: SQL = " AND account = \(scope.actor.id)"
    return try await step(id, own, from: .waiting, to: .withdrawn, "", in: scope) { _ in }
  }

  private func step<P: Permit>(
    _ id: String,
    _ reach: SQL,
    from before: MediaRequest.State,
    to after: MediaRequest.State,
    _ note: String,
    in scope: Scope<P>,
    check: @escaping @Sendable (MediaRequest) throws -> Void
  ) async throws -> MediaRequest {
    let (key, now, entry, name) = (scope.facility.rawValue, clock.now(), ids.next(), scope.actor.name)
    let note = String(Width.trimmed(note).prefix(MediaDraft.longestText))
    return try await database.write(.facility(key)) { tx in
      let request = try Self.found(id, reach, key, in: tx)
      guard request.state == before else { throw Refusal.settled }
      try check(request)
      let noted: SQL = note.isEmpty ? "" : ", note = \(note)"
      let sets: SQL =
        before == .waiting && after != .withdrawn
        ? "decided_at = \(now), decided_by = \(name)" : "ended_at = \(now), ended_by = \(name)"
      try tx.run(
        """
        UPDATE media_request SET state = \(after.rawValue), \(sets)\(noted)
        WHERE facility = \(key) AND id = \(id) AND state = \(before.rawValue)
        """
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "media.\(after.rawValue)",
          of: ("media_request", id, request.title),
          changes: [FieldChange(field: "state", from: before.rawValue, to: after.rawValue)],
          reason: note.isEmpty ? nil : note
        )
      ])
      return try Self.found(id, "", key, in: tx)
    }
  }
}
