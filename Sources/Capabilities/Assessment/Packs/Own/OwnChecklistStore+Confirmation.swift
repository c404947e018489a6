import Journal
import Nouns
import Packs
import Records
import SQL
import Time

/// Who of a facility compared checklists with their sources: its own, and those of the program.
extension OwnChecklistStore {
  /// One of the program as a facility knows it.
  func known(_ shipped: Checklist, _ facility: FacilityID) async throws -> Checklist {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      shipped.confirmed(try Self.confirmations(key, of: shipped.id, in: tx)[shipped.id])
    }
  }

  /// The confirmations of what the program holds now, by the ids of its checklists; those of other editions and texts are
  /// kept and do not count.
  static func confirmations(
    _ key: String,
    of pack: String? = nil,
    in tx: any Transaction
  ) throws -> [String: ChecklistConfirmation] {
    let only: SQL = pack.map { "AND pack = \($0)" } ?? ""
    var found: [String: ChecklistConfirmation] = [:]
    for row in try tx.rows(
      """
      SELECT pack, edition, hash, confirmed_at, confirmed_name, reason FROM assessment_shipped_confirmation
      WHERE facility = \(key) \(only)
      """
    ) {
      let id = try row.text("pack")
      guard try Checklists.checklist(id)?.pack.edition == row.integer("edition"),
        try Checklists.hashes[id] == row.text("hash")
      else { continue }
      found[id] = try confirmation(row)
    }
    return found
  }

  /// Nil where the row tells of none.
  static func confirmation(_ row: Row) throws -> ChecklistConfirmation? {
    guard let at = try row.optionalInstant("confirmed_at") else { return nil }
    return ChecklistConfirmation(by: try row.text("confirmed_name"), at: at, reason: try row.text("reason"))
  }

  /// Says that somebody with an account compared the checklist with its source. Throws `OwnChecklistProblem`.
  package func confirm(
    _ checklist: Checklist,
    by person: Actor,
    reason: String,
    in scope: Scope<AnswerChecks>
  ) async throws {
    guard !reason.isEmpty, reason.count <= 500 else { throw OwnChecklistProblem.reasonMissing }
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      if let name = try Self.confirmer(checklist, key, in: tx) { throw OwnChecklistProblem.isConfirmed(by: name) }
      try tx.run(Self.insertion(checklist, by: person, reason: reason, now, key))
      let change = FieldChange(field: "confirmed", from: nil, to: person.name)
      try tx.record([Self.entry(id, "assessment.pack.confirmed", checklist, [change], reason, now, scope)])
    }
  }

  /// Who confirmed this edition before.
  private static func confirmer(_ checklist: Checklist, _ key: String, in tx: any Transaction) throws -> String? {
    guard checklist.isOwn else { return try confirmations(key, of: checklist.id, in: tx)[checklist.id]?.by }
    return try tx.row(
      """
      SELECT confirmed_name FROM assessment_pack_confirmation
      WHERE facility = \(key) AND pack = \(checklist.pack.id) AND edition = \(checklist.pack.edition)
      """
    )?.text("confirmed_name")
  }

  private static func insertion(
    _ checklist: Checklist,
    by person: Actor,
    reason: String,
    _ now: Instant,
    _ key: String
  ) -> SQL {
    guard checklist.isOwn else {
      return """
        INSERT INTO assessment_shipped_confirmation (facility, pack, edition, hash, confirmed_at, confirmed_by,
          confirmed_name, reason)
        VALUES (\(key), \(checklist.id), \(checklist.pack.edition), \(Checklists.hashes[checklist.id] ?? ""), \(now),
          \(person.id), \(person.name), \(reason))
        """
    }
    return """
      INSERT INTO assessment_pack_confirmation (facility, pack, edition, confirmed_at, confirmed_by, confirmed_name, reason)
      VALUES (\(key), \(checklist.pack.id), \(checklist.pack.edition), \(now), \(person.id), \(person.name), \(reason))
      """
  }
}
