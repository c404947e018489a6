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
}
