import SQL
import Synchronization
import Text
import Time

/// How far a job is, as far as it is not stored yet.
struct Progress: Sendable {
  struct Line: Sendable {
    let number: Int
    let at: Instant
    let text: Localized
  }

  var done = 0
  var total: Int?
  var note: Localized?
  var lines: [Line] = []
}

/// What a job is given to work with.
package struct JobContext: Sendable {
  package let job: Job
  /// What the job was ordered with: a text of its kind's own making.
  package let payload: String
  private let report: @Sendable (Int, Int?, Localized?) async throws -> Void
  private let write: @Sendable (Localized) async throws -> Void
  private let read: @Sendable (String) async throws -> [UInt8]?

  /// For running a kind's body without a runner; the runner has its own.
  package init(
    job: Job,
    payload: String,
    inputs: [String: [UInt8]] = [:],
    report: @escaping @Sendable (Int, Int?, Localized?) async throws -> Void
  ) {
    self.job = job
    self.payload = payload
    self.report = report
    write = { _ in }
    read = { inputs[$0] }
  }

  init(job: Job, payload: String, reporter: JobReporter) {
    self.job = job
    self.payload = payload
    report = { done, total, note in
      try await reporter.report { progress in
        progress.done = done
        progress.total = total
        if let note { progress.note = note }
      }
    }
    write = { text in try await reporter.report { progress in reporter.add(text, to: &progress) } }
    read = { name in try await reporter.queue.input(name, of: job) }
  }

  package var facility: String { job.facility }
  package var actorID: String { job.actorID }
  package var actorName: String { job.actorName }
  package var request: String { job.request }

  /// An input the job was ordered with; nil where there was none of that name.
  package func input(_ name: String) async throws -> [UInt8]? { try await read(name) }

  /// Says how far the job is. May be called as often as one likes; the database is told twice a second at most.
  /// Throws `JobCancelled` when it is to stop.
  package func progress(_ done: Int, of total: Int?, note: Localized? = nil) async throws {
    try await report(done, total, note)
  }

  /// Adds a line to the job's log, of which the first thousand are kept. Throws as `progress` does.
  package func log(_ text: Localized) async throws { try await write(text) }
}

/// Gathers what a job reports and stores it now and then.
final class JobReporter: Sendable {
  private struct State {
    var progress = Progress()
    var lastStored: ContinuousClock.Instant?

    /// The lines are handed over, the rest stays.
    mutating func takeProgress() -> Progress {
      defer { progress.lines = [] }
      return progress
    }
  }

  let queue: JobQueue
  private let job: Job
  private let state = Mutex(State())
  private let lineNumbers = Mutex(0)

  static let mostLines = 1000
  private static let pause = Duration.milliseconds(500)

  init(queue: JobQueue, job: Job) {
    self.queue = queue
    self.job = job
  }

  func add(_ text: Localized, to progress: inout Progress) {
    let number = lineNumbers.withLock { number in
      number += 1
      return number
    }
    guard number <= Self.mostLines else { return }
    // Numbers of an earlier attempt's lines are below these.
    let first = (job.attempt - 1) * Self.mostLines
    progress.lines.append(Progress.Line(number: first + number, at: queue.clock.now(), text: text))
  }

  func report(_ change: (inout Progress) -> Void) async throws {
    guard !Task.isCancelled else { throw JobCancelled() }
    let due = state.withLock { state -> Progress? in
      change(&state.progress)
      let now = ContinuousClock.now
      if let last = state.lastStored, now - last < Self.pause { return nil }
      state.lastStored = now
      return state.takeProgress()
    }
    guard let due else { return }
    do {
      guard let isCancelRequested = try await queue.report(due, job) else { throw JobCancelled() }
      if isCancelRequested { throw JobCancelled() }
    } catch StorageError.busy {
      // The work itself holds the database: this report can wait, but its lines must not be lost.
      state.withLock { $0.progress.lines = due.lines + $0.progress.lines }
    }
  }

  /// What is left to store when the job ends.
  func takeRest() -> Progress { state.withLock { $0.takeProgress() } }
}
