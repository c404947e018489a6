import Assessment
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Tabular
import Testing
import Text
import Time

@testable import Program

/// What the papers for an inspection are given of the registers.
@Suite struct InspectionFitTests {
  @Test(arguments: Engine.available)
  func recordsOfAnyKindAreNamedByTheirIds(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let scope = Scope<ReadLedger>.operatorOf(hospital.facility, as: .system, request: "test")
    let ledger = hospital.house.ledger.records
    let records = try await ledger.all(.asset, limit: 5, in: scope).records
    let others = try await ledger.all(.system, limit: 5, in: scope).records
    #expect(!records.isEmpty && !others.isEmpty)
    let ids = (records + others).map(\.id)
    let titles = try await hospital.house.inspectionNeeds.titles(hospital.facility, ids + ["none"])
    #expect(Set(titles.keys) == Set(ids) && titles.values.allSatisfy { !$0.isEmpty })
    await hospital.close()
  }

  @Test func registersHaveTheirKindsAndDays() async throws {
    let hospital = try await Installation(.sqlite, rows: 5)
    let records = try await hospital.house.inspectionNeeds.records(hospital.facility, ShownDates(.western, .ja))
    let kinds = records.registers.map(\.kind)
    #expect(kinds == ["asset", "connection", "system", "vendor", "contract", "training_attendance"])
    for table in records.registers {
      #expect(table.days.values.allSatisfy { $0.count == table.rows.count }, "\(table.title)")
      for (place, days) in table.days {
        for (row, day) in zip(table.rows, days) {
          #expect(day == nil || row[place].contains("/"), "\(table.heads[place]): \(row[place])")
        }
      }
    }
    #expect(records.registers.contains { !$0.days.isEmpty })
    await hospital.close()
  }
}
