#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Time

/// Reads the cells of one sheet, a row at a time, straight from the bytes of its part.
///
/// The announced `dimension` is not believed; rows and cells without a reference follow the one before.
struct SheetScanner: ~Copyable {
  private var scanner: XMLScanner
  private let parts: WorkbookParts
  private let name: String
  private let limits: ReadLimits
  private var text: [UInt8] = []
  private var rowNumber = 0
  private var isInData = false
  private var columnsTold = 0
  private(set) var merges: [CellRange] = []
  private(set) var hiddenColumns: Set<Int> = []

  private static let lastColumn = 16_383
  private static let lastRow = 1_048_576

  init(_ scanner: consuming XMLScanner, _ parts: WorkbookParts, name: String, limits: ReadLimits) {
    self.scanner = scanner
    self.parts = parts
    self.name = name
    self.limits = limits
    text.reserveCapacity(1024)
  }

  /// The next row with its number, its cells put into `cells`; nil at the end of the sheet.
  /// `budget` is how many cells may still come, and is reduced by those that came.
  mutating func nextRow(
    into cells: inout [CellValue],
    budget: inout Int
  ) throws(TabularError) -> (number: Int, isHidden: Bool)? {
    while true {
      switch try scanner.next() {
      case .end: return nil
      case .open:
        if isInData, scanner.isNamed("row") { return try row(into: &cells, &budget) }
        try noteLayout()
      case .close: if scanner.isNamed("sheetData") { isInData = false }
      case .text: continue
      }
    }
  }

  private mutating func noteLayout() throws(TabularError) {
    if scanner.isNamed("sheetData") {
      isInData = true
    } else if scanner.isNamed("col") {
      guard let first = scanner.integer("min"), let last = scanner.integer("max"), scanner.isTrue("hidden") else {
        return
      }
      // "All the columns to the right" hides nothing that has values.
      guard first >= 1, first <= last, last <= Self.lastColumn + 1 else { return }
      // Columns are told once each; who repeats them without end wants to keep us busy.
      columnsTold += last - first + 1
      guard columnsTold <= 4 * (Self.lastColumn + 1) else {
        throw .suspicious("列の定義が重なっています", "it defines the same columns again and again")
      }
      hiddenColumns.formUnion((first - 1)...(last - 1))
    } else if scanner.isNamed("mergeCell") {
      guard let reference = scanner.attribute("ref"), let range = CellRange(reference) else { return }
      guard merges.count < 1_000_000 else { throw .tooLarge("結合セルが多すぎます", "too many merged cells") }
      merges.append(range)
    }
  }

  private mutating func row(
    into cells: inout [CellValue],
    _ budget: inout Int
  ) throws(TabularError) -> (number: Int, isHidden: Bool) {
    cells.removeAll(keepingCapacity: true)
    rowNumber = scanner.integer("r") ?? rowNumber + 1
    guard rowNumber >= 1, rowNumber <= Self.lastRow else {
      throw TabularError.damaged("行番号が範囲外です", "a row number is out of range").at(TablePlace(sheet: name))
    }
    let isHidden = scanner.isTrue("hidden")
    let outside = scanner.depth - 1
    var next = 0
    loop: while true {
      switch try scanner.next() {
      case .open:
        guard scanner.isNamed(letter: UInt8(ascii: "c")) else {
          try scanner.skipElement()
          continue
        }
        try cell(into: &cells, next: &next, budget)
      case .close: if scanner.depth == outside { break loop }
      case .text: continue
      case .end: break loop
      }
    }
    while case .empty? = cells.last { cells.removeLast() }
    budget -= cells.count
    return (rowNumber, isHidden)
  }

  private mutating func cell(into cells: inout [CellValue], next: inout Int, _ budget: Int) throws(TabularError) {
    let column = scanner.attribute(letter: UInt8(ascii: "r")).flatMap { CellRange.column($0) } ?? next
    guard column <= Self.lastColumn else {
      throw TabularError.damaged("列が範囲外です", "a column is out of range")
        .at(TablePlace(sheet: name, row: rowNumber))
    }
    next = column + 1
    let type = CellType(scanner.attribute(letter: UInt8(ascii: "t")))
    let style = scanner.attribute(letter: UInt8(ascii: "s")).flatMap { NumberText.integer($0) } ?? 0
    let value: CellValue
    do {
      value = try content(type, style)
    } catch {
      throw error.at(TablePlace(sheet: name, row: rowNumber, column: column + 1))
    }
    if column == cells.count {
      guard column < budget else { throw tooManyCells }
      cells.append(value)
    } else if column < cells.count {
      cells[column] = value
    } else if case .empty = value {
      return
    } else {
      guard column < budget else { throw tooManyCells }
      cells.append(contentsOf: repeatElement(.empty, count: column - cells.count))
      cells.append(value)
    }
  }

  private var tooManyCells: TabularError {
    TabularError.tooLarge("セルが\(limits.cells)個を超えます", "more than \(limits.cells) cells")
      .at(TablePlace(sheet: name, row: rowNumber))
  }

  /// What stands in the cell just opened. A formula counts by the value it had when the file was saved.
  private mutating func content(_ type: CellType, _ style: Int) throws(TabularError) -> CellValue {
    text.removeAll(keepingCapacity: true)
    if let raw = scanner.takeValueOfCell() {
      guard !raw.isEmpty else { return .empty }
      // Digits need no decoding: they go to their value straight from the window.
      if type == .number, let value = number(raw, style) { return value }
      if type == .shared { return try shared(raw) }
      guard raw.count <= limits.cellBytes else { throw Self.tooLong }
      try XMLText.append(raw, to: &text)
      return try value(type, style)
    }
    let outside = scanner.depth - 1
    var sawValue = false
    loop: while true {
      switch try scanner.next() {
      case .open:
        if scanner.isNamed("v") {
          try scanner.gatherText(into: &text, limit: limits.cellBytes)
          sawValue = true
        } else if scanner.isNamed("is") {
          try scanner.gatherRuns(into: &text, limit: limits.cellBytes)
          sawValue = true
        } else {
          try scanner.skipElement()
        }
      case .close: if scanner.depth == outside { break loop }
      case .text: continue
      case .end: break loop
      }
    }
    return sawValue && !text.isEmpty ? try value(type, style) : .empty
  }

  private mutating func value(_ type: CellType, _ style: Int) throws(TabularError) -> CellValue {
    switch type {
    // Some programs leave white space, or write text without saying so.
    case .number: return text.withUnsafeBufferPointer { number($0, style) } ?? .text(XMLText.cellText(&text))
    case .shared: return try text.withUnsafeBufferPointer { (raw) throws(TabularError) in try shared(raw) }
    case .text: return .text(XMLText.cellText(&text))
    case .bool: return .bool(text.first == UInt8(ascii: "1") || text.first == UInt8(ascii: "t"))
    case .error: return .error(XMLText.cellText(&text))
    case .date: return Self.isoDate(text) ?? .text(XMLText.cellText(&text))
    }
  }

  private static var tooLong: TabularError { .tooLarge("1つのセルの文字が多すぎます", "a cell holds too much text") }

  @inline(__always)
  private func number(_ raw: UnsafeBufferPointer<UInt8>, _ style: Int) -> CellValue? {
    guard let number = NumberText.double(raw) else { return nil }
    let format = style < parts.formats.count ? parts.formats[style] : .general
    return format.value(number, raw: raw, epoch1904: parts.epoch1904)
  }

  @inline(__always)
  private func shared(_ raw: UnsafeBufferPointer<UInt8>) throws(TabularError) -> CellValue {
    guard let index = NumberText.integer(raw), index < parts.sharedTexts.count else {
      throw .damaged("文字の表にない番号です", "a cell refers to a text that is missing")
    }
    let text = parts.sharedTexts[index]
    return text.isEmpty ? .empty : .text(text)
  }

  /// `2026-11-21` or `2026-11-21T14:05:00`.
  private static func isoDate(_ bytes: [UInt8]) -> CellValue? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let day = LocalDate(iso: String(text.prefix(10))) else { return nil }
    let clock = text.dropFirst(11).split(separator: ":")
    guard clock.count >= 2, let hour = Int(clock[0]), let minute = Int(clock[1]), (0..<24).contains(hour),
      (0..<60).contains(minute)
    else { return .date(day, minutes: nil) }
    return .date(day, minutes: hour * 60 + minute)
  }
}

/// The `t` of a cell.
private enum CellType {
  case number, shared, text, bool, error, date

  @inline(__always)
  init(_ name: UnsafeBufferPointer<UInt8>?) {
    guard let name, let first = name.first else {
      self = .number
      return
    }
    self =
      switch (first, name.count) {
      case (UInt8(ascii: "s"), 1): .shared
      case (UInt8(ascii: "s"), _), (UInt8(ascii: "i"), _): .text
      case (UInt8(ascii: "b"), _): .bool
      case (UInt8(ascii: "e"), _): .error
      case (UInt8(ascii: "d"), _): .date
      default: .number
      }
  }
}

extension XMLScanner {
  fileprivate func isTrue(_ name: StaticString) -> Bool {
    guard let value = attribute(name), let first = value.first else { return false }
    return first == UInt8(ascii: "1") || first == UInt8(ascii: "t")
  }
}

extension CellRange {
  /// The column of `AB12`, from 0; nil without letters. Far too long ones give a column out of range.
  @inline(__always)
  static func column(_ reference: UnsafeBufferPointer<UInt8>) -> Int? {
    var column = 0
    for byte in reference {
      let letter = byte & 0xdf
      guard letter >= 65, letter <= 90 else { break }
      column = min(column * 26 + Int(letter) - 64, 1 << 20)
    }
    return column == 0 ? nil : column - 1
  }

  /// `A1:C2` or `A1`.
  init?(_ reference: UnsafeBufferPointer<UInt8>) {
    let halves = reference.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    guard let first = halves.first, let last = halves.last else { return nil }
    func corner(_ half: Slice<UnsafeBufferPointer<UInt8>>) -> (row: Int, column: Int)? {
      let bytes = UnsafeBufferPointer(rebasing: half)
      let letters = bytes.prefix { $0 & 0xdf >= 65 && $0 & 0xdf <= 90 }.count
      guard let column = CellRange.column(bytes), column < 16_384,
        let row = NumberText.integer(UnsafeBufferPointer(rebasing: bytes[letters...])), row >= 1, row <= 1_048_576
      else { return nil }
      return (row, column)
    }
    guard let first = corner(first), let last = corner(last) else { return nil }
    self.init(
      firstRow: min(first.row, last.row),
      firstColumn: min(first.column, last.column),
      lastRow: max(first.row, last.row),
      lastColumn: max(first.column, last.column)
    )
  }
}
