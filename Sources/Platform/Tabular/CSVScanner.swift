#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Text

/// Walks through the records of a text table in UTF-8.
struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private let options: ReadOptions
  private var position = 0
  private var record = 0
  /// The line of the file, for problems; a record may span several.
  private var line = 1
  private var cellsLeft: Int
  private var usualCells = 0
  private var unescaped: [UInt8] = []
  private var reportsNUL = true
  private(set) var problems: [LineProblem] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ separator: Separator, _ options: ReadOptions) {
    self.bytes = bytes
    self.separator = separator.rawValue
    self.options = options
    cellsLeft = options.limits.cells
    // The mark some programs put before UTF-8 is no part of the first cell.
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
    // `sep=;` in the first line is an instruction to Excel.
    if let end = Self.instructionEnd(bytes, position) {
      position = end
      line += 1
    }
  }

  /// The next record, without empty cells at its end; nil after the last one.
  mutating func nextRow() throws(TabularError) -> SheetRow? {
    guard position < bytes.count else { return nil }
    record += 1
    var cells: [CellValue] = []
    // Records of one table are of one length.
    cells.reserveCapacity(usualCells)
    while true {
      let cell = try field()
      guard cells.count < cellsLeft, cells.count < 16_384 else {
        throw TabularError.tooLarge("セルが多すぎます", "too many cells").at(TablePlace(row: record))
      }
      cells.append(cell)
      if !endsField() { break }
    }
    cellsLeft -= cells.count
    usualCells = min(cells.count, 64)
    while case .empty? = cells.last { cells.removeLast() }
    return SheetRow(number: record, cells: cells)
  }

  /// Stands behind a field. True behind a separator, false behind the end of the record.
  private mutating func endsField() -> Bool {
    guard position < bytes.count else { return false }
    let byte = bytes[position]
    position += 1
    if byte == separator { return true }
    if byte == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
    line += 1
    return false
  }

  private mutating func field() throws(TabularError) -> CellValue {
    guard position < bytes.count else { return .empty }
    return bytes[position] == UInt8(ascii: "\"") ? try quoted() : try plain()
  }

  private mutating func plain() throws(TabularError) -> CellValue {
    let start = position
    var hasMark = false
    var hasNUL = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == 10 || byte == 13 { break }
      if byte == UInt8(ascii: "\"") { hasMark = true }
      if byte == 0 { hasNUL = true }
      position += 1
    }
    if hasMark {
      report("引用符（\"）が項目の途中にあります。文字として取り込みました。", "A quotation mark stands inside a cell; it was kept.")
    }
    return try value(UnsafeBufferPointer(rebasing: bytes[start..<position]), hasNUL: hasNUL)
  }

  private mutating func quoted() throws(TabularError) -> CellValue {
    let firstLine = line
    position += 1
    unescaped.removeAll(keepingCapacity: true)
    var start = position
    var hasNUL = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        unescaped.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
        position += 1
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
          return try afterClosingMark(hasNUL)
        }
        // Doubled: the second one stays.
        start = position
      } else if byte == 10 || byte == 13 {
        // A line break inside a cell is always `\n`.
        unescaped.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
        unescaped.append(10)
        if byte == 13, position + 1 < bytes.count, bytes[position + 1] == 10 { position += 1 }
        start = position + 1
        line += 1
      } else if byte == 0 {
        hasNUL = true
      }
      position += 1
    }
    unescaped.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[min(start, position)..<position]))
    report(
      "引用符（\"）が\(firstLine)行目で始まり、閉じていません。",
      "The quotation mark that opens in line \(firstLine) is never closed.",
      at: firstLine
    )
    return try unescapedValue(hasNUL)
  }

  /// Between the closing mark and the separator there should be nothing. What is there belongs to the cell.
  private mutating func afterClosingMark(_ hadNUL: Bool) throws(TabularError) -> CellValue {
    let start = position
    var hasNUL = hadNUL
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == 10 || byte == 13 { break }
      if byte == 0 { hasNUL = true }
      position += 1
    }
    let rest = UnsafeBufferPointer(rebasing: bytes[start..<position])
    if !rest.allSatisfy({ $0 == 32 }) {
      unescaped.append(contentsOf: rest)
      report(
        "閉じた引用符（\"）のあとに文字があります。続きとして取り込みました。",
        "There is text behind a closing quotation mark; it was joined to the cell."
      )
    }
    return try unescapedValue(hasNUL)
  }

  private mutating func unescapedValue(_ hasNUL: Bool) throws(TabularError) -> CellValue {
    let content = unescaped
    return try content.withUnsafeBufferPointer { (buffer) throws(TabularError) in try value(buffer, hasNUL: hasNUL) }
  }

  private mutating func value(_ raw: UnsafeBufferPointer<UInt8>, hasNUL: Bool) throws(TabularError) -> CellValue {
    guard !raw.isEmpty else { return .empty }
    guard raw.count <= options.limits.cellBytes else {
      throw TabularError.tooLarge("1つのセルの文字が多すぎます", "a cell holds too much text").at(TablePlace(row: record))
    }
    if hasNUL {
      if reportsNUL { report("NUL文字（0x00）を取り除きました。", "NUL characters were removed.") }
      reportsNUL = false
      let rest = raw.filter { $0 != 0 }
      return rest.isEmpty ? .empty : .text(String(decoding: rest, as: UTF8.self))
    }
    if options.removesFormulaGuard, FormulaGuard.isGuarded(raw) {
      return .text(String(decoding: UnsafeBufferPointer(rebasing: raw[1...]), as: UTF8.self))
    }
    return .text(String(decoding: raw, as: UTF8.self))
  }

  private mutating func report(_ ja: String, _ en: String, at place: Int? = nil) {
    guard problems.count < options.limits.problems else { return }
    problems.append(LineProblem(line: place ?? line, reason: Localized(ja: ja, en: en)))
  }

  private static func instructionEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    let rest = bytes[start...]
    guard rest.count >= 6, rest.prefix(4).elementsEqual("sep=".utf8) else { return nil }
    guard Separator(rawValue: rest[start + 4]) != nil else { return nil }
    let end = start + 5
    if bytes[end] == 10 { return end + 1 }
    if bytes[end] == 13 { return end + 1 < bytes.count && bytes[end + 1] == 10 ? end + 2 : end + 1 }
    return nil
  }
}

/// Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula, even from a CSV file (CWE-1236). We
/// write an apostrophe before such a text, and take exactly that away again.
enum FormulaGuard {
  static let apostrophe = UInt8(ascii: "'")

  /// Whether a text must not stand in a CSV file as it is. A text that itself begins like a guarded one needs the
  /// guard too, so that reading gives back what was written.
  static func needsGuard(_ text: some Sequence<UInt8>) -> Bool {
    var iterator = text.makeIterator()
    guard let first = iterator.next() else { return false }
    guard first == apostrophe else { return startsFormula(first) }
    while let next = iterator.next() {
      if next == apostrophe { continue }
      return startsFormula(next)
    }
    return false
  }

  static func isGuarded(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    raw.count >= 2 && raw[0] == apostrophe && needsGuard(raw.dropFirst())
  }

  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13: true
    default: false
    }
  }
}
