import SQL

extension LedgerMigrations {
  /// Reminders to vendors, and the end of a round.
  static let enquiryRounds = Migration(
    "ledger-13-enquiry-rounds",
    [
      """
      ALTER TABLE vendor_enquiry ADD COLUMN reminded_on \(.text)
        CONSTRAINT vendor_enquiry_reminded_on CHECK (reminded_on = '?' OR length(reminded_on) = 10)
      """,
      "ALTER TABLE vendor_enquiry ADD COLUMN reminders \(.text) CONSTRAINT vendor_enquiry_reminders CHECK (reminders <> '')",
      """
      ALTER TABLE vendor_enquiry ADD COLUMN closed_on \(.text)
        CONSTRAINT vendor_enquiry_closed_on CHECK (closed_on = '?' OR length(closed_on) = 10)
      """,
    ]
  )
}
