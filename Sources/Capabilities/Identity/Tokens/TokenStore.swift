import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

// Making, finding and revoking tokens. Each is one transaction and is journalled; the token itself is stored nowhere.

extension Identity {
  /// Makes a token that acts for `account`. The text is shown once. Throws `Problems` where it would do what its owner
  /// may not.
  package func makeToken(
    _ draft: APITokenDraft,
    for account: Account,
    in scope: Scope<ManageSettings>,
    visit given: Visit? = nil
  ) async throws -> (token: APIToken, text: String) {
    let visit = given ?? commandVisit
    let held = Set(account.grants.flatMap(\.grant.role.permissions))
    let missing = draft.permissions.filter { !held.contains($0) }
    guard missing.isEmpty else {
      throw Problems(
        "permission",
        Localized(
          ja: "\(account.name)さんにできないことは、トークンにもできません：\(missing.map(\.label.ja).joined(separator: "、"))",
          en: "A token cannot do what \(account.name) may not: \(missing.map(\.label.en).joined(separator: ", "))"
        )
      )
    }
    let secret = Token(from: entropy)
    let (facility, id) = (scope.facility.rawValue, ids.next())
    let until = visit.now.adding(days: draft.days)
    let words = draft.permissions.map(\.rawValue).joined(separator: " ")
    let token = try await database.write(.facility(facility)) { tx -> APIToken in
      try tx.run(
        """
        INSERT INTO api_token (facility, id, account, name, token_hash, permissions, created_at, created_by, expires_at)
        VALUES (\(facility), \(id), \(account.id), \(draft.name), \(secret.hash), \(words), \(visit.now),
          \(scope.actor.name), \(until))
        """
      )
      try tx.record([
        note(
          "token.made",
          account,
          by: scope.actor,
          visit,
          subject: (type: "token", id: id, title: draft.name),
          changes: [
            ("account", nil, account.userName), ("permissions", nil, words), ("expires", nil, until.day.iso),
          ]
        )
      ])
      guard let made = try tx.token(id, in: scope.facility) else { throw StorageError.failed("token not stored") }
      return made
    }
    return (token, APIToken.mark + secret.text)
  }

  package func tokens(in scope: Scope<ManageSettings>) async throws -> [APIToken] {
    try await database.read(.facility(scope.facility.rawValue)) { tx in try tx.tokens(in: scope.facility) }
  }

  package func token(_ id: String, in scope: Scope<ManageSettings>) async throws -> APIToken? {
    try await database.read(.facility(scope.facility.rawValue)) { tx in try tx.token(id, in: scope.facility) }
  }

  /// Ends a token at once. Answers whether it worked until now; nil where there is none.
  package func revokeToken(
    _ id: String,
    in scope: Scope<ManageSettings>,
    visit given: Visit? = nil
  ) async throws -> Bool? {
    let visit = given ?? commandVisit
    let facility = scope.facility.rawValue
    return try await database.write(.facility(facility)) { tx -> Bool? in
      guard let token = try tx.token(id, in: scope.facility) else { return nil }
      let revoked = try tx.run(
        """
        UPDATE api_token SET revoked_at = \(visit.now), revoked_by = \(scope.actor.name)
        WHERE facility = \(facility) AND id = \(id) AND revoked_at IS NULL
        """
      )
      guard revoked == 1 else { return false }
      try tx.record([
        note(
          "token.revoked",
          (type: "token", id: token.id, title: token.name),
          in: scope.facility,
          by: scope.actor,
          visit
        )
      ])
      return true
    }
  }

  /// Whose account it is that somebody makes a token for: their own.
  func ownAccount(of actor: Actor, in scope: Scope<ManageSettings>) async throws -> Account? {
    try await database.read(.facility(scope.facility.rawValue)) { tx in try tx.account(actor.id, in: scope.facility) }
  }

  /// The session a token stands for.
  func findBearer(_ text: String, _ address: String, _ now: Instant) async throws -> Session? {
    guard text.hasPrefix(APIToken.mark), let token = Token(reading: text.dropFirst(APIToken.mark.count)) else {
      return nil
    }
    let rows = try await database.read(.everyFacility) { tx in
      try tx.rows(
        """
        SELECT t.facility, t.id, t.account, t.name AS token_name, t.permissions, t.created_at, t.expires_at, t.used_at,
          a.name, a.language, a.date_style, f.name AS facility_name, f.fiscal_year_start,
          f.wants_second_factor, g.role, g.department, \(WantedFactor.count("t"))
        FROM api_token t
        JOIN account a ON a.facility = t.facility AND a.id = t.account
        JOIN facility f ON f.id = t.facility
        LEFT JOIN grant_of_role g ON g.facility = t.facility AND g.account = t.account
        WHERE t.token_hash = \(token.hash) AND t.revoked_at IS NULL AND t.expires_at > \(now) AND a.locked_at IS NULL
        """
      )
    }
    guard let row = rows.first else { return nil }
    let facility = try row.text("facility")
    let id = try row.text("id")
    if try row.optionalInstant("used_at").map({ now.seconds(since: $0) >= Self.seenStep }) ?? true {
      // A store that cannot be written at the moment can still be read.
      _ = try? await database.write(.facility(facility)) { tx in
        try tx.run(
          "UPDATE api_token SET used_at = \(now), used_from = \(address) WHERE facility = \(facility) AND id = \(id)"
        )
      }
    }
    let made = try row.instant("created_at")
    var session = Session(
      tokenHash: token.hash,
      userID: try row.text("account"),
      userName: try row.text("name"),
      facility: FacilityID(rawValue: facility),
      facilityName: try row.text("facility_name"),
      grants: try WantedFactor(rows).grants,
      language: Language(rawValue: try row.text("language")) ?? .ja,
      csrf: "",
      createdAt: made,
      authenticatedAt: made,
      expiresAt: try row.instant("expires_at"),
      idleSeconds: Int(Int32.max)
    )
    session.fiscalYearStart = try row.integer("fiscal_year_start")
    session.dateStyle = DateStyle(rawValue: try row.text("date_style"))
    session.token = Session.APIToken(
      id: id,
      name: try row.text("token_name"),
      permissions: Set(APIToken.permissions(try row.text("permissions")))
    )
    return session
  }
}

extension Transaction {
  func tokens(in facility: FacilityID) throws -> [APIToken] {
    try rows(
      """
      SELECT \(APIToken.columns) FROM api_token t JOIN account a ON a.facility = t.facility AND a.id = t.account
      WHERE t.facility = \(facility.rawValue) ORDER BY t.created_at DESC, t.id DESC LIMIT 500
      """
    ).map(APIToken.init)
  }

  func token(_ id: String, in facility: FacilityID) throws -> APIToken? {
    try row(
      """
      SELECT \(APIToken.columns) FROM api_token t JOIN account a ON a.facility = t.facility AND a.id = t.account
      WHERE t.facility = \(facility.rawValue) AND t.id = \(id)
      """
    ).map(APIToken.init)
  }
}
