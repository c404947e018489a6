import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

// One person with accounts in several facilities: linked once by showing that one knows both passwords, then changed
// between in the head. Each account keeps its own roles; nothing is ever seen of a facility but through its own session.

extension Identity {
  /// Links one's account with one's account in another facility. Throws `Problems`.
  func link(
    _ session: Session,
    to other: FacilityID,
    userName: String,
    password: String,
    code: String,
    visit: Visit
  ) async throws {
    let own = try await ownAccount(session)
    guard other != own.facility, try await facilities().contains(where: { $0.id == other }) else {
      throw Problems("facility", SignInRefusal.noFacility.message)
    }
    let (account, attempt) = try await checked(userName, password, in: other, visit)
    guard account.oneTimeUntil == nil else {
      throw Problems(
        "userName",
        Localized(
          ja: "仮パスワードのままです。先にその施設にサインインして、新しいパスワードを決めてください。",
          en: "That account still has a one-time password. Sign in there first and choose a new one."
        )
      )
    }
    try await database.write(.everyFacility) { tx in
      if account.hasSecondFactor, try !acceptCode(code, of: account, visit, tx) {
        // It counts as the failed attempt it has been since `checked`.
        throw Problems("code", Self.wrongCode)
      }
      try tx.run("DELETE FROM sign_in_attempt WHERE id = \(attempt)")
      for (one, two) in [(own, account), (account, own)] {
        try tx.run(
          """
          INSERT INTO account_link (facility, account, other_facility, other_account, created_at)
          VALUES (\(one.facility.rawValue), \(one.id), \(two.facility.rawValue), \(two.id), \(visit.now))
          ON CONFLICT (facility, account, other_facility)
          DO UPDATE SET other_account = excluded.other_account, created_at = excluded.created_at
          """
        )
        let name = try tx.facility(two.facility)?.name
        try tx.record([note("account.linked", one, by: one.actor, visit, changes: [("facility", nil, name)])])
      }
    }
  }

  /// The account whose password this is; counts as an attempt to sign in there.
  private func checked(
    _ userName: String,
    _ password: String,
    in facility: FacilityID,
    _ visit: Visit
  ) async throws -> (account: Account, attempt: String) {
    let key = Account.key(of: String(userName.prefix(200)))
    let subject = Self.subject(of: key, in: facility)
    let attempt: String
    do {
      attempt = try await beginAttempt(subject: subject, visit)
    } catch let refusal as SignInRefusal {
      throw Problems("", refusal.message)
    }
    let found = try await database.read(.facility(facility.rawValue)) { tx -> (Account, String)? in
      guard let account = try tx.accounts(in: facility, key: key).first,
        let hash = try tx.currentHash(of: account.id, in: facility)
      else { return nil }
      return (account, hash)
    }
    guard password.utf8.count <= Self.longestPassword, let (account, hash) = found,
      try await passwords.verify(password, against: hash).isRight, account.lockedAt == nil
    else {
      try await noteFailure(of: subject, account: found?.0, in: facility, visit)
      throw Problems("userName", SignInRefusal.wrong.message)
    }
    return (account, attempt)
  }

  /// Ends this session and opens one in the other facility, as the account that is linked there. Where only that account
  /// has a second factor, its code is asked for first. Nil where no such link is, or the account is locked.
  func change(_ session: Session, to other: FacilityID, visit: Visit) async throws -> Opened? {
    try await database.write(.everyFacility) { tx in
      let row = try tx.row(
        """
        SELECT other_account FROM account_link
        WHERE facility = \(session.facility.rawValue) AND account = \(session.userID)
          AND other_facility = \(other.rawValue)
        """
      )
      guard let row, let account = try tx.account(try row.text("other_account"), in: other),
        let own = try tx.account(session.userID, in: session.facility),
        account.lockedAt == nil, own.lockedAt == nil, account.oneTimeUntil == nil
      else { return nil }
      let stage: Stage = account.hasSecondFactor && !own.hasSecondFactor ? .code : .full
      let left = try tx.row(
        """
        SELECT ends_at FROM session WHERE facility = \(own.facility.rawValue) AND token_hash = \(session.tokenHash)
        """
      )
      guard let left else { return nil }
      try tx.run(
        "DELETE FROM session WHERE facility = \(own.facility.rawValue) AND token_hash = \(session.tokenHash)"
      )
      let name = try tx.facility(own.facility)?.name ?? ""
      let opened = try pass(nil, to: stage, account, visit, tx, reason: name)
      if stage == .full {
        // No password was given just now, and nobody stays signed in longer by going to and fro.
        try tx.run(
          """
          UPDATE session SET authenticated_at = \(session.authenticatedAt), ends_at = \(left.instant("ends_at"))
          WHERE facility = \(other.rawValue) AND token_hash = \(opened.token.hash)
          """
        )
      }
      return opened
    }
  }

  func unlink(_ session: Session, from other: String, visit: Visit) async throws {
    let own = try await ownAccount(session)
    try await database.write(.everyFacility) { tx in
      try removeLinks(of: own, to: other, by: own.actor, visit, tx)
    }
  }

  /// Takes away the links of an account, on both sides; those to one facility where `other` names it.
  func removeLinks(
    of account: Account,
    to other: String? = nil,
    by actor: Actor,
    _ visit: Visit,
    _ tx: any Transaction
  ) throws {
    let links = try tx.otherFacilities(of: account.id, in: account.facility).filter {
      other == nil || $0.id.rawValue == other
    }
    for link in links {
      try tx.run(
        """
        DELETE FROM account_link WHERE facility = \(account.facility.rawValue) AND account = \(account.id)
          AND other_facility = \(link.id.rawValue)
        """
      )
      try tx.run(
        """
        DELETE FROM account_link WHERE facility = \(link.id.rawValue) AND other_account = \(account.id)
          AND other_facility = \(account.facility.rawValue)
        """
      )
      try tx.record([note("account.unlinked", account, by: actor, visit, changes: [("facility", link.name, nil)])])
    }
  }
}

extension Transaction {
  /// The facilities in which the holder of an account has another, by name.
  func otherFacilities(of account: String, in facility: FacilityID) throws -> [Session.OtherFacility] {
    try rows(
      """
      SELECT l.other_facility, f.name FROM account_link l
      JOIN facility f ON f.id = l.other_facility
      JOIN account a ON a.facility = l.other_facility AND a.id = l.other_account
      WHERE l.facility = \(facility.rawValue) AND l.account = \(account) AND a.locked_at IS NULL
      ORDER BY f.name, l.other_facility LIMIT 100
      """
    ).map { row in
      Session.OtherFacility(id: FacilityID(rawValue: try row.text("other_facility")), name: try row.text("name"))
    }
  }
}
