import Foundation
import Postgres
import SQL
import SQLite
import Time

/// Stores for tests, with the real migrations.
package enum TestDatabase {
  /// A fresh, migrated store: SQLite in memory, or a PostgreSQL database copied from a template that is migrated once.
  package static func make(
    _ engine: Engine,
    _ migrations: [Migration] = [],
    clock: Clock = .system
  ) async throws -> any Database {
    switch engine {
    case .sqlite:
      let database = try SQLiteDatabase.inMemory(clock: clock)
      try await database.migrate(migrations)
      return database
    case .postgres:
      return try await BorrowedDatabase(PostgresServer.copy(of: migrations), clock)
    }
  }

  /// A SQLite store in a file, with readers beside the writer as in production.
  package static func file(
    in folder: TemporaryFolder,
    _ migrations: [Migration] = [],
    name: String = "yagura.sqlite"
  ) async throws -> SQLiteDatabase {
    let database = try SQLiteDatabase(path: folder.file(name))
    try await database.migrate(migrations)
    return database
  }
}

extension Engine {
  /// The engines a suite runs on: `@Test(arguments: Engine.available)`. PostgreSQL only where `YAGURA_TEST_POSTGRES`
  /// gives a superuser's address (`scripts/with-postgres swift test` does); with `YAGURA_REQUIRE_DATA=1` its absence fails.
  package static let available: [Engine] = {
    let isRequired = ProcessInfo.processInfo.environment["YAGURA_REQUIRE_DATA"] == "1"
    return PostgresServer.address != nil || isRequired ? [.sqlite, .postgres] : [.sqlite]
  }()

  /// For tests of PostgreSQL alone: `.enabled(if: Engine.hasPostgres)`.
  package static var hasPostgres: Bool { available.contains(.postgres) }
}

/// The server that tests may use as they like.
package enum PostgresServer {
  package static let address: String? = {
    let address = ProcessInfo.processInfo.environment["YAGURA_TEST_POSTGRES"]
    return address?.isEmpty == false ? address : nil
  }()

  /// The settings for one of its databases.
  package static func configuration(_ database: String) throws -> PostgresConfiguration {
    guard let address else {
      throw StorageError.unavailable("YAGURA_TEST_POSTGRES names no server: run the tests under scripts/with-postgres")
    }
    var configuration = PostgresConfiguration(address: address, database: database)
    // Suites run side by side on few cores; a wait is no failure here.
    configuration.connectionWait = 600
    configuration.statementTimeout = 600
    configuration.lockTimeout = 30
    return configuration
  }

  /// Makes an empty database, or a copy of `template`. Answers its name.
  package static func makeDatabase(template: String = "template0") throws -> String {
    let name = "yagura_test_\(ProcessInfo.processInfo.processIdentifier)_\(numbers.add())"
    // Copying files takes half the time of copying blocks through the log, which is the default from PostgreSQL 15 on.
    let text = template == "template0" ? " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" : " STRATEGY FILE_COPY"
    try administer(["CREATE DATABASE \(name) TEMPLATE \(template)\(text)"])
    return name
  }

  package static func drop(_ name: String) throws { try administer(["DROP DATABASE IF EXISTS \(name) WITH (FORCE)"]) }

  /// Runs statements as the superuser, in the server's own database.
  package static func administer(_ statements: [String]) throws {
    try PostgresAdministration.run(statements, at: configuration("").address)
  }

  /// Makes a database that is brought up to `migrations` already: the steps are taken once for all tests of a process.
  package static func copy(of migrations: [Migration]) async throws -> String {
    let key = migrations.map { "\($0.name) \($0.content)" }.joined(separator: "\n")
    let template = try await templates.value(key) {
      let name = try makeDatabase()
      let database = PostgresDatabase(try configuration(name))
      try await database.migrate(migrations)
      await database.close()
      return name
    }
    return try makeDatabase(template: template)
  }

  private static let templates = MadeOnce<String>()
  private static let numbers = Tally()
}

/// A database that is dropped when the test lets go of it.
private final class BorrowedDatabase: Database {
  private let database: PostgresDatabase
  private let name: String

  init(_ name: String, _ clock: Clock) throws {
    self.name = name
    database = PostgresDatabase(try PostgresServer.configuration(name), clock: clock)
  }

  // At once and not in the background, where the end of the process would meet it. What stays behind is the throwaway
  // server's to remove.
  deinit { try? PostgresServer.drop(name) }

  var engine: Engine { .postgres }

  var writes: Int { database.writes }

  func read<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await database.read(reach, body)
  }

  @discardableResult
  func write<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await database.write(reach, body)
  }

  func migrate(_ migrations: [Migration]) async throws { try await database.migrate(migrations) }

  func forgetRemains() async throws { try await database.forgetRemains() }

  func close() async { await database.close() }
}
