import Journal
import Nouns
import SQL
import Sealing
import Text
import Time

// Wrong passwords and codes: how often, who has to wait, and what of it stands in the journal.

/// Who has to wait because of wrong attempts, and for how long.
struct LockedOut: Sendable, Hashable {
  let failures: Int
  /// Seconds still to wait, 0 where none.
  let wait: Int
}

extension Identity {
  /// What counts as one in the table of attempts; stored only as a hash.
  static func subject(of key: String, in facility: FacilityID) -> String { "account/\(facility.rawValue)/\(key)" }

  static func subject(of account: Account) -> String {
    subject(of: Account.key(of: account.userName), in: account.facility)
  }

  static func attemptKey(_ subject: String) -> String { Hash.sha256Hex(Array(subject.utf8)) }

  /// Puts into the journal that an account, a name that no account has, or an address now has to wait. The attempt itself
  /// is counted already. Who typed what is not kept: people type passwords into the field of the user name.
  func noteFailure(of subject: String, account: Account?, in facility: FacilityID, _ visit: Visit) async throws {
    let key = Self.attemptKey(subject)
    try await database.write(.everyFacility) { tx in
      var entries: [JournalEntry] = []
      func add(_ kind: String, _ subject: (type: String, id: String, title: String), _ failures: Int, _ rule: LockOut) {
        guard failures >= rule.free else { return }
        let changes: [(String, String?, String?)] = [
          ("failures", nil, String(failures)), ("seconds", nil, String(rule.delay(failures: failures))),
          ("address", nil, visit.address),
        ]
        entries.append(note(kind, subject, in: facility, by: .system, visit, changes: changes))
      }
      let own = try tx.failures(subject: key, now: visit.now).count
      if let account {
        add("account.locked-out", (type: "account", id: account.id, title: account.name), own, .account)
      } else {
        add("sign-in.locked-out", (type: "sign-in", id: String(key.prefix(16)), title: ""), own, .account)
      }
      let there = try tx.failures(address: visit.network, now: visit.now).count
      add("address.locked-out", (type: "address", id: visit.network, title: visit.network), there, .address)
      try tx.record(entries)
    }
  }

  func lockedOut(_ account: Account, at now: Instant) async throws -> LockedOut {
    let key = Self.attemptKey(Self.subject(of: account))
    return try await database.read(.everyFacility) { tx in
      let found = try tx.failures(subject: key, now: now)
      return LockedOut(
        failures: found.count,
        wait: LockOut.account.wait(failures: found.count, last: found.last, now: now)
      )
    }
  }

  /// Lets somebody try again at once.
  func clearLockOut(of id: String, in scope: Scope<ManageUsers>, visit: Visit) async throws {
    try await change(id, in: scope) { account, tx in
      guard try tx.clearFailures(of: Self.attemptKey(Self.subject(of: account))) > 0 else { return }
      try tx.record([note("account.lock-out-cleared", account, by: scope.actor, visit)])
    }
  }

  /// Addresses that have to wait, of those from which this facility was tried.
  func lockedAddresses(
    in scope: Scope<ManageUsers>,
    at now: Instant
  ) async throws -> [(address: String, state: LockedOut)] {
    let since = now.adding(seconds: -LockOut.memory)
    return try await database.read(.everyFacility) { tx in
      let tried = try tx.rows(
        """
        SELECT DISTINCT subject_id FROM journal
        WHERE facility = \(scope.facility.rawValue) AND kind = 'address.locked-out' AND at > \(since)
        ORDER BY subject_id LIMIT 200
        """
      ).map { try $0.text("subject_id") }
      return try tried.compactMap { address in
        let found = try tx.failures(address: address, now: now)
        let wait = LockOut.address.wait(failures: found.count, last: found.last, now: now)
        return wait > 0 ? (address, LockedOut(failures: found.count, wait: wait)) : nil
      }
    }
  }

  /// Lets an address try again at once, where it is one of `lockedAddresses`. Answers whether it was.
  func clearLockOut(address: String, in scope: Scope<ManageUsers>, visit: Visit) async throws -> Bool {
    guard try await lockedAddresses(in: scope, at: visit.now).contains(where: { $0.address == address }) else {
      return false
    }
    try await database.write(.everyFacility) { tx in
      // The account's own count stays: it is another lock.
      try tx.run("UPDATE sign_in_attempt SET address = '' WHERE address = \(address) AND succeeded = \(false)")
      try tx.record([
        note(
          "address.lock-out-cleared",
          (type: "address", id: address, title: address),
          in: scope.facility,
          by: scope.actor,
          visit
        )
      ])
    }
    return true
  }
}

extension Transaction {
  /// Failures in a row of one account since it last signed in, and the latest.
  func failures(subject: String, now: Instant) throws -> (count: Int, last: Instant?) {
    let start = now.adding(seconds: -LockOut.memory)
    let row = try row(
      """
      SELECT count(*) AS failures, max(at) AS last FROM sign_in_attempt
      WHERE subject = \(subject) AND succeeded = \(false) AND at > \(start) AND at > coalesce(
        (SELECT max(at) FROM sign_in_attempt WHERE subject = \(subject) AND succeeded = \(true)), 0)
      """
    )
    return try row.map { (try $0.integer("failures"), try $0.optionalInstant("last")) } ?? (0, nil)
  }

  /// Failures from one address within an hour, whoever succeeded from there between them.
  func failures(address: String, now: Instant) throws -> (count: Int, last: Instant?) {
    let row = try row(
      """
      SELECT count(*) AS failures, max(at) AS last FROM sign_in_attempt
      WHERE address = \(address) AND succeeded = \(false) AND at > \(now.adding(seconds: -3600))
      """
    )
    return try row.map { (try $0.integer("failures"), try $0.optionalInstant("last")) } ?? (0, nil)
  }

  func wait(of rule: LockOut, subject: String, now: Instant) throws -> Int {
    let found = try failures(subject: subject, now: now)
    return rule.wait(failures: found.count, last: found.last, now: now)
  }

  func wait(of rule: LockOut, address: String, now: Instant) throws -> Int {
    let found = try failures(address: address, now: now)
    return rule.wait(failures: found.count, last: found.last, now: now)
  }

  /// Forgets the failures of one account. Answers how many there were.
  @discardableResult
  func clearFailures(of subject: String) throws -> Int {
    try run("DELETE FROM sign_in_attempt WHERE subject = \(subject) AND succeeded = \(false)")
  }
}
