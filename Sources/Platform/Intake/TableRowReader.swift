import Tabular
import Text

/// Goes through the rows under a header and tells records from sub-totals, legends, sections and blank rows.
struct TableRowReader {
  let grid: Grid
  let header: Header
  let block: HeaderBlock
  /// Index of the row after the table.
  let end: Int

  private var columns: [FoundColumn] = []
  private var headerKeys: [String] = []
  private var firstHeaderHasDigit = false
  private var ordinals: Set<Int> = []
  private var rows: [FoundRow] = []
  private var skipped: [SkippedRow] = []
  private var section: String?
  /// Cells filled in all records so far, for the usual width of one.
  private var filledCells = 0
  private var isBelowGap = false

  init(grid: Grid, header: Header, block: HeaderBlock, end: Int) {
    self.grid = grid
    self.header = header
    self.block = block
    self.end = end
  }

  mutating func read() -> FoundTable {
    nameColumns()
    rows.reserveCapacity(end - header.rows.upperBound)
    var previous = grid.rows[header.rows.upperBound - 1].number
    for index in header.rows.upperBound..<end {
      let number = grid.rows[index].number
      noteGap(after: previous, before: number)
      previous = number
      take(index)
    }
    trimEnd()
    return FoundTable(
      sheet: grid.sheet.name,
      sheetIndex: grid.index,
      headerRows: (header.top..<header.rows.upperBound).map { grid.rows[$0].number },
      columns: columns,
      rows: rows,
      skipped: skipped
    )
  }

  private mutating func nameColumns() {
    var seen: [String: Int] = [:]
    for column in block.columns {
      let leaf = header.leaf(column)
      var name = leaf.isEmpty ? "（\(CellRange.letters(column: column))列）" : leaf
      let count = (seen[name] ?? 0) + 1
      seen[name] = count
      if count > 1 { name += " (\(count))" }
      if SystemHeader.isOrdinal(leaf) { ordinals.insert(columns.count) }
      columns.append(
        FoundColumn(
          index: column,
          header: name,
          group: header.group(column),
          isHidden: grid.sheet.hiddenColumns.contains(column),
          isUnnamed: leaf.isEmpty
        )
      )
      headerKeys.append(HeaderKey(leaf).full)
      if CellShape.hasDigit(leaf) { firstHeaderHasDigit = true }
    }
  }

  private mutating func noteGap(after previous: Int, before number: Int) {
    guard number > previous + 1 else { return }
    isBelowGap = true
    for blank in (previous + 1)..<min(number, previous + 1 + TableFinder.listedBlankRows) { skipBlank(blank) }
  }

  private mutating func skipBlank(_ number: Int) {
    skip(number, .blank, "", Localized(ja: "空白行です。", en: "A blank row."))
  }

  private mutating func skip(_ number: Int, _ kind: SkippedRow.Kind, _ text: String, _ reason: Localized) {
    skipped.append(SkippedRow(sheet: grid.sheet.name, row: number, kind: kind, text: text, reason: reason))
  }

  private mutating func take(_ index: Int) {
    let row = grid.rows[index]
    var cells: [CellValue] = []
    cells.reserveCapacity(columns.count)
    var filled: [Int] = []
    filled.reserveCapacity(columns.count)
    for (position, column) in columns.enumerated() {
      let cell = column.index < row.cells.count ? row.cells[column.index] : .empty
      cells.append(cell)
      if !Self.isBlank(cell) { filled.append(position) }
    }
    // Values that only come from the merged cell above make no record.
    let own = grid.hasMerges ? filled.filter { grid.isOwn(index, columns[$0].index) } : filled
    if own.isEmpty {
      skipBlank(row.number)
      return
    }
    if own.allSatisfy(ordinals.contains), own.allSatisfy({ RowKind.isAmount(cells[$0]) }) {
      skip(
        row.number,
        .blank,
        cells[own[0]].text,
        Localized(ja: "番号だけで、中身がない行です。", en: "A row with a running number and nothing else.")
      )
      return
    }
    if filled.count * 2 <= columns.count || filled.count <= 3 || startsWithSampleWord(cells, filled) {
      if let kind = RowKind.sparse(
        cells,
        filled: filled,
        width: columns.count,
        isMergedAcross: isMergedAcross(index, own),
        usualFill: usualFill,
        isBelowGap: isBelowGap
      ) {
        note(kind, row.number, cells, filled)
        return
      }
    }
    if isHeaderAgain(cells, filled) || isGroupAgain(index) {
      skip(
        row.number,
        .repeatedHeader,
        cells.lazy.map(\.text).first { !$0.isEmpty } ?? "",
        Localized(ja: "見出しの繰り返しです。", en: "The header once more.")
      )
      return
    }
    if rows.count < 2, let kind = RowKind.guide(cells, filled: filled) {
      note(kind, row.number, cells, filled)
      return
    }
    isBelowGap = false
    filledCells += filled.count
    let inherited = own.count == filled.count ? [] : filled.filter { !grid.isOwn(index, columns[$0].index) }
    rows.append(FoundRow(number: row.number, cells: cells, section: section, inherited: inherited))
  }

  private static func isBlank(_ cell: CellValue) -> Bool {
    switch cell {
    case .empty: true
    case .text(let text): text.utf8.first.map { $0 <= 32 || $0 == 0xe3 } ?? true ? Width.trimmed(text).isEmpty : false
    default: false
    }
  }

  private var usualFill: Double { rows.isEmpty ? 0 : Double(filledCells) / Double(rows.count) }

  private mutating func note(_ kind: RowKind, _ number: Int, _ cells: [CellValue], _ filled: [Int]) {
    let text = filled.map { Width.trimmed(cells[$0].text) }.joined(separator: " ")
    if kind.kind == .section { section = Notes.sectionName(text) }
    skip(number, kind.kind, text, kind.reason)
  }

  private func startsWithSampleWord(_ cells: [CellValue], _ filled: [Int]) -> Bool {
    guard let first = filled.first, case .text(let text) = cells[first], text.utf8.count <= 30 else { return false }
    return Notes.isSampleMark(text)
  }

  private func isMergedAcross(_ index: Int, _ own: [Int]) -> Bool {
    guard own.count == 1, let reach = grid.reach(index, columns[own[0]].index) else { return false }
    return reach - columns[own[0]].index + 1 >= max(3, columns.count / 2)
  }

  private func isHeaderAgain(_ cells: [CellValue], _ filled: [Int]) -> Bool {
    guard filled.count >= 2, case .text(let first) = cells[filled[0]], first.utf8.count <= 60 else { return false }
    if CellShape.hasDigit(first), !firstHeaderHasDigit { return false }
    // One look at the first cell spares the rest for nearly every row.
    guard HeaderKey.quick(first) == headerKeys[filled[0]] else { return false }
    let same = filled.filter { HeaderKey(cells[$0].text).full == headerKeys[$0] }.count
    return same >= 2 && same * 10 >= filled.count * 7
  }

  private func isGroupAgain(_ index: Int) -> Bool {
    guard header.top < header.rows.upperBound - 1 else { return false }
    for group in header.top..<(header.rows.upperBound - 1) {
      let cells = grid.rows[group].cells
      if cells == grid.rows[index].cells { return true }
    }
    return false
  }

  /// Blank rows at the end are no part of the table, nor are the titles of the next one.
  private mutating func trimEnd() {
    let last = rows.last?.number ?? header.rows.upperBound
    let isLast = end == grid.rows.count
    while let row = skipped.last, row.row > last {
      guard row.isBlank || (!isLast && (row.kind == .section || row.kind == .lone)) else { break }
      skipped.removeLast()
    }
    var index = skipped.count - 1
    while index >= 0, skipped[index].row > last {
      if skipped[index].isBlank { skipped.remove(at: index) }
      index -= 1
    }
  }
}

extension SkippedRow {
  /// Without even a running number.
  fileprivate var isBlank: Bool { kind == .blank && text.isEmpty }
}
