import Journal
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time
import Web

@testable import Organization

/// Requests to take data out: asked, decided by somebody else, and back.
@Suite struct MediaTests {
  private static let typed = [
    "medium": "usb", "label": "USB-007", "contents": "学会の発表資料", "personal": "yes", "headCount": "１，２００",
    "purpose": "発表", "destination": "横浜", "from": "2026/11/21", "until": "令和8年11月25日", "protection": "encrypted",
  ]

  private func scope<P: Permit>(
    _ world: World,
    _ account: String,
    _ permit: P.Type = P.self,
    _ grants: Grant...
  ) throws -> Scope<P> {
    try Scope(of: grants, facility: world.facility, actor: Actor(id: account, name: account), request: "test")
  }

  @Test func aRequestSaysEverythingOrIsRefusedWhole() throws {
    let today = try #require(LocalDate(iso: "2026-11-21"))
    let draft = try MediaDraft(Self.typed, today: today)
    #expect(draft.headCount == 1_200 && draft.until.iso == "2026-11-25" && draft.isPersonal)
    #expect(try MediaDraft(Self.typed.merging(["headCount": ""]) { $1 }, today: today).headCount == nil)
    func wrong(_ change: [String: String]) -> [String] {
      do throws(MediaDraft.Refusal) {
        _ = try MediaDraft(Self.typed.merging(change) { $1 }, today: today)
        return []
      } catch {
        return error.fields.map(\.field)
      }
    }
    #expect(wrong([:]).isEmpty)
    #expect(wrong(["medium": "cloud"]) == ["medium"] && wrong(["protection": ""]) == ["protection"])
    #expect(wrong(["personal": "?"]) == ["personal"] && wrong(["headCount": "たくさん"]) == ["headCount"])
    #expect(wrong(["contents": " ", "purpose": "", "destination": "　"]) == ["contents", "purpose", "destination"])
    #expect(wrong(["from": "あした", "until": "2026-13-01"]) == ["from", "until"])
    #expect(wrong(["from": "2026-11-24", "until": "2026-11-23"]) == ["until"])
    #expect(wrong(["from": "2026-11-01", "until": "2026-11-20"]) == ["until"])
    #expect(wrong(["until": "2028-01-01"]) == ["until"])
    #expect(wrong(["label": String(repeating: "あ", count: 201)]) == ["label"])
  }

  @Test(arguments: Engine.available) func somebodyElseDecidesAndItComesBack(_ engine: Engine) async throws {
    let world = try await World(engine)
    let media = world.organization.media
    let department = try await world.records.create(.department, ["name": "放射線科"], in: world.scope()).id
    let other = try await world.records.create(.department, ["name": "検査部"], in: world.scope()).id
    let staff: Scope<SignedIn> = try scope(world, "a-staff", SignedIn.self, Grant(role: .staff))
    let head: Scope<EditLedger> = try scope(
      world,
      "a-head",
      EditLedger.self,
      Grant(role: .departmentHead, department: department)
    )
    let stranger: Scope<EditLedger> = try scope(
      world,
      "a-other",
      EditLedger.self,
      Grant(role: .departmentHead, department: other)
    )
    let draft = try MediaDraft(Self.typed, today: world.today)
    let asked = try await media.ask(draft, department: department, in: staff)
    #expect(asked.state == .waiting && asked.draft == draft && asked.name == "a-staff")
    #expect(try await media.own(in: staff).map(\.id) == [asked.id])
    #expect(try await media.list(in: head.reading).map(\.id) == [asked.id])
    #expect(try await media.list(in: stranger.reading).isEmpty)
    await #expect(throws: WebError.self) {
      try await media.decide(asked.id, isApproved: true, note: "", in: stranger)
    }
    // Nobody decides about their own, whatever they may do otherwise.
    let own: Scope<EditLedger> = try scope(world, "a-staff", EditLedger.self, Grant(role: .administrator))
    await #expect(throws: MediaStore.Refusal.ownRequest) {
      try await media.decide(asked.id, isApproved: true, note: "", in: own)
    }
    await #expect(throws: MediaStore.Refusal.settled) { try await media.giveBack(asked.id, note: "", in: head) }
    let approved = try await media.decide(asked.id, isApproved: true, note: "気をつけて", in: head)
    #expect(approved.state == .approved && approved.decidedBy == "a-head" && approved.note == "気をつけて")
    await #expect(throws: MediaStore.Refusal.settled) {
      try await media.decide(asked.id, isApproved: false, note: "やっぱり", in: head)
    }
    await #expect(throws: MediaStore.Refusal.settled) { try await media.withdraw(asked.id, in: staff) }
    let back = try await media.giveBack(asked.id, note: "", in: head)
    #expect(back.state == .returned && back.endedBy == "a-head" && back.note == "気をつけて")
    let kinds = try await JournalReader(database: world.database).history(
      of: "media_request",
      id: asked.id,
      facility: world.facility.rawValue,
      limit: 10
    ).map(\.kind)
    #expect(Set(kinds) == ["media.requested", "media.approved", "media.returned"])

    let second = try await media.ask(draft, department: nil, in: staff)
    let foreign: Scope<SignedIn> = try scope(world, "a-else", SignedIn.self, Grant(role: .staff))
    await #expect(throws: WebError.self) { try await media.withdraw(second.id, in: foreign) }
    #expect(try await media.withdraw(second.id, in: staff).state == .withdrawn)
  }

  @Test(arguments: Engine.available) func whatWaitsAndWhatIsLateIsSomebodysToDo(_ engine: Engine) async throws {
    let world = try await World(engine)
    let (organization, media) = (world.organization, world.organization.media)
    let department = try await world.records.create(.department, ["name": "放射線科"], in: world.scope()).id
    let staff: Scope<SignedIn> = try scope(world, "a-staff", SignedIn.self, Grant(role: .staff))
    let draft = try MediaDraft(Self.typed, today: world.today)
    func duties() async throws -> [Duty] {
      let needs = OrganizationNeeds(
        facilities: { [] },
        standing: { _ in ([], []) },
        accounts: { _ in [] },
        workingDay: { $0 }
      )
      return try await organization.duties(world.facility, needs).filter { $0.id.hasPrefix("organization.media.") }
    }
    #expect(try await duties().isEmpty)
    let first = try await media.ask(draft, department: department, in: staff)
    _ = try await media.ask(draft, department: nil, in: staff)
    let waiting = try await duties()
    #expect(Set(waiting.map(\.owner)) == [.departmentHead, .safetyManager])
    #expect(waiting.first { $0.owner == .departmentHead }?.department == department)
    #expect(waiting.allSatisfy { $0.due.iso == "2026-11-23" })
    _ = try await media.decide(first.id, isApproved: true, note: "", in: world.scope())
    func late() async throws -> Fact? {
      try await organization.measured(world.facility).map(\.fact).first { $0.key == "organization.media.late" }
    }
    let inTime = try await late()
    #expect(inTime?.value == 0 && inTime?.population == 1)
    world.clock.advance(days: 5)
    let past = try await late()
    #expect(past?.value == 1 && past?.isWorry == true && past?.records == [first.id])
    #expect(try await duties().contains { $0.id == "organization.media.late" && $0.owner == .safetyManager })
    func back() async throws -> Fact? {
      try await organization.measured(world.facility).map(\.fact).first { $0.key == "organization.media.returned" }
    }
    let owed = try await back()
    #expect(owed?.value == 0 && owed?.population == 1)
    _ = try await media.giveBack(first.id, note: "", in: world.scope())
    #expect(try await late() == nil)
    let returned = try await back()
    #expect(returned?.value == 1 && returned?.population == 1)
    // A year later it proves nothing any more.
    world.clock.advance(days: 366)
    #expect(try await back() == nil)
  }

  @Test(arguments: Engine.available) func nobodyFillsTheListAlone(_ engine: Engine) async throws {
    let world = try await World(engine)
    let media = world.organization.media
    let staff: Scope<SignedIn> = try scope(world, "a-staff", SignedIn.self, Grant(role: .staff))
    let draft = try MediaDraft(Self.typed, today: world.today)
    for _ in 0..<MediaStore.mostWaiting { _ = try await media.ask(draft, department: nil, in: staff) }
    await #expect(throws: MediaStore.Refusal.tooMany) { try await media.ask(draft, department: nil, in: staff) }
    let other: Scope<SignedIn> = try scope(world, "a-else", SignedIn.self, Grant(role: .staff))
    #expect(try await media.ask(draft, department: nil, in: other).state == .waiting)
  }
}
