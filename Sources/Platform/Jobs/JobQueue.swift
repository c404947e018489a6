import SQL
import Text
import Time

/// The queue in the database as one process sees it. Each step is one transaction, and each statement on a running
/// job names its holder and attempt, so that a process that lost its lease changes nothing any more.
struct JobQueue: Sendable {
  let store: JobStore
  /// This process.
  let holder: String
  let leaseSeconds: Int

  private var database: any Database { store.database }
  var clock: Clock { store.clock }

  /// How often a job may be begun before its dying counts as its own fault.
  static let attempts = 3

  /// Whether there is a job to claim, and one whose process died. Cheap, and no write.
  func look(for kinds: [String]) async throws -> (hasWaiting: Bool, hasLost: Bool) {
    let now = clock.now()
    return try await database.read(.everyFacility) { tx in
      let waiting = try tx.row("SELECT id FROM job WHERE state = 'waiting' AND kind IN (\(list: kinds)) LIMIT 1")
      let lost = try tx.row(
        "SELECT id FROM job WHERE state = 'running' AND held_until < \(now) AND holder <> \(holder) LIMIT 1"
      )
      return (waiting != nil, lost != nil)
    }
  }

  /// Takes the oldest waiting job of these kinds for this process.
  func claim(_ kinds: [String]) async throws -> (job: Job, payload: String)? {
    let now = clock.now()
    return try await database.write(.everyFacility) { tx in
      try tx.row(
        """
        UPDATE job SET state = 'running', holder = \(holder), held_until = \(now.adding(seconds: leaseSeconds)),
          started_at = coalesce(started_at, \(now)), attempt = attempt + 1
        WHERE state = 'waiting' AND (facility, id) = (
          SELECT facility, id FROM job WHERE state = 'waiting' AND kind IN (\(list: kinds))
          ORDER BY created_at, id LIMIT 1)
        RETURNING \(Job.columns), payload
        """
      ).map { (try store.job($0), try $0.text("payload")) }
    }
  }

  /// Holds the job longer. Answers nil where it is no longer ours, else whether somebody wants it to stop.
  func renew(_ job: Job) async throws -> Bool? {
    let until = clock.now().adding(seconds: leaseSeconds)
    return try await database.write(.facility(job.facility)) { tx in
      try tx.row("UPDATE job SET held_until = \(until) WHERE \(ours(job)) RETURNING cancel_requested").map {
        try $0.bool("cancel_requested")
      }
    }
  }

  /// Stores how far the job is. Answers as `renew` does.
  func report(_ progress: Progress, _ job: Job) async throws -> Bool? {
    let until = clock.now().adding(seconds: leaseSeconds)
    return try await database.write(.facility(job.facility)) { tx in
      let row = try tx.row(
        """
        UPDATE job SET held_until = \(until), \(assignments(progress)) WHERE \(ours(job)) RETURNING cancel_requested
        """
      )
      guard let row else { return nil }
      try insert(progress.lines, job, tx)
      return try row.bool("cancel_requested")
    }
  }

  struct Ending: Sendable {
    let state: Job.State
    let outcome: JobOutcome?
  }

  /// Ends the job and drops its inputs. False where it was no longer ours, and then nothing is changed.
  @discardableResult
  func finish(_ job: Job, _ ending: Ending, _ progress: Progress, keepDays: Int) async throws -> Bool {
    let now = clock.now()
    let outcome = try JobStore.text(ending.outcome)
    return try await database.write(.facility(job.facility)) { tx in
      let changed = try tx.run(
        """
        UPDATE job SET state = \(ending.state.rawValue), outcome = \(outcome), finished_at = \(now),
          keep_until = \(now.adding(days: keepDays)),
          holder = NULL, held_until = NULL, \(assignments(progress))
        WHERE \(ours(job))
        """
      )
      guard changed > 0 else { return false }
      try insert(progress.lines, job, tx)
      try tx.run("DELETE FROM job_input WHERE facility = \(job.facility) AND job = \(job.id)")
      return true
    }
  }

  /// Puts the job back in line, to be run again from its start.
  func release(_ job: Job) async throws {
    try await database.write(.facility(job.facility)) { tx in
      // Zero rows: somebody else holds it, and that is as well.
      _ = try tx.run(
        """
        UPDATE job SET state = 'waiting', holder = NULL, held_until = NULL, done = 0, attempt = attempt - 1
        WHERE \(ours(job))
        """
      )
    }
  }

  /// Deals with jobs whose process died: those that may be run again wait again, the others failed. Answers what
  /// became of which.
  func takeOver(_ kinds: [JobKind], _ died: Localized) async throws -> [(id: String, state: Job.State)] {
    let now = clock.now()
    let outcome = try JobStore.text(JobOutcome(message: died))
    return try await database.write(.everyFacility) { tx in
      let lost = try tx.rows(
        """
        SELECT \(Job.columns) FROM job WHERE state = 'running' AND held_until < \(now) AND holder <> \(holder)
          AND kind IN (\(list: kinds.map(\.name)))
        """
      ).map(store.job)
      return try lost.map { job in
        let kind = kinds.first { $0.name == job.kind }
        let mayRepeat = kind?.isRepeatable == true && job.attempt < Self.attempts
        let state: Job.State = job.isCancelRequested ? .cancelled : mayRepeat ? .waiting : .failed
        let ended = state == .waiting ? nil : now
        try tx.run(
          """
          UPDATE job SET state = \(state.rawValue), holder = NULL, held_until = NULL, finished_at = \(ended),
            keep_until = \(ended?.adding(days: kind?.keepDays ?? 30)), outcome = \(state == .failed ? outcome : nil)
          WHERE facility = \(job.facility) AND id = \(job.id)
          """
        )
        if state != .waiting {
          try tx.run("DELETE FROM job_input WHERE facility = \(job.facility) AND job = \(job.id)")
        }
        return (job.id, state)
      }
    }
  }

  /// Removes what nobody needs to see any more. Answers how many jobs.
  func prune() async throws -> Int {
    let now = clock.now()
    return try await database.write(.everyFacility) { tx in
      // Inputs and lines go with them.
      try tx.run("DELETE FROM job WHERE keep_until < \(now)")
    }
  }

  func input(_ name: String, of job: Job) async throws -> [UInt8]? {
    try await database.read(.facility(job.facility)) { tx in
      try tx.row(
        "SELECT content FROM job_input WHERE facility = \(job.facility) AND job = \(job.id) AND name = \(name)"
      )?.bytes("content")
    }
  }

  private func ours(_ job: Job) -> SQL {
    """
    facility = \(job.facility) AND id = \(job.id) AND state = 'running' AND holder = \(holder)
      AND attempt = \(job.attempt)
    """
  }

  private func assignments(_ progress: Progress) -> SQL {
    """
    done = \(progress.done), total = \(progress.total), note_ja = \(progress.note?.ja), note_en = \(progress.note?.en)
    """
  }

  private func insert(_ lines: [Progress.Line], _ job: Job, _ tx: any Transaction) throws {
    try tx.insert(
      into: "job_line",
      columns: ["facility", "job", "number", "at", "text_ja", "text_en"],
      rows: lines.map { line in
        [
          .text(job.facility), .text(job.id), .integer(Int64(line.number)), line.at.sqlValue, .text(line.text.ja),
          .text(line.text.en),
        ]
      }
    )
  }
}
