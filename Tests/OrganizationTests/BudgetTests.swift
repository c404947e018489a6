import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Organization

/// What was asked for, granted and spent in a fiscal year.
@Suite struct BudgetTests {
  private static func needs(startMonth: Int = 4) -> OrganizationNeeds {
    var needs = OrganizationNeeds(
      facilities: { [] },
      standing: { _ in ([], []) },
      accounts: { _ in [] },
      workingDay: { $0 }
    )
    needs.fiscalYearStart = { _ in startMonth }
    return needs
  }

  private func keep(_ world: World, _ values: [String: String]...) async throws {
    for value in values { _ = try await world.records.create(.budgetItem, value, in: world.scope()) }
  }

  @Test(arguments: Engine.available) func theYearsSumsAreAFact(_ engine: Engine) async throws {
    let world = try await World(engine)
    let organization = world.organization
    func fact(_ key: String, startMonth: Int = 4) async throws -> Fact? {
      try await organization.measured(world.facility, Self.needs(startMonth: startMonth)).map(\.fact).first {
        $0.key == key
      }
    }
    #expect(try await fact(Organization.budgetKey) == nil, "no record says nothing, and not nought")
    try await keep(
      world,
      [
        "name": "VPN装置の更新", "fiscal_year": "2026", "requested": "3,000,000", "approved": "2,500,000",
        "decided_on": "2026-05-01", "spent": "1,200,000", "spent_as_of": "2026-10-31",
      ],
      ["name": "EDRの導入", "fiscal_year": "令和8年度", "requested": "5,000,000", "requested_on": "2026-11-01"],
      ["name": "断られた工事", "fiscal_year": "FY2026", "requested": "900", "approved": "0", "decided_on": "2026-06-01"],
      ["name": "去年の分", "fiscal_year": "2025", "requested": "77", "approved": "77", "decided_on": "2025-06-01"],
      ["name": "年度不明のもの", "fiscal_year": "いつか", "approved": "1", "decided_on": "2025-06-01"]
    )
    let spent = try #require(try await fact(Organization.budgetKey))
    #expect(spent.value == 1_200_000 && spent.population == 2_500_000 && !spent.isWorry)
    #expect(spent.explanation.ja.contains("要求3件・8,000,900円"), "\(spent.explanation.ja)")
    #expect(spent.explanation.ja.contains("（48％）") && spent.explanation.ja.contains("1件は決まっていません"))
    #expect(spent.explanation.en.contains("31 Oct 2026"), "\(spent.explanation.en)")
    // Where the year begins in December, November 2026 lies in the year before, of which nothing was spent.
    #expect(try await fact(Organization.budgetKey, startMonth: 12)?.value == 0)
    let undecided = try #require(try await fact("organization.budget.undecided"))
    #expect(undecided.value == 1 && undecided.population == 5)
    let duty = try await organization.duties(world.facility, Self.needs()).first { $0.id == undecided.key }
    #expect(duty?.owner == .director && duty?.due.iso == "2026-12-01")
    // More spent than granted is wrong.
    try await keep(world, ["name": "急な修理", "fiscal_year": "2026", "spent": "2000000", "decided_on": "2026-11-01"])
    #expect(try await fact(Organization.budgetKey)?.isWorry == true)
  }

  @Test func anAmountIsReadAsItIsKept() {
    #expect(BudgetTotals.yen(nil) == 0 && BudgetTotals.yen("1200.75") == 1_200 && BudgetTotals.yen("-5") == -5)
    #expect(BudgetTotals.yen("999999999999999999999999999999") == 1_000_000_000_000)
    #expect(BudgetTotals.yen("-99999999999999999999999999999") == -1_000_000_000_000)
  }
}
