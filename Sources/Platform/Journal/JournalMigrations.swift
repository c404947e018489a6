import SQL

/// The tables of the audit trail. Entries are only ever added; the database itself refuses to change or remove one,
/// but for its seal, which is written once, and the erasure of personal data (salt and payload dropped).
package enum JournalMigrations {
  package static let all: [Migration] = [
    Migration(
      "journal-1-entries",
      facilityTables: ["journal", "journal_checkpoint", "journal_sealer", "change_set"],
      [
        """
        CREATE TABLE journal (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, at \(.instant) NOT NULL, actor_id \(.text) NOT NULL,
          actor_name \(.text) NOT NULL, request \(.text) NOT NULL, change_set \(.text), kind \(.text) NOT NULL,
          subject_type \(.text) NOT NULL, subject_id \(.text) NOT NULL, subject_title \(.text) NOT NULL,
          place \(.integer) NOT NULL, payload \(.text), salt \(.bytes), leaf \(.bytes), seq \(.integer),
          hash \(.bytes), PRIMARY KEY (facility, id)) \(.strict)
        """,
        "CREATE UNIQUE INDEX journal_by_seq ON journal (facility, seq) WHERE seq IS NOT NULL",
        "CREATE INDEX journal_unsealed ON journal (facility, at, place, id) WHERE seq IS NULL",
        "CREATE INDEX journal_of_subject ON journal (facility, subject_type, subject_id, at, place, id)",
        "CREATE INDEX journal_of_set ON journal (facility, change_set, at, place, id) WHERE change_set IS NOT NULL",
        "CREATE INDEX journal_by_time ON journal (facility, at, place, id)",
        "CREATE INDEX journal_by_actor ON journal (facility, actor_id, at, place, id)",
        """
        CREATE TABLE journal_checkpoint (
          facility \(.text) NOT NULL, seq \(.integer) NOT NULL, hash \(.bytes) NOT NULL, at \(.instant) NOT NULL,
          key \(.text) NOT NULL, signature \(.bytes) NOT NULL, PRIMARY KEY (facility, seq)) \(.strict)
        """,
        """
        CREATE TABLE journal_sealer (
          facility \(.text) NOT NULL PRIMARY KEY, holder \(.text) NOT NULL, held_until \(.instant) NOT NULL) \(.strict)
        """,
        """
        CREATE TABLE change_set (
          facility \(.text) NOT NULL, id \(.text) NOT NULL, kind \(.text) NOT NULL CHECK (kind IN ('edit', 'bulk',
          'import', 'undo')), title \(.text) NOT NULL, actor_name \(.text) NOT NULL, at \(.instant) NOT NULL,
          entries \(.integer) NOT NULL, undone_by \(.text), PRIMARY KEY (facility, id)) \(.strict)
        """,
        "CREATE INDEX change_set_by_time ON change_set (facility, at, id)",
      ],
      change: { tx in for trigger in Guards.statements(tx.engine) { try tx.run(trigger) } }
    ),
    Migration(
      "journal-2-accepted-breaks",
      facilityTables: ["journal_break"],
      [
        """
        CREATE TABLE journal_break (
          facility \(.text) NOT NULL, broken_at \(.integer) NOT NULL, finding \(.text) NOT NULL,
          resumed_after \(.integer) NOT NULL, at \(.instant) NOT NULL, actor_name \(.text) NOT NULL,
          reason \(.text) NOT NULL, fold \(.bytes) NOT NULL, key \(.text) NOT NULL, signature \(.bytes) NOT NULL,
          PRIMARY KEY (facility, resumed_after)) \(.strict)
        """
      ],
      change: { tx in for trigger in Guards.ofBreaks(tx.engine) { try tx.run(trigger) } }
    ),
    Migration("journal-2-titles", ["ALTER TABLE change_set ADD COLUMN title_en \(.text)"]),
  ]
}

/// What keeps entries as they were written, in each engine's own words.
enum Guards {
  static func statements(_ engine: Engine) -> [SQL] {
    switch engine {
    case .sqlite: sqlite
    case .postgres: postgres
    }
  }

  static func ofBreaks(_ engine: Engine) -> [SQL] {
    switch engine {
    case .sqlite:
      [
        """
        CREATE TRIGGER journal_break_keeps BEFORE DELETE ON journal_break
        BEGIN SELECT RAISE(ABORT, 'accepted breaks of the journal stay'); END
        """,
        """
        CREATE TRIGGER journal_break_stays BEFORE UPDATE ON journal_break
        BEGIN SELECT RAISE(ABORT, 'an accepted break of the journal does not change'); END
        """,
      ]
    case .postgres:
      [
        """
        CREATE TRIGGER journal_break_keeps BEFORE UPDATE OR DELETE ON journal_break
          FOR EACH ROW EXECUTE FUNCTION journal_refusal()
        """,
        """
        CREATE TRIGGER journal_break_keeps_all BEFORE TRUNCATE ON journal_break
          FOR EACH STATEMENT EXECUTE FUNCTION journal_refusal()
        """,
      ]
    }
  }

  private static let sqlite: [SQL] = [
    """
    CREATE TRIGGER journal_keeps BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END
    """,
    """
    CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
    WHEN NEW.facility IS NOT OLD.facility OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at
      OR NEW.actor_id IS NOT OLD.actor_id OR NEW.actor_name IS NOT OLD.actor_name OR NEW.request IS NOT OLD.request
      OR NEW.change_set IS NOT OLD.change_set OR NEW.kind IS NOT OLD.kind OR NEW.place IS NOT OLD.place
      OR NEW.subject_type IS NOT OLD.subject_type OR NEW.subject_id IS NOT OLD.subject_id
      OR (NEW.subject_title IS NOT OLD.subject_title AND (NEW.subject_title <> '' OR NEW.salt IS NOT NULL))
      OR (NEW.payload IS NOT OLD.payload AND (NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL))
      OR (NEW.salt IS NOT OLD.salt AND (NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL))
      OR (OLD.leaf IS NOT NULL AND NEW.leaf IS NOT OLD.leaf)
      OR (OLD.seq IS NOT NULL AND (NEW.seq IS NOT OLD.seq OR NEW.hash IS NOT OLD.hash))
    BEGIN SELECT RAISE(ABORT, 'an entry of the journal does not change'); END
    """,
    """
    CREATE TRIGGER journal_checkpoint_keeps BEFORE DELETE ON journal_checkpoint
    BEGIN SELECT RAISE(ABORT, 'checkpoints of the journal only grow'); END
    """,
    """
    CREATE TRIGGER journal_checkpoint_stays BEFORE UPDATE ON journal_checkpoint
    BEGIN SELECT RAISE(ABORT, 'a checkpoint of the journal does not change'); END
    """,
  ]

  private static let postgres: [SQL] = [
    """
    CREATE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
      IF (NEW.facility, NEW.id, NEW.at, NEW.actor_id, NEW.actor_name, NEW.request, NEW.change_set, NEW.kind,
          NEW.subject_type, NEW.subject_id, NEW.place)
        IS DISTINCT FROM (OLD.facility, OLD.id, OLD.at, OLD.actor_id, OLD.actor_name, OLD.request, OLD.change_set,
          OLD.kind, OLD.subject_type, OLD.subject_id, OLD.place)
        OR (NEW.subject_title IS DISTINCT FROM OLD.subject_title
          AND (NEW.subject_title <> '' OR NEW.salt IS NOT NULL))
        OR (NEW.payload IS DISTINCT FROM OLD.payload AND (NEW.payload IS NOT NULL OR NEW.salt IS NOT NULL))
        OR (NEW.salt IS DISTINCT FROM OLD.salt AND (NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL))
        OR (OLD.leaf IS NOT NULL AND NEW.leaf IS DISTINCT FROM OLD.leaf)
        OR (OLD.seq IS NOT NULL AND (NEW.seq, NEW.hash) IS DISTINCT FROM (OLD.seq, OLD.hash))
      THEN RAISE EXCEPTION 'an entry of the journal does not change'; END IF;
      RETURN NEW; END $body$
    """,
    """
    CREATE FUNCTION journal_refusal() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
      RAISE EXCEPTION 'the journal only grows'; END $body$
    """,
    "CREATE TRIGGER journal_stays BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION journal_guard()",
    "CREATE TRIGGER journal_keeps BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_refusal()",
    """
    CREATE TRIGGER journal_keeps_all BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION journal_refusal()
    """,
    """
    CREATE TRIGGER journal_checkpoint_keeps BEFORE UPDATE OR DELETE ON journal_checkpoint
      FOR EACH ROW EXECUTE FUNCTION journal_refusal()
    """,
    """
    CREATE TRIGGER journal_checkpoint_keeps_all BEFORE TRUNCATE ON journal_checkpoint
      FOR EACH STATEMENT EXECUTE FUNCTION journal_refusal()
    """,
  ]
}
