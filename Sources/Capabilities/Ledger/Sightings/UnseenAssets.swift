import Records
import SQL
import Time

/// Assets that should have been seen.
package struct UnseenAssets: Sendable {
  package let records: [Record]
  package let total: Int
  /// Of how many assets that can be seen at all.
  package let population: Int

  /// Whether not one of them was seen: then the ledger and the records have no sign in common, which is to be mended first.
  package var isWithoutMatch: Bool { population > 0 && total == population }
}

extension RecordList {
  func unseen(since: Instant, from offset: Int = 0, limit: Int, in tx: any Transaction) throws -> UnseenAssets? {
    let isMatched =
      try tx.row(
        "SELECT id FROM sighting WHERE facility = \(facility) AND asset IS NOT NULL AND seen_at >= \(since) LIMIT 1"
      ) != nil
    let isUnlisted =
      try tx.row(
        """
        SELECT id FROM sighting
        WHERE facility = \(facility) AND state IN ('open', 'ignored') AND asset IS NULL AND seen_at >= \(since) LIMIT 1
        """
      ) != nil
    guard isMatched || isUnlisted else { return nil }
    let visible = Self.visible(facility) + reachable()
    let unseen = visible + Self.notSeen(since)
    let total = try tx.count("SELECT count(*) FROM asset WHERE \(unseen)")
    let population = try tx.count("SELECT count(*) FROM asset WHERE \(visible)")
    let records = try tx.rows(
      "SELECT \(columns) FROM asset WHERE \(unseen) ORDER BY asset_number_key, id LIMIT \(limit) OFFSET \(offset)"
    ).map(record)
    return UnseenAssets(records: records, total: total, population: population)
  }

  /// Assets in use that a network or a tool could see.
  static func visible(_ facility: String) -> SQL {
    """
    facility = \(facility) AND archived_at IS NULL AND (state IS NULL OR state IN ('in_use', '?'))
    AND (mac_address <> '?' OR host_name <> '?' OR (ip_address <> '?' AND ip_address <> 'DHCP'))
    """
  }

  static func notSeen(_ since: Instant) -> SQL {
    """
     AND NOT EXISTS (SELECT 1 FROM sighting
      WHERE sighting.facility = asset.facility AND sighting.asset = asset.id AND sighting.seen_at >= \(since))
    """
  }
}
