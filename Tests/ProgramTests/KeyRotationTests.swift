import Foundation
import Nouns
import SQL
import Sealing
import Support
import Testing
import Time

@testable import Program

/// The key that seals secrets is changed: everything opens afterwards, the old key opens nothing, and whatever stops it
/// loses nothing.
@Suite struct KeyRotationTests {
  /// One sealed column, and for what its secret is sealed.
  private struct Place: Sendable {
    let select: SQL
    let column: String
    let purpose: String
    let secret: String
  }

  private let account = "rotation-account"

  private func places(_ facility: String) -> [Place] {
    [
      Place(
        select: "SELECT sealed_secret FROM second_factor WHERE facility = \(facility) AND account = \(account)",
        column: "sealed_secret",
        purpose: "identity.totp/\(account)",
        secret: "a seed of twenty bytes"
      ),
      Place(
        select: "SELECT sealed_password FROM directory WHERE facility = \(facility)",
        column: "sealed_password",
        purpose: "identity.directory.password/\(facility)",
        secret: "the directory's"
      ),
      Place(
        select: "SELECT sealed_secret FROM provider WHERE facility = \(facility)",
        column: "sealed_secret",
        purpose: "identity.provider.secret/\(facility)",
        secret: "the provider's"
      ),
      Place(
        select: "SELECT sealed_password FROM mail_relay WHERE facility = \(facility)",
        column: "sealed_password",
        purpose: "duties.mail.password/\(facility)",
        secret: "the relay's"
      ),
    ]
  }

  /// Secrets of every kind, sealed as the program of now seals them.
  private func fill(_ house: House, _ facility: String) async throws {
    let now = house.clock.now()
    let account = account
    let sealed = try places(facility).map { try house.keys.seal.close($0.secret, for: $0.purpose) }
    try await house.database.write(.everyFacility) { tx in
      try tx.run(
        """
        INSERT INTO account (facility, id, user_name, user_key, name, language, created_at)
        VALUES (\(facility), \(account), 'rotation', 'rotation', '鍵', 'ja', \(now))
        """
      )
      try tx.run(
        """
        INSERT INTO second_factor (facility, account, sealed_secret, created_at, confirmed_at)
        VALUES (\(facility), \(account), \(sealed[0]), \(now), \(now))
        """
      )
      try tx.run(
        """
        INSERT INTO directory (facility, is_on, host, port, security, service_name, sealed_password, base, filter,
          name_attribute, group_attribute, group_base, group_filter, authority_file, version)
        VALUES (\(facility), \(false), 'ldap.example', 636, 'tls', 'cn=look', \(sealed[1]), 'dc=example', '(uid={user})',
          'cn', 'memberOf', '', '', '', 1)
        """
      )
      try tx.run(
        """
        INSERT INTO provider (facility, is_on, label, issuer, client, sealed_secret, authority_file, address, version)
        VALUES (\(facility), \(false), '病院', 'https://id.example', 'yagura', \(sealed[2]), '', 'https://y.example', 1)
        """
      )
      try tx.run(
        """
        INSERT INTO mail_relay (facility, host, port, security, user_name, sealed_password, authority_file, sender,
          address, digest_hour, is_on, version)
        VALUES (\(facility), 'mail.example', 587, 'startTLS', 'yagura', \(sealed[3]), '', 'y@example', '', 8,
          \(false), 1)
        """
      )
    }
  }

  /// What each place holds, opened with this seal; nil where it does not open.
  private func opened(_ house: House, _ facility: String, with seal: Seal) async throws -> [String?] {
    let places = places(facility)
    return try await house.database.read(.everyFacility) { tx in
      try places.map { place in
        let envelope = try #require(try tx.row(place.select)).bytes(place.column)
        do throws(SealError) {
          return String(decoding: try seal.open(envelope, for: place.purpose), as: UTF8.self)
        } catch {
          return nil
        }
      }
    }
  }

  private func opened(_ house: House, _ facility: String) async throws -> [String?] {
    try await opened(house, facility, with: house.keys.seal)
  }

  /// As the next start reads it.
  private func later<T: Sendable>(
    _ installation: Installation,
    _ body: (House) async throws -> T
  ) async throws -> T {
    let house = try await House.open(DataFolder(installation.folder.path), clock: installation.clock.clock)
    return try await house.closing(body)
  }

  @Test(arguments: Engine.available)
  func everySecretIsSealedAnewAndTheOldKeyOpensNothing(engine: Engine) async throws {
    let installation = try await Installation(engine, rows: 1)
    let facility = installation.facility.rawValue
    try await fill(installation.house, facility)
    let old = installation.house.keys.sealing
    let work = try await KeyRotation(house: installation.house).run()
    #expect(work.renewed == 4 && work.lost == 0)
    let secrets = places(facility).map { $0.secret as String? }
    try await later(installation) { house in
      #expect(house.keys.sealing.bytes != old.bytes && house.keys.next == nil)
      #expect(try await opened(house, facility) == secrets)
      #expect(try await opened(house, facility, with: Seal(old)) == [nil, nil, nil, nil])
      let kinds = try await house.database.read(.everyFacility) { tx in
        try tx.rows("SELECT actor_id FROM journal WHERE kind = \(KeyRotation.kind)").map { try $0.text("actor_id") }
      }
      #expect(kinds == ["operator"])
      // Once more: nothing is left behind by the first time.
      #expect(try await KeyRotation(house: house).run().renewed == 4)
    }
    let last = try await later(installation) { house in try await opened(house, facility) }
    #expect(last == secrets)
    await installation.close()
  }

  @Test(arguments: Engine.available)
  func whatStopsItLosesNothing(engine: Engine) async throws {
    let installation = try await Installation(engine, rows: 1)
    let facility = installation.facility.rawValue
    try await fill(installation.house, facility)
    let secrets = places(facility).map { $0.secret as String? }
    let folder = KeyFolder(path: installation.house.settings.keysFolder)
    // Stopped once the new key is there.
    let next = try folder.prepareSealing()
    try await later(installation) { house in
      #expect(house.keys.next?.bytes == next.bytes)
      #expect(try await opened(house, facility) == secrets)
      let age = try await house.database.read(.everyFacility) { tx in try KeyAge.read(tx, house.keys) }
      #expect(age.finding(at: house.clock.now())?.state == .action)
    }
    // Stopped once everything is sealed with it.
    _ = try await KeyRotation(house: installation.house)
      .reseal(with: next, before: installation.house.keys.sealing)
    try await later(installation) { house in
      #expect(try await opened(house, facility) == secrets)
      #expect(try await opened(house, facility, with: Seal(house.keys.sealing)) == [nil, nil, nil, nil])
      // Something is sealed meanwhile, with the key that still is the one in use.
      let relay = places(facility)[3]
      let sealed = try house.keys.seal.close("a new one", for: relay.purpose)
      try await house.database.write(.everyFacility) { tx in
        try tx.run("UPDATE mail_relay SET sealed_password = \(sealed) WHERE facility = \(facility)")
      }
      // The next run ends what was begun, with the same key.
      #expect(try await KeyRotation(house: house).run().renewed == 1)
    }
    try await later(installation) { house in
      #expect(house.keys.sealing.bytes == next.bytes && house.keys.next == nil)
      #expect(try await opened(house, facility) == secrets.dropLast() + ["a new one"])
      let age = try await house.database.read(.everyFacility) { tx in try KeyAge.read(tx, house.keys) }
      #expect(age.finding(at: house.clock.now())?.state == .good)
      #expect(age.finding(at: house.clock.now().adding(days: KeyAge.days))?.state == .note)
    }
    await installation.close()
  }

  @Test(arguments: Engine.available)
  func whatNoKeyOpensStaysAndIsCounted(engine: Engine) async throws {
    let installation = try await Installation(engine, rows: 1)
    let facility = installation.facility.rawValue
    try await fill(installation.house, facility)
    let lost = try Seal(SealingKey(from: .system)).close("gone", for: "identity.directory.password/\(facility)")
    try await installation.house.database.write(.everyFacility) { tx in
      try tx.run("UPDATE directory SET sealed_password = \(lost) WHERE facility = \(facility)")
    }
    let work = try await KeyRotation(house: installation.house).run()
    #expect(work.renewed == 3 && work.lost == 1)
    let kept = try await installation.house.database.read(.everyFacility) { tx in
      try #require(try tx.row("SELECT sealed_password FROM directory")).bytes("sealed_password")
    }
    #expect(kept == lost)
    await installation.close()
  }

  /// As it is run on the machine.
  @Test func theCommandWantsAStoppedServerAndABackupOfTheKeys() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let file = URL(filePath: hospital.data + "/keys/sealing.key")
    let before = try Data(contentsOf: file)
    #expect(try await hospital.run(["keys", "rotate"]).code == 2, "nothing holds the keys")
    let phrase = hospital.folder.file("phrase")
    try Data("ふねのとうだい 十二もじ以上\n".utf8).write(to: URL(filePath: phrase))
    let copy = hospital.folder.file("copy")
    #expect(try await hospital.run(["backup", copy, "--passphrase-file", phrase]).code == 0)
    let server = try hospital.start(["serve", "--port", "0"])
    _ = try await CommandTests.address(of: server)
    #expect(try await hospital.run(["keys", "rotate"]).code == 3, "it is being served")
    #expect(try Data(contentsOf: file) == before)
    server.signal(SIGTERM)
    await server.ended()
    let outcome = try await hospital.run(["keys", "rotate"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try Data(contentsOf: file) != before)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path())[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: hospital.data + "/keys").count == 5)
    #expect(try await hospital.run(["verify"]).code == 0)
    let doctor = try await hospital.run(["doctor"])
    #expect(doctor.code == 1 && doctor.output.contains("--passphrase-file"), "the new key is in no backup yet")
    // The copy of before comes back with the keys it holds.
    let back = try Hospital()
    #expect(try await back.run(["restore", copy, "--passphrase-file", phrase]).code == 0)
    #expect(try Data(contentsOf: URL(filePath: back.data + "/keys/sealing.key")) == before)
    // In the midst of a change no backup is made: which key closed what would be open.
    _ = try KeyFolder(path: hospital.data + "/keys").prepareSealing()
    let refused = try await hospital.run(["backup", hospital.folder.file("other"), "--passphrase-file", phrase])
    #expect(refused.code == 3 && refused.errors.contains("keys rotate"), "\(refused.errors)")
  }
}
