import SQL

/// The table of what measures take in a facility. Never edited once released.
enum ScoreMigrations {
  static let all = [
    Migration(
      "assessment-scores-1-weights",
      facilityTables: ["assessment_weight"],
      [
        """
        CREATE TABLE assessment_weight (
          facility \(.text) NOT NULL, measure \(.text) NOT NULL, effort \(.text) NOT NULL, cost \(.text) NOT NULL,
          changed_at \(.instant) NOT NULL, changed_by \(.text) NOT NULL, PRIMARY KEY (facility, measure)
        ) \(.strict)
        """
      ]
    )
  ]
}
