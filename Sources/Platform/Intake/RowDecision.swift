/// What a person decided about a row that the comparison left open.
package enum RowDecision: Sendable, Hashable {
  /// The row speaks of this record of the ledger: its values go there.
  case record(String)
  /// The row speaks of the same thing as the earlier row of the file it collides with.
  case earlierRow
  /// Of our own export: only what nobody disputes; the rest stays as the ledger has it.
  case undisputed
  case new
  case skip

  /// For forms and for keeping.
  package var text: String {
    switch self {
    case .record(let id): "record:" + id
    case .earlierRow: "earlier"
    case .undisputed: "undisputed"
    case .new: "new"
    case .skip: "skip"
    }
  }

  /// Nil for anything that `text` does not write.
  package init?(text: String) {
    switch text {
    case "earlier": self = .earlierRow
    case "undisputed": self = .undisputed
    case "new": self = .new
    case "skip": self = .skip
    default:
      guard text.hasPrefix("record:") else { return nil }
      self = .record(String(text.dropFirst("record:".count)))
    }
  }
}

/// The decisions on one file.
package struct RowDecisions: Sendable, Hashable {
  /// For all rows nobody decided on one by one.
  package enum Rest: String, Sendable, CaseIterable { case record, new, skip }

  package var rows: [RowPlace: RowDecision]
  package var rest: Rest?

  package init(rows: [RowPlace: RowDecision] = [:], rest: Rest? = nil) {
    self.rows = rows
    self.rest = rest
  }

  package var isEmpty: Bool { rows.isEmpty && rest == nil }

  /// What is to be done with a row of these choices; nil while that is open. A choice the row does not offer (the
  /// ledger changed meanwhile) counts for nothing.
  package func decision(for place: RowPlace, among choices: [RowDecision]) -> RowDecision? {
    if let said = rows[place] { return choices.contains(said) ? said : nil }
    switch rest {
    case .record:
      return choices.first { choice in
        if case .record = choice { true } else { choice == .earlierRow }
      }
    case .new: return choices.contains(.new) ? .new : nil
    case .skip: return .skip
    case nil: return nil
    }
  }
}

extension PlannedConflict {
  /// What can be done with the row, the likeliest first.
  package var choices: [RowDecision] {
    var choices = records.map { RowDecision.record($0) }
    if kind == .changedOnBothSides, !undisputed.isEmpty { choices.append(.undisputed) }
    if records.isEmpty, other != nil { choices.append(.earlierRow) }
    if kind != .changedOnBothSides, row.refusal == nil { choices.append(.new) }
    return choices + [.skip]
  }
}

extension Comparison {
  /// Puts the rows that a person decided on where they belong. What is left out on purpose stays with the conflicts.
  mutating func carryOut(_ decisions: RowDecisions) {
    guard !decisions.isEmpty else { return }
    let open = plan.conflicts
    plan.conflicts = []
    var settled: Set<RowPlace> = []
    for conflict in open {
      if let decision = decisions.decision(for: conflict.row.place, among: conflict.choices),
        carryOut(decision, conflict)
      {
        settled.insert(conflict.row.place)
      } else {
        plan.conflicts.append(conflict)
      }
    }
    plan.problems.removeAll { problem in
      problem.code.hasPrefix(ConflictReasons.code)
        && settled.contains(RowPlace(sheet: problem.sheet, row: problem.row))
    }
  }

  private mutating func carryOut(_ decision: RowDecision, _ conflict: PlannedConflict) -> Bool {
    switch decision {
    case .skip: return false
    case .new: plan.new.append(conflict.row)
    case .undisputed:
      guard let number = conflict.records.first.flatMap({ existingByID[$0] }) else { return false }
      finish(conflict.row, existing[number], conflict.undisputed)
    case .record(let id):
      guard let number = existingByID[id] else { return false }
      guard conflict.kind == .changedOnBothSides else {
        change(conflict.row, number)
        return true
      }
      let disputed = conflict.fields.map { dispute in
        PlannedFieldChange(
          field: dispute.field,
          from: dispute.inLedger,
          to: dispute.inFile,
          original: conflict.row.values[dispute.field]?.original
        )
      }
      finish(conflict.row, existing[number], conflict.undisputed + disputed)
    case .earlierRow: return reflectInEarlierRow(conflict)
    }
    return true
  }

  /// The later row says more, or says it anew: its values stand.
  private mutating func reflectInEarlierRow(_ conflict: PlannedConflict) -> Bool {
    guard let other = conflict.other else { return false }
    if let index = plan.new.firstIndex(where: { $0.place == other }) {
      for (field, value) in conflict.row.values where !value.stored.isEmpty && !value.isUnknown {
        plan.new[index].values[field] = value
      }
      plan.new[index].extras.merge(conflict.row.extras) { _, later in later }
      plan.same.append(PlannedSame(row: conflict.row, id: nil, duplicateOf: other))
      return true
    }
    let id = plan.changed.first { $0.row.place == other }?.id ?? plan.same.first { $0.row.place == other }?.id
    guard let number = id.flatMap({ existingByID[$0] }) else { return false }
    change(conflict.row, number)
    return true
  }
}
