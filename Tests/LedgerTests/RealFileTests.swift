import Foundation
import Intake
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Tabular
import Testing
import Text
import Time

/// A hospital's own files against the catalogue: every column goes where a person would put it.
@Suite struct RealFileTests {
  static let folder: URL? = {
    let given = ProcessInfo.processInfo.environment["YAGURA_TEST_DATA"].map { URL(fileURLWithPath: $0) }
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")
    let folder = (given ?? beside).appendingPathComponent("ledgers/hospital-a")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  static var isThere: Bool {
    folder != nil || ProcessInfo.processInfo.environment["YAGURA_REQUIRE_DATA"] == "1"
  }

  static func read(
    _ name: String,
    _ schema: IntakeSchema,
    _ resolver: ReferenceResolver = ReferenceResolver()
  ) throws -> IntakeResult {
    let path = try #require(folder).appendingPathComponent(name).path
    let workbook = try TableReader.read(path: path)
    return Intake.read(workbook, schema: schema, options: IntakeOptions(today: WorryTests.today, references: resolver))
  }

  @Test(
    .enabled(if: isThere),
    arguments: [
      (
        "機器管理台帳.xlsx", Kind.asset.intakeSchema(in: World.catalogue),
        [
          "管理番号": "asset_number", "区分": "category", "機器名称": "name", "OS／FW": "os", "型番": "model",
          "メーカー": "manufacturer",
          "設置部署": "department", "保守業者": "maintenance_vendor", "ＩＰアドレス": "ip_address", "MACアドレス": "mac_address",
          "製造番号": "serial_number", "設置場所": "location", "導入年月日": "installed_on", "ウイルス対策": "antivirus",
          "最終パッチ適用日": "last_patched_on", "調達区分": "procurement", "備考": "remarks",
        ]
      ),
      (
        "外部接続一覧.csv", Kind.connection.intakeSchema(in: World.catalogue),
        [
          "所管部署": "department", "ベンダ名": "vendor", "システム名・医療機器名": "system_name", "外部接続の有無": "has_connection",
          "用途": "purpose", "接続形態": "mode", "回線種類": "line_type", "接続の仕組み": "mechanism", "外部接点機器": "boundary_device",
          "設置場所": "place", "接続元制限": "source_restriction", "認証方式": "authentication", "接続先": "destination",
          "その他対策": "other_protection", "脆弱性指摘の有無／パッチ": "vulnerability_state", "最終確認日": "last_confirmed_on",
          "チェックリスト提出": "checklist_state",
        ]
      ),
      (
        "職員名簿_2026年10月.csv", Kind.person.intakeSchema(in: World.catalogue),
        [
          "職員番号": "staff_number", "氏名": "name", "フリガナ": "reading", "所属": "department", "職種": "occupation", "役職": "post",
          "採用日": "joined_on", "退職日": "left_on", "メール": "email",
        ]
      ),
      (
        "端末一覧_資産管理ツール.csv", Inventory.schema,
        [
          "コンピューター名": "host_name", "ログオンユーザー": "user_name", "IPアドレス": "ip_address", "MACアドレス": "mac_address",
          "OS名": "os", "OSビルド番号": "os_build", "ウイルス対策ソフト": "antivirus", "パターンファイル日付": "pattern_date",
          "最終稼働日時": "seen_at", "シリアル番号": "serial_number",
        ]
      ),
    ]
  )
  func everyColumnFindsItsField(_ file: String, _ schema: IntakeSchema, _ expected: [String: String]) throws {
    let result = try Self.read(file, schema)
    for (header, field) in expected { #expect(result.mapping[header] == .some(field), "\(header)") }
  }

  /// Every word of the connection inventory means something: no cell of a choice is left unread.
  @Test(.enabled(if: isThere)) func everyWordOfTheConnectionsIsUnderstood() throws {
    let result = try Self.read("外部接続一覧.csv", Kind.connection.intakeSchema(in: World.catalogue))
    let cells = result.problems.filter { $0.severity == .cell }
    #expect(cells.isEmpty, "\(cells.map { "\($0.column ?? "") \($0.value ?? "")" })")
    #expect(result.rows.count == 47)
    let unclear = result.rows.filter { $0.values["has_connection"]?.isUnknown ?? true }.count
    #expect(unclear == 5)
  }

  /// The story: import everything, import it again, take it back, import it once more.
  @Test(.enabled(if: isThere), arguments: Engine.available) func aHospitalsFilesBecomeOneLedger(
    _ engine: Engine
  ) async throws {
    let world = try await World(engine, ids: .uuid7(.system))
    func plan(_ file: String, _ kind: Kind) async throws -> ImportPlan {
      let resolver = ReferenceResolver(try await world.records.references(for: kind, in: world.read))
      return Intake.plan(
        try Self.read(file, kind.intakeSchema(in: World.catalogue), resolver),
        schema: kind.intakeSchema(in: World.catalogue),
        existing: try await world.records.existing(kind, in: world.read)
      )
    }
    let people = try await world.records.apply(
      try await plan("職員名簿_2026年10月.csv", .person),
      of: .person,
      title: Localized(both: "職員名簿_2026年10月.csv"),
      in: world.load
    )
    #expect(people.created > 850 && people.createdReferences["department"] == 15)
    let before = try await world.everything()
    let first = try await plan("機器管理台帳.xlsx", .asset)
    let assets = try await world.records.apply(first, of: .asset, title: Localized(both: "機器管理台帳.xlsx"), in: world.load)
    #expect(assets.created > 1_450)
    // Eight vendors, spelled sixteen ways.
    #expect(assets.createdReferences["vendor"] == 8 && assets.createdReferences["vendor_alias"] == 8)
    #expect(assets.createdReferences["department"] == nil)
    let again = try await plan("機器管理台帳.xlsx", .asset)
    #expect(again.new.isEmpty && again.changed.isEmpty && again.same.count >= assets.created)
    let connections = try await world.records.apply(
      try await plan("外部接続一覧.csv", .connection),
      of: .connection,
      title: Localized(both: "外部接続一覧.csv"),
      in: world.load
    )
    #expect(connections.created == 47 && connections.createdReferences["vendor"] == nil)
    #expect(try await plan("外部接続一覧.csv", .connection).same.count == 47)
    let worries = try await world.ledger.worries(in: world.read)
    #expect(worries.connections.count == 47)
    #expect(worries.connections.first?.worry.hasUnknown == true)
    let moved = try await plan("職員名簿_2026年11月.csv", .person)
    #expect(!moved.new.isEmpty && !moved.changed.isEmpty)
    _ = try await world.records.apply(moved, of: .person, title: Localized(both: "職員名簿_2026年11月.csv"), in: world.load)

    let facts = try await world.ledger.facts.facts(in: world.read)
    #expect(facts.first { $0.key == "ledger.assets.total" }?.value == assets.created)
    #expect((facts.first { $0.key == "ledger.connections.unknown" }?.value ?? 0) > 20)
    #expect(try await !world.ledger.duties(in: world.read).isEmpty)

    // The connections use the vendors the assets brought, so those stay; everything else goes.
    let undone = try await world.records.undo(try #require(assets.set), in: world.edit)
    #expect(Set(undone.left.map(\.kind)) == ["vendor"])
    #expect(try await world.records.list(.asset, ListQuery(), in: world.read).total == 0)
    #expect(before.count < (try await world.everything().count))
    let once = try await world.records.apply(
      try await plan("機器管理台帳.xlsx", .asset),
      of: .asset,
      title: Localized(both: "機器管理台帳.xlsx"),
      in: world.load
    )
    #expect(once.created == assets.created && once.createdReferences["vendor"] == nil)
  }

  @Test(.enabled(if: isThere)) func whatTheToolsSawIsCompared() async throws {
    let world = try await World(ids: .uuid7(.system))
    let plan = Intake.plan(
      try Self.read("機器管理台帳.xlsx", Kind.asset.intakeSchema(in: World.catalogue)),
      schema: Kind.asset.intakeSchema(in: World.catalogue),
      existing: []
    )
    _ = try await world.records.apply(plan, of: .asset, title: Localized(both: "機器管理台帳.xlsx"), in: world.load)
    let inventory = try Self.read("端末一覧_資産管理ツール.csv", Inventory.schema)
    let outcome = try await world.sightings.take(
      inventory.rows.map { Inventory.seen($0, fileTime: world.clock.now) },
      from: .inventory,
      title: Localized(ja: "端末一覧", en: "端末一覧"),
      in: world.load
    )
    #expect(outcome.new == 700 && outcome.nameless.isEmpty)
    for (file, kind, source) in [
      ("nmap.xml", NetworkFiles.Kind.nmap, Sighting.Source.nmap), ("dhcpd.leases", .dhcpLeases, .dhcp),
      ("arp-table.txt", .arpTable, .arp),
    ] {
      let path = try #require(Self.folder).appendingPathComponent(file).path
      let hosts = try NetworkFiles.read(TableReader.fileBytes(path, limit: 1 << 26), as: kind).hosts
      let taken = try await world.sightings.take(
        hosts.map { Seen($0, fileTime: world.clock.now) },
        from: source,
        title: Localized(ja: file, en: file),
        in: world.load
      )
      #expect(taken.new > 0, "\(file)")
    }
    let unlisted = try await world.sightings.unlisted(in: world.read)
    #expect(!unlisted.isEmpty)
    // The sample's leases carry the host names of the inventory, so those are one thing.
    #expect(unlisted.contains { Set($0.sightings.map(\.source)).count > 1 })
  }
}
