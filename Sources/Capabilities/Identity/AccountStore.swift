import Nouns
import SQL
import Text
import Time

// Statements on facilities, accounts, roles and passwords. Every one names the facility.

extension Transaction {
  func facilities() throws -> [Facility] {
    try rows("SELECT \(Facility.columns) FROM facility ORDER BY name, id").map(Facility.init)
  }

  func facility(_ id: FacilityID) throws -> Facility? {
    try row("SELECT \(Facility.columns) FROM facility WHERE id = \(id.rawValue)").map(Facility.init)
  }

  /// Writes every field where the version is still `version`. Answers whether it was.
  func update(_ draft: FacilityDraft, of id: FacilityID, version: Int) throws -> Bool {
    try run(
      """
      UPDATE facility SET name = \(draft.name), kind = \(draft.kind.rawValue), beds = \(draft.beds),
        prefecture = \(draft.prefecture), address = \(draft.address), telephone = \(draft.telephone),
        fiscal_year_start = \(draft.fiscalYearStart),
        wants_second_factor = \(draft.wantsSecondFactor ? "yes" : ""), version = version + 1
      WHERE id = \(id.rawValue) AND version = \(version)
      """
    ) == 1
  }

  func insertFacility(_ draft: FacilityDraft, id: String, at now: Instant) throws {
    try run(
      """
      INSERT INTO facility (id, name, kind, fiscal_year_start, created_at)
      VALUES (\(id), \(draft.name), \(draft.kind.rawValue), \(draft.fiscalYearStart), \(now))
      """
    )
  }

  /// Accounts by name, all or the one of an id or of a sign-in key.
  func accounts(in facility: FacilityID, id: String? = nil, key: String? = nil) throws -> [Account] {
    let only: SQL =
      if let id {
        "AND a.id = \(id)"
      } else if let key {
        "AND a.user_key = \(key)"
      } else {
        ""
      }
    let grants = Dictionary(
      grouping: try rows(
        """
        SELECT g.id, g.account, g.role, g.department FROM grant_of_role g
        JOIN account a ON a.facility = g.facility AND a.id = g.account
        WHERE g.facility = \(facility.rawValue) \(only) ORDER BY g.role, g.department
        """
      ),
      by: { try? $0.text("account") }  // a column of the statement above
    )
    return try rows(
      """
      SELECT a.id, a.user_name, a.name, a.language, a.date_style, a.created_at, a.locked_at, a.signed_in_at,
        c.one_time_until, f.confirmed_at
      FROM account a
      LEFT JOIN credential c ON c.facility = a.facility AND c.account = a.id AND c.retired_at IS NULL
      LEFT JOIN second_factor f ON f.facility = a.facility AND f.account = a.id
      WHERE a.facility = \(facility.rawValue) \(only) ORDER BY a.user_key, a.id
      """
    ).map { row in
      let id = try row.text("id")
      return Account(
        id: id,
        facility: facility,
        userName: try row.text("user_name"),
        name: try row.text("name"),
        language: Language(rawValue: try row.text("language")) ?? .ja,
        dateStyle: DateStyle(rawValue: try row.text("date_style")),
        createdAt: try row.instant("created_at"),
        lockedAt: try row.optionalInstant("locked_at"),
        signedInAt: try row.optionalInstant("signed_in_at"),
        hasSecondFactor: try row.optionalInstant("confirmed_at") != nil,
        oneTimeUntil: try row.optionalInstant("one_time_until"),
        grants: try (grants[id] ?? []).map(Self.grant)
      )
    }
  }

  func account(_ id: String, in facility: FacilityID) throws -> Account? {
    try accounts(in: facility, id: id).first
  }

  private static func grant(_ row: Row) throws -> HeldGrant {
    HeldGrant(id: try row.text("id"), grant: try row.grant())
  }

  func insertAccount(_ draft: AccountDraft, id: String, in facility: FacilityID, at now: Instant) throws {
    try run(
      """
      INSERT INTO account (facility, id, user_name, user_key, name, language, created_at)
      VALUES (\(facility.rawValue), \(id), \(draft.userName), \(draft.key), \(draft.name), \(draft.language.rawValue), \(now))
      """
    )
  }

  func insertGrant(_ grant: Grant, id: String, account: String, in facility: FacilityID, at now: Instant) throws {
    try run(
      """
      INSERT INTO grant_of_role (facility, id, account, role, department, created_at)
      VALUES (\(facility.rawValue), \(id), \(account), \(grant.role.rawValue), \(grant.department ?? ""), \(now))
      """
    )
  }

  // MARK: Passwords

  func currentHash(of account: String, in facility: FacilityID) throws -> String? {
    try row(
      """
      SELECT hash FROM credential
      WHERE facility = \(facility.rawValue) AND account = \(account) AND retired_at IS NULL
      """
    )?.text("hash")
  }

  /// The newest hashes, the current one included.
  func hashes(of account: String, in facility: FacilityID, limit: Int) throws -> [String] {
    try rows(
      """
      SELECT hash FROM credential WHERE facility = \(facility.rawValue) AND account = \(account)
      ORDER BY created_at DESC, id DESC LIMIT \(limit)
      """
    ).map { try $0.text("hash") }
  }

  /// Puts a password in place of the current one, which is kept as a hash only to refuse its return.
  func replacePassword(
    _ hash: String,
    id: String,
    of account: String,
    in facility: FacilityID,
    oneTimeUntil: Instant?,
    at now: Instant
  ) throws {
    try run(
      """
      UPDATE credential SET retired_at = \(now)
      WHERE facility = \(facility.rawValue) AND account = \(account) AND retired_at IS NULL
      """
    )
    try run(
      """
      INSERT INTO credential (facility, id, account, hash, created_at, one_time_until)
      VALUES (\(facility.rawValue), \(id), \(account), \(hash), \(now), \(oneTimeUntil))
      """
    )
  }

  // MARK: Who is left

  /// Accounts that may manage users in the whole facility and are not locked.
  func managers(in facility: FacilityID) throws -> Int {
    let roles = Role.allCases.filter { $0.permissions.contains(.manageUsers) }.map(\.rawValue)
    return try count(
      """
      SELECT count(DISTINCT a.id) FROM account a
      JOIN grant_of_role g ON g.facility = a.facility AND g.account = a.id
      WHERE a.facility = \(facility.rawValue) AND a.locked_at IS NULL AND g.department = '' AND g.role IN (\(list: roles))
      """
    )
  }
}

extension Facility {
  static let columns: SQL =
    "id, name, kind, beds, prefecture, address, telephone, fiscal_year_start, wants_second_factor, version"

  init(_ row: Row) throws {
    self.init(
      id: FacilityID(rawValue: try row.text("id")),
      name: try row.text("name"),
      kind: Kind(rawValue: try row.text("kind")) ?? .hospital,
      beds: try row.optionalInteger("beds"),
      prefecture: try row.text("prefecture"),
      address: try row.text("address"),
      telephone: try row.text("telephone"),
      fiscalYearStart: try row.integer("fiscal_year_start"),
      wantsSecondFactor: try row.text("wants_second_factor") == "yes",
      version: try row.integer("version")
    )
  }
}

extension Row {
  func grant() throws -> Grant {
    let department = try text("department")
    let role = try text("role")
    guard let known = Role(rawValue: role) else { throw StorageError.unexpectedValue(column: "role", wanted: "role") }
    return Grant(role: known, department: department.isEmpty ? nil : department)
  }
}
