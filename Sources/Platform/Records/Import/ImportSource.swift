import Intake
import Tabular
import Text

/// A file as somebody handed it in, and what they said about it.
package struct ImportSource: Sendable {
  package var kind: ImportKind
  package var name: String
  package var bytes: [UInt8]
  package var encoding: TextEncoding?
  package var separator: Separator?
  /// File header → field; nil or empty leaves a column out. Above what is remembered or proposed.
  package var mapping: [String: String?]?
  /// What was said of rows that the comparison left open.
  package var decisions = RowDecisions()

  /// Whether reading it may take longer than people wait for a page: then it is done as a job. A workbook is packed, so
  /// it holds several times its size.
  package var isLarge: Bool {
    bytes.count > (bytes.starts(with: [0x50, 0x4b]) ? Self.largeWorkbook : Self.largeText)
  }

  static let largeText = 1_000_000
  static let largeWorkbook = 500_000

  package init(
    kind: ImportKind,
    name: String,
    bytes: [UInt8],
    encoding: TextEncoding? = nil,
    separator: Separator? = nil,
    mapping: [String: String?]? = nil
  ) {
    self.kind = kind
    self.name = name
    self.bytes = bytes
    self.encoding = encoding
    self.separator = separator
    self.mapping = mapping
  }
}

/// What an import would do, before anything is stored.
package struct ImportPreview: Sendable {
  package enum Content: Sendable {
    case records(kind: Kind, plan: ImportPlan, result: IntakeResult)
    /// What a file holds that is no register: how many things, and the things themselves as their capability reads them.
    case other(OtherImport, count: Int, things: any Sendable, result: IntakeResult?)
  }

  package let source: ImportSource
  /// How text was read, nil for workbooks.
  package let format: FileFormat?
  package let content: Content
  package let problems: [IntakeProblem]
  package let skipped: [SkippedRow]
  package let leftOut: [LeftOut]
  package let mappings: [ColumnMapping]
  /// What the file says, cell by cell; nil where it is no table.
  package var workbook: Workbook?
  /// The records it was compared with; empty where there are none to compare.
  package var existing: [ExistingRecord] = []
  /// What the records are called that the preview speaks of, and what they point to.
  package var titles: [String: String] = [:]

  package init(
    source: ImportSource,
    format: FileFormat? = nil,
    content: Content,
    problems: [IntakeProblem],
    skipped: [SkippedRow] = [],
    leftOut: [LeftOut] = [],
    mappings: [ColumnMapping] = [],
    workbook: Workbook? = nil
  ) {
    self.source = source
    self.format = format
    self.content = content
    self.problems = problems
    self.skipped = skipped
    self.leftOut = leftOut
    self.mappings = mappings
    self.workbook = workbook
  }

  /// Nothing in the file could be read as this kind.
  package var isEmpty: Bool {
    switch content {
    case .records(_, let plan, _): plan.counts.dataRows == 0
    case .other(_, let count, _, _): count == 0
    }
  }
}

/// What an import did.
package struct ImportReport: Sendable {
  package var new = 0
  package var changed = 0
  package var same = 0
  package var conflicting = 0
  package var refused = 0
  package var skipped = 0
  /// To undo it, nil where there is nothing to undo.
  package var set: String?
  package var createdReferences: [String: Int] = [:]

  package init() {}
}
