import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Ledger

/// Borrowed devices, disposals, the first hour's papers, walks and information: so many of so many.
@Suite struct LifeFactTests {
  private static func fact(_ world: World, _ key: String) async throws -> (Int, Int?) {
    let fact = try await world.ledger.facts.facts(in: world.read).first { $0.key == key }
    return (try #require(fact).value, fact?.population)
  }

  @Test(arguments: Engine.available) func aBorrowedDeviceGoesBackInTime(_ engine: Engine) async throws {
    let world = try await World(engine)
    for (name, values) in [
      ("期限切れ", ["procurement": "loan", "contract_ends_on": "2026-10-01"]),
      ("来週まで", ["procurement": "rental", "contract_ends_on": "2026-11-28"]),
      ("期限なしのデモ機", ["procurement": "loan"]), ("期限なしのレンタル", ["procurement": "rental"]),
      ("来年まで", ["procurement": "loan", "contract_ends_on": "2027-10-01"]),
      ("返した", ["procurement": "loan", "contract_ends_on": "2026-01-01", "state": "disposed"]),
      ("買った", ["procurement": "purchase", "contract_ends_on": "2026-01-01"]),
    ] {
      _ = try await world.records.create(.asset, values.merging(["name": name]) { first, _ in first }, in: world.edit)
    }
    #expect(try await Self.fact(world, "ledger.assets.loansEnding") == (3, 5))
    let duty = try await world.ledger.duties(in: world.read).first { $0.id == "ledger.assets.loansEnding" }
    #expect(duty?.title.ja == "借りている機器の返却か延長を決める（3台）")
  }

  @Test(arguments: Engine.available) func aDisposalIsOpenUntilAllIsClosed(_ engine: Engine) async throws {
    let world = try await World(engine)
    let asset = try await world.records.create(.asset, ["name": "古い機器"], in: world.edit).id
    let done = ["certificate": "yes", "accounts_closed": "yes", "lines_closed": "na"]
    for change in [
      [:], ["certificate": "no"], ["accounts_closed": "?"], ["lines_closed": "no"],
      ["certificate": "", "erasure": "no_storage"],
    ] {
      _ = try await world.records.create(
        .disposal,
        done.merging(["asset": asset]) { first, _ in first }.merging(change) { $1 },
        in: world.edit
      )
    }
    #expect(try await Self.fact(world, "ledger.disposals.open") == (3, 5))
  }

  /// A device that was given away is not in use any more, whatever the ledger says of it.
  @Test(arguments: Engine.available) func whatLeftTheHouseIsNotInUse(_ engine: Engine) async throws {
    let world = try await World(engine)
    for (name, state, day) in [
      ("まだ使用中", "in_use", "2026-11-01"), ("記録なし", "", "2026-11-01"), ("廃棄済み", "disposed", "2026-11-01"),
      ("これから", "in_use", "2026-12-24"), ("日付不明", "in_use", "?"),
    ] {
      let asset = try await world.records.create(.asset, ["name": name, "state": state], in: world.edit).id
      _ = try await world.records.create(.disposal, ["asset": asset, "done_on": day], in: world.edit)
    }
    #expect(try await Self.fact(world, "ledger.disposals.stillListed") == (2, 3))
    let duty = try await world.ledger.duties(in: world.read).first { $0.id == "ledger.disposals.stillListed" }
    #expect(duty?.title.ja.contains("2台") == true)
  }

  /// Request, procedure, pledge and hours before a contractor walks; people, hours of work and review afterwards.
  @Test(arguments: Engine.available) func aContractorsSurveyHasItsPapers(_ engine: Engine) async throws {
    let world = try await World(engine)
    let vendor = try await world.records.create(.vendor, ["name": "北辰ネットワークス"], in: world.edit).id
    let person = try #require(World.catalogue.kind("person"))
    let reviewer = try await world.records.create(person, ["name": "確かめる 人"], in: world.edit).id
    _ = try await world.records.create(.survey, ["name": "自分たちの調査"], in: world.edit)
    #expect(try await Self.fact(world, "ledger.surveys.withoutPapers") == (0, 0))
    var survey = try await world.records.create(.survey, ["name": "外部", "contractor": vendor], in: world.edit)
    func change(_ values: [String: String]) async throws -> (Int, Int?) {
      survey = try await world.records.change(
        .survey,
        id: survey.id,
        expectedVersion: survey.version,
        values,
        in: world.edit
      )
      return try await Self.fact(world, "ledger.surveys.withoutPapers")
    }
    #expect(try await Self.fact(world, "ledger.surveys.withoutPapers") == (1, 1))
    #expect(
      try await change(["requested_on": "2026-10-01", "procedure": "見るだけ", "pledged_on": "2026-10-05"]) == (1, 1)
    )
    #expect(try await change(["hours": "10時から17時", "ends_on": "2026-12-24"]) == (0, 1))
    #expect(try await change(["ends_on": "2026-11-01"]) == (1, 1))
    #expect(try await change(["workers": "3", "person_hours": "42"]) == (1, 1))
    #expect(try await change(["reviewer": reviewer, "reviewed_on": "2026-11-10"]) == (0, 1))
    #expect(Set(SurveyPaper.all.map(\.part)) == Set(SurveyPaper.Part.allCases))
  }

  /// The database counts what `Evidence` decides for one connection.
  @Test(arguments: Engine.available) func sheetsAreCountedAsTheyAreDecided(_ engine: Engine) async throws {
    let world = try await World(engine)
    let device = try await world.records.create(
      .asset,
      ["name": "FG", "model": "FortiGate 60F", "os": "FortiOS 7.4.8"],
      in: world.edit
    ).id
    let full = [
      "firmware_on": "2026-11-01", "configuration_hash": "abc", "configuration_on": "2026-11-01",
      "support_number": "K-1",
      "support_phone": "0120", "sign_ins": "中村", "how_to_cut": "WANを抜く",
    ]
    let cases: [(connection: [String: String], sheet: [String: String]?)] = [
      (["boundary_asset": device, "log_place": "院内"], full), (["log_place": "院内"], full),
      (["boundary_device": "RTX830", "firmware": "15", "log_place": "?"], full),
      (["boundary_device": "RTX830", "firmware": "15"], full.merging(["log_place": "装置"]) { $1 }),
      (["boundary_asset": device, "log_place": "院内"], full.merging(["sign_ins": "?"]) { $1 }),
      (["boundary_asset": device], nil), (["has_connection": "no"], nil),
    ]
    for (number, sample) in cases.enumerated() {
      let values = ["system_name": "回線\(number)", "has_connection": "yes"].merging(sample.connection) { $1 }
      let connection = try await world.records.create(.connection, values, in: world.edit).id
      if let sheet = sample.sheet {
        _ = try await world.records.create(
          .boundaryEvidence,
          sheet.merging(["connection": connection]) { first, _ in first },
          in: world.edit
        )
      }
    }
    let sheets = try await EvidenceRoutes(store: world.records).sheets(world.read).sheets
    let open = sheets.count { !$0.isComplete }
    #expect(open > 0 && open < sheets.count)
    #expect(try await Self.fact(world, "ledger.evidence.incomplete") == (open, sheets.count))
  }

  @Test(arguments: Engine.available) func aWalkIsCountedByPlace(_ engine: Engine) async throws {
    let world = try await World(engine)
    var places: [String] = []
    for name in ["サーバ室", "EPS", "CT室"] {
      places.append(try await world.records.create(.location, ["name": name], in: world.edit).id)
    }
    #expect(try await Self.fact(world, "ledger.surveys.unvisited") == (0, 0))
    let old = try await world.records.create(
      .survey,
      ["name": "春", "starts_on": "2026-04-01", "ends_on": "2026-04-30"],
      in: world.edit
    ).id
    let now = try await world.records.create(.survey, ["name": "秋", "starts_on": "2026-11-01"], in: world.edit).id
    for (survey, place) in [(old, places[0]), (old, places[1]), (now, places[1]), (now, places[1])] {
      _ = try await SurveyStore(records: world.records).add(
        ["survey": survey, "name": "箱", "what": "onu", "location": place],
        photo: nil,
        in: world.edit
      )
    }
    #expect(try await Self.fact(world, "ledger.surveys.unvisited") == (2, 3))
    #expect(try await Self.fact(world, "ledger.finds.unchecked") == (4, 4))
  }

  @Test(arguments: Engine.available) func informationAndCloudsAreCountedWhole(_ engine: Engine) async throws {
    let world = try await World(engine)
    let department = try #require(World.catalogue.kind("department"))
    let owner = try await world.records.create(department, ["name": "医事課"], in: world.edit).id
    let whole = [
      "contents": "氏名", "classification": "personal", "head_count": "100", "retention": "5年", "department": owner,
    ]
    for (name, change) in [
      ("全部", [:]), ("人数不明", ["head_count": "?"]), ("期間なし", ["retention": ""]), ("だれのでもない", ["department": ""]),
    ] {
      _ = try await world.records.create(
        .informationAsset,
        whole.merging(change) { $1 }.merging(["name": name]) { $1 },
        in: world.edit
      )
    }
    #expect(try await Self.fact(world, "ledger.information.incomplete") == (3, 4))
    _ = try await world.records.create(.cloudService, ["name": "甲", "exit_plan": "CSVで受け取る"], in: world.edit)
    _ = try await world.records.create(.cloudService, ["name": "乙"], in: world.edit)
    #expect(try await Self.fact(world, "ledger.clouds.withoutExit") == (1, 2))
    let place = try await world.records.create(.location, ["name": "サーバ室"], in: world.edit).id
    for day in ["2026-11-20", "2026-11-21", ""] {
      _ = try await world.records.create(
        .entryRight,
        ["location": place, "holder": "業者", "valid_until": day],
        in: world.edit
      )
    }
    #expect(try await Self.fact(world, "ledger.entryRights.expired") == (1, 2))
  }
}
