import Foundation
import SQL
import SQLite
import Support
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// The commands with which somebody keeps the house itself, run as they are run on the machine.
@Suite struct HouseCommandTests {
  private func made() async throws -> Hospital {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    return hospital
  }

  private func lines(_ outcome: Outcome) throws -> [[String: Any]] {
    try #require(outcome.json as? [[String: Any]], "\(outcome.errors)")
  }

  private func journal(_ hospital: Hospital, _ kind: String) async throws -> [(actor: String, facility: String)] {
    let database = try SQLiteDatabase(path: hospital.database)
    let found = try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT actor_name, facility FROM journal WHERE kind = \(kind) ORDER BY at, place").map {
        (actor: try $0.text("actor_name"), facility: try $0.text("facility"))
      }
    }
    await database.close()
    return found
  }

  // MARK: Users

  @Test func aLockedOutAdministratorIsLetInOnTheMachine() async throws {
    let hospital = try await made()
    let file = hospital.folder.file("issued")
    #expect(try await hospital.run(["user", "password", "SATO", "--password-file", file]).code == 0)
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    #expect(text.count > 15 && text.hasSuffix("\n"))
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(
      try await hospital.run(["user", "password", "sato", "--password-file", file]).code == 2,
      "the file is there"
    )
    let list = try lines(try await hospital.run(["user", "list", "--json"]))
    #expect(list.first?["userName"] as? String == "sato" && list.first?["state"] as? String == "one-time")
    #expect(try await journal(hospital, "account.password-issued").allSatisfy { $0.actor.hasPrefix("コマンド") })
    #expect(try await journal(hospital, "account.password-issued").count == 1)
    #expect(try await hospital.run(["verify"]).code == 0)
  }

  @Test func usersAreAddedUnlockedAndSignedOut() async throws {
    let hospital = try await made()
    let added = try await hospital.run(["user", "add", "tanaka", "--name", "田中 一", "--role", "administrator"])
    #expect(added.code == 0 && added.output.contains("-"), "\(added.errors)")
    #expect(try await hospital.run(["user", "add", "tanaka", "--name", "田中 一", "--role", "staff"]).code == 2)
    #expect(try await hospital.run(["user", "add", "x", "--name", "", "--role", "staff"]).code == 2)
    #expect(try await hospital.run(["user", "add", "yy", "--name", "y", "--role", "king"]).code == 2)
    #expect(try await hospital.run(["user", "unlock", "nobody"]).code == 2)
    #expect(try await hospital.run(["user", "unlock", "tanaka"]).code == 0)
    #expect(try await hospital.run(["user", "end-sessions", "tanaka"]).code == 0)
    let list = try lines(try await hospital.run(["user", "list", "--json"]))
    #expect(list.map { $0["userName"] as? String } == ["sato", "tanaka"])
    #expect(try await journal(hospital, "account.added").count == 2)
  }

  @Test(arguments: ["ja_JP.UTF-8", "C.UTF-8"])
  func helpIsInBothLanguages(locale: String) async throws {
    let hospital = try Hospital()
    for command in [
      ["user"], ["user", "password"], ["facility", "add"], ["doctor"], ["backup"], ["restore"], ["verify"],
    ] {
      let child = try Child(command + ["--help"], before: "export LC_ALL=\(locale)", in: hospital.folder)
      #expect(await child.ended() == 0)
      let hasKana = child.output.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }
      #expect(hasKana == locale.hasPrefix("ja"), "\(command) in \(locale): \(child.output.prefix(200))")
    }
  }

  // MARK: Facilities

  @Test func severalFacilitiesAreToldApart() async throws {
    let hospital = try await made()
    let added = try await hospital.run([
      "facility", "add", "--name", "ひがし診療所", "--kind", "clinic", "--admin", "higashi", "--password-file",
      hospital.folder.file("password"),
    ])
    #expect(added.code == 0, "\(added.errors)")
    let clinic = added.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try lines(try await hospital.run(["facility", "list", "--json"])).count == 2)
    let table = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称\nA-1,端末一\nA-2,端末二\n".utf8).write(to: URL(filePath: table))
    let import_ = ["import", "--kind", "assets", table, "--json"]
    let export = ["export", "--kind", "assets", "--format", "json", hospital.folder.file("out.json")]
    for command in [["facts", "--json"], ["duties", "--json"], import_, export, ["user", "list"]] {
      let outcome = try await hospital.run(command)
      #expect(outcome.code == 2, "\(command)")
      #expect(outcome.errors.contains("ひがし診療所") && outcome.errors.contains(Hospital.facility), "\(outcome.errors)")
      let unknown = try await hospital.run(command + ["--facility", "なし"])
      #expect(unknown.code == 2 && unknown.errors.contains(clinic), "\(command)")
    }
    #expect(try await hospital.run(import_ + ["--facility", "ひがし診療所"]).code == 0)
    let total: (String) async throws -> Int = { facility in
      try lines(try await hospital.run(["facts", "--json", "--facility", facility]))
        .first { $0["key"] as? String == "ledger.assets.total" }?["value"] as? Int ?? -1
    }
    #expect(try await total(clinic) == 2)
    #expect(try await total(Hospital.facility) == 0)
    #expect(try await hospital.run(export + ["--facility", Hospital.facility]).code == 0)
    let empty = try Data(contentsOf: URL(filePath: hospital.folder.file("out.json")))
    #expect((try JSONSerialization.jsonObject(with: empty) as? [Any])?.isEmpty == true)
    let all = try #require(try await hospital.run(["verify"]).json as? [String: Any])
    let one = try #require(try await hospital.run(["verify", "--facility", clinic]).json as? [String: Any])
    #expect((one["sealed"] as? Int ?? 0) > 0 && (one["sealed"] as? Int ?? 0) < (all["sealed"] as? Int ?? 0))
    #expect(
      try await hospital.run([
        "facility", "add", "--name", "ひがし診療所", "--admin", "x2", "--password-file", hospital.folder.file("password"),
      ]).code == 2
    )
  }

  // MARK: A broken journal

  @Test func anAcceptedBreakIsShownForEver() async throws {
    let hospital = try await made()
    #expect(try await hospital.run(["verify", "--accept-break", "何も壊れていない"]).code == 2)
    try await tamper(hospital)
    #expect(try await hospital.run(["verify"]).code == 1)
    #expect(try await hospital.run(["verify", "--accept-break", "短"]).code == 2)
    let accepted = try await hospital.run(["verify", "--accept-break", "復旧作業で直接書き換えたため"])
    #expect(accepted.code == 0, "\(accepted.errors)")
    let later = try await hospital.run(["verify"])
    let report = try #require(later.json as? [String: Any])
    #expect(later.code == 0 && report["ok"] as? Bool == true && report["unsealed"] as? Int == 0)
    let breaks = try #require(report["accepted"] as? [[String: Any]])
    #expect(breaks.count == 1 && breaks.first?["seq"] as? Int == 2)
    #expect(breaks.first?["reason"] as? String == "復旧作業で直接書き換えたため")
    #expect(later.errors.contains("#2"))
    #expect(try await journal(hospital, "journal.break-accepted").count == 1)
  }

  private func tamper(_ hospital: Hospital) async throws {
    let database = try SQLiteDatabase(path: hospital.database)
    try await database.write(.everyFacility) { tx in
      try tx.run("DROP TRIGGER journal_stays")
      try tx.run("UPDATE journal SET actor_name = 'だれか' WHERE seq = 2")
    }
    await database.close()
  }

  // MARK: Doctor

  private func checks(_ outcome: Outcome) throws -> [String: String] {
    let answer = try #require(outcome.json as? [String: Any], "\(outcome.errors)")
    let list = try #require(answer["checks"] as? [[String: String]])
    return Dictionary(list.map { ($0["check"] ?? "", $0["state"] ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  @Test func theDoctorNamesWhatIsWrong() async throws {
    let hospital = try await made()
    let fresh = try await hospital.run(["doctor", "--json"])
    #expect(fresh.code == 1, "the keys are saved nowhere")
    let first = try checks(fresh)
    #expect(first["savedKeys"] == "action" && first["database"] == "good" && first["journal"] == "good")
    #expect(first["serving"] == "note" && first["schema"] == "good" && first["clock"] == "good")
    try await save(hospital, "copy")
    let saved = try await hospital.run(["doctor", "--json"])
    #expect(saved.code == 0, "\(saved.output)")
    chmod(hospital.data, 0o755)
    #expect(try checks(try await hospital.run(["doctor", "--json"]))["folder"] == "action")
    chmod(hospital.data, 0o700)
    let server = try hospital.start(["serve", "--port", "0"])
    _ = try await CommandTests.address(of: server)
    let served = try await hospital.run(["doctor"])
    #expect(served.output.contains("\(server.processID)"), "\(served.output)")
    server.signal(SIGTERM)
    await server.ended()
    try await tamper(hospital)
    #expect(try checks(try await hospital.run(["doctor", "--json"]))["journal"] == "action")
    try FileManager.default.removeItem(atPath: hospital.data + "/keys/sealing.key")
    #expect(try await hospital.run(["doctor"]).code == 3)
    #expect(try await Hospital().run(["doctor"]).code == 2)
  }

  @Test func theDoctorChangesNothing() async throws {
    let hospital = try await made()
    let database = try SQLiteDatabase(path: hospital.database)
    try await database.write(.everyFacility) { tx in
      try tx.run("DROP TABLE account_link")
      try tx.run("DELETE FROM migration WHERE name = 'identity-5-account-links'")
    }
    await database.close()
    let outcome = try await hospital.run(["doctor", "--json"])
    #expect(try checks(outcome)["schema"] == "action" && outcome.output.contains("identity-5-account-links"))
    #expect(try await hospital.run(["doctor", "--json"]).output.contains("identity-5-account-links"), "it migrated")
  }

  // MARK: Backup and restore

  @discardableResult
  private func save(_ hospital: Hospital, _ name: String) async throws -> String {
    let phrase = hospital.folder.file("phrase")
    try Data("ふねのとうだい 十二もじ以上\n".utf8).write(to: URL(filePath: phrase))
    let target = hospital.folder.file(name)
    let outcome = try await hospital.run(["backup", target, "--passphrase-file", phrase])
    #expect(outcome.code == 0, "\(outcome.errors)")
    return target
  }

  @Test func aBackupOfARunningServerComesBackWhole() async throws {
    let hospital = try await made()
    let server = try hospital.start(["serve", "--port", "0"])
    _ = try await CommandTests.address(of: server)
    let table = hospital.folder.file("assets.csv")
    let rows = (0..<300).map { "A-\($0),端末\($0)\n" }.joined()
    try Data("管理番号,機器名称\n\(rows)".utf8).write(to: URL(filePath: table))
    #expect(try await hospital.importing("assets", table).new == 300)
    let target = try await save(hospital, "copy")
    server.signal(SIGTERM)
    await server.ended()
    let sealed = try String(contentsOf: URL(filePath: target + "/keys.sealed"), encoding: .utf8)
    let secret = try String(contentsOf: URL(filePath: hospital.data + "/keys/sealing.key"), encoding: .utf8)
    #expect(!sealed.contains(secret.split(separator: " ")[1].trimmingCharacters(in: .whitespacesAndNewlines)))

    let back = try Hospital()
    let phrase = ["--passphrase-file", hospital.folder.file("phrase")]
    let restored = try await back.run(["restore", target] + phrase)
    #expect(restored.code == 0, "\(restored.errors)")
    #expect(try await back.importing("assets", table).same == 300)
    #expect(try await back.run(["verify"]).code == 0)
    #expect(try await back.run(["restore", target] + phrase).code == 2, "a folder that holds anything")
    #expect(try await hospital.run(["backup", target] + phrase).code == 2, "a folder that holds a backup")
  }

  @Test func whatIsNoWholeBackupIsRefused() async throws {
    let hospital = try await made()
    let target = try await save(hospital, "copy")
    let wrong = hospital.folder.file("wrong")
    try Data("まったく べつの あいことば\n".utf8).write(to: URL(filePath: wrong))
    func refused(_ arguments: [String], _ comment: Comment) async throws {
      let back = try Hospital()
      let outcome = try await back.run(["restore"] + arguments)
      #expect(outcome.code == 2, comment)
      #expect(!FileManager.default.fileExists(atPath: back.data + "/yagura.sqlite"), comment)
    }
    try await refused([target], "no passphrase")
    try await refused([target, "--passphrase-file", wrong], "a wrong passphrase")
    try await refused([hospital.folder.path, "--passphrase-file", wrong], "no backup")
    let other = try await made()
    try await refused([target, "--keys", other.data + "/keys"], "the keys of another")
    let back = try Hospital()
    #expect(try await back.run(["restore", target, "--keys", hospital.data + "/keys"]).code == 0)
    let file = try #require(FileHandle(forWritingAtPath: target + "/yagura.sqlite"))
    try file.seek(toOffset: 20_000)
    try file.write(contentsOf: Data([1, 2, 3, 4, 5]))
    try file.close()
    try await refused([target, "--passphrase-file", hospital.folder.file("phrase")], "a changed file")
  }

  @Test func withoutAPassphraseNoKeysLeaveTheFolder() async throws {
    let hospital = try await made()
    let target = hospital.folder.file("bare")
    let outcome = try await hospital.run(["backup", target])
    #expect(outcome.code == 0 && outcome.errors.contains("keys"))
    let names = try FileManager.default.contentsOfDirectory(atPath: target).sorted()
    #expect(names == ["manifest.json", "signing.pub", "yagura.sqlite"])
    let short = hospital.folder.file("short")
    try Data("短い\n".utf8).write(to: URL(filePath: short))
    #expect(try await hospital.run(["backup", hospital.folder.file("no"), "--passphrase-file", short]).code == 2)
    #expect(!FileManager.default.fileExists(atPath: hospital.folder.file("no")))
  }
}
