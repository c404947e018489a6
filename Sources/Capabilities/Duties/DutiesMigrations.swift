import SQL

/// The tables of duties, inbox, mail and calendar. Never edited once released.
enum DutiesMigrations {
  static let all = [work, inbox, post]

  private static let work = Migration(
    "duties-1-work",
    facilityTables: ["duty_made", "duty_mark", "duty_event", "duty_escalation", "duty_day"],
    [
      """
      CREATE TABLE duty_made (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, title \(.text) NOT NULL CHECK (title <> ''),
        reason \(.text) NOT NULL, link \(.text) NOT NULL, owner \(.text) NOT NULL, person \(.text) NOT NULL,
        department \(.text) NOT NULL, deputy \(.text) NOT NULL, due \(.text) NOT NULL, recurrence \(.text) NOT NULL,
        rank \(.integer) NOT NULL, snoozed_until \(.text), closed_at \(.instant), created_at \(.instant) NOT NULL,
        created_by \(.text) NOT NULL, version \(.integer) NOT NULL, PRIMARY KEY (facility, id)
      ) \(.strict)
      """,
      "CREATE INDEX duty_made_due ON duty_made (facility, due, rank, id) WHERE closed_at IS NULL",
      "CREATE INDEX duty_made_rank ON duty_made (facility, rank, due, id) WHERE closed_at IS NULL",
      """
      CREATE TABLE duty_mark (
        facility \(.text) NOT NULL, duty \(.text) NOT NULL, snoozed_until \(.text), done_at \(.instant),
        PRIMARY KEY (facility, duty)
      ) \(.strict)
      """,
      """
      CREATE TABLE duty_event (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, duty \(.text) NOT NULL, kind \(.text) NOT NULL,
        at \(.instant) NOT NULL, actor_id \(.text) NOT NULL, actor_name \(.text) NOT NULL, due \(.text) NOT NULL,
        until \(.text), note \(.text) NOT NULL, PRIMARY KEY (facility, id)
      ) \(.strict)
      """,
      "CREATE INDEX duty_event_duty ON duty_event (facility, duty, id)",
      """
      CREATE TABLE duty_escalation (
        facility \(.text) NOT NULL, duty \(.text) NOT NULL, due \(.text) NOT NULL, step \(.text) NOT NULL,
        at \(.instant) NOT NULL, PRIMARY KEY (facility, duty, due, step)
      ) \(.strict)
      """,
      """
      CREATE TABLE duty_day (
        facility \(.text) NOT NULL, day \(.text) NOT NULL, at \(.instant) NOT NULL, PRIMARY KEY (facility, day)
      ) \(.strict)
      """,
    ]
  )

  private static let inbox = Migration(
    "duties-2-inbox",
    facilityTables: ["inbox_message", "calendar_feed"],
    [
      """
      CREATE TABLE inbox_message (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, origin \(.text) NOT NULL,
        title_ja \(.text) NOT NULL, title_en \(.text) NOT NULL, text_ja \(.text) NOT NULL, text_en \(.text) NOT NULL,
        link \(.text) NOT NULL, is_urgent \(.bool) NOT NULL, at \(.instant) NOT NULL, read_at \(.instant),
        PRIMARY KEY (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX inbox_message_once ON inbox_message (facility, account, origin)",
      "CREATE INDEX inbox_message_account ON inbox_message (facility, account, id)",
      "CREATE INDEX inbox_message_unread ON inbox_message (facility, account, is_urgent) WHERE read_at IS NULL",
      """
      CREATE TABLE calendar_feed (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, token_hash \(.text) NOT NULL,
        created_at \(.instant) NOT NULL, used_at \(.instant), revoked_at \(.instant), PRIMARY KEY (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX calendar_feed_token ON calendar_feed (token_hash)",
      "CREATE INDEX calendar_feed_account ON calendar_feed (facility, account)",
    ]
  )

  private static let post = Migration(
    "duties-3-post",
    facilityTables: ["mail_relay", "mail_wish", "mail_digest", "mail_out"],
    [
      """
      CREATE TABLE mail_relay (
        facility \(.text) NOT NULL PRIMARY KEY, host \(.text) NOT NULL, port \(.integer) NOT NULL,
        security \(.text) NOT NULL, user_name \(.text) NOT NULL, sealed_password \(.bytes),
        authority_file \(.text) NOT NULL, sender \(.text) NOT NULL, address \(.text) NOT NULL,
        digest_hour \(.integer) NOT NULL CHECK (digest_hour BETWEEN 0 AND 23), is_on \(.bool) NOT NULL,
        version \(.integer) NOT NULL
      ) \(.strict)
      """,
      """
      CREATE TABLE mail_wish (
        facility \(.text) NOT NULL, account \(.text) NOT NULL, address \(.text) NOT NULL, wants_digest \(.bool) NOT NULL,
        wants_urgent \(.bool) NOT NULL, PRIMARY KEY (facility, account)
      ) \(.strict)
      """,
      // One row a person and day: of two jobs that meet, the key lets one through.
      """
      CREATE TABLE mail_digest (
        facility \(.text) NOT NULL, account \(.text) NOT NULL, day \(.text) NOT NULL, at \(.instant) NOT NULL,
        PRIMARY KEY (facility, account, day)
      ) \(.strict)
      """,
      """
      CREATE TABLE mail_out (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, recipient \(.text) NOT NULL,
        subject \(.text) NOT NULL, body \(.text) NOT NULL, state \(.text) NOT NULL, created_at \(.instant) NOT NULL,
        next_try_at \(.instant) NOT NULL, attempts \(.integer) NOT NULL, problem_ja \(.text) NOT NULL,
        problem_en \(.text) NOT NULL, answer \(.text) NOT NULL, ended_at \(.instant), PRIMARY KEY (facility, id)
      ) \(.strict)
      """,
      "CREATE INDEX mail_out_due ON mail_out (facility, state, next_try_at)",
    ]
  )
}
