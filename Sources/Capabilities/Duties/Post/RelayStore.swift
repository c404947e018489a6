import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Transfer

extension Duties {
  /// The facility's relay, or that of `yagura.yaml`; nil where there is none, or it is switched off.
  func relay(_ facility: FacilityID) async throws -> RelaySettings? {
    guard let own = try await ownRelay(facility) else { return usualRelay }
    return own.isOn ? own : nil
  }

  func ownRelay(_ facility: FacilityID) async throws -> RelaySettings? {
    let row = try await database.read(.facility(facility.rawValue)) { tx in
      try tx.row("SELECT \(RelaySettings.columns) FROM mail_relay WHERE facility = \(facility.rawValue)")
    }
    guard let row else { return nil }
    let sealed = try row.optionalBytes("sealed_password")
    return RelaySettings(
      host: try row.text("host"),
      port: try row.integer("port"),
      security: SMTPTransfer.Security(rawValue: try row.text("security")) ?? .startTLS,
      user: try row.text("user_name"),
      password: try sealed.map {
        String(decoding: try seal.open($0, for: Self.passwordPurpose(facility)), as: UTF8.self)
      },
      authorityFile: try row.text("authority_file"),
      sender: try row.text("sender"),
      address: try row.text("address"),
      digestHour: try row.integer("digest_hour"),
      isOn: try row.bool("is_on"),
      version: try row.integer("version")
    )
  }

  /// A password nil keeps the one that is stored. Throws `DutyProblems`, `DutyConflict`.
  func save(_ settings: RelaySettings, in scope: Scope<ManageSettings>) async throws {
    try settings.check()
    let facility = scope.facility
    let old = try await ownRelay(facility)
    guard settings.version == old?.version ?? 0 else { throw DutyConflict() }
    let password = settings.password ?? old?.password
    let sealed = try password.map { try seal.close($0, for: Self.passwordPurpose(facility)) }
    let changes = Self.changes(from: old, to: settings)
    guard !changes.isEmpty else { return }
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        INSERT INTO mail_relay (facility, host, port, security, user_name, sealed_password, authority_file, sender,
          address, digest_hour, is_on, version)
        VALUES (\(facility.rawValue), \(settings.host), \(settings.port), \(settings.security.rawValue),
          \(settings.user), \(sealed), \(settings.authorityFile), \(settings.sender), \(settings.address),
          \(settings.digestHour), \(settings.isOn), 1)
        ON CONFLICT (facility) DO UPDATE SET host = excluded.host, port = excluded.port,
          security = excluded.security, user_name = excluded.user_name, sealed_password = excluded.sealed_password,
          authority_file = excluded.authority_file, sender = excluded.sender, address = excluded.address,
          digest_hour = excluded.digest_hour, is_on = excluded.is_on, version = mail_relay.version + 1
        """
      )
      // What waits is tried with the new settings at once.
      try tx.run(
        """
        UPDATE mail_out SET next_try_at = \(clock.now()) WHERE facility = \(facility.rawValue) AND state = 'waiting'
        """
      )
      try tx.record([
        entry("mail.settings-changed", ("relay", "メール"), facility, scope.actor, scope.request, changes, nil)
      ])
    }
    try await needs.order(Self.postKind, facility)
  }

  /// The password itself never stands in the journal.
  private static func changes(from old: RelaySettings?, to new: RelaySettings) -> [FieldChange] {
    func fields(_ settings: RelaySettings) -> [(String, String)] {
      [
        ("host", settings.host), ("port", String(settings.port)), ("security", settings.security.rawValue),
        ("user", settings.user), ("authorityFile", settings.authorityFile), ("sender", settings.sender),
        ("address", settings.address), ("digestHour", String(settings.digestHour)), ("isOn", String(settings.isOn)),
      ]
    }
    let before = Dictionary(uniqueKeysWithValues: old.map(fields) ?? [])
    var changes = fields(new).compactMap { name, value -> FieldChange? in
      before[name] == value ? nil : FieldChange(field: name, from: before[name], to: value)
    }
    if let password = new.password, password != old?.password {
      changes.append(FieldChange(field: "password", from: nil, to: "••••"))
    }
    return changes
  }

  /// Seals the relays' passwords with the key of `work`, where an older one still closes them.
  package static func reseal(_ work: inout Resealing, in tx: any Transaction) throws {
    for row in try tx.rows("SELECT facility, sealed_password FROM mail_relay WHERE sealed_password IS NOT NULL") {
      let facility = FacilityID(rawValue: try row.text("facility"))
      guard let sealed = try work.renew(try row.bytes("sealed_password"), for: passwordPurpose(facility)) else {
        continue
      }
      try tx.run("UPDATE mail_relay SET sealed_password = \(sealed) WHERE facility = \(facility.rawValue)")
    }
  }

  private static func passwordPurpose(_ facility: FacilityID) -> String { "duties.mail.password/\(facility.rawValue)" }

  // MARK: What each person wants

  func wish(_ account: String, _ facility: FacilityID) async throws -> MailWish {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.row(
        """
        SELECT account, address, wants_digest, wants_urgent FROM mail_wish
        WHERE facility = \(facility.rawValue) AND account = \(account)
        """
      ).map(MailWish.init) ?? MailWish(account: account)
    }
  }

  func save(_ wish: MailWish, in scope: Scope<SignedIn>) async throws {
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      try tx.run(
        """
        INSERT INTO mail_wish (facility, account, address, wants_digest, wants_urgent)
        VALUES (\(scope.facility.rawValue), \(wish.account), \(wish.address), \(wish.wantsDigest), \(wish.wantsUrgent))
        ON CONFLICT (facility, account) DO UPDATE SET address = excluded.address,
          wants_digest = excluded.wants_digest, wants_urgent = excluded.wants_urgent
        """
      )
    }
  }
}

/// Where and what somebody wants by mail; nothing unless asked for.
struct MailWish: Sendable, Hashable {
  let account: String
  var address = ""
  var wantsDigest = false
  var wantsUrgent = false

  init(account: String) { self.account = account }

  init(_ row: Row) throws {
    account = try row.text("account")
    address = try row.text("address")
    wantsDigest = try row.bool("wants_digest")
    wantsUrgent = try row.bool("wants_urgent")
  }
}
