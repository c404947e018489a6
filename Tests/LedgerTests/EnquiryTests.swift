import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Ledger

/// 年に一度の照会: everybody is asked once a year, and what is not answered in time is a duty.
@Suite struct EnquiryTests {
  @Test(arguments: Engine.available) func everyVendorIsAskedOnceAYear(_ engine: Engine) async throws {
    let world = try await World(engine)
    for name in ["甲", "乙", "丙"] { _ = try await world.records.create(.vendor, ["name": name], in: world.edit) }
    let today = world.clock.clock.now().day
    let round = EnquiryRound(records: world.records, year: FiscalYear(containing: today))
    let first = try await round.begin(on: today, in: world.edit)
    #expect(first.count == 3)
    // Pressed again nobody is asked twice; whoever came since is.
    #expect(try await round.begin(on: today, in: world.edit).count == 0)
    _ = try await world.records.create(.vendor, ["name": "丁"], in: world.edit)
    #expect(try await round.begin(on: today, in: world.edit).count == 1)
    let asked = try await round.read(in: world.read).enquiries
    #expect(asked.count == 4 && asked.allSatisfy { $0["due_on"] == today.adding(days: 30).iso })
    // Another year asks anew.
    let next = EnquiryRound(records: world.records, year: FiscalYear(containing: today.adding(days: 365)))
    #expect(try await next.begin(on: today.adding(days: 365), in: world.edit).count == 4)
  }

  @Test(arguments: Engine.available) func aRoundIsTakenBackWhole(_ engine: Engine) async throws {
    let world = try await World(engine)
    for name in ["甲", "乙"] { _ = try await world.records.create(.vendor, ["name": name], in: world.edit) }
    let today = world.clock.clock.now().day
    let round = EnquiryRound(records: world.records, year: FiscalYear(containing: today))
    let set = try #require(try await round.begin(on: today, in: world.edit).set)
    _ = try await world.records.undo(set, in: world.edit)
    #expect(try await round.read(in: world.read).enquiries.isEmpty)
  }

  @Test(arguments: Engine.available) func whatIsNotAnsweredInTimeIsADuty(_ engine: Engine) async throws {
    let world = try await World(engine)
    for name in ["甲", "乙"] { _ = try await world.records.create(.vendor, ["name": name], in: world.edit) }
    let today = world.clock.clock.now().day
    let round = EnquiryRound(records: world.records, year: FiscalYear(containing: today))
    _ = try await round.begin(on: today, in: world.edit)
    let asked = try await round.read(in: world.read).enquiries
    // By telephone, on the same record.
    _ = try await world.records.change(
      .vendorEnquiry,
      id: asked[0].id,
      expectedVersion: asked[0].version,
      ["answered_on": today.iso, "way": "phone", "remote_line": "yes", "went_online": "yes"],
      in: world.edit
    )
    func overdue() async throws -> Fact? {
      try await world.ledger.facts.facts(in: world.read).first { $0.key == "ledger.enquiries.overdue" }
    }
    #expect(try await overdue()?.value == 0)
    world.clock.advance(seconds: 31 * 86_400)
    #expect(try await overdue()?.value == 1)
    #expect(try await overdue()?.population == 2)
    #expect(try await world.ledger.duties(in: world.read).contains { $0.id == "ledger.enquiries.overdue" })
  }

  @Test func staffAsksNobody() {
    #expect(throws: Denied.self) {
      try Scope<EditLedger>(
        of: [Grant(role: .staff)],
        facility: FacilityID(rawValue: "minato"),
        actor: Actor(id: "x", name: "x"),
        request: "r"
      )
    }
  }
}
