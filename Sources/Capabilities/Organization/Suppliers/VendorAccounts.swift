import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Which vendor of the ledger an account belongs to, so that whoever signs in with it sees their own devices and requests
/// and nobody else's.
package struct VendorAccounts: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// The vendor's id by account.
  package func all<P: Permit>(in scope: Scope<P>) async throws -> [String: String] {
    let key = scope.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var vendors: [String: String] = [:]
      for row in try tx.rows("SELECT account, vendor FROM vendor_account WHERE facility = \(key)") {
        vendors[try row.text("account")] = try row.text("vendor")
      }
      return vendors
    }
  }

  /// The vendor's id; nil where nobody has said whose the account is.
  package func vendor(of account: String, _ facility: FacilityID) async throws -> String? {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.row("SELECT vendor FROM vendor_account WHERE facility = \(key) AND account = \(account)")?.text("vendor")
    }
  }

  /// Says whose an account is; nil for nobody's. `names` are what account and vendor are called, for the journal. Answers
  /// whether that was different before.
  @discardableResult
  package func set(
    _ account: String,
    to vendor: String?,
    names: (account: String, vendor: String),
    in scope: Scope<ManageUsers>
  ) async throws -> Bool {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    return try await database.write(.facility(key)) { tx in
      let before = try tx.row(
        "SELECT vendor FROM vendor_account WHERE facility = \(key) AND account = \(account)"
      )?.text("vendor")
      guard before != vendor else { return false }
      try tx.run("DELETE FROM vendor_account WHERE facility = \(key) AND account = \(account)")
      if let vendor {
        try tx.run(
          """
          INSERT INTO vendor_account (facility, account, vendor, set_at, set_by)
          VALUES (\(key), \(account), \(vendor), \(now), \(scope.actor.name))
          """
        )
      }
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "vendor_account.changed",
          of: ("vendor_account", account, names.vendor.isEmpty ? names.account : "\(names.account)（\(names.vendor)）"),
          changes: [FieldChange(field: "vendor", from: before, to: vendor)]
        )
      ])
      return true
    }
  }
}
