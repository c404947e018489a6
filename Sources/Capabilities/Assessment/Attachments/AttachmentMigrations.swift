import SQL

/// The table of what is attached to answers. Never edited once released.
enum AttachmentMigrations {
  static let all = [
    Migration(
      "assessment-attachments-1",
      facilityTables: ["assessment_attachment"],
      [
        """
        CREATE TABLE assessment_attachment (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL,
          item \(.text) NOT NULL, topic \(.text) NOT NULL, kind \(.text) NOT NULL, title \(.text) NOT NULL, type \(.text),
          size \(.integer) NOT NULL, hash \(.text) NOT NULL, link \(.text) NOT NULL, contents \(.text) NOT NULL,
          note \(.text) NOT NULL, dated_on \(.text) NOT NULL, added_at \(.instant) NOT NULL, added_by \(.text) NOT NULL,
          removed_at \(.instant), removed_by \(.text), PRIMARY KEY (facility, id)
        ) \(.strict)
        """,
        "CREATE INDEX assessment_attachment_item ON assessment_attachment (facility, pack, period, item)",
        "CREATE INDEX assessment_attachment_topic ON assessment_attachment (facility, topic, dated_on)",
      ]
    )
  ]
}
