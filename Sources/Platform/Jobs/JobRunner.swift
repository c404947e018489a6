import Logging
import SQL
import ServiceLifecycle
import Synchronization
import Text
import Time

/// Runs the jobs of this process. Several processes share one queue: a lease in the database says who runs what,
/// and is renewed while the job runs. When the program stops, jobs get `graceSeconds` to finish; what is repeatable
/// goes back in line, the rest is marked failed. When it is killed, its leases run out and another process (or the
/// next start) does the same.
package final class JobRunner: Service, Sendable {
  package struct Settings: Sendable {
    /// Jobs at once in this process.
    package var width = 2
    package var leaseSeconds = 30
    /// How often the queue is looked at for jobs of other processes.
    package var poll = Duration.seconds(2)
    /// How often a running job's lease is renewed and its cancelling noticed.
    package var watch = Duration.seconds(3)
    package var graceSeconds = 10

    package init() {}
  }

  package let store: JobStore
  private let queue: JobQueue
  private let logger: Logger
  private let settings: Settings
  private let state = Mutex(State())

  private struct State {
    var running: [String: Running] = [:]
    var isStopping = false
    var lastPruned: Instant?
  }

  private struct Running {
    var work: Task<JobOutcome, any Error>?
    var cause: Cause?
  }

  /// Why a running job was interrupted.
  private enum Cause { case asked, stopping, lost }

  /// One runner for a store: it is woken when that store takes an order.
  package init(store: JobStore, logger: Logger, settings: Settings = Settings()) {
    self.store = store
    self.logger = logger
    self.settings = settings
    queue = JobQueue(store: store, holder: store.ids.next(), leaseSeconds: settings.leaseSeconds)
  }

  package convenience init(
    database: any Database,
    kinds: [JobKind],
    clock: Clock,
    ids: IDMaker,
    logger: Logger,
    settings: Settings = Settings()
  ) {
    let store = JobStore(database: database, clock: clock, ids: ids, kinds: kinds)
    self.init(store: store, logger: logger, settings: settings)
  }

  /// Call after the commit of a transaction that put a job in line: it starts at once.
  package func nudge() { store.bell.ring() }

  /// Asks a job to stop, wherever it runs. False where it is over.
  @discardableResult
  package func cancel(_ id: String, facility: String) async throws -> Bool {
    let isStopping = try await store.cancel(id, facility: facility)
    if isStopping { interrupt(Self.key(facility, id), .asked) }
    return isStopping
  }

  /// Until the program stops.
  package func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.poll() }
        await self.takeJobs(&group)
        await self.settle()
        group.cancelAll()
      }
    } onCancelOrGracefulShutdown: {
      self.state.withLock { $0.isStopping = true }
      self.nudge()
    }
  }

  /// Runs what waits, one after the other, until nothing is left: for commands, and for tests.
  package func drain() async throws {
    try await lookAfterOthers()
    while let claimed = try await claim() { await execute(claimed.job, claimed.payload) }
  }

  private func takeJobs(_ group: inout DiscardingTaskGroup) async {
    for await _ in store.bell.rings {
      while hasRoom, let (job, payload) = await claimOrLog() {
        group.addTask {
          await self.execute(job, payload)
          self.nudge()
        }
      }
      if isStopping { return }
    }
  }

  private var kindNames: [String] { store.kinds.keys.sorted() }

  /// Told to stop: jobs under way are finished, no new ones begun.
  package var isStopping: Bool { state.withLock { $0.isStopping } }

  private var hasRoom: Bool { state.withLock { !$0.isStopping && $0.running.count < settings.width } }

  private func poll() async {
    while !Task.isCancelled, !isStopping {
      do {
        try await lookAfterOthers()
        if try await queue.look(for: kindNames).hasWaiting { nudge() }
      } catch StorageError.cancelled {
        return
      } catch {
        logger.warning("Looking at the job queue failed and will be tried again", metadata: ["error": "\(error)"])
      }
      do { try await Task.sleep(for: settings.poll) } catch { return }
    }
  }

  private func claimOrLog() async -> (job: Job, payload: String)? {
    do {
      return try await claim()
    } catch {
      // The next look at the queue tries again.
      logger.warning("Claiming a job failed and will be tried again", metadata: ["error": "\(error)"])
      return nil
    }
  }

  private func claim() async throws -> (job: Job, payload: String)? {
    guard let claimed = try await queue.claim(kindNames) else { return nil }
    state.withLock { $0.running[Self.key(claimed.job.facility, claimed.job.id)] = Running() }
    return claimed
  }

  /// Jobs of processes that died, and results that nobody needs any more.
  private func lookAfterOthers() async throws {
    if try await queue.look(for: kindNames).hasLost {
      for (id, state) in try await queue.takeOver(Array(store.kinds.values), Self.died) {
        logger.warning("A job was left behind", metadata: ["job": "\(id)", "now": "\(state.rawValue)"])
      }
    }
    let now = queue.clock.now()
    let isDue = state.withLock { state in
      if let last = state.lastPruned, now < last.adding(seconds: 3600) { return false }
      state.lastPruned = now
      return true
    }
    // How many there were is of no interest.
    if isDue { _ = try await queue.prune() }
  }

  /// Lets the running jobs finish, then interrupts them.
  private func settle() async {
    let deadline = ContinuousClock.now + .seconds(settings.graceSeconds)
    while ContinuousClock.now < deadline, !Task.isCancelled, state.withLock({ !$0.running.isEmpty }) {
      do { try await Task.sleep(for: .milliseconds(50)) } catch { break }
    }
    for key in state.withLock({ Array($0.running.keys) }) { interrupt(key, .stopping) }
  }

  private func interrupt(_ key: String, _ cause: Cause) {
    let work = state.withLock { state -> Task<JobOutcome, any Error>? in
      guard var running = state.running[key] else { return nil }
      running.cause = running.cause ?? cause
      state.running[key] = running
      return running.work
    }
    work?.cancel()
  }

  private static func key(_ facility: String, _ id: String) -> String { facility + "\0" + id }
}

extension JobRunner {
  private func execute(_ job: Job, _ payload: String) async {
    let key = Self.key(job.facility, job.id)
    defer { state.withLock { $0.running[key] = nil } }
    guard let kind = store.kinds[job.kind] else { return }
    let reporter = JobReporter(queue: queue, job: job)
    let context = JobContext(job: job, payload: payload, reporter: reporter)
    let work = Task { try await kind.run(context) }
    let isInterrupted = state.withLock { state in
      state.running[key]?.work = work
      return state.running[key]?.cause != nil
    }
    if isInterrupted { work.cancel() }
    let watching = Task { await self.watch(job, key) }
    let result = await withTaskCancellationHandler {
      await work.result
    } onCancel: {
      self.interrupt(key, .stopping)
    }
    watching.cancel()
    let cause = state.withLock { $0.running[key]?.cause }
    // In a task of its own, because this one may be cancelled and what became of the job must be stored all the same.
    await Task { await self.conclude(job, kind, result, cause, reporter.takeRest()) }.value
  }

  /// Renews the lease and notices when somebody, perhaps in another process, wants the job to stop.
  private func watch(_ job: Job, _ key: String) async {
    while true {
      do { try await Task.sleep(for: settings.watch) } catch { return }
      do {
        switch try await queue.renew(job) {
        case .some(true): interrupt(key, .asked)
        case .some(false): break
        case nil: return interrupt(key, .lost)
        }
      } catch StorageError.cancelled {
        return
      } catch {
        // The lease outlasts several of these.
        logger.debug("Renewing the lease of a job failed", metadata: ["job": "\(job.id)", "error": "\(error)"])
      }
    }
  }

  private func conclude(
    _ job: Job,
    _ kind: JobKind,
    _ result: Result<JobOutcome, any Error>,
    _ cause: Cause?,
    _ rest: Progress
  ) async {
    for attempt in 1...5 {
      do {
        switch (result, cause) {
        case (.success(let outcome), _):
          let ending = JobQueue.Ending(state: outcome.isPartial ? .partly : .done, outcome: outcome)
          try await queue.finish(job, ending, rest, keepDays: kind.keepDays)
        case (.failure, .lost): return
        case (.failure, .stopping) where kind.isRepeatable: try await queue.release(job)
        case (.failure(let error), _):
          let ending = ending(of: error, cause, job)
          try await queue.finish(job, ending, rest, keepDays: kind.keepDays)
        }
        return
      } catch {
        logger.warning(
          "Storing the end of a job failed",
          metadata: ["job": "\(job.id)", "attempt": "\(attempt)", "error": "\(error)"]
        )
        // Nobody cancels this task.
        do { try await Task.sleep(for: .milliseconds(200 << attempt)) } catch { return }
      }
    }
  }

  private func ending(of error: any Error, _ cause: Cause?, _ job: Job) -> JobQueue.Ending {
    func failed(_ message: Localized) -> JobQueue.Ending {
      JobQueue.Ending(state: .failed, outcome: JobOutcome(message: message))
    }
    switch (error, cause) {
    case (_, .stopping): return failed(Self.stopped)
    case (_, .asked), (is JobCancelled, _): return JobQueue.Ending(state: .cancelled, outcome: nil)
    case (let failure as any JobFailure, _):
      let remedy = failure.remedy
      let outcome = JobOutcome(message: failure.message, link: remedy?.link, linkLabel: remedy?.label)
      return JobQueue.Ending(state: .failed, outcome: outcome)
    case (StorageError.full, _): return failed(Self.full)
    default:
      logger.error("A job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(error)"])
      return failed(Self.unexpected)
    }
  }

  private static let died = Localized(
    ja: "処理の途中でシステムが止まったため、終わりませんでした。結果を確かめて、もう一度実行してください。",
    en: "The system went down in the midst of it. Check what was done and start it again."
  )
  private static let stopped = Localized(
    ja: "システムの停止にともない、処理を中断しました。もう一度実行してください。",
    en: "Interrupted because the system was stopped. Start it again."
  )
  private static let full = Localized(
    ja: "ディスクの空きが足りないため、終わりませんでした。空きを作ってから、もう一度実行してください。",
    en: "The disk is full. Make room and start it again."
  )
  private static let unexpected = Localized(
    ja: "予期しない問題のため、終わりませんでした。もう一度実行し、繰り返すときは管理者に知らせてください。",
    en: "It failed for an unexpected reason. Start it again, and tell the administrator if that does not help."
  )
}
