import HTML
import Journal
import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Organization

/// The chain, the pack on paper, and the duties that follow.
@Suite struct ResponseTests {
  /// The material numbers its lines: numbers that were typed go, where they are numbers of lines.
  @Test func anAgendaIsNotNumberedTwice() {
    #expect(MaterialSheet.unnumbered("1 前回の宿題\n２．予算\n③その他") == ["前回の宿題", "予算", "その他"])
    #expect(MaterialSheet.unnumbered("1. 宿題\r\n\r\n2) 3 名の増員") == ["宿題", "3 名の増員"])
    for plain in ["3 名の増員", "2026年度の予算", "宿題\n2 予算", "1\n2", "１０年計画"] {
      #expect(MaterialSheet.unnumbered(plain) == plain.split(separator: "\n").map(String.init))
    }
    #expect(MaterialSheet.unnumbered("\n").isEmpty)
  }

  @Test func openPostsAreBoxesToo() {
    let today = LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0)
    let at = Instant(today)
    let record = Record(
      id: "r",
      of: .responsibility,
      values: ["role": "chief", "person": "p", "until": "2026-11-20"],
      createdAt: at,
      updatedAt: at,
      updatedBy: ""
    )
    let over = ChartReading.posts([record], ["p": "院長"], today: today)
    #expect(over.first?.role == .chief && over.first?.isOpen == true)
    let last = ChartReading.posts([record], ["p": "院長"], today: today.adding(days: -1))
    #expect(last.first?.holder == "院長")
    #expect(over.map(\.role) == [.chief, .informationOfficer, .safetyManager, .planner, .site])
    let drawn = ChartDrawing(posts: last, language: .ja).html.string
    #expect(drawn.contains("院長") && drawn.contains("代行者がいません") && drawn.contains("未定"))
  }

  @Test func nobodyApprovesTheirOwnStep() {
    let at = Instant(milliseconds: 0)
    func step(_ values: [String: String]) -> Record {
      Record(id: "s", of: .cutStep, values: values, createdAt: at, updatedAt: at, updatedBy: "")
    }
    let base = ["stage": "1_backup", "name": "LAN", "entered_by": "a", "approved_on": "2026-11-01"]
    #expect(!CutApproval.holds(step(base), nil))
    #expect(!CutApproval.holds(step(base.merging(["approved_by": "a"]) { $1 }), nil))
    #expect(!CutApproval.holds(step(base.merging(["approved_by": "?"]) { $1 }), nil))
    #expect(CutApproval.holds(step(base.merging(["approved_by": "b"]) { $1 }), nil))
  }

  /// Whatever is changed after the approval wants a new one, however it was changed; taken back, the old one stands.
  @Test(arguments: Engine.available) func anApprovalIsForTheWordsThatWereApproved(_ engine: Engine) async throws {
    let world = try await World(engine)
    let (writer, boss) = (try await world.person("書く 人"), try await world.person("認める 人"))
    let id = try await world.records.create(
      .cutStep,
      ["stage": "1_backup", "name": "バックアップのLAN", "how": "抜く", "entered_by": writer],
      in: world.scope()
    ).id
    func change(_ values: [String: String]) async throws -> Record {
      world.clock.advance(seconds: 60)
      let step = try await world.records.find(.cutStep, id: id, in: world.scope()).record
      return try await world.records.change(
        .cutStep,
        id: id,
        expectedVersion: step.version,
        values,
        in: world.scope()
      )
    }
    func open() async throws -> Int? {
      try await world.organization.measured(world.facility).map(\.fact)
        .first { $0.key == "organization.cuts.unapproved" }?.value
    }
    #expect(try await open() == 1)
    _ = try await change(["approved_by": boss, "approved_on": "2026-11-20"])
    #expect(try await open() == 0)
    _ = try await change(["remarks": "鍵は守衛室"])
    #expect(try await open() == 0)
    let after = try await change(["how": "電源を切る"])
    #expect(try await open() == 1)
    world.clock.advance(seconds: 60)
    _ = try await world.records.undo(try #require(after.lastSet), in: world.scope())
    #expect(try await open() == 0)
    _ = try await change(["how": "2本とも抜く"])
    #expect(try await open() == 1)
    // Changed and approved in one go.
    _ = try await change(["how": "3本とも抜く", "approved_on": "2026-11-21"])
    #expect(try await open() == 0)
  }

  @Test func whoeverWroteAStepCannotApproveIt() {
    let at = Instant(milliseconds: 0)
    func order(_ entered: String, author: String, approver: String?) -> (CutOrder, Record) {
      let step = Record(
        id: "s",
        of: .cutStep,
        values: ["stage": "1_backup", "name": "LAN", "entered_by": entered],
        createdAt: at,
        updatedAt: at,
        updatedBy: ""
      )
      let entry = JournalEntry(
        id: "e",
        facility: "f",
        at: at,
        actorID: author,
        actorName: author,
        request: "",
        kind: "cut_step.changed",
        subjectType: "cut_step",
        subjectID: "s",
        subjectTitle: "LAN",
        changes: [FieldChange(field: "how", from: nil, to: "抜く")]
      )
      let approvals = ["s": CutApproval(step, [entry])]
      return (
        CutOrder(
          steps: [step],
          titles: [:],
          approvals: approvals,
          approver: approver,
          account: "account-b",
          userName: "b"
        ), step
      )
    }
    for (entered, author, approver, isFree) in [
      ("a", "account-a", "b", true), ("b", "account-a", "b", false), ("a", "account-b", "b", false),
      ("a", "account-a", nil, false), ("", "account-a", "b", false),
    ] {
      let (order, step) = order(entered, author: author, approver: approver)
      #expect((order.obstacle(to: step) == nil) == isFree, "\(entered) \(author) \(approver ?? "-")")
    }
  }

  /// By the account, not by the name that everybody may change: the writer is turned away, somebody else on the roster is
  /// not, a stranger to the roster is.
  @Test(arguments: Engine.available) func theOrderIsApprovedByWhoeverSignedIn(_ engine: Engine) async throws {
    let world = try await World(engine)
    let writer = try await world.person("佐藤　美咲", ["user_name": "sato"])
    let boss = try await world.person("病院 長", ["user_name": "boss"])
    // A namesake stands in nobody's way.
    _ = try await world.person("病院 長", ["staff_number": "200001"])
    let id = try await world.records.create(
      .cutStep,
      ["stage": "2_outside", "name": "ONU", "how": "抜く", "entered_by": writer],
      in: world.scope()
    ).id
    let trainings = TrainingStore(records: world.records)
    let orders = CutOrderStore(records: world.records) { facility, account in
      guard case .person(let person) = try await trainings.own(account, in: facility) else { return (account, nil) }
      return (account, person.id)
    }
    func approve(_ account: String, _ name: String) async throws -> Int? {
      let scope = Scope<EditLedger>
        .operatorOf(world.facility, as: Actor(id: account, name: name), request: "request-3")
      return try await orders.approve([id], on: world.today, in: scope)?.changed
    }
    #expect(try await approve("sato", "佐藤 美咲") == nil)
    #expect(try await approve("sato", "病院 長") == nil, "the same account under another name")
    #expect(try await approve("guest", "病院 長") == nil, "an account that took the name of somebody of the roster")
    #expect(try await approve("boss", "病院長") == 1)
    let step = try await world.records.find(.cutStep, id: id, in: world.scope()).record
    #expect(step.known("approved_by") == boss && step.known("approved_on") == world.today.iso)
    #expect(try await approve("boss", "病院 長") == nil, "it is approved")
  }

  /// A term that ran out is late from its own day, not from the day somebody entered it.
  @Test(arguments: Engine.available) func dutiesRunFromTheDayAThingBecameOpen(_ engine: Engine) async throws {
    let world = try await World(engine)
    let boss = try await world.person("病院 長")
    for (kind, values) in [
      (Kind.contact, ["name": "警察", "verified_on": "2026-11-20"]),
      (.regulation, ["name": "規程", "review_due_on": "2027-07-01"]),
      (.responsibility, ["role": "chief", "person": boss]),
    ] { _ = try await world.records.create(kind, values, in: world.scope()) }
    let needs = OrganizationNeeds(
      facilities: { [] },
      standing: { _ in ([], []) },
      accounts: { _ in [] },
      workingDay: { $0 }
    )
    func due(_ key: String) async throws -> String? {
      try await world.organization.duties(world.facility, needs).first { $0.id == key }?.due.iso
    }
    #expect(try await due("organization.posts.open") == "2026-12-21")
    world.clock.advance(seconds: 200 * 86_400)
    // 183 days after the call, and a month to make it again.
    #expect(try await due("organization.contacts.unverified") == "2027-06-21")
    #expect(try await due("organization.regulations.reviewDue") == "2027-07-01")
    #expect(try await due("organization.posts.open") == "2026-12-21")
  }

  @Test(arguments: Engine.available) func thePaperSaysWhenItWasPrinted(_ engine: Engine) async throws {
    let world = try await World(engine)
    let boss = try await world.person("病院 長")
    _ = try await world.records.create(.responsibility, ["role": "chief", "person": boss], in: world.scope())
    let organization = world.organization
    func fact() async throws -> Fact? {
      try await organization.measured(world.facility).map(\.fact).first { $0.key == "organization.response.printed" }
    }
    #expect(try await fact()?.isWorry == true)
    try await organization.papers.note(.response, openPoints: 4, in: world.scope())
    #expect(try await fact()?.value == 0)
    #expect(try await fact()?.isWorry == false)
    world.clock.advance(seconds: 40 * 86_400)
    #expect(try await fact()?.isWorry == true)
  }

  @Test(arguments: Engine.available) func whoLeavesHandsOverBeforeTheLastDay(_ engine: Engine) async throws {
    let world = try await World(engine)
    let leaver = try await world.person("去る 人", ["left_on": "2026-12-15", "user_name": "saru2"])
    let far = try await world.person("先の 人", ["left_on": "2027-06-30"])
    let idle = try await world.person("何もない 人", ["left_on": "2026-12-15"])
    for owner in [leaver, far] {
      _ = try await world.records.create(.system, ["name": "電子カルテ\(owner)", "owner": owner], in: world.scope())
    }
    let needs = OrganizationNeeds(
      facilities: { [] },
      standing: { _ in ([], []) },
      accounts: { _ in
        [
          OrganizationAccount(id: "1", name: "去る 人", userName: "saru", link: "/settings/users/1", isStaff: true),
          // It took another name, and is found by the user name.
          OrganizationAccount(id: "2", name: "別 名", userName: "Saru2", link: "/settings/users/2", isStaff: true),
          OrganizationAccount(id: "3", name: "残る 人", userName: "nokoru", link: "/settings/users/3", isStaff: true),
        ]
      },
      workingDay: { $0 }
    )
    let duties = try await world.organization.duties(world.facility, needs)
    let own = duties.filter { $0.id.hasPrefix("organization.leaver") }
    #expect(own.map(\.id) == ["organization.leaver.\(leaver)"])
    #expect(own.first?.due.iso == "2026-12-15" && own.first?.reason.ja.contains("受け持ち1件、アカウント2件") == true)
    #expect(!duties.contains { $0.id.contains(idle) })
  }

  @Test(arguments: Engine.available) func numbersAreVerifiedEveryHalfYear(_ engine: Engine) async throws {
    let world = try await World(engine)
    for (name, day, until) in [
      ("県", "2026-11-01", ""), ("警察", "2026-04-01", "2027-03-31"), ("消防", "", ""), ("保守会社", "2026-11-01", "2026-11-20"),
      ("保健所", "2026-11-01", "2026-11-21"),
    ] {
      let values = ["name": name, "verified_on": day, "valid_until": until]
      let contact = try await world.records.create(.contact, values, in: world.scope())
      #expect(ContactRoutes.isVerified(contact, on: world.today) == ["県", "保健所"].contains(name), "\(name)")
    }
    let fact = try await world.organization.measured(world.facility).map(\.fact)
      .first { $0.key == "organization.contacts.unverified" }
    #expect(fact?.value == 3 && fact?.population == 5)
  }

  @Test func theShippedContactsAreUnverified() {
    #expect(ContactPack.all.count >= 8)
    #expect(ContactPack.all.allSatisfy { $0.values(position: 1)["verified_on"] == nil })
    #expect(ResponseGuide.standard.steps.count >= 8 && ResponseGuide.standard.decisions.count >= 6)
    #expect(FiveRules.all.count == 5)
  }

  @Test(arguments: Engine.available) func aVersionIsConfirmedOnce(_ engine: Engine) async throws {
    let world = try await World(engine)
    let rule = try await world.records.create(.regulation, ["name": "規程", "version": "2"], in: world.scope())
    let readings = world.organization.readings
    for _ in 0..<2 { try await readings.confirm(rule.id, version: "2", title: "規程", in: world.scope()) }
    #expect(try await readings.readers(of: rule.id, version: "2", in: world.scope()).count == 1)
    #expect(try await readings.confirmed(in: world.scope())[rule.id] == ["2"])
    #expect(try await readings.readers(of: rule.id, version: "3", in: world.scope()).isEmpty)
  }
}
