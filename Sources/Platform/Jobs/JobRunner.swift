import FoundationEssentials
import Logging
import SQL
import ServiceLifecycle
import Text
import Time

/// Does the jobs, a few at a time. Several processes on one database share them by lease: a job is claimed by one statement
/// in a serialisable transaction, so no two ever run it at once.
package struct JobRunner: Service {
  package let store: JobStore
  private let logger: Logger
  private let holder: String
  private let workers: Int
  private let nudges: AsyncStream<Void>
  private let nudger: AsyncStream<Void>.Continuation

  /// A process that says nothing for so long has died, and its jobs are taken over.
  static let leaseSeconds = 60
  /// After so many tries a job that kills its process is given up.
  static let attemptLimit = 3
  private static let pollInterval = Duration.seconds(2)

  package init(store: JobStore, workers: Int = 2, logger: Logger) {
    self.store = store
    self.workers = workers
    self.logger = logger
    holder = store.ids.next()
    (nudges, nudger) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Starts looking for work at once instead of at the next turn.
  package func nudge() { nudger.yield() }

  /// Works until a graceful shutdown; then jobs under way are finished.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { [nudger] in
          // Only the end of the task stops the clock.
          while (try? await Task.sleep(for: Self.pollInterval)) != nil { nudger.yield() }
          nudger.finish()
        }
        for await _ in nudges {
          await drain()
          if Task.isCancelled { break }
        }
        group.cancelAll()
      }
    }
  }

  /// Does everything that waits now, at most `workers` at a time. Tests and commands call it directly.
  package func drain() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<workers {
        group.addTask {
          // A job begun is finished even when the program is asked to stop.
          while !Task.isCancelled, let claim = await claim() { await Task { await work(claim) }.value }
        }
      }
    }
  }

  struct Claim: Sendable {
    let job: Job
    let payload: String
    let attempts: Int
  }

  private func claim() async -> Claim? {
    let now = store.clock.now()
    let until = now.adding(seconds: Self.leaseSeconds)
    do {
      return try await store.database.write(.everyFacility) { [store, holder] tx in
        guard
          let row = try tx.row(
            """
            UPDATE job SET state = 'running', holder = \(holder), lease_until = \(until), attempts = attempts + 1,
              started_at = coalesce(started_at, \(now))
            WHERE (facility, id) IN (
              SELECT facility, id FROM job
              WHERE state = 'waiting' OR (state = 'running' AND lease_until < \(now))
              ORDER BY created_at, id LIMIT 1)
            RETURNING \(JobStore.columns), attempts
            """
          )
        else { return nil }
        return Claim(job: try store.job(row), payload: try row.text("payload"), attempts: try row.integer("attempts"))
      }
    } catch {
      logger.warning("job claim failed", metadata: ["error": "\(error)"])
      return nil
    }
  }

  private func work(_ claim: Claim) async {
    let job = claim.job
    guard let kind = store.kinds[job.kind] else {
      return await finish(job, .failed, JobOutcome(message: Self.unknownKind))
    }
    if claim.attempts > 1, !kind.isRepeatable || claim.attempts > Self.attemptLimit {
      return await finish(job, .failed, JobOutcome(message: Self.interrupted))
    }
    let throttle = ProgressThrottle()
    let context = JobContext(job: job, payload: claim.payload) { [store, holder] done, total, note in
      guard await throttle.isDue() else { return }
      try await Self.report(store, holder, job, done, total, note)
    }
    let keeper = Task { [store, holder] in
      // Renewed while the body works without a word; ends with it.
      while (try? await Task.sleep(for: .seconds(Self.leaseSeconds / 3))) != nil {
        try? await Self.renew(store, holder, job)  // a failed renewal shows at the next report
      }
    }
    defer { keeper.cancel() }
    do {
      let outcome = try await kind.run(context)
      await finish(job, outcome.isPartial ? .partly : .done, outcome)
    } catch is JobCancelled {
      await finish(job, .cancelled, JobOutcome(message: Self.stopped))
    } catch let failure as any JobFailure {
      await finish(job, .failed, JobOutcome(message: failure.message))
    } catch {
      logger.error("job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(error)"])
      await finish(job, .failed, JobOutcome(message: Self.unexpected))
    }
  }

  private static func report(
    _ store: JobStore,
    _ holder: String,
    _ job: Job,
    _ done: Int,
    _ total: Int?,
    _ note: Localized?
  ) async throws {
    let until = store.clock.now().adding(seconds: leaseSeconds)
    let row = try await store.database.write(.facility(job.facility)) { tx in
      try tx.row(
        """
        UPDATE job SET done = \(done), total = \(total), note_ja = \(note?.ja), note_en = \(note?.en),
          lease_until = \(until)
        WHERE facility = \(job.facility) AND id = \(job.id) AND holder = \(holder) AND state = 'running'
        RETURNING cancel
        """
      )
    }
    guard let row, try !row.bool("cancel") else { throw JobCancelled() }
  }

  private static func renew(_ store: JobStore, _ holder: String, _ job: Job) async throws {
    let until = store.clock.now().adding(seconds: leaseSeconds)
    try await store.database.write(.facility(job.facility)) { tx in
      _ = try tx.run(
        """
        UPDATE job SET lease_until = \(until)
        WHERE facility = \(job.facility) AND id = \(job.id) AND holder = \(holder) AND state = 'running'
        """
      )
    }
  }

  private func finish(_ job: Job, _ state: Job.State, _ outcome: JobOutcome) async {
    let now = store.clock.now()
    do {
      let text = String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
      try await store.database.write(.facility(job.facility)) { [holder] tx in
        _ = try tx.run(
          """
          UPDATE job SET state = \(state.rawValue), outcome = \(text), finished_at = \(now), holder = NULL,
            lease_until = NULL, done = CASE WHEN \(state == .done) AND total IS NOT NULL THEN total ELSE done END
          WHERE facility = \(job.facility) AND id = \(job.id) AND holder = \(holder)
          """
        )
      }
    } catch {
      // The lease runs out and another turn finds the job again.
      logger.error("job result not stored", metadata: ["job": "\(job.id)", "error": "\(error)"])
    }
  }

  private static let unknownKind = Localized(
    ja: "この処理は、いまの版では行えません。",
    en: "This version does not know how to do this work."
  )
  private static let interrupted = Localized(
    ja: "処理の途中でサーバが止まりました。もう一度やり直してください。途中までの結果は残っていません。",
    en: "The server stopped half-way. Please start again; nothing half-done was kept."
  )
  private static let stopped = Localized(ja: "中断しました。", en: "Stopped.")
  private static let unexpected = Localized(
    ja: "処理に失敗しました。もう一度試し、続くときは管理者に知らせてください。",
    en: "The work failed. Try again; if it goes on, tell the administrator."
  )
}

/// Lets a report through at most twice a second.
private actor ProgressThrottle {
  private var last: ContinuousClock.Instant?

  func isDue() -> Bool {
    let now = ContinuousClock.now
    if let last, now - last < .milliseconds(500) { return false }
    last = now
    return true
  }
}
