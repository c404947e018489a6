import Nouns
import Records
import SQL
import Text
import Time

/// A system or modality without any recorded maintenance line is a question, not a no: most vendors maintain from outside,
/// and the ledger may only not know (厚労行政推進調査事業 報告書: lines that no network team had heard of).
package struct Absence: Sendable, Hashable {
  package let kind: String
  package let id: String
  package let title: String
  package let department: String
  package let vendor: String
}

extension RecordStore {
  /// Neither a connection nor a contract speaks of the system.
  static func silentSystems() -> SQL {
    """
    NOT EXISTS (SELECT 1 FROM connection c WHERE c.facility = system.facility AND c.system_id = system.id
      AND c.archived_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.facility = system.facility AND c.system_name = system.name
      AND c.archived_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM contract_cover v JOIN contract k ON k.facility = v.facility AND k.id = v.contract_id
      WHERE v.facility = system.facility AND v.system_id = system.id AND v.archived_at IS NULL
      AND k.maintenance_way IN ('visit', 'none'))
    """
  }

  /// The same for a modality, by itself or by its system.
  static func silentModalities() -> SQL {
    """
    category = 'medical' AND (state IS NULL OR state NOT IN ('disposed', 'stored'))
    AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.facility = asset.facility AND c.boundary_asset_id = asset.id
      AND c.archived_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.facility = asset.facility AND c.system_id = asset.system_id
      AND c.archived_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.facility = asset.facility AND c.system_name = asset.name
      AND c.archived_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM contract_cover v JOIN contract k ON k.facility = v.facility AND k.id = v.contract_id
      WHERE v.facility = asset.facility AND v.asset_id = asset.id AND v.archived_at IS NULL
      AND k.maintenance_way IN ('visit', 'none'))
    """
  }

  /// Systems first, then modalities, at most `limit` of each.
  package func absences(limit: Int = 200, in scope: Scope<ReadLedger>) async throws -> [Absence] {
    let facility = scope.facility.rawValue
    let lists: [(Kind, String, SQL, RecordList)] = [
      (.system, "vendor", Self.silentSystems(), try RecordList(.system, catalogue, scope)),
      (.asset, "maintenance_vendor", Self.silentModalities(), try RecordList(.asset, catalogue, scope)),
    ]
    return try await database.read(scope.reach) { [catalogue] tx in
      var found: [Absence] = []
      for (kind, vendor, silent, list) in lists {
        let records = try tx.rows(
          """
          SELECT \(list.columns) FROM \(name: kind.table) WHERE facility = \(facility) AND archived_at IS NULL
            AND \(silent)\(list.reachable()) ORDER BY name_key, id LIMIT \(limit)
          """
        ).map(list.record)
        let titles = try ReferenceTitles.of(records, kind: kind, catalogue, facility: facility, in: tx)
        found += records.map { record in
          Absence(
            kind: kind.key,
            id: record.id,
            title: record.title,
            department: record.known("department").flatMap { titles[$0] } ?? "",
            vendor: record.known(vendor).flatMap { titles[$0] } ?? ""
          )
        }
      }
      return found
    }
  }

  /// 「回線なし」 is a record of its own: who said so and when. Answers what it was said of, and the record.
  package func answerAbsence(
    _ kind: Kind,
    _ id: String,
    on today: LocalDate,
    in scope: Scope<EditLedger>
  ) async throws -> (subject: Record, made: Record) {
    let record = try await find(kind, id: id, in: scope.reading).record
    var values = [
      "system_name": record.title, "has_connection": "no", "last_confirmed_on": today.iso,
      "department": record.known("department") ?? "", "vendor": record.known("vendor") ?? "",
      "remarks": "保守回線がないことを\(scope.actor.name)が確かめた",
    ]
    values[kind.key == "system" ? "system" : "boundary_asset"] = record.id
    return (record, try await create(.connection, values, reason: "保守回線なしの確認", in: scope))
  }
}
