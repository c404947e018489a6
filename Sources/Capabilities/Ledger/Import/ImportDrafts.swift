import Nouns
import SQL
import Tabular
import Text
import Time

/// Files that were handed in and wait for their commit, so that a preview survives a reload, a restart and the night.
package struct ImportDraftStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  package struct Draft: Sendable {
    package let id: String
    package var source: ImportSource
    package let createdAt: Instant
    package let createdBy: String
    /// The change set it became, or empty once committed without one.
    package let committed: String?
  }

  /// Drafts are thrown away after this many days.
  static let keptDays = 7

  static let migration = Migration(
    "ledger-4-import-drafts",
    facilityTables: ["import_draft"],
    [
      """
      CREATE TABLE import_draft (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, kind \(.text) NOT NULL, file_name \(.text) NOT NULL,
        content \(.bytes) NOT NULL, options \(.text) NOT NULL, mapping \(.text), created_at \(.instant) NOT NULL,
        created_by \(.text) NOT NULL, committed \(.text), PRIMARY KEY (facility, id)) \(.strict)
      """,
      "CREATE INDEX import_draft_by_time ON import_draft (facility, created_at)",
    ]
  )

  func add(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> String {
    let id = ids.next()
    let now = clock.now()
    let facility = scope.facility.rawValue
    let by = scope.actor.id
    try await database.write(.facility(facility)) { tx in
      try tx.run(
        "DELETE FROM import_draft WHERE facility = \(facility) AND created_at < \(now.adding(days: -Self.keptDays))"
      )
      try tx.run(
        """
        INSERT INTO import_draft (facility, id, kind, file_name, content, options, mapping, created_at, created_by)
        VALUES (\(facility), \(id), \(source.kind.rawValue), \(source.name), \(source.bytes), \(Self.options(source)),
          \(source.mapping.map(Self.mappingText)), \(now), \(by))
        """
      )
    }
    return id
  }

  func find(_ id: String, in scope: Scope<ImportLedger>) async throws -> Draft? {
    let facility = scope.facility.rawValue
    return try await database.read(.facility(facility)) { tx in
      guard
        let row = try tx.row(
          """
          SELECT id, kind, file_name, content, options, mapping, created_at, created_by, committed FROM import_draft
          WHERE facility = \(facility) AND id = \(id)
          """
        ), let kind = ImportKind(rawValue: try row.text("kind"))
      else { return nil }
      let options = FlatJSON.object(try row.text("options")) ?? [:]
      var source = ImportSource(kind: kind, name: try row.text("file_name"), bytes: try row.bytes("content"))
      source.encoding = options["encoding"].flatMap { name in TextEncoding.allCases.first { $0.rawValue == name } }
      source.separator = options["separator"].flatMap { UInt8($0) }.flatMap(Separator.init(rawValue:))
      source.mapping = try row.optionalText("mapping").flatMap(FlatJSON.object).map { $0.mapValues { $0 as String? } }
      return Draft(
        id: try row.text("id"),
        source: source,
        createdAt: try row.instant("created_at"),
        createdBy: try row.text("created_by"),
        committed: try row.optionalText("committed")
      )
    }
  }

  func update(_ id: String, _ source: ImportSource, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        """
        UPDATE import_draft SET kind = \(source.kind.rawValue), options = \(Self.options(source)),
          mapping = \(source.mapping.map(Self.mappingText))
        WHERE facility = \(facility) AND id = \(id) AND committed IS NULL
        """
      )
    }
  }

  /// Marks it as done, so that pressing twice imports once. Answers whether it was this call that did.
  func commit(_ id: String, set: String, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        "UPDATE import_draft SET committed = \(set) WHERE facility = \(facility) AND id = \(id)"
      )
    }
  }

  func discard(_ id: String, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run("DELETE FROM import_draft WHERE facility = \(facility) AND id = \(id)")
    }
  }

  private static func options(_ source: ImportSource) -> String {
    var options: [String: String] = [:]
    if let encoding = source.encoding { options["encoding"] = encoding.rawValue }
    if let separator = source.separator { options["separator"] = String(separator.rawValue) }
    return FlatJSON.text(options)
  }

  private static func mappingText(_ mapping: [String: String?]) -> String {
    FlatJSON.text(mapping.mapValues { $0 ?? "" })
  }
}
