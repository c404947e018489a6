import Text
import Time

/// Changes cells in the XML of a sheet. Everything between the cells, and every cell that is not named, stays byte for
/// byte what it was; a changed cell keeps its style.
struct SheetPatch {
  /// What goes into a cell: text or a serial number (ECMA-376 part 1, 18.3.1.4).
  enum Content {
    case text(String)
    case number(Int)
    case empty
  }

  private struct Cell {
    let column: Int
    let range: Range<Int>
    /// From behind `<c` to before `>` or `/>`.
    let attributes: Range<Int>
    let hasFormula: Bool
  }

  private struct Row {
    let number: Int
    let range: Range<Int>
    /// Where its opening tag ends, behind `>`.
    let open: Int
    let isEmpty: Bool
    var cells: [Cell] = []
  }

  private let xml: [UInt8]
  private var rows: [Row] = []
  /// From behind `<sheetData>` to before `</sheetData>`.
  private var data = 0..<0
  private var isEmpty = false

  init(_ xml: [UInt8]) throws(TabularError) {
    self.xml = xml
    guard let start = Self.find("<sheetData", in: xml, from: 0), let end = Self.tagEnd(xml, from: start) else {
      throw Self.unfamiliar
    }
    // An empty sheet has nothing to fill in.
    guard xml[end - 2] != UInt8(ascii: "/") else {
      data = end..<end
      isEmpty = true
      return
    }
    guard let close = Self.find("</sheetData>", in: xml, from: end) else { throw Self.unfamiliar }
    data = end..<close
    try readRows()
  }

  var formulas: Set<CellPlace> {
    Set(
      rows.flatMap { row in row.cells.filter(\.hasFormula).map { CellPlace(row: row.number, column: $0.column) } }
    )
  }

  /// The style a column gives to cells that are not there (`<col style>`), nil for none.
  private func style(ofColumn column: Int) -> String? {
    var at = 0
    while let start = Self.find("<col ", in: xml, from: at, to: data.lowerBound) {
      guard let end = Self.tagEnd(xml, from: start) else { return nil }
      let tag = start + 4..<end
      if let first = attribute("min", in: tag).flatMap({ Int($0) }),
        let last = attribute("max", in: tag).flatMap({ Int($0) }),
        (first...max(first, last)).contains(column + 1)
      {
        return attribute("style", in: tag)
      }
      at = end
    }
    return nil
  }

  /// The number of the style of a cell, which is that of its row or column where the cell is not there.
  func style(row: Int, column: Int) -> Int {
    let row = rows.first { $0.number == row }
    if let cell = row?.cells.first(where: { $0.column == column }) {
      return attribute("s", in: cell.attributes).flatMap { Int($0) } ?? 0
    }
    return styleOfAbsent(row, column).flatMap { Int($0) } ?? 0
  }

  private func styleOfAbsent(_ row: Row?, _ column: Int) -> String? {
    row.flatMap { attribute("s", in: $0.range.lowerBound + 4..<$0.open) } ?? style(ofColumn: column)
  }

  /// `changes` by row from 1 and column from 0. Throws where a cell holds a formula.
  func patched(_ changes: [Int: [Int: Content]]) throws(TabularError) -> [UInt8] {
    guard !isEmpty || changes.isEmpty else { throw Self.unfamiliar }
    var output = Array(xml[..<data.lowerBound])
    var at = data.lowerBound
    var left = changes
    for row in rows {
      for number in left.keys.filter({ $0 < row.number }).sorted() {
        output += xml[at..<row.range.lowerBound]
        at = row.range.lowerBound
        output += newRow(number, left.removeValue(forKey: number) ?? [:])
      }
      guard let cells = left.removeValue(forKey: row.number) else { continue }
      output += xml[at..<row.range.lowerBound]
      output += try patched(row, cells)
      at = row.range.upperBound
    }
    output += xml[at..<data.upperBound]
    for number in left.keys.sorted() { output += newRow(number, left[number] ?? [:]) }
    return output + xml[data.upperBound...]
  }

  private func newRow(_ number: Int, _ cells: [Int: Content]) -> [UInt8] {
    let written = cells.keys.sorted().map { element($0, number, cells[$0] ?? .empty, style: style(ofColumn: $0)) }
    return Array("<row r=\"\(number)\">".utf8) + written.joined() + Array("</row>".utf8)
  }

  private func patched(_ row: Row, _ changes: [Int: Content]) throws(TabularError) -> [UInt8] {
    var left = changes
    var output: [UInt8]
    if row.isEmpty {
      // `<row …/>` opens for its new cells.
      output = Array(xml[row.range.lowerBound..<(row.open - 2)]) + [UInt8(ascii: ">")]
      for column in left.keys.sorted() {
        output += element(column, row.number, left[column] ?? .empty, style: styleOfAbsent(row, column))
      }
      return output + Array("</row>".utf8)
    }
    output = Array(xml[row.range.lowerBound..<row.open])
    var at = row.open
    for cell in row.cells {
      for column in left.keys.filter({ $0 < cell.column }).sorted() {
        output += xml[at..<cell.range.lowerBound]
        at = cell.range.lowerBound
        output += element(
          column,
          row.number,
          left.removeValue(forKey: column) ?? .empty,
          style: styleOfAbsent(row, column)
        )
      }
      guard let content = left.removeValue(forKey: cell.column) else { continue }
      guard !cell.hasFormula else {
        throw TabularError(
          place: TablePlace(row: row.number, column: cell.column + 1),
          reason: Localized(ja: "数式の入ったセルには書き込みません。", en: "A cell with a formula is not written to."),
          remedy: Localized(ja: "公式の様式のままのファイルを使ってください。", en: "Use the official form as it was published.")
        )
      }
      output += xml[at..<cell.range.lowerBound]
      output += element(cell, row.number, content)
      at = cell.range.upperBound
    }
    let end = row.range.upperBound - "</row>".utf8.count
    output += xml[at..<end]
    for column in left.keys.sorted() {
      output += element(column, row.number, left[column] ?? .empty, style: styleOfAbsent(row, column))
    }
    return output + xml[end..<row.range.upperBound]
  }

  // MARK: Writing

  /// A cell that is there, with its attributes but its type.
  private func element(_ cell: Cell, _ row: Int, _ content: Content) -> [UInt8] {
    var kept: [UInt8] = []
    var hasReference = false
    forEachAttribute(in: cell.attributes) { name, whole in
      guard name != "t" else { return }
      hasReference = hasReference || name == "r"
      kept += [UInt8(ascii: " ")] + xml[whole]
    }
    if !hasReference { kept = Array(" r=\"\(CellRange.letters(column: cell.column))\(row)\"".utf8) + kept }
    return Self.element(kept, content)
  }

  private func element(_ column: Int, _ row: Int, _ content: Content, style: String?) -> [UInt8] {
    let look = style.map { " s=\"\($0)\"" } ?? ""
    return Self.element(Array(" r=\"\(CellRange.letters(column: column))\(row)\"\(look)".utf8), content)
  }

  private static func element(_ attributes: [UInt8], _ content: Content) -> [UInt8] {
    let open = Array("<c".utf8) + attributes
    switch content {
    case .empty: return open + Array("/>".utf8)
    case .number(let number): return open + Array("><v>\(number)</v></c>".utf8)
    case .text(let text):
      return open + Array(" t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8) + escaped(text)
        + Array("</t></is></c>".utf8)
    }
  }

  private static func escaped(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in XMLText.escapingUnderscores(Array(text.utf8)) {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case 10, 9: bytes.append(byte)
      // XML carries no other controls.
      case 0..<32: bytes.append(32)
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}

// MARK: - Reading

extension SheetPatch {
  private static let unfamiliar = TabularError(
    reason: Localized(
      ja: "シートの書き方が見慣れないため、書き込めません。",
      en: "The sheet is written in an unfamiliar way and cannot be filled."
    ),
    remedy: Localized(
      ja: "ExcelかLibreOfficeで開いて、同じ形式（.xlsx）で保存し直してください。",
      en: "Open it in Excel or LibreOffice and save it in the same format (.xlsx)."
    )
  )

  private mutating func readRows() throws(TabularError) {
    var at = data.lowerBound
    var number = 0
    while let start = xml[at..<data.upperBound].firstIndex(of: UInt8(ascii: "<")) {
      guard Self.isTag("row", xml, at: start), let end = Self.tagEnd(xml, from: start), end <= data.upperBound else {
        throw Self.unfamiliar
      }
      number = attribute("r", in: start + 4..<end).flatMap { Int($0) } ?? number + 1
      if xml[end - 2] == UInt8(ascii: "/") {
        rows.append(Row(number: number, range: start..<end, open: end, isEmpty: true))
        at = end
        continue
      }
      guard let close = Self.find("</row>", in: xml, from: end, to: data.upperBound) else { throw Self.unfamiliar }
      let whole = start..<(close + "</row>".utf8.count)
      var row = Row(number: number, range: whole, open: end, isEmpty: false)
      row.cells = try cells(in: end..<close)
      rows.append(row)
      at = whole.upperBound
    }
  }

  private func cells(in range: Range<Int>) throws(TabularError) -> [Cell] {
    var cells: [Cell] = []
    var at = range.lowerBound
    var next = 0
    while let start = xml[at..<range.upperBound].firstIndex(of: UInt8(ascii: "<")) {
      guard Self.isTag("c", xml, at: start), let end = Self.tagEnd(xml, from: start), end <= range.upperBound else {
        throw Self.unfamiliar
      }
      let isEmpty = xml[end - 2] == UInt8(ascii: "/")
      let attributes = start + 2..<(isEmpty ? end - 2 : end - 1)
      let column = attribute("r", in: attributes).flatMap(Self.column) ?? next
      var close = end
      if !isEmpty {
        guard let found = Self.find("</c>", in: xml, from: end, to: range.upperBound) else { throw Self.unfamiliar }
        close = found + "</c>".utf8.count
      }
      let formula = Self.find("<f", in: xml, from: end, to: close) != nil
      cells.append(Cell(column: column, range: start..<close, attributes: attributes, hasFormula: formula))
      next = column + 1
      at = close
    }
    return cells
  }

  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8 {
      guard byte >= 65, byte <= 90 else { break }
      column = column * 26 + Int(byte) - 64
    }
    return column > 0 ? column - 1 : nil
  }

  private static func isTag(_ name: String, _ xml: [UInt8], at start: Int) -> Bool {
    let end = start + 1 + name.utf8.count
    guard end < xml.count, xml[(start + 1)..<end].elementsEqual(name.utf8) else { return false }
    return [32, 9, 10, 13, UInt8(ascii: ">"), UInt8(ascii: "/")].contains(xml[end])
  }

  /// Behind the `>` that ends the tag; one within a value does not.
  private static func tagEnd(_ xml: [UInt8], from start: Int) -> Int? {
    var quote: UInt8?
    for at in start..<xml.count {
      let byte = xml[at]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 34 || byte == 39 {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return at + 1
      }
    }
    return nil
  }

  private static func find(_ word: String, in xml: [UInt8], from start: Int, to end: Int? = nil) -> Int? {
    let wanted = Array(word.utf8)
    let last = (end ?? xml.count) - wanted.count
    guard let first = wanted.first else { return nil }
    var at = start
    while at <= last, let found = xml[at...last].firstIndex(of: first) {
      if xml[found..<(found + wanted.count)].elementsEqual(wanted) { return found }
      at = found + 1
    }
    return nil
  }

  private func attribute(_ name: String, in range: Range<Int>) -> String? {
    var found: String?
    forEachAttribute(in: range) { key, whole in
      guard key == name, found == nil, let quote = xml[whole].firstIndex(where: { $0 == 34 || $0 == 39 }) else {
        return
      }
      found = String(decoding: xml[(quote + 1)..<(whole.upperBound - 1)], as: UTF8.self)
    }
    return found
  }

  /// Each with its name and the bytes from there to the closing quotation mark.
  private func forEachAttribute(in range: Range<Int>, _ body: (String, Range<Int>) -> Void) {
    var at = range.lowerBound
    while at < range.upperBound {
      while at < range.upperBound, [32, 9, 10, 13].contains(xml[at]) { at += 1 }
      let start = at
      guard let equals = xml[at..<range.upperBound].firstIndex(of: UInt8(ascii: "=")),
        let open = xml[equals..<range.upperBound].firstIndex(where: { $0 == 34 || $0 == 39 }),
        let close = xml[(open + 1)..<range.upperBound].firstIndex(of: xml[open])
      else { return }
      let name = String(decoding: xml[start..<equals], as: UTF8.self)
      body(name.split(separator: " ").first.map(String.init) ?? name, start..<(close + 1))
      at = close + 1
    }
  }
}
