import SQL
import Time

/// Brings the schema up to the program's, as the role that owns the tables, over a connection of its own.
actor Migrator {
  private let lane = Lane()
  private let configuration: PostgresConfiguration
  private let clock: Clock
  private let program: String

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// Any number will do, if every version of the program uses the same.
  private static let lock: Int64 = 0x7961_6775_7261

  init(_ configuration: PostgresConfiguration, _ clock: Clock, _ program: String) {
    self.configuration = configuration
    self.clock = clock
    self.program = program
  }

  func migrate(_ migrations: [Migration]) throws(StorageError) {
    let session = try Session(configuration, as: .owner)
    do {
      try session.execute("SELECT pg_advisory_lock(\(Self.lock))")
      // A lost connection lets the lock go by itself.
      defer { if let _ = try? session.execute("SELECT pg_advisory_unlock(\(Self.lock))") {} }
      let grantee = try makeRole(session)
      while try step(migrations, grantee, session) {}
    } catch let failure as PostgresFailure {
      throw failure.error
    } catch let error as StorageError {
      throw error
    } catch {
      throw .failed("\(error)")
    }
  }

  /// The role that serves: it exists, may see the schema, and an owner that serves too may take it. Several processes may
  /// do this in several databases of one server at once, for roles belong to the server.
  private func makeRole(_ session: Session) throws(PostgresFailure) -> String? {
    guard let role = configuration.servingRole ?? configuration.grantee else { return nil }
    let name = quotedName(role)
    let ownerServes = configuration.servingRole != nil && configuration.ownerAddress == nil
    do throws(PostgresFailure) {
      try session.execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = \(quotedText(role))) THEN CREATE ROLE \(name) NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """
      )
      for attempt in 1... {
        do throws(PostgresFailure) {
          try session.execute(
            """
            DO $$ BEGIN
              IF \(ownerServes) AND NOT pg_has_role(current_user, \(quotedText(role)), 'MEMBER') THEN
                EXECUTE format('GRANT %I TO %I', \(quotedText(role)), current_user);
              END IF;
              EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), \(quotedText(role)));
            END $$
            """
          )
          break
        } catch {
          // "tuple concurrently updated": another process granted the same.
          guard attempt < 5 else { throw error }
        }
      }
    } catch {
      guard case .failed(let reason) = error.error else { throw error }
      throw PostgresFailure(
        .unavailable(
          """
          the serving role could not be prepared: \(reason). An administrator can: CREATE ROLE \(name) NOLOGIN; \
          GRANT \(name) TO the role that connects
          """
        )
      )
    }
    return name
  }

  /// Takes the next step that is missing, in a transaction of its own. Answers whether there was one.
  private func step(_ migrations: [Migration], _ grantee: String?, _ session: Session) throws -> Bool {
    try session.execute(
      "BEGIN; SELECT set_config('yagura.reach', 'all', true), set_config('yagura.facility', '', true)"
    )
    do {
      let tx = PostgresTransaction(session, UniqueKeys(), configuration)
      try tx.run(MigrationPlan.table)
      let plan = try MigrationPlan(known: migrations, applied: tx.rows("SELECT name, content FROM migration"))
      if let next = plan.pending.first {
        for statement in next.statements { try tx.run(statement) }
        for table in next.facilityTables { try guardTable(table, tx) }
        try next.change?(tx)
        try tx.run(
          """
          INSERT INTO migration (name, applied_at, program, content)
          VALUES (\(next.name), \(clock.now()), \(program), \(next.content))
          """
        )
      }
      if let grantee { try grant(grantee, tx) }
      if let failure = tx.failure { throw failure }
      try session.execute("COMMIT")
      return !plan.pending.isEmpty
    } catch {
      // The connection is given up after this; where it is already lost, the server rolls back.
      if let _ = try? session.execute("ROLLBACK") {}
      throw error
    }
  }

  /// The second wall: rows of another facility neither show nor come in, even for the owner and a statement that forgets
  /// its WHERE. The settings are asked once a statement, not once a row.
  private func guardTable(_ table: String, _ tx: PostgresTransaction) throws {
    let mayTouch: SQL = """
      facility = (SELECT current_setting('yagura.facility', true))
      OR (SELECT current_setting('yagura.reach', true)) = 'all'
      """
    try tx.run("ALTER TABLE \(name: table) ENABLE ROW LEVEL SECURITY")
    try tx.run("ALTER TABLE \(name: table) FORCE ROW LEVEL SECURITY")
    try tx.run("DROP POLICY IF EXISTS facility_wall ON \(name: table)")
    try tx.run("CREATE POLICY facility_wall ON \(name: table) USING (\(mayTouch)) WITH CHECK (\(mayTouch))")
  }

  /// Rows of the owner's tables, but no table: whoever serves changes no schema and no history of migrations.
  private func grant(_ role: String, _ tx: PostgresTransaction) throws {
    let tables = try tx.rows(
      """
      SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname = current_schema() AND tableowner = current_user AND tablename <> 'migration'
      """
    ).map { row throws(StorageError) in try row.text("name") }
    if !tables.isEmpty {
      try tx.run("GRANT SELECT, INSERT, UPDATE, DELETE ON \(raw: tables.joined(separator: ", ")) TO \(raw: role)")
    }
    try tx.run("GRANT SELECT ON migration TO \(raw: role)")
  }
}
