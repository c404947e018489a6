import Nouns
import Records
import SQL
import Text
import Time

/// When a device was last known to be there. Three things confirm it: the day somebody wrote down (最終確認日), a network or
/// tool that saw it, and a ledger that lists it. A ledger that says when it looked at a device is believed; one that does
/// not speaks of the day it was imported.
package enum Confirmations {
  /// What the fact and the quality page say of themselves.
  static let rule = Localized(
    ja: "最終確認日のほか、ネットワークや管理ツールで見つかった日、確認日のない台帳を取り込んだ日も、確認した日とみなします。",
    en:
      "A device counts as seen on its date of confirmation, when the network or a tool saw it, and when a ledger without such dates listed it."
  )

  static let migration = Migration(
    "ledger-7-confirmations",
    [
      "ALTER TABLE asset ADD COLUMN confirmed_at \(.instant)", "ALTER TABLE asset ADD COLUMN confirmed_set \(.text)",
    ]
  )

  /// Whether a row of `asset` is confirmed since that day. Never NULL.
  static func condition(_ facility: String, since day: LocalDate) -> SQL {
    let since = Instant(day, hour: 0)
    return """
      (last_seen_on IS NOT NULL AND last_seen_on <> '?' AND last_seen_on >= \(day.iso))
      OR (confirmed_at IS NOT NULL AND confirmed_at >= \(since))
      OR ((last_seen_on IS NULL OR last_seen_on = '?') AND created_at >= \(since))
      OR id IN (SELECT sighting.asset FROM sighting
        WHERE sighting.facility = \(facility) AND sighting.asset IS NOT NULL AND sighting.seen_at >= \(since))
      """
  }

  /// The import `set` lists these devices and does not say when anybody looked at them.
  static func note(_ ids: [String], set: String, facility: String, at now: Instant, in tx: any Transaction) throws {
    for chunk in ids.chunked(500) {
      // A record somebody removed meanwhile is no longer there to be confirmed.
      _ = try tx.run(
        """
        UPDATE asset SET confirmed_at = \(now), confirmed_set = \(set)
        WHERE facility = \(facility) AND id IN (\(list: chunk))
        """
      )
    }
  }

  /// An import that was taken back confirms nothing.
  static func takeBack(_ set: String, facility: String, in tx: any Transaction) throws {
    // Most change sets are no imports and touch no row here.
    _ = try tx.run(
      """
      UPDATE asset SET confirmed_at = NULL, confirmed_set = NULL
      WHERE facility = \(facility) AND confirmed_set = \(set)
      """
    )
  }
}

extension RecordStore {
  /// The latest day on which a ledger listed a device or something saw it, by record; its own 最終確認日 is not among them.
  package func confirmations(of kind: Kind, in scope: Scope<ReadLedger>) async throws -> [String: LocalDate] {
    guard kind.key == Kind.asset.key else { return [:] }
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { tx in
      var days: [String: LocalDate] = [:]
      for statement: SQL in [
        "SELECT id, confirmed_at AS at FROM asset WHERE facility = \(facility) AND confirmed_at IS NOT NULL",
        """
        SELECT asset AS id, max(seen_at) AS at FROM sighting WHERE facility = \(facility) AND asset IS NOT NULL
        GROUP BY asset
        """,
      ] {
        try tx.each(statement) { row in
          let id = try row.text("id")
          let day = try row.instant("at").day
          days[id] = max(days[id] ?? day, day)
        }
      }
      return days
    }
  }
}
