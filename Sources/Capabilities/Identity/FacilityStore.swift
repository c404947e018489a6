import Journal
import Nouns
import SQL
import Text
import Time

/// Somebody else changed the same thing first. `current` is what it is now.
struct FacilityConflict: Error, Sendable {
  let current: Facility
}

extension Identity {
  /// For how long a change of the facility can be taken back.
  static let undoDays = 7

  func facility(in scope: Scope<ManageSettings>) async throws -> Facility {
    let found = try await database.read(.facility(scope.facility.rawValue)) { tx in try tx.facility(scope.facility) }
    guard let found else { throw Missing() }
    return found
  }

  /// Stores what differs and answers the entry of the journal, nil where nothing did. `version` is that of the page the
  /// draft was typed on; throws `FacilityConflict` where it is older than what is stored.
  @discardableResult
  func save(
    _ draft: FacilityDraft,
    version: Int,
    in scope: Scope<ManageSettings>,
    visit: Visit,
    reason: String? = nil
  ) async throws -> String? {
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      guard let current = try tx.facility(scope.facility) else { throw Missing() }
      let changes = Facility.Field.allCases.compactMap { field -> (String, String?, String?)? in
        let (from, to) = (current.value(field), draft.value(field))
        return from == to ? nil : (field.rawValue, from.isEmpty ? nil : from, to.isEmpty ? nil : to)
      }
      guard !changes.isEmpty else { return nil }
      guard current.version == version, try tx.update(draft, of: scope.facility, version: version) else {
        throw FacilityConflict(current: current)
      }
      let entry = note(
        "facility.changed",
        (type: "facility", id: current.id.rawValue, title: draft.name),
        in: scope.facility,
        by: scope.actor,
        visit,
        changes: changes,
        reason: reason
      )
      try tx.record([entry])
      return entry.id
    }
  }

  /// What was changed of the facility, newest first.
  func facilityHistory(in scope: Scope<ManageSettings>) async throws -> [JournalEntry] {
    try await JournalReader(database: database)
      .history(of: "facility", id: scope.facility.rawValue, facility: scope.facility.rawValue, limit: 50)
  }

  /// Puts back what one change made, field by field; a field that was changed again since stays. Answers how many fields
  /// were put back and how many were left. Throws `Missing` where there is no such change of this facility.
  func undoFacilityChange(
    _ id: String,
    in scope: Scope<ManageSettings>,
    visit: Visit
  ) async throws -> (restored: Int, left: Int) {
    guard let entry = try await facilityHistory(in: scope).first(where: { $0.id == id }),
      entry.kind == "facility.changed"
    else { throw Missing() }
    guard visit.now <= entry.at.adding(days: Self.undoDays) else {
      throw Problems("", Localized(ja: "7日を過ぎた変更は元に戻せません。", en: "A change can be undone for seven days only."))
    }
    let current = try await facility(in: scope)
    var values = Dictionary(uniqueKeysWithValues: Facility.Field.allCases.map { ($0, current.value($0)) })
    var restored = 0
    for change in entry.changes {
      guard let field = Facility.Field(rawValue: change.field), current.value(field) == change.to ?? "" else {
        continue
      }
      values[field] = change.from ?? ""
      restored += 1
    }
    if restored > 0 {
      try await save(
        try FacilityDraft(values),
        version: current.version,
        in: scope,
        visit: visit,
        reason: Self.undoReason
      )
    }
    return (restored, entry.changes.count - restored)
  }

  /// Stands in the journal as the reason of a change that takes another back.
  static let undoReason = "元に戻した"
}
