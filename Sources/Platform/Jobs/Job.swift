import Text
import Time

/// Work that takes longer than a second, as the page and the runner see it.
package struct Job: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    case waiting, running, done, partly, failed, cancelled

    package var isOver: Bool { self != .waiting && self != .running }
  }

  package let id: String
  package let facility: String
  /// The name of its `JobKind`.
  package let kind: String
  package let title: Localized
  package let state: State
  package let done: Int
  /// Nil while it is not known how much there is.
  package let total: Int?
  package let note: Localized?
  package let outcome: JobOutcome?
  package let actorID: String
  package let actorName: String
  package let createdAt: Instant
  package let startedAt: Instant?
  package let finishedAt: Instant?
  package let isCancelRequested: Bool
}

/// How a job ended: what the page says, where it leads, and what can be undone.
package struct JobOutcome: Sendable, Hashable, Codable {
  /// Done in part: some things were left out, as the message says.
  package var isPartial: Bool
  package var message: Localized
  package var link: String?
  /// The change set to undo, nil where nothing can be taken back.
  package var set: String?

  package init(isPartial: Bool = false, message: Localized, link: String? = nil, set: String? = nil) {
    self.isPartial = isPartial
    self.message = message
    self.link = link
    self.set = set
  }
}

/// A kind of work and how it is done. The body may run again after a crash when `isRepeatable`; otherwise a job whose
/// process died is marked as failed.
package struct JobKind: Sendable {
  package let name: String
  package let title: Localized
  package let isRepeatable: Bool
  package let run: @Sendable (JobContext) async throws -> JobOutcome

  package init(
    name: String,
    title: Localized,
    isRepeatable: Bool = true,
    run: @escaping @Sendable (JobContext) async throws -> JobOutcome
  ) {
    self.name = name
    self.title = title
    self.isRepeatable = isRepeatable
    self.run = run
  }
}

/// What a job's body is given.
package struct JobContext: Sendable {
  package let job: Job
  /// What the job was ordered with: a text of its own making.
  package let payload: String
  private let report: @Sendable (Int, Int?, Localized?) async throws -> Void

  package init(job: Job, payload: String, report: @escaping @Sendable (Int, Int?, Localized?) async throws -> Void) {
    self.job = job
    self.payload = payload
    self.report = report
  }

  /// Says how far it has come, at most twice a second to the database. Throws `JobCancelled` when somebody stopped it.
  package func progress(_ done: Int, of total: Int?, note: Localized? = nil) async throws {
    try await report(done, total, note)
  }
}

/// Somebody pressed 中断, or the lease went to another process.
package struct JobCancelled: Error, Sendable, Hashable {
  package init() {}
}

/// An error whose words may be shown to whoever ordered the job.
package protocol JobFailure: Error {
  var message: Localized { get }
}
