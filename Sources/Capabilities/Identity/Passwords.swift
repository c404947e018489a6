import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

// Choosing a password, and showing that one still knows it.

extension Identity {
  /// What is wrong with a password for this account; empty where nothing is.
  func faults(
    of password: String,
    userName: String,
    name: String,
    facilityName: String,
    hasSecondFactor: Bool
  ) -> [PasswordRules.Fault] {
    let words = [name, facilityName].flatMap { $0.split { " 　・".contains($0) }.map(String.init) }
    let setting = PasswordRules.Setting(hasSecondFactor: hasSecondFactor, userName: userName, knownWords: words)
    return PasswordRules.faults(of: password, setting)
  }

  /// The hash of a password that may be used, or `Problems` of the field `newPassword`.
  func checkedHash(of password: String, for account: Account) async throws -> String {
    let (name, history) = try await database.read(.everyFacility) { tx in
      let name = try tx.row("SELECT name FROM facility WHERE id = \(account.facility.rawValue)")?.text("name") ?? ""
      return (name, try tx.hashes(of: account.id, in: account.facility, limit: PasswordRules.remembered))
    }
    var faults = faults(
      of: password,
      userName: account.userName,
      name: account.name,
      facilityName: name,
      hasSecondFactor: account.hasSecondFactor
    )
    if faults.isEmpty, try await passwords.isReused(password, in: history) { faults = [.reused] }
    guard faults.isEmpty else { throw Problems(faults.map { Problem("newPassword", $0.message) }) }
    return try await passwords.hash(password)
  }

  /// Changes one's own password and ends one's sessions elsewhere.
  func changePassword(
    of account: Account,
    from old: String,
    to new: String,
    keeping session: Session,
    visit: Visit
  ) async throws {
    try await confirm(old, of: account, visit)
    let hash = try await checkedHash(of: new, for: account)
    try await database.write(.facility(account.facility.rawValue)) { tx in
      try tx.replacePassword(
        hash,
        id: ids.next(),
        of: account.id,
        in: account.facility,
        oneTimeUntil: nil,
        at: visit.now
      )
      try tx.endSessions(of: account.id, in: account.facility, except: session.tokenHash)
      try tx.record([note("account.password-changed", account, by: account.actor, visit)])
    }
  }

  /// Lets pass who knows the password of the account. Wrong ones count as at sign-in.
  func confirm(_ password: String, of account: Account, _ visit: Visit, field: String = "password") async throws {
    let attempt = try await beginAttempt(subject: Self.subject(of: account), visit)
    let hash = try await database.read(.facility(account.facility.rawValue)) { tx in
      try tx.currentHash(of: account.id, in: account.facility)
    }
    guard let hash, try await passwords.verify(password, against: hash).isRight else {
      try await noteFailure(of: Self.subject(of: account), account: account, in: account.facility, visit)
      throw Problems(field, Localized(ja: "今のパスワードが違います。", en: "The current password is wrong."))
    }
    try await forget(attempt: attempt)
  }

  /// Notes that the password was given just now, so that the management of users opens. The session goes on under the
  /// token that this answers: one that somebody took before opens nothing more.
  func renewAuthentication(of session: Session, at now: Instant) async throws -> Token {
    let token = Token(from: entropy)
    try await database.write(.facility(session.facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE session SET token_hash = \(token.hash), authenticated_at = \(now)
        WHERE facility = \(session.facility.rawValue) AND token_hash = \(session.tokenHash)
        """
      )
    }
    return token
  }

  func ownAccount(_ session: Session) async throws -> Account {
    let account = try await database.read(.facility(session.facility.rawValue)) { tx in
      try tx.account(session.userID, in: session.facility)
    }
    guard let account else { throw WebError.notFound(Localized(ja: "アカウント", en: "The account")) }
    return account
  }
}
