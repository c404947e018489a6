import Directory
import Journal
import Nouns
import SQL
import Text
import Time
import Web

/// What somebody typed, and the attempt that counts until it is right.
struct TypedSignIn: Sendable {
  let userName: String
  let password: String
  let subject: String
  let attempt: String
}

extension Identity {
  /// Lets the directory check the password, then brings name and roles in line with its groups. Accounts that have a
  /// password here never come to this: local sign-in stays, whatever becomes of the directory.
  func signIn(
    _ typed: TypedSignIn,
    by choice: DirectoryChoice,
    in facility: FacilityID,
    _ visit: Visit
  ) async throws -> Opened {
    let person: Directory.Person
    do {
      person = try await Directory(choice.settings).signIn(Width.halved(Width.trimmed(typed.userName)), typed.password)
    } catch DirectoryError.wrong {
      try await noteFailure(of: typed.subject, account: nil, in: facility, visit)
      throw SignInRefusal.wrong
    } catch is DirectoryError {
      // No fault of the person, so it does not count against the account.
      try await forget(attempt: typed.attempt)
      throw SignInRefusal.directoryDown
    }
    let roles = choice.roles(of: person.groups)
    guard !roles.isEmpty else {
      try await forget(attempt: typed.attempt)
      throw SignInRefusal.noRole
    }
    let draft: AccountDraft
    do {
      draft = try AccountDraft(userName: typed.userName, name: String(person.shownName.prefix(100)))
    } catch {
      throw SignInRefusal.wrong
    }
    return try await database.write(.everyFacility) { tx in
      let account = try settle(draft, person, roles, facility, visit, tx)
      guard account.lockedAt == nil else { throw SignInRefusal.locked }
      return try pass(typed.attempt, to: account.hasSecondFactor ? .code : .full, account, visit, tx)
    }
  }

  /// The account of a person of the directory: known by the distinguished name, else by the user name, else new.
  private func settle(
    _ draft: AccountDraft,
    _ person: Directory.Person,
    _ roles: Set<Role>,
    _ facility: FacilityID,
    _ visit: Visit,
    _ tx: any Transaction
  ) throws -> Account {
    let subject = person.name.lowercased()
    let known = try tx.row(
      """
      SELECT account FROM outside_identity
      WHERE facility = \(facility.rawValue) AND source = 'directory' AND issuer = '' AND subject = \(subject)
      """
    )?.text("account")
    let found =
      try known.flatMap { try tx.account($0, in: facility) } ?? tx.accounts(in: facility, key: draft.key).first
    let id = found?.id ?? ids.next()
    if found == nil { try tx.insertAccount(draft, id: id, in: facility, at: visit.now) }
    // A person who was moved in the directory has a new distinguished name and stays the same account.
    try tx.run(
      """
      DELETE FROM outside_identity WHERE facility = \(facility.rawValue) AND source = 'directory'
        AND (account = \(id) OR subject = \(subject))
      """
    )
    try tx.run(
      """
      INSERT INTO outside_identity (facility, source, issuer, subject, account, name, created_at, used_at)
      VALUES (\(facility.rawValue), 'directory', '', \(subject), \(id), \(person.name), \(visit.now), \(visit.now))
      """
    )
    guard let account = try tx.account(id, in: facility) else { throw StorageError.failed("account not stored") }
    return try align(account, draft.name, roles, isNew: found == nil, visit, tx)
  }

  /// Name and roles as the directory has them; roles in single departments are given here and stay.
  private func align(
    _ account: Account,
    _ name: String,
    _ roles: Set<Role>,
    isNew: Bool,
    _ visit: Visit,
    _ tx: any Transaction
  ) throws -> Account {
    let facility = account.facility
    var changes: [(String, String?, String?)] = []
    if account.name != name {
      try tx.run(
        "UPDATE account SET name = \(name) WHERE facility = \(facility.rawValue) AND id = \(account.id)"
      )
      changes.append(("name", account.name, name))
    }
    let whole = account.grants.filter { $0.grant.department == nil }
    for held in whole where !roles.contains(held.grant.role) {
      try tx.run("DELETE FROM grant_of_role WHERE facility = \(facility.rawValue) AND id = \(held.id)")
      changes.append(("role", held.grant.role.rawValue, nil))
    }
    for role in Role.allCases where roles.contains(role) && !whole.contains(where: { $0.grant.role == role }) {
      try tx.insertGrant(Grant(role: role), id: ids.next(), account: account.id, in: facility, at: visit.now)
      changes.append(("role", nil, role.rawValue))
    }
    guard let settled = try tx.account(account.id, in: facility) else { return account }
    if isNew || !changes.isEmpty {
      let kind = isNew ? "account.added" : "account.changed"
      try tx.record([note(kind, settled, by: .system, visit, changes: changes, reason: "directory")])
    }
    return settled
  }
}
