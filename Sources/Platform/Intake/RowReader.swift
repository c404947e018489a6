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

  /// Short names that were told of once already.
  var told: Set<CellValue> = []

  /// The values of the row before.
  private var above: [String: NormalValue] = [:]

  init(
    table: FoundTable,
    mapping: ColumnMapping,
    schema: IntakeSchema,
    readers: [String: ColumnReader],
    places: SheetNames.Places
  ) {
    self.table = table
    self.mapping = mapping
    self.schema = schema
    self.readers = readers
    self.places = places
  }

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
    var continued: [SkippedRow] = []
    rows.reserveCapacity(table.rows.count)
    for found in table.rows {
      if continues(found, roles), let last = rows.indices.last {
        let more = row(found, roles, required, &active, &problems)
        add(more, to: &rows[last], &problems)
        continued.append(Continuation.skipped(more, rows[last].number))
      } else {
        rows.append(row(found, roles, required, &active, &problems))
      }
    }
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
      skipped: continued.isEmpty ? table.skipped : (table.skipped + continued).sorted { $0.row < $1.row },
      headerSet: mapping.headerSet,
      order: table.sheetIndex
    )
    return (read, problems)
  }

  private mutating func row(
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
        if Ditto.isMark(cell) {
          takeAbove(key, found.number, table.columns[position].header, cell.text, &row, &problems)
          continue
        }
        let outcome = active[reader].read(cell)
        if let value = outcome.value { row.values[key] = value }
        if outcome.isUnreadable {
          row.unreadable.insert(key)
          row.values[key] = NormalValue(stored: "", original: cell.text)
        }
        if outcome.remarks.isEmpty { continue }
        for remark in outcome.remarks where remark.code != "reference.alias" || told.insert(cell).inserted {
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
    above = row.values
    // Where only the sheet says which floor it is, that must not be lost while nobody has decided.
    if let name = mapping.sheetName, name.field == nil { row.extras[name.header] = table.sheet }
    for (field, value) in places.values(found.section) where row.values[field] == nil { row.values[field] = value }
    row.refusal = refusal(row, required)
    return row
  }

  /// A row whose number stands in a cell merged with the row above tells more about the same thing: a second network card.
  private func continues(_ found: FoundRow, _ roles: [Role]) -> Bool {
    found.inherited.contains { position in
      guard case .field(let key, _) = roles[position] else { return false }
      return schema.identity.contains { $0.fields == [key] }
    }
  }

  private func add(_ more: IntakeRow, to row: inout IntakeRow, _ problems: inout [IntakeProblem]) {
    for (key, value) in more.values.sorted(by: { $0.key < $1.key }) where !value.stored.isEmpty {
      let present = row.values[key]?.stored ?? ""
      if present == value.stored { continue }
      switch schema.field(key)?.type {
      case _ where present.isEmpty: row.values[key] = value
      case .ip where !value.isUnknown, .mac where !value.isUnknown:
        row.values[key] = NormalValue(stored: present + ", " + value.stored, original: row.values[key]?.original)
      default:
        let header = mapping.columns.first { $0.field == key }?.header
        problems.append(
          IntakeProblem(
            sheet: table.sheet,
            row: more.number,
            column: header,
            value: value.original ?? value.stored,
            reason: Continuation.lost(row.number),
            severity: .cell,
            code: "row.continued"
          )
        )
      }
    }
  }

  /// 「〃」 and 「同上」: the value of the row above. Not for numbers, which belong to one thing only.
  private func takeAbove(
    _ key: String,
    _ number: Int,
    _ header: String,
    _ typed: String,
    _ row: inout IntakeRow,
    _ problems: inout [IntakeProblem]
  ) {
    let isNumber = schema.identity.contains { $0.fields == [key] }
    if !isNumber, let value = above[key] {
      row.values[key] = NormalValue(stored: value.stored, original: typed)
      return
    }
    row.unreadable.insert(key)
    problems.append(
      IntakeProblem(
        sheet: table.sheet,
        row: number,
        column: header,
        value: typed,
        reason: Ditto.reason(typed),
        severity: .cell,
        code: "ditto"
      )
    )
  }

  private func refusal(_ row: IntakeRow, _ required: [IntakeField]) -> Localized? {
    let missing = required.filter { row.values[$0.key]?.stored.isEmpty ?? true }
    if required.isEmpty { return missingSubject(row) }
    guard !missing.isEmpty else { return stranger(row, required) }
    return Localized(
      ja: "\(missing.map(\.label.ja).joined(separator: "・"))がないため、取り込めません。記入してもう一度取り込んでください。",
      en: "\(missing.map(\.label.en).joined(separator: " and ")) is missing. Fill it in and import again."
    )
  }

  /// What the row belongs to and cannot do without, where the ledger does not know it.
  private func stranger(_ row: IntakeRow, _ required: [IntakeField]) -> Localized? {
    for field in required where field.mustExist {
      guard let stored = row.values[field.key]?.stored, stored.utf8.first == UInt8(ascii: "+") else { continue }
      let name = stored.dropFirst()
      return Localized(
        ja: "\(field.label.ja)「\(name)」は台帳にないため、取り込めません。先に登録するか、台帳の書き方に合わせてください。",
        en: "\(field.label.en) “\(name)” is not on record. Add it first, or write it as the ledger does."
      )
    }
    return nil
  }

  /// Where no field is required, a row still has to say what it is about.
  private func missingSubject(_ row: IntakeRow) -> Localized? {
    let fields =
      schema.identity.filter { $0.fields.count == 1 }.flatMap(\.fields) + [schema.subject?.key].compactMap(\.self)
    func isGiven(_ field: String) -> Bool { !(row.values[field]?.stored ?? "").isEmpty }
    if fields.contains(where: isGiven) { return nil }
    if schema.identity.contains(where: { $0.fields.count > 1 && $0.fields.filter(isGiven).count * 2 > $0.fields.count })
    {
      return nil
    }
    let labels = fields.compactMap { schema.field($0)?.label }
    return Localized(
      ja: "\(labels.map(\.ja).joined(separator: "・"))のいずれもないため、取り込めません。記入してもう一度取り込んでください。",
      en: "None of \(labels.map(\.en).joined(separator: ", ")) is given. Fill one in and import again."
    )
  }
}

/// Marks that repeat the cell above.
enum Ditto {
  static func isMark(_ cell: CellValue) -> Bool {
    guard case .text(let text) = cell, text.utf8.count <= 12 else { return false }
    return marks.contains(Width.trimmed(text))
  }

  static func reason(_ typed: String) -> Localized {
    Localized(
      ja: "「\(typed)」が指す上の値がありません。値そのものを書いてください。",
      en: "There is no value above for “\(typed)” to repeat. Write the value itself."
    )
  }

  private static let marks: Set<String> = ["〃", "″", "\"", "”", "々", "仝", "同上", "同じ", "上に同じ", "↓", "ditto"]
}

/// Rows that go on with the one above.
enum Continuation {
  static func skipped(_ row: IntakeRow, _ first: Int) -> SkippedRow {
    SkippedRow(
      sheet: row.sheet,
      row: row.number,
      kind: .continued,
      text: row.values.values.compactMap(\.original).first ?? "",
      reason: Localized(
        ja: "\(first)行目と結合された続きの行です。値は\(first)行目に加えました。",
        en: "Merged with row \(first); its values were added there."
      )
    )
  }

  static func lost(_ first: Int) -> Localized {
    Localized(
      ja: "\(first)行目と結合された続きの行ですが、値が違うため加えられません。結合を解いて別の行にするか、\(first)行目に書いてください。",
      en: "The row is merged with row \(first), but the value differs. Unmerge the cells or write it in row \(first)."
    )
  }
}
