import Foundation
import Support
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A data folder and the built program beside it, run as people run it.
final class Hospital: Sendable {
  static let password = "Harbor-lamp-42x"
  static let facility = "みなと中央病院"

  let folder: TemporaryFolder
  /// The folder given as `--data`.
  let data: String

  init(data: String? = nil) throws {
    folder = try TemporaryFolder()
    self.data = data ?? folder.file("data")
    try Data("\(Self.password)\n".utf8).write(to: URL(filePath: folder.file("password")))
  }

  var database: String { data + "/yagura.sqlite" }

  var initArguments: [String] {
    ["init", "--facility", Self.facility, "--admin", "sato", "--password-file", folder.file("password"), "--yes"]
  }

  /// Puts the data on a fresh PostgreSQL database, whose name it answers.
  func onPostgres() async throws -> String {
    let name = try PostgresServer.makeDatabase()
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let settings = "database:\n  url: \"\(try Installation.address(of: name))\"\n  connections: 3\n"
    try Data(settings.utf8).write(to: URL(filePath: data + "/yagura.yaml"))
    return name
  }

  @discardableResult
  func initialize() async throws -> Outcome { try await run(initArguments) }

  /// Runs a command on this folder to its end.
  @discardableResult
  func run(_ arguments: [String], before: String? = nil) async throws -> Outcome {
    let child = try start(arguments, before: before)
    let code = await child.ended()
    return Outcome(code: code, output: child.output, errors: child.errors)
  }

  /// Starts a command. `before` is what a shell does first, `ulimit -f 100`.
  func start(_ arguments: [String], before: String? = nil) throws -> Child {
    try Child(arguments + ["--data", data], before: before, in: folder)
  }

  /// `import`, its JSON read.
  func importing(_ kind: String, _ file: String, _ more: [String] = []) async throws -> ImportAnswer {
    let outcome = try await run(["import", "--kind", kind, file, "--json"] + more)
    guard outcome.code == 0 else { throw Unexpected(outcome: outcome) }
    return try JSONDecoder().decode(ImportAnswer.self, from: Data(outcome.output.utf8))
  }
}

struct Unexpected: Error, CustomStringConvertible {
  let outcome: Outcome
  var description: String { "exit code \(outcome.code): \(outcome.errors.prefix(2000))" }
}

struct Outcome: Sendable {
  let code: Int32
  let output: String
  let errors: String

  var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) }
}

/// What the contract says of `import --json`.
struct ImportAnswer: Decodable, Equatable, Sendable {
  let new, changed, same, skipped: Int
  let problems: [Problem]
  let mapping: [String: String]

  struct Problem: Decodable, Equatable, Sendable {
    let sheet: String
    let row: Int
    let column, value, reason: String
  }
}

/// A running command. What it says goes to files, so that no pipe fills.
final class Child: Sendable {
  /// `YAGURA_PROGRAM`, else what the build left beside the tests.
  static let program: String? = {
    if let given = ProcessInfo.processInfo.environment["YAGURA_PROGRAM"] { return given }
    var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      let path = folder.appending(path: "yagura").path(percentEncoded: false)
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue { return path }
      folder = folder.deletingLastPathComponent()
    }
    let path = TidyTests.root.appending(path: ".build/debug/yagura").path(percentEncoded: false)
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  private let process: Spawned
  private let outputFile: String
  private let errorFile: String

  init(_ arguments: [String], before: String?, in folder: TemporaryFolder) throws {
    let name = UUID().uuidString
    outputFile = folder.file("\(name).out")
    errorFile = folder.file("\(name).err")
    for file in [outputFile, errorFile] { try Data().write(to: URL(filePath: file)) }
    let path = try #require(Self.program, "build the program first, or name it in YAGURA_PROGRAM")
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("YAGURA_") }
    environment["LC_ALL"] = "C.UTF-8"
    environment["YAGURA_LOG_LEVEL"] = "error"
    process = try Spawned(
      before == nil ? path : "/bin/bash",
      before.map { ["-c", "\($0); exec \"$@\"", "bash", path] + arguments } ?? arguments,
      environment: environment,
      output: outputFile,
      errors: errorFile
    )
  }

  var processID: Int32 { process.processID }
  var isRunning: Bool { process.isRunning }

  /// The exit code, negative for the signal that ended it.
  @discardableResult
  func ended() async -> Int32 { await process.ended() }

  var output: String { Self.text(outputFile) }
  var errors: String { Self.text(errorFile) }

  /// At once, as the power fails.
  func kill() { signal(SIGKILL) }

  func signal(_ number: Int32) { process.signal(number) }

  private static func text(_ file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
  }
}

/// The files of a hospital as it keeps them.
enum HospitalFiles {
  /// Each with the kind it is imported as, in the order in which a hospital would.
  static let all: [(kind: String, name: String)] = [
    ("assets", "機器管理台帳.xlsx"), ("connections", "外部接続一覧.csv"), ("people", "職員名簿_2026年10月.csv"),
    ("people", "職員名簿_2026年11月.csv"), ("inventory", "端末一覧_資産管理ツール.csv"), ("nmap", "nmap.xml"),
    ("dhcp", "dhcpd.leases"), ("arp", "arp-table.txt"),
  ]
}
