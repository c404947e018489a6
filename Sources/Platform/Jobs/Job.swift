import SQL
import Text
import Time

/// Work that takes longer than a second: started by a person, run by whichever process has room, looked at until it
/// is done and for a while after. To add one, make a `JobKind` in the capability that owns the work.
package struct JobKind: Sendable {
  /// `ledger.import`. What is stored; never changed once released.
  package let name: String
  package let title: Localized
  /// Whether it may be run again from the start when its process died in the midst of it. Work that is one
  /// transaction, or finds out what it has already done, may.
  package let isRepeatable: Bool
  /// How long its result is kept after the end.
  package let keepDays: Int
  package let run: @Sendable (JobContext) async throws -> JobOutcome

  package init(
    name: String,
    title: Localized,
    isRepeatable: Bool = true,
    keepDays: Int = 30,
    run: @escaping @Sendable (JobContext) async throws -> JobOutcome
  ) {
    self.name = name
    self.title = title
    self.isRepeatable = isRepeatable
    self.keepDays = keepDays
    self.run = run
  }
}

/// How a job ended: what the page says, where it leads, and what can be undone.
package struct JobOutcome: Sendable, Hashable, Codable {
  /// Done in part: some things were left out, as the message says.
  package var isPartial: Bool
  package var message: Localized
  /// The page that shows what came of it.
  package var link: String?
  /// What the button that leads there says, nil for 「結果を見る」.
  package var linkLabel: Localized?
  /// The change set to undo, nil where nothing can be taken back.
  package var set: String?
  /// JSON for whoever knows the kind of job, nil where the message says it all.
  package var details: String?

  package init(
    isPartial: Bool = false,
    message: Localized,
    link: String? = nil,
    linkLabel: Localized? = nil,
    set: String? = nil,
    details: String? = nil
  ) {
    self.isPartial = isPartial
    self.message = message
    self.link = link
    self.linkLabel = linkLabel
    self.set = set
    self.details = details
  }
}

/// An error whose words may be shown to whoever ordered the job: what is wrong and what to do.
package protocol JobFailure: Error {
  var message: Localized { get }
  /// The page where it can be mended, and what the button that leads there says; nil where the message says it all.
  var remedy: (link: String, label: Localized)? { get }
}

extension JobFailure {
  package var remedy: (link: String, label: Localized)? { nil }
}

/// Thrown to a job by `JobContext.progress`: somebody wants it to stop, or the program is ending. Let it through.
package struct JobCancelled: Error, Sendable, Hashable {
  package init() {}
}

/// One job as the pages show it.
package struct Job: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    case waiting, running, done, partly, failed, cancelled

    package var isOver: Bool { self != .waiting && self != .running }
  }

  package let id: String
  package let facility: String
  package let kind: String
  package let title: Localized
  package let state: State
  package let actorID: String
  package let actorName: String
  /// The request that started it; what it records carries the same.
  package let request: String
  package let createdAt: Instant
  package let startedAt: Instant?
  package let finishedAt: Instant?
  package let done: Int
  /// Nil while it is not known how much there is.
  package let total: Int?
  /// What it is doing now.
  package let note: Localized?
  /// How it ended; nil until then, and where it was stopped.
  package let outcome: JobOutcome?
  /// Somebody asked it to stop, and it has not yet.
  package let isCancelRequested: Bool
  /// How often it was begun.
  package let attempt: Int
}

/// What somebody wants done.
package struct JobDraft: Sendable {
  package let id: String
  package let facility: String
  package let kind: String
  package let title: Localized?
  package let actorID: String
  package let actorName: String
  package let request: String
  package let at: Instant
  /// For the job's own code, JSON mostly; at most 1 MB.
  package let payload: String
  /// Large inputs by name, as uploaded files; removed when the job ends. At most 64 MB together.
  package let inputs: [String: [UInt8]]

  package static let largestPayload = 1 << 20
  package static let largestInputs = 64 << 20

  /// `title` says what this one is about (「端末一覧.xlsx の取り込み」); the kind's own where nil.
  package init(
    id: String,
    facility: String,
    kind: String,
    title: Localized? = nil,
    actorID: String,
    actorName: String,
    request: String = "",
    at: Instant,
    payload: String = "",
    inputs: [String: [UInt8]] = [:]
  ) throws(JobInputTooLarge) {
    guard payload.utf8.count <= Self.largestPayload else { throw JobInputTooLarge(limit: Self.largestPayload) }
    guard inputs.values.reduce(0, { $0 + $1.count }) <= Self.largestInputs else {
      throw JobInputTooLarge(limit: Self.largestInputs)
    }
    self.id = id
    self.facility = facility
    self.kind = kind
    self.title = title
    self.actorID = actorID
    self.actorName = actorName
    self.request = request
    self.at = at
    self.payload = payload
    self.inputs = inputs
  }
}

package struct JobInputTooLarge: JobFailure, Sendable, Hashable {
  /// Bytes.
  package let limit: Int

  package var message: Localized {
    let megabytes = limit >> 20
    return Localized(
      ja: "ファイルが大きすぎます（上限\(megabytes)MB）。分けて取り込んでください。",
      en: "The file is too large (at most \(megabytes) MB). Split it."
    )
  }
}

/// One line of a job's log.
package struct JobLine: Sendable, Hashable {
  package let at: Instant
  package let text: Localized
}
