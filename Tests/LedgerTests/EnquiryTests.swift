import Journal
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

  @Test(arguments: Engine.available) func aRoundIsRemindedClosedAndOpenedAgain(_ engine: Engine) async throws {
    let world = try await World(engine)
    for name in ["甲", "乙", "丙"] { _ = try await world.records.create(.vendor, ["name": name], in: world.edit) }
    let today = world.clock.clock.now().day
    let round = EnquiryRound(records: world.records, year: FiscalYear(containing: today))
    _ = try await round.begin(on: today, in: world.edit)
    let asked = try await round.read(in: world.read).enquiries
    _ = try await world.records.change(
      .vendorEnquiry,
      id: asked[0].id,
      expectedVersion: asked[0].version,
      ["answered_on": today.iso, "way": "phone", "remote_line": "no"],
      in: world.edit
    )
    // Only those who have not answered are reminded, and once a day is once.
    #expect(try await round.remind(on: today, in: world.edit).count == 2)
    #expect(try await round.remind(on: today, in: world.edit).count == 0)
    #expect(try await round.remind([asked[1].id], on: today.adding(days: 3), in: world.edit).count == 1)
    let late = today.adding(days: 31)
    var standing = try await round.standing(on: late, in: world.read)
    #expect(standing.count(.overdue) == 2 && standing.count(.answered) == 1 && !standing.isClosed)
    #expect(standing.lines.first { $0.enquiry.id == asked[1].id }?.reminders == 2)
    // Silence is closed only with a word about it, and stays silence.
    await #expect(throws: RecordError.self) { try await round.close(reason: "　", on: late, in: world.edit) }
    #expect(try await round.close(reason: "現地調査で確かめる", on: late, in: world.edit).silent == 2)
    standing = try await round.standing(on: late, in: world.read)
    #expect(standing.isClosed && standing.count(.silent) == 2 && standing.open.isEmpty)
    let facts = try await world.ledger.facts.facts(in: world.read)
    #expect(facts.first { $0.key == "ledger.enquiries.overdue" }?.value == 0)
    _ = try await round.reopen(on: late, in: world.edit)
    standing = try await round.standing(on: late, in: world.read)
    #expect(!standing.isClosed && standing.count(.overdue) == 2)
  }

  /// In the list of changes and in the journal an enquiry is called by its vendor, not by its year alone.
  @Test(arguments: Engine.available) func changesSayWhichVendorWasAsked(_ engine: Engine) async throws {
    let world = try await World(engine)
    let vendor = try await world.records.create(.vendor, ["name": "北斗メディカル"], in: world.edit).id
    let made = try await world.records.create(.vendorEnquiry, ["vendor": vendor, "year": "2026"], in: world.edit)
    _ = try await world.records.change(
      .vendorEnquiry,
      id: made.id,
      expectedVersion: made.version,
      ["way": "phone"],
      in: world.edit
    )
    let journal = JournalReader(database: world.database)
    let sets = try await journal.changeSets(facility: "minato", limit: 2)
    #expect(
      sets.map(\.title.ja) == ["事業者への照会「北斗メディカル 2026」の変更", "事業者への照会「北斗メディカル 2026」の登録"]
    )
    #expect(sets.first?.title.en == "Change of enquiry to vendor “北斗メディカル 2026”")
    let entries = try await journal.history(of: "vendor_enquiry", id: made.id, facility: "minato", limit: 10)
    #expect(entries.contains { $0.subjectTitle == "北斗メディカル 2026" })
  }

  @Test(arguments: Engine.available) func anAnswerAgainstTheLedgerIsADuty(_ engine: Engine) async throws {
    let world = try await World(engine)
    let today = world.clock.clock.now().day
    let cases: [(said: [String: String], recorded: Int, difference: EnquiryStanding.Difference?)] = [
      (["remote_line": "yes"], 0, .unrecorded), (["remote_line": "no"], 1, .denied),
      (["remote_line": "yes", "lines": "2"], 1, .counted), (["remote_line": "yes", "lines": "2"], 2, nil),
      (["remote_line": "yes"], 3, nil), (["remote_line": "no"], 0, nil), (["remote_line": "?"], 1, nil), ([:], 1, nil),
    ]
    var expected: [String: EnquiryStanding.Difference?] = [:]
    for (number, one) in cases.enumerated() {
      let vendor = try await world.records.create(.vendor, ["name": "事業者\(number)"], in: world.edit).id
      for line in 0..<one.recorded {
        let values = ["system_name": "回線\(number)-\(line)", "vendor": vendor, "has_connection": "yes"]
        _ = try await world.records.create(.connection, values, in: world.edit)
      }
      // What is recorded as no line counts for nothing.
      let none = ["system_name": "なし\(number)", "vendor": vendor, "has_connection": "no"]
      _ = try await world.records.create(.connection, none, in: world.edit)
      let asked = ["vendor": vendor, "year": "2026", "asked_on": today.iso, "answered_on": today.iso]
      let made = try await world.records.create(
        .vendorEnquiry,
        asked.merging(one.said) { first, _ in first },
        in: world.edit
      )
      expected[made.id] = one.difference
    }
    let round = EnquiryRound(records: world.records, year: FiscalYear(containing: today))
    let standing = try await round.standing(on: today, in: world.read)
    for line in standing.lines { #expect(line.difference == expected[line.enquiry.id], "\(line.name)") }
    #expect(standing.differing == 3)
    // The database counts the same.
    let fact = try await world.ledger.facts.facts(in: world.read).first { $0.key == "ledger.enquiries.differing" }
    #expect(fact?.value == 3 && fact?.population == cases.count)
    #expect(try await world.ledger.duties(in: world.read).contains { $0.id == "ledger.enquiries.differing" })
  }

  @Test(arguments: Engine.available) func aYearWithoutAskingIsADuty(_ engine: Engine) async throws {
    let world = try await World(engine)
    _ = try await world.records.create(.vendor, ["name": "甲"], in: world.edit)
    func unasked() async throws -> Bool {
      try await world.ledger.duties(in: world.read).contains { $0.id == "ledger.vendors.unasked" }
    }
    #expect(try await unasked())
    let today = world.clock.clock.now().day
    let round = EnquiryRound(records: world.records, year: FiscalYear(containing: today))
    _ = try await round.begin(on: today, in: world.edit)
    #expect(try await !unasked())
    world.clock.advance(seconds: 366 * 86_400)
    #expect(try await unasked())
    #expect(try await world.ledger.duties(in: world.read).contains { $0.id == "ledger.enquiries.forgotten" })
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
