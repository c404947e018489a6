import Text
import Time

/// Fills cells of a workbook that somebody else made and leaves the rest as it is: every other part of the file is copied
/// byte for byte, and in the sheets only the elements of the filled cells differ. Texts are written into the cell itself,
/// so that even the table of shared texts stays.
package struct WorkbookPatch: Sendable {
  package enum Content: Sendable, Hashable {
    case text(String)
    /// As a date where the cell is formatted for one, else as text.
    case date(LocalDate)
    case empty
  }

  private let archive: ZipArchive
  private let parts: WorkbookParts
  private let limits: ReadLimits
  private var changes: [Int: [Int: [Int: Content]]] = [:]

  package init(_ bytes: [UInt8], limits: ReadLimits = ReadLimits()) throws(TabularError) {
    archive = try ZipArchive(bytes, limits: limits)
    parts = try WorkbookParts(archive, limits)
    self.limits = limits
  }

  /// `sheet` is the index in the order of the tabs, hidden ones too; rows count from 1, columns from 0.
  package mutating func set(sheet: Int, row: Int, column: Int, _ content: Content) {
    changes[sheet, default: [:]][row, default: [:]][column] = content
  }

  /// The workbook with the cells filled. Throws with the place where a cell holds a formula.
  package func bytes() throws(TabularError) -> [UInt8] {
    var contents: [String: [UInt8]] = [:]
    for (index, rows) in changes where parts.sheets.indices.contains(index) {
      let sheet = parts.sheets[index]
      do {
        let patch = try SheetPatch(archive.read(sheet.entry))
        var cells: [Int: [Int: SheetPatch.Content]] = [:]
        for (row, columns) in rows {
          for (column, content) in columns {
            cells[row, default: [:]][column] = written(content, style: patch.style(row: row, column: column))
          }
        }
        contents[sheet.entry.name] = try patch.patched(cells)
      } catch {
        throw error.at(TablePlace(sheet: sheet.name))
      }
    }
    return try ZipPatch.replacing(contents, in: archive)
  }

  private func written(_ content: Content, style: Int) -> SheetPatch.Content {
    switch content {
    case .empty: return .empty
    case .text(let text): return .text(text)
    case .date(let day):
      let format = parts.formats.indices.contains(style) ? parts.formats[style] : .general
      guard format == .date || format == .dateAndTime else { return .text(day.slashed) }
      // From March 1900 on serial numbers count without Excel's day too many.
      return .number(day.dayNumber + 25_569 - (parts.epoch1904 ? 1462 : 0))
    }
  }

  /// The cells of a sheet that hold a formula.
  package func formulas(ofSheet index: Int) throws(TabularError) -> Set<CellPlace> {
    guard parts.sheets.indices.contains(index) else { return [] }
    return try SheetPatch(archive.read(parts.sheets[index].entry)).formulas
  }

  /// What each cell lets a person choose from (`dataValidation` of type list), by row from 1 and column from 0. Lists are
  /// written into the rule itself or stand in cells of the workbook; other rules are left out.
  package func choices(ofSheet index: Int) throws(TabularError) -> [ChoiceList] {
    guard parts.sheets.indices.contains(index) else { return [] }
    var scanner = try XMLScanner(PartStream(archive, parts.sheets[index].entry))
    var lists: [ChoiceList] = []
    var ranges: [CellRange]?
    var formula: [UInt8]?
    while true {
      switch try scanner.next() {
      case .end: return lists
      case .open:
        if scanner.isNamed("dataValidation") {
          let isList = try scanner.string("type") == "list"
          ranges = isList ? try scanner.string("sqref").map(CellRange.all(in:)) : nil
        } else if scanner.isNamed("formula1"), ranges != nil {
          formula = []
        }
      case .text:
        guard var text = formula else { continue }
        try scanner.appendText(to: &text)
        formula = text
      case .close:
        guard scanner.isNamed("formula1"), let ranges, let text = formula else { continue }
        formula = nil
        lists.append(ChoiceList(ranges: ranges, formula: String(decoding: text, as: UTF8.self)))
      }
      guard lists.count < 10_000 else { throw .tooLarge("入力規則が多すぎます", "too many rules for cells") }
    }
  }
}

/// A cell: the row from 1, the column from 0.
package struct CellPlace: Sendable, Hashable {
  package let row: Int
  package let column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A drop-down list of a workbook.
package struct ChoiceList: Sendable, Hashable {
  package let ranges: [CellRange]
  /// `"はい,いいえ"` or `一覧!$A$1:$A$3`.
  package let formula: String

  /// The choices where the rule lists them; nil where they stand in cells.
  package var written: [String]? {
    guard formula.utf8.count > 1, formula.utf8.first == 34, formula.utf8.last == 34 else { return nil }
    return formula.dropFirst().dropLast().split(separator: ",").map { Width.trimmed(String($0)) }
  }

  /// The choices, read from the cells they stand in where need be. Empty where they cannot be told.
  package func choices(in book: Workbook, sheet: String) -> [String] {
    if let written { return written }
    let halves = formula.split(separator: "!", maxSplits: 1).map(String.init)
    guard let last = halves.last, let range = CellRange.all(in: last.filter { $0 != "$" }).first else { return [] }
    let name = halves.count == 2 ? halves[0].filter { $0 != "'" } : sheet
    guard let sheet = book.sheets.first(where: { $0.name == name }) else { return [] }
    return sheet.rows.filter { range.firstRow...max(range.firstRow, range.lastRow) ~= $0.number }.flatMap { row in
      (range.firstColumn...max(range.firstColumn, range.lastColumn)).map { row[$0].text }
    }.filter { !$0.isEmpty }
  }
}

extension CellRange {
  /// The ranges of `C5:C9 E5`.
  static func all(in text: String) -> [CellRange] {
    text.split(separator: " ").compactMap { part in
      var part = String(part)
      return part.withUTF8 { CellRange($0) }
    }
  }
}
