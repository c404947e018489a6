import Journal
import Nouns
import Records
import SQL
import Time

/// The ledger: what the hospital has, where it stands, who answers for it, and how it hangs together with the outside.
///
/// The record engine (`Records`) makes lists, forms, imports and histories of its kinds. To add a field: a line in the
/// catalogue and a column in a new migration. To add a kind: a `Kind`, its table, and its place in `Ledger.kinds`.
package struct Ledger: Sendable {
  /// Every kind of record the ledger keeps. Departments and people, to which they point, are the organization's.
  package static let kinds: [Kind] = [
    .vendor, .vendorAlias, .location, .zone, .system, .asset, .software, .interface, .connection, .contract,
    .contractCover, .contractClause, .informationAsset, .cloudService, .boundaryEvidence, .disposal, .entryRight,
    .vendorEnquiry, .survey, .surveyFind, .connectionSession,
  ]

  package let records: RecordStore
  package let sightings: SightingStore
  package let facts: LedgerFacts
  package let endOfSupport: SupportEnd
  private let clock: Clock
  private let workingDay: @Sendable (LocalDate) -> LocalDate

  /// `endOfSupport` and `workingDay` (the working day on or after a day) come from the packs unless a test says otherwise.
  package init(
    records: RecordStore,
    endOfSupport: @escaping SupportEnd = Ledger.supportEnd,
    workingDay: @escaping @Sendable (LocalDate) -> LocalDate = {
      HolidayCalendar.standard.nextWorkingDay(onOrAfter: $0)
    }
  ) {
    self.records = records
    sightings = SightingStore(records)
    facts = LedgerFacts(
      database: records.database,
      catalogue: records.catalogue,
      clock: records.clock,
      endOfSupport: endOfSupport
    )
    self.endOfSupport = endOfSupport
    clock = records.clock
    self.workingDay = workingDay
  }

  /// What follows from the facts for those whose scope this is.
  package func duties(in scope: Scope<ReadLedger>) async throws -> [Duty] {
    duties(try await facts.measured(in: scope))
  }

  func duties(_ measured: [MeasuredFact]) -> [Duty] {
    LedgerDuties(today: clock.now().day, workingDay: workingDay).duties(measured)
  }

  /// External connections, the most worrying first.
  package func worries(_ query: ListQuery = ListQuery(), in scope: Scope<ReadLedger>) async throws -> WorryList {
    try await records.worries(query, endOfSupport: endOfSupport, in: scope)
  }

  /// What is wrong with the records of a kind.
  package func quality(
    of kind: Kind,
    in scope: Scope<ReadLedger>
  ) async throws -> (report: QualityReport, records: [Record]) {
    let records = try await self.records.all(kind, limit: 1_000_000, in: scope).records
    let check = QualityCheck(today: clock.now().day, endOfSupport: endOfSupport)
    let confirmed = try await self.records.confirmations(of: kind, in: scope)
    return (check.report(kind, records, confirmed: confirmed), records)
  }
}
