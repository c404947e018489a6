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

@Suite struct RecordStoreTests {
  @Test(arguments: Engine.available) func whatIsCreatedIsFoundAndJournalled(_ engine: Engine) async throws {
    let world = try await World(engine)
    let department = try await world.records.create(.department, ["name": "放射線科"], in: world.edit)
    let asset = try await world.records.create(
      .asset,
      [
        "name": "CT装置 2号機", "asset_number": "ＫＺ０００１６", "department": department.id, "ip_address": "１０．２０．０．９",
        "mac_address": "5ef35f30e49b", "installed_on": "令和4年2月2日", "antivirus": "対象外", "os": "不明",
      ],
      reason: "新規導入",
      in: world.edit
    )
    let (found, titles) = try await world.records.find(.asset, id: asset.id, in: world.read)
    #expect(found == asset)
    #expect(found["asset_number"] == "KZ00016")
    #expect(found["ip_address"] == "10.20.0.9")
    #expect(found["mac_address"] == "5E:F3:5F:30:E4:9B")
    #expect(found["installed_on"] == "2022-02-02")
    #expect(found["antivirus"] == "impossible")
    #expect(titles[department.id] == "放射線科")
    let history = try await JournalReader(database: world.database).history(
      of: "asset",
      id: asset.id,
      facility: world.facility.rawValue
    )
    #expect(history.map(\.kind) == ["asset.created"])
    #expect(history[0].reason == "新規導入")
    #expect(history[0].actorName == "佐藤 美咲")
  }

  /// What the program works out by itself is told apart by its id: a person may be called as it is.
  @Test(arguments: Engine.available) func nobodysNameMakesAChangeTheProgramsOwn(_ engine: Engine) async throws {
    let world = try await World(engine)
    let namesake: Scope<EditLedger> = world.scope(as: Actor.system.name)
    let own: Scope<EditLedger> = .operatorOf(world.facility, as: .system, request: "request-3")
    _ = try await world.records.create(.department, ["name": "放射線科"], in: namesake)
    world.clock.advance(seconds: 1)
    _ = try await world.records.create(.department, ["name": "検査科"], in: own)
    let journal = JournalReader(database: world.database)
    let sets = try await journal.changeSets(facility: world.facility.rawValue, before: nil, limit: 10)
    #expect(sets.map(\.actorName) == [Actor.system.name, Actor.system.name])
    #expect(sets.map(\.isDerived) == [true, false])
  }

  @Test func everyProblemIsNamedAtOnce() async throws {
    let world = try await World()
    do {
      _ = try await world.records.create(
        .connection,
        ["mode": "ときどき", "last_confirmed_on": "令和7年2月29日", "nonsense": "x"],
        in: world.edit
      )
      Issue.record("three wrong values were taken")
    } catch RecordError.invalid(let problems) {
      #expect(Set(problems.map(\.field)) == ["mode", "last_confirmed_on", "nonsense"])
      for problem in problems { #expect(!problem.reason.ja.isEmpty && !problem.reason.en.isEmpty) }
    }
    #expect(try await world.everything().isEmpty)
  }

  @Test(arguments: Engine.available) func aReferenceMustExist(_ engine: Engine) async throws {
    let world = try await World(engine)
    await #expect(throws: RecordError.self) {
      try await world.records.create(.asset, ["name": "x", "department": "nowhere"], in: world.edit)
    }
    let unknown = try await world.records.create(.asset, ["name": "x", "department": "?"], in: world.edit)
    #expect(unknown.isUnknown("department"))
  }

  @Test(arguments: Engine.available) func aSecondEditorIsToldWhoWasFirst(_ engine: Engine) async throws {
    let world = try await World(engine)
    let asset = try await world.records.create(.asset, ["name": "看護端末01", "os": "Windows 10"], in: world.edit)
    let other: Scope<EditLedger> = world.scope(as: "鈴木 一郎")
    let changed = try await world.records.change(
      .asset,
      id: asset.id,
      expectedVersion: 1,
      ["os": "Windows 11"],
      in: other
    )
    #expect(changed.version == 2)
    do {
      _ = try await world.records.change(
        .asset,
        id: asset.id,
        expectedVersion: 1,
        ["os": "Windows 11 Pro 23H2"],
        in: world.edit
      )
      Issue.record("a change was lost")
    } catch RecordError.conflict(let conflicts) {
      #expect(conflicts.map(\.by) == ["鈴木 一郎"])
      #expect(conflicts[0].fields.map(\.theirs) == ["Windows 11"])
      #expect(conflicts[0].fields.map(\.mine) == ["Windows 11 Pro 23H2"])
      #expect(conflicts[0].currentVersion == 2)
    }
    // Wanting what is already there is no conflict.
    let same = try await world.records.change(
      .asset,
      id: asset.id,
      expectedVersion: 1,
      ["os": "Windows 11"],
      in: world.edit
    )
    #expect(same.version == 2)
  }

  @Test(arguments: Engine.available) func editsAtTheSameTimeAreNeverLost(_ engine: Engine) async throws {
    let world = try await World(engine, ids: .uuid7(.system))
    let asset = try await world.records.create(.asset, ["name": "端末"], in: world.edit)
    let won = await withTaskGroup(of: String?.self) { group in
      for number in 0..<8 {
        group.addTask {
          do {
            return try await world.records.change(
              .asset,
              id: asset.id,
              expectedVersion: 1,
              ["remarks": "\(number)番"],
              in: world.edit
            )["remarks"]
          } catch { return nil }
        }
      }
      return await group.reduce(into: [String]()) { if let one = $1 { $0.append(one) } }
    }
    #expect(won.count == 1)
    let (found, _) = try await world.records.find(.asset, id: asset.id, in: world.read)
    #expect(found["remarks"] == won.first)
    #expect(found.version == 2)
  }

  @Test(arguments: Engine.available) func aDepartmentSeesAndChangesItsOwn(_ engine: Engine) async throws {
    let world = try await World(engine)
    let mine = try await world.records.create(.department, ["name": "放射線科"], in: world.edit).id
    let theirs = try await world.records.create(.department, ["name": "検査部"], in: world.edit).id
    let ours = try await world.records.create(.asset, ["name": "CT", "department": mine], in: world.edit)
    let other = try await world.records.create(.asset, ["name": "分析装置", "department": theirs], in: world.edit)
    _ = try await world.records.create(.software, ["name": "LIS", "asset": other.id], in: world.edit)
    let head = try world.edit(in: mine)
    #expect(try await world.records.list(.asset, ListQuery(), in: head.reading).records.map(\.id) == [ours.id])
    #expect(try await world.records.list(.software, ListQuery(), in: head.reading).total == 0)
    await #expect(throws: RecordError.notFound) {
      try await world.records.find(.asset, id: other.id, in: head.reading)
    }
    await #expect(throws: RecordError.notFound) {
      try await world.records.change(.asset, id: other.id, expectedVersion: 1, ["os": "x"], in: head)
    }
    await #expect(throws: RecordError.outOfReach) {
      try await world.records.change(.asset, id: ours.id, expectedVersion: 1, ["department": theirs], in: head)
    }
    await #expect(throws: RecordError.outOfReach) {
      try await world.records.create(.asset, ["name": "x", "department": theirs], in: head)
    }
    await #expect(throws: RecordError.outOfReach) {
      try await world.records.create(.vendor, ["name": "x"], in: head)
    }
    #expect(
      try await world.records.change(.asset, id: ours.id, expectedVersion: 1, ["os": "syngo"], in: head)["os"]
        == "syngo"
    )
  }

  @Test(arguments: Engine.available) func aListIsSearchedFilteredAndSorted(_ engine: Engine) async throws {
    let world = try await World(engine)
    let vendor = try await world.records.create(.vendor, ["name": "株式会社メディライン"], in: world.edit)
    _ = try await world.records.create(.vendorAlias, ["name": "MLサポート", "vendor": vendor.id], in: world.edit)
    for (number, name, os, category) in [
      ("A-10", "サーバー１", "Windows Server 2019", "server"), ("A-2", "端末 髙橋", "?", "terminal"), ("", "複合機", "", "printer"),
    ] {
      _ = try await world.records.create(
        .asset,
        [
          "asset_number": number, "name": name, "os": os, "category": category,
          "maintenance_vendor": category == "server" ? vendor.id : "",
        ],
        in: world.edit
      )
    }
    func names(_ query: ListQuery) async throws -> [String] {
      try await world.records.list(.asset, query, in: world.read).records.map(\.title)
    }
    #expect(try await names(ListQuery()) == ["端末 髙橋", "サーバー１", "複合機"])
    #expect(try await names(ListQuery(sort: [Sort("asset_number", isDescending: true)])) == ["サーバー１", "端末 髙橋", "複合機"])
    #expect(try await names(ListQuery(search: "ｻｰﾊﾞｰ")) == ["サーバー１"])
    #expect(try await names(ListQuery(search: "高橋")) == ["端末 髙橋"])
    #expect(try await names(ListQuery(search: "メディライン server")) == ["サーバー１"])
    #expect(try await names(ListQuery(search: "mlサポート")) == ["サーバー１"])
    #expect(try await names(ListQuery(search: "100%")) == [])
    #expect(try await names(ListQuery(filters: ["os": [.unknown]])) == ["端末 髙橋"])
    #expect(try await names(ListQuery(filters: ["os": [.missing, .unknown]])) == ["端末 髙橋", "複合機"])
    #expect(try await names(ListQuery(filters: ["category": [.value("printer")]])) == ["複合機"])
    #expect(try await names(ListQuery(filters: ["maintenance_vendor": [.value(vendor.id)]])) == ["サーバー１"])
    #expect(try await names(ListQuery(sort: [Sort("category")])) == ["サーバー１", "端末 髙橋", "複合機"])
    let page = try await world.records.list(.asset, ListQuery(pageSize: 1, offset: 1), in: world.read)
    #expect(page.total == 3 && page.records.map(\.title) == ["サーバー１"])
    #expect(page.title(of: vendor.id) == "株式会社メディライン")
  }

  @Test func aQueryIsTheSameAfterItsAddress() {
    let query = ListQuery(
      search: "端末 10階",
      filters: ["os": [.missing, .value("Windows 10")], "installed_on": [.before("2020-01-01"), .unknown]],
      sort: [Sort("name", isDescending: true), Sort("os")],
      archived: .with,
      pageSize: 100,
      offset: 200
    )
    #expect(ListQuery(parameters: query.parameters, of: .asset) == query)
    let odd = ListQuery(
      parameters: [("sort", "-evil;--"), ("f.nothing", "1"), ("size", "999999"), ("from", "-3"), ("f.os", "")],
      of: .asset
    )
    #expect(odd == ListQuery(pageSize: 500))
  }

  @Test(arguments: Engine.available) func manyAreChangedTogetherAndTakenBackTogether(_ engine: Engine) async throws {
    let world = try await World(engine)
    var ids: [String] = []
    for number in 1...5 {
      ids.append(
        try await world.records.create(.asset, ["name": "端末\(number)", "os": "Windows 10"], in: world.edit).id
      )
    }
    let before = try await world.everything()
    let outcome = try await world.records.bulkChange(
      .asset,
      .query(ListQuery(search: "端末")),
      ["os": "Windows 11", "state": "保管"],
      reason: "更新",
      in: world.edit
    )
    #expect(outcome.changed == 5)
    let set = try #require(outcome.set)
    // One of them is changed again by somebody else.
    _ = try await world.records.change(
      .asset,
      id: ids[0],
      expectedVersion: 2,
      ["os": "Windows 11 24H2"],
      in: world.edit
    )
    let undone = try await world.records.undo(set, in: world.edit)
    #expect(undone.restored == 4)
    #expect(undone.left.map(\.id) == [ids[0]])
    var expected = before
    expected[ids[0]]?.values["os"] = "Windows 11 24H2"
    expected[ids[0]]?.values["state"] = "stored"
    #expect(saysTheSame(try await world.everything(), expected))
    await #expect(throws: RecordError.self) { try await world.records.undo(set, in: world.edit) }
    // Undoing the undoing does it again.
    _ = try await world.records.undo(undone.set, in: world.edit)
    let (again, _) = try await world.records.find(.asset, id: ids[1], in: world.read)
    #expect(again["os"] == "Windows 11" && again["state"] == "stored")
  }

  @Test func afterSevenDaysNothingIsTakenBack() async throws {
    let world = try await World()
    let asset = try await world.records.create(.asset, ["name": "端末"], in: world.edit)
    let outcome = try await world.records.bulkChange(.asset, .ids([asset.id]), ["os": "x"], in: world.edit)
    let set = try #require(outcome.set)
    world.clock.advance(days: 7)
    world.clock.advance(seconds: 1)
    await #expect(throws: RecordError.self) { try await world.records.undo(set, in: world.edit) }
  }

  @Test(arguments: Engine.available) func archivedRecordsLeaveTheListAndComeBack(_ engine: Engine) async throws {
    let world = try await World(engine)
    let asset = try await world.records.create(.asset, ["name": "端末"], in: world.edit)
    let outcome = try await world.records.archive(.asset, .ids([asset.id]), reason: "廃棄", in: world.edit)
    #expect(try await world.records.list(.asset, ListQuery(), in: world.read).total == 0)
    #expect(try await world.records.list(.asset, ListQuery(archived: .only), in: world.read).total == 1)
    _ = try await world.records.undo(try #require(outcome.set), in: world.edit)
    #expect(try await world.records.list(.asset, ListQuery(), in: world.read).total == 1)
    _ = try await world.records.archive(.asset, .ids([asset.id]), reason: "廃棄", in: world.edit)
    _ = try await world.records.restore(.asset, .ids([asset.id]), reason: "間違い", in: world.edit)
    #expect(try await world.records.list(.asset, ListQuery(), in: world.read).total == 1)
  }

  @Test func creationIsUndoneUnlessItIsUsed() async throws {
    let world = try await World()
    let vendor = try await world.records.create(.vendor, ["name": "メディライン"], in: world.edit)
    let asset = try await world.records.create(.asset, ["name": "端末", "maintenance_vendor": vendor.id], in: world.edit)
    let set = try #require(vendor.lastSet)
    await #expect(throws: RecordError.self) { try await world.records.undo(set, in: world.edit) }
    _ = try await world.records.undo(try #require(asset.lastSet), in: world.edit)
    let undone = try await world.records.undo(set, in: world.edit)
    #expect(try await world.everything().isEmpty)
    _ = try await world.records.undo(undone.set, in: world.edit)
    #expect(try await world.everything().values.map(\.title) == ["メディライン"])
  }

  @Test func aRecordKnowsWhatPointsToIt() async throws {
    let world = try await World()
    let vendor = try await world.records.create(.vendor, ["name": "メディライン"], in: world.edit)
    _ = try await world.records.create(.vendorAlias, ["name": "ML", "vendor": vendor.id], in: world.edit)
    let firewall = try await world.records.create(
      .asset,
      ["name": "FortiGate 60F", "model": "FortiGate 60F", "maintenance_vendor": vendor.id],
      in: world.edit
    )
    _ = try await world.records.create(.asset, ["name": "予備", "model": "FortiGate 60F"], in: world.edit)
    _ = try await world.records.create(
      .connection,
      ["system_name": "透析管理", "boundary_asset": firewall.id, "vendor": vendor.id],
      in: world.edit
    )
    _ = try await world.records.create(.interface, ["asset": firewall.id, "name": "wan1"], in: world.edit)
    let around = try await world.records.relations(.asset, id: firewall.id, in: world.read)
    #expect(around.group(.connection, "boundary_asset")?.records.map(\.title) == ["透析管理"])
    #expect(around.group(.interface, "asset")?.total == 1)
    #expect(around.similar.map(\.title) == ["予備"])
    #expect(around.titles[vendor.id] == "メディライン")
    let supplier = try await world.records.relations(.vendor, id: vendor.id, in: world.read)
    #expect(supplier.group(.asset, "maintenance_vendor")?.total == 1)
    #expect(supplier.group(.connection, "vendor")?.total == 1)
    #expect(supplier.aliases.map(\.title) == ["ML"])
  }

  @Test(arguments: Engine.available) func oneHospitalKnowsNothingOfAnother(_ engine: Engine) async throws {
    let world = try await World(engine)
    let other = FacilityID(rawValue: "yamate")
    let theirs: Scope<EditLedger> = .operatorOf(other, as: .system, request: "r")
    let vendor = try await world.records.create(.vendor, ["name": "メディライン"], in: theirs)
    let asset = try await world.records.create(.asset, ["name": "よその端末", "maintenance_vendor": vendor.id], in: theirs)
    #expect(try await world.everything().isEmpty)
    #expect(try await world.records.list(.asset, ListQuery(search: "端末"), in: world.read).total == 0)
    await #expect(throws: RecordError.notFound) { try await world.records.find(.asset, id: asset.id, in: world.read) }
    await #expect(throws: RecordError.notFound) {
      try await world.records.relations(.asset, id: asset.id, in: world.read)
    }
    await #expect(throws: RecordError.notFound) {
      try await world.records.undo(try #require(asset.lastSet), in: world.edit)
    }
    await #expect(throws: RecordError.notFound) {
      try await world.records.bulkChange(.asset, .ids([asset.id]), ["os": "x"], in: world.edit)
    }
    await #expect(throws: RecordError.self) {
      try await world.records.create(.asset, ["name": "x", "maintenance_vendor": vendor.id], in: world.edit)
    }
    #expect(try await world.ledger.facts.facts(in: world.read).allSatisfy { $0.value == 0 })
    #expect(try await world.records.list(.asset, ListQuery(), in: theirs.reading).records == [asset])
  }

  @Test func viewsAndMappingsAreKept() async throws {
    let world = try await World()
    let views = world.engine.views
    let mine = try await views.save("サーバだけ", kind: .asset, query: "f.category=server", isShared: false, in: world.read)
    _ = try await views.save("みんなの", kind: .asset, query: "", isShared: true, in: world.read)
    let other: Scope<ReadLedger> = .operatorOf(world.facility, as: Actor(id: "tanaka", name: "田中"), request: "r")
    #expect(try await views.views(of: .asset, in: world.read).count == 2)
    #expect(try await views.views(of: .asset, in: other).map(\.name) == ["みんなの"])
    #expect(try await views.delete(mine.id, of: .asset, in: other) == false)
    #expect(try await views.delete(mine.id, of: .person, in: world.read) == false)
    #expect(try await views.delete(mine.id, of: .asset, in: world.read))
    try await views.remember("{1}", kind: "assets", headerSet: "h", in: world.load)
    try await views.remember("{2}", kind: "assets", headerSet: "h", in: world.load)
    #expect(try await views.rememberedMapping(kind: "assets", headerSet: "h", in: world.load) == "{2}")
    #expect(try await views.rememberedMappings(kind: "assets", in: world.load) == ["h": "{2}"])
    #expect(try await views.rememberedMapping(kind: "people", headerSet: "h", in: world.load) == nil)
  }
}
