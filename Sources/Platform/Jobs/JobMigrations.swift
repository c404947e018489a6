import SQL

/// The tables of jobs.
package enum JobMigrations {
  package static let all: [Migration] = [
    Migration(
      "jobs-1-queue",
      facilityTables: ["job", "job_input", "job_line"],
      [
        """
        CREATE TABLE job (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, kind \(.text) NOT NULL, title_ja \(.text),
          title_en \(.text),
          state \(.text) NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'partly', 'failed', 'cancelled')),
          actor_id \(.text) NOT NULL, actor_name \(.text) NOT NULL, request \(.text) NOT NULL,
          created_at \(.instant) NOT NULL, started_at \(.instant), finished_at \(.instant), keep_until \(.instant),
          payload \(.text) NOT NULL, done \(.integer) NOT NULL, total \(.integer), note_ja \(.text), note_en \(.text),
          outcome \(.text), cancel_requested \(.bool) NOT NULL, attempt \(.integer) NOT NULL, holder \(.text),
          held_until \(.instant),
          PRIMARY KEY (facility, id),
          CHECK ((state = 'running') = (holder IS NOT NULL AND held_until IS NOT NULL))) \(.strict)
        """,
        "CREATE INDEX job_by_time ON job (facility, created_at, id)",
        // The queue is the installation's, not a facility's.
        "CREATE INDEX job_queue ON job (created_at, id) WHERE state = 'waiting'",
        "CREATE INDEX job_lease ON job (held_until) WHERE state = 'running'",
        "CREATE INDEX job_retention ON job (keep_until) WHERE keep_until IS NOT NULL",
        """
        CREATE TABLE job_input (
          facility \(.text) NOT NULL, job \(.text) NOT NULL, name \(.text) NOT NULL, content \(.bytes) NOT NULL,
          PRIMARY KEY (facility, job, name),
          FOREIGN KEY (facility, job) REFERENCES job (facility, id) ON DELETE CASCADE) \(.strict)
        """,
        """
        CREATE TABLE job_line (
          facility \(.text) NOT NULL, job \(.text) NOT NULL, number \(.integer) NOT NULL, at \(.instant) NOT NULL,
          text_ja \(.text) NOT NULL, text_en \(.text) NOT NULL, PRIMARY KEY (facility, job, number),
          FOREIGN KEY (facility, job) REFERENCES job (facility, id) ON DELETE CASCADE) \(.strict)
        """,
      ]
    )
  ]
}
