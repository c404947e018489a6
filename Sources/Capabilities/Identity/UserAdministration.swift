import Journal
import Nouns
import SQL
import Sealing
import Text
import Time

// What administrators do with other people's accounts. Each is one transaction, is journalled, and leaves at least one
// account that can manage users.

extension Identity {
  package func accounts(in scope: Scope<ManageUsers>) async throws -> [Account] {
    try await database.read(.facility(scope.facility.rawValue)) { tx in try tx.accounts(in: scope.facility) }
  }

  /// By the user name, as at sign-in.
  package func account(named userName: String, in scope: Scope<ManageUsers>) async throws -> Account? {
    try await database.read(.facility(scope.facility.rawValue)) { tx in
      try tx.accounts(in: scope.facility, key: Account.key(of: userName)).first
    }
  }

  package func account(_ id: String, in scope: Scope<ManageUsers>) async throws -> Account? {
    try await database.read(.facility(scope.facility.rawValue)) { tx in try tx.account(id, in: scope.facility) }
  }

  /// A new account with a password to be given to the person, who must change it at the first sign-in. `password` nil
  /// makes one; the answer holds it either way. Throws `Problems`.
  package func addUser(
    _ draft: AccountDraft,
    grants: [Grant],
    password: String? = nil,
    in scope: Scope<ManageUsers>,
    visit given: Visit? = nil
  ) async throws -> (account: Account, password: String) {
    let visit = given ?? commandVisit
    let issued = password ?? makePassword()
    let hash = try await passwords.hash(issued)
    let until = visit.now.adding(seconds: settings.oneTimeSeconds)
    do {
      let account = try await database.write(.facility(scope.facility.rawValue)) { tx -> Account in
        let id = ids.next()
        try tx.insertAccount(draft, id: id, in: scope.facility, at: visit.now)
        for grant in Set(grants) {
          try tx.insertGrant(grant, id: ids.next(), account: id, in: scope.facility, at: visit.now)
        }
        try tx.replacePassword(hash, id: ids.next(), of: id, in: scope.facility, oneTimeUntil: until, at: visit.now)
        guard let made = try tx.account(id, in: scope.facility) else { throw StorageError.failed("account not stored") }
        let roles = made.grants.map { ("role", nil as String?, Self.text($0.grant) as String?) }
        try tx.record([note("account.added", made, by: scope.actor, visit, changes: roles)])
        return made
      }
      return (account, issued)
    } catch StorageError.uniqueViolation(let key) where key.hasPrefix("account.") {
      throw Problems(
        "userName",
        Localized(ja: "このユーザー名はすでに使われています。", en: "This user name is already in use.")
      )
    }
  }

  func grant(_ grant: Grant, to id: String, in scope: Scope<ManageUsers>, visit: Visit) async throws {
    do {
      try await change(id, in: scope) { account, tx in
        try tx.insertGrant(grant, id: ids.next(), account: id, in: scope.facility, at: visit.now)
        try tx.record([
          note("account.role-granted", account, by: scope.actor, visit, changes: [("role", nil, Self.text(grant))])
        ])
      }
    } catch StorageError.uniqueViolation(let key) where key.hasPrefix("grant_of_role") {
      throw Problems("role", Localized(ja: "その役割はすでに持っています。", en: "The account already has that role."))
    }
  }

  func revoke(grant grantID: String, of id: String, in scope: Scope<ManageUsers>, visit: Visit) async throws {
    try await change(id, in: scope) { account, tx in
      guard let held = account.grants.first(where: { $0.id == grantID }) else { return }
      try tx.run("DELETE FROM grant_of_role WHERE facility = \(scope.facility.rawValue) AND id = \(grantID)")
      try tx.record([
        note("account.role-revoked", account, by: scope.actor, visit, changes: [("role", Self.text(held.grant), nil)])
      ])
    }
  }

  func lock(_ id: String, reason: String, in scope: Scope<ManageUsers>, visit: Visit) async throws {
    try await change(id, in: scope) { account, tx in
      guard account.lockedAt == nil else { return }
      try tx.run(
        "UPDATE account SET locked_at = \(visit.now) WHERE facility = \(scope.facility.rawValue) AND id = \(id)"
      )
      try tx.endSessions(of: id, in: scope.facility)
      try removeLinks(of: account, by: scope.actor, visit, tx)
      try tx.record([note("account.locked", account, by: scope.actor, visit, reason: reason)])
    }
  }

  func unlock(_ id: String, in scope: Scope<ManageUsers>, visit: Visit) async throws {
    try await change(id, in: scope) { account, tx in
      guard account.lockedAt != nil else { return }
      try tx.run("UPDATE account SET locked_at = NULL WHERE facility = \(scope.facility.rawValue) AND id = \(id)")
      try tx.record([note("account.unlocked", account, by: scope.actor, visit)])
    }
  }

  package func resetFactor(of id: String, in scope: Scope<ManageUsers>, visit given: Visit? = nil) async throws {
    let visit = given ?? commandVisit
    try await change(id, in: scope) { account, tx in
      guard account.hasSecondFactor else { return }
      try removeFactor(of: account, by: scope.actor, visit: visit, in: tx)
      try tx.endSessions(of: id, in: scope.facility)
    }
  }

  /// Takes away whatever keeps the account out: an administrator's lock and the wait after wrong passwords.
  package func letIn(_ id: String, in scope: Scope<ManageUsers>) async throws {
    let visit = commandVisit
    try await unlock(id, in: scope, visit: visit)
    try await clearLockOut(of: id, in: scope, visit: visit)
  }

  /// Signs somebody out everywhere. Answers on how many devices.
  package func endSessions(of id: String, in scope: Scope<ManageUsers>) async throws -> Int {
    let visit = commandVisit
    return try await database.write(.facility(scope.facility.rawValue)) { tx in
      guard let account = try tx.account(id, in: scope.facility) else { throw Missing() }
      let ended = try tx.endSessions(of: id, in: scope.facility)
      if ended > 0 { try tx.record([note("account.session-ended", account, by: scope.actor, visit)]) }
      return ended
    }
  }

  /// A password for somebody who forgot theirs: valid for a week, for one sign-in, at which a new one is chosen.
  package func issuePassword(
    for id: String,
    in scope: Scope<ManageUsers>,
    visit given: Visit? = nil
  ) async throws -> String {
    let visit = given ?? commandVisit
    let password = makePassword()
    let hash = try await passwords.hash(password)
    try await change(id, in: scope) { account, tx in
      try tx.replacePassword(
        hash,
        id: ids.next(),
        of: id,
        in: scope.facility,
        oneTimeUntil: visit.now.adding(seconds: settings.oneTimeSeconds),
        at: visit.now
      )
      try tx.endSessions(of: id, in: scope.facility)
      // Whoever holds the account of another facility must not come in by it.
      try removeLinks(of: account, by: scope.actor, visit, tx)
      // The new password is of no use to somebody who has to wait because of the old one.
      try tx.clearFailures(of: Self.attemptKey(Self.subject(of: account)))
      try tx.record([note("account.password-issued", account, by: scope.actor, visit)])
    }
    return password
  }

  /// Reads the account, changes it, and refuses the whole where nobody would be left to manage users.
  func change(
    _ id: String,
    in scope: Scope<ManageUsers>,
    _ body: @escaping @Sendable (Account, any Transaction) throws -> Void
  ) async throws {
    // Links and attempts lie outside the facility.
    try await database.write(.everyFacility) { tx in
      guard let account = try tx.account(id, in: scope.facility) else { throw Missing() }
      // Where there is none already, as after the only one was locked, the console brings somebody back.
      let hadManagers = try tx.managers(in: scope.facility) > 0
      try body(account, tx)
      guard try !hadManagers || tx.managers(in: scope.facility) > 0 else {
        throw Problems(
          "",
          Localized(
            ja: "利用者を管理できる人がいなくなるため、変更しませんでした。先に別の人に「システム管理者」の役割を付けてください。",
            en: "Nobody would be left to manage users, so nothing was changed. First give somebody else the role "
              + "“System administrator”."
          )
        )
      }
    }
  }

  /// There is no such account in the facility.
  struct Missing: Error {}

  /// Easy to read out and type: four groups of letters and digits without those that look alike.
  private func makePassword() -> String {
    let letters = Array("abcdefghjkmnpqrstvwxyz".utf8)
    let digits = Array("23456789".utf8)
    return (0..<4).map { _ in
      let bytes = entropy.bytes(4)
      // 256 is no multiple of 22: some letters are a little likelier, which 60 bits and more can bear.
      let group = bytes.prefix(3).map { letters[Int($0) % letters.count] } + [digits[Int(bytes[3]) % digits.count]]
      return String(decoding: group, as: UTF8.self)
    }.joined(separator: "-")
  }

  static func text(_ grant: Grant) -> String {
    grant.department.map { "\(grant.role.rawValue)@\($0)" } ?? grant.role.rawValue
  }
}
