import Journal
import Nouns
import SQL
import Sealing
import Text
import Time

/// The installation has a facility already; the assistant runs once only.
package struct AlreadySetUp: Error, Sendable, Hashable {
  package let message = Localized(
    ja: "すでに設定が終わっています。サインインしてください。",
    en: "Yagura has been set up already. Please sign in."
  )
}

extension Identity {
  /// Where a command at the machine itself comes from.
  var commandVisit: Visit { Visit(address: "", userAgent: "command", now: clock.now(), request: ids.next()) }

  package func isSetUp() async throws -> Bool {
    try await database.read(.everyFacility) { tx in try tx.count("SELECT count(*) FROM facility") } > 0
  }

  /// The first facility and its first administrator, in one transaction. Throws `AlreadySetUp` where there is a facility,
  /// also when two finish at once, and `Problems` of `password`.
  @discardableResult
  package func setUp(
    facility: FacilityDraft,
    administrator: AccountDraft,
    password: String,
    visit given: Visit? = nil
  ) async throws -> Account {
    let visit = given ?? commandVisit
    let hash = try await firstHash(password, facility.name, administrator)
    do {
      return try await database.write(.everyFacility) { tx in
        guard try tx.count("SELECT count(*) FROM facility") == 0 else { throw AlreadySetUp() }
        let id = ids.next()
        try tx.run("INSERT INTO first_set_up (id, facility_id, at) VALUES (1, \(id), \(visit.now))")
        return try found(facility, id: id, administrator, hash, visit, tx)
      }
    } catch StorageError.uniqueViolation(let key) where key.hasPrefix("first_set_up") {
      throw AlreadySetUp()
    }
  }

  /// A further facility with its first administrator, for the command line of an installation that serves several.
  @discardableResult
  package func addFacility(
    _ facility: FacilityDraft,
    administrator: AccountDraft,
    password: String,
    visit given: Visit? = nil
  ) async throws -> Account {
    let visit = given ?? commandVisit
    let hash = try await firstHash(password, facility.name, administrator)
    return try await database.write(.everyFacility) { tx in
      try found(facility, id: ids.next(), administrator, hash, visit, tx)
    }
  }

  private func firstHash(
    _ password: String,
    _ facilityName: String,
    _ administrator: AccountDraft
  ) async throws -> String {
    let faults = faults(
      of: password,
      userName: administrator.userName,
      name: administrator.name,
      facilityName: facilityName,
      hasSecondFactor: false
    )
    guard faults.isEmpty else { throw Problems(faults.map { Problem("password", $0.message) }) }
    return try await passwords.hash(password)
  }

  private func found(
    _ draft: FacilityDraft,
    id: String,
    _ administrator: AccountDraft,
    _ hash: String,
    _ visit: Visit,
    _ tx: any Transaction
  ) throws -> Account {
    let facility = FacilityID(rawValue: id)
    let account = ids.next()
    try tx.insertFacility(draft, id: id, at: visit.now)
    try tx.insertAccount(administrator, id: account, in: facility, at: visit.now)
    try tx.insertGrant(Grant(role: .administrator), id: ids.next(), account: account, in: facility, at: visit.now)
    try tx.replacePassword(hash, id: ids.next(), of: account, in: facility, oneTimeUntil: nil, at: visit.now)
    guard let made = try tx.account(account, in: facility) else { throw StorageError.failed("account not stored") }
    try tx.record([
      note(
        "facility.set-up",
        made,
        by: made.actor,
        visit,
        subject: (type: "facility", id: id, title: draft.name),
        changes: [
          ("name", nil, draft.name), ("kind", nil, draft.kind.rawValue),
          ("fiscalYearStart", nil, String(draft.fiscalYearStart)),
        ]
      ),
      note("account.added", made, by: made.actor, visit, changes: [("role", nil, Role.administrator.rawValue)]),
    ])
    return made
  }
}
