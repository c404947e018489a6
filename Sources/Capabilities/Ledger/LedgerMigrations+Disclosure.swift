import SQL

extension LedgerMigrations {
  /// Whether the vendor of a system handed in its disclosure statement (MDS/SDS), and when.
  static let disclosure = Migration(
    "ledger-15-disclosure",
    [
      "ALTER TABLE system ADD COLUMN disclosure \(.text) CONSTRAINT system_disclosure CHECK (disclosure <> '')",
      """
      ALTER TABLE system ADD COLUMN disclosure_on \(.text)
        CONSTRAINT system_disclosure_on CHECK (disclosure_on = '?' OR length(disclosure_on) = 10)
      """,
    ]
  )
}
