import Tabular
import Text

/// Finds the tables of a workbook as people keep them: titles above the header, headers in two rows, several tables on
/// a sheet, side by side or one below the other, sub-totals and legends in between.
struct TableFinder {
  let dictionary: HeaderDictionary
  /// Finds a table even where no header word is known, so that a person can be asked.
  private var weights: [String: Double] = [:]
  private var isOneOfMany = false

  init(_ dictionary: HeaderDictionary) { self.dictionary = dictionary }

  struct Findings {
    var tables: [FoundTable] = []
    var leftOut: [LeftOut] = []
  }

  /// Rows scanned for a first header before a sheet is given up.
  static let headerSearchDepth = 80
  /// Blank rows listed one by one; beyond that a gap is a gap.
  static let listedBlankRows = 200

  mutating func find(in workbook: Workbook) -> Findings {
    var findings = Findings()
    // The only sheet is what the user means, whatever it is called.
    isOneOfMany = workbook.sheets.filter { !$0.isHidden }.count > 1
    for (index, sheet) in workbook.sheets.enumerated() {
      if sheet.name == ExportMeta.sheetName { continue }
      if sheet.isHidden {
        findings.leftOut.append(
          LeftOut(
            sheet: sheet.name,
            row: nil,
            kind: .hiddenSheet,
            reason: Localized(
              ja: "非表示のシートのため読み飛ばしました。取り込むには、Excelで再表示して保存してください。",
              en: "A hidden sheet was passed over. Unhide it in Excel and save to import it."
            )
          )
        )
        continue
      }
      guard !sheet.rows.isEmpty else {
        findings.leftOut.append(
          LeftOut(
            sheet: sheet.name,
            row: nil,
            kind: .emptySheet,
            reason: Localized(ja: "何も書かれていないシートです。", en: "The sheet is empty.")
          )
        )
        continue
      }
      if isOneOfMany, Notes.isSample(sheet.name) {
        findings.leftOut.append(
          LeftOut(
            sheet: sheet.name,
            row: nil,
            kind: .notes,
            reason: Localized(
              ja: "記入例・様式のシートとみて読み飛ばしました。",
              en: "Taken for a sample or template sheet and passed over."
            )
          )
        )
        continue
      }
      find(on: Grid(sheet, index: index), &findings)
    }
    return findings
  }

  private mutating func find(on grid: Grid, _ findings: inout Findings) {
    var start = 0
    var found = 0
    let isNotes = isOneOfMany && Notes.isNotes(grid.sheet.name)
    while start < grid.rows.count, let header = header(in: grid, from: start, mustFollowBreak: found > 0),
      !isNotes || header.value >= 4
    {
      let end = nextHeader(in: grid, after: header)
      for block in blocks(of: header, in: grid, upTo: end) {
        var reader = TableRowReader(grid: grid, header: header, block: block, end: end)
        findings.tables.append(reader.read())
        found += 1
      }
      start = end
    }
    if found > 0 { return }
    if !isNotes, let header = unknownHeader(in: grid) {
      let block = HeaderBlock(columns: header.columns.filter { !header.leaf($0).isEmpty })
      var reader = TableRowReader(grid: grid, header: header, block: block, end: grid.rows.count)
      findings.tables.append(reader.read())
      return
    }
    let isProse = isNotes || grid.rows.allSatisfy { $0.cells.filter { !$0.isEmpty }.count <= 2 }
    findings.leftOut.append(
      LeftOut(
        sheet: grid.sheet.name,
        row: nil,
        kind: isProse ? .notes : .noHeader,
        reason: isProse
          ? Localized(ja: "凡例・説明のシートとみて読み飛ばしました。", en: "Taken for a sheet of notes and passed over.")
          : Localized(
            ja: "見出しの行が見つかりませんでした。1行目に項目名を書いて、もう一度取り込んでください。",
            en: "No header row was found. Write the names of the columns in the first row and import again."
          )
      )
    )
  }

  // MARK: The header row

  /// The first header at or after `start`. With `mustFollowBreak` only rows after a gap or a lone cell are looked at.
  private mutating func header(in grid: Grid, from start: Int, mustFollowBreak: Bool) -> Header? {
    let end = mustFollowBreak ? grid.rows.count : min(grid.rows.count, start + Self.headerSearchDepth)
    var index = start
    while index < end {
      if !mustFollowBreak || index == start || grid.isBreak(before: index) {
        if let header = bestHeader(around: index, in: grid) { return header }
      }
      index += 1
    }
    return nil
  }

  /// A group row may look like a header itself: the next two rows get their chance, alone and together.
  private mutating func bestHeader(around index: Int, in grid: Grid) -> Header? {
    var best: Header?
    for first in index..<min(index + 3, grid.rows.count) {
      if first > index, grid.rows[first].number != grid.rows[first - 1].number + 1 { break }
      for height in 1...3 where first + height <= grid.rows.count {
        guard let header = candidate(first, height, in: grid) else { continue }
        if header.value > (best?.value ?? 0) + 0.01 { best = header }
      }
      // Only a row that has something of a header lets the following ones compete.
      if best == nil { break }
    }
    return best
  }

  private mutating func candidate(_ first: Int, _ height: Int, in grid: Grid) -> Header? {
    guard let header = Header(rows: first..<(first + height), in: grid) else { return nil }
    var known = 0.0
    var named = 0
    var odd = 0
    for column in header.columns {
      let text = header.leaf(column)
      if text.isEmpty { continue }
      named += 1
      known += weight(text)
      if !CellShape.isHeaderLike(grid[header.leafRow(column), column]) { odd += 1 }
    }
    guard named > 0, Double(odd) <= Double(named) * 0.3 else { return nil }
    // A lower row belongs to the header only when most of its own cells are header words.
    for row in (first + 1)..<(first + height) where height > 1 {
      let own = header.columns.filter { !grid[row, $0].isEmpty && grid.isOwn(row, $0) }
      let words = own.filter { weight(grid[row, $0].text) >= 0.5 || HeaderDictionary.isGeneric(grid[row, $0].text) }
      guard !own.isEmpty, Double(words.count) >= Double(own.count) * 0.6 else { return nil }
      guard own.allSatisfy({ CellShape.isHeaderLike(grid[row, $0]) }) else { return nil }
    }
    let enough = known >= 2 || (known >= 1 && named <= 2 && height == 1)
    guard enough, known >= Double(named) * 0.2, grid.hasData(below: first + height - 1, in: header.columns) else {
      return nil
    }
    if height == 1, isForm(header, in: grid) { return nil }
    var candidate = header
    candidate.value = known - Double(height - 1) * 0.05
    return candidate
  }

  /// 「機器名｜受付端末」「型番｜OptiPlex」 one below the other: a card for one device, whose left cells are no header.
  private mutating func isForm(_ header: Header, in grid: Grid) -> Bool {
    guard let column = header.columns.first(where: { exactWeight(header.leaf($0)) >= 1 }) else { return false }
    let near = max(0, header.rows.lowerBound - 4)..<min(header.rows.upperBound + 8, grid.rows.count)
    let texts = near.filter { !header.rows.contains($0) }.map { grid[$0, column] }.filter { !$0.isEmpty }.map {
      Width.trimmed($0.text)
    }
    let labels = Set(texts.filter { $0 != header.leaf(column) && exactWeight($0) >= 1 })
    return labels.count >= 2 && labels.count * 2 >= texts.count
  }

  /// The header row by its looks alone: at least three different short texts over rows of the same width.
  private mutating func unknownHeader(in grid: Grid) -> Header? {
    for index in 0..<min(grid.rows.count, 30) {
      guard let header = Header(rows: index..<(index + 1), in: grid), header.columns.count >= 3 else { continue }
      let cells = header.columns.map { grid[index, $0] }.filter { !$0.isEmpty }
      guard cells.count >= 3, cells.allSatisfy(CellShape.isHeaderLike), Set(cells.map(\.text)).count == cells.count,
        index + 1 < grid.rows.count, !isForm(header, in: grid)
      else { continue }
      let below = header.columns.filter { !grid[index + 1, $0].isEmpty }.count
      if below * 2 >= cells.count { return header }
    }
    return nil
  }

  /// The row index where the next table's header begins, or the end of the sheet.
  private mutating func nextHeader(in grid: Grid, after header: Header) -> Int {
    var index = header.rows.upperBound
    while index < grid.rows.count {
      if mayBeHeader(index, in: grid), let next = bestHeader(around: index, in: grid),
        next.known(weight: { weight($0) }) >= 2, !next.repeats(header)
      {
        return max(next.top, header.rows.upperBound)
      }
      index += 1
    }
    return grid.rows.count
  }

  /// A cheap look that nearly every data row fails: two of its first cells are known words.
  private mutating func mayBeHeader(_ index: Int, in grid: Grid) -> Bool {
    var seen = 0
    var known = 0.0
    for cell in grid.rows[index].cells {
      guard case .text(let text) = cell, !text.isEmpty else {
        if !cell.isEmpty { return false }
        continue
      }
      seen += 1
      // Hardly any header has a digit, hardly any first cell of a record has none.
      if text.utf8.count <= 60, !CellShape.hasDigit(text) { known += exactWeight(text) }
      if seen == 3 { break }
    }
    return known >= 1
  }

  private var exactWeights: [String: Double] = [:]

  private mutating func exactWeight(_ text: String) -> Double {
    if let weight = exactWeights[text] { return weight }
    let weight = dictionary.isKnown(text) ? 1.0 : 0
    if exactWeights.count < 20_000 { exactWeights[text] = weight }
    return weight
  }

  private mutating func weight(_ text: String) -> Double {
    if let weight = weights[text] { return weight }
    let weight = dictionary.weight(text)
    weights[text] = weight
    return weight
  }

  // MARK: Side by side

  /// One block of columns for each table that stands side by side under this header row.
  private mutating func blocks(of header: Header, in grid: Grid, upTo end: Int) -> [HeaderBlock] {
    var segments: [[Int]] = []
    for column in header.columns {
      let isNamed = !header.leaf(column).isEmpty
      if !isNamed, grid.isBlank(column: column, rows: header.rows.upperBound..<end) {
        if segments.last?.isEmpty == false { segments.append([]) }
        continue
      }
      if segments.isEmpty { segments.append([]) }
      segments[segments.count - 1].append(column)
    }
    segments.removeAll { segment in !segment.contains { !header.leaf($0).isEmpty } }
    var blocks: [HeaderBlock] = []
    for segment in segments.flatMap({ repeatedBlocks($0, header) }) {
      guard let first = blocks.first else {
        blocks.append(HeaderBlock(columns: segment))
        continue
      }
      let mine = Set(segment.map { HeaderKey(header.leaf($0)).full }.filter { !$0.isEmpty })
      let theirs = Set(first.columns.map { HeaderKey(header.leaf($0)).full }.filter { !$0.isEmpty })
      let shared = mine.intersection(theirs)
      if shared.count * 2 > mine.count {
        blocks.append(HeaderBlock(columns: segment))
        continue
      }
      switch standing(of: segment, beside: first.columns, header, grid, end) {
      case .legend: blocks[0].besides.append(contentsOf: segment)
      case .apart: blocks.append(HeaderBlock(columns: segment))
      case .part: blocks[0].columns.append(contentsOf: segment)
      }
    }
    if let last = blocks.indices.last { addUnnamed(&blocks[last], header, grid, end) }
    return blocks
  }

  /// Columns with values but without a header, right beside the last one.
  private func addUnnamed(_ block: inout HeaderBlock, _ header: Header, _ grid: Grid, _ end: Int) {
    guard let last = block.columns.last, last == header.columns.last else { return }
    for column in (last + 1)..<(last + 4) {
      if grid.isBlank(column: column, rows: header.rows.upperBound..<end) { return }
      block.columns.append(column)
    }
  }

  /// 番号|名称|番号|名称: a list printed in two halves, without a blank column between.
  private func repeatedBlocks(_ columns: [Int], _ header: Header) -> [[Int]] {
    let names = columns.map { HeaderKey(header.leaf($0)).full }
    for parts in [2, 3, 4] where names.count % parts == 0 && names.count / parts >= 2 {
      let width = names.count / parts
      let first = Array(names[0..<width])
      guard !first.contains(""), Set(first).count == width,
        (1..<parts).allSatisfy({ Array(names[($0 * width)..<(($0 + 1) * width)]) == first }),
        (1..<parts).allSatisfy({ part in
          (0..<width).allSatisfy { header.group(columns[$0]) == header.group(columns[part * width + $0]) }
        })
      else { continue }
      return (0..<parts).map { Array(columns[($0 * width)..<(($0 + 1) * width)]) }
    }
    return [columns]
  }

  private enum Standing {
    /// More columns of the same table behind a blank one.
    case part
    /// A list of its own.
    case apart
    /// A small list of codes that nobody imports.
    case legend
  }

  /// Columns behind a blank one belong to the table when their values go with its rows. A list that fills the first rows
  /// and then ends is another one.
  private mutating func standing(
    of segment: [Int],
    beside first: [Int],
    _ header: Header,
    _ grid: Grid,
    _ end: Int
  ) -> Standing {
    let rows = Array(header.rows.upperBound..<end)
    let filled = rows.map { row in segment.contains { !grid[row, $0].isEmpty } }
    let count = filled.filter(\.self).count
    let base = rows.filter { row in first.contains { !grid[row, $0].isEmpty } }.count
    let isKnown = segment.contains { weight(header.leaf($0)) >= 0.9 }
    let fillsTheTop = count >= 2 && filled.prefix(count).allSatisfy(\.self) && count * 10 < base * 7
    if isKnown { return fillsTheTop ? .apart : .part }
    return fillsTheTop ? .legend : .part
  }
}

/// The columns of one table, and those of a legend at its side.
struct HeaderBlock {
  var columns: [Int]
  var besides: [Int] = []
}

struct FoundTable {
  let sheet: String
  let sheetIndex: Int
  /// As the sheet shows them.
  let headerRows: [Int]
  let columns: [FoundColumn]
  var rows: [FoundRow]
  var skipped: [SkippedRow]
}

struct FoundColumn {
  let index: Int
  /// Of the leaf, as typed; a second one of the same name ends in ` (2)`. A column without a name has that of the sheet.
  let header: String
  let group: String?
  let isHidden: Bool
  /// There is something in the column but nothing at its head.
  let isUnnamed: Bool
}

struct FoundRow {
  let number: Int
  /// By position in `FoundTable.columns`.
  let cells: [CellValue]
  /// The section row it stands under.
  let section: String?
  /// Positions whose value comes from a cell merged downwards.
  let inherited: [Int]
}
