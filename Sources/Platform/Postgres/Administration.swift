import SQL

/// Statements of a server's administrator, outside any transaction: making and dropping databases for tests.
package enum PostgresAdministration {
  /// Blocks its thread.
  package static func run(_ statements: [String], at address: String, database: String? = nil) throws {
    let session = try Session(PostgresConfiguration(address: address, database: database, servingRole: nil), as: .owner)
    do {
      for statement in statements { try session.execute(statement) }
    } catch {
      throw error.error
    }
  }
}
