import Assessment
import Nouns
import SQL
import Support
import Testing

@testable import Program

/// What the capabilities know, and the packs that rest on it.
@Suite struct FactPackTests {
  /// What Ledger and Organization know bears on some item of the shipped checklists.
  @Test func everyFactOfLedgerAndOrganizationFeedsAPack() async throws {
    let hospital = try await Installation(.sqlite, rows: 3)
    let facts = Set(try await hospital.house.facts(hospital.facility).map(\.key))
    let own = facts.filter { $0.hasPrefix("ledger.") || $0.hasPrefix("organization.") }
    #expect(own.count > 70)
    let named = Set(Checklists.topics.values.flatMap(\.namedFacts))
    #expect(own.subtracting(named).sorted() == [], "known, and no topic names it")
    await hospital.close()
  }
}
