import SQL

/// A table of a capability whose rows people change and that is no kind of record, for its rows go through states that a
/// form must not set at will: findings, requests, roll-outs, audits. Rows are read as texts by column name, written through
/// one door (`KeptWriter`), journalled field by field and taken back for seven days.
package struct KeptTable: Sendable {
  package struct Column: Sendable, Hashable {
    package enum Kind: Sendable { case text, number, day }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool

    package static func text(_ name: String) -> Column { Column(name: name, kind: .text, isRequired: false) }
    package static func required(_ name: String) -> Column { Column(name: name, kind: .text, isRequired: true) }
    package static func number(_ name: String) -> Column { Column(name: name, kind: .number, isRequired: false) }
    /// `YYYY-MM-DD`.
    package static func day(_ name: String) -> Column { Column(name: name, kind: .day, isRequired: false) }
  }

  /// As the database and the journal name it: `vulnerability_finding`.
  package let name: String
  package let columns: [Column]
  /// The columns that make up what people call a row, for histories.
  package let titleColumns: [String]

  package init(name: String, columns: [Column], titleColumns: [String]) {
    self.name = name
    self.columns = columns
    self.titleColumns = titleColumns
  }

  package func title(_ values: [String: String]) -> String {
    titleColumns.compactMap { values[$0] }.filter { !$0.isEmpty }.joined(separator: " ・ ")
  }

  /// All columns as they are selected and inserted.
  package var all: [String] {
    ["facility", "id", "revision", "created_at", "updated_at", "updated_by"] + columns.map(\.name)
  }

  /// Its names with commas between.
  package var list: SQL { all.map { "\(name: $0)" as SQL }.joined(separator: ", ") }

  /// The statement that makes the table. Migrations list their columns in a `KeptTable` that is not changed any more.
  package var creation: SQL {
    """
    CREATE TABLE \(name: name) (facility \(.text) NOT NULL, id \(.text) NOT NULL,
    revision \(.integer) NOT NULL, created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL,
    updated_by \(.text) NOT NULL, \(columns.map(definition).joined(separator: ", ")),
    CONSTRAINT \(name: name + "_revision") CHECK (revision > 0), PRIMARY KEY (facility, id)) \(.strict)
    """
  }

  private func definition(_ column: Column) -> SQL {
    let must: SQL = column.isRequired ? " NOT NULL" : ""
    switch column.kind {
    case .number: return "\(name: column.name) \(.integer)\(must)"
    case .text: return "\(name: column.name) \(.text)\(must)"
    case .day:
      return """
        \(name: column.name) \(.text)\(must) CONSTRAINT \(name: "\(name)_\(column.name)") \
        CHECK (length(\(name: column.name)) = 10)
        """
    }
  }

  /// An index that leads with the facility.
  package func index(_ columns: String..., unique: Bool = false) -> SQL {
    let kind: SQL = unique ? "UNIQUE INDEX" : "INDEX"
    let names = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    return
      "CREATE \(kind) \(name: "\(name)_by_\(columns.joined(separator: "_"))") ON \(name: name) (facility, \(names))"
  }

  package func value(_ column: Column, _ text: String?) -> SQLValue {
    guard let text, !text.isEmpty else { return column.isRequired && column.kind == .text ? .text("") : .null }
    guard column.kind == .number else { return .text(text) }
    return Int64(text).map(SQLValue.integer) ?? .null
  }

  package func read(_ row: Row) throws -> KeptRow {
    var values: [String: String] = [:]
    for column in columns {
      if let text = try row.optionalText(column.name), !text.isEmpty { values[column.name] = text }
    }
    return KeptRow(
      id: try row.text("id"),
      version: try row.integer("revision"),
      values: values,
      createdAt: try row.instant("created_at"),
      updatedAt: try row.instant("updated_at"),
      updatedBy: try row.text("updated_by")
    )
  }

  package func bound(_ row: KeptRow, facility: String) -> [SQLValue] {
    [
      .text(facility), .text(row.id), .integer(Int64(row.version)), row.createdAt.sqlValue, row.updatedAt.sqlValue,
      .text(row.updatedBy),
    ] + columns.map { value($0, row[$0.name]) }
  }
}
