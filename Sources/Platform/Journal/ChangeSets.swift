import SQL
import Text
import Time

/// Change sets inside the transactions of whoever owns the changed tables.
package enum ChangeSets {
  package static func open(
    id: String,
    facility: String,
    kind: ChangeSet.Kind,
    title: Localized,
    actor: String,
    at: Instant,
    count: Int,
    in tx: any Transaction
  ) throws {
    try tx.run(
      """
      INSERT INTO change_set (facility, id, kind, title, title_en, actor_name, at, entries)
      VALUES (\(facility), \(id), \(kind.rawValue), \(title.ja), \(title.en), \(actor), \(at), \(count))
      """
    )
  }

  package static func find(_ id: String, facility: String, in tx: any Transaction) throws -> ChangeSet? {
    try tx.row("SELECT \(columns) FROM change_set WHERE facility = \(facility) AND id = \(id)").map(read)
  }

  /// Those of the sets that exist.
  package static func find(_ ids: [String], facility: String, in tx: any Transaction) throws -> [ChangeSet] {
    try tx.rows("SELECT \(columns) FROM change_set WHERE facility = \(facility) AND id IN (\(list: ids))").map(read)
  }

  /// The newest first, older than `before` where given.
  package static func list(
    facility: String,
    before: ChangeSet? = nil,
    from: Instant? = nil,
    until: Instant? = nil,
    limit: Int,
    in tx: any Transaction
  ) throws -> [ChangeSet] {
    var older: SQL = before.map { " AND (at, id) < (\($0.at), \($0.id))" } ?? ""
    if let from { older = older + " AND at >= \(from)" }
    if let until { older = older + " AND at < \(until)" }
    return try tx.rows(
      """
      SELECT \(columns) FROM change_set WHERE facility = \(facility)\(older)
      ORDER BY at DESC, id DESC LIMIT \(limit)
      """
    ).map(read)
  }

  /// What the set did, the last first, without holding it all.
  package static func each(
    of id: String,
    facility: String,
    in tx: any Transaction,
    _ body: (JournalEntry) throws -> Void
  ) throws {
    try tx.each(newestFirst(id, facility)) { try body(JournalEntry($0)) }
  }

  /// What the set did, the last first, as undoing wants it.
  package static func entries(of id: String, facility: String, in tx: any Transaction) throws -> [JournalEntry] {
    try tx.rows(newestFirst(id, facility)).map(JournalEntry.init)
  }

  private static func newestFirst(_ id: String, _ facility: String) -> SQL {
    """
    SELECT \(JournalEntry.columns) FROM journal WHERE facility = \(facility) AND change_set = \(id)
    ORDER BY at DESC, place DESC, id DESC
    """
  }

  package static func markUndone(_ id: String, by other: String, facility: String, in tx: any Transaction) throws {
    try tx.run("UPDATE change_set SET undone_by = \(other) WHERE facility = \(facility) AND id = \(id)")
  }

  /// All entries of a set are of one actor, whose id stands with them.
  private static let columns: SQL = """
    facility, id, kind, title, title_en, actor_name, at, entries, undone_by, (SELECT j.actor_id FROM journal j
    WHERE j.facility = change_set.facility AND j.change_set = change_set.id LIMIT 1) AS actor_id
    """

  private static func read(_ row: Row) throws -> ChangeSet {
    guard let kind = ChangeSet.Kind(rawValue: try row.text("kind")) else {
      throw StorageError.unexpectedValue(column: "kind", wanted: "a kind of change set")
    }
    let title = try row.text("title")
    return ChangeSet(
      id: try row.text("id"),
      facility: try row.text("facility"),
      kind: kind,
      // Sets of earlier versions are told in one language.
      title: Localized(ja: title, en: try row.optionalText("title_en") ?? title),
      actorID: try row.optionalText("actor_id"),
      actorName: try row.text("actor_name"),
      at: try row.instant("at"),
      count: try row.integer("entries"),
      undoneBy: try row.optionalText("undone_by")
    )
  }
}
