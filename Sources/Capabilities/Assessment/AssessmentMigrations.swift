import SQL

/// The tables of rounds and answers. Never edited once released.
enum AssessmentMigrations {
  static let all = [rounds] + ScoreMigrations.all + AttachmentMigrations.all

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
}
