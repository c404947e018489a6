import Text

/// Reads tables that are plain text: CSV, TSV and their relatives (RFC 4180, and what Excel makes of it).
///
/// - A record may span lines inside quotation marks; a doubled mark is one.
/// - A quotation mark where none belongs is kept as a character and reported.
/// - Rows may differ in length. Rows without a value are left out, but counted.
/// - Cells stay text: `00123`, `1-2` and 16 digits are what they are.
package enum CSVReader {
  package static func read(
    _ bytes: [UInt8],
    name: String,
    options: ReadOptions = ReadOptions()
  ) throws(TabularError) -> Workbook {
    guard !bytes.isEmpty else { throw .empty }
    let encoding = options.encoding ?? TextEncoding.detect(bytes)
    let decoded = encoding.decode(bytes)
    var text = decoded.text
    var problems = decoded.problems.prefix(options.limits.problems).map { problem in
      LineProblem(
        line: problem.line,
        reason: Localized(ja: "読めない文字があります。", en: "There is a character that cannot be read.")
      )
    }
    let separator = options.separator ?? text.withUTF8 { SeparatorGuess.separator($0) }
    let read = text.withUTF8 { (buffer) -> Result<[SheetRow], TabularError> in
      Result { () throws(TabularError) in try Self.rows(buffer, separator, options, &problems) }
    }
    let rows = try read.get()
    problems.sort { $0.line < $1.line }
    let sheet = Sheet(name: Self.sheetName(name), rows: rows)
    return Workbook(
      sheets: [sheet],
      format: .csv(encoding, separator),
      problems: Array(problems.prefix(options.limits.problems))
    )
  }

  private static func rows(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ separator: Separator,
    _ options: ReadOptions,
    _ problems: inout [LineProblem]
  ) throws(TabularError) -> [SheetRow] {
    var scanner = CSVScanner(bytes, separator, options)
    var rows: [SheetRow] = []
    while let row = try scanner.nextRow() {
      if !row.cells.isEmpty { rows.append(row) }
    }
    problems += scanner.problems
    return rows
  }

  /// The file's name without folder and ending.
  private static func sheetName(_ name: String) -> String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }
}

/// Finds out what separates the cells: the sign that comes most evenly, outside quotation marks, in the first
/// records.
enum SeparatorGuess {
  private static let sampled = 100

  static func separator(_ bytes: UnsafeBufferPointer<UInt8>) -> Separator {
    var best = (separator: Separator.comma, score: 0.0)
    // Tabs hardly ever stand in a text, so they win a draw; semicolons lose it.
    for separator in [Separator.tab, .comma, .semicolon] {
      let score = score(counts(of: separator.rawValue, in: bytes))
      if score > best.score { best = (separator, score) }
    }
    return best.separator
  }

  /// How many records share the commonest number of separators, weighed a little by how many those are. Records
  /// without any tell nothing: title lines stand above most ledgers.
  private static func score(_ counts: [Int]) -> Double {
    var records: [Int: Int] = [:]
    for count in counts where count > 0 { records[count, default: 0] += 1 }
    var best = 0.0
    for (separators, number) in records {
      best = max(best, Double(number) * (1 + Double(min(separators, 20)) / 20))
    }
    return best
  }

  private static func counts(of separator: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var counts: [Int] = []
    var count = 0
    var isQuoted = false
    var isFieldStart = true
    for byte in bytes.prefix(256 << 10) {
      if byte == UInt8(ascii: "\"") {
        // A mark inside a field opens nothing; a doubled one closes and opens again.
        if isQuoted { isQuoted = false } else if isFieldStart { isQuoted = true }
        isFieldStart = isFieldStart && isQuoted
        if !isQuoted { isFieldStart = true }
      } else if isQuoted {
        continue
      } else if byte == separator {
        count += 1
        isFieldStart = true
      } else if byte == 10 || byte == 13 {
        counts.append(count)
        count = 0
        isFieldStart = true
        if counts.count == sampled { return counts }
      } else {
        isFieldStart = false
      }
    }
    counts.append(count)
    return counts
  }
}
