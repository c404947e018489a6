import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// When which paper was printed last, and how many points were open on it. Printing is told to the journal.
struct PaperStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  enum Paper: String, Sendable { case response, contacts, chart, poster }

  struct Print: Sendable, Hashable {
    let at: Instant
    let by: String
    let openPoints: Int
  }

  func note(_ paper: Paper, openPoints: Int, in scope: Scope<ReadLedger>) async throws {
    let (key, now) = (scope.facility.rawValue, clock.now())
    let (id, entry) = (ids.next(), ids.next())
    try await database.write(.facility(key)) { tx in
      try tx.run(
        """
        INSERT INTO paper_print (facility, id, paper, printed_at, printed_by, open_points)
        VALUES (\(key), \(id), \(paper.rawValue), \(now), \(scope.actor.name), \(openPoints))
        """
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "paper.printed",
          of: ("paper", id, paper.rawValue),
          changes: [FieldChange(field: "open_points", from: nil, to: String(openPoints))]
        )
      ])
    }
  }

  func last(_ paper: Paper, _ facility: FacilityID) async throws -> Print? {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in try Self.last(paper, key, in: tx) }
  }

  static func last(_ paper: Paper, _ facility: String, in tx: any Transaction) throws -> Print? {
    try tx.row(
      """
      SELECT printed_at, printed_by, open_points FROM paper_print
      WHERE facility = \(facility) AND paper = \(paper.rawValue) ORDER BY printed_at DESC LIMIT 1
      """
    ).map {
      Print(at: try $0.instant("printed_at"), by: try $0.text("printed_by"), openPoints: try $0.integer("open_points"))
    }
  }
}
