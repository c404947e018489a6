import Records
import SQL

extension LedgerMigrations {
  /// Field surveys and what they found.
  static let surveys = Migration(
    "ledger-11-surveys",
    facilityTables: surveyTables.map(\.table),
    surveyTables.flatMap(\.statements)
  )

  /// Photographs of a walk that came in a batch.
  static let surveyPhotos = Migration(
    "ledger-12-survey-photos",
    facilityTables: ["survey_photo"],
    [
      """
      CREATE TABLE survey_photo (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, survey \(.text) NOT NULL, hash \(.text) NOT NULL,
        preview \(.text), name \(.text) NOT NULL, taken_on \(.text), taken_at \(.text), state \(.text) NOT NULL,
        place \(.text), candidates \(.text), added_at \(.instant) NOT NULL, added_by \(.text) NOT NULL,
        PRIMARY KEY (facility, id), UNIQUE (facility, survey, hash),
        FOREIGN KEY (facility, survey) REFERENCES survey (facility, id) ON DELETE CASCADE,
        FOREIGN KEY (facility, hash) REFERENCES blob (facility, hash)) \(.strict)
      """,
      "CREATE INDEX survey_photo_by_place ON survey_photo (facility, survey, place)",
    ]
  )

  /// How many people worked how long on a survey (報告書 §1: 人数と時間).
  static let surveyHours = Migration(
    "ledger-13-survey-hours",
    [
      "ALTER TABLE survey ADD COLUMN workers \(.text) CONSTRAINT survey_workers CHECK (workers <> '')",
      "ALTER TABLE survey ADD COLUMN person_hours \(.text) CONSTRAINT survey_person_hours CHECK (person_hours <> '')",
    ]
  )

  private static let surveyTables = [
    TableSketch(
      table: "survey",
      columns: [
        .required("name"), .date("starts_on"), .date("ends_on"), .reference("leader", to: "person"), .text("scope"),
        .reference("contractor", to: "vendor"), .date("requested_on"), .text("procedure"), .date("pledged_on"),
        .text("hours"), .reference("reviewer", to: "person"), .date("reviewed_on"), .text("result"),
      ],
      keyed: ["starts_on"]
    ),
    TableSketch(
      table: "survey_find",
      columns: [
        .required("name"), .requiredReference("survey", to: "survey"), .text("what"),
        .reference("location", to: "location"), .text("spot"), .reference("department", to: "department"),
        .text("model"), .text("serial_number"), .yesNo("connected"), .text("sheet_line"), .date("found_on"),
        .text("found_at"), .text("found_by"), .text("photo"), .text("remarks"), .text("checked_by"),
        .date("checked_on"), .reference("asset", to: "asset"), .reference("connection", to: "connection"),
      ],
      keyed: ["found_on", "name"]
    ),
  ]
}
