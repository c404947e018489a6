import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

/// Which systems are under single sign-on, and by what.
@Suite struct SignOnTests {
  /// As three hospitals head and fill it.
  private static let file = """
    システム名,SSO対応,IdP,ID種別\r
    電子カルテ,○,Active Directory,個人\r
    PACS,×,,共用ID\r
    医事会計,要確認,,混在\r
    空調監視,対象外,,認証なし\r
    検査システム,有,,個人ごと\r
    給食,,,個人ごと\r

    """

  private static func imported(_ engine: Engine) async throws -> World {
    let world = try await World(engine)
    let kind = try #require(World.catalogue.importKind("systems"))
    let source = ImportSource(kind: kind, name: "システム一覧.csv", bytes: Array(file.utf8))
    let report = try await world.imports.run(source, in: world.load)
    #expect(report.new == 6 && report.refused == 0)
    return world
  }

  @Test(arguments: Engine.available) func aListOfSystemsSaysWhatSignsPeopleIn(_ engine: Engine) async throws {
    let world = try await Self.imported(engine)
    let records = try await world.records.list(.system, ListQuery(), in: world.read).records
    func read(_ name: String) -> [String?] {
      let values = records.first { $0.title == name }?.values ?? [:]
      return ["single_sign_on", "identity_provider", "accounts"].map { values[$0] }
    }
    #expect(read("電子カルテ") == ["yes", "Active Directory", "personal"])
    #expect(read("PACS") == ["no", nil, "shared"])
    #expect(read("医事会計") == ["?", nil, "mixed"])
    #expect(read("空調監視") == ["na", nil, "none"])
    #expect(read("給食") == [nil, nil, "personal"])

    let facts = Dictionary(
      uniqueKeysWithValues: try await world.ledger.facts.facts(in: world.read).map { ($0.key, $0) }
    )
    let under = try #require(facts["ledger.systems.singleSignOn"])
    #expect(under.value == 2 && under.population == 5 && !under.isWorry)
    // 医事会計 and 給食 by the first question, 検査システム by the second: it does not say what signs people in.
    let unknown = try #require(facts["ledger.systems.signOnUnknown"])
    #expect(unknown.value == 3 && unknown.population == 6 && unknown.isWorry && unknown.records.count == 3)
    let shared = try #require(facts["ledger.systems.sharedAccounts"])
    #expect(shared.value == 2 && shared.population == 5)
  }

  @Test(arguments: Engine.available) func listsAreNarrowedAndWhatIsWrittenOutComesBack(_ engine: Engine) async throws {
    let world = try await Self.imported(engine)
    let query = ListQuery(filters: ["single_sign_on": [.value("yes")]])
    #expect(try await world.records.list(.system, query, in: world.read).total == 2)

    let file = try await world.exports.file(.system, ListQuery(), as: .csv, in: world.read)
    let kind = try #require(World.catalogue.importKind("systems"))
    let again = try await world.imports.run(
      ImportSource(kind: kind, name: "書き出し.csv", bytes: file.bytes),
      in: world.load
    )
    #expect(again.new == 0 && again.changed == 0 && again.same == 6)
  }

  @Test(arguments: Engine.available) func theDatabaseTakesNoOtherWord(_ engine: Engine) async throws {
    let world = try await Self.imported(engine)
    await #expect(throws: StorageError.checkViolation("system_single_sign_on")) {
      try await world.database.write(.facility("minato")) { tx in
        try tx.run("UPDATE system SET single_sign_on = 'maybe' WHERE facility = 'minato'")
      }
    }
  }
}
