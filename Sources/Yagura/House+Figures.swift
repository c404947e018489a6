import Advisories
import Foundation
import Jobs
import Nouns
import SQL
import Text
import Time
import Vulnerability
import Web

extension House {
  /// What `/metrics` tells beside the requests: the journal, the jobs, the sessions, the database, the feeds, the backup.
  var figures: @Sendable () async throws -> [Metrics.Figure] {
    { [database, vulnerability, clock, folder] in
      let now = clock.now()
      // What needs no database comes first: where that is down, these are wanted then more than ever.
      var figures = Self.backupFigures(BackupNote.read(folder), now: now) + Self.useFigures(database.use)
      // No size where the database lies on another server.
      if let size = (try? FileManager.default.attributesOfItem(atPath: folder.databaseFile))?[.size] as? Int {
        figures.append(.init("yagura_database_bytes", "Size of the embedded database.", Double(size)))
      }
      let up = "Whether the database answers."
      do {
        figures += try await Self.counted(in: database, now: now)
        let staleness = try await vulnerability.strictestStaleness()
        figures += Self.feedFigures(FeedAge.all(try await vulnerability.feeds.parts(), now: now, staleness), now: now)
        figures.append(.init("yagura_database_up", up, 1))
      } catch {
        figures.append(.init("yagura_database_up", up, 0))
      }
      return figures
    }
  }

  private static func counted(in database: any Database, now: Instant) async throws -> [Metrics.Figure] {
    let (counts, jobs, oldest) = try await database.read(.everyFacility) { tx in
      (
        (
          unsealed: try tx.count("SELECT count(*) FROM journal WHERE seq IS NULL"),
          facilities: try tx.count("SELECT count(*) FROM facility"),
          sessions: try tx.count("SELECT count(*) FROM session WHERE ends_at > \(now)")
        ),
        try tx.rows("SELECT state, count(*) AS jobs FROM job WHERE state IN ('waiting', 'running') GROUP BY state").map
        {
          (state: try $0.text("state"), count: try $0.integer("jobs"))
        },
        try tx.row("SELECT min(created_at) AS oldest FROM job WHERE state = 'waiting'")?.optionalInstant("oldest")
      )
    }
    return [
      .init("yagura_journal_unsealed", "Entries of the journal that no seal covers yet.", Double(counts.unsealed)),
      .init("yagura_facilities", "Facilities in the installation.", Double(counts.facilities)),
      .init("yagura_sessions", "Sessions that have not ended.", Double(counts.sessions)),
      .init(
        "yagura_job_waiting_seconds",
        "Seconds for which the oldest waiting job has waited, 0 where none waits.",
        Double(oldest.map { now.seconds(since: $0) } ?? 0)
      ),
    ]
      + ["waiting", "running"].map { state in
        .init(
          "yagura_jobs",
          "Jobs by state.",
          labels: [("state", state)],
          Double(jobs.first { $0.state == state }?.count ?? 0)
        )
      }
  }

  static func useFigures(_ use: DatabaseUse?) -> [Metrics.Figure] {
    guard let use else { return [] }
    let help = "Transactions by what they do; waiting ones wait for a connection."
    return [
      .init("yagura_database_transactions", help, labels: [("state", "in_use")], Double(use.inUse)),
      .init("yagura_database_transactions", help, labels: [("state", "waiting")], Double(use.waiting)),
    ] + (use.limit.map { [.init("yagura_database_connections_limit", "Connections at most.", Double($0))] } ?? [])
  }

  /// A feed that was never loaded has no age: it is missing, and `yagura_feed_stale` says so.
  static func feedFigures(_ ages: [FeedAge], now: Instant) -> [Metrics.Figure] {
    ages.flatMap { age -> [Metrics.Figure] in
      let labels = [(name: "feed", value: age.spec.kind.rawValue)]
      let stale = Metrics.Figure(
        "yagura_feed_stale",
        "1 where a feed is older than it should be, incomplete, or was never loaded.",
        labels: labels,
        age.state == .fresh ? 0 : 1
      )
      guard let asOf = age.asOf else { return [stale] }
      return [
        stale,
        .init(
          "yagura_feed_age_seconds",
          "Seconds since the newest loaded part of a feed was made.",
          labels: labels,
          Double(now.seconds(since: asOf))
        ),
      ]
    }
  }

  static func backupFigures(_ note: BackupNote?, now: Instant) -> [Metrics.Figure] {
    guard let note else { return [] }
    var figures: [Metrics.Figure] = []
    if let made = note.madeInstant {
      figures.append(
        .init("yagura_backup_age_seconds", "Seconds since the latest backup.", Double(now.seconds(since: made)))
      )
    }
    if let proved = note.provedInstant {
      figures.append(
        .init(
          "yagura_backup_proved_age_seconds",
          "Seconds since the latest backup that was proved by restoring it.",
          Double(now.seconds(since: proved))
        )
      )
    }
    return figures
  }
}
