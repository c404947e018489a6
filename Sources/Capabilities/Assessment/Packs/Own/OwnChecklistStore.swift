import Journal
import Nouns
import Packs
import Records
import SQL
import Sealing
import Text
import Time

/// The packs that facilities wrote or were given. Rows are only added; every one is a line in the journal.
package struct OwnChecklistStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker
  private let cache = OwnChecklistCache()

  init(database: any Database, clock: Clock, ids: IDMaker) {
    self.database = database
    self.clock = clock
    self.ids = ids
  }

  // MARK: Reading

  /// Every edition, the newest of each pack first.
  package func all(_ facility: FacilityID) async throws -> [OwnChecklist] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { try all(key, in: $0) }
  }

  private func all(_ key: String, in tx: any Transaction) throws -> [OwnChecklist] {
    try tx.rows("\(Self.selection) WHERE p.facility = \(key) ORDER BY p.pack, p.edition DESC").map(read)
  }

  /// All checklists of a facility: those inside the program and its own.
  package func shelf(_ facility: FacilityID) async throws -> ChecklistShelf {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      ChecklistShelf(own: try all(key, in: tx), confirmations: try Self.confirmations(key, in: tx))
    }
  }

  /// By `own-radiology.2`, or by `own-radiology` for its newest edition.
  package func find(_ id: String, _ facility: FacilityID) async throws -> OwnChecklist? {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let pack = parts.first, OwnChecklist.isID(pack), parts.count <= 2 else { return nil }
    var edition: Int?
    if parts.count == 2 {
      // One spelling an edition: its rounds are kept under it.
      guard let number = Int(parts[1]), String(number) == parts[1] else { return nil }
      edition = number
    }
    let (key, asked) = (facility.rawValue, edition)
    return try await database.read(.facility(key)) { tx in
      let which: SQL = asked.map { "AND p.edition = \($0)" } ?? ""
      return try tx.row(
        """
        \(Self.selection) WHERE p.facility = \(key) AND p.pack = \(pack) \(which) ORDER BY p.edition DESC LIMIT 1
        """
      ).map(read)
    }
  }

  private static let selection: SQL = """
    SELECT p.pack, p.edition, p.source, p.hash, p.file_name, p.sender, p.loaded_at, p.loaded_by,
      c.confirmed_at, c.confirmed_name, c.reason,
      (SELECT count(*) FROM assessment_pack q WHERE q.facility = p.facility AND q.pack = p.pack) AS editions
    FROM assessment_pack p LEFT JOIN assessment_pack_confirmation c
      ON c.facility = p.facility AND c.pack = p.pack AND c.edition = p.edition
    """

  private func read(_ row: Row) throws -> OwnChecklist {
    let (source, hash) = (try row.text("source"), try row.text("hash"))
    var checklist = try cache.checklist(source, hash: hash, file: try row.text("file_name"))
    checklist.editions = try row.integer("editions")
    return OwnChecklist(
      pack: try row.text("pack"),
      edition: try row.integer("edition"),
      source: source,
      hash: hash,
      fileName: try row.text("file_name"),
      sender: try row.optionalText("sender"),
      loadedAt: try row.instant("loaded_at"),
      loadedBy: try row.text("loaded_by"),
      checklist: checklist.confirmed(try Self.confirmation(row))
    )
  }

  // MARK: Writing

  /// A pack as it came.
  package struct Arrival: Sendable {
    package let source: String
    package let fileName: String
    package let sender: String?

    package init(source: String, fileName: String, sender: String? = nil) {
      self.source = source
      self.fileName = fileName
      self.sender = sender
    }
  }

  /// Takes packs, all or none. Answers their ids, and which of them were there already word for word. Throws `PackError`
  /// for a broken one and `OwnChecklistProblem`.
  @discardableResult
  package func load(
    _ arrivals: [Arrival],
    in scope: Scope<AnswerChecks>
  ) async throws -> [(checklist: Checklist, isNew: Bool)] {
    var lines: [(arrival: Arrival, hash: String, checklist: Checklist, id: String)] = []
    for arrival in arrivals {
      let checklist = try OwnChecklist.read(arrival.source, file: arrival.fileName)
      lines.append((arrival, Hash.sha256Hex(Array(arrival.source.utf8)), checklist, ids.next()))
    }
    let (key, now, read) = (scope.facility.rawValue, clock.now(), lines)
    return try await database.write(.facility(key)) { tx in
      var done: [(checklist: Checklist, isNew: Bool)] = []
      for line in read {
        let isNew = try Self.add(line.arrival, line.hash, line.checklist, line.id, now, scope, in: tx)
        done.append((line.checklist, isNew))
      }
      return done
    }
  }

  /// Adds one pack; false where it is there word for word. Throws `OwnChecklistProblem`.
  static func add(
    _ arrival: Arrival,
    _ hash: String,
    _ checklist: Checklist,
    _ id: String,
    _ now: Instant,
    _ scope: Scope<AnswerChecks>,
    in tx: any Transaction
  ) throws -> Bool {
    let (key, pack, edition) = (scope.facility.rawValue, checklist.pack.id, checklist.pack.edition)
    var count = 0
    var newest = 0
    for row in try tx.rows("SELECT pack, edition, hash FROM assessment_pack WHERE facility = \(key)") {
      count += 1
      guard try row.text("pack") == pack else { continue }
      let number = try row.integer("edition")
      newest = max(newest, number)
      if number == edition, try row.text("hash") == hash { return false }
    }
    let isTaken = try tx.row(
      "SELECT edition FROM assessment_pack WHERE facility = \(key) AND pack = \(pack) AND edition = \(edition)"
    )
    guard isTaken == nil else {
      throw OwnChecklistProblem.editionTaken(pack: pack, edition: edition, newest: newest)
    }
    guard count < OwnChecklist.mostEditions else { throw OwnChecklistProblem.tooMany }
    try tx.run(
      """
      INSERT INTO assessment_pack (facility, pack, edition, source, hash, file_name, sender, loaded_at, loaded_by)
      VALUES (\(key), \(pack), \(edition), \(arrival.source), \(hash), \(arrival.fileName), \(arrival.sender), \(now),
        \(scope.actor.name))
      """
    )
    let changes = [
      FieldChange(field: "edition", from: newest == 0 ? nil : String(newest), to: String(edition)),
      FieldChange(field: "hash", from: nil, to: hash),
    ]
    try tx.record([entry(id, "assessment.pack.loaded", checklist, changes, nil, now, scope)])
    return true
  }

  /// The edition a pack gets when it is published.
  func nextEdition(_ pack: String, _ facility: FacilityID) async throws -> Int {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in try Self.newest(pack, key, in: tx) + 1 }
  }

  /// The newest edition of a pack, 0 where there is none.
  static func newest(_ pack: String, _ key: String, in tx: any Transaction) throws -> Int {
    try tx.row("SELECT max(edition) AS newest FROM assessment_pack WHERE facility = \(key) AND pack = \(pack)")?
      .optionalInteger("newest") ?? 0
  }

  static func entry(
    _ id: String,
    _ kind: String,
    _ checklist: Checklist,
    _ changes: [FieldChange],
    _ reason: String?,
    _ now: Instant,
    _ scope: Scope<AnswerChecks>
  ) -> JournalEntry {
    JournalEntry(
      by: scope,
      id: id,
      at: now,
      kind: kind,
      of: ("assessment", "\(checklist.id)/pack", checklist.title.ja),
      changes: changes,
      reason: reason
    )
  }
}
