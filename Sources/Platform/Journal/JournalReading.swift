import SQL
import Time

/// Where a page of entries ends: the next one begins after it.
package struct JournalCursor: Sendable, Hashable {
  package let at: Instant
  package let place: Int
  package let id: String

  package init(after entry: JournalEntry) {
    at = entry.at
    place = entry.place
    id = entry.id
  }

  /// Reads what `text` wrote; nil for anything else.
  package init?(reading text: String) {
    let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let at = Int64(parts[0]), let place = Int(parts[1]), !parts[2].utf8.contains(0) else {
      return nil
    }
    self.at = Instant(milliseconds: at)
    self.place = place
    id = String(parts[2])
  }

  /// For an address.
  package var text: String { "\(at.milliseconds)_\(place)_\(id)" }

  /// Older than this.
  var older: SQL { " AND (at, place, id) < (\(at), \(place), \(id))" }
}

/// What the audit view is narrowed to. Nil leaves a column open.
package struct JournalFilter: Sendable, Hashable {
  package var actorID: String?
  package var kind: String?
  package var subjectType: String?
  package var set: String?
  /// From this moment on.
  package var from: Instant?
  /// Before this moment.
  package var until: Instant?
  /// One of these kinds, where any is named.
  package var kinds: [String] = []
  /// About one of these types of subject, where any is named.
  package var subjectTypes: [String] = []

  package init(
    actorID: String? = nil,
    kind: String? = nil,
    subjectType: String? = nil,
    set: String? = nil,
    from: Instant? = nil,
    until: Instant? = nil
  ) {
    self.actorID = actorID
    self.kind = kind
    self.subjectType = subjectType
    self.set = set
    self.from = from
    self.until = until
  }

  var conditions: SQL {
    var sql: SQL = ""
    if let actorID { sql = sql + " AND actor_id = \(actorID)" }
    if let kind { sql = sql + " AND kind = \(kind)" }
    if let subjectType { sql = sql + " AND subject_type = \(subjectType)" }
    if let set { sql = sql + " AND change_set = \(set)" }
    if let from { sql = sql + " AND at >= \(from)" }
    if let until { sql = sql + " AND at < \(until)" }
    if !kinds.isEmpty { sql = sql + " AND kind IN (\(list: kinds))" }
    if !subjectTypes.isEmpty { sql = sql + " AND subject_type IN (\(list: subjectTypes))" }
    return sql
  }
}

/// One field's value over time.
package struct FieldHistory: Sendable, Hashable {
  package let entry: JournalEntry
  package let from: String?
  package let to: String?
}

/// Reads the audit trail: histories, change sets, the latest entries. Newest first everywhere, a page at a time.
package struct JournalReader: Sendable {
  package let database: any Database

  package init(database: any Database) { self.database = database }

  /// What happened to one thing.
  package func history(
    of type: String,
    id: String,
    facility: String,
    before cursor: JournalCursor? = nil,
    limit: Int = 100
  ) async throws -> [JournalEntry] {
    try await database.read(.facility(facility)) { tx in
      try tx.rows(Self.ofSubject(type, id, facility, before: cursor, limit: limit)).map(JournalEntry.init)
    }
  }

  /// All that ever happened to several things of one type, newest first. For things that people change by hand, a few
  /// dozen of them: what follows from a history must not depend on how much of it was read.
  package func histories(
    of type: String,
    ids: [String],
    facility: String
  ) async throws -> [String: [JournalEntry]] {
    guard !ids.isEmpty else { return [:] }
    let entries = try await database.read(.facility(facility)) { tx in
      try tx.rows(
        """
        SELECT \(JournalEntry.columns) FROM journal
        WHERE facility = \(facility) AND subject_type = \(type) AND subject_id IN (\(list: ids))
        ORDER BY at DESC, place DESC, id DESC
        """
      ).map(JournalEntry.init)
    }
    return Dictionary(grouping: entries, by: \.subjectID)
  }

  /// What one field of one thing was, and who changed it.
  package func history(
    ofField field: String,
    of type: String,
    id: String,
    facility: String,
    limit: Int = 100
  ) async throws -> [FieldHistory] {
    try await database.read(.facility(facility)) { tx in
      var found: [FieldHistory] = []
      var cursor: JournalCursor?
      // By pages, since most entries of a record are about other fields.
      while found.count < limit {
        let page = try tx.rows(Self.ofSubject(type, id, facility, before: cursor, limit: 200)).map(JournalEntry.init)
        for entry in page {
          guard let change = entry.changes.first(where: { $0.field == field }) else { continue }
          found.append(FieldHistory(entry: entry, from: change.from, to: change.to))
        }
        guard page.count == 200, let last = page.last else { break }
        cursor = JournalCursor(after: last)
      }
      return Array(found.prefix(limit))
    }
  }

  /// What happened in the facility.
  package func latest(
    _ filter: JournalFilter = JournalFilter(),
    facility: String,
    before cursor: JournalCursor? = nil,
    limit: Int = 100
  ) async throws -> [JournalEntry] {
    try await database.read(.facility(facility)) { tx in
      try tx.rows(Self.latest(filter, facility, before: cursor, limit: limit)).map(JournalEntry.init)
    }
  }

  /// How far the seal has come, for the foot of the audit view.
  package func sealState(facility: String) async throws -> (sealedUpTo: Int, at: Instant?, unsealed: Int) {
    try await database.read(.facility(facility)) { tx in
      let row = try tx.row(
        "SELECT seq, at FROM journal_checkpoint WHERE facility = \(facility) ORDER BY seq DESC LIMIT 1"
      )
      let unsealed = try tx.count("SELECT count(*) FROM journal WHERE facility = \(facility) AND seq IS NULL")
      return (try row?.integer("seq") ?? 0, try row?.instant("at"), unsealed)
    }
  }

  /// The latest change sets.
  package func changeSets(
    facility: String,
    before: String? = nil,
    from: Instant? = nil,
    until: Instant? = nil,
    limit: Int = 50
  ) async throws -> [ChangeSet] {
    try await database.read(.facility(facility)) { tx in
      let earlier = try before.flatMap { try ChangeSets.find($0, facility: facility, in: tx) }
      return try ChangeSets.list(
        facility: facility,
        before: earlier,
        from: from,
        until: until,
        limit: limit,
        in: tx
      )
    }
  }

  /// When the oldest change set was made, nil where there is none.
  package func firstChange(facility: String) async throws -> Instant? {
    try await database.read(.facility(facility)) { tx in
      try tx.row("SELECT at FROM change_set WHERE facility = \(facility) ORDER BY at, id LIMIT 1")?.instant("at")
    }
  }

  /// Those of the sets that exist, by id.
  package func changeSets(_ ids: Set<String>, facility: String) async throws -> [String: ChangeSet] {
    guard !ids.isEmpty else { return [:] }
    let sets = try await database.read(.facility(facility)) { tx in
      try ChangeSets.find(ids.sorted(), facility: facility, in: tx)
    }
    return Dictionary(sets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func changeSet(_ id: String, facility: String) async throws -> ChangeSet? {
    try await database.read(.facility(facility)) { tx in try ChangeSets.find(id, facility: facility, in: tx) }
  }

  /// What a change set did.
  package func entries(
    of set: String,
    facility: String,
    before cursor: JournalCursor? = nil,
    limit: Int = 500
  ) async throws -> [JournalEntry] {
    try await latest(JournalFilter(set: set), facility: facility, before: cursor, limit: limit)
  }

  static func ofSubject(
    _ type: String,
    _ id: String,
    _ facility: String,
    before cursor: JournalCursor?,
    limit: Int
  ) -> SQL {
    """
    SELECT \(JournalEntry.columns) FROM journal
    WHERE facility = \(facility) AND subject_type = \(type) AND subject_id = \(id)\(cursor?.older ?? "")
    ORDER BY at DESC, place DESC, id DESC LIMIT \(limit)
    """
  }

  static func latest(_ filter: JournalFilter, _ facility: String, before cursor: JournalCursor?, limit: Int) -> SQL {
    """
    SELECT \(JournalEntry.columns) FROM journal WHERE facility = \(facility)\(filter.conditions)\(cursor?.older ?? "")
    ORDER BY at DESC, place DESC, id DESC LIMIT \(limit)
    """
  }
}
