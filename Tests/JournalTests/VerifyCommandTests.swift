import Foundation
import SQL
import SQLite
import Sealing
import Support
import Testing

@testable import Journal

/// `yagura-verify` as somebody runs it on another machine: nothing but a copy and the public key.
@Suite(.enabled(if: VerifyCommand.isBuilt)) struct VerifyCommandTests {
  @Test func aCopyIsCheckedWithThePublicKeyAlone() async throws {
    let folder = try temporaryFolder()
    let keys = KeyFolder(path: folder.file("keys"))
    let ring = try keys.create()
    let database = try await TestDatabase.file(in: folder, JournalMigrations.all + [withoutGuards])
    let world = JournalWorld(database: database)
    var chance = SplitMix64(seed: 1)
    try await world.write((0..<20).map { _ in world.entry(using: &chance) })
    try await Sealer(database: database, key: ring.signing, clock: world.clock.clock, holder: "test").seal()
    let anchor = try #require(try await world.reader.anchor(facility: "aoba")).text
    try await database.backup(to: folder.file("copy.sqlite"))
    let copy = try Data(contentsOf: URL(fileURLWithPath: folder.file("copy.sqlite")))
    let key = keys.path(of: .signingPublic)

    let sound = try VerifyCommand.run([folder.file("copy.sqlite"), "--key", key, "--anchor", anchor])
    #expect(sound.code == 0)
    #expect(sound.output == "{\"ok\":true,\"sealed\":20,\"unsealed\":0,\"firstBroken\":null}\n")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("copy.sqlite"))) == copy)

    try await database.write(.everyFacility) { tx in
      try tx.run("UPDATE journal SET actor_name = 'x' WHERE seq = 13")
    }
    try await database.backup(to: folder.file("falsified.sqlite"))
    let falsified = try VerifyCommand.run([folder.file("falsified.sqlite"), "--key", key])
    #expect(falsified.code == 1)
    #expect(falsified.output.contains("\"ok\":false"))
    #expect(falsified.output.contains("\"seq\":13"))
    #expect(falsified.output.contains("header-changed"))
    await database.close()

    let other = KeyFolder(path: folder.file("other"))
    _ = try other.create()  // only its file is wanted
    let strange = try VerifyCommand.run([folder.file("copy.sqlite"), "--key", other.path(of: .signingPublic)])
    #expect(strange.code == 1)
    #expect(strange.output.contains("unknown-key"))
  }

  @Test func whatCannotBeCheckedSaysWhy() throws {
    let folder = try temporaryFolder()
    let keys = KeyFolder(path: folder.file("keys"))
    _ = try keys.create()  // only its files are wanted
    let key = keys.path(of: .signingPublic)
    for arguments in [
      [], ["--key", key], [folder.file("none"), "--key", key], [key, "--key", key], [key], ["--nonsense"],
    ] {
      #expect(try VerifyCommand.run(arguments).code == 2, "\(arguments)")
    }
    #expect(try VerifyCommand.run(["--help"]).code == 0)
  }
}

enum VerifyCommand {
  /// Beside the tests, where the build puts it.
  private static let path: String? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      let path = folder.appendingPathComponent("yagura-verify").path
      if FileManager.default.isExecutableFile(atPath: path) { return path }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()

  static var isBuilt: Bool { path != nil }

  static func run(_ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
