import SQL
import Support

/// A small ward: facilities, assets with a number of their own, and parts that hang on assets.
let wardMigrations = [
  Migration(
    "ward-1-assets",
    facilityTables: ["asset", "part"],
    [
      """
      CREATE TABLE asset (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, number \(.text), name \(.text) NOT NULL,
        name_key \(.text) NOT NULL DEFAULT '', beds \(.integer), weight \(.double), active \(.bool) NOT NULL DEFAULT TRUE,
        image \(.bytes), seen_at \(.instant),
        PRIMARY KEY (facility, id), CONSTRAINT asset_beds CHECK (beds >= 0)) \(.strict)
      """,
      "CREATE UNIQUE INDEX asset_number ON asset (facility, number)",
      "CREATE UNIQUE INDEX asset_name_live ON asset (facility, name) WHERE active",
      """
      CREATE TABLE part (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, asset \(.text) NOT NULL, parent \(.text), amount \(.integer),
        PRIMARY KEY (facility, id), FOREIGN KEY (facility, asset) REFERENCES asset (facility, id)) \(.strict)
      """,
      "CREATE TABLE counter (id \(.text) NOT NULL PRIMARY KEY, value \(.integer) NOT NULL) \(.strict)",
    ]
  )
]

func addAsset(_ id: String, number: String? = nil, name: String? = nil, to tx: any Transaction) throws {
  try tx.run(
    "INSERT INTO asset (facility, id, number, name) VALUES ('f1', \(id), \(number), \(name ?? "asset \(id)"))"
  )
}

extension Database {
  /// A write of facility `f1`.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await write(.facility("f1"), body)
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await read(.facility("f1"), body)
  }
}

extension Transaction {
  /// The first column of every row, as text.
  func texts(_ sql: SQL) throws -> [String?] {
    try rows(sql).map { row in try row.optionalText(row.columns.names[0]) }
  }

  func integers(_ sql: SQL) throws -> [Int?] { try rows(sql).map { $0.integer(at: 0) } }
}
