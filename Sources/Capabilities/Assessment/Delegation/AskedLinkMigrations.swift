import SQL

/// The tables of links for items that others are asked for, and of what came by them. Never edited once released.
enum AskedLinkMigrations {
  static let all = [
    Migration(
      "assessment-asked-links-1",
      facilityTables: ["assessment_asked_link", "assessment_asked_reply"],
      [
        """
        CREATE TABLE assessment_asked_link (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, whom \(.text) NOT NULL,
          token_hash \(.text) NOT NULL, made_at \(.instant) NOT NULL, made_by \(.text) NOT NULL,
          PRIMARY KEY (facility, pack, period, whom)
        ) \(.strict)
        """,
        "CREATE UNIQUE INDEX assessment_asked_link_hash ON assessment_asked_link (token_hash)",
        // Stays where the link ends.
        """
        CREATE TABLE assessment_asked_reply (
          facility \(.text) NOT NULL, pack \(.text) NOT NULL, period \(.text) NOT NULL, item \(.text) NOT NULL,
          whom \(.text) NOT NULL, value \(.text) NOT NULL, target \(.text), remarks \(.text) NOT NULL,
          respondent \(.text) NOT NULL, saved_at \(.instant) NOT NULL, sent_at \(.instant), taken_at \(.instant),
          taken_by \(.text), version \(.integer) NOT NULL, PRIMARY KEY (facility, pack, period, item, whom)
        ) \(.strict)
        """,
      ]
    )
  ]
}
