import Text

/// What a row of a file changes of the record it stands for.
extension Comparison {
  mutating func change(_ row: IntakeRow, _ number: Int) {
    let record = existing[number]
    var changes: [PlannedFieldChange] = []
    for field in fields {
      guard let value = row.values[field], !value.stored.isEmpty else { continue }
      let present = record.values[field] ?? ""
      if present == value.stored || isKeptAsText(value.stored, field, record) { continue }
      if value.isUnknown, !present.isEmpty {
        // 「不明」 replaces nothing that is known.
        noteKept(row, field, value, ConflictReasons.unknownKept(schema.field(field)?.label), "unknown.kept")
        continue
      }
      if CP932.isRemnant(value.stored, of: present) {
        // Payroll systems write ?野 for 𠮷野: the name does not change for that.
        noteKept(row, field, value, ConflictReasons.charactersKept(present), "characters.kept")
        continue
      }
      changes.append(PlannedFieldChange(field: field, from: present, to: value.stored, original: value.original))
    }
    finish(row, record, changes)
  }

  private mutating func noteKept(
    _ row: IntakeRow,
    _ field: String,
    _ value: NormalValue,
    _ reason: Localized,
    _ code: String
  ) {
    plan.problems.append(
      IntakeProblem(
        sheet: row.sheet,
        row: row.number,
        column: header(of: field, row),
        value: value.original ?? value.stored,
        reason: reason,
        severity: .note,
        code: code
      )
    )
  }

  /// A name that the ledger does not make records of is kept in an extra column of the field's name.
  private func isKeptAsText(_ stored: String, _ field: String, _ record: ExistingRecord) -> Bool {
    guard stored.utf8.first == UInt8(ascii: "+"), let label = schema.field(field)?.label.ja,
      let kept = record.extras[label]
    else { return false }
    return kept == String(stored.dropFirst())
  }

  mutating func finish(_ row: IntakeRow, _ record: ExistingRecord, _ changes: [PlannedFieldChange]) {
    let extras = row.extras.filter { record.extras[$0.key] != $0.value && !ordinals.contains($0.key) }
    if changes.isEmpty, extras.isEmpty {
      plan.same.append(PlannedSame(row: row, id: record.id, duplicateOf: nil))
    } else {
      plan.changed.append(
        PlannedChange(id: record.id, version: record.version, changes: changes, row: row, extras: extras)
      )
    }
  }
}
