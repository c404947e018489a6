import Nouns
import Records
import Text
import Time

extension Organization {
  /// The fact about this year's budget.
  package static let budgetKey = "organization.budget.spent"

  /// 今年度の予算と執行: how much of what was granted has been spent. Nothing while no request of the year is recorded.
  func budget(_ facility: FacilityID, _ needs: OrganizationNeeds?, at now: Instant) async throws -> Measured? {
    let start = try await needs?.fiscalYearStart(facility) ?? 4
    let items = try await records.all(.budgetItem, limit: 5_000, in: own(facility)).records
    let totals = BudgetTotals(items, FiscalYear(containing: now.day, startMonth: start))
    guard totals.requests > 0 else { return nil }
    let isOver = totals.spent > totals.approved
    return Measured(
      fact: Fact(
        key: Self.budgetKey,
        facility: facility,
        label: Localized(ja: "今年度の予算の執行額（円）", en: "Spent of this year's budget (yen)"),
        value: totals.spent,
        population: totals.approved,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: totals.sentence,
        link: RecordPath.list(Kind.budgetItem.key),
        records: totals.records,
        isWorry: isOver
      ),
      since: nil,
      work: nil
    )
  }
}
