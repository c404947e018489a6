/// Where the store is and how it is served.
package struct PostgresConfiguration: Sendable {
  /// A libpq address: `postgresql://user@host/database` or `host=… dbname=…`.
  package var address: String
  /// The address of the role that owns the tables and migrates them; the serving address where there is no other.
  package var ownerAddress: String?
  /// A database other than the one the addresses name.
  package var database: String?
  /// The role that serves. It owns no table, so that row-level security holds it; a connection takes it by `SET ROLE`.
  /// Migration makes it where it is missing and it may. Nil where `address` itself signs in as such a role.
  package var servingRole: String?
  /// The name the tables are granted to: `servingRole`, or whom `address` signs in as.
  package var grantee: String?
  package var connections = 8
  /// How long a transaction waits for a free connection, in seconds.
  package var connectionWait = 10
  /// Seconds after which the server gives up a statement, a lock, or a transaction that says nothing.
  package var statementTimeout = 60
  package var lockTimeout = 5
  package var idleTimeout = 60

  package init(
    address: String,
    ownerAddress: String? = nil,
    database: String? = nil,
    servingRole: String? = "yagura_app"
  ) {
    self.address = address
    self.ownerAddress = ownerAddress
    self.database = database
    self.servingRole = servingRole
  }
}
