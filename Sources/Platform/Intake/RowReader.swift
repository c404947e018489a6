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

  /// Short names that were told of once already, in a table before this one if negative.
  var told: [CellKey: Int] = [:]

  /// The values of the row before.
  private var above: RowValues
  /// What a row needs at the least to be about something.
  private let subjects: [Int]

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
    above = RowValues(schema.order)
    let subjects =
      schema.identity.filter { $0.fields.count == 1 }.flatMap(\.fields) + [schema.subject?.key].compactMap(\.self)
    self.subjects = subjects.compactMap(schema.order.place)
  }

  private enum Role {
    case field(key: String, place: Int, reader: Int)
    case extra
    case recordID
    case nothing
  }

  mutating func read() -> (IntakeTable, [IntakeProblem]) {
    var active: [ColumnReader] = []
    let roles = roles(&active)
    let required = schema.fields.filter(\.isRequired)
    let stretch: Stretch
    if let middle = middle(roles) {
      stretch = readHalves(middle, roles, required, active)
    } else {
      stretch = read(0..<table.rows.count, roles, required, active)
      told = stretch.told
    }
    for (position, role) in roles.enumerated() {
      if case .field(_, _, let reader) = role { readers[table.columns[position].header] = stretch.active[reader] }
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
    let continued = stretch.continued
    let read = IntakeTable(
      sheet: table.sheet,
      headerRows: table.headerRows,
      columns: columns,
      rows: stretch.rows,
      skipped: continued.isEmpty ? table.skipped : (table.skipped + continued).sorted { $0.row < $1.row },
      headerSet: mapping.headerSet,
      order: table.sheetIndex
    )
    return (read, stretch.problems)
  }

  private func roles(_ active: inout [ColumnReader]) -> [Role] {
    var roles: [Role] = []
    for column in table.columns {
      if SystemHeader.isID(column.header) {
        roles.append(.recordID)
      } else if SystemHeader.isError(column.header) {
        roles.append(.nothing)
      } else if let key = mapping.field(of: column.header), let reader = readers[column.header],
        let place = schema.order.place(of: key)
      {
        roles.append(.field(key: key, place: place, reader: active.count))
        active.append(reader)
      } else {
        roles.append(.extra)
      }
    }
    return roles
  }

  // MARK: Stretches of rows

  /// Some rows of the table, one behind the other, and what became of them.
  private struct Stretch: Sendable {
    var rows: [IntakeRow] = []
    var continued: [SkippedRow] = []
    var problems: [IntakeProblem] = []
    var active: [ColumnReader]
    /// The short names told of, each with its problem.
    var told: [CellKey: Int]
  }

  private func read(
    _ range: Range<Int>,
    _ roles: [Role],
    _ required: [IntakeField],
    _ active: [ColumnReader]
  ) -> Stretch {
    var reader = self
    var stretch = Stretch(active: active, told: told)
    stretch.rows.reserveCapacity(table.rows.count)
    if range.lowerBound > 0 {
      // What the row above says, for marks that repeat it; the row itself belongs to the stretch before.
      var other = stretch
      _ = reader.row(table.rows[range.lowerBound - 1], roles, required, &other)
    }
    for found in table.rows[range] {
      if reader.continues(found, roles), let last = stretch.rows.indices.last {
        let more = reader.row(found, roles, required, &stretch)
        reader.add(more, to: &stretch.rows[last], &stretch.problems)
        stretch.continued.append(Continuation.skipped(more, stretch.rows[last].number))
      } else {
        let row = reader.row(found, roles, required, &stretch)
        stretch.rows.append(row)
      }
    }
    return stretch
  }

  /// Tables of so many rows are read by two threads.
  private static let large = 2_000

  /// Where the second half of a large table begins: at a row that neither goes on with the one above nor stands below one
  /// that repeats others. Nil for small tables, and where there is no such place.
  private func middle(_ roles: [Role]) -> Int? {
    let rows = table.rows
    guard rows.count >= Self.large else { return nil }
    return (rows.count / 2..<rows.count * 3 / 4).first { index in
      !continues(rows[index], roles) && !continues(rows[index - 1], roles)
        && !rows[index - 1].cells.contains(where: Ditto.isMark)
    }
  }

  private mutating func readHalves(
    _ middle: Int,
    _ roles: [Role],
    _ required: [IntakeField],
    _ active: [ColumnReader]
  ) -> Stretch {
    let reader = self
    let halves = SideBySide.map([0..<middle, middle..<table.rows.count]) { range in
      reader.read(range, roles, required, active)
    }
    var whole = halves[0]
    let found = halves[1]
    // Each half told of a short name once; together they do so once, too.
    let again = Set(found.told.filter { whole.told[$0.key] != nil && $0.value >= 0 }.values)
    whole.rows += found.rows
    whole.continued += found.continued
    whole.problems += found.problems.enumerated().filter { !again.contains($0.offset) }.map(\.element)
    told = whole.told.merging(found.told) { first, _ in first }
    return whole
  }

  private mutating func row(
    _ found: FoundRow,
    _ roles: [Role],
    _ required: [IntakeField],
    _ stretch: inout Stretch
  ) -> IntakeRow {
    var row = IntakeRow(
      sheet: table.sheet,
      number: found.number,
      values: RowValues(schema.order),
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
      case .field(let key, let place, let reader):
        if Ditto.isMark(cell) {
          takeAbove(key, found.number, table.columns[position].header, cell.text, &row, &stretch.problems)
          continue
        }
        let outcome = stretch.active[reader].read(cell)
        if let value = outcome.value { row.values[place] = value }
        if outcome.isUnreadable {
          row.unreadable.insert(key)
          row.values[place] = NormalValue(stored: "", original: cell.text)
        }
        if outcome.remarks.isEmpty { continue }
        for remark in outcome.remarks {
          if remark.code == "reference.alias" {
            let key = CellKey(cell)
            if stretch.told[key] != nil { continue }
            stretch.told[key] = stretch.problems.count
          }
          stretch.problems.append(
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
      guard case .field(let key, _, _) = roles[position] else { return false }
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
    if subjects.contains(where: { !(row.values[$0]?.stored.isEmpty ?? true) }) { return nil }
    let fields =
      schema.identity.filter { $0.fields.count == 1 }.flatMap(\.fields) + [schema.subject?.key].compactMap(\.self)
    func isGiven(_ field: String) -> Bool { !(row.values[field]?.stored ?? "").isEmpty }
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
