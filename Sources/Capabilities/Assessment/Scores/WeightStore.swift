import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// What measures take in a facility, where it is not what the pack says. Every change is a line in the journal.
struct WeightStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// By the number of the measure.
  func all(_ facility: FacilityID) async throws -> [String: MeasureWeight] {
    try await database.read(.facility(facility.rawValue)) { tx in try Self.all(facility.rawValue, in: tx) }
  }

  private static func all(_ key: String, in tx: any Transaction) throws -> [String: MeasureWeight] {
    var weights: [String: MeasureWeight] = [:]
    for row in try tx.rows("SELECT measure, effort, cost FROM assessment_weight WHERE facility = \(key)") {
      guard let effort = MeasureWeight.Effort(rawValue: try row.text("effort")),
        let cost = MeasureWeight.Cost(rawValue: try row.text("cost"))
      else { throw StorageError.unexpectedValue(column: "assessment_weight.effort", wanted: "a class") }
      weights[try row.text("measure")] = MeasureWeight(effort: effort, cost: cost)
    }
    return weights
  }

  /// Nothing happens where it is so already. What the pack says again is kept as the facility's own: a later edition of
  /// the pack does not change what somebody decided.
  func set(_ weight: MeasureWeight, of measure: ChecklistMeasure, in scope: Scope<AnswerChecks>) async throws {
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      let current = try Self.all(key, in: tx)[measure.number] ?? measure.weight
      guard current != weight else { return }
      try tx.run(
        """
        INSERT INTO assessment_weight (facility, measure, effort, cost, changed_at, changed_by)
        VALUES (\(key), \(measure.number), \(weight.effort.rawValue), \(weight.cost.rawValue), \(now),
          \(scope.actor.name))
        ON CONFLICT (facility, measure) DO UPDATE SET effort = excluded.effort, cost = excluded.cost,
          changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """
      )
      let changes = [
        FieldChange(field: "effort", from: current?.effort.rawValue, to: weight.effort.rawValue),
        FieldChange(field: "cost", from: current?.cost.rawValue, to: weight.cost.rawValue),
      ]
      try tx.record([
        JournalEntry(
          by: scope,
          id: id,
          at: now,
          kind: "assessment.weighed",
          of: ("assessment", "measure/\(measure.number)", measure.title.ja),
          changes: changes.filter { $0.from != $0.to }
        )
      ])
    }
  }
}
