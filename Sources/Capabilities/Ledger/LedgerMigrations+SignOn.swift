import SQL

extension LedgerMigrations {
  /// How people sign in to a system: whether once for all, by what, and under whose account.
  static let signOn = Migration(
    "ledger-12-sign-on",
    [
      """
      ALTER TABLE system ADD COLUMN single_sign_on \(.text)
        CONSTRAINT system_single_sign_on CHECK (single_sign_on IN ('yes', 'no', 'na', '?'))
      """,
      """
      ALTER TABLE system ADD COLUMN identity_provider \(.text)
        CONSTRAINT system_identity_provider CHECK (identity_provider <> '')
      """,
      "ALTER TABLE system ADD COLUMN accounts \(.text) CONSTRAINT system_accounts CHECK (accounts <> '')",
    ]
  )
}
