import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

/// Two records of one thing become one, and two again.
@Suite struct MergeTests {
  private func world(_ engine: Engine) async throws -> (world: World, ids: [String]) {
    let world = try await World(engine)
    let department = try await world.records.create(.department, ["name": "放射線科"], in: world.edit).id
    var ids: [String] = []
    for values in [
      ["name": "CT端末", "serial_number": "S-1", "os": "Windows 10", "department": department],
      [
        "name": "ＣＴ端末（予備）", "serial_number": "S-1", "host_name": "CT01", "mac_address": "00:00:00:00:00:01",
        "os": "Windows 11",
      ],
    ] { ids.append(try await world.records.create(.asset, values, in: world.edit).id) }
    _ = try await world.records.create(.software, ["name": "読影", "asset": ids[1]], in: world.edit)
    _ = try await world.records.create(
      .connection,
      ["system_name": "CT", "boundary_asset": ids[1]],
      in: world.edit
    )
    _ = try await world.sightings.take(
      [
        Seen(ipAddress: "10.0.0.1", macAddress: "00:00:00:00:00:01", seenAt: world.clock.now),
        Seen(macAddress: "00:00:00:00:00:02", hostName: "LONE", seenAt: world.clock.now),
      ],
      from: .arp,
      title: Localized(ja: "arp", en: "arp"),
      in: world.load
    )
    let lone = try #require(try await world.sightings.unlisted(in: world.read).first)
    try await world.sightings.link([lone.id], to: ids[1], in: world.edit)
    return (world, ids)
  }

  private func sightings(_ world: World, _ asset: String) async throws -> Int {
    try await world.sightings.of(asset: asset, in: world.read).count
  }

  @Test(arguments: Engine.available) func theKeptRecordTakesEverythingAndUndoGivesItBack(_ engine: Engine) async throws
  {
    let (world, ids) = try await world(engine)
    let before = try await world.everything()
    let order = MergeOrder(
      kept: ids[0],
      others: [ids[0], ids[1]],
      versions: [ids[0]: 1, ids[1]: 1],
      values: ["os": ids[1], "host_name": ids[1], "name": ids[0]]
    )
    let outcome = try await world.records.merge(.asset, order, reason: "二重登録", in: world.edit)
    let kept = try await world.records.relations(.asset, id: ids[0], in: world.read)
    #expect(kept.record["os"] == "Windows 11" && kept.record["host_name"] == "CT01" && kept.record["name"] == "CT端末")
    #expect(kept.group(.software, "asset")?.total == 1 && kept.group(.connection, "boundary_asset")?.total == 1)
    #expect(kept.parts == [ids[1]])
    #expect(try await sightings(world, ids[0]) == 2)
    let other = try await world.records.relations(.asset, id: ids[1], in: world.read)
    #expect(other.record.archivedAt != nil && other.whole?.id == ids[0])
    #expect(try await sightings(world, ids[1]) == 0)

    let journal = JournalReader(database: world.database)
    let made = try #require(outcome.set)
    let set = try #require(try await journal.changeSet(made, facility: "minato"))
    #expect(set.title.ja.contains("統合") && set.title.en.hasPrefix("Merging") && set.actorName == "佐藤 美咲")
    let entries = try await journal.entries(of: set.id, facility: "minato")
    #expect(entries.count == 4 && entries.allSatisfy { $0.reason == "二重登録" })

    let undone = try await world.records.undo(set.id, in: world.edit)
    #expect(undone.left.isEmpty)
    #expect(saysTheSame(try await world.everything(), before))
    let apart = try await world.records.relations(.asset, id: ids[0], in: world.read)
    #expect(apart.parts.isEmpty)
    #expect(try await sightings(world, ids[0]) == 0)
    #expect(try await sightings(world, ids[1]) == 2)
    _ = try await world.records.undo(undone.set, in: world.edit)
    #expect(try await sightings(world, ids[0]) == 2)
    #expect(try await world.records.relations(.asset, id: ids[0], in: world.read).parts == [ids[1]])
  }

  @Test(arguments: Engine.available) func aVendorIsStillKnownByItsOtherName(_ engine: Engine) async throws {
    let world = try await World(engine)
    let first = try await world.records.create(.vendor, ["name": "メディライン"], in: world.edit).id
    let second = try await world.records.create(.vendor, ["name": "MLサポート", "phone": "045-111-2222"], in: world.edit).id
    let asset = try await world.records.create(.asset, ["name": "CT", "maintenance_vendor": second], in: world.edit).id
    let order = MergeOrder(kept: first, others: [second], versions: [:], values: ["phone": second])
    _ = try await world.records.merge(.vendor, order, in: world.edit)
    #expect(try await world.records.find(.asset, id: asset, in: world.read).record["maintenance_vendor"] == first)
    let kept = try await world.records.relations(.vendor, id: first, in: world.read)
    #expect(kept.record["phone"] == "045-111-2222" && kept.aliases.map(\.title) == ["MLサポート"])
  }

  @Test func whatChangedMeanwhileOrIsNoLongerThereIsNotMerged() async throws {
    let (world, ids) = try await world(.sqlite)
    _ = try await world.records.change(.asset, id: ids[1], expectedVersion: 1, ["remarks": "x"], in: world.edit)
    let before = try await world.everything()
    await #expect(throws: RecordError.self) {
      let order = MergeOrder(kept: ids[0], others: [ids[1]], versions: [ids[1]: 1], values: [:])
      return try await world.records.merge(.asset, order, in: world.edit)
    }
    await #expect(throws: RecordError.notFound) {
      let order = MergeOrder(kept: ids[0], others: ["nobody"], versions: [:], values: [:])
      return try await world.records.merge(.asset, order, in: world.edit)
    }
    await #expect(throws: RecordError.outOfReach) {
      let order = MergeOrder(kept: ids[0], others: [ids[1]], versions: [:], values: [:])
      return try await world.records.merge(.asset, order, in: try world.edit(in: "x"))
    }
    #expect(try await world.everything() == before)
  }
}

/// What confirms that a device is there.
@Suite struct ConfirmationTests {
  private static let name = "ledger.assets.unconfirmed"

  private func unconfirmed(_ world: World) async throws -> Int {
    let facts = try await world.ledger.facts.facts(in: world.read)
    let fact = try #require(facts.first { $0.key == Self.name })
    // The quality page lists the very same records.
    let report = try await world.ledger.quality(of: .asset, in: world.read).report
    #expect(report.finding(.stale)?.count ?? 0 == fact.value)
    return fact.value
  }

  private func take(_ file: String, _ world: World) async throws -> ImportReport {
    let source = ImportSource(kind: .assets, name: "台帳.csv", bytes: Array(file.utf8))
    return try await world.imports.run(source, in: world.load)
  }

  @Test(arguments: Engine.available) func anImportASightingOrADateConfirms(_ engine: Engine) async throws {
    let world = try await World(engine)
    let plain = "管理番号,機器名,MACアドレス\r\nA1,一,00:00:00:00:00:01\r\nA2,二,00:00:00:00:00:02\r\n"
    _ = try await take(plain, world)
    #expect(try await unconfirmed(world) == 0)
    world.clock.advance(days: 400)
    #expect(try await unconfirmed(world) == 2)
    // A network that saw one of them.
    _ = try await world.sightings.take(
      [Seen(macAddress: "00:00:00:00:00:01", seenAt: world.clock.now)],
      from: .arp,
      title: Localized(ja: "arp", en: "arp"),
      in: world.load
    )
    #expect(try await unconfirmed(world) == 1)
    // The same ledger once more, with nothing new in it.
    let again = try await take(plain, world)
    #expect(again.same == 2 && again.set == nil)
    #expect(try await unconfirmed(world) == 0)
    world.clock.advance(days: 400)
    #expect(try await unconfirmed(world) == 2)
    // A ledger that says when somebody looked is believed, and an import taken back confirms nothing.
    let dated = try await take("管理番号,機器名,最終確認日\r\nA1,一,2020-01-01\r\nA2,二改,\r\n", world)
    #expect(try await unconfirmed(world) == 1)
    _ = try await world.records.undo(try #require(dated.set), in: world.edit)
    #expect(try await unconfirmed(world) == 2)
  }

  @Test func nothingReadsNaturally() async throws {
    let world = try await World()
    let facts = try await world.ledger.facts.facts(in: world.read)
    for fact in facts {
      #expect(!fact.explanation.ja.contains("0台") && !fact.explanation.ja.contains("0件"), "\(fact.key)")
      #expect(fact.explanation.ja.hasSuffix("。") && fact.explanation.en.hasSuffix("."), "\(fact.key)")
    }
    _ = try await take("管理番号,機器名\r\nA1,一\r\n", world)
    let some = try await world.ledger.facts.facts(in: world.read)
    #expect(some.first { $0.key == "ledger.assets.missing" }?.explanation.ja == "所在が分からない機器はありません。")
  }
}

/// Change sets are called in both languages, and what an import made says so.
@Suite struct TitleTests {
  @Test(arguments: Engine.available) func oneChangeIsNoBulkChange(_ engine: Engine) async throws {
    let world = try await World(engine)
    let one = try await world.records.create(.asset, ["name": "一", "state": "in_use"], in: world.edit).id
    let two = try await world.records.create(.asset, ["name": "二", "state": "spare"], in: world.edit).id
    // Two were chosen, one was different.
    let bulk = try await world.records.bulkChange(.asset, .ids([one, two]), ["state": "spare"], in: world.edit)
    let both = try await world.records.bulkChange(.asset, .ids([one, two]), ["state": "in_use"], in: world.edit)
    let journal = JournalReader(database: world.database)
    let first = try await journal.changeSet(try #require(bulk.set), facility: "minato")
    #expect(first?.title == Localized(ja: "機器「一」の変更", en: "Change of device “一”"))
    let second = try await journal.changeSet(try #require(both.set), facility: "minato")
    #expect(second?.title == Localized(ja: "機器2件をまとめて変更", en: "2 devices changed together"))
    let undone = try await world.records.undo(try #require(both.set), in: world.edit)
    let third = try await journal.changeSet(undone.set, facility: "minato")
    #expect(third?.title.en == "Undoing of 2 devices changed together")
  }

  @Test(arguments: Engine.available) func whatAnImportMadeNamesTheRow(_ engine: Engine) async throws {
    let world = try await World(engine)
    let source = ImportSource(kind: .assets, name: "病棟.csv", bytes: Array("管理番号,機器名\r\nA1,一\r\nA2,二\r\n".utf8))
    let report = try await world.imports.run(source, in: world.load)
    let journal = JournalReader(database: world.database)
    let made = try #require(report.set)
    let set = try #require(try await journal.changeSet(made, facility: "minato"))
    #expect(set.title == Localized(ja: "機器の取り込み「病棟.csv」", en: "Import of devices “病棟.csv”"))
    let entries = try await journal.entries(of: set.id, facility: "minato")
    let rows = entries.compactMap { $0.changes.first { $0.field == "import:row" }?.to }
    #expect(rows.map { $0.prefix(2) } == ["3 ", "2 "])
    // It is told beside the changes and is none: taking back works as ever.
    #expect(try await world.records.undo(set.id, in: world.edit).left.isEmpty)
    #expect(try await world.everything().isEmpty)
  }
}
