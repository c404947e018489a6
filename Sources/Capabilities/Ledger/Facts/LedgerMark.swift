import Journal
import SQL
import Time

/// All that the ledger's facts are made of: records, which move the journal, what was seen on the network, and the day.
struct LedgerMark: Sendable, Equatable {
  private let journal: JournalMark
  private let sightings: Int
  private let seen: Instant?
  private let today: LocalDate

  init(_ facility: String, today: LocalDate, in tx: any Transaction) throws {
    journal = try JournalMark(facility, in: tx)
    let row = try tx.row("SELECT count(*) AS n, max(updated_at) AS last FROM sighting WHERE facility = \(facility)")
    sightings = try row?.integer("n") ?? 0
    seen = try row?.optionalInstant("last")
    self.today = today
  }
}
