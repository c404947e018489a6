import Text

/// Which column of a file is which field. Remembered per set of headers: next month's file with the same headers needs
/// no questions.
package struct ColumnMapping: Sendable, Hashable, Codable {
  /// A hash of the kind and the folded headers in any order.
  package var headerSet: String
  package var columns: [MappedColumn]
  /// A field for the name of the sheet, when several sheets of one shape are called like floors: suggested, or used once
  /// a person said so. A mapping file names it 「（シート名）」.
  package var sheetName: MappedColumn?
  /// The values stand beside the columns their headers belong to: nothing is mapped.
  package var isShifted = false

  package init(headerSet: String, columns: [MappedColumn], sheetName: MappedColumn? = nil) {
    self.headerSet = headerSet
    self.columns = columns
    self.sheetName = sheetName
  }

  package func field(of header: String) -> String? { columns.first { $0.header == header }?.field }
}

package struct MappedColumn: Sendable, Hashable, Codable {
  package enum Confidence: String, Sendable, Codable {
    /// A person said so, in a mapping file or on the page.
    case given
    /// As with the last file of the same headers.
    case remembered
    case high
    /// Not used until a person agrees: `field` is nil and `suggested` says what it may be.
    case middle
    /// Kept as an extra column.
    case low
  }

  /// As in the file; a second one of the same name ends in ` (2)`.
  package var header: String
  package var field: String?
  package var suggested: String?
  /// Other fields it may be, the likeliest first.
  package var alternatives: [String]
  package var confidence: Confidence
  package var reason: Localized
  /// The header of the group above.
  package var group: String?
  /// Some values as typed, for the page that asks.
  package var samples: [String]

  package init(
    header: String,
    field: String?,
    suggested: String? = nil,
    alternatives: [String] = [],
    confidence: Confidence,
    reason: Localized,
    group: String? = nil,
    samples: [String] = []
  ) {
    self.header = header
    self.field = field
    self.suggested = suggested
    self.alternatives = alternatives
    self.confidence = confidence
    self.reason = reason
    self.group = group
    self.samples = samples
  }
}
