import Tabular
import Text

/// Reads the rows of one table, column by column as mapped.
struct RowReader {
  let table: FoundTable
  let mapping: ColumnMapping
  let schema: IntakeSchema
  /// By header; they remember what they worked out for the next table of the same shape.
  var readers: [String: ColumnReader]
  /// What the sheet's name or the section above say, by field.
  let places: SheetNames.Places

  private enum Role {
    case field(key: String, reader: Int)
    case extra
    case recordID
    case nothing
  }

  mutating func read() -> (IntakeTable, [IntakeProblem]) {
    var problems: [IntakeProblem] = []
    var active: [ColumnReader] = []
    var roles: [Role] = []
    for column in table.columns {
      if SystemHeader.isID(column.header) {
        roles.append(.recordID)
      } else if SystemHeader.isError(column.header) {
        roles.append(.nothing)
      } else if let key = mapping.field(of: column.header), let reader = readers[column.header] {
        roles.append(.field(key: key, reader: active.count))
        active.append(reader)
      } else {
        roles.append(.extra)
      }
    }
    let required = schema.fields.filter(\.isRequired)
    var rows: [IntakeRow] = []
    rows.reserveCapacity(table.rows.count)
    for found in table.rows { rows.append(row(found, roles, required, &active, &problems)) }
    for (position, role) in roles.enumerated() {
      if case .field(_, let reader) = role { readers[table.columns[position].header] = active[reader] }
    }
    let columns = table.columns.map { column in
      IntakeColumn(
        header: column.header,
        index: column.index,
        group: column.group,
        isHidden: column.isHidden,
        field: mapping.field(of: column.header)
      )
    }
    let read = IntakeTable(
      sheet: table.sheet,
      headerRows: table.headerRows,
      columns: columns,
      rows: rows,
      skipped: table.skipped,
      headerSet: mapping.headerSet,
      order: table.sheetIndex
    )
    return (read, problems)
  }

  private func row(
    _ found: FoundRow,
    _ roles: [Role],
    _ required: [IntakeField],
    _ active: inout [ColumnReader],
    _ problems: inout [IntakeProblem]
  ) -> IntakeRow {
    var row = IntakeRow(
      sheet: table.sheet,
      number: found.number,
      values: Dictionary(minimumCapacity: active.count + 1),
      extras: [:],
      recordID: nil,
      unreadable: [],
      refusal: nil
    )
    for (position, role) in roles.enumerated() {
      let cell = found.cells[position]
      if case .empty = cell { continue }
      switch role {
      case .nothing: continue
      case .recordID:
        let id = Width.trimmed(cell.text)
        if !id.isEmpty { row.recordID = id }
      case .extra:
        let text = Width.trimmed(cell.text)
        if !text.isEmpty { row.extras[table.columns[position].header] = text }
      case .field(let key, let reader):
        let outcome = active[reader].read(cell)
        if let value = outcome.value { row.values[key] = value }
        if outcome.isUnreadable { row.unreadable.insert(key) }
        if outcome.remarks.isEmpty { continue }
        for remark in outcome.remarks {
          problems.append(
            IntakeProblem(
              sheet: table.sheet,
              row: found.number,
              column: table.columns[position].header,
              value: cell.text,
              reason: remark.reason,
              severity: remark.severity,
              code: remark.code
            )
          )
        }
      }
    }
    for (field, value) in places.values(found.section) where row.values[field] == nil { row.values[field] = value }
    row.refusal = refusal(row, required)
    return row
  }

  private func refusal(_ row: IntakeRow, _ required: [IntakeField]) -> Localized? {
    let missing = required.filter { row.values[$0.key]?.stored.isEmpty ?? true }
    guard !missing.isEmpty else { return nil }
    return Localized(
      ja: "\(missing.map(\.label.ja).joined(separator: "・"))がないため、取り込めません。記入してもう一度取り込んでください。",
      en: "\(missing.map(\.label.en).joined(separator: " and ")) is missing. Fill it in and import again."
    )
  }
}
