import SQL
import Time

/// Reads the audit trail: histories, change sets, the latest entries.
package struct JournalReader: Sendable {
  package let database: any Database

  package init(database: any Database) { self.database = database }

  /// What happened to one thing, newest first.
  package func history(
    of type: String,
    id: String,
    facility: String,
    limit: Int = 100
  ) async throws -> [JournalEntry] {
    try await database.read(.facility(facility)) { tx in
      try tx.rows(
        """
        SELECT \(JournalEntry.columns) FROM journal
        WHERE facility = \(facility) AND subject_type = \(type) AND subject_id = \(id)
        ORDER BY at DESC, id DESC LIMIT \(limit)
        """
      ).map(JournalEntry.init)
    }
  }

  /// The latest change sets, newest first.
  package func changeSets(
    facility: String,
    before: String? = nil,
    limit: Int = 50
  ) async throws -> [ChangeSet] {
    try await database.read(.facility(facility)) { tx in
      let earlier = try before.flatMap { try ChangeSets.find($0, facility: facility, in: tx) }
      return try ChangeSets.list(facility: facility, before: earlier, limit: limit, in: tx)
    }
  }

  package func changeSet(_ id: String, facility: String) async throws -> ChangeSet? {
    try await database.read(.facility(facility)) { tx in try ChangeSets.find(id, facility: facility, in: tx) }
  }

  /// What a change set did, newest first.
  package func entries(of set: String, facility: String, limit: Int = 500) async throws -> [JournalEntry] {
    try await database.read(.facility(facility)) { tx in
      try tx.rows(
        """
        SELECT \(JournalEntry.columns) FROM journal WHERE facility = \(facility) AND change_set = \(set)
        ORDER BY id DESC LIMIT \(limit)
        """
      ).map(JournalEntry.init)
    }
  }
}
