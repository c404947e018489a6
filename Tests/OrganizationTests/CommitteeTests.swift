import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Organization

/// When a committee last met, by its minutes.
@Suite struct CommitteeTests {
  @Test(arguments: Engine.available) func theLastMeetingWithMinutesCounts(_ engine: Engine) async throws {
    let world = try await World(engine)
    func fact() async throws -> Fact? {
      try await world.organization.measured(world.facility).map(\.fact).first {
        $0.key == "organization.committee.age"
      }
    }
    #expect(try await fact() == nil)
    let committee = try await world.records.create(.committee, ["name": "医療情報システム委員会"], in: world.scope()).id
    func meet(_ days: Int, _ minutes: String?) async throws -> String {
      var fields = [
        "name": "\(days)日前の会", "committee": committee, "held_on": world.today.adding(days: -days).iso, "agenda": "状況",
      ]
      fields["minutes"] = minutes
      return try await world.records.create(.meeting, fields, in: world.scope()).id
    }
    // Planned, or held without minutes: nothing shows that the committee worked.
    _ = try await meet(-7, "まだ先の会議")
    _ = try await meet(3, nil)
    _ = try await meet(4, "?")
    #expect(try await fact() == nil)
    let old = try await meet(200, "前年度の振り返り")
    #expect(try await fact()?.records == [old])
    let new = try await meet(20, "更新の方針を決めた")
    let last = try await fact()
    #expect(last?.value == 20 && last?.records == [new] && last?.explanation.ja.contains("20日前の会") == true)
  }
}
