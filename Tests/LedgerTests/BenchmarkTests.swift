import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Intake

/// Large ledgers: not timed here, only carried out. The figures come from Benchmarks.
@Suite struct BenchmarkTests {
  static func plan(_ count: Int) -> ImportPlan {
    var plan = ImportPlan()
    let os = ["Windows 10 Pro 22H2", "Windows 11 Pro 23H2", "IOS 15.2(7)E4", "FortiOS 6.4.5"]
    plan.new = (0..<count).map { number in
      FaultTests.row(
        [
          "asset_number": "KZ\(100_000 + number)", "category": number % 10 == 0 ? "server" : "terminal",
          "name": "看護端末\(number)",
          "os": os[number % 4], "model": "OptiPlex 3080", "manufacturer": "DELL", "department": "+部署\(number % 15)",
          "maintenance_vendor": "+会社\(number % 10)", "ip_address": "10.20.\(number / 250).\(number % 250)",
          "mac_address": String(MACAddress(bits: UInt64(number) * 7919 + 1).text),
          "serial_number": "\(900_000_000 + number)",
          "location": "+本館\(number % 7)階 部屋\(number % 20)", "installed_on": "2020-04-01", "antivirus": "installed",
          "procurement": "lease", "remarks": "①号機",
        ],
        number,
        originals: ["installed_on": "R2.4.1"]
      )
    }
    func references(_ kind: String, _ field: String) -> [NewReference] {
      Set(plan.new.compactMap { $0.values[field]?.stored.dropFirst() }).sorted().map {
        NewReference(kind: kind, name: String($0), aliases: [], count: 1)
      }
    }
    plan.newReferences = [
      "department": references("department", "department"), "vendor": references("vendor", "maintenance_vendor"),
      "location": references("location", "location"),
    ]
    return plan
  }

  @Test(arguments: Engine.available) func thousandsAreImportedChangedAndTakenBack(_ engine: Engine) async throws {
    let world = try await World(engine, ids: .uuid7(.system))
    let outcome = try await world.records.apply(
      Self.plan(3_000),
      of: .asset,
      title: Localized(both: "機器管理台帳.xlsx"),
      in: world.load
    )
    #expect(outcome.created == 3_000 && outcome.createdReferences["department"] == 15)
    var plan = ImportPlan()
    plan.changed = try await world.records.existing(.asset, in: world.read).map { record in
      PlannedChange(
        id: record.id,
        version: record.version,
        changes: [
          PlannedFieldChange(field: "os", from: record.values["os"] ?? "", to: "Windows 11 24H2", original: nil)
        ],
        row: FaultTests.row([:], 0),
        extras: [:]
      )
    }
    let changed = try await world.records.apply(plan, of: .asset, title: Localized(both: "更新.xlsx"), in: world.load)
    #expect(changed.changed == 3_000)
    #expect(try await world.records.undo(try #require(changed.set), in: world.edit).restored == 3_000)
    let undone = try await world.records.undo(try #require(outcome.set), in: world.edit)
    #expect(undone.left.isEmpty)
    #expect(try await world.everything().isEmpty)
  }
}
