import Foundation
import Jobs
import SQL
import Text
import Time
import Web

extension House {
  /// What `/metrics` tells beside the requests: the journal, the jobs, the sessions, the database, the backup.
  var figures: @Sendable () async throws -> [Metrics.Figure] {
    { [database, clock, folder] in
      let now = clock.now()
      let counts = try await database.read(.everyFacility) { tx in
        (
          unsealed: try tx.count("SELECT count(*) FROM journal WHERE seq IS NULL"),
          waiting: try tx.count("SELECT count(*) FROM job WHERE state = 'waiting'"),
          running: try tx.count("SELECT count(*) FROM job WHERE state = 'running'"),
          facilities: try tx.count("SELECT count(*) FROM facility"),
          sessions: try tx.count("SELECT count(*) FROM session WHERE ends_at > \(now)")
        )
      }
      var figures: [Metrics.Figure] = [
        .init("yagura_journal_unsealed", "Entries of the journal that no seal covers yet.", Double(counts.unsealed)),
        .init("yagura_jobs", "Jobs by state.", labels: [("state", "waiting")], Double(counts.waiting)),
        .init("yagura_jobs", "Jobs by state.", labels: [("state", "running")], Double(counts.running)),
        .init("yagura_facilities", "Facilities in the installation.", Double(counts.facilities)),
        .init("yagura_sessions", "Sessions that have not ended.", Double(counts.sessions)),
        .init("yagura_database_up", "Whether the database answers.", 1),
      ]
      if let made = BackupNote.read(folder)?.madeInstant {
        figures.append(
          .init("yagura_backup_age_seconds", "Seconds since the latest backup.", Double(now.seconds(since: made)))
        )
      }
      // No size where the database lies on another server.
      if let size = (try? FileManager.default.attributesOfItem(atPath: folder.databaseFile))?[.size] as? Int {
        figures.append(.init("yagura_database_bytes", "Size of the embedded database.", Double(size)))
      }
      return figures
    }
  }
}
