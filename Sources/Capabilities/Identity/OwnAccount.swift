import Journal
import Nouns
import SQL
import Text
import Time
import Web

// What people do with their own account.

extension Identity {
  func saveOwn(_ draft: AccountDraft, _ account: Account, visit: Visit) async throws {
    let facility = account.facility.rawValue
    var changes: [(String, String?, String?)] = []
    if draft.name != account.name { changes.append(("name", account.name, draft.name)) }
    if draft.language != account.language {
      changes.append(("language", account.language.rawValue, draft.language.rawValue))
    }
    if draft.dateStyle != account.dateStyle {
      changes.append(("dateStyle", account.dateStyle?.rawValue, draft.dateStyle?.rawValue))
    }
    guard !changes.isEmpty else { return }
    let entry = note("account.changed", account, by: account.actor, visit, changes: changes)
    try await database.write(.facility(facility)) { tx in
      try tx.run(
        """
        UPDATE account SET name = \(draft.name), language = \(draft.language.rawValue),
          date_style = \(draft.dateStyle?.rawValue ?? ""), revision = revision + 1
        WHERE facility = \(facility) AND id = \(account.id)
        """
      )
      try tx.record([entry])
    }
  }

  func sessions(of session: Session, at now: Instant) async throws -> [SessionRow] {
    let idle = settings.idleSeconds
    return try await database.read(.facility(session.facility.rawValue)) { tx in
      try tx.sessions(of: session.userID, in: session.facility, at: now, idleSeconds: idle)
    }
  }

  /// Ends a session of one's own by its id; one that is gone already is no error.
  func endSession(_ id: String, of session: Session, visit: Visit) async throws {
    let account = try await ownAccount(session)
    let entry = note("account.session-ended", account, by: account.actor, visit)
    try await database.write(.facility(session.facility.rawValue)) { tx in
      let ended = try tx.run(
        """
        DELETE FROM session
        WHERE facility = \(session.facility.rawValue) AND account = \(session.userID) AND id = \(id)
        """
      )
      if ended > 0 { try tx.record([entry]) }
    }
  }

  func endOtherSessions(_ session: Session, visit: Visit) async throws {
    let account = try await ownAccount(session)
    let entry = note("account.session-ended", account, by: account.actor, visit)
    try await database.write(.facility(session.facility.rawValue)) { tx in
      let ended = try tx.endSessions(of: session.userID, in: session.facility, except: session.tokenHash)
      if ended > 0 { try tx.record([entry]) }
    }
  }
}
