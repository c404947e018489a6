import Journal
import Nouns
import SQL
import Sealing
import Text
import Time

// A second factor: codes of an authenticator app (TOTP), and ten recovery codes for the day the phone is lost.

extension Identity {
  /// The secret that waits to be confirmed, made where there is none yet. Opening the page again shows the same one.
  func pendingFactor(of account: Account, at now: Instant) async throws -> TOTP {
    let fresh = TOTP(from: entropy)
    let sealed = try seal.close(fresh.secret, for: Self.purpose(account))
    let facility = account.facility.rawValue
    let stored = try await database.write(.facility(facility)) { tx -> [UInt8] in
      let kept = try tx.row(
        """
        SELECT sealed_secret FROM second_factor
        WHERE facility = \(facility) AND account = \(account.id) AND confirmed_at IS NULL
        """
      )
      if let kept { return try kept.bytes("sealed_secret") }
      try tx.run(
        """
        INSERT INTO second_factor (facility, account, sealed_secret, created_at)
        VALUES (\(facility), \(account.id), \(sealed), \(now))
        """
      )
      return sealed
    }
    return TOTP(secret: try seal.open(stored, for: Self.purpose(account)))
  }

  /// Turns the second factor on once a code shows that the app knows the secret. Answers the recovery codes, to be shown
  /// this once.
  func confirmFactor(_ code: String, of account: Account, visit: Visit) async throws -> [String] {
    let codes = RecoveryCodes.make(entropy)
    let facility = account.facility.rawValue
    let isRight = try await database.write(.facility(facility)) { tx -> Bool in
      guard
        let row = try tx.row(
          """
          SELECT sealed_secret FROM second_factor
          WHERE facility = \(facility) AND account = \(account.id) AND confirmed_at IS NULL
          """
        )
      else { return false }
      let factor = TOTP(secret: try seal.open(try row.bytes("sealed_secret"), for: Self.purpose(account)))
      guard let step = factor.acceptedStep(of: code, at: visit.now, lastUsed: nil) else { return false }
      try tx.run(
        """
        UPDATE second_factor SET confirmed_at = \(visit.now), last_step = \(step)
        WHERE facility = \(facility) AND account = \(account.id)
        """
      )
      try store(codes, of: account, at: visit.now, tx)
      try tx.record([note("account.second-factor-added", account, by: account.actor, visit)])
      return true
    }
    guard isRight else { throw Problems("code", Self.wrongCode) }
    return codes
  }

  /// New recovery codes; the old ones open nothing any more.
  func renewRecoveryCodes(of account: Account, visit: Visit) async throws -> [String] {
    let codes = RecoveryCodes.make(entropy)
    try await database.write(.facility(account.facility.rawValue)) { tx in
      try store(codes, of: account, at: visit.now, tx)
      try tx.record([note("account.recovery-codes-renewed", account, by: account.actor, visit)])
    }
    return codes
  }

  /// Takes the second factor away. By the person, who has shown the password, or by an administrator.
  func removeFactor(of account: Account, by actor: Actor, visit: Visit, in tx: any Transaction) throws {
    let facility = account.facility.rawValue
    try tx.run("DELETE FROM second_factor WHERE facility = \(facility) AND account = \(account.id)")
    try tx.run("DELETE FROM recovery_code WHERE facility = \(facility) AND account = \(account.id)")
    try tx.record([note("account.second-factor-removed", account, by: actor, visit)])
  }

  func removeOwnFactor(of account: Account, visit: Visit) async throws {
    try await database.write(.facility(account.facility.rawValue)) { tx in
      try removeFactor(of: account, by: account.actor, visit: visit, in: tx)
    }
  }

  func unusedRecoveryCodes(of account: Account) async throws -> Int {
    try await database.read(.facility(account.facility.rawValue)) { tx in
      try tx.count(
        """
        SELECT count(*) FROM recovery_code
        WHERE facility = \(account.facility.rawValue) AND account = \(account.id) AND used_at IS NULL
        """
      )
    }
  }

  /// Whether `code` is the app's of this half minute, not used before, or an unused recovery code. Marks what it accepts.
  func acceptCode(_ code: String, of account: Account, _ visit: Visit, _ tx: any Transaction) throws -> Bool {
    let facility = account.facility.rawValue
    guard
      let row = try tx.row(
        """
        SELECT sealed_secret, last_step FROM second_factor
        WHERE facility = \(facility) AND account = \(account.id) AND confirmed_at IS NOT NULL
        """
      )
    else { return false }
    let factor = TOTP(secret: try seal.open(try row.bytes("sealed_secret"), for: Self.purpose(account)))
    let last = try row.optionalInteger("last_step").map(Int64.init)
    if let step = factor.acceptedStep(of: code, at: visit.now, lastUsed: last) {
      try tx.run(
        "UPDATE second_factor SET last_step = \(step) WHERE facility = \(facility) AND account = \(account.id)"
      )
      return true
    }
    guard let hash = RecoveryCodes.hash(code) else { return false }
    let used = try tx.run(
      """
      UPDATE recovery_code SET used_at = \(visit.now)
      WHERE facility = \(facility) AND account = \(account.id) AND hash = \(hash) AND used_at IS NULL
      """
    )
    if used > 0 { try tx.record([note("account.recovery-code-used", account, by: account.actor, visit)]) }
    return used > 0
  }

  private func store(_ codes: [String], of account: Account, at now: Instant, _ tx: any Transaction) throws {
    let facility = account.facility.rawValue
    try tx.run("DELETE FROM recovery_code WHERE facility = \(facility) AND account = \(account.id)")
    try tx.insert(
      into: "recovery_code",
      columns: ["facility", "account", "hash", "created_at"],
      rows: codes.compactMap(RecoveryCodes.hash).map { hash in
        [.text(facility), .text(account.id), .text(hash), now.sqlValue]
      }
    )
  }

  private static func purpose(_ account: Account) -> String { purpose(account.id) }

  private static func purpose(_ account: String) -> String { "identity.totp/\(account)" }

  static func resealFactors(_ work: inout Resealing, in tx: any Transaction) throws {
    for row in try tx.rows("SELECT facility, account, sealed_secret FROM second_factor") {
      let (facility, account) = (try row.text("facility"), try row.text("account"))
      guard let sealed = try work.renew(try row.bytes("sealed_secret"), for: purpose(account)) else { continue }
      try tx.run(
        "UPDATE second_factor SET sealed_secret = \(sealed) WHERE facility = \(facility) AND account = \(account)"
      )
    }
  }

  static let wrongCode = Localized(
    ja: "コードが違うか、期限が切れています。アプリに今表示されている6桁を入力してください。",
    en: "The code is wrong or has expired. Enter the six digits the app shows now."
  )
}
