import FoundationEssentials
import SQL
import Text
import Time

package enum JobMigrations {
  package static let all: [Migration] = [
    Migration(
      "jobs-1-jobs",
      facilityTables: ["job"],
      [
        """
        CREATE TABLE job (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, kind \(.text) NOT NULL, payload \(.text) NOT NULL,
          state \(.text) NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'partly', 'failed', 'cancelled')),
          done \(.integer) NOT NULL, total \(.integer), note_ja \(.text), note_en \(.text), outcome \(.text),
          cancel \(.bool) NOT NULL, holder \(.text), lease_until \(.instant), attempts \(.integer) NOT NULL,
          actor_id \(.text) NOT NULL, actor_name \(.text) NOT NULL, created_at \(.instant) NOT NULL,
          started_at \(.instant), finished_at \(.instant), PRIMARY KEY (facility, id)) \(.strict)
        """,
        "CREATE INDEX job_to_do ON job (created_at, id) WHERE state IN ('waiting', 'running')",
        "CREATE INDEX job_by_time ON job (facility, created_at, id)",
      ]
    )
  ]
}

/// Orders, finds and stops jobs.
package struct JobStore: Sendable {
  package let database: any Database
  package let clock: Clock
  package let ids: IDMaker
  let kinds: [String: JobKind]

  package init(database: any Database, clock: Clock, ids: IDMaker, kinds: [JobKind]) {
    self.database = database
    self.clock = clock
    self.ids = ids
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Orders work; it is done as soon as a process has its hands free, whoever is still signed in.
  package func order(
    _ kind: String,
    payload: String,
    facility: String,
    actorID: String,
    actorName: String
  ) async throws -> String {
    let id = ids.next()
    let now = clock.now()
    try await database.write(.facility(facility)) { tx in
      _ = try tx.run(
        """
        INSERT INTO job (facility, id, kind, payload, state, done, cancel, attempts, actor_id, actor_name, created_at)
        VALUES (\(facility), \(id), \(kind), \(payload), 'waiting', 0, \(false), 0, \(actorID), \(actorName), \(now))
        """
      )
    }
    return id
  }

  package func find(_ id: String, facility: String) async throws -> Job? {
    try await database.read(.facility(facility)) { [self] tx in
      try tx.row("SELECT \(Self.columns) FROM job WHERE facility = \(facility) AND id = \(id)").map(job)
    }
  }

  /// The newest first.
  package func latest(facility: String, limit: Int = 50) async throws -> [Job] {
    try await database.read(.facility(facility)) { [self] tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM job WHERE facility = \(facility) ORDER BY created_at DESC, id DESC LIMIT \(limit)
        """
      ).map(job)
    }
  }

  /// A waiting job ends at once; a running one when its body next says how far it has come.
  package func cancel(_ id: String, facility: String) async throws {
    let now = clock.now()
    try await database.write(.facility(facility)) { tx in
      try tx.run(
        """
        UPDATE job SET state = 'cancelled', finished_at = \(now)
        WHERE facility = \(facility) AND id = \(id) AND state = 'waiting'
        """
      )
      try tx.run(
        "UPDATE job SET cancel = \(true) WHERE facility = \(facility) AND id = \(id) AND state = 'running'"
      )
    }
  }

  static let columns: SQL = """
    facility, id, kind, payload, state, done, total, note_ja, note_en, outcome, cancel, actor_id, actor_name, created_at,
    started_at, finished_at
    """

  func job(_ row: Row) throws -> Job {
    guard let state = Job.State(rawValue: try row.text("state")) else {
      throw StorageError.unexpectedValue(column: "state", wanted: "a job's state")
    }
    let kind = try row.text("kind")
    var note: Localized?
    if let ja = try row.optionalText("note_ja"), let en = try row.optionalText("note_en") {
      note = Localized(ja: ja, en: en)
    }
    let outcome = try row.optionalText("outcome").flatMap { text in
      // Written by us; what an older version wrote otherwise is simply not shown.
      try? JSONDecoder().decode(JobOutcome.self, from: Data(text.utf8))
    }
    return Job(
      id: try row.text("id"),
      facility: try row.text("facility"),
      kind: kind,
      title: kinds[kind]?.title ?? Localized(both: kind),
      state: state,
      done: try row.integer("done"),
      total: try row.optionalInteger("total"),
      note: note,
      outcome: outcome,
      actorID: try row.text("actor_id"),
      actorName: try row.text("actor_name"),
      createdAt: try row.instant("created_at"),
      startedAt: try row.optionalInstant("started_at"),
      finishedAt: try row.optionalInstant("finished_at"),
      isCancelRequested: try row.bool("cancel")
    )
  }
}
