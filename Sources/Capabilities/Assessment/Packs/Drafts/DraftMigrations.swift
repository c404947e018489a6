import SQL

/// The table of drafts. Never edited once released.
enum DraftMigrations {
  static let all = [
    Migration(
      "assessment-pack-drafts-1",
      facilityTables: ["assessment_pack_draft"],
      [
        """
        CREATE TABLE assessment_pack_draft (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, body \(.text) NOT NULL, version \(.integer) NOT NULL,
          made_at \(.instant) NOT NULL, made_by \(.text) NOT NULL, changed_at \(.instant) NOT NULL,
          changed_by \(.text) NOT NULL, PRIMARY KEY (facility, id)
        ) \(.strict)
        """
      ]
    )
  ]
}
