import Nouns
import SQL

extension RoundStore {
  /// The newest rounds of a checklist that hold an answer, the oldest first.
  func past(_ checklist: Checklist, limit: Int, _ facility: FacilityID) async throws -> [Round] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      let periods = try tx.rows(
        """
        SELECT DISTINCT period FROM assessment_answer WHERE facility = \(key) AND pack = \(checklist.id)
        ORDER BY period DESC LIMIT \(limit)
        """
      ).map { try $0.text("period") }
      return try periods.reversed().map { try Self.round(checklist, $0, key, in: tx) }
    }
  }

  /// Every round that holds an answer, as pack and period, the newest answer first.
  func answered(_ facility: FacilityID) async throws -> [(pack: String, period: String)] {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT pack, period, max(answered_at) AS latest FROM assessment_answer WHERE facility = \(facility.rawValue)
        GROUP BY pack, period ORDER BY latest DESC, pack, period LIMIT 200
        """
      ).map { (pack: try $0.text("pack"), period: try $0.text("period")) }
    }
  }
}
