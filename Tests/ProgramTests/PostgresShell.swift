import Foundation
import Postgres
import Support
import Testing

/// The commands that `backup` and `restore` print for a PostgreSQL database, run as they are printed.
enum PostgresShell {
  /// Runs printed lines in a shell, `sudo -u postgres` replaced by an environment that names the tests' server.
  ///
  /// A function stands for `sudo`: a script written here could still be open in a child that another test just forked,
  /// and the kernel refuses to run such a file (ETXTBSY).
  static func run(_ lines: [String], in hospital: Hospital) async throws -> (code: Int32, errors: String) {
    let server = try #require(URLComponents(string: try PostgresServer.configuration("postgres").address))
    var environment = ProcessInfo.processInfo.environment
    environment["PGHOST"] = server.host
    environment["PGUSER"] = server.user
    environment["PGPASSWORD"] = server.password
    let errors = hospital.folder.file("shell-\(UUID().uuidString)")
    let child = try Spawned(
      "/bin/sh",
      ["-ec", (["sudo() { shift 2; \"$@\"; }"] + lines).joined(separator: "\n")],
      environment: environment,
      output: "/dev/null",
      errors: errors
    )
    return (await child.ended(), try String(contentsOf: URL(filePath: errors), encoding: .utf8))
  }

  /// The lines with which a command said how to go on with this program.
  static func printed(_ outcome: Outcome, _ program: String) -> [String] {
    outcome.errors.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("sudo -u postgres \(program) ") }
  }
}
