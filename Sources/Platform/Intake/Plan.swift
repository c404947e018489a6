import Text

/// A record as the ledger holds it now. Values are in their stored form (`IntakeType`), references as ids.
package struct ExistingRecord: Sendable {
  package var id: String
  package var version: Int
  package var values: [String: String]
  /// Unknown columns kept from earlier files.
  package var extras: [String: String]

  package init(id: String, version: Int, values: [String: String], extras: [String: String] = [:]) {
    self.id = id
    self.version = version
    self.values = values
    self.extras = extras
  }
}

/// What an import would do. Every data row of the file is in exactly one of `new`, `changed`, `same`, `conflicts` and
/// `refused`.
package struct ImportPlan: Sendable {
  package var new: [IntakeRow] = []
  package var changed: [PlannedChange] = []
  package var same: [PlannedSame] = []
  package var conflicts: [PlannedConflict] = []
  /// Rows that cannot be imported; each has a `.row` problem.
  package var refused: [IntakeRow] = []
  package var problems: [IntakeProblem] = []
  /// Records of the ledger that no row of the file speaks of. Nothing happens to them; a monthly list shows here who left.
  package var absent: [String] = []
  package var skipped: [SkippedRow] = []
  package var leftOut: [LeftOut] = []
  package var mappings: [ColumnMapping] = []
  package var newReferences: [String: [NewReference]] = [:]

  package var counts: ImportCounts {
    ImportCounts(
      new: new.count,
      changed: changed.count,
      same: same.count,
      conflicting: conflicts.count,
      refused: refused.count,
      skipped: skipped.count
    )
  }

  package init(
    new: [IntakeRow] = [],
    changed: [PlannedChange] = [],
    same: [PlannedSame] = [],
    conflicts: [PlannedConflict] = [],
    refused: [IntakeRow] = [],
    problems: [IntakeProblem] = [],
    absent: [String] = [],
    skipped: [SkippedRow] = [],
    leftOut: [LeftOut] = [],
    mappings: [ColumnMapping] = [],
    newReferences: [String: [NewReference]] = [:]
  ) {
    self.new = new
    self.changed = changed
    self.same = same
    self.conflicts = conflicts
    self.refused = refused
    self.problems = problems
    self.absent = absent
    self.skipped = skipped
    self.leftOut = leftOut
    self.mappings = mappings
    self.newReferences = newReferences
  }
}

package struct ImportCounts: Sendable, Hashable, Codable {
  package var new: Int
  package var changed: Int
  package var same: Int
  package var conflicting: Int
  package var refused: Int
  /// Lines that are no records.
  package var skipped: Int

  package var dataRows: Int { new + changed + same + conflicting + refused }

  package init(new: Int, changed: Int, same: Int, conflicting: Int, refused: Int, skipped: Int) {
    self.new = new
    self.changed = changed
    self.same = same
    self.conflicting = conflicting
    self.refused = refused
    self.skipped = skipped
  }
}

package struct PlannedChange: Sendable {
  package var id: String
  /// The version it was compared with; the ledger refuses the change when that is no longer current.
  package var version: Int
  package var changes: [PlannedFieldChange]
  package var row: IntakeRow
  /// Extra columns that are new or different.
  package var extras: [String: String]

  package init(id: String, version: Int, changes: [PlannedFieldChange], row: IntakeRow, extras: [String: String]) {
    self.id = id
    self.version = version
    self.changes = changes
    self.row = row
    self.extras = extras
  }
}

package struct PlannedFieldChange: Sendable, Hashable, Codable {
  package var field: String
  package var from: String
  /// Empty only for our own export, where an emptied cell means it.
  package var to: String
  package var original: String?

  package init(field: String, from: String, to: String, original: String? = nil) {
    self.field = field
    self.from = from
    self.to = to
    self.original = original
  }
}

package struct PlannedSame: Sendable {
  package var row: IntakeRow
  /// The record it equals; nil for a row that repeats an earlier row of the file.
  package var id: String?
  package var duplicateOf: RowPlace?

  package init(row: IntakeRow, id: String? = nil, duplicateOf: RowPlace? = nil) {
    self.row = row
    self.id = id
    self.duplicateOf = duplicateOf
  }
}

package struct RowPlace: Sendable, Hashable, Codable {
  package var sheet: String
  package var row: Int

  package init(sheet: String, row: Int) {
    self.sheet = sheet
    self.row = row
  }
}

/// A row that only a person can decide on. Nothing of it is imported until then.
package struct PlannedConflict: Sendable {
  package enum Kind: String, Sendable, Codable {
    /// The same number on two different things in the file.
    case numberReused
    /// The number belongs to something else in the ledger.
    case numberTaken
    /// Two rules point at two records, or a surer rule speaks against the match.
    case identitiesDisagree
    /// Changed both in the file and in the ledger since the export.
    case changedOnBothSides
    /// The record of our export is no longer there.
    case gone
    /// Nothing but a description in common, and that not in full: perhaps the same, perhaps another of its kind.
    case perhapsSame
  }

  package var kind: Kind
  package var row: IntakeRow
  package var reason: Localized
  /// Records of the ledger concerned, the likeliest first.
  package var records: [String]
  /// The row of the file it collides with.
  package var other: RowPlace?
  package var fields: [FieldConflict]
  /// Changes of the same row that nobody disputes.
  package var undisputed: [PlannedFieldChange]

  package init(
    kind: Kind,
    row: IntakeRow,
    reason: Localized,
    records: [String],
    other: RowPlace? = nil,
    fields: [FieldConflict],
    undisputed: [PlannedFieldChange]
  ) {
    self.kind = kind
    self.row = row
    self.reason = reason
    self.records = records
    self.other = other
    self.fields = fields
    self.undisputed = undisputed
  }
}

package struct FieldConflict: Sendable, Hashable, Codable {
  package var field: String
  /// As exported, if known.
  package var base: String?
  package var inFile: String
  package var inLedger: String

  package init(field: String, base: String? = nil, inFile: String, inLedger: String) {
    self.field = field
    self.base = base
    self.inFile = inFile
    self.inLedger = inLedger
  }
}
