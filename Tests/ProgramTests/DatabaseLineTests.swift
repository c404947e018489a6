import Foundation
import Testing

@testable import Program

/// What `doctor` makes of the address of a database.
@Suite struct DatabaseLineTests {
  @Test(arguments: [
    ("postgres://yagura@localhost/yagura", DatabaseLine.local), ("postgres://yagura@[::1]:5432/yagura", .local),
    ("postgres:///yagura?host=/run/postgresql", .local), ("dbname=yagura", .local),
    ("host=127.0.0.1 dbname=yagura", .local),
    ("postgres://yagura@db.hospital.example/yagura?sslmode=verify-full", .verified),
    ("host=db.hospital.example sslmode=verify-full", .verified),
    ("postgresql://yagura@db.hospital.example/yagura", .open(host: "db.hospital.example", mode: "prefer")),
    (
      "postgres://yagura:p%40ss@10.0.0.5:5433/yagura?connect_timeout=3&sslmode=require",
      .open(host: "10.0.0.5", mode: "require")
    ), ("host=db.hospital.example sslmode=verify-ca", .open(host: "db.hospital.example", mode: "verify-ca")),
    // The number is what is connected to.
    ("postgres://yagura@localhost/yagura?hostaddr=10.0.0.5", .open(host: "10.0.0.5", mode: "prefer")),
    ("hostaddr=10.0.0.5 host=localhost dbname=yagura", .open(host: "10.0.0.5", mode: "prefer")),
    ("host=db.hospital.example hostaddr=10.0.0.5 sslmode=verify-full", .verified),
    // Several hosts, and what is no address.
    (
      "postgres://yagura@localhost:5432,db.hospital.example:5432/yagura",
      .unclear
    ),
    ("postgres://yagura:p ss@localhost:x/yagura", .unclear),
  ])
  func theLineIsReadAsTheDatabaseReadsIt(_ address: String, _ line: DatabaseLine) {
    #expect(DatabaseLine(address, environment: [:]) == line)
  }

  @Test func whatTheAddressLeavesOutComesFromTheEnvironment() {
    let environment = ["PGHOST": "db.hospital.example", "PGSSLMODE": "verify-full"]
    #expect(DatabaseLine("dbname=yagura", environment: environment) == .verified)
    #expect(
      DatabaseLine("postgres:///yagura", environment: ["PGHOST": "db.hospital.example"])
        == .open(host: "db.hospital.example", mode: "prefer")
    )
    #expect(DatabaseLine("host=db sslmode=disable", environment: environment) == .open(host: "db", mode: "disable"))
    #expect(DatabaseLine("host=db sslmode=disable", environment: [:]).finding.state == .action)
    #expect(DatabaseLine("host=/tmp", environment: [:]).finding.state == .good)
  }

  @Test func whatIsNotCheckedIsNotOpenedUnlessTold() async throws {
    let open = DatabaseLine("host=db.hospital.example sslmode=require", environment: [:])
    #expect(throws: CommandProblem.self) { try open.check(isAccepted: false) }
    #expect(throws: Never.self) { try open.check(isAccepted: true) }
    for line in ["host=/tmp", "host=db sslmode=verify-full"] {
      #expect(throws: Never.self) { try DatabaseLine(line, environment: [:]).check(isAccepted: false) }
    }
    // The program itself, before it calls anybody: the address is one that nobody has.
    let hospital = try Hospital()
    try FileManager.default.createDirectory(atPath: hospital.data, withIntermediateDirectories: true)
    let settings = "database:\n  url: \"host=192.0.2.1 dbname=yagura connect_timeout=2\"\n"
    try Data(settings.utf8).write(to: URL(filePath: hospital.data + "/yagura.yaml"))
    let refused = try await hospital.initialize()
    #expect(refused.code == 3 && refused.errors.contains("verify-full"), "\(refused.errors)")
    try Data((settings + "  acceptUnverified: true\n").utf8).write(to: URL(filePath: hospital.data + "/yagura.yaml"))
    #expect(try await !hospital.initialize().errors.contains("verify-full"))
    // Nor is anything moved there.
    let moving = try Hospital()
    try #require(try await moving.initialize().code == 0)
    let moved = try await moving.run(["migrate-store", "--to", "postgres://yagura@192.0.2.1/yagura?connect_timeout=2"])
    #expect(moved.code == 3 && moved.errors.contains("verify-full"), "\(moved.errors)")
  }
}
