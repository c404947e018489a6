import Nouns
import SQL
import Sealing
import Text
import Time
import Web

/// How far somebody has come in signing in.
enum Stage: String, Sendable {
  /// The password was right; the code of the second factor is still to come.
  case code
  /// Signed in with a password that somebody else issued: a new one must be chosen first.
  case password
  case full
}

/// Where a request came from, as it is shown in the list of sessions.
package struct Visit: Sendable, Hashable {
  let address: String
  let userAgent: String
  let now: Instant
  let request: String

  /// What counts as one place for the lock: the address, of IPv6 the network of 64 bits that one customer has.
  var network: String {
    guard let address = IPAddress(reading: address), address.isV6 else { return address }
    return Hex.encode(address.bytes.prefix(8)) + "::/64"
  }

  init(_ request: WebRequest) {
    address = request.clientAddress
    userAgent = String((request.headers["user-agent"] ?? "").prefix(300))
    now = request.now
    self.request = request.requestID
  }

  package init(address: String, userAgent: String = "", now: Instant, request: String) {
    self.address = address
    self.userAgent = userAgent
    self.now = now
    self.request = request
  }
}

/// A row of the table of sessions.
struct SessionRow: Sendable, Hashable {
  let id: String
  let facility: FacilityID
  let account: String
  let tokenHash: String
  let stage: Stage
  let createdAt: Instant
  let seenAt: Instant
  let authenticatedAt: Instant
  let endsAt: Instant
  let address: String
  let userAgent: String

  init(_ row: Row) throws {
    id = try row.text("id")
    facility = FacilityID(rawValue: try row.text("facility"))
    account = try row.text("account")
    tokenHash = try row.text("token_hash")
    stage = Stage(rawValue: try row.text("stage")) ?? .code
    createdAt = try row.instant("created_at")
    seenAt = try row.instant("seen_at")
    authenticatedAt = try row.instant("authenticated_at")
    endsAt = try row.instant("ends_at")
    address = try row.text("address")
    userAgent = try row.text("user_agent")
  }
}

extension Transaction {
  func insertSession(
    id: String,
    token: Token,
    csrf: String,
    stage: Stage,
    account: String,
    in facility: FacilityID,
    endsAt: Instant,
    visit: Visit
  ) throws {
    try run(
      """
      INSERT INTO session (facility, id, account, token_hash, stage, csrf, created_at, seen_at, authenticated_at, ends_at,
        address, user_agent)
      VALUES (\(facility.rawValue), \(id), \(account), \(token.hash), \(stage.rawValue), \(csrf), \(visit.now),
        \(visit.now), \(visit.now), \(endsAt), \(visit.address), \(visit.userAgent))
      """
    )
  }

  /// The row of a token that has not ended.
  func session(_ token: Token, at now: Instant, idleSeconds: Int) throws -> SessionRow? {
    try row(
      """
      SELECT id, facility, account, token_hash, stage, created_at, seen_at, authenticated_at, ends_at, address, user_agent
      FROM session
      WHERE token_hash = \(token.hash) AND ends_at > \(now) AND seen_at > \(now.adding(seconds: -idleSeconds))
      """
    ).map(SessionRow.init)
  }

  func sessions(of account: String, in facility: FacilityID, at now: Instant, idleSeconds: Int) throws -> [SessionRow] {
    try rows(
      """
      SELECT id, facility, account, token_hash, stage, created_at, seen_at, authenticated_at, ends_at, address, user_agent
      FROM session
      WHERE facility = \(facility.rawValue) AND account = \(account) AND stage = 'full' AND ends_at > \(now)
        AND seen_at > \(now.adding(seconds: -idleSeconds))
      ORDER BY seen_at DESC, id DESC LIMIT 100
      """
    ).map(SessionRow.init)
  }

  /// Ends the sessions of an account, but for one. Answers how many.
  @discardableResult
  func endSessions(of account: String, in facility: FacilityID, except kept: String = "") throws -> Int {
    try run(
      """
      DELETE FROM session
      WHERE facility = \(facility.rawValue) AND account = \(account) AND token_hash <> \(kept)
      """
    )
  }

  func removeEnded(at now: Instant, idleSeconds: Int) throws {
    try run("DELETE FROM session WHERE ends_at <= \(now) OR seen_at <= \(now.adding(seconds: -idleSeconds))")
  }
}

extension Identity {
  /// Seconds between two notes that a session was used, so that reading pages does not mean writing each time.
  static let seenStep = 60

  func findSession(_ text: String, _ now: Instant) async throws -> Session? {
    guard let token = Token(reading: text) else { return nil }
    let idle = settings.idleSeconds
    let (rows, others) = try await database.read(.everyFacility) { tx -> ([Row], [Session.OtherFacility]) in
      let rows = try tx.rows(
        """
        SELECT s.facility, s.id, s.account, s.csrf, s.created_at, s.seen_at, s.authenticated_at, s.ends_at, a.name,
          a.language, a.date_style, f.name AS facility_name, f.fiscal_year_start, f.wants_second_factor,
          g.role, g.department, \(WantedFactor.count("s")),
          (SELECT count(*) FROM account_link l WHERE l.facility = s.facility AND l.account = s.account) AS links
        FROM session s
        JOIN account a ON a.facility = s.facility AND a.id = s.account
        JOIN facility f ON f.id = s.facility
        LEFT JOIN grant_of_role g ON g.facility = s.facility AND g.account = s.account
        WHERE s.token_hash = \(token.hash) AND s.stage = 'full' AND a.locked_at IS NULL AND s.ends_at > \(now)
          AND s.seen_at > \(now.adding(seconds: -idle))
        """
      )
      guard let row = rows.first, try row.integer("links") > 0 else { return (rows, []) }
      let facility = FacilityID(rawValue: try row.text("facility"))
      return (rows, try tx.otherFacilities(of: try row.text("account"), in: facility))
    }
    guard let row = rows.first else { return nil }
    let facility = FacilityID(rawValue: try row.text("facility"))
    let id = try row.text("id")
    if now.seconds(since: try row.instant("seen_at")) >= Self.seenStep {
      // A store that cannot be written at the moment can still be read.
      _ = try? await database.write(.facility(facility.rawValue)) { tx in
        try tx.run("UPDATE session SET seen_at = \(now) WHERE facility = \(facility.rawValue) AND id = \(id)")
      }
    }
    let wanted = try WantedFactor(rows)
    var session = Session(
      tokenHash: token.hash,
      userID: try row.text("account"),
      userName: try row.text("name"),
      facility: facility,
      facilityName: try row.text("facility_name"),
      grants: wanted.grants,
      language: Language(rawValue: try row.text("language")) ?? .ja,
      csrf: try row.text("csrf"),
      createdAt: try row.instant("created_at"),
      authenticatedAt: try row.instant("authenticated_at"),
      expiresAt: min(now.adding(seconds: idle), try row.instant("ends_at")),
      idleSeconds: idle
    )
    session.fiscalYearStart = try row.integer("fiscal_year_start")
    session.dateStyle = DateStyle(rawValue: try row.text("date_style"))
    session.otherFacilities = others
    session.secondFactorPath = wanted.isMissing ? WantedFactor.path : nil
    return session
  }

  func setLanguage(_ language: Language, of session: Session) async throws {
    try await database.write(.facility(session.facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE account SET language = \(language.rawValue)
        WHERE facility = \(session.facility.rawValue) AND id = \(session.userID)
        """
      )
    }
  }

  /// Names of people who may do this in the whole facility, at most five.
  func holders(of permission: Permission, in facility: FacilityID) async throws -> [String] {
    let roles = Role.allCases.filter { $0.permissions.contains(permission) }.map(\.rawValue)
    return try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT DISTINCT a.name FROM account a
        JOIN grant_of_role g ON g.facility = a.facility AND g.account = a.id
        WHERE a.facility = \(facility.rawValue) AND a.locked_at IS NULL AND g.department = ''
          AND g.role IN (\(list: roles))
        ORDER BY a.name LIMIT 5
        """
      ).map { try $0.text("name") }
    }
  }

  /// Notes that the session is in use right now.
  func keepUp(_ session: Session, at now: Instant) async throws {
    try await database.write(.facility(session.facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE session SET seen_at = \(now)
        WHERE facility = \(session.facility.rawValue) AND token_hash = \(session.tokenHash)
        """
      )
    }
  }

  /// Whoever signs in where somebody was signed in takes the place of that session: its cookie is overwritten, so nobody
  /// could end it there any more.
  func endFormerSession(of request: WebRequest) async throws {
    if let session = request.session { try await endSession(session) }
  }

  func endSession(_ session: Session) async throws {
    try await database.write(.facility(session.facility.rawValue)) { tx in
      try tx.run(
        "DELETE FROM session WHERE facility = \(session.facility.rawValue) AND token_hash = \(session.tokenHash)"
      )
    }
  }
}
