import Text

/// Rows that no rule of identity finds in the ledger, but that may be a record all the same: an external connection whose
/// line was corrected. Two lines of one system are never merged in silence.
extension Comparison {
  /// Whether a row that answers to a record's description is another thing by everything else that is known of both: its
  /// number, or all of the telling fields that are no part of the description.
  func isAnother(_ row: IntakeRow, _ number: Int, but described: [String]) -> Bool {
    guard let lookalike = schema.lookalike else { return false }
    for rule in schema.identity where rule.fields.count == 1 {
      if agreement(rule.fields[0], row, number) == .differs { return true }
    }
    let rest = lookalike.telling.filter { !described.contains($0) }.map { agreement($0, row, number) }
    return rest.contains(.differs) && !rest.contains(.agrees)
  }

  /// Asks about every new row that looks like a record no other row stands for. Where there is one row and one record,
  /// and what is known of both agrees (a line that was unknown is known now), the row is that record.
  mutating func askAboutLookalikes() {
    guard let lookalike = schema.lookalike else { return }
    var records: [String: [Int]] = [:]
    for number in existing.indices where claimed[number] == nil {
      if let name = key(existing[number].values[lookalike.name]) { records[name, default: []].append(number) }
    }
    guard !records.isEmpty else { return }
    var rows: [String: Int] = [:]
    for row in plan.new {
      if let name = key(row.values[lookalike.name]?.stored) { rows[name, default: 0] += 1 }
    }
    let fresh = plan.new
    plan.new = []
    for row in fresh {
      let name = key(row.values[lookalike.name]?.stored) ?? ""
      let candidates = (records[name] ?? []).filter {
        claimed[$0] == nil && agreement(lookalike.group, row, $0) != .differs
      }.sorted { likeness(row, $0) > likeness(row, $1) }
      guard let best = candidates.first else {
        plan.new.append(row)
        continue
      }
      let telling = lookalike.telling.map { (field: $0, agreement: agreement($0, row, best)) }
      let different = telling.filter { $0.agreement == .differs }.map(\.field)
      let isPlain = different.isEmpty && telling.contains { $0.agreement == .agrees }
      if isPlain, candidates.count == 1, rows[name] == 1, !isAnother(row, best, but: lookalike.telling) {
        claim(best, row)
        change(row, best)
        continue
      }
      let reason = ConflictReasons.perhapsSame(
        existing[best].title(schema),
        ([lookalike.name, lookalike.group].compactMap { schema.field($0)?.label }),
        different.compactMap { schema.field($0)?.label },
        candidates.count
      )
      conflict(.perhapsSame, row, reason, Array(candidates.prefix(3)), nil)
    }
  }

  private enum Agreement { case agrees, differs, open }

  private func agreement(_ field: String, _ row: IntakeRow, _ number: Int) -> Agreement {
    guard let mine = row.values[field], !mine.stored.isEmpty, !mine.isUnknown,
      let theirs = existing[number].values[field], !theirs.isEmpty, theirs != NormalValue.unknown
    else { return .open }
    return mine.stored == theirs || Fold.key(mine.stored) == Fold.key(theirs) ? .agrees : .differs
  }

  private func key(_ value: String?) -> String? {
    guard let value, !value.isEmpty, value != NormalValue.unknown else { return nil }
    return Fold.key(value)
  }
}
