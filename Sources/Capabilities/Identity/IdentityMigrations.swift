import SQL

/// The tables of accounts and sessions. Nothing here is ever edited once released; later changes are further migrations.
enum IdentityMigrations {
  static let all = [accounts, sessions, facilityDetails, dateStyle, links, tokens, outside, wantedFactor]

  private static let facilityDetails = Migration(
    "identity-3-facility-details",
    [
      "ALTER TABLE facility ADD COLUMN beds \(.integer)",
      "ALTER TABLE facility ADD COLUMN prefecture \(.text) NOT NULL DEFAULT ''",
      "ALTER TABLE facility ADD COLUMN address \(.text) NOT NULL DEFAULT ''",
      "ALTER TABLE facility ADD COLUMN telephone \(.text) NOT NULL DEFAULT ''",
      "ALTER TABLE facility ADD COLUMN version \(.integer) NOT NULL DEFAULT 1",
    ]
  )

  private static let wantedFactor = Migration(
    "identity-8-wanted-factor",
    ["ALTER TABLE facility ADD COLUMN wants_second_factor \(.text) NOT NULL DEFAULT ''"]
  )

  private static let dateStyle = Migration(
    "identity-4-date-style",
    ["ALTER TABLE account ADD COLUMN date_style \(.text) NOT NULL DEFAULT ''"]
  )

  // One row on either side, each guarded by its own facility.
  private static let links = Migration(
    "identity-5-account-links",
    facilityTables: ["account_link"],
    [
      """
      CREATE TABLE account_link (
        facility \(.text) NOT NULL, account \(.text) NOT NULL, other_facility \(.text) NOT NULL,
        other_account \(.text) NOT NULL, created_at \(.instant) NOT NULL,
        PRIMARY KEY (facility, account, other_facility),
        FOREIGN KEY (facility, account) REFERENCES account (facility, id),
        FOREIGN KEY (other_facility, other_account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      "CREATE INDEX account_link_other ON account_link (other_facility, other_account)",
    ]
  )

  private static let tokens = Migration(
    "identity-6-api-tokens",
    facilityTables: ["api_token", "api_once"],
    [
      """
      CREATE TABLE api_token (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, name \(.text) NOT NULL,
        token_hash \(.text) NOT NULL, permissions \(.text) NOT NULL, created_at \(.instant) NOT NULL,
        created_by \(.text) NOT NULL, expires_at \(.instant) NOT NULL, used_at \(.instant), used_from \(.text),
        revoked_at \(.instant), revoked_by \(.text), PRIMARY KEY (facility, id),
        FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash)",
      "CREATE INDEX api_token_account ON api_token (facility, account)",
      // Under a key of the caller's own one request is done once.
      """
      CREATE TABLE api_once (
        facility \(.text) NOT NULL, caller \(.text) NOT NULL, once_key \(.text) NOT NULL, print \(.text) NOT NULL,
        at \(.instant) NOT NULL, status \(.integer), location \(.text), tag \(.text), body \(.bytes),
        PRIMARY KEY (facility, caller, once_key)
      ) \(.strict)
      """,
      "CREATE INDEX api_once_at ON api_once (facility, at)",
    ]
  )

  // Sign-in by a directory or a provider: where they are, which groups mean which roles, and who is who.
  private static let outside = Migration(
    "identity-7-outside-sign-in",
    facilityTables: ["directory", "directory_group", "outside_identity", "provider", "provider_step"],
    [
      """
      CREATE TABLE directory (
        facility \(.text) NOT NULL PRIMARY KEY, is_on \(.bool) NOT NULL, host \(.text) NOT NULL,
        port \(.integer) NOT NULL, security \(.text) NOT NULL, service_name \(.text) NOT NULL,
        sealed_password \(.bytes), base \(.text) NOT NULL, filter \(.text) NOT NULL, name_attribute \(.text) NOT NULL,
        group_attribute \(.text) NOT NULL, group_base \(.text) NOT NULL, group_filter \(.text) NOT NULL,
        authority_file \(.text) NOT NULL, version \(.integer) NOT NULL
      ) \(.strict)
      """,
      """
      CREATE TABLE directory_group (
        facility \(.text) NOT NULL, role \(.text) NOT NULL, name \(.text) NOT NULL, PRIMARY KEY (facility, role, name)
      ) \(.strict)
      """,
      """
      CREATE TABLE outside_identity (
        facility \(.text) NOT NULL, source \(.text) NOT NULL, issuer \(.text) NOT NULL, subject \(.text) NOT NULL,
        account \(.text) NOT NULL, name \(.text) NOT NULL, created_at \(.instant) NOT NULL, used_at \(.instant),
        PRIMARY KEY (facility, source, issuer, subject),
        FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX outside_identity_account ON outside_identity (facility, account, source)",
      """
      CREATE TABLE provider (
        facility \(.text) NOT NULL PRIMARY KEY, is_on \(.bool) NOT NULL, label \(.text) NOT NULL,
        issuer \(.text) NOT NULL, client \(.text) NOT NULL, sealed_secret \(.bytes), authority_file \(.text) NOT NULL,
        address \(.text) NOT NULL, version \(.integer) NOT NULL
      ) \(.strict)
      """,
      """
      CREATE TABLE provider_step (
        facility \(.text) NOT NULL, state_hash \(.text) NOT NULL, browser_hash \(.text) NOT NULL,
        sealed_ties \(.bytes) NOT NULL, account \(.text) NOT NULL, next \(.text) NOT NULL, at \(.instant) NOT NULL,
        PRIMARY KEY (facility, state_hash)
      ) \(.strict)
      """,
      "CREATE INDEX provider_step_state ON provider_step (state_hash)",
    ]
  )

  private static let accounts = Migration(
    "identity-1-accounts",
    facilityTables: ["account", "grant_of_role", "credential", "second_factor", "recovery_code"],
    [
      """
      CREATE TABLE facility (
        id \(.text) NOT NULL PRIMARY KEY, name \(.text) NOT NULL CHECK (length(name) > 0), kind \(.text) NOT NULL,
        fiscal_year_start \(.integer) NOT NULL CHECK (fiscal_year_start BETWEEN 1 AND 12),
        created_at \(.instant) NOT NULL
      ) \(.strict)
      """,
      // One row at most: of two people who finish the assistant at once, the index lets one through.
      """
      CREATE TABLE first_set_up (
        id \(.integer) NOT NULL PRIMARY KEY CHECK (id = 1), facility_id \(.text) NOT NULL, at \(.instant) NOT NULL
      ) \(.strict)
      """,
      """
      CREATE TABLE account (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, user_name \(.text) NOT NULL, user_key \(.text) NOT NULL,
        name \(.text) NOT NULL, language \(.text) NOT NULL, created_at \(.instant) NOT NULL, locked_at \(.instant),
        signed_in_at \(.instant), revision \(.integer) NOT NULL DEFAULT 1, PRIMARY KEY (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX account_user_key ON account (facility, user_key)",
      """
      CREATE TABLE grant_of_role (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, role \(.text) NOT NULL,
        department \(.text) NOT NULL DEFAULT '', created_at \(.instant) NOT NULL, PRIMARY KEY (facility, id),
        FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX grant_of_role_once ON grant_of_role (facility, account, role, department)",
      """
      CREATE TABLE credential (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, hash \(.text) NOT NULL,
        created_at \(.instant) NOT NULL, one_time_until \(.instant), retired_at \(.instant),
        PRIMARY KEY (facility, id), FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX credential_current ON credential (facility, account) WHERE retired_at IS NULL",
      "CREATE INDEX credential_account ON credential (facility, account, created_at)",
      """
      CREATE TABLE second_factor (
        facility \(.text) NOT NULL, account \(.text) NOT NULL, sealed_secret \(.bytes) NOT NULL,
        created_at \(.instant) NOT NULL, confirmed_at \(.instant), last_step \(.integer),
        PRIMARY KEY (facility, account), FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      """
      CREATE TABLE recovery_code (
        facility \(.text) NOT NULL, account \(.text) NOT NULL, hash \(.text) NOT NULL, created_at \(.instant) NOT NULL,
        used_at \(.instant), PRIMARY KEY (facility, account, hash),
        FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
    ]
  )

  private static let sessions = Migration(
    "identity-2-sessions",
    facilityTables: ["session"],
    [
      """
      CREATE TABLE session (
        facility \(.text) NOT NULL, id \(.text) NOT NULL, account \(.text) NOT NULL, token_hash \(.text) NOT NULL,
        stage \(.text) NOT NULL, csrf \(.text) NOT NULL, created_at \(.instant) NOT NULL,
        seen_at \(.instant) NOT NULL, authenticated_at \(.instant) NOT NULL, ends_at \(.instant) NOT NULL,
        address \(.text) NOT NULL, user_agent \(.text) NOT NULL, PRIMARY KEY (facility, id),
        FOREIGN KEY (facility, account) REFERENCES account (facility, id)
      ) \(.strict)
      """,
      "CREATE UNIQUE INDEX session_token ON session (token_hash)",
      "CREATE INDEX session_account ON session (facility, account)",
      // Who tries is known only by hash: people type passwords into the field of the user name.
      """
      CREATE TABLE sign_in_attempt (
        id \(.text) NOT NULL PRIMARY KEY, subject \(.text) NOT NULL, address \(.text) NOT NULL, at \(.instant) NOT NULL,
        succeeded \(.bool) NOT NULL
      ) \(.strict)
      """,
      "CREATE INDEX sign_in_attempt_subject ON sign_in_attempt (subject, at)",
      "CREATE INDEX sign_in_attempt_address ON sign_in_attempt (address, at)",
    ]
  )
}
