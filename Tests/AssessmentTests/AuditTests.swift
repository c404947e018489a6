import Journal
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// Audits from plan to end, on both engines.
@Suite struct AuditTests {
  private static let facility = SuggestionTests.facility
  private static let outside = (name: "山田 太郎", organisation: "みなと監査法人")

  /// An audit of the form R8 by `a-2` and somebody from outside. `a-1` answers the items.
  private struct World: Sendable {
    let base: RoundTests.World
    let id: String
    var store: AuditStore { base.assessment.audits }

    /// `own` is the text of an own checklist that it looks at instead of the form.
    init(_ engine: Engine, own: String? = nil) async throws {
      base = try await RoundTests.World(engine)
      if let own { _ = try await base.assessment.load(Array(own.utf8), name: "own.yaml", in: base.scope) }
      var plan = AuditStore.Plan()
      plan.name = "令和8年度 内部監査"
      plan.purpose = "点検の答えを確かめる"
      plan.startsOn = LocalDate(iso: "2026-12-01")
      plan.endsOn = LocalDate(iso: "2026-12-20")
      plan.scope = try await base.assessment.auditScope(
        own == nil ? "mhlw-hospital-r8" : "own-radiology",
        round: nil,
        AuditTests.facility
      )
      id = try await base.assessment.audits.plan(plan, in: base.scope).id
      try await add("a-2", "鈴木 次郎")
      try await add(nil, AuditTests.outside.name)
    }

    func scope(_ account: String, _ name: String = "鈴木 次郎") -> Scope<AnswerChecks> {
      .operatorOf(AuditTests.facility, as: Actor(id: account, name: name), request: "test")
    }

    func audit() async throws -> Audit { try await store.find(id, AuditTests.facility) }

    func obstacles() async throws -> [Localized] {
      let audit = try await audit()
      return audit.obstacles(in: try await base.assessment.auditChecklist(audit, AuditTests.facility))
    }

    func close(_ conclusion: String) async throws {
      _ = try await base.assessment.closeAudit(id, conclusion: conclusion, in: base.scope)
    }

    func add(_ account: String?, _ name: String) async throws {
      _ = try await store.addAuditor(
        id,
        account: account,
        name: name,
        organisation: account == nil ? AuditTests.outside.organisation : "",
        in: base.scope
      )
    }

    func pick(_ keys: String...) async throws {
      let audit = try await audit()
      _ = try await store.pick(
        id,
        base.assessment.auditChoice(keys, of: audit, in: base.scope),
        from: base.assessment.auditItems(audit, AuditTests.facility),
        in: base.scope
      )
    }

    func auditor(_ account: String?) async throws -> String {
      try #require(try await audit().auditors.first { $0.account == account }).id
    }

    @discardableResult
    func record(
      _ item: String,
      _ result: SampledItem.Result,
      by account: String? = "a-2",
      as actor: String = "a-2",
      note: String = "手順が古い",
      withdrawal: String = ""
    ) async throws -> String? {
      var outcome = AuditStore.Outcome()
      outcome.auditor = try await auditor(account)
      outcome.result = result
      outcome.seen = "運用管理規程 第3版"
      outcome.note = result == .conforms ? "" : note
      outcome.withdrawal = withdrawal
      let sample = try #require(try await audit().sample.first { $0.item == item })
      return try await store.record(outcome, sample.id, of: id, in: scope(actor))
    }

    func plan(owner: String) async throws {
      var action = AuditStore.Action()
      action.cause = "担当が替わった"
      action.action = "手順書を改める"
      action.owner = (owner, "高橋 花子")
      action.dueOn = LocalDate(iso: "2026-12-10")
      _ = try await store.plan(action, try await finding().id, of: id, in: base.scope)
    }

    func finding() async throws -> AuditFinding { try #require(try await audit().findings.first) }
  }

  private func fields(_ body: () async throws -> Void) async throws -> [String] {
    do {
      try await body()
    } catch KeptError.wrong(let troubles) {
      return troubles.map(\.field)
    }
    return []
  }

  // MARK: Pure rules

  @Test func nobodyAuditsTheirOwnWork() {
    let own = Auditor(id: "1", account: "a-1", name: "佐藤 美咲")
    let namesake = Auditor(id: "2", account: "a-7", name: "佐藤 美咲")
    let outsider = Auditor(id: "3", account: nil, name: "佐藤　美咲", organisation: "監査法人")
    let answered = AuditIndependence.Involved(.answered, account: "a-1", name: "佐藤 美咲")
    let owns = AuditIndependence.Involved(.owns, account: "a-1", name: "佐藤 美咲")
    let old = AuditIndependence.Involved(.confirmed, account: nil, name: "佐藤 美咲")
    #expect(AuditIndependence.conflicts(own, with: [answered, owns, answered]) == [.answered, .owns])
    #expect(AuditIndependence.conflicts(namesake, with: [answered]).isEmpty, "another account is another person")
    #expect(AuditIndependence.conflicts(namesake, with: [old]) == [.confirmed], "without an account the name counts")
    #expect(AuditIndependence.conflicts(outsider, with: [answered]) == [.answered], "nobody becomes an outsider so")
    #expect(AuditIndependence.conflicts(outsider, with: []).isEmpty)
  }

  /// The expected order is that of `sha256sum`: `printf 'seed\n1-1' | sha256sum` and so on.
  @Test func aSampleCanBeDrawnAgain() {
    let keys = ["1-1", "1-2", "1-3", "1-4"]
    #expect(AuditDraw.hash("1-1", seed: "2026") == "ce12b0312e620ec5bd23a8645867352baa0115de1507374cff43090b7c79b2ea")
    let drawn = AuditDraw.draw(keys, count: 2, seed: "2026")
    #expect(drawn == ["1-2", "1-3"])
    #expect(
      AuditDraw.draw(keys.reversed(), count: 2, seed: "2026") == drawn.reversed(),
      "the order of the list is kept"
    )
    #expect(AuditDraw.draw(keys, count: 9, seed: "x") == keys && AuditDraw.draw(keys, count: 0, seed: "x").isEmpty)
    let many = (1...40).map { "item-\($0)" }
    let draws = Set((1...20).map { AuditDraw.draw(many, count: 5, seed: "seed \($0)") })
    #expect(draws.count > 15, "other seeds draw otherwise")
  }

  // MARK: The sample

  /// A gate only opens the others: nothing is drawn of it, and where its no ended the form there is nothing at all.
  @Test(arguments: Engine.available)
  func aGateIsNeverDrawn(engine: Engine) async throws {
    let world = try await World(engine)
    let (assessment, checklist) = (world.base.assessment, world.base.checklist)
    let gate = try #require(checklist.gate)
    #expect(
      try await !assessment.auditItems(try await world.audit(), AuditTests.facility).contains { $0.key == gate.key }
    )
    let all = try await assessment.auditDrawable(try await world.audit(), AuditTests.facility)
    #expect(all.count == checklist.asked { _ in nil }.count - 1 && !all.contains(gate.key))
    _ = try await assessment.drawAudit(world.id, count: all.count, seed: "all", in: world.base.scope)
    #expect(Set(try await world.audit().sample.map(\.item)) == all)
    let ended = try await World(engine)
    try await ended.base.answer(gate.key, AnswerDraft(.no))
    #expect(try await ended.base.assessment.auditDrawable(try await ended.audit(), AuditTests.facility).isEmpty)
    #expect(
      try await fields {
        _ = try await ended.base.assessment.drawAudit(ended.id, count: 1, seed: "s", in: ended.base.scope)
      } == ["count"]
    )
  }

  @Test(arguments: Engine.available)
  func theSampleIsDrawnOnceAndSaysHow(engine: Engine) async throws {
    let world = try await World(engine)
    let items = try await world.base.assessment.auditItems(try await world.audit(), AuditTests.facility)
    #expect(items.count == world.base.checklist.items.count { !$0.isGate })
    _ = try await world.base.assessment.drawAudit(world.id, count: 3, seed: "s-1", in: world.base.scope)
    let audit = try await world.audit()
    #expect(audit.sample.map(\.item) == AuditDraw.draw(items.map(\.key), count: 3, seed: "s-1"))
    #expect(audit.row.text("seed") == "s-1" && audit.row.text("rule").contains("s-1"))
    let again = try await fields {
      _ = try await world.base.assessment.drawAudit(world.id, count: 3, seed: "s-2", in: world.base.scope)
    }
    #expect(again == ["seed"])
    // What was drawn stays; what was picked can be taken off.
    let drawn = try #require(audit.sample.first)
    #expect(try await fields { _ = try await world.store.drop(drawn.id, of: world.id, in: world.base.scope) } == [""])
    let left = try #require(items.first { item in !audit.sample.contains { $0.item == item.key } })
    try await world.pick(left.key)
    let picked = try #require(try await world.audit().sample.first { !$0.isDrawn })
    _ = try await world.store.drop(picked.id, of: world.id, in: world.base.scope)
    #expect(try await world.audit().sample.count == 3)
    #expect(try await fields { try await world.pick("9-⑨") } == ["record"])
  }

  @Test(arguments: Engine.available)
  func whoAnsweredConfirmedOrOwnsAnItemDoesNotAuditIt(engine: Engine) async throws {
    let world = try await World(engine)
    let delegation = world.base.assessment.delegation
    try await world.pick("3-①", "3-③", "4-①")
    // a-2 answers 3-①, confirms 3-③ and is asked for 4-①.
    let checklist = world.base.checklist
    try await world.base.assessment.answer(AnswerDraft(.yes), "3-①", of: checklist, in: world.scope("a-2"))
    try await world.base.answer("3-③", AnswerDraft(.no))
    let confirmed = try #require(checklist["3-③"])
    try await delegation.confirm(checklist, "2026", confirmed, version: 1, in: world.scope("a-2"))
    let assignment = Assignment(
      pack: checklist.id,
      period: "2026",
      item: "4-①",
      department: nil,
      person: "a-2",
      name: "鈴木 次郎",
      due: try #require(LocalDate(iso: "2026-12-05")),
      note: "",
      assignedBy: "佐藤 美咲"
    )
    try await delegation.assign([(assignment, try #require(checklist["4-①"]))], of: checklist, in: world.base.scope)
    for item in ["3-①", "3-③", "4-①"] {
      let refused = await #expect(throws: KeptError.self) { try await world.record(item, .conforms) }
      #expect(refused?.message.ja.contains("監査できません") == true, "\(item)")
      #expect(try await world.audit().sample.first { $0.item == item }?.result == nil)
      // Somebody from outside may, written down by whoever may answer.
      try await world.record(item, .conforms, by: nil, as: "a-1")
    }
    // Nobody records in another's name.
    try await world.pick("2-④")
    #expect(try await fields { try await world.record("2-④", .conforms, by: "a-2", as: "a-1") } == ["auditor"])
    try await world.record("2-④", .conforms)
  }

  /// Auditors work on the items of their audit, whatever else they may: in their own name, and not on their own work.
  @Test(arguments: Engine.available)
  func aNamedAuditorNeedsNoFurtherPermission(engine: Engine) async throws {
    let world = try await World(engine)
    let assessment = world.base.assessment
    try await world.pick("3-①", "3-③")
    func reading(_ account: String) throws -> Scope<ReadLedger> {
      let head = [Grant(role: .departmentHead, department: "d-1")]
      return try Scope(of: head, facility: Self.facility, actor: Actor(id: account, name: account), request: "test")
    }
    func record(_ item: String, by account: String?, as actor: String) async throws -> [String] {
      var outcome = AuditStore.Outcome()
      (outcome.auditor, outcome.result, outcome.seen) = (try await world.auditor(account), .conforms, "規程 第3版")
      let (sample, wanted) = (try #require(try await world.audit().sample.first { $0.item == item }), outcome)
      return try await fields {
        _ = try await assessment.recordAudit(wanted, sample.id, of: world.id, in: try reading(actor))
      }
    }
    func attach(_ item: String, as actor: String) async throws -> [String] {
      let sample = try #require(try await world.audit().sample.first { $0.item == item })
      let evidence = Assessment.Evidence(.minutes, file: (Array("%PDF-1.7 seen".utf8), "seen.pdf"))
      return try await fields {
        _ = try await assessment.attach(evidence, toSampled: sample.id, of: world.id, in: try reading(actor))
      }
    }
    #expect(try await record("3-①", by: "a-2", as: "a-9") == ["auditor"], "no auditor of this audit")
    #expect(try await record("3-①", by: nil, as: "a-2") == ["auditor"], "not in the name of another")
    #expect(try await attach("3-①", as: "a-9") == ["auditor"])
    #expect(try await record("3-①", by: "a-2", as: "a-2").isEmpty)
    #expect(try await attach("3-①", as: "a-2").isEmpty)
    #expect(try await world.audit().sample.first { $0.item == "3-①" }?.result == .conforms)
    try await assessment.answer(AnswerDraft(.yes), "3-③", of: world.base.checklist, in: world.scope("a-2"))
    #expect(try await record("3-③", by: "a-2", as: "a-2") == ["auditor"])
    #expect(try await attach("3-③", as: "a-2") == ["auditor"])
  }

  // MARK: Findings

  @Test(arguments: Engine.available)
  func aFindingIsClosedByAnAuditorWhoDoesNotOwnIt(engine: Engine) async throws {
    let world = try await World(engine)
    let store = world.store
    try await world.pick("2-④")
    #expect(try await world.obstacles().count == 1)
    try await world.record("2-④", .major)
    var finding = try await world.finding()
    #expect(finding.stage == .unplanned && finding.row.text("what") == "手順が古い")
    // What is not planned cannot be done, what is not done not verified.
    #expect(
      try await fields {
        _ = try await store.finish(finding.id, of: world.id, note: "直した", in: world.base.scope)
      } == ["note"]
    )
    try await world.plan(owner: "a-2")
    _ = try await store.finish(finding.id, of: world.id, note: "直した", in: world.base.scope)
    func verify(_ account: String?, as actor: String, _ isEffective: Bool = true) async throws {
      _ = try await store.verify(
        finding.id,
        of: world.id,
        auditor: try await world.auditor(account),
        isEffective: isEffective,
        note: "改訂版を見た",
        in: world.scope(actor)
      )
    }
    // a-2 owns the action, and cannot say that it helped.
    #expect(try await fields { try await verify("a-2", as: "a-2") } == ["auditor"])
    #expect(try await fields { try await world.close("良") } == [""])
    // It did not help: it is to be done again.
    try await verify(nil, as: "a-1", false)
    #expect(try await world.finding().stage == .planned)
    _ = try await store.finish(finding.id, of: world.id, note: "もう一度直した", in: world.base.scope)
    try await verify(nil, as: "a-1")
    finding = try await world.finding()
    #expect(finding.stage == .verified && finding.row.text("verified_by") == "山田 太郎（みなと監査法人）")
    #expect(try await fields { try await world.close("") } == ["conclusion"])
    try await world.close("おおむね良好")
    #expect(try await world.audit().state == .closed)
    // Over is over, until it is opened again with a reason.
    #expect(try await fields { try await world.record("2-④", .conforms) } == [""])
    #expect(
      try await fields { _ = try await store.set(.open, world.id, reason: "", in: world.base.scope) } == ["reason"]
    )
    _ = try await store.set(.open, world.id, reason: "誤記", in: world.base.scope)
    #expect(try await world.audit().state == .open)
  }

  /// The items of a facility's own checklist are named in the language of whoever reads, as those of the program are.
  @Test(arguments: Engine.available)
  func anAuditOfAnOwnChecklistSpeaksBothLanguages(engine: Engine) async throws {
    let world = try await World(engine, own: OwnChecklistTests.yaml())
    try await world.pick("1")
    try await world.record("1", .minor)
    let refused = await #expect(throws: KeptError.self) { try await world.close("良い") }
    let words = try #require(refused).message
    #expect(words.ja.contains("媒体の棚に鍵がかかっている") && !words.en.contains("媒体"), "\(words.en)")
    #expect(words.en.contains("1 finding is not settled: 1　Media are locked away."), "\(words.en)")
    let shelf = try await world.base.assessment.shelf(Self.facility)
    let duties = AuditDuties.duties([try await world.audit()], in: shelf)
    #expect(duties.map(\.title.en) == ["Plan corrective action: 1　Media are locked away"])
  }

  /// What an audit asks of people and what it proves, at each step of its life.
  @Test(arguments: Engine.available)
  func dutiesAndFactsFollowTheAudit(engine: Engine) async throws {
    let world = try await World(engine)
    let today = LocalDate(iso: "2026-12-05") ?? LocalDate(dayNumber: 0)
    func due() async throws -> [String] {
      AuditDuties.duties([try await world.audit()], in: ChecklistShelf(own: [])).map {
        "\($0.id.split(separator: ".")[2]) \($0.due.iso) \($0.person ?? "-")"
      }
    }
    func facts(_ day: LocalDate) async throws -> [String: Int] {
      let facts = AuditFacts.facts([try await world.audit()], Self.facility, Instant(day, hour: 9))
      return Dictionary(uniqueKeysWithValues: facts.map { ($0.key, $0.value) })
    }
    func suggested(_ day: LocalDate) async throws -> AnswerValue? {
      let facts = AuditFacts.facts([try await world.audit()], Self.facility, Instant(day, hour: 9))
      let topic = try #require(Checklists.topics["audit"])
      let known = Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      return Suggestion.make(topic, kind: .yesNo, facts: known, now: Instant(day, hour: 9)).answer
    }
    // Planned, nothing chosen: the auditors have the audit to do; nothing is proved.
    #expect(try await due() == ["\(world.id) 2026-12-20 a-2"])
    #expect(try await facts(today).isEmpty)
    #expect(try await suggested(today) == nil)
    try await world.pick("2-④")
    try await world.record("2-④", .major)
    let finding = try await world.finding()
    let made = finding.row.createdAt.day
    #expect(try await due() == ["plan \(made.adding(days: AuditDuties.days).iso) -"])
    #expect(try await facts(today) == [AuditFacts.open: 1, AuditFacts.overdue: 0])
    try await world.plan(owner: "a-3")
    #expect(try await due() == ["action 2026-12-10 a-3"])
    #expect(try await facts(today)[AuditFacts.overdue] == 0)
    #expect(try await facts(today.adding(days: 6))[AuditFacts.overdue] == 1, "its day was the 10th")
    _ = try await world.store.finish(finding.id, of: world.id, note: "直した", in: world.base.scope)
    let done = try #require(try await world.finding().row.day("done_on"))
    #expect(try await due() == ["verify \(done.adding(days: AuditDuties.days).iso) a-2"])
    _ = try await world.store.verify(
      finding.id,
      of: world.id,
      auditor: try await world.auditor("a-2"),
      isEffective: true,
      note: "改訂版を見た",
      in: world.scope("a-2")
    )
    #expect(try await due().isEmpty)
    try await world.close("おおむね良好")
    let closed = try #require(try await world.audit().row.day("closed_on"))
    #expect(try await facts(closed.adding(days: 3)) == [AuditFacts.open: 0, AuditFacts.overdue: 0, AuditFacts.last: 3])
    #expect(try await suggested(closed.adding(days: 366)) == .yes)
    #expect(try await suggested(closed.adding(days: 367)) == .no)
  }

  @Test(arguments: Engine.available)
  func aFindingIsAcceptedByAnotherThanItsOwner(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.pick("2-④")
    try await world.record("2-④", .minor)
    try await world.plan(owner: "a-3")
    let id = try await world.finding().id
    func accept(_ account: String) async throws {
      _ = try await world.store.accept(id, of: world.id, reason: "来年度に更新", in: world.scope(account))
    }
    #expect(try await fields { try await accept("a-3") } == ["accepted_reason"])
    try await accept("a-1")
    #expect(try await world.finding().stage == .accepted)
    #expect(try await world.obstacles().isEmpty)
  }

  /// A corrected result leaves its finding in the report, as withdrawn by whom, when and why.
  @Test(arguments: Engine.available)
  func aWithdrawnFindingStays(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.pick("2-④")
    try await world.record("2-④", .major)
    let id = try await world.finding().id
    let set = try #require(try await world.record("2-④", .conforms, withdrawal: "別の規程にあった"))
    let withdrawn = try await world.finding()
    #expect(withdrawn.id == id && withdrawn.stage == .withdrawn && !withdrawn.isOpen)
    #expect(withdrawn.row.text("withdrawn_by") == "鈴木 次郎" && withdrawn.row.day("withdrawn_on") != nil)
    #expect(withdrawn.row.text("withdrawn_reason") == "別の規程にあった" && withdrawn.row.text("what") == "手順が古い")
    let audit = try await world.audit()
    #expect(audit.findingCount.ja == "1件（うち取り下げ1件）")
    #expect(try await world.obstacles().isEmpty)
    #expect(AuditDuties.duties([audit], in: ChecklistShelf(own: [])).isEmpty)
    let facts = AuditFacts.facts([audit], Self.facility, Instant(world.base.assessment.today, hour: 9))
    #expect(facts.first { $0.key == AuditFacts.open }?.value == 0)
    // Taken back, the finding stands.
    _ = try await world.store.undo(set, in: world.base.scope)
    #expect(try await world.finding().stage == .unplanned)
    // Withdrawn again, it stays as it was: another nonconformity is another finding.
    try await world.record("2-④", .observation, withdrawal: "例外の手順があった")
    try await world.record("2-④", .minor, note: "一部の端末で使えない")
    let all = try await world.audit().findings
    let old = try #require(all.first { $0.id == id })
    #expect(all.count == 2 && old.stage == .withdrawn && old.grade == .major && old.row.text("what") == "手順が古い")
    #expect(old.row.text("withdrawn_reason") == "例外の手順があった" && old.row["withdrawn_by"] != nil)
    let new = try #require(all.first { $0.id != id })
    #expect(new.stage == .unplanned && new.grade == .minor && new.row.text("what") == "一部の端末で使えない")
    // Graded otherwise it is the same finding still.
    try await world.record("2-④", .major, note: "一部の端末で使えない")
    #expect(try await world.audit().findings.first { $0.id == new.id }?.grade == .major)
    #expect(try await world.audit().findings.count == 2)
  }

  @Test(arguments: Engine.available)
  func changesAreJournalledAndTakenBack(engine: Engine) async throws {
    let world = try await World(engine)
    try await world.pick("2-④")
    let set = try #require(try await world.record("2-④", .minor))
    _ = try await world.store.undo(set, in: world.base.scope)
    #expect(try await world.audit().findings.isEmpty)
    #expect(try await world.audit().sample.first?.result == nil)
    // Once something is planned, its finding does not lose the result that made it.
    let second = try #require(try await world.record("2-④", .minor))
    try await world.plan(owner: "a-3")
    await #expect(throws: KeptError.self) { try await world.store.undo(second, in: world.base.scope) }
    #expect(try await world.audit().sample.first?.result == .minor)
    #expect(try await fields { try await world.record("2-④", .conforms) } == ["result"])
    let entries = try await JournalReader(database: world.base.database).history(
      of: AuditTable.sample.name,
      id: try #require(try await world.audit().sample.first).id,
      facility: Self.facility.rawValue
    )
    #expect(entries.map(\.kind).contains("assessment_audit_sample.changed"))
    #expect(try await world.store.all(FacilityID(rawValue: "other")).isEmpty)
  }
}
