import Journal
import Nouns
import Records
import SQL
import Time

/// What the organization's facts and duties are counted from, for the first page: it counts them once a change, not once a
/// request.
struct OrganizationMark: Sendable, Equatable {
  private let journal: JournalMark
  /// Looking at a report and printing a paper leave no entry.
  private let unseen: Int
  private let printed: Instant?
  /// Whatever else nobody thought of is seen within the minute.
  private let minute: Int64

  init(_ facility: FacilityID, now: Instant, in tx: any Transaction) throws {
    let key = facility.rawValue
    journal = try JournalMark(key, in: tx)
    unseen = try tx.count("SELECT count(*) FROM problem_report WHERE facility = \(key) AND seen_at IS NULL")
    printed = try PaperStore.last(.response, key, in: tx)?.at
    minute = now.milliseconds / 60_000
  }
}

/// The mark of what somebody looks at right after they have written it: the writes of this process count, too.
struct FreshMark: Sendable, Equatable {
  let organization: OrganizationMark
  let writes: Int
}

extension Organization {
  func freshMark(_ facility: FacilityID, now: Instant) async throws -> FreshMark {
    let writes = records.database.writes
    return try await records.database.read(.facility(facility.rawValue)) { tx in
      FreshMark(organization: try OrganizationMark(facility, now: now, in: tx), writes: writes)
    }
  }
}
