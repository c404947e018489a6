import Journal
import Nouns
import SQL
import Support
import Synchronization
import Testing
import Text
import Time

@testable import Duties

/// Making, putting off and settling duties, and who sees which, on both engines.
@Suite struct DutyTests {
  @Test(arguments: Engine.available)
  func eachSeesWhatIsTheirs(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.make("管理者へ", due: "2026-11-30")
    try await world.make("花子へ", due: "2026-11-25", owner: .staff, person: "a-staff")
    try await world.make("職員みんなへ", due: "2026-11-26", owner: .staff)
    try await world.make("放射線科へ", due: "2026-11-27", owner: .departmentHead, department: "d-radiology")
    try await world.make("検査科へ", due: "2026-11-28", owner: .departmentHead, department: "d-laboratory")
    try await world.make("よその病院", due: "2026-11-25", in: World.other)
    #expect(try await world.titles("a-admin") == ["花子へ", "職員みんなへ", "放射線科へ", "検査科へ", "管理者へ"])
    #expect(try await world.titles("a-staff") == ["花子へ", "職員みんなへ"])
    #expect(try await world.titles("a-head") == ["放射線科へ"])
    #expect(try await world.titles("a-admin", in: World.other) == ["よその病院"])
    // A named person is told, and only that person.
    #expect(try await world.duties.unread("a-staff", World.facility).count == 1)
    #expect(try await world.duties.unread("a-head", World.facility).count == 0)
    for person in World.people {
      let reader = world.reader(person.account)
      let list = try await world.duties.list(reader, World.facility)
      let board = try await world.duties.board(reader, World.facility, limit: 3)
      #expect(board.total == list.count, "\(person.account)")
      #expect(board.top.map(\.id) == list.prefix(3).map(\.id), "\(person.account)")
    }
  }

  @Test(arguments: Engine.available)
  func settlingTakesEvidenceAndComesAgain(engine: Engine) async throws {
    let world = try await World(engine)
    let id = try await world.make("月次点検", due: "2026-11-20", recurrence: "workday:-1")
    let own = world.scope(SignedIn.self)
    let found = try #require(
      try await world.duties.find("duties.made.\(id)", world.reader("a-admin"), World.facility)
    )
    #expect(found.state == .overdue)
    await #expect(throws: DutyProblems.self) { try await world.duties.settle(found, evidence: "", in: own) }
    // Late: due again from today on.
    let next = try await world.duties.settle(found, evidence: "点検票は共有フォルダ", in: own)
    #expect(next?.iso == "2026-11-30")
    // The same form sent twice settles once.
    await #expect(throws: DutyConflict.self) { try await world.duties.settle(found, evidence: "もう一度", in: own) }
    let events = try await world.duties.events(of: found.id, World.facility)
    #expect(events.map(\.kind) == [.done, .made])
    #expect(events.first?.note == "点検票は共有フォルダ")
    let journal = try await JournalReader(database: world.database)
      .history(of: "duty", id: found.id, facility: World.facility.rawValue, limit: 10)
    #expect(journal.map(\.kind).sorted() == ["duty.done", "duty.made"])
    let once = try await world.make("一度だけ", due: "2026-11-25")
    let single = try #require(
      try await world.duties.find("duties.made.\(once)", world.reader("a-admin"), World.facility)
    )
    #expect(try await world.duties.settle(single, evidence: "済み", in: own) == nil)
    #expect(try await world.titles("a-admin") == ["月次点検"])
  }

  @Test(arguments: Engine.available)
  func whatIsPutOffComesBack(engine: Engine) async throws {
    let world = try await World(engine)
    let id = try await world.make("あとで", due: "2026-11-20")
    let computed = Duty(
      id: "ledger.x",
      title: Localized(both: "記録から"),
      owner: .administrator,
      due: World.day("2026-11-21"),
      state: .overdue,
      reason: Localized(both: ""),
      link: "/ledger",
      action: Localized(both: "開く")
    )
    world.ordered.computed.withLock { $0 = [computed] }
    let own = world.scope(SignedIn.self)
    let reader = world.reader("a-admin")
    let made = try #require(try await world.duties.find("duties.made.\(id)", reader, World.facility))
    for duty in [made, computed] {
      await #expect(throws: DutyProblems.self) {
        try await world.duties.snooze(duty, until: World.day("2026-11-24"), reason: "今日", in: own)
      }
      await #expect(throws: DutyProblems.self) {
        try await world.duties.snooze(duty, until: World.day("2026-12-01"), reason: "", in: own)
      }
      try await world.duties.snooze(duty, until: World.day("2026-12-01"), reason: "部品待ち", in: own)
    }
    #expect(try await world.titles("a-admin") == [])
    #expect(try await world.titles("a-admin", snoozed: true) == ["あとで", "記録から"])
    #expect(try await world.duties.board(reader, World.facility, limit: 5).overdue == 0)
    world.clock.advance(days: 7)
    #expect(try await world.titles("a-admin") == ["あとで", "記録から"])
    try await world.duties.wake(computed, in: own)
  }

  @Test(arguments: Engine.available)
  func twoPeopleWhoEditOneDutyAreTold(engine: Engine) async throws {
    let world = try await World(engine)
    let id = try await world.make("点検", due: "2026-11-30")
    var draft = try #require(try await world.duties.made(id, World.facility)).draft
    draft.title = "点検A"
    try await world.duties.change(id, draft, version: 1, in: world.scope())
    draft.title = "点検B"
    await #expect(throws: DutyConflict.self) {
      try await world.duties.change(id, draft, version: 1, in: world.scope())
    }
    #expect(try await world.titles("a-admin") == ["点検A"])
  }

  @Test func whatIsNoDutyIsRefused() {
    let day = World.day("2026-12-01")
    for draft in [
      DutyDraft(title: "", owner: .staff, due: day),
      DutyDraft(title: "x", link: "https://evil.example", owner: .staff, due: day),
      DutyDraft(title: "x", link: "//evil.example", owner: .staff, due: day),
      // Browsers read both as two slashes.
      DutyDraft(title: "x", link: "/\\evil.example", owner: .staff, due: day),
      DutyDraft(title: "x", link: "/\t/evil.example", owner: .staff, due: day),
      DutyDraft(title: "x", owner: .vendor, due: day),
      DutyDraft(title: String(repeating: "x", count: 201), owner: .staff, due: day),
    ] {
      #expect(throws: DutyProblems.self) { try draft.check() }
    }
  }

  // MARK: Five thousand

  /// The board of 5,000 open duties says the same as the whole list in a fraction of its time, measured beside it.
  @Test(arguments: Engine.available)
  func fiveThousandOpenDuties(engine: Engine) async throws {
    let world = try await World(engine)
    let columns = [
      "facility", "id", "title", "reason", "link", "owner", "person", "department", "deputy", "due", "recurrence",
      "rank", "created_at", "created_by", "version",
    ]
    let start = World.day("2026-11-24")
    let rows = (0..<5000).map { index -> [SQLValue] in
      let owner = Role.allCases[index % 5].rawValue
      let person = index % 50 == 0 ? "a-staff" : ""
      return [
        .text(World.facility.rawValue), .text("id-\(index + 10_000)"), .text("やること\(index)"), .text(""), .text(""),
        .text(owner), .text(person), .text(""), .text(""), start.adding(days: index % 400 - 100).sqlValue, .text(""),
        .integer(Int64(index % 7)), .integer(0), .text("a-admin"), .integer(1),
      ]
    }
    try await world.database.write(.facility(World.facility.rawValue)) { tx in
      _ = try tx.insert(into: "duty_made", columns: columns, rows: rows)
      if engine == .postgres { try tx.run("ANALYZE duty_made") }
    }
    for account in ["a-admin", "a-staff"] {
      let reader = world.reader(account)
      let begunAll = ContinuousClock.now
      let list = try await world.duties.list(reader, World.facility)
      let whole = ContinuousClock.now - begunAll
      var times: [Duration] = []
      for _ in 0..<7 {
        let begun = ContinuousClock.now
        let board = try await world.duties.board(reader, World.facility, limit: 6)
        times.append(ContinuousClock.now - begun)
        #expect(board.total == list.count)
        #expect(board.top == Array(list.prefix(6)))
        #expect(board.overdue == list.filter { $0.state == .overdue }.count)
      }
      let middle = times.sorted()[3]
      print("board of 5,000 on \(engine) as \(account): \(middle), the whole list \(whole)")
    }
  }

  /// What the first page asks does not grow with what there is to do, and is asked again only after a change.
  @Test func theBoardIsReadOnceAChangeHoweverMuchThereIsToDo() async throws {
    let recording = Mutex<RecordingDatabase?>(nil)
    let world = try await World(.sqlite) { database in
      let wrapped = RecordingDatabase(database)
      recording.withLock { $0 = wrapped }
      return wrapped
    }
    let heard = try #require(recording.withLock { $0 })
    for count in [0, 3, 40] {
      for number in 0..<count { try await world.make("やること\(count)の\(number)", due: "2026-12-01") }
      heard.clear()
      let board = try await world.duties.board(world.reader("a-admin"), World.facility, limit: 6)
      #expect(board.top.count == min(count, 6) && heard.statements.count == 6, "\(heard.statements.count)")
      heard.clear()
      let again = try await world.duties.board(world.reader("a-admin"), World.facility, limit: 6)
      #expect(again.top == board.top && again.total == board.total)
      // Where the journal stands, and no more.
      #expect(heard.statements.count == 2, "\(heard.statements.count)")
    }
  }

  /// Whatever is done with a duty, and the night, is seen by the next look, each reader's own.
  @Test(arguments: Engine.available) func theBoardKeepsNothingThatChanged(engine: Engine) async throws {
    let world = try await World(engine)
    func look(_ account: String = "a-admin") async throws -> [Int] {
      let board = try await world.duties.board(world.reader(account), World.facility, limit: 6, computed: [])
      return [board.total, board.overdue, board.top.count]
    }
    #expect(try await look() == [0, 0, 0])
    let id = try await world.make("確かめる", due: "2026-11-24")
    #expect(try await look() == [1, 0, 1])
    #expect(try await look("a-staff") == [0, 0, 0])
    world.clock.advance(seconds: 86_400)
    #expect(try await look() == [1, 1, 1])
    let duty = try #require(
      try await world.duties.find(MadeDuty.prefix + id, world.reader("a-admin"), World.facility)
    )
    try await world.duties.snooze(duty, until: World.day("2026-12-01"), reason: "待つ", in: world.scope())
    #expect(try await look() == [0, 0, 0])
    try await world.duties.wake(duty, in: world.scope())
    #expect(try await look() == [1, 1, 1])
    try await world.duties.settle(duty, evidence: "した", in: world.scope())
    #expect(try await look() == [0, 0, 0])
  }

  @Test func theBoardUsesItsIndexes() async throws {
    let world = try await World(.sqlite)
    let reader = DutyReader(account: "a", grants: [], seesAll: true)
    let condition = DutySQL.visible(reader, World.facility, World.day("2026-11-24"))
    for statement in DutySQL.top(condition, World.day("2026-11-24"), 6) {
      let plan = try await world.rows("EXPLAIN QUERY PLAN " + statement).map { try $0.text("detail") }
      #expect(plan.allSatisfy { $0.contains("USING INDEX duty_made_") && !$0.contains("TEMP B-TREE") }, "\(plan)")
    }
    let unread = try await world.rows("EXPLAIN QUERY PLAN " + Duties.unreadStatement("a", World.facility))
      .map { try $0.text("detail") }
    #expect(unread.contains { $0.contains("inbox_message_unread") }, "\(unread)")
  }
}
