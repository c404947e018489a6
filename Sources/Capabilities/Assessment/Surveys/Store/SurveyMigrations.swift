import SQL

/// The tables of surveys. Never edited once released.
enum SurveyMigrations {
  static let all = [
    Migration(
      "assessment-surveys-1",
      facilityTables: ["poll", "poll_respondent", "poll_participation", "poll_response"],
      [
        """
        CREATE TABLE poll (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, title \(.text) NOT NULL, questionnaire \(.text) NOT NULL,
          naming \(.text) NOT NULL CHECK (naming IN ('named', 'aggregate')), cycle \(.text) NOT NULL,
          state \(.text) NOT NULL, due_on \(.text) NOT NULL, population \(.integer), created_at \(.instant) NOT NULL,
          created_by \(.text) NOT NULL, closed_at \(.instant), PRIMARY KEY (facility, id)
        ) \(.strict)
        """,
        """
        CREATE TABLE poll_respondent (
          facility \(.text) NOT NULL, survey \(.text) NOT NULL, id \(.text) NOT NULL, name \(.text) NOT NULL,
          stratum \(.text) NOT NULL, partner \(.text), department \(.text), token \(.text) NOT NULL,
          PRIMARY KEY (facility, survey, id)
        ) \(.strict)
        """,
        "CREATE UNIQUE INDEX survey_respondent_token ON poll_respondent (token)",
        "CREATE INDEX survey_respondent_partner ON poll_respondent (partner)",
        """
        CREATE TABLE poll_participation (
          facility \(.text) NOT NULL, survey \(.text) NOT NULL, round \(.text) NOT NULL, respondent \(.text) NOT NULL,
          state \(.text) NOT NULL, draft \(.text) NOT NULL, version \(.integer) NOT NULL,
          PRIMARY KEY (facility, survey, round, respondent)
        ) \(.strict)
        """,
        // Of what is only counted, respondent, author and moment are NULL: nothing leads back.
        """
        CREATE TABLE poll_response (
          facility \(.text) NOT NULL, survey \(.text) NOT NULL, round \(.text) NOT NULL, id \(.text) NOT NULL,
          respondent \(.text), stratum \(.text) NOT NULL, answers \(.text) NOT NULL, answered_by \(.text),
          answered_at \(.instant), PRIMARY KEY (facility, survey, round, id)
        ) \(.strict)
        """,
      ]
    ),
    // The one who answers may be another than the one it is about.
    Migration(
      "assessment-surveys-2-answerer",
      ["ALTER TABLE poll_respondent ADD COLUMN answerer \(.text) NOT NULL DEFAULT ''"]
    ),
    // Who was asked by a list has no inbox here, and is reminded by hand or by mail.
    Migration(
      "assessment-surveys-3-contact",
      [
        "ALTER TABLE poll_respondent ADD COLUMN contact \(.text) NOT NULL DEFAULT ''",
        "ALTER TABLE poll_respondent ADD COLUMN reminded_on \(.text)",
      ]
    ),
    // Of what is only counted: which browser saved it, as a hash. Whoever asks holds the links, so that these alone do not
    // open what was saved; what was saved before is opened by nobody and begun anew.
    Migration(
      "assessment-surveys-4-holder",
      ["ALTER TABLE poll_participation ADD COLUMN holder \(.text)"]
    ),
  ]
}
