import Blobs
import Journal
import Nouns
import Records
import SQL
import Text
import Time
import Web

/// Reports of problems: taken from strangers within limits, kept with a journal entry, worked through by those who may.
package struct ReportStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// From one address within ten minutes, and from all within an hour. A ward has one address for many people, so the first
  /// is generous; what comes after is a telephone call.
  package static let mostFromOneAddress = 6
  package static let mostInAnHour = 200
  /// Bytes of photographs an hour; beyond, reports are taken without theirs.
  package static let mostPhotographBytes = 200 << 20

  package enum Refusal: Error, Sendable { case tooMany }

  /// Keeps the report. A photograph that no longer fits into the hour is left out. Throws `Refusal.tooMany`.
  package func take(
    _ draft: ProblemDraft,
    photo: (bytes: [UInt8], type: MediaKind)?,
    from address: String,
    account: String?,
    request: String,
    facility: FacilityID
  ) async throws -> ProblemReport {
    let now = clock.now()
    let id = ids.next()
    let (entry, key) = (ids.next(), facility.rawValue)
    return try await database.write(.facility(key)) { tx in
      let near = try tx.count(
        """
        SELECT count(*) FROM problem_report
        WHERE facility = \(key) AND address = \(address) AND reported_at > \(now.adding(seconds: -600))
        """
      )
      let hour = now.adding(seconds: -3_600)
      let all = try tx.count(
        "SELECT count(*) FROM problem_report WHERE facility = \(key) AND reported_at > \(hour)"
      )
      guard near < Self.mostFromOneAddress, all < Self.mostInAnHour else { throw Refusal.tooMany }
      var hash: String?
      if let photo {
        let stored = try tx.count(
          "SELECT coalesce(sum(size), 0) FROM blob WHERE facility = \(key) AND stored_at > \(hour)"
        )
        if stored + photo.bytes.count <= Self.mostPhotographBytes {
          do {
            hash = try BlobStore.put(photo.bytes, as: photo.type, facility: key, at: now, in: tx)
          } catch is WithdrawnAgain {
            // Somebody took this photograph out before; the report itself is what matters.
            hash = nil
          }
        }
      }
      try tx.run(
        """
        INSERT INTO problem_report (facility, id, reported_at, what, details, place, since, touched, reporter, call_back,
          photo, photo_type, address, account)
        VALUES (\(key), \(id), \(now), \(draft.what.rawValue), \(draft.details), \(draft.place), \(draft.since),
          \(draft.touched), \(draft.reporter), \(draft.callBack), \(hash), \(hash == nil ? nil : photo?.type.rawValue),
          \(address), \(account))
        """
      )
      try tx.record([
        JournalEntry(
          id: entry,
          facility: key,
          at: now,
          actorID: account ?? "stranger",
          actorName: draft.reporter.isEmpty ? "（名乗りなし）" : draft.reporter,
          request: request,
          kind: "problem.reported",
          subjectType: "problem_report",
          subjectID: id,
          subjectTitle: "\(draft.what.label.ja)（\(draft.place)）",
          changes: [
            FieldChange(field: "what", from: nil, to: draft.what.rawValue),
            FieldChange(field: "place", from: nil, to: draft.place),
            FieldChange(field: "details", from: nil, to: draft.details),
          ]
        )
      ])
      return try Self.report(id, key, in: tx)
    }
  }

  private static let columns: SQL = """
    id, reported_at, what, details, place, since, touched, reporter, call_back, photo, address, seen_at, seen_by,
    closed_at, closed_by, outcome
    """

  private static func report(_ id: String, _ facility: String, in tx: any Transaction) throws -> ProblemReport {
    guard
      let row = try tx.row("SELECT \(columns) FROM problem_report WHERE facility = \(facility) AND id = \(id)")
    else { throw WebError.notFound() }
    return try report(row)
  }

  private static func report(_ row: Row) throws -> ProblemReport {
    ProblemReport(
      id: try row.text("id"),
      reportedAt: try row.instant("reported_at"),
      what: ProblemReport.What(rawValue: try row.text("what")) ?? .other,
      details: try row.text("details"),
      place: try row.text("place"),
      since: try row.text("since"),
      touched: try row.text("touched"),
      reporter: try row.text("reporter"),
      callBack: try row.text("call_back"),
      photo: try row.optionalText("photo"),
      address: try row.text("address"),
      seenAt: try row.optionalInstant("seen_at"),
      seenBy: try row.optionalText("seen_by"),
      closedAt: try row.optionalInstant("closed_at"),
      closedBy: try row.optionalText("closed_by"),
      outcome: try row.optionalText("outcome")
    )
  }

  /// Reports whose photograph is the file.
  static let place = FilePlace(
    cited: { key, tx in
      try tx.rows(
        "SELECT photo AS hash, place AS name FROM problem_report WHERE facility = \(key) AND photo IS NOT NULL"
      ).map { (hash: try $0.text("hash"), name: try $0.text("name")) }
    },
    uses: { hash, key, tx in
      try tx.rows(
        "SELECT id, place FROM problem_report WHERE facility = \(key) AND photo = \(hash) ORDER BY id LIMIT 200"
      ).map { row in
        FileUse(
          what: Localized(ja: "異常の知らせの写真", en: "Photograph of a report"),
          name: try row.text("place"),
          link: "\(OrganizationPath.reports)/\(try row.text("id"))",
          subjectType: "problem_report",
          subjectID: try row.text("id")
        )
      }
    }
  )

  /// The newest first, at most 200.
  package func list(in scope: Scope<HandleReports>) async throws -> [ProblemReport] {
    let key = scope.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows(
        """
        SELECT \(Self.columns) FROM problem_report WHERE facility = \(key)
        ORDER BY reported_at DESC, id DESC LIMIT 200
        """
      ).map(Self.report)
    }
  }

  /// The report, marked as seen by whoever opens it first.
  package func open(_ id: String, in scope: Scope<HandleReports>) async throws -> ProblemReport {
    let (key, now, name) = (scope.facility.rawValue, clock.now(), scope.actor.name)
    return try await database.write(.facility(key)) { tx in
      // Opened again it stays with whoever was first.
      _ = try tx.run(
        """
        UPDATE problem_report SET seen_at = \(now), seen_by = \(name)
        WHERE facility = \(key) AND id = \(id) AND seen_at IS NULL
        """
      )
      return try Self.report(id, key, in: tx)
    }
  }

  /// Says what came of it.
  package func close(_ id: String, outcome: String, in scope: Scope<HandleReports>) async throws {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let entry = ids.next()
    try await database.write(.facility(key)) { tx in
      let report = try Self.report(id, key, in: tx)
      guard report.closedAt == nil else { return }
      try tx.run(
        """
        UPDATE problem_report SET closed_at = \(now), closed_by = \(scope.actor.name), outcome = \(outcome)
        WHERE facility = \(key) AND id = \(id)
        """
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "problem.closed",
          of: ("problem_report", id, "\(report.what.label.ja)（\(report.place)）"),
          changes: [FieldChange(field: "outcome", from: nil, to: outcome)]
        )
      ])
    }
  }

  /// How many nobody has looked at, and the oldest of them.
  package func unseen(_ facility: FacilityID) async throws -> (count: Int, oldest: Instant?) {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      guard
        let row = try tx.row(
          """
          SELECT count(*) AS n, min(reported_at) AS oldest FROM problem_report
          WHERE facility = \(key) AND seen_at IS NULL
          """
        )
      else { return (0, nil) }
      return (try row.integer("n"), try row.optionalInstant("oldest"))
    }
  }

  /// On every page of those who must act, until somebody looks.
  package func alarms(_ facility: FacilityID) async throws -> [Alarm] {
    let count = try await unseen(facility).count
    guard count > 0 else { return [] }
    return [
      Alarm(
        needs: .handleReports,
        text: Localized(ja: "異常の知らせが\(count)件届いています。", en: "\(count) reports of problems have come in."),
        action: Localized(ja: "内容を見る", en: "Look at them"),
        path: OrganizationPath.reports
      )
    ]
  }
}
