import SQL

extension LedgerMigrations {
  /// What was known of a thing before a file changed it, kept for as long as the file can be taken back. `seen_at` is NULL
  /// where the file was the first to tell of it.
  static let sightingUndo = Migration(
    "ledger-14-sighting-before",
    facilityTables: ["sighting_before"],
    [
      """
      CREATE TABLE sighting_before (
        facility \(.text) NOT NULL, change_set \(.text) NOT NULL, id \(.text) NOT NULL, at \(.instant) NOT NULL,
        ip_address \(.text), mac_address \(.text), host_name \(.text), serial_number \(.text), os \(.text),
        user_name \(.text), maker \(.text), details \(.text) NOT NULL, seen_at \(.instant), import_set \(.text),
        PRIMARY KEY (facility, change_set, id)) \(.strict)
      """,
      "CREATE INDEX sighting_before_by_time ON sighting_before (facility, at)",
    ]
  )
}
