import Nouns
import SQL
import Time

/// A list that somebody named.
package struct SavedView: Sendable, Hashable, Identifiable {
  package let id: String
  /// The account it belongs to, nil where everybody sees it.
  package let owner: String?
  package let kind: String
  package let name: String
  /// As `ListQuery.parameters`, in the form of an address's query.
  package let query: String

  package var isShared: Bool { owner == nil }

  /// Those of a person and the shared ones, by name.
  static func all(of kind: Kind, owner: String, facility: String, in tx: any Transaction) throws -> [SavedView] {
    try tx.rows(
      """
      SELECT id, owner, kind, name, query FROM saved_view
      WHERE facility = \(facility) AND kind = \(kind.key) AND (owner IS NULL OR owner = \(owner))
      ORDER BY name, id LIMIT 200
      """
    ).map { row in
      SavedView(
        id: try row.text("id"),
        owner: try row.optionalText("owner"),
        kind: try row.text("kind"),
        name: try row.text("name"),
        query: try row.text("query")
      )
    }
  }
}

/// Saved lists, and the columns of files as they were mapped the last time.
package struct ViewStore: Sendable {
  package let database: any Database
  package let clock: Clock
  package let ids: IDMaker

  package init(database: any Database, clock: Clock, ids: IDMaker) {
    self.database = database
    self.clock = clock
    self.ids = ids
  }

  /// One's own views of a kind and the shared ones, by name.
  package func views(of kind: Kind, in scope: Scope<ReadLedger>) async throws -> [SavedView] {
    guard scope.holds(kind.traits.readers) else { throw Denied(permission: kind.traits.readers) }
    let facility = scope.facility.rawValue
    let owner = scope.actor.id
    return try await database.read(scope.reach) { tx in
      try SavedView.all(of: kind, owner: owner, facility: facility, in: tx)
    }
  }

  /// `query` is the address's query without its `?`. At most 200 characters of a name and 4,000 of a query are kept.
  package func save(
    _ name: String,
    kind: Kind,
    query: String,
    isShared: Bool,
    in scope: Scope<ReadLedger>
  ) async throws -> SavedView {
    guard scope.holds(kind.traits.readers) else { throw Denied(permission: kind.traits.readers) }
    let view = SavedView(
      id: ids.next(),
      owner: isShared ? nil : scope.actor.id,
      kind: kind.key,
      name: String(name.prefix(200)),
      query: String(query.prefix(4_000))
    )
    let facility = scope.facility.rawValue
    let now = clock.now()
    try await database.write(scope.reach) { tx in
      _ = try tx.run(
        """
        INSERT INTO saved_view (facility, id, owner, kind, name, query, created_at)
        VALUES (\(facility), \(view.id), \(view.owner), \(view.kind), \(view.name), \(view.query), \(now))
        """
      )
    }
    return view
  }

  /// Deletes one's own view of a kind or a shared one. Answers whether there was one.
  package func delete(_ id: String, of kind: Kind, in scope: Scope<ReadLedger>) async throws -> Bool {
    let facility = scope.facility.rawValue
    let owner = scope.actor.id
    return try await database.write(scope.reach) { tx in
      try tx.run(
        """
        DELETE FROM saved_view
        WHERE facility = \(facility) AND id = \(id) AND kind = \(kind.key) AND (owner IS NULL OR owner = \(owner))
        """
      ) > 0
    }
  }

  /// The JSON of the mapping that was used the last time for these headers.
  package func rememberedMapping(
    kind: String,
    headerSet: String,
    in scope: Scope<ImportLedger>
  ) async throws -> String? {
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { tx in
      try tx.row(
        """
        SELECT mapping FROM remembered_mapping
        WHERE facility = \(facility) AND kind = \(kind) AND header_set = \(headerSet)
        """
      )?.optionalText("mapping")
    }
  }

  /// All mappings of a kind, header set → JSON: the intake takes them before it has seen a header.
  package func rememberedMappings(kind: String, in scope: Scope<ImportLedger>) async throws -> [String: String] {
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { tx in
      var all: [String: String] = [:]
      for row in try tx.rows(
        """
        SELECT header_set, mapping FROM remembered_mapping
        WHERE facility = \(facility) AND kind = \(kind) ORDER BY used_at DESC LIMIT 500
        """
      ) {
        all[try row.text("header_set")] = try row.text("mapping")
      }
      return all
    }
  }

  package func remember(
    _ mapping: String,
    kind: String,
    headerSet: String,
    in scope: Scope<ImportLedger>
  ) async throws {
    let facility = scope.facility.rawValue
    let now = clock.now()
    try await database.write(scope.reach) { tx in
      _ = try tx.run(
        """
        INSERT INTO remembered_mapping (facility, kind, header_set, mapping, used_at)
        VALUES (\(facility), \(kind), \(headerSet), \(mapping), \(now))
        ON CONFLICT (facility, kind, header_set)
        DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at
        """
      )
    }
  }
}
