import SQL

/// The tables of a facility's own packs, and of who confirmed those of the program. Rows are only added. Never edited once released.
enum OwnChecklistMigrations {
  static let all = [
    Migration(
      "assessment-own-packs-1",
      facilityTables: ["assessment_pack", "assessment_pack_confirmation"],
      [
        """
        CREATE TABLE assessment_pack (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, edition \(.integer) NOT NULL, source \(.text) NOT NULL,
          hash \(.text) NOT NULL, file_name \(.text) NOT NULL, sender \(.text), loaded_at \(.instant) NOT NULL,
          loaded_by \(.text) NOT NULL, PRIMARY KEY (facility, pack, edition)
        ) \(.strict)
        """,
        """
        CREATE TABLE assessment_pack_confirmation (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, edition \(.integer) NOT NULL,
          confirmed_at \(.instant) NOT NULL, confirmed_by \(.text) NOT NULL, confirmed_name \(.text) NOT NULL,
          reason \(.text) NOT NULL, PRIMARY KEY (facility, pack, edition),
          FOREIGN KEY (facility, pack, edition) REFERENCES assessment_pack (facility, pack, edition)
        ) \(.strict)
        """,
      ]
    ),
    // Of the checklists of the program: with the text that was compared, since an update may bring another one.
    Migration(
      "assessment-shipped-confirmations-1",
      facilityTables: ["assessment_shipped_confirmation"],
      [
        """
        CREATE TABLE assessment_shipped_confirmation (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, edition \(.integer) NOT NULL, hash \(.text) NOT NULL,
          confirmed_at \(.instant) NOT NULL, confirmed_by \(.text) NOT NULL, confirmed_name \(.text) NOT NULL,
          reason \(.text) NOT NULL, PRIMARY KEY (facility, pack, edition, hash)
        ) \(.strict)
        """
      ]
    ),
  ]
}
