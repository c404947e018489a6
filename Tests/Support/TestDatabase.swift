import Foundation
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
      throw StorageError.unavailable("YAGURA_TEST_POSTGRES names no server")
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
    let environment = ProcessInfo.processInfo.environment
    let isThere = environment["YAGURA_TEST_POSTGRES"]?.isEmpty == false || environment["YAGURA_REQUIRE_DATA"] == "1"
    return isThere ? [.sqlite, .postgres] : [.sqlite]
  }()
}
