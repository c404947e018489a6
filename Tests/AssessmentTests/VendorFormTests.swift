import Blobs
import Journal
import Nouns
import SQL
import Support
import Synchronization
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// One form a vendor: handed over, reminded of, answered, and set beside the hospital's own answers.
@Suite struct VendorFormTests {
  struct World: Sendable {
    let database: any Database
    let assessment: Assessment
    let clock: FixedClock
    let asked: Checklist
    let own: Checklist

    static let ehr = SuppliedVendor(id: "v-1", name: "北斗メディカル", systems: ["電子カルテ", "オーダ"], contact: "03-0000-0000")
    static let pacs = SuppliedVendor(id: "v-2", name: "南画像", systems: ["PACS"], contact: "")

    init(_ engine: Engine, _ edition: String = "r8") async throws {
      let clock = FixedClock(SuggestionTests.now)
      database = try await TestDatabase.make(
        engine,
        JournalMigrations.all + BlobStore.migrations + Assessment.migrations,
        clock: clock.clock
      )
      assessment = Assessment(
        schedule: AssessmentSchedule(
          database: database,
          clock: clock.clock,
          ids: .uuid7(clock.clock),
          vendors: { $0 == SuggestionTests.facility ? [Self.ehr, Self.pacs] : [] },
          fiscalYearStart: { _ in 4 }
        ),
        facts: { _ in [] }
      )
      self.clock = clock
      asked = try #require(Checklists.checklist("mhlw-vendor-\(edition)"))
      own = try #require(Checklists.checklist("mhlw-hospital-\(edition)"))
    }

    var scope: Scope<AnswerChecks> {
      .operatorOf(SuggestionTests.facility, as: Actor(id: "a-1", name: "佐藤 美咲"), request: "test")
    }

    var store: VendorFormStore { assessment.vendorForms.store }

    func line(_ vendor: SuppliedVendor) async throws -> VendorStanding {
      let round = try await assessment.vendorRound(asked, SuggestionTests.facility)
      return try #require(round.lines.first { $0.vendor.id == vendor.id })
    }

    func keep(_ answers: [String: FormAnswer], of vendor: SuppliedVendor, version: Int? = nil) async throws {
      let lines = answers.sorted { $0.key < $1.key }.compactMap { key, answer in
        asked[key].map { (item: $0, answer: answer, version: version) }
      }
      let reply = VendorReply(.paper, "保守部 山本", on: clock.clock.now().day)
      try await store.keep(lines, of: vendor, asked, "2026", reply: reply, in: scope)
    }
  }

  @Test(arguments: Engine.available)
  func whoHasAnsweredAndWhoHasNot(engine: Engine) async throws {
    let world = try await World(engine)
    let schedule = world.assessment.schedule
    #expect(try await world.line(World.ehr).state == .unsent)
    let before = try await schedule.duties(SuggestionTests.facility).filter { $0.id.contains("vendor") }
    #expect(before.map(\.id) == ["assessment.mhlw-vendor-r8.2026.send"])
    try await world.store.send(
      to: World.ehr,
      world.asked,
      "2026",
      due: world.clock.clock.now().day.adding(days: 30),
      in: world.scope
    )
    #expect(try await world.line(World.ehr).state == .sent)
    world.clock.advance(days: 31)
    #expect(try await world.line(World.ehr).state == .overdue)
    let due = try await schedule.duties(SuggestionTests.facility).first { $0.id.hasSuffix("remind.v-1") }
    #expect(due?.due.iso == "2026-12-28")
    try await world.store.remind(World.ehr, world.asked, "2026", in: world.scope)
    let again = try await schedule.duties(SuggestionTests.facility).first { $0.id.hasSuffix("remind.v-1") }
    #expect(again?.due.iso == "2027-01-12")
    let all = Dictionary(world.asked.items.map { ($0.key, FormAnswer(.yes)) }, uniquingKeysWith: { first, _ in first })
    try await world.keep(["1-①": FormAnswer(.yes)], of: World.ehr)
    #expect(try await world.line(World.ehr).state == .overdue, "part of a form does not stop the clock")
    try await world.keep(all.filter { $0.key != "1-①" }, of: World.ehr)
    #expect(try await world.line(World.ehr).state == .answered)
    #expect(try await !schedule.duties(SuggestionTests.facility).contains { $0.id.hasSuffix("remind.v-1") })
    let fact = try await schedule.facts(SuggestionTests.facility).first { $0.key == "assessment.vendorForms.open" }
    #expect(fact?.value == 1 && fact?.population == 2)
    let form = try #require(try await world.line(World.ehr).form)
    #expect(form.systems == ["電子カルテ", "オーダ"] && form.respondent == "保守部 山本" && form.reminders == 1)
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "mhlw-vendor-r8/2026/vendors/v-1",
      facility: SuggestionTests.facility.rawValue,
      limit: 10
    )
    #expect(
      Set(entries.map(\.kind)) == [
        "assessment.vendor.sent", "assessment.vendor.reminded", "assessment.vendor.answered",
      ]
    )
  }

  @Test(arguments: Engine.available)
  func whoAnsweredComesBackWithTheFile(engine: Engine) async throws {
    let world = try await World(engine)
    let reply = VendorReply(.file, "保守部 山本", on: try #require(LocalDate(iso: "2026-11-10")))
    let item = try #require(world.asked["2-⑥"])
    let lines = [(item: item, answer: FormAnswer(.yes), version: Int?.none)]
    try await world.store.keep(lines, of: World.ehr, world.asked, "2026", reply: reply, in: world.scope)
    let round = try await world.assessment.vendorRound(world.asked, SuggestionTests.facility)
    let line = try await world.line(World.ehr)
    #expect(line.form?.reply == reply)
    // What was written goes out in the head and comes back by another road, with the answers of somebody else.
    let file = Assessment.vendorFile(world.asked, line, of: round, hospital: "", language: .ja)
    let outcome = try await world.assessment.take(
      try file.workbook(at: SuggestionTests.now),
      name: "form.xlsx",
      of: VendorStanding(World.ehr, nil, world.asked, today: world.clock.clock.now().day),
      world.asked,
      overwriting: true,
      isDry: true,
      in: world.scope
    )
    #expect(outcome.problems.isEmpty && outcome.new == 1)
    let reading = try FormReader(
      checklist: world.asked,
      period: "2026",
      vendor: World.ehr.id,
      year: round.year,
      today: world.clock.clock.now().day
    ).read(try file.workbook(at: SuggestionTests.now), name: "form.xlsx")
    #expect(reading.reply(of: "", today: world.clock.clock.now().day) == reply)
  }

  @Test(arguments: Engine.available)
  func aVendorsNoStandsAgainstTheHospitalsYes(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.assessment.answer(AnswerDraft(.yes), "2-⑥", of: world.own, in: world.scope)
    try await world.assessment.answer(AnswerDraft(.no), "2-⑪", of: world.own, in: world.scope)
    func line(_ key: String) async throws -> ItemStanding {
      try #require(try await world.assessment.standing(world.own, SuggestionTests.facility)[key])
    }
    #expect(try await line("2-⑥").state == .answered)
    try await world.keep(
      ["2-⑥": FormAnswer(.no, remarks: "次の更新で"), "2-⑪": FormAnswer(.yes), "2-④": FormAnswer(.no)],
      of: World.pacs
    )
    let objected = try await line("2-⑥")
    #expect(objected.state == .contradicted && objected.isObjected && !objected.isBeyondRecords)
    #expect(objected.objections.map(\.vendorName) == ["南画像"] && objected.objections.first?.remarks == "次の更新で")
    // The hospital has not answered 2-④: the vendor's no is told, but contradicts nothing.
    #expect(try await line("2-④").objections.count == 1)
    #expect(try await line("2-④").state == .open)
    let form = try await world.line(World.pacs).form
    let comparison = try await world.assessment.comparison(world.asked, "2026", form, SuggestionTests.facility)
    let verdicts = Dictionary(
      comparison.lines.map { ($0.item.key, $0.verdict) },
      uniquingKeysWith: { first, _ in first }
    )
    #expect(verdicts["2-⑥"] == .contradicts && verdicts["2-⑪"] == .exceeds && verdicts["2-④"] == .open)
    // The list of the vendors says the same as the form of each.
    let summary = try await world.assessment.vendorSummaries(world.asked, SuggestionTests.facility).first {
      $0.line.vendor.id == World.pacs.id
    }
    #expect(summary?.contradicted == 1 && summary?.exceeding == 1)
    let round = try await world.assessment.vendorRound(world.asked, SuggestionTests.facility)
    let compared = try await world.assessment.comparisons(world.asked, round, SuggestionTests.facility)
    #expect(compared[World.pacs.id]?.lines.map(\.verdict) == comparison.lines.map(\.verdict))
    // A second check that says yes settles it.
    try await world.keep(["2-⑥": FormAnswer(.no, second: .yes)], of: World.pacs, version: 1)
    #expect(try await line("2-⑥").state == .answered)
  }

  /// Servers with servers, whole with whole.
  @Test func machinesAreComparedWithTheSameMachines() throws {
    let asked = try #require(Checklists.checklist("mhlw-vendor-r6"))
    let own = try #require(Checklists.checklist("mhlw-hospital-r6"))
    for item in asked.items where item.topic != "vendor-manager" {
      #expect(VendorComparison.counterpart(of: item, in: own)?.key == item.key, "\(item.key)")
    }
    let seven = try #require(Checklists.checklist("mhlw-hospital-r7"))
    let server = try #require(asked["2(4):server"])
    #expect(VendorComparison.counterpart(of: server, in: seven)?.key == "2-④")
  }

  @Test(arguments: Engine.available)
  func twoPeopleWhoEnterTheSameAnswerSeeEachOther(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.keep(["1-①": FormAnswer(.yes)], of: World.ehr)
    await #expect(throws: RoundConflict.answered) { try await world.keep(["1-①": FormAnswer(.no)], of: World.ehr) }
    #expect(try await world.line(World.ehr).form?.answers["1-①"]?.answer.value == .yes)
    try await world.keep(["1-①": FormAnswer(.no)], of: World.ehr, version: 1)
    #expect(try await world.line(World.ehr).form?.answers["1-①"]?.version == 2)
  }

  @Test(arguments: Engine.available)
  func theFormTravelsAsAFile(engine: Engine) async throws {
    let world = try await World(engine)
    let round = try await world.assessment.vendorRound(world.asked, SuggestionTests.facility)
    let file = Assessment.vendorFile(
      world.asked,
      try await world.line(World.ehr),
      of: round,
      hospital: "みなと中央病院",
      language: .ja
    )
    let book = try TableReader.read(try file.workbook(at: SuggestionTests.now), name: "form.xlsx")
    let notes = book.sheets[0].rows.prefix(3).map { $0[0].text }
    for (note, word) in zip(notes, ["みなと中央病院", "北斗メディカル", "電子カルテ、オーダ"]) { #expect(note.contains(word)) }
    // The vendor fills in two lines and sends the file back; here it comes back by somebody else's program.
    let sheet = book.sheets[0]
    var copy = SheetDraft(title: sheet.name, columns: [], rows: [])
    let head = try #require(sheet.rows.first { $0[1].text == "番号" })
    copy.columns = head.cells.map { ColumnDraft($0.text) }
    copy.rows = sheet.rows.filter { $0.number > head.number }.map { row in
      var cells = row.cells + Array(repeating: CellValue.empty, count: max(0, 9 - row.cells.count))
      if cells[1].text == "2-⑥" { cells[3] = .text("いいえ"); cells[5] = .text("令和9年3月31日") }
      if cells[1].text == "2-⑪" { cells[3] = .text("○") }
      return cells
    }
    let filled = try SheetWriter.workbook([copy], SheetWriter.BookOptions(createdAt: SuggestionTests.now))
    let outcome = try await world.assessment.take(
      filled,
      name: "answer.xlsx",
      of: try await world.line(World.ehr),
      world.asked,
      overwriting: false,
      isDry: false,
      in: world.scope
    )
    #expect(outcome.problems.isEmpty && outcome.kept == 2, "\(outcome.problems)")
    let answers = try #require(try await world.line(World.ehr).form?.answers)
    #expect(answers["2-⑥"]?.answer.target?.iso == "2027-03-31" && answers["2-⑪"]?.answer.value == .yes)
    #expect(try await world.line(World.ehr).state == .partly)
  }

  @Test(arguments: Engine.available)
  func anotherFacilitySeesNoForm(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.keep(["1-①": FormAnswer(.yes)], of: World.ehr)
    let other = FacilityID(rawValue: "facility-2")
    #expect(try await world.store.forms(world.asked, "2026", other).isEmpty)
    #expect(try await world.assessment.vendorRound(world.asked, other).lines.isEmpty)
  }

  /// The token of a link is told once; the database does not tell it.
  @Test(arguments: Engine.available)
  func aLinkIsKeptAsItsHash(engine: Engine) async throws {
    let world = try await World(engine)
    let links = world.assessment.vendorLinks
    let first = try await links.make(for: World.ehr, world.asked, "2026", in: world.scope)
    #expect(try await links.find(first.token) == first.link && first.link.madeBy == "佐藤 美咲")
    let stored = try await world.database.read(.facility(SuggestionTests.facility.rawValue)) { tx in
      try tx.rows("SELECT token_hash FROM assessment_vendor_link").map { try $0.text("token_hash") }
    }
    #expect(stored.count == 1 && stored[0].count == 64 && !stored[0].contains(first.token))
    let second = try await links.make(for: World.ehr, world.asked, "2026", in: world.scope)
    #expect(try await links.find(first.token) == nil)
    #expect(try await links.find(second.token) == second.link)
    #expect(try await links.find(stored[0]) == nil, "what is stored opens nothing")
  }

  @Test func aLinkEndsTwoWeeksAfterTheAnswersAreDue() throws {
    func day(_ iso: String) throws -> LocalDate { try #require(LocalDate(iso: iso)) }
    func last(made: String, due: String?) throws -> String {
      let link = VendorLink(
        facility: SuggestionTests.facility,
        pack: "mhlw-vendor-r8",
        period: "2026",
        vendor: "v-1",
        madeAt: Instant(try day(made), hour: 9),
        madeBy: "佐藤 美咲"
      )
      return link.lastDay(due: try due.map(day), in: FiscalYear(startYear: 2026)).iso
    }
    #expect(try last(made: "2026-11-01", due: "2026-12-01") == "2026-12-15")
    // Made for a vendor that is late already, it is open for two weeks.
    #expect(try last(made: "2026-12-20", due: "2026-12-01") == "2027-01-03")
    #expect(try last(made: "2026-11-01", due: nil) == "2026-12-15")
    #expect(try last(made: "2027-03-20", due: nil) == "2027-03-31", "nothing outlasts the round")
  }

  /// A vendor that left the ledger keeps its form.
  @Test(arguments: Engine.available)
  func aVendorThatLeftStaysInTheList(engine: Engine) async throws {
    let world = try await World(engine)
    let gone = SuppliedVendor(id: "v-9", name: "旧保守会社", systems: ["検査"], contact: "")
    try await world.keep(["1-①": FormAnswer(.yes)], of: gone)
    #expect(try await world.line(gone).vendor.systems == ["検査"])
  }
}
