import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Intake

@Suite struct FactTests {
  /// A small hospital with one of everything that is wrong.
  static func hospital(_ engine: Engine) async throws -> World {
    let world = try await World(engine)
    let store = world.records
    let department = try await store.create(.department, ["name": "放射線科"], in: world.edit).id
    _ = try await store.create(.vendor, ["name": "連絡先なし"], in: world.edit)
    _ = try await store.create(.vendor, ["name": "連絡先あり", "phone": "045-123-4567"], in: world.edit)
    let gone = try await store.create(.person, ["name": "退職 太郎", "left_on": "2026-10-31"], in: world.edit).id
    _ = try await store.create(
      .person,
      ["name": "転出 花子", "left_on": "2026-12-01", "reading": "テンシュツ ハナコ"],
      in: world.edit
    )
    _ = try await store.create(.person, ["name": "在籍 次郎", "reading": "?"], in: world.edit)
    for values in [
      [
        "name": "古い端末", "category": "terminal", "os": "Windows 7 Professional", "antivirus": "none",
        "department": department,
      ],
      ["name": "新しい端末", "category": "terminal", "os": "Windows 11 Pro 23H2", "antivirus": "installed", "owner": gone],
      ["name": "謎のサーバ", "category": "server", "os": "?", "serial_number": "S1"],
      ["name": "謎のサーバ2", "category": "server", "serial_number": "S1", "state": "missing"],
      ["name": "廃棄", "category": "server", "serial_number": "S1", "state": "disposed"],
      ["name": "複合機", "category": "printer"],
    ] { _ = try await store.create(.asset, values, in: world.edit) }
    for values in [
      [
        "system_name": "透析", "has_connection": "yes", "source_restriction": "no", "authentication": "shared_id",
        "mode": "always",
        "boundary_device": "FortiGate", "firmware": "FortiOS 6.4.5", "last_confirmed_on": "2024-03-08",
      ],
      ["system_name": "CT", "has_connection": "?", "line_type": "lte"],
      ["system_name": "給食", "has_connection": "no"],
      [
        "system_name": "資格確認", "has_connection": "yes", "source_restriction": "yes", "authentication": "certificate",
        "boundary_device": "終端装置", "last_confirmed_on": "2026-10-20",
      ],
    ] { _ = try await store.create(.connection, values, in: world.edit) }
    return world
  }

  @Test(arguments: Engine.available) func factsCountWhatTheRecordsProve(_ engine: Engine) async throws {
    let world = try await Self.hospital(engine)
    let facts = try await world.ledger.facts.facts(in: world.read)
    let values = Dictionary(uniqueKeysWithValues: facts.map { ($0.key, $0) })
    let expected: [String: (Int, Int?)] = [
      "ledger.assets.total": (5, nil), "ledger.assets.endOfSupport": (1, 5), "ledger.assets.withoutVersion": (2, 4),
      "ledger.assets.withoutAntivirus": (3, 4), "ledger.assets.withoutSoftware": (4, 4),
      "ledger.assets.incomplete": (5, 5), "ledger.assets.duplicates": (2, 5),
      "ledger.assets.missing": (1, 5), "ledger.assets.unconfirmed": (0, 5), "ledger.assets.ownerLeft": (1, 5),
      "ledger.assets.age": (0, nil), "ledger.connections.total": (3, 4), "ledger.connections.unknown": (1, 3),
      "ledger.connections.unrestricted": (1, 3), "ledger.connections.weakAuthentication": (1, 3),
      "ledger.connections.alwaysOn": (1, 3), "ledger.connections.mobile": (1, 3),
      "ledger.connections.unconfirmed": (2, 3),
      "ledger.connections.unsupported": (1, 3), "ledger.vendors.total": (2, nil),
      "ledger.vendors.withoutContact": (1, 2),
      "ledger.contracts.expiring": (0, 0), "ledger.contracts.gaps": (0, 0), "ledger.contracts.unknownData": (0, 0),
      "ledger.enquiries.overdue": (0, 0), "ledger.enquiries.differing": (0, 0),
      "ledger.enquiries.forgotten": (0, 0), "ledger.vendors.unasked": (2, 2), "ledger.finds.open": (0, 0),
      "ledger.assets.disposedWithoutProof": (1, 1), "ledger.servers.withoutUpdateContract": (2, 2),
      "ledger.systems.withoutLine": (0, 0), "ledger.systems.singleSignOn": (0, 0),
      "ledger.systems.withoutDisclosure": (0, 0), "ledger.systems.disclosureOwed": (0, 0),
      "ledger.systems.withoutImportance": (0, 0),
      "ledger.systems.signOnUnknown": (0, 0), "ledger.systems.sharedAccounts": (0, 0),
      "ledger.assets.withoutLine": (0, 0),
      "ledger.people.total": (2, nil), "ledger.people.leaving": (1, 2), "ledger.people.withoutReading": (1, 2),
      "ledger.assets.loansEnding": (0, 0), "ledger.disposals.open": (0, 0), "ledger.evidence.incomplete": (3, 3),
      "ledger.surveys.unvisited": (0, 0), "ledger.finds.unchecked": (0, 0), "ledger.information.incomplete": (0, 0),
      "ledger.disposals.stillListed": (0, 0), "ledger.surveys.withoutPapers": (0, 0),
      "ledger.clouds.withoutExit": (0, 0), "ledger.entryRights.expired": (0, 0),
      "ledger.sessions.open": (0, nil), "ledger.sessions.left": (0, 0),
    ]
    for (key, (value, population)) in expected {
      #expect(values[key]?.value == value, "\(key)")
      #expect(values[key]?.population == population, "\(key)")
    }
    #expect(Set(values.keys) == Set(expected.keys))
    for fact in facts {
      #expect(fact.explanation.ja.hasSuffix("。") && fact.explanation.en.hasSuffix("."))
      #expect(fact.asOf == world.clock.now && fact.freshUntil > fact.asOf)
      #expect(fact.link.hasPrefix("/ledger"))
      #expect(fact.records.count == (fact.isWorry && fact.key != "ledger.assets.age" ? fact.value : 0), "\(fact.key)")
    }
  }

  /// Of the systems that need one, those whose disclosure statement is on record; what nobody recorded is no refusal.
  @Test(arguments: Engine.available) func disclosureStatementsAreCounted(_ engine: Engine) async throws {
    let world = try await World(engine)
    for (name, state) in [
      ("電子カルテ", "submitted"), ("PACS", "not_submitted"), ("給食", "not_needed"), ("検査", "?"), ("透析", nil),
    ] {
      var fields = ["name": name, "importance": "high"]
      fields["disclosure"] = state
      _ = try await world.records.create(.system, fields, in: world.edit)
    }
    _ = try await world.records.create(.system, ["name": "手術"], in: world.edit)
    let facts = try await world.ledger.facts.facts(in: world.read)
    let values = Dictionary(uniqueKeysWithValues: facts.map { ($0.key, $0) })
    #expect(values["ledger.systems.withoutDisclosure"]?.value == 4)
    #expect(values["ledger.systems.withoutDisclosure"]?.population == 5)
    #expect(values["ledger.systems.disclosureOwed"]?.value == 1)
    #expect(values["ledger.systems.disclosureOwed"]?.population == 2)
    #expect(values["ledger.systems.withoutImportance"]?.value == 1)
    #expect(values["ledger.systems.withoutImportance"]?.population == 6)
  }

  /// A vendor answers for a server by a contract in force that covers it or its system, and says so.
  @Test(arguments: Engine.available) func serversAreUpdatedByContract(_ engine: Engine) async throws {
    let world = try await World(engine)
    let system = try await world.records.create(.system, ["name": "電子カルテ"], in: world.edit).id
    let vendor = try await world.records.create(.vendor, ["name": "甲"], in: world.edit).id
    var servers: [String] = []
    for (name, system) in [("系の一部", system), ("名指し", nil), ("だれのでもない", nil), ("終わった契約", nil)] {
      var fields = ["name": name, "category": "server"]
      fields["system"] = system
      servers.append(try await world.records.create(.asset, fields, in: world.edit).id)
    }
    func cover(_ name: String, updates: String, ends: String? = nil, _ covered: [String: String]) async throws {
      var fields = ["name": name, "vendor": vendor, "security_updates": updates]
      fields["ends_on"] = ends
      let contract = try await world.records.create(.contract, fields, in: world.edit).id
      let cover = covered.merging(["name": name, "contract": contract]) { first, _ in first }
      _ = try await world.records.create(.contractCover, cover, in: world.edit)
    }
    try await cover("系", updates: "yes", ["system": system])
    try await cover("名", updates: "yes", ["asset": servers[1]])
    try await cover("更新なし", updates: "no", ["asset": servers[2]])
    try await cover("過去", updates: "yes", ends: "2020-03-31", ["asset": servers[3]])
    let facts = try await world.ledger.facts.facts(in: world.read)
    let fact = try #require(facts.first { $0.key == "ledger.servers.withoutUpdateContract" })
    #expect(fact.value == 2 && fact.population == 4 && Set(fact.records) == Set(servers[2...]))
  }

  @Test func whatIsFoundOnTheNetworkIsAFactOnceSomethingWasSeen() async throws {
    let world = try await Self.hospital(.sqlite)
    let server = try await world.records.create(
      .asset,
      ["name": "見える", "mac_address": "00:00:00:00:00:01"],
      in: world.edit
    )
    _ = try await world.records.create(.asset, ["name": "見えない", "host_name": "PC99"], in: world.edit)
    _ = try await world.sightings.take(
      [
        SightingTests.seen(mac: "00:00:00:00:00:01", at: world.clock.now),
        SightingTests.seen(mac: "00:00:00:00:00:02", at: world.clock.now),
      ],
      from: .arp,
      title: Localized(ja: "arp", en: "arp"),
      in: world.load
    )
    let facts = try await world.ledger.facts.facts(in: world.read)
    #expect(facts.first { $0.key == "ledger.sightings.unlisted" }?.value == 1)
    let unseen = try #require(facts.first { $0.key == "ledger.assets.unseen" })
    #expect(unseen.value == 1 && unseen.population == 2 && !unseen.records.contains(server.id))
  }

  @Test func aDepartmentsFactsAreItsOwn() async throws {
    let world = try await Self.hospital(.sqlite)
    let department = try await world.records.list(.department, ListQuery(), in: world.read).records[0].id
    let facts = try await world.ledger.facts.facts(in: try world.edit(in: department).reading)
    #expect(facts.first { $0.key == "ledger.assets.total" }?.value == 1)
    #expect(facts.first { $0.key == "ledger.connections.total" }?.value == 0)
  }

  @Test func factsNameAtMostTwoHundredRecords() async throws {
    let world = try await World()
    var plan = ImportPlan()
    plan.new = (0..<250).map { FaultTests.row(["name": "端末\($0)"], $0) }
    _ = try await world.records.apply(plan, of: .asset, title: Localized(both: "x"), in: world.load)
    let facts = try await world.ledger.facts.facts(in: world.read)
    #expect(facts.first { $0.key == "ledger.assets.incomplete" }?.value == 250)
    let incomplete = facts.first { $0.key == "ledger.assets.incomplete" }
    #expect(incomplete?.records.count == Fact.mostListed && incomplete?.recordCount == incomplete?.value)
  }

  @Test func dutiesFollowFromFactsAndBecomeOverdue() async throws {
    let world = try await Self.hospital(.sqlite)
    let duties = try await world.ledger.duties(in: world.read)
    let unknown = try #require(duties.first { $0.id == "ledger.connections.unknown" })
    // Seven days after it was entered, a Saturday, and therefore the Monday after.
    #expect(unknown.due.iso == "2026-11-30" && unknown.state == .open && unknown.owner == .administrator)
    #expect(unknown.title.ja == "分からない外部接続を確かめる（1件）")
    #expect(unknown.reason.ja.contains("3件のうち1件"))
    #expect(duties.map(\.due) == duties.map(\.due).sorted())
    #expect(!duties.contains { $0.id == "ledger.assets.age" })
    world.clock.advance(days: 120)
    let later = try await world.ledger.duties(in: world.read)
    #expect(later.first { $0.id == "ledger.connections.unknown" }?.state == .overdue)
    #expect(later.contains { $0.id == "ledger.assets.age" })
    for duty in later {
      #expect(!duty.title.ja.isEmpty && !duty.title.en.isEmpty && !duty.action.ja.isEmpty && duty.link.hasPrefix("/"))
    }
  }

  @Test func anEmptyLedgerHasNoDuties() async throws {
    let world = try await World()
    #expect(try await world.ledger.duties(in: world.read).isEmpty)
  }
}
