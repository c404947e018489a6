import Journal
import Nouns
import SQL
import Time

/// What the facts and duties of the self-checks are counted from, for the first page: it counts them once a change, not once
/// a request. What no journal tells of, such as an answer that is counted only, is seen within the minute.
struct AssessmentMark: Sendable, Equatable {
  private let journal: JournalMark
  private let minute: Int64
  /// Values of the facts an answer is compared with; empty where none are.
  private let figures: Int

  init(_ facility: FacilityID, _ database: any Database, now: Instant, figures facts: [Fact] = []) async throws {
    let key = facility.rawValue
    journal = try await database.read(.facility(key)) { tx in try JournalMark(key, in: tx) }
    minute = now.milliseconds / 60_000
    var hasher = Hasher()
    for fact in facts {
      hasher.combine(fact.key)
      hasher.combine(fact.value)
      hasher.combine(fact.population)
    }
    figures = hasher.finalize()
  }
}
