import Text

/// As exported, as in the file, as in the ledger: who changed what.
enum ThreeWay {
  /// What only the file changed, and what both changed differently. What only the ledger changed stays as it is.
  static func compare(
    _ row: IntakeRow,
    _ base: ExportMeta.BaseRecord,
    _ record: ExistingRecord,
    _ fields: [String]
  ) -> (changes: [PlannedFieldChange], disputed: [FieldConflict]) {
    var changes: [PlannedFieldChange] = []
    var disputed: [FieldConflict] = []
    for field in fields where !row.unreadable.contains(field) {
      let inFile = row.values[field]?.stored ?? ""
      let exported = base.values[field] ?? ""
      let present = record.values[field] ?? ""
      if inFile == exported || inFile == present || CP932.isRemnant(inFile, of: exported) { continue }
      if present == exported {
        changes.append(
          PlannedFieldChange(field: field, from: present, to: inFile, original: row.values[field]?.original)
        )
      } else {
        disputed.append(FieldConflict(field: field, base: exported, inFile: inFile, inLedger: present))
      }
    }
    return (changes, disputed)
  }
}
