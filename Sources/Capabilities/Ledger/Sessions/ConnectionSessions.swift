import Nouns
import Records
import Text
import Time

/// Who was let in over which line: begun and ended with one press each, by the clock and under one's own name. It is what
/// the staff recorded; nothing is measured on the line.
package struct ConnectionSessions: Sendable {
  package let records: RecordStore

  package init(records: RecordStore) { self.records = records }

  /// Why a session was not ended.
  package enum Refusal: Error, Sendable { case endedAlready }

  /// More are not on at once in any hospital.
  package static let most = 200

  /// Those that are on, the longest first, with the names of what they point to.
  package func open(in scope: Scope<ReadLedger>) async throws -> ListPage {
    try await records.all(
      .connectionSession,
      ListQuery(filters: ["ended_on": [.missing]], sort: [Sort("started_on")]),
      limit: Self.most,
      in: scope
    )
  }

  /// The latest that have ended.
  package func ended(_ limit: Int, in scope: Scope<ReadLedger>) async throws -> ListPage {
    try await records.all(
      .connectionSession,
      ListQuery(
        filters: ["ended_on": [.from("0001-01-01"), .unknown]],
        sort: [Sort("started_on", isDescending: true)]
      ),
      limit: limit,
      in: scope
    )
  }

  /// Somebody is let in now. Throws `RecordError.invalid`, and `outOfReach` for another department's line.
  package func begin(
    _ connection: String,
    visitor: String,
    purpose: String,
    in scope: Scope<EditLedger>
  ) async throws -> Record {
    let now = records.clock.now()
    return try await records.create(
      .connectionSession,
      [
        "connection": connection, "visitor": visitor, "purpose": purpose, "started_on": now.day.iso,
        "started_time": now.clock, "admitted_by": scope.actor.name,
      ],
      in: scope
    )
  }

  /// Somebody saw that the line is cut. Throws `Refusal.endedAlready`, and `RecordError.notFound`.
  package func end(_ id: String, in scope: Scope<EditLedger>) async throws -> Record {
    let now = records.clock.now()
    let session = try await records.find(.connectionSession, id: id, in: scope.reading).record
    guard session["ended_on"] == nil else { throw Refusal.endedAlready }
    do {
      return try await records.change(
        .connectionSession,
        id: id,
        expectedVersion: session.version,
        ["ended_on": now.day.iso, "ended_time": now.clock, "ended_by": scope.actor.name],
        in: scope
      )
    } catch RecordError.conflict {
      // Another was quicker; what they recorded stays.
      throw Refusal.endedAlready
    }
  }
}

extension Record {
  /// When a session began or ended, as people say it: 「11月21日 08:05」. Empty where nobody knows.
  func sessionTime(_ day: String, _ time: String, _ dates: ShownDates, today: LocalDate) -> String {
    guard let date = date(day) else { return "" }
    return dates.brief(date, today: today) + (known(time).map { " \($0)" } ?? "")
  }
}
