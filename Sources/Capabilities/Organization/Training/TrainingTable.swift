import Records
import SQL

/// The tables of trainings, and the name under which people of the roster sign in. Never edited once released.
enum TrainingTable {
  static let migration = Migration(
    "organization-8-training",
    facilityTables: tables.map(\.table),
    [
      "ALTER TABLE person ADD COLUMN user_name \(.text) CONSTRAINT person_user_name CHECK (user_name <> '')",
      "CREATE INDEX person_by_user_name ON person (facility, lower(user_name)) WHERE user_name IS NOT NULL",
    ] + tables.flatMap(\.statements)
  )

  /// What was answered on screen, and that it is on record once. Of records that say the same of one person the first stays.
  static let answers = Migration(
    "organization-9-training-answers",
    [
      """
      ALTER TABLE training_attendance ADD COLUMN answers \(.text)
      CONSTRAINT training_attendance_answers CHECK (answers <> '')
      """
    ] + once
  )

  static let once: [SQL] = [
    """
    UPDATE training_attendance SET archived_at = updated_at
    WHERE archived_at IS NULL AND way = 'screen' AND EXISTS (
      SELECT 1 FROM training_attendance first
      WHERE first.facility = training_attendance.facility AND first.training_id = training_attendance.training_id
        AND first.person_id = training_attendance.person_id AND first.archived_at IS NULL AND first.way = 'screen'
        AND first.id < training_attendance.id)
    """,
    """
    CREATE UNIQUE INDEX training_attendance_once ON training_attendance (facility, training_id, person_id)
    WHERE archived_at IS NULL AND way = 'screen'
    """,
  ]

  private static let tables = [
    TableSketch(
      table: "training",
      columns: [
        .required("name"), .text("category"), .required("fiscal_year"), .text("purpose"), .date("starts_on"),
        .date("due_on"), .text("audience"), .text("targets"), .text("way"), .date("held_on"), .text("place"),
        .text("contents"), .text("document"), .reference("regulation", to: "regulation"), .text("remarks"),
      ],
      keyed: ["fiscal_year"]
    ),
    TableSketch(
      table: "training_attendance",
      columns: [
        .requiredReference("training", to: "training"), .requiredReference("person", to: "person"), .date("done_on"),
        .text("way"), .text("correct"), .text("asked"), .text("remarks"),
      ],
      keyed: ["done_on"]
    ),
    TableSketch(
      table: "training_question",
      columns: [
        .requiredReference("training", to: "training"), .required("position"), .required("question"),
        .required("choices"), .required("answer"), .text("explanation"),
      ],
      keyed: ["position"]
    ),
  ]
}
