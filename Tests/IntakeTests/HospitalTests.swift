import Support
import Foundation
import Intake
import Tabular
import Testing
import Text

/// The sample ledgers, against what `Tests/Corpus/intake/expect-hospital-a.py` found in another way.
@Suite(.enabled(if: TestData.isPresent, "the sample ledgers are not here")) struct `The ledgers of hospital A` {
  struct Expectation: Decodable {
    let rows: Int
    let first: Int
    let last: Int
    let skipped: [Int]
    let same: [Int]?
    let reused: [Int]?
    let `private`: Int?
    let vendors: Int?
    let fields: [String: Field]

    struct Field: Decodable, Equatable {
      let known: Int
      let unknown: Int
      let none: Int
      let distinct: Int
      let digest: String
    }
  }

  private func expectation(_ name: String) throws -> Expectation {
    let folder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    let bytes = try TableReader.fileBytes(folder + "/Corpus/intake/hospital-a.json", limit: 1 << 20)
    return try #require(try JSONDecoder().decode([String: Expectation].self, from: Data(bytes))[name])
  }

  private func digest(_ result: IntakeResult, _ field: String) -> Expectation.Field {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var known = 0
    var unknown = 0
    var none = 0
    var distinct: Set<String> = []
    for row in result.rows {
      guard let value = row.values[field]?.stored else { continue }
      switch value {
      case "": none += 1
      case "?": unknown += 1
      default:
        known += 1
        distinct.insert(value)
      }
      for byte in "\(row.number)\t\(value)\n".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    let digits = String(hash, radix: 16)
    return Expectation.Field(
      known: known,
      unknown: unknown,
      none: none,
      distinct: distinct.count,
      digest: String(repeating: "0", count: 16 - digits.count) + digits
    )
  }

  private func check(_ file: String, _ schema: IntakeSchema, _ name: String) throws -> IntakeResult {
    let expected = try expectation(name)
    let result = read(try TableReader.read(path: TestData.ledger(file)), schema)
    #expect(result.rows.count == expected.rows)
    #expect(result.rows.first?.number == expected.first)
    #expect(result.rows.last?.number == expected.last)
    #expect(result.skipped.map(\.row) == expected.skipped)
    for (field, expected) in expected.fields { #expect(digest(result, field) == expected, "\(field)") }
    return result
  }

  @Test func `1,500 devices with titles, groups, sub-totals, eras and a hidden column`() throws {
    let expected = try expectation("assets")
    let result = try check("機器管理台帳.xlsx", Schemas.assets, "assets")
    #expect(result.mapped.count == 17)
    #expect(result.mapped["ウイルス対策"] == "antivirus")
    #expect(result.newReferences["vendor"]?.count == expected.vendors)
    #expect(result.newReferences["department"]?.count == 15)
    #expect(result.problems.filter { $0.code == "text.privateUse" }.count == expected.private)
    #expect(result.problems.allSatisfy { $0.severity == .note })
    #expect(result.leftOut.map(\.sheet) == ["凡例"])
    let plan = Intake.plan(result, schema: Schemas.assets, existing: [])
    #expect(plan.same.map(\.row.number) == expected.same)
    #expect(plan.conflicts.map(\.row.number) == expected.reused)
    #expect(plan.counts.new == expected.rows - 2)
    let again = Intake.plan(result, schema: Schemas.assets, existing: records(plan))
    #expect(again.counts.changed == 0)
    #expect(again.counts.new == 0)
    #expect(again.counts.dataRows == expected.rows)
  }

  @Test func `47 external connections in CP932`() throws {
    let result = try check("外部接続一覧.csv", Schemas.connections, "connections")
    #expect(result.mapped.count == 17)
    #expect(result.newReferences["vendor"]?.count == 8)
    let plan = Intake.plan(result, schema: Schemas.connections, existing: [])
    #expect(plan.counts.new == 47)
    #expect(Intake.plan(result, schema: Schemas.connections, existing: records(plan)).counts.same == 47)
  }

  @Test func `900 people, and a month later those who came, moved and left`() throws {
    let october = try check("職員名簿_2026年10月.csv", Schemas.people, "people10")
    let november = try check("職員名簿_2026年11月.csv", Schemas.people, "people11")
    let first = Intake.plan(october, schema: Schemas.people, existing: [])
    #expect(first.counts.new == 900)
    let second = Intake.plan(november, schema: Schemas.people, existing: records(first))
    #expect(second.counts == ImportCounts(new: 9, changed: 42, same: 852, conflicting: 0, refused: 0, skipped: 0))
    #expect(second.absent.count == 6)
    #expect(Set(second.changed.flatMap { $0.changes.map(\.field) }) == ["department", "left_on"])
  }

  @Test func `700 PCs of the asset tool, UTF-16 with tabs`() throws {
    let result = try check("端末一覧_資産管理ツール.csv", Schemas.assets, "inventory")
    #expect(result.mapped.count == 7)
    let plan = Intake.plan(result, schema: Schemas.assets, existing: [])
    #expect(plan.counts.new == 700)
  }

  @Test func `a ledger given as the wrong kind imports nothing and says so`() throws {
    let result = read(try TableReader.read(path: TestData.ledger("機器管理台帳.xlsx")), Schemas.people)
    #expect(result.rows.isEmpty)
    #expect(result.leftOut.contains { $0.kind == .needsMapping || $0.kind == .noHeader })
  }
}
