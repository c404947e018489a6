import Dispatch
import SQL
import Time

/// A store on PostgreSQL 15 or newer. Writes are serialisable and tried again after a conflict; each transaction says
/// whose rows it may touch, and row-level security holds it to that.
package struct PostgresDatabase: Database {
  package let engine = Engine.postgres
  private let configuration: PostgresConfiguration
  private let pool: Pool
  private let count = WriteCount()
  let clock: Clock
  let program: String

  /// Opens nothing yet. `program` names the version that migrates, as `migration.program` keeps it.
  package init(_ configuration: PostgresConfiguration, clock: Clock = .system, program: String = "yagura") {
    self.configuration = configuration
    self.clock = clock
    self.program = program
    pool = Pool(configuration)
  }

  package var writes: Int { count.value }

  package func read<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await transact(.read, reach, body)
  }

  @discardableResult
  package func write<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    defer { count.note() }
    let answer = try await transact(.write, reach, body)
    CommitWatch.note()
    return answer
  }

  /// Tries until the transaction commits: up to twelve times after conflicts, three after a lost connection.
  private func transact<T: Sendable>(
    _ mode: Connection.Mode,
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try reach.check()
    var conflicts = 0
    var losses = 0
    while true {
      do {
        return try await pool.withConnection { connection in
          let ticket = pool.ticket()
          return try await withTaskCancellationHandler {
            try await connection.transact(mode, reach, ticket, body)
          } onCancel: {
            DispatchQueue.global().async { connection.canceller.cancel(ticket) }
          }
        }
      } catch let failure as PostgresFailure {
        switch failure.kind {
        case .conflict, .stalePlan: conflicts += 1
        case .lost: losses += 1
        case .other: throw failure.error
        }
        guard conflicts < 12, losses < 3 else { throw failure.error }
      }
      // Full jitter: two that met shall not meet again.
      let longest = losses > 0 ? 200 << losses : 2 << min(conflicts, 8)
      do {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...longest)))
      } catch {
        throw StorageError.cancelled
      }
    }
  }

  package func migrate(_ migrations: [Migration]) async throws {
    try await Migrator(configuration, clock, program).migrate(migrations)
  }

  package var use: DatabaseUse? { pool.use }

  package func close() async { await pool.close() }
}
