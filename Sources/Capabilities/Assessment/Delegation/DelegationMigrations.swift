import SQL

/// The tables of who answers what, and what is said about it. Never edited once released.
enum DelegationMigrations {
  static let all = [
    Migration(
      "assessment-delegation-1",
      facilityTables: ["assessment_assignment", "assessment_comment", "assessment_confirmation"],
      [
        """
        CREATE TABLE assessment_assignment (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, item \(.text) NOT NULL,
          department \(.text), person \(.text), name \(.text) NOT NULL, due_on \(.text) NOT NULL, note \(.text) NOT NULL,
          assigned_at \(.instant) NOT NULL, assigned_by \(.text) NOT NULL,
          PRIMARY KEY (facility, pack, period, item),
          CHECK ((department IS NULL) <> (person IS NULL))
        ) \(.strict)
        """,
        """
        CREATE TABLE assessment_comment (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL,
          item \(.text) NOT NULL, body \(.text) NOT NULL, written_at \(.instant) NOT NULL, written_by \(.text) NOT NULL,
          PRIMARY KEY (facility, id)
        ) \(.strict)
        """,
        "CREATE INDEX assessment_comment_item ON assessment_comment (facility, pack, period, item)",
        // Of one version of an answer: another answer has to be confirmed anew.
        """
        CREATE TABLE assessment_confirmation (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, item \(.text) NOT NULL,
          version \(.integer) NOT NULL, confirmed_at \(.instant) NOT NULL, confirmed_by \(.text) NOT NULL,
          PRIMARY KEY (facility, pack, period, item, version)
        ) \(.strict)
        """,
        "ALTER TABLE assessment_answer ADD COLUMN answered_id \(.text)",
      ]
    ),
    Migration(
      "assessment-delegation-2-reminders",
      [
        "ALTER TABLE assessment_assignment ADD COLUMN reminded_on \(.text)",
        "ALTER TABLE assessment_assignment ADD COLUMN reminders \(.integer) NOT NULL DEFAULT 0",
      ]
    ),
    // Vendors are asked, too, and the check knew two kinds only.
    Migration(
      "assessment-delegation-3-vendors",
      facilityTables: ["assessment_assignment"],
      [
        "ALTER TABLE assessment_assignment RENAME TO assessment_assignment_before",
        """
        CREATE TABLE assessment_assignment (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, item \(.text) NOT NULL,
          department \(.text), person \(.text), vendor \(.text), name \(.text) NOT NULL, due_on \(.text) NOT NULL,
          note \(.text) NOT NULL, assigned_at \(.instant) NOT NULL, assigned_by \(.text) NOT NULL,
          reminded_on \(.text), reminders \(.integer) NOT NULL, reply_way \(.text), reply_by \(.text), reply_on \(.text),
          PRIMARY KEY (facility, pack, period, item),
          CONSTRAINT assessment_assignment_whom CHECK (
            CASE WHEN department IS NULL THEN 0 ELSE 1 END + CASE WHEN person IS NULL THEN 0 ELSE 1 END
              + CASE WHEN vendor IS NULL THEN 0 ELSE 1 END = 1),
          CONSTRAINT assessment_assignment_reply CHECK (
            (reply_way IS NULL) = (reply_by IS NULL) AND (reply_way IS NULL) = (reply_on IS NULL)
              AND (reply_way IS NULL OR vendor IS NOT NULL))
        ) \(.strict)
        """,
        """
        INSERT INTO assessment_assignment (facility, pack, period, item, department, person, name, due_on, note,
          assigned_at, assigned_by, reminded_on, reminders)
        SELECT facility, pack, period, item, department, person, name, due_on, note, assigned_at, assigned_by,
          reminded_on, reminders FROM assessment_assignment_before
        """,
        "DROP TABLE assessment_assignment_before",
      ]
    ),
  ]
}
