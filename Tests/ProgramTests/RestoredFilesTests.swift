import Assessment
import Blobs
import Foundation
import Ledger
import Nouns
import Organization
import Postgres
import Records
import SQL
import SQLite
import Support
import Testing
import Text
import Time
import Web

@testable import Program

/// A backup with files in it: evidence, originals, photographs. All come back byte for byte, and one that does not is named.
@Suite struct RestoredFilesTests {
  private static let passphrase = "kumo-9-takai-yama"

  /// What was attached: its name and bytes.
  private struct Kept: Sendable {
    var files: [String: [UInt8]] = [:]
  }

  /// Bytes that no compression or text conversion leaves alone.
  private static func noise(_ head: [UInt8], _ count: Int, _ seed: UInt64) -> [UInt8] {
    var state = seed
    return head
      + (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
  }

  private static func house(_ hospital: Hospital) async throws -> House {
    try await House.open(DataFolder(hospital.data))
  }

  /// Attaches one of each, as their pages do.
  private static func fill(_ hospital: Hospital) async throws -> Kept {
    let house = try await house(hospital)
    let facility = try await house.facility(nil)
    func scope<P: Permit>(_ permit: P.Type = P.self) -> Scope<P> {
      .operatorOf(facility, as: Actor(id: "test", name: "佐藤 美咲"), request: "test")
    }
    var kept = Kept()
    let pdf = Array("%PDF-1.7\n".utf8)
    let master = noise(pdf, 3 << 20, 1)
    let form = try await house.records.store.create(.formOriginal, ["name": "紙カルテ"], in: scope())
    try await house.organization.file(
      master,
      name: "紙カルテ.pdf",
      asMaster: true,
      note: "",
      of: .formOriginal,
      form.id,
      in: scope()
    )
    kept.files[BlobStore.name(of: master)] = master
    let survey = try await house.records.store.create(.survey, ["name": "巡回"], in: scope())
    let png = try #require(DemoPicture(codes: [], name: "IMG_0001.png").png)
    let upload = try #require(SurveyPhotoStore.Upload(png, name: "IMG_0001.png"))
    _ = try await house.ledger.photos.add([upload], to: survey, in: scope())
    _ = try await house.ledger.photos.readWaiting(survey.id, facility) { _, _ in }
    kept.files[BlobStore.name(of: png)] = png
    let jpeg = noise([0xFF, 0xD8, 0xFF], 400_000, 2)
    _ = try await house.organization.reports.take(
      ProblemDraft(
        what: "slow",
        place: "3階東病棟",
        details: "",
        since: "",
        touched: "",
        reporter: "",
        callBack: ""
      ),
      photo: (jpeg, .jpeg),
      from: "10.0.0.1",
      account: nil,
      request: "test",
      facility: facility
    )
    kept.files[BlobStore.name(of: jpeg)] = jpeg
    await house.close()
    return kept
  }

  private static func expect(_ kept: Kept, in hospital: Hospital) async throws {
    let house = try await house(hospital)
    let facility = try await house.facility(nil).rawValue
    let blobs = BlobStore(database: house.database, clock: house.clock)
    for (hash, bytes) in kept.files {
      let found = try await blobs.find(hash, facility: facility)
      #expect(found?.bytes == bytes, "\(hash)")
    }
    let (count, faults) = try await StoredFileCheck.look(house.database)
    // The small view of the photograph is a file, too.
    #expect(count == kept.files.count + 1 && faults.isEmpty)
    await house.close()
  }

  /// Damages one file as a failing disk or a hand in the database would.
  private static func damage(_ hospital: Hospital, _ statement: SQL) async throws {
    let house = try await house(hospital)
    let facility = try await house.facility(nil).rawValue
    try await house.database.write(.facility(facility)) { tx in _ = try tx.run(statement) }
    await house.close()
  }

  private static func secret(_ hospital: Hospital) throws -> String {
    let file = hospital.folder.file("passphrase")
    try Data("\(passphrase)\n".utf8).write(to: URL(filePath: file))
    return file
  }

  @Test func everyFileComesBackOutOfAnEncryptedBackup() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let kept = try await Self.fill(hospital)
    let (target, secret) = (hospital.folder.file("copy"), try Self.secret(hospital))
    let saved = try await hospital.run(["backup", target, "--encrypt", "--passphrase-file", secret])
    try #require(saved.code == 0, "\(saved.errors)")
    // Nothing of them lies open in it.
    for bytes in kept.files.values {
      for name in try FileManager.default.contentsOfDirectory(atPath: target) {
        let data = try #require(FileManager.default.contents(atPath: "\(target)/\(name)"))
        #expect(data.range(of: Data(bytes.dropFirst(2_000).prefix(200))) == nil, "\(name)")
      }
    }
    let back = try Hospital()
    let restored = try await back.run(["restore", target, "--passphrase-file", secret])
    #expect(restored.code == 0, "\(restored.errors)")
    try await Self.expect(kept, in: back)
    #expect(try await back.run(["verify"]).code == 0)
  }

  /// A file of the installation that is gone or changed is named by every command that looks.
  @Test(arguments: [FileFault.Kind.missing, .altered]) func aFaultIsNamed(_ kind: FileFault.Kind) async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    _ = try await Self.fill(hospital)
    let (target, secret) = (hospital.folder.file("copy"), try Self.secret(hospital))
    // A backup nobody proved, of a hospital whose file is bad.
    let other = Self.noise(Array("%PDF-1.7\n".utf8), 3 << 20, 3)
    let (statement, name, word): (SQL, String, String) =
      kind == .missing
      ? ("DELETE FROM blob WHERE type = 'image/jpeg'", "3階東病棟", "missing")
      : ("UPDATE blob SET content = \(other) WHERE type = 'application/pdf'", "紙カルテ.pdf", "changed")
    try await Self.damage(hospital, statement)
    func names(_ outcome: Outcome) -> Bool {
      let said = outcome.output + outcome.errors
      return said.contains(name) && said.contains(word)
    }
    let doctor = try await hospital.run(["doctor"])
    #expect(doctor.code == 1 && names(doctor), "\(doctor.output)\(doctor.errors)")
    let verify = try await hospital.run(["verify"])
    #expect(verify.code == 1 && names(verify), "\(verify.errors)")
    let saved = try await hospital.run(["backup", target, "--passphrase-file", secret])
    #expect(saved.code == 1 && names(saved), "\(saved.errors)")
    let unproved = try await hospital.run(["backup", target, "--passphrase-file", secret, "--skip-verification"])
    #expect(unproved.code == 0, "\(unproved.errors)")
    let restored = try await Hospital().run(["restore", target, "--passphrase-file", secret])
    #expect(restored.code == 1 && names(restored), "\(restored.errors)")
  }

  /// Damage to the backup itself, in the midst of a file.
  @Test func aDamagedBackupIsRefused() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    _ = try await Self.fill(hospital)
    let (target, secret) = (hospital.folder.file("copy"), try Self.secret(hospital))
    for (name, arguments) in [("yagura.sqlite", [String]()), ("yagura.sqlite.sealed", ["--encrypt"])] {
      let folder = "\(target)-\(name)"
      let saved = try await hospital.run(["backup", folder, "--passphrase-file", secret] + arguments)
      try #require(saved.code == 0, "\(saved.errors)")
      let file = "\(folder)/\(name)"
      var data = try #require(FileManager.default.contents(atPath: file))
      data[data.count / 2] ^= 1
      try data.write(to: URL(filePath: file))
      let damaged = try await Hospital().run(["restore", folder, "--passphrase-file", secret])
      #expect(damaged.code == 2 && damaged.errors.contains(name), "\(damaged.errors)")
      try FileManager.default.removeItem(atPath: file)
      let gone = try await Hospital().run(["restore", folder, "--passphrase-file", secret])
      #expect(gone.code == 2 && gone.errors.contains(name), "\(gone.errors)")
    }
  }

  @Test(.enabled(if: Engine.hasPostgres)) func everyFileComesBackOnPostgres() async throws {
    let hospital = try Hospital()
    let name = try await hospital.onPostgres()
    try #require(try await hospital.initialize().code == 0)
    let kept = try await Self.fill(hospital)
    let (target, secret) = (hospital.folder.file("copy"), try Self.secret(hospital))
    let saved = try await hospital.run(["backup", target, "--passphrase-file", secret])
    try #require(saved.code == 0, "\(saved.errors)")
    let dumped = try await PostgresShell.run(PostgresShell.printed(saved, "pg_dump"), in: hospital)
    try #require(dumped.code == 0, "\(dumped.errors)")
    try PostgresServer.drop(name)
    let back = try Hospital()
    let restored = try await back.run(["restore", target, "--passphrase-file", secret])
    let commands = PostgresShell.printed(restored, "createdb") + PostgresShell.printed(restored, "pg_restore")
    let brought = try await PostgresShell.run(commands, in: hospital)
    try #require(brought.code == 0, "\(brought.errors)")
    try await Self.expect(kept, in: back)
    #expect(try await back.run(["verify"]).code == 0)
    try await Self.damage(back, "UPDATE blob SET content = \([1, 2, 3] as [UInt8]) WHERE type = 'application/pdf'")
    for command in ["verify", "doctor"] {
      let outcome = try await back.run([command])
      #expect(
        outcome.code == 1 && (outcome.output + outcome.errors).contains("紙カルテ.pdf"),
        "\(outcome.output)\(outcome.errors)"
      )
    }
    try PostgresServer.drop(name)
  }
}
