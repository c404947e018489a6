import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// 「読みました」: who confirmed which version of which regulation.
struct ReadingStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// The versions an account has confirmed, by regulation.
  func confirmed(in scope: Scope<SignedIn>) async throws -> [String: Set<String>] {
    let (key, account) = (scope.facility.rawValue, scope.actor.id)
    return try await database.read(.facility(key)) { tx in
      var confirmed: [String: Set<String>] = [:]
      for row in try tx.rows(
        """
        SELECT regulation, version FROM read_confirmation
        WHERE facility = \(key) AND account = \(account) ORDER BY regulation LIMIT 2000
        """
      ) { confirmed[try row.text("regulation"), default: []].insert(try row.text("version")) }
      return confirmed
    }
  }

  func confirm(_ regulation: String, version: String, title: String, in scope: Scope<SignedIn>) async throws {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let entry = ids.next()
    try await database.write(.facility(key)) { tx in
      let isNew =
        try tx.run(
          """
          INSERT INTO read_confirmation (facility, regulation, version, account, name, confirmed_at)
          VALUES (\(key), \(regulation), \(version), \(scope.actor.id), \(scope.actor.name), \(now))
          ON CONFLICT (facility, regulation, version, account) DO NOTHING
          """
        ) > 0
      guard isNew else { return }
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "regulation.read",
          of: ("regulation", regulation, title),
          changes: [FieldChange(field: "version", from: nil, to: version)]
        )
      ])
    }
  }

  /// What everybody has confirmed: versions by account and regulation.
  func all(_ facility: FacilityID) async throws -> [String: [String: Set<String>]] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var confirmed: [String: [String: Set<String>]] = [:]
      for row in try tx.rows(
        "SELECT account, regulation, version FROM read_confirmation WHERE facility = \(key) LIMIT 1000000"
      ) {
        confirmed[try row.text("account"), default: [:]][try row.text("regulation"), default: []]
          .insert(try row.text("version"))
      }
      return confirmed
    }
  }

  /// Who confirmed this version, the latest first.
  func readers(
    of regulation: String,
    version: String,
    in scope: Scope<ReadLedger>
  ) async throws -> [(name: String, at: Instant)] {
    let key = scope.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT name, confirmed_at FROM read_confirmation
        WHERE facility = \(key) AND regulation = \(regulation) AND version = \(version)
        ORDER BY confirmed_at DESC, account LIMIT 2000
        """
      ).map { (try $0.text("name"), try $0.instant("confirmed_at")) }
    }
  }
}
