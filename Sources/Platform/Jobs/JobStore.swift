import FoundationEssentials
import SQL
import Text
import Time

/// The jobs of a facility: order, look up, ask to stop. Running them is the `JobRunner`'s.
package struct JobStore: Sendable {
  package let database: any Database
  package let clock: Clock
  package let ids: IDMaker
  let kinds: [String: JobKind]
  let bell = Bell()

  package init(database: any Database, clock: Clock, ids: IDMaker, kinds: [JobKind]) {
    precondition(Set(kinds.map(\.name)).count == kinds.count, "two kinds of job have one name")
    self.database = database
    self.clock = clock
    self.ids = ids
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Orders work and answers its id; this process starts it as soon as it has its hands free, whoever is still
  /// signed in. Throws `JobInputTooLarge`.
  package func order(
    _ kind: String,
    title: Localized? = nil,
    payload: String,
    inputs: [String: [UInt8]] = [:],
    facility: String,
    actorID: String,
    actorName: String,
    request: String = ""
  ) async throws -> String {
    let draft = try JobDraft(
      id: ids.next(),
      facility: facility,
      kind: kind,
      title: title,
      actorID: actorID,
      actorName: actorName,
      request: request,
      at: clock.now(),
      payload: payload,
      inputs: inputs
    )
    try await database.write(.facility(facility)) { tx in try Self.enqueue(draft, in: tx) }
    bell.ring()
    return draft.id
  }

  /// Puts a job in line in the transaction that makes what it works on. After the commit `JobRunner.nudge()` starts
  /// it at once; without that it starts within two seconds.
  package static func enqueue(_ draft: JobDraft, in tx: any Transaction) throws {
    try tx.run(
      """
      INSERT INTO job (facility, id, kind, title_ja, title_en, state, actor_id, actor_name, request, created_at,
        payload, done, cancel_requested, attempt)
      VALUES (\(draft.facility), \(draft.id), \(draft.kind), \(draft.title?.ja), \(draft.title?.en), 'waiting',
        \(draft.actorID), \(draft.actorName), \(draft.request), \(draft.at), \(draft.payload), 0, \(false), 0)
      """
    )
    for (name, content) in draft.inputs.sorted(by: { $0.key < $1.key }) {
      try tx.run(
        """
        INSERT INTO job_input (facility, job, name, content)
        VALUES (\(draft.facility), \(draft.id), \(name), \(content))
        """
      )
    }
  }

  package func find(_ id: String, facility: String) async throws -> Job? {
    try await database.read(.facility(facility)) { [self] tx in
      try tx.row("SELECT \(Job.columns) FROM job WHERE facility = \(facility) AND id = \(id)").map(job)
    }
  }

  /// The newest first, older than `before` where given; `actorID` narrows it to one person's.
  package func latest(
    facility: String,
    actorID: String? = nil,
    before: Job? = nil,
    limit: Int = 50
  ) async throws -> [Job] {
    try await database.read(.facility(facility)) { [self] tx in
      try tx.rows(Self.latest(facility, actorID, before, limit)).map(job)
    }
  }

  static func latest(_ facility: String, _ actorID: String?, _ before: Job?, _ limit: Int) -> SQL {
    let older: SQL = before.map { " AND (created_at, id) < (\($0.createdAt), \($0.id))" } ?? ""
    let own: SQL = actorID.map { " AND actor_id = \($0)" } ?? ""
    return """
      SELECT \(Job.columns) FROM job WHERE facility = \(facility)\(own)\(older)
      ORDER BY created_at DESC, id DESC LIMIT \(limit)
      """
  }

  package func lines(of id: String, facility: String) async throws -> [JobLine] {
    try await database.read(.facility(facility)) { tx in
      try tx.rows(
        "SELECT at, text_ja, text_en FROM job_line WHERE facility = \(facility) AND job = \(id) ORDER BY number"
      ).map { row in
        JobLine(
          at: try row.instant("at"),
          text: Localized(ja: try row.text("text_ja"), en: try row.text("text_en"))
        )
      }
    }
  }

  /// Asks a job to stop: one that waits is over at once, one that runs stops at its next report of progress. Answers
  /// false where it is over already or does not exist.
  @discardableResult
  package func cancel(_ id: String, facility: String) async throws -> Bool {
    let now = clock.now()
    return try await database.write(.facility(facility)) { tx in
      let ended = try tx.run(
        """
        UPDATE job SET state = 'cancelled', cancel_requested = \(true), finished_at = \(now),
          keep_until = \(now.adding(days: 30))
        WHERE facility = \(facility) AND id = \(id) AND state = 'waiting'
        """
      )
      if ended > 0 {
        try tx.run("DELETE FROM job_input WHERE facility = \(facility) AND job = \(id)")
        return true
      }
      return try tx.run(
        """
        UPDATE job SET cancel_requested = \(true) WHERE facility = \(facility) AND id = \(id) AND state = 'running'
        """
      ) > 0
    }
  }
}

/// Wakes the runner of this process.
struct Bell: Sendable {
  let rings: AsyncStream<Void>
  private let ringer: AsyncStream<Void>.Continuation

  init() { (rings, ringer) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func ring() { ringer.yield() }
}

extension Job {
  static let columns: SQL = """
    facility, id, kind, title_ja, title_en, state, actor_id, actor_name, request, created_at, started_at, finished_at,
    done, total, note_ja, note_en, outcome, cancel_requested, attempt
    """
}

extension JobStore {
  func job(_ row: Row) throws -> Job {
    func localized(_ name: String) throws -> Localized? {
      guard let ja = try row.optionalText(name + "_ja"), let en = try row.optionalText(name + "_en") else { return nil }
      return Localized(ja: ja, en: en)
    }
    guard let state = Job.State(rawValue: try row.text("state")) else {
      throw StorageError.unexpectedValue(column: "state", wanted: "a state of a job")
    }
    let kind = try row.text("kind")
    return Job(
      id: try row.text("id"),
      facility: try row.text("facility"),
      kind: kind,
      title: try localized("title") ?? kinds[kind]?.title ?? Localized(both: kind),
      state: state,
      actorID: try row.text("actor_id"),
      actorName: try row.text("actor_name"),
      request: try row.text("request"),
      createdAt: try row.instant("created_at"),
      startedAt: try row.optionalInstant("started_at"),
      finishedAt: try row.optionalInstant("finished_at"),
      done: try row.integer("done"),
      total: try row.optionalInteger("total"),
      note: try localized("note"),
      outcome: try row.optionalText("outcome").flatMap { text in
        // Written by us; what another version wrote otherwise is simply not shown.
        try? JSONDecoder().decode(JobOutcome.self, from: Data(text.utf8))
      },
      isCancelRequested: try row.bool("cancel_requested"),
      attempt: try row.integer("attempt")
    )
  }

  static func text(_ outcome: JobOutcome?) throws -> String? {
    guard let outcome else { return nil }
    return String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
  }
}
