import Text

/// What was read from a file, before it is compared with what the ledger holds.
package struct IntakeResult: Sendable {
  package var kind: String
  package var tables: [IntakeTable]
  /// One for each set of headers: sheets of one shape share theirs.
  package var mappings: [ColumnMapping]
  package var problems: [IntakeProblem]
  /// Lines inside tables that are no records: sub-totals, legends, blank rows, repeated headers, sections.
  package var skipped: [SkippedRow]
  /// Sheets and tables that were left out, with the reason.
  package var leftOut: [LeftOut]
  /// Names that no record bears yet, by kind (vendor, department …), each with every spelling in the file.
  package var newReferences: [String: [NewReference]]
  /// Headers of the mapping file that no table has: spelling mistakes, mostly.
  package var unusedHeaders: [String]

  package init(kind: String) {
    self.kind = kind
    tables = []
    mappings = []
    problems = []
    skipped = []
    leftOut = []
    newReferences = [:]
    unusedHeaders = []
  }

  /// The rows of all tables in the order of the file.
  package var rows: [IntakeRow] { tables.flatMap(\.rows) }

  /// File header → field, over all tables: what the command prints and a mapping file holds. Unmapped columns are nil.
  package var mapping: [String: String?] {
    var all: [String: String?] = [:]
    for column in mappings.flatMap(\.columns) where (all[column.header] ?? nil) == nil {
      all[column.header] = .some(column.field)
    }
    return all
  }
}

package struct IntakeTable: Sendable {
  package var sheet: String
  /// Row numbers as the sheet shows them; two when group headers stand over the headers.
  package var headerRows: [Int]
  package var columns: [IntakeColumn]
  package var rows: [IntakeRow]
  package var skipped: [SkippedRow]
  /// The mapping used, `ColumnMapping.headerSet`.
  package var headerSet: String
  /// Of the sheet in the file, from 0.
  package var order: Int

  package init(
    sheet: String,
    headerRows: [Int],
    columns: [IntakeColumn],
    rows: [IntakeRow],
    skipped: [SkippedRow],
    headerSet: String,
    order: Int
  ) {
    self.sheet = sheet
    self.headerRows = headerRows
    self.columns = columns
    self.rows = rows
    self.skipped = skipped
    self.headerSet = headerSet
    self.order = order
  }
}

package struct IntakeColumn: Sendable, Hashable {
  /// As in the file; a second one of the same name ends in ` (2)`.
  package var header: String
  /// 0-based column of the sheet.
  package var index: Int
  /// The header of the group above, if any.
  package var group: String?
  package var isHidden: Bool
  package var field: String?

  package init(header: String, index: Int, group: String? = nil, isHidden: Bool, field: String? = nil) {
    self.header = header
    self.index = index
    self.group = group
    self.isHidden = isHidden
    self.field = field
  }
}

package struct IntakeRow: Sendable {
  package var sheet: String
  /// As the sheet shows it, 1-based.
  package var number: Int
  /// By field key; empty cells are absent. What could not be read is there with nothing stored and its text as the
  /// original.
  package var values: RowValues
  /// Columns without a field, header → text as typed. Kept with the record and written back on export.
  package var extras: [String: String]
  /// The id in our own export, when the row has one.
  package var recordID: String?
  /// Fields whose cell was there but could not be read: left as they are in the ledger, with a `.cell` problem.
  package var unreadable: Set<String>
  /// Why the row cannot be imported (a required field is missing); nil if it can.
  package var refusal: Localized?

  package init(
    sheet: String,
    number: Int,
    values: RowValues,
    extras: [String: String],
    recordID: String? = nil,
    unreadable: Set<String>,
    refusal: Localized? = nil
  ) {
    self.sheet = sheet
    self.number = number
    self.values = values
    self.extras = extras
    self.recordID = recordID
    self.unreadable = unreadable
    self.refusal = refusal
  }
}

/// A value as it is stored, and as it stood in the cell when that is different.
package struct NormalValue: Sendable, Hashable {
  package var stored: String
  package var original: String?

  package init(stored: String, original: String? = nil) {
    self.stored = stored
    self.original = original
  }

  /// 「不明」 is stored as this, for every type of field.
  package static let unknown = "?"

  package var isUnknown: Bool { stored == NormalValue.unknown }
}

/// Something a person should know about one cell or row.
package struct IntakeProblem: Sendable, Hashable, Codable {
  package enum Severity: String, Sendable, Codable {
    /// The cell's value is kept as it was typed and the field left empty.
    case cell
    /// The row was not imported.
    case row
    /// Imported; worth a look.
    case note
  }

  package var sheet: String
  package var row: Int
  /// The header as in the file; nil when it is about the whole row.
  package var column: String?
  package var value: String?
  package var reason: Localized
  package var severity: Severity
  /// For machines: `date.invalid`, `number.reused` …
  package var code: String

  /// Whether it is about a row that a person may decide on instead of mending the file.
  package var asksForDecision: Bool { code.hasPrefix(ConflictReasons.code) }

  package init(
    sheet: String,
    row: Int,
    column: String? = nil,
    value: String? = nil,
    reason: Localized,
    severity: Severity,
    code: String
  ) {
    self.sheet = sheet
    self.row = row
    self.column = column
    self.value = value
    self.reason = reason
    self.severity = severity
    self.code = code
  }
}

package struct SkippedRow: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable {
    case blank, subtotal, legend, example, repeatedHeader, section, lone
    /// Merged with the row above, whose record got its values.
    case continued
  }

  package var sheet: String
  package var row: Int
  package var kind: Kind
  package var text: String
  package var reason: Localized

  package init(sheet: String, row: Int, kind: Kind, text: String, reason: Localized) {
    self.sheet = sheet
    self.row = row
    self.kind = kind
    self.text = text
    self.reason = reason
  }
}

/// A sheet, or a table on it, that nothing was taken from.
package struct LeftOut: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable {
    case hiddenSheet, emptySheet, notes, noHeader, otherKind, needsMapping
  }

  package var sheet: String
  /// The header row, if there is one.
  package var row: Int?
  package var kind: Kind
  package var reason: Localized

  package init(sheet: String, row: Int? = nil, kind: Kind, reason: Localized) {
    self.sheet = sheet
    self.row = row
    self.kind = kind
    self.reason = reason
  }
}

package struct NewReference: Sendable, Hashable, Codable {
  package var kind: String
  /// The fullest spelling. Stored values are `+` and this name.
  package var name: String
  /// The other spellings met, as typed.
  package var aliases: [String]
  package var count: Int

  package init(kind: String, name: String, aliases: [String], count: Int) {
    self.kind = kind
    self.name = name
    self.aliases = aliases
    self.count = count
  }
}
