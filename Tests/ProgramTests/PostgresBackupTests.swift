import Foundation
import Postgres
import SQL
import Support
import Testing

@testable import Program

/// The commands that `backup` and `restore` print for a PostgreSQL database, run as they are printed.
@Suite struct PostgresBackupTests {
  @Test(.enabled(if: Engine.hasPostgres))
  func aDatabaseComesBackByThePrintedCommands() async throws {
    let hospital = try Hospital()
    let name = try await hospital.onPostgres()
    #expect(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("assets.csv")
    let rows = (0..<300).map { "A-\($0),端末\($0)\n" }.joined()
    try Data("管理番号,機器名称\n\(rows)".utf8).write(to: URL(filePath: table))
    #expect(try await hospital.importing("assets", table).new == 300)

    // A folder whose name a shell would take apart.
    let target = hospital.folder.file("copy of $(today)'s")
    let saved = try await hospital.run(["backup", target])
    let dump = PostgresShell.printed(saved, "pg_dump")
    #expect(saved.code == 0 && dump.count == 1, "\(saved.errors)")
    let dumped = try await PostgresShell.run(dump, in: hospital)
    #expect(dumped.code == 0, "\(dumped.errors)")
    try PostgresServer.drop(name)

    let back = try Hospital()
    let restored = try await back.run(["restore", target, "--keys", hospital.data + "/keys"])
    let commands = PostgresShell.printed(restored, "createdb") + PostgresShell.printed(restored, "pg_restore")
    #expect(restored.code == 0 && commands.count == 2, "\(restored.errors)")
    let brought = try await PostgresShell.run(commands, in: hospital)
    #expect(brought.code == 0, "\(brought.errors)")
    #expect(try await back.run(["verify"]).code == 0)
    #expect(try await back.importing("assets", table).same == 300)

    // Over what is there, a second time.
    let again = try await PostgresShell.run(PostgresShell.printed(restored, "pg_restore"), in: hospital)
    #expect(again.code == 0, "\(again.errors)")
    #expect(try await back.run(["verify"]).code == 0)
    try PostgresServer.drop(name)
  }

  @Test func aServerElsewhereIsNamedAndWordsAreQuoted() async throws {
    var settings = try await Settings.read(DataFolder(TemporaryFolder().path))
    settings.databaseURL = "postgresql://yagura:secret@db.example.jp:5433/ledger?sslmode=require"
    settings.databaseOwnerURL = "postgresql://keeper@db.example.jp:5433/ledger"
    let tools = try #require(PostgresTools(settings))
    let server = "--host=db.example.jp --username=postgres --port=5433"
    #expect(tools.dump(into: "/srv/a b") == "pg_dump \(server) --format=custom ledger > '/srv/a b/yagura.dump'")
    #expect(
      tools.preparation == [
        "createuser \(server) --no-login yagura_app", "createuser \(server) --pwprompt yagura",
        "createuser \(server) --pwprompt keeper", "psql \(server) --command='GRANT \"yagura_app\" TO \"yagura\"'",
        "createdb \(server) --owner=keeper --template=template0 --encoding=UTF8 --locale=C ledger",
      ]
    )
    #expect(!(tools.preparation + [tools.restore(from: "/srv")]).joined().contains("secret"))
    settings.databaseURL = "postgresql://yagura@localhost/yagura"
    settings.databaseOwnerURL = nil
    #expect(
      PostgresTools(settings)?.restore(from: "b")
        == "sudo -u postgres pg_restore --clean --if-exists --single-transaction --dbname=yagura < b/yagura.dump"
    )
    #expect(PostgresTools.quoted("it's") == "'it'\\''s'")
  }
}
