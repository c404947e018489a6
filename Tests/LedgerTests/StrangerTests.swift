import Intake
import Ledger
import Records
import SQL
import Support
import Testing
import Text

/// What belongs to something the ledger does not know is refused by name, row and remedy, and the rest goes in.
@Suite struct StrangerTests {
  @Test(arguments: Engine.available)
  func softwareOfAnUnknownDeviceIsRefusedAndTheRestGoesIn(_ engine: Engine) async throws {
    let world = try await World(engine)
    _ = try await world.records.create(.asset, ["asset_number": "A-1", "name": "端末"], in: world.edit)
    let file = "管理番号,ソフトウェア名,バージョン\r\nA-1,Chrome,128\r\nA-2,Edge,130\r\n"
    let source = ImportSource(kind: .software, name: "ソフト一覧.csv", bytes: Array(file.utf8))
    let preview = try await world.imports.preview(source, in: world.load)
    let report = try await world.imports.commit(preview, in: world.load)
    #expect(report.new == 1 && report.refused == 1)
    let stored = try await world.records.all(.software, in: world.read).records
    #expect(stored.map { $0["name"] } == ["Chrome"])
    let problem = try #require(preview.problems.first { $0.row == 3 })
    #expect(problem.reason.ja.contains("A-2") && problem.reason.en.contains("A-2"))
  }

  @Test(arguments: Engine.available)
  func aClauseOfAnUnknownContractIsRefused(_ engine: Engine) async throws {
    let world = try await World(engine)
    let file = "契約,事柄,担当\r\n電子カルテ保守,ウイルス検査,事業者\r\n"
    let source = ImportSource(kind: .records(.contractClause), name: "責任分界.csv", bytes: Array(file.utf8))
    let preview = try await world.imports.preview(source, in: world.load)
    let report = try await world.imports.commit(preview, in: world.load)
    #expect(report.new == 0 && report.refused == 1)
    #expect(preview.problems.contains { $0.reason.ja.contains("電子カルテ保守") })
  }

  /// `12.1.13` under 「バージョン」 is a version, though a date can be read out of it.
  @Test(arguments: Engine.available)
  func versionsThatLookLikeDatesAreVersions(_ engine: Engine) async throws {
    let world = try await World(engine)
    _ = try await world.records.create(.asset, ["asset_number": "A-1", "name": "端末"], in: world.edit)
    let rows = [
      ("safari", "3.5.5"), ("cms made simple", "12.1.13"), ("OpenSSL", "1.1.1"), ("zlib", "1.2.11"),
      ("日付", "2026.11.1"),
    ]
    let file = "機器,ソフトウェア,バージョン\r\n" + rows.map { "A-1,\($0),\($1)\r\n" }.joined()
    let source = ImportSource(kind: .software, name: "ソフト一覧.csv", bytes: Array(file.utf8))
    let report = try await world.imports.commit(try await world.imports.preview(source, in: world.load), in: world.load)
    #expect(report.new == rows.count)
    let stored = try await world.records.all(.software, in: world.read).records
    for (name, version) in rows { #expect(stored.first { $0["name"] == name }?["version"] == version, "\(name)") }
  }
}
