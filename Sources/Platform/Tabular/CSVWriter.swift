import Text

extension SheetWriter {
  /// The table as text: CRLF at line ends, quotation marks where needed, and an apostrophe before what Excel would run
  /// as a formula (our reader takes it away again). Line breaks inside cells become LF.
  package static func text(_ sheet: SheetDraft, _ options: TextOptions = TextOptions()) -> TextResult {
    let rows =
      sheet.notes.map { [CellValue.text(sheet.written($0))] } + [sheet.columns.map { .text($0.header) }] + sheet.rows
    var text = ""
    for row in rows { append(row, sheet.columns.count, options.separator, to: &text) }
    let encoded = options.encoding.encode(text)
    guard !encoded.unwritable.isEmpty else { return .written(encoded.bytes, replaced: []) }
    let found = unwritable(in: rows, options.encoding)
    var unknown: Set<Character> = []
    for place in found where options.replacements[place.character] == nil && options.replacement == nil {
      unknown.insert(place.character)
    }
    guard unknown.isEmpty else { return .unwritable(found.filter { unknown.contains($0.character) }) }
    let characters = Set(found.map(\.character))
    var replaced = ""
    for character in text {
      if characters.contains(character) {
        replaced += options.replacements[character] ?? options.replacement ?? ""
      } else {
        replaced.append(character)
      }
    }
    let second = options.encoding.encode(replaced)
    // A replacement that cannot be written either helps nobody.
    return second.unwritable.isEmpty ? .written(second.bytes, replaced: found) : .unwritable(found)
  }

  private static func append(
    _ row: [CellValue],
    _ columns: Int,
    _ separator: Separator,
    to text: inout String
  ) {
    for column in 0..<max(columns, row.count) {
      if column > 0 { text.unicodeScalars.append(Unicode.Scalar(separator.rawValue)) }
      if column < row.count { append(row[column], separator, to: &text) }
    }
    text += "\r\n"
  }

  private static func append(_ cell: CellValue, _ separator: Separator, to text: inout String) {
    var content = cell.text
    guard !content.isEmpty else { return }
    if content.utf8.contains(13) || content.utf8.contains(0) {
      var bytes = Array(content.utf8).filter { $0 != 0 }
      XMLText.unifyLineBreaks(&bytes)
      content = String(decoding: bytes, as: UTF8.self)
    }
    // Our own numbers are no formulas, even with a minus.
    if case .number = cell {
    } else if FormulaGuard.needsGuard(content.utf8) {
      content = "'" + content
    }
    let special = content.utf8.contains { byte in
      byte == separator.rawValue || byte == 34 || byte == 10 || byte == 13
    }
    guard special || content.utf8.first == 32 || content.utf8.last == 32 else {
      text += content
      return
    }
    text += "\""
    for scalar in content.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    text += "\""
  }

  private static func unwritable(in rows: [[CellValue]], _ encoding: TextEncoding) -> [UnwritableCharacter] {
    var found: [UnwritableCharacter] = []
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        let text = cell.text
        guard !text.utf8.allSatisfy({ $0 < 128 }) else { continue }
        for problem in encoding.encode(text).unwritable {
          found.append(UnwritableCharacter(character: problem.character, row: row + 1, column: column + 1))
        }
      }
    }
    return found
  }
}
