import Foundation
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Organization

/// This month's roster against the register: who joined, moved, left, and the guard against half a file.
@Suite struct RosterTests {
  private static func file(_ rows: [String]) -> ImportSource {
    let text = "職員番号,氏名,フリガナ,所属,退職日\r\n" + rows.map { $0 + "\r\n" }.joined()
    return ImportSource(kind: .people, name: "名簿.csv", bytes: Array(text.utf8))
  }

  private func filled(_ engine: Engine, _ count: Int) async throws -> World {
    let world = try await World(engine)
    let rows = (1...count).map { "S\($0),職員 \($0),ショクイン \($0),医事課," }
    _ = try await world.engine.imports.run(Self.file(rows), in: world.scope())
    return world
  }

  @Test(arguments: Engine.available) func everybodyIsToldApart(_ engine: Engine) async throws {
    let world = try await filled(engine, 30)
    var rows = (1...30).map { "S\($0),職員 \($0),ショクイン \($0),医事課," }
    rows[0] = "S1,職員 1,ショクイン 1,検査部,"
    rows[1] = "S2,職員 2,ショクイン 2,医事課,2026/10/31"
    rows[2] = "S3,職員 3,ショクイン 3,医事課,2026/12/31"
    rows[3] = "S4,職員 四,ショクイン 4,医事課,"
    rows.remove(at: 4)
    rows.append("S31,職員 31,ショクイン 31,薬剤部,")
    let store = RosterStore(engine: world.engine)
    let comparison = try await store.compare(Self.file(rows), in: world.scope())
    let roster = comparison.roster
    #expect(roster.joined.count == 1 && roster.moved.count == 1 && roster.left.count == 1)
    #expect(roster.willLeave.count == 1 && roster.otherwise.count == 1 && roster.same == 25)
    #expect(roster.absent.count == 1 && roster.staff == 30 && !roster.isSuspicious)
    let day = try #require(LocalDate(iso: "2026-10-31"))
    let outcome = try await store.apply(comparison, leavers: day, confirmed: nil, in: world.scope())
    #expect(outcome.report.new == 1 && outcome.report.changed == 4)
    let gone = try await world.records.find(.person, id: roster.absent[0], in: world.scope()).record
    #expect(gone["left_on"] == "2026-10-31")
    // Both can be taken back.
    for set in [outcome.leaversSet, outcome.report.set].compactMap(\.self) {
      #expect(try await world.records.undo(set, in: world.scope()).left.isEmpty)
    }
    let again = try await world.records.find(.person, id: roster.absent[0], in: world.scope()).record
    #expect(again["left_on"] == nil)
  }

  @Test func aFileOfOneDepartmentMakesNobodyLeave() async throws {
    let world = try await filled(.sqlite, 40)
    let store = RosterStore(engine: world.engine)
    let half = Self.file((1...20).map { "S\($0),職員 \($0),ショクイン \($0),医事課," })
    let comparison = try await store.compare(half, in: world.scope())
    #expect(comparison.roster.isSuspicious && comparison.roster.absent.count == 20)
    for wrong in [nil, 19, 21] {
      await #expect(throws: RosterStore.Refusal.self) {
        try await store.apply(comparison, leavers: world.today, confirmed: wrong, in: world.scope())
      }
    }
    // Leaving them as they are needs no number.
    let kept = try await store.apply(comparison, leavers: nil, confirmed: nil, in: world.scope())
    #expect(kept.leaversSet == nil)
    let sure = try await store.apply(comparison, leavers: world.today, confirmed: 20, in: world.scope())
    #expect(sure.leaversSet != nil)
  }

  /// A hospital's own files of two months; what changed between them was counted with another program.
  @Test(.enabled(if: TestData.isPresent)) func twoMonthsOfARealRoster() async throws {
    let world = try await World()
    let store = RosterStore(engine: world.engine)
    func source(_ month: Int) throws -> ImportSource {
      let name = "職員名簿_2026年\(month)月.csv"
      let bytes = Array(try Data(contentsOf: URL(filePath: TestData.ledger(name))))
      return ImportSource(kind: .people, name: name, bytes: bytes)
    }
    let first = try await store.compare(source(10), in: world.scope())
    #expect(first.roster.joined.count > 800 && first.roster.absent.isEmpty)
    _ = try await store.apply(first, leavers: nil, confirmed: nil, in: world.scope())
    let second = try await store.compare(source(11), in: world.scope()).roster
    let all = second.joined.count + second.moved.count + second.left.count + second.willLeave.count
    #expect(all + second.otherwise.count > 0 && !second.isSuspicious)
    print(
      "roster 10 → 11: joined \(second.joined.count), moved \(second.moved.count), left \(second.left.count),",
      "will leave \(second.willLeave.count), otherwise \(second.otherwise.count), same \(second.same), absent \(second.absent.count)"
    )
  }

  /// Compared and applied within five seconds, the file being the limit's 50,000 people.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["YAGURA_BENCHMARK"] != nil)) func fiftyThousandPeople()
    async throws
  {
    let world = try await World()
    func rows(_ change: (Int) -> String) -> ImportSource { Self.file((1...50_000).map(change)) }
    _ = try await world.engine.imports.run(
      rows { "S\($0),職員 \($0),ショクイン \($0),部署\($0 % 80)," },
      in: world.scope()
    )
    let next = rows { "S\($0),職員 \($0),ショクイン \($0),部署\($0 % 50 == 0 ? ($0 + 1) % 80 : $0 % 80)," }
    let store = RosterStore(engine: world.engine)
    let clock = ContinuousClock()
    let took = try await clock.measure {
      let comparison = try await store.compare(next, in: world.scope())
      #expect(comparison.roster.moved.count == 1_000)
      _ = try await store.apply(comparison, leavers: nil, confirmed: nil, in: world.scope())
    }
    print("50,000 people compared and applied in \(took)")
    #expect(took < .seconds(5))
  }
}
