import FoundationEssentials
import Intake
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
  let catalogue: RecordCatalogue

  package struct Draft: Sendable {
    package let id: String
    package var source: ImportSource
    package let createdAt: Instant
    package let createdBy: String
    /// The change set it became, or empty once committed without one.
    package let committed: String?
    /// The job that reads it or takes it in, the latest.
    package let job: String?
    /// What a job made of a large file; nil for small files, which are read as they are looked at.
    package let reading: Reading?
  }

  /// How the reading of a large file ended.
  package enum Reading: Sendable {
    case digest(ImportDigest)
    /// Why it cannot be read, and what to do.
    case failed(Localized)
  }

  /// Files made of a draft by the job that read it.
  package enum Product: String, Sendable { case problems, errors }

  /// A file somebody handed in and has not decided on.
  package struct Open: Sendable {
    package let id: String
    package let kind: ImportKind
    package let name: String
    package let createdAt: Instant
  }

  /// Drafts are thrown away after this many days.
  static let keptDays = 7

  package static let migration = Migration(
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

  package static let readings = Migration(
    "ledger-5-import-readings",
    [
      "ALTER TABLE import_draft ADD COLUMN decisions \(.text)", "ALTER TABLE import_draft ADD COLUMN job \(.text)",
      "ALTER TABLE import_draft ADD COLUMN reading \(.text)", "ALTER TABLE import_draft ADD COLUMN digest \(.text)",
      "ALTER TABLE import_draft ADD COLUMN failure \(.text)", "ALTER TABLE import_draft ADD COLUMN problems \(.bytes)",
      "ALTER TABLE import_draft ADD COLUMN errors \(.bytes)",
    ]
  )

  package func add(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> String {
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
        VALUES (\(facility), \(id), \(source.kind.name), \(source.name), \(source.bytes), \(Self.options(source)),
          \(source.mapping.map(Self.mappingText)), \(now), \(by))
        """
      )
    }
    return id
  }

  package func find(_ id: String, in scope: Scope<ImportLedger>) async throws -> Draft? {
    let facility = scope.facility.rawValue
    return try await database.read(.facility(facility)) { tx in
      guard
        let row = try tx.row(
          """
          SELECT id, kind, file_name, content, options, mapping, decisions, created_at, created_by, committed, job,
            digest, failure
          FROM import_draft WHERE facility = \(facility) AND id = \(id)
          """
        ), let kind = catalogue.importKind(try row.text("kind"))
      else { return nil }
      let options = FlatJSON.object(try row.text("options")) ?? [:]
      var source = ImportSource(kind: kind, name: try row.text("file_name"), bytes: try row.bytes("content"))
      source.encoding = options["encoding"].flatMap { name in TextEncoding.allCases.first { $0.rawValue == name } }
      source.separator = options["separator"].flatMap { UInt8($0) }.flatMap(Separator.init(rawValue:))
      source.mapping = try row.optionalText("mapping").flatMap(FlatJSON.object).map { $0.mapValues { $0 as String? } }
      if let said = try row.optionalText("decisions").flatMap(FlatJSON.object) {
        source.decisions = RowDecisions(kept: said)
      }
      return Draft(
        id: try row.text("id"),
        source: source,
        createdAt: try row.instant("created_at"),
        createdBy: try row.text("created_by"),
        committed: try row.optionalText("committed"),
        job: try row.optionalText("job"),
        reading: try Self.reading(row)
      )
    }
  }

  private static func reading(_ row: Row) throws -> Reading? {
    if let text = try row.optionalText("failure").flatMap(FlatJSON.object) {
      return .failed(Localized(ja: text["ja"] ?? "", en: text["en"] ?? ""))
    }
    // What an earlier version wrote otherwise is read afresh.
    return try row.optionalText("digest").flatMap {
      try? JSONDecoder().decode(ImportDigest.self, from: Data($0.utf8))
    }.map(Reading.digest)
  }

  /// What waits for somebody's decision, the newest first.
  func open(limit: Int, in scope: Scope<ImportLedger>) async throws -> [Open] {
    let facility = scope.facility.rawValue
    return try await database.read(.facility(facility)) { tx in
      try tx.rows(
        """
        SELECT id, kind, file_name, created_at FROM import_draft
        WHERE facility = \(facility) AND committed IS NULL ORDER BY created_at DESC, id DESC LIMIT \(limit)
        """
      ).compactMap { row in
        guard let kind = catalogue.importKind(try row.text("kind")) else { return nil }
        return Open(
          id: try row.text("id"),
          kind: kind,
          name: try row.text("file_name"),
          createdAt: try row.instant("created_at")
        )
      }
    }
  }

  // MARK: Large files

  /// Forgets what an earlier reading found, and answers the mark under which the next one may store its own.
  func beginReading(_ id: String, in scope: Scope<ImportLedger>) async throws -> String {
    let facility = scope.facility.rawValue
    let mark = ids.next()
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        """
        UPDATE import_draft SET reading = \(mark), digest = NULL, failure = NULL, problems = NULL, errors = NULL
        WHERE facility = \(facility) AND id = \(id) AND committed IS NULL
        """
      )
    }
    return mark
  }

  func note(job: String, of id: String, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run("UPDATE import_draft SET job = \(job) WHERE facility = \(facility) AND id = \(id)")
    }
  }

  /// Keeps what a reading found. False where the file was asked about otherwise meanwhile: then a later reading counts.
  func keep(
    _ digest: ImportDigest,
    _ products: [Product: [UInt8]],
    of id: String,
    mark: String,
    in scope: Scope<ImportLedger>
  ) async throws -> Bool {
    let facility = scope.facility.rawValue
    let text = String(decoding: try JSONEncoder().encode(digest), as: UTF8.self)
    return try await database.write(.facility(facility)) { tx in
      try tx.run(
        """
        UPDATE import_draft SET digest = \(text), problems = \(products[.problems]), errors = \(products[.errors])
        WHERE facility = \(facility) AND id = \(id) AND reading = \(mark) AND committed IS NULL
        """
      ) > 0
    }
  }

  func keep(failure: Localized, of id: String, mark: String, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    let text = FlatJSON.text(["ja": failure.ja, "en": failure.en])
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        "UPDATE import_draft SET failure = \(text) WHERE facility = \(facility) AND id = \(id) AND reading = \(mark)"
      )
    }
  }

  /// A file the reading of a large draft made; nil where there is none.
  func product(_ product: Product, of id: String, in scope: Scope<ImportLedger>) async throws -> [UInt8]? {
    let facility = scope.facility.rawValue
    return try await database.read(.facility(facility)) { tx in
      try tx.row(
        "SELECT \(name: product.rawValue) FROM import_draft WHERE facility = \(facility) AND id = \(id)"
      ).flatMap { try $0.optionalBytes(product.rawValue) }
    }
  }

  /// What somebody said of rows that the comparison left open.
  func decide(_ id: String, _ decisions: RowDecisions, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        """
        UPDATE import_draft SET decisions = \(FlatJSON.text(decisions.kept))
        WHERE facility = \(facility) AND id = \(id) AND committed IS NULL
        """
      )
    }
  }

  func update(_ id: String, _ source: ImportSource, in scope: Scope<ImportLedger>) async throws {
    let facility = scope.facility.rawValue
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        """
        UPDATE import_draft SET kind = \(source.kind.name), options = \(Self.options(source)),
          mapping = \(source.mapping.map(Self.mappingText))
        WHERE facility = \(facility) AND id = \(id) AND committed IS NULL
        """
      )
    }
  }

  /// Marks it as done, so that pressing twice imports once. Answers whether it was this call that did.
  package func commit(_ id: String, set: String, in scope: Scope<ImportLedger>) async throws {
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

extension RowDecisions {
  private static let restKey = "*"

  /// Row by row as text, `*` for the rest.
  var kept: [String: String] {
    var kept: [String: String] = [:]
    for (place, decision) in rows { kept[place.text] = decision.text }
    if let rest { kept[Self.restKey] = rest.rawValue }
    return kept
  }

  init(kept: [String: String]) {
    self.init()
    for (place, text) in kept {
      if place == Self.restKey {
        rest = Rest(rawValue: text)
      } else if let place = RowPlace(text: place), let decision = RowDecision(text: text) {
        rows[place] = decision
      }
    }
  }
}

extension RowPlace {
  /// 「12 1階」: the row, then the sheet's name.
  var text: String { "\(row) \(sheet)" }

  init?(text: String) {
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let row = Int(parts[0]) else { return nil }
    self.init(sheet: String(parts[1]), row: row)
  }
}
