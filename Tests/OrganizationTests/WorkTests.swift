import Journal
import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time
import Web

@testable import Organization

/// Vendors' requests for work: checked, decided, done, reported and confirmed.
@Suite struct WorkTests {
  private static let typed = [
    "kind": "patch", "what": "月例の更新", "work_on": "令和8年11月23日", "from": "２２：００", "until": "2:00", "stops": "yes",
    "stop_note": "画像を15分ほど見られない", "way": "visit", "workers": "山本\n小林", "origin": "横浜支店", "subcontractor": "",
    "equipment": "ノートPC 1台", "phone": "045-555-0100",
  ]

  private static func draft(_ today: LocalDate, _ change: [String: String] = [:]) throws -> WorkDraft {
    try WorkDraft(typed.merging(change) { $1 }, today: today)
  }

  @Test func aRequestSaysEverythingOrIsRefusedWhole() throws {
    let today = try #require(LocalDate(iso: "2026-11-21"))
    let draft = try Self.draft(today)
    #expect(draft.day.iso == "2026-11-23" && draft.window == WorkWindow(start: 1_320, end: 1_560))
    #expect(draft.stops && draft.stopNote == "画像を15分ほど見られない")
    #expect(try Self.draft(today, ["stops": "no"]).stopNote.isEmpty)
    #expect(try Self.draft(today, ["until": "翌2:00"]).window == draft.window)
    func wrong(_ change: [String: String]) -> Set<String> {
      do {
        _ = try Self.draft(today, change)
        return []
      } catch KeptError.wrong(let troubles) {
        return Set(troubles.map(\.field))
      } catch {
        return ["?"]
      }
    }
    #expect(wrong(["kind": "x", "way": "", "stops": "perhaps"]) == ["kind", "way", "stops"])
    #expect(wrong(["what": "　", "workers": "", "origin": " "]) == ["what", "workers", "origin"])
    #expect(wrong(["stop_note": ""]) == ["stop_note"] && wrong(["stop_note": "", "stops": "no"]).isEmpty)
    #expect(wrong(["work_on": "2026-11-20"]) == ["work_on"] && wrong(["work_on": "2028-01-01"]) == ["work_on"])
    #expect(wrong(["work_on": "あした"]) == ["work_on"] && wrong(["from": "夜"]) == ["from"])
    #expect(wrong(["from": "26:00"]) == ["from"] && wrong(["from": "8:00", "until": "翌9:00"]) == ["until"])
    #expect(wrong(["origin": String(repeating: "あ", count: 201)]) == ["origin"])
    #expect(wrong(["what": String(repeating: "あ", count: 1_001)]) == ["what"])
    // What stands in the form again is read the same.
    let again = draft.typed(ShownDates(.era, .ja), withDay: true)
    #expect(try WorkDraft(again, today: today) == draft)
    #expect(draft.typed(ShownDates(.era, .ja), withDay: false)["work_on"] == "")
  }

  private static func request(
    _ id: String,
    _ state: WorkRequest.State,
    _ change: [String: String] = [:],
    asset: String = "a"
  ) throws -> WorkRequest {
    let today = try #require(LocalDate(iso: "2026-11-21"))
    var values = try draft(today, change).values
    values.merge(["state": state.rawValue, "asset": asset, "vendor": "v", "source": "paper"]) { $1 }
    let at = Instant(today, hour: 9)
    return try WorkRequest(KeptRow(id: id, values: values, createdAt: at, updatedAt: at, updatedBy: "x"))
  }

  @Test func eachStepHasItsTime() throws {
    let day = try #require(LocalDate(iso: "2026-11-23"))
    let (before, during, next, after) = (
      Instant(day.adding(days: -1), hour: 12), Instant(day, hour: 23), Instant(day.adding(days: 1), hour: 1),
      Instant(day.adding(days: 1), hour: 2)
    )
    for step in WorkStep.allCases {
      for state in WorkRequest.State.allCases where !step.from.contains(state) {
        #expect(try !step.fits(Self.request("w", state), at: during), "\(step) \(state)")
        #expect(throws: KeptError.self) { try step.check(Self.request("w", state), at: during) }
      }
    }
    let approved = try Self.request("w", .approved)
    #expect(!WorkStep.begin.fits(approved, at: before) && WorkStep.begin.fits(approved, at: during))
    // The night belongs to the plan, the day after it does not.
    #expect(WorkStep.begin.fits(approved, at: next))
    #expect(!WorkStep.begin.fits(approved, at: Instant(day.adding(days: 2), hour: 0)))
    #expect(try WorkStep.approve.fits(Self.request("w", .waiting), at: next))
    #expect(try !WorkStep.approve.fits(Self.request("w", .waiting), at: after))
    // Where nobody pressed a button, the report can be written once the time is over.
    #expect(!WorkStep.report.fits(approved, at: during) && WorkStep.report.fits(approved, at: after))
    #expect(try WorkStep.report.fits(Self.request("w", .ended), at: during))
    #expect(approved.owesReport(at: after) && !approved.owesReport(at: next))
    #expect(WorkStep.allCases.allSatisfy { !$0.from.contains(.confirmed) && !$0.from.contains(.withdrawn) })
  }

  @Test func whatFallsOnTheSameDayIsSeen() throws {
    let request = try Self.request("w", .waiting)
    let others = [
      try Self.request("night", .approved, ["work_on": "2026-11-24", "from": "1:00", "until": "3:00"], asset: "b"),
      try Self.request("noon", .waiting, ["work_on": "2026-11-24", "from": "12:00", "until": "13:00"]),
      try Self.request("before", .approved, ["work_on": "2026-11-22", "from": "9:00", "until": "10:00"]),
      try Self.request("eve", .running, ["work_on": "2026-11-22", "from": "23:00", "until": "4:00"], asset: "b"),
      try Self.request("off", .withdrawn), try Self.request("done", .confirmed), request,
    ]
    let found = WorkConflict.all(with: request, among: others)
    #expect(found.map(\.other.id) == ["night", "eve", "noon"])
    #expect(found.map(\.isSameTime) == [true, false, false] && found.map(\.isSameDevice) == [false, false, true])
  }

  // MARK: The store

  private struct Case {
    let world: World
    let works: WorkStore
    let vendor: String
    let device: WorkDevice
    let own: WorkParty
    let hospital: Scope<EditLedger>

    init(_ engine: Engine) async throws {
      world = try await World(engine)
      works = world.organization.works
      let department = try await world.records.create(.department, ["name": "放射線科"], in: world.scope()).id
      vendor = try await world.records.create(.vendor, ["name": "東都放射線"], in: world.scope()).id
      let values = ["name": "CT 1号機", "asset_number": "YG-1", "maintenance_vendor": vendor, "department": department]
      device = Suppliers.device(try await world.records.create(.asset, values, in: world.scope()))
      let scope = try Scope<RequestWork>(
        of: [Grant(role: .vendor)],
        facility: world.facility,
        actor: Actor(id: "a-vendor", name: "山本"),
        request: "test"
      )
      own = .vendor(vendor, scope)
      hospital = world.scope()
    }

    func ask(_ change: [String: String] = [:]) async throws -> String {
      let draft = try WorkTests.draft(world.today, change)
      return try await works.ask(draft, on: device, of: (vendor, "東都放射線"), source: .account, by: own).id
    }

    func state(_ id: String) async throws -> WorkRequest.State { try await works.find(id, for: own).state }
  }

  @Test(arguments: Engine.available) func workIsDecidedDoneReportedAndConfirmed(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let (works, own, hospital) = (test.works, test.own, test.hospital)
    let id = try await test.ask()
    #expect(try await works.last(of: test.vendor, test.world.facility)?.id == id)
    // Whoever sends it back says why.
    await #expect(throws: KeptError.self) {
      try await works.decide(id, isApproved: false, note: "", door: "", in: hospital)
    }
    #expect(try await test.state(id) == .waiting)
    _ = try await works.decide(id, isApproved: false, note: "夜にしてください", door: "", in: hospital)
    #expect(try await test.state(id) == .sentBack)
    let version = try await works.find(id, for: own).row.version
    let draft = try Self.draft(test.world.today, ["what": "夜の更新"])
    await #expect(throws: KeptError.self) {
      try await works.mend(id, version: version - 1, draft, on: test.device, by: own)
    }
    _ = try await works.mend(id, version: version, draft, on: test.device, by: own)
    let mended = try await works.find(id, for: own)
    #expect(mended.state == .waiting && mended.draft.what == "夜の更新" && mended.row["note"] == nil)
    _ = try await works.decide(id, isApproved: true, note: "", door: "通用口", in: hospital)
    await #expect(throws: KeptError.self) { try await works.begin(id, by: own) }
    test.world.clock.advance(days: 2)
    _ = try await works.begin(id, by: own)
    let stamped = try await works.find(id, for: own)
    #expect(stamped.moment("began_at") == test.world.clock.clock.now() && stamped.row["began_by"] == "山本")
    await #expect(throws: KeptError.self) { try await works.withdraw(id, by: own) }
    _ = try await works.end(id, by: own)
    #expect(stamped.reported("report") == "夜の更新")
    let said = try WorkReport(["outcome": "partly", "report": "半分", "report_workers": "山本"])
    _ = try await works.report(id, said, by: own)
    _ = try await works.confirm(id, isEnough: false, note: "残りはいつですか", in: hospital)
    #expect(try await test.state(id) == .ended)
    _ = try await works.report(id, said, by: .hospital(hospital))
    _ = try await works.confirm(id, isEnough: true, note: "", in: hospital)
    let done = try await works.find(id, for: own)
    #expect(done.state == .confirmed && done.outcome == .partly && done.row["confirmed_by"] == "佐藤 美咲")
    await #expect(throws: KeptError.self) { try await works.report(id, said, by: own) }
    let history = try await JournalReader(database: test.world.database).history(
      of: "vendor_work",
      id: id,
      facility: test.world.facility.rawValue,
      limit: 20
    )
    #expect(history.count == 10 && history.contains { $0.reason == "夜にしてください" })
  }

  @Test(arguments: Engine.available) func theListIsReadPageByPage(_ engine: Engine) async throws {
    let test = try await Case(engine)
    for (number, day) in ["2026-11-25", "2026-11-23", "2026-11-23", "2026-11-24", "2026-11-26"].enumerated() {
      let id = try await test.ask(["work_on": day])
      if number % 2 == 0 { _ = try await test.works.withdraw(id, by: test.own) }
    }
    let all = try await test.works.list(in: test.world.scope()).map(\.id)
    for limit in 1...6 {
      for isOwn in [false, true] {
        var (read, place): ([String], WorkPlace?) = ([], nil)
        repeat {
          let part =
            isOwn
            ? try await test.works.part(of: test.vendor, after: place, limit: limit, test.world.facility)
            : try await test.works.part(after: place, limit: limit, in: test.world.scope())
          #expect(part.requests.count <= limit && part.total == 5)
          read += part.requests.map(\.id)
          place = part.end
        } while place != nil
        #expect(read == all, "\(limit)")
      }
    }
    // Nothing is missed or told twice though something was added before the place.
    let first = try await test.works.part(after: nil, limit: 2, in: test.world.scope())
    _ = try await test.ask(["work_on": "2026-11-22"])
    let rest = try await test.works.part(after: first.end, limit: 9, in: test.world.scope())
    #expect(first.requests.map(\.id) + rest.requests.map(\.id) == all)
    #expect(try await test.works.part(of: "another", after: nil, limit: 9, test.world.facility).requests.isEmpty)
  }

  @Test(arguments: Engine.available) func nobodyReachesAnothersWork(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let id = try await test.ask()
    guard case .vendor(_, let scope) = test.own else { return }
    let stranger = WorkParty.vendor("another", scope)
    await #expect(throws: KeptError.notFound) { try await test.works.find(id, for: stranger) }
    await #expect(throws: KeptError.notFound) { try await test.works.withdraw(id, by: stranger) }
    #expect(try await test.works.list(of: "another", test.world.facility).isEmpty)
    let other = try await test.world.records.create(.department, ["name": "検査部"], in: test.world.scope()).id
    func head(_ department: String?) throws -> Scope<EditLedger> {
      try Scope(
        of: [Grant(role: .departmentHead, department: department)],
        facility: test.world.facility,
        actor: Actor(id: "a-head", name: "検査部長"),
        request: "test"
      )
    }
    let elsewhere = try head(other)
    #expect(try await test.works.list(in: elsewhere.reading).isEmpty)
    await #expect(throws: KeptError.notFound) {
      try await test.works.decide(id, isApproved: true, note: "", door: "", in: elsewhere)
    }
    let draft = try Self.draft(test.world.today)
    await #expect(throws: KeptError.self) {
      try await test.works.ask(
        draft,
        on: test.device,
        of: (test.vendor, "東都放射線"),
        source: .paper,
        by: .hospital(elsewhere)
      )
    }
    let set = try await test.works.decide(
      id,
      isApproved: true,
      note: "",
      door: "",
      in: try head(test.device.department)
    )
    await #expect(throws: KeptError.self) { try await test.works.undo(try #require(set), in: elsewhere) }
    #expect(try await test.state(id) == .approved)
    _ = try await test.works.undo(try #require(set), in: test.hospital)
    #expect(try await test.state(id) == .waiting)
  }

  @Test(arguments: Engine.available) func whatWaitsAndWhatIsOwedIsSomebodysToDo(_ engine: Engine) async throws {
    let test = try await Case(engine)
    let (world, works) = (test.world, test.works)
    let organization = world.organization
    let needs = OrganizationNeeds(
      facilities: { [] },
      standing: { _ in ([], []) },
      accounts: { _ in [] },
      workingDay: { $0 }
    )
    func duties() async throws -> [String: Duty] {
      let found = try await organization.duties(world.facility, needs).filter { $0.id.hasPrefix("organization.works.") }
      return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }
    func fact() async throws -> Fact? {
      try await organization.measured(world.facility).map(\.fact).first { $0.key == "organization.works.unreported" }
    }
    #expect(try await duties().isEmpty)
    let id = try await test.ask(["work_on": "2026-11-22"])
    // The day of the work comes before the two days that a decision may take.
    #expect(try await duties()["organization.works.waiting"]?.due.iso == "2026-11-22")
    _ = try await works.decide(id, isApproved: true, note: "", door: "", in: test.hospital)
    #expect(try await duties().isEmpty)
    #expect(try await fact() == nil)
    world.clock.advance(days: 3)
    let owed = try await fact()
    #expect(owed?.value == 1 && owed?.population == 1 && owed?.records == [id] && owed?.isWorry == true)
    #expect(try await duties()["organization.works.unreported"]?.owner == .administrator)
    _ = try await works.report(id, WorkReport(["outcome": "undone", "report": "部品が届かない"]), by: test.own)
    #expect(try await fact()?.value == 0)
    #expect(try await duties().keys.sorted() == ["organization.works.reported"])
    func confirmed() async throws -> Fact? {
      try await organization.measured(world.facility).map(\.fact).first { $0.key == "organization.works.confirmed" }
    }
    let before = try await confirmed()
    #expect(before?.value == 0 && before?.population == 1)
    _ = try await works.confirm(id, isEnough: true, note: "", in: test.hospital)
    #expect(try await duties().isEmpty)
    let after = try await confirmed()
    #expect(after?.value == 1 && after?.population == 1)
    #expect(try await fact()?.population == 1)
  }

  @Test(arguments: Engine.available) func aVendorCannotFillTheList(_ engine: Engine) async throws {
    let test = try await Case(engine)
    for _ in 0..<WorkStore.mostWaiting { _ = try await test.ask() }
    await #expect(throws: KeptError.self) { try await test.ask() }
    let first = try #require(try await test.works.list(of: test.vendor, test.world.facility).first)
    _ = try await test.works.withdraw(first.id, by: test.own)
    _ = try await test.ask()
  }
}
