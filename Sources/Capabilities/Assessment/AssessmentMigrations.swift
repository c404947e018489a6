import SQL

/// The tables of rounds and answers. Never edited once released.
enum AssessmentMigrations {
  static let all =
    [rounds, vendorForms, workbooks] + ScoreMigrations.all + AttachmentMigrations.all + SurveyMigrations.all
    + DelegationMigrations.all + AuditTable.migrations + OwnChecklistMigrations.all
    + DraftMigrations.all + VendorLinkStore.migrations + [checkers, replies] + AskedLinkMigrations.all + [applying]

  private static let rounds = Migration(
    "assessment-1-rounds",
    facilityTables: ["assessment_round", "assessment_answer"],
    [
      """
      CREATE TABLE assessment_round (
        facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, locked_at \(.instant),
        locked_by \(.text), digest \(.text), version \(.integer) NOT NULL, PRIMARY KEY (facility, pack, period)
      ) \(.strict)
      """,
      """
      CREATE TABLE assessment_answer (
        facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, item \(.text) NOT NULL,
        topic \(.text) NOT NULL, value \(.text) NOT NULL, reason \(.text) NOT NULL, remarks \(.text) NOT NULL,
        checked_on \(.text) NOT NULL, target \(.text), second_value \(.text), second_on \(.text), suggested \(.text),
        basis \(.text) NOT NULL, answered_at \(.instant) NOT NULL, answered_by \(.text) NOT NULL,
        version \(.integer) NOT NULL, PRIMARY KEY (facility, pack, period, item)
      ) \(.strict)
      """,
      "CREATE INDEX assessment_answer_time ON assessment_answer (facility, answered_at, pack, item)",
    ]
  )

  private static let vendorForms = Migration(
    "assessment-2-vendor-forms",
    facilityTables: ["assessment_vendor_form", "assessment_vendor_answer"],
    [
      """
      CREATE TABLE assessment_vendor_form (
        facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, vendor \(.text) NOT NULL,
        vendor_name \(.text) NOT NULL, systems \(.text) NOT NULL, sent_on \(.text), sent_by \(.text),
        due_on \(.text), reminded_on \(.text), reminders \(.integer) NOT NULL, received_on \(.text),
        way \(.text), respondent \(.text) NOT NULL, version \(.integer) NOT NULL,
        PRIMARY KEY (facility, pack, period, vendor)
      ) \(.strict)
      """,
      """
      CREATE TABLE assessment_vendor_answer (
        facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, vendor \(.text) NOT NULL,
        item \(.text) NOT NULL, topic \(.text) NOT NULL, value \(.text) NOT NULL, checked_on \(.text), target \(.text),
        second_value \(.text), second_on \(.text), remarks \(.text) NOT NULL, answered_at \(.instant) NOT NULL,
        answered_by \(.text) NOT NULL, version \(.integer) NOT NULL,
        PRIMARY KEY (facility, pack, period, vendor, item),
        FOREIGN KEY (facility, pack, period, vendor)
          REFERENCES assessment_vendor_form (facility, pack, period, vendor)
      ) \(.strict)
      """,
    ]
  )

  /// The files themselves are blobs.
  private static let workbooks = Migration(
    "assessment-3-workbooks",
    facilityTables: ["assessment_workbook", "assessment_wording"],
    [
      """
      CREATE TABLE assessment_workbook (
        facility \(.text) NOT NULL, pack \(.text) NOT NULL, hash \(.text) NOT NULL, file_name \(.text) NOT NULL,
        loaded_at \(.instant) NOT NULL, loaded_by \(.text) NOT NULL, PRIMARY KEY (facility, pack)
      ) \(.strict)
      """,
      """
      CREATE TABLE assessment_wording (
        facility \(.text) NOT NULL, pack \(.text) NOT NULL, item \(.text) NOT NULL, wording \(.text) NOT NULL,
        PRIMARY KEY (facility, pack, item)
      ) \(.strict)
      """,
    ]
  )

  /// Who checked an answer, the first time and the second.
  private static let checkers = Migration(
    "assessment-4-checkers",
    [
      "ALTER TABLE assessment_answer ADD COLUMN checked_by \(.text)",
      "ALTER TABLE assessment_answer ADD COLUMN second_by \(.text)",
    ]
  )

  private static let replies = Migration(
    "assessment-5-vendor-replies",
    ["ALTER TABLE assessment_vendor_form ADD COLUMN replied_on \(.text)"]
  )

  /// What spoke against 該当なし when it was answered, so that a round that is settled keeps its figures.
  private static let applying = Migration(
    "assessment-6-applying",
    ["ALTER TABLE assessment_answer ADD COLUMN applying \(.text)"]
  )
}
