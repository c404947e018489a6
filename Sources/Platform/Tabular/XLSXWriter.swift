import CXLSXWriter
import Text
import Time

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension SheetWriter {
  /// The tables as one workbook, a sheet each, made to be printed on A4 and to come back: text stays text, dates are
  /// dates, headers repeat on every page.
  package static func workbook(_ sheets: [SheetDraft], _ options: BookOptions) throws(TabularError) -> [UInt8] {
    try bytes { path throws(TabularError) in try BookWriter(path, options).write(sheets) }
  }

  /// A workbook as it was read, cell by cell in its place, with the column headed `marked` made to be read: wide and in
  /// red. What the reader does not keep (colours, formulas) is not there.
  package static func workbook(
    copying workbook: Workbook,
    marking marked: String,
    _ options: BookOptions
  ) throws(TabularError) -> [UInt8] {
    try bytes { path throws(TabularError) in try BookWriter(path, options).write(workbook.sheets, marking: marked) }
  }

  private static func bytes(_ write: ([CChar]) throws(TabularError) -> Void) throws(TabularError) -> [UInt8] {
    // The library writes to files only, in this version; ours can be read by nobody else.
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var path = Array((folder + "/yagura-XXXXXX").utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else { throw BookWriter.failure("mkstemp \(errno)") }
    close(file)
    defer { unlink(path) }
    try write(path)
    return try TableReader.fileBytes(path.withUnsafeBufferPointer { String(decodingCString: $0) }, limit: 1 << 31)
  }
}

extension String {
  fileprivate init(decodingCString characters: UnsafeBufferPointer<CChar>) {
    self = String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// One workbook while it is written.
private struct BookWriter: ~Copyable {
  private typealias Format = UnsafeMutablePointer<lxw_format>
  private typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>

  private let book: UnsafeMutablePointer<lxw_workbook>
  private let options: SheetWriter.BookOptions
  private let formats: Formats
  private var isClosed = false
  /// Lists too long for the cell that offers them stand in columns of the hidden sheet.
  private var longLists: [[String]] = []

  init(_ path: [CChar], _ options: SheetWriter.BookOptions) throws(TabularError) {
    guard let book = workbook_new(path) else { throw Self.failure("workbook_new") }
    do {
      formats = try Formats(book, options.dates)
    } catch {
      lxw_workbook_free(book)
      throw error
    }
    self.book = book
    self.options = options
    var properties = lxw_doc_properties()
    properties.created = time_t(options.createdAt.milliseconds / 1000)
    workbook_set_properties(book, &properties)
  }

  deinit {
    if !isClosed { lxw_workbook_free(book) }
  }

  consuming func write(_ sheets: [SheetDraft]) throws(TabularError) {
    var names: Set<String> = [Workbook.metaSheet]
    for sheet in sheets {
      let name = Self.sheetName(sheet.title, &names)
      do {
        try write(sheet, name)
      } catch {
        throw error.at(TablePlace(sheet: sheet.title))
      }
    }
    if !options.meta.isEmpty || !options.metaRows.isEmpty || !longLists.isEmpty { try writeHidden() }
    isClosed = true
    try Self.check(workbook_close(book))
  }

  consuming func write(_ sheets: [Sheet], marking marked: String) throws(TabularError) {
    var names: Set<String> = [Workbook.metaSheet]
    for sheet in sheets {
      let name = Self.sheetName(sheet.name, &names)
      do {
        try copy(sheet, name, marking: marked)
      } catch {
        throw error.at(TablePlace(sheet: sheet.name))
      }
    }
    isClosed = true
    try Self.check(workbook_close(book))
  }

  static func failure(_ detail: String) -> TabularError {
    TabularError(
      reason: Localized(ja: "Excelファイルを作れませんでした（\(detail)）。", en: "The Excel file could not be made (\(detail))."),
      remedy: Localized(
        ja: "ディスクの空きを確かめて、もう一度お試しください。",
        en: "Check the free disk space and try again."
      )
    )
  }

  private static func check(_ error: lxw_error) throws(TabularError) {
    guard error != LXW_NO_ERROR else { return }
    throw failure(lxw_strerror(error).map { String(cString: $0) } ?? "\(error.rawValue)")
  }
}

// MARK: - A sheet

extension BookWriter {
  private mutating func write(_ sheet: SheetDraft, _ name: String) throws(TabularError) {
    guard let worksheet = workbook_add_worksheet(book, name) else { throw Self.failure("worksheet") }
    let header = sheet.notes.count
    let last = header + sheet.rows.count
    guard last < 1_048_576, sheet.columns.count <= 16_384 else {
      throw .tooLarge("\(last)行", "\(last) rows")
    }
    for (row, note) in sheet.notes.enumerated() {
      try Self.check(
        worksheet_write_string(worksheet, UInt32(row), 0, CellText.escaped(sheet.written(note)), formats.note)
      )
    }
    var widths: [Double] = []
    for (index, column) in sheet.columns.enumerated() {
      widths.append(try prepare(column, index, of: sheet, worksheet, header: header, last: last))
    }
    for (index, row) in sheet.rows.enumerated() {
      // Without a height LibreOffice shows and prints the first line only of what is wrapped.
      let lines = RowHeight.lines(row, sheet.columns, widths)
      if lines > 1 {
        try Self.check(
          worksheet_set_row(worksheet, UInt32(header + 1 + index), RowHeight.points(lines), nil)
        )
      }
      for (column, cell) in row.enumerated() where !cell.isEmpty {
        do {
          let wraps = sheet.columns.indices.contains(column) && sheet.columns[column].wraps
          try write(cell, worksheet, UInt32(header + 1 + index), UInt16(clamping: column), wraps: wraps)
        } catch {
          throw error.at(TablePlace(sheet: sheet.title, row: header + 2 + index, column: column + 1))
        }
      }
    }
    setUpPage(sheet, worksheet, header: header, last: last)
  }

  private func copy(_ sheet: Sheet, _ name: String, marking marked: String) throws(TabularError) {
    guard let worksheet = workbook_add_worksheet(book, name) else { throw Self.failure("worksheet") }
    worksheet_set_landscape(worksheet)
    worksheet_set_paper(worksheet, 9)
    worksheet_fit_to_pages(worksheet, 1, 0)
    let reasons = Set(sheet.rows.flatMap { row in row.cells.indices.filter { row.cells[$0].text == marked } })
    for column in 0..<(sheet.rows.map(\.cells.count).max() ?? 0) {
      let place = UInt16(clamping: column)
      var settings = lxw_row_col_options()
      settings.hidden = sheet.hiddenColumns.contains(column) ? 1 : 0
      let width = reasons.contains(column) ? 70 : ColumnWidth.fitting(column, of: sheet.rows)
      try Self.check(worksheet_set_column_opt(worksheet, place, place, width, nil, &settings))
    }
    for merge in sheet.merges where merge.lastRow > merge.firstRow || merge.lastColumn > merge.firstColumn {
      try Self.check(
        worksheet_merge_range(
          worksheet,
          UInt32(merge.firstRow - 1),
          UInt16(clamping: merge.firstColumn),
          UInt32(merge.lastRow - 1),
          UInt16(clamping: merge.lastColumn),
          "",
          formats.text
        )
      )
    }
    for row in sheet.rows {
      guard row.number <= 1_048_576, row.cells.count <= 16_384 else {
        throw .tooLarge("\(row.number)行", "\(row.number) rows")
      }
      for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
        let place = UInt16(clamping: column)
        if reasons.contains(column), case .text(let text) = cell {
          let short = CellText.escaped(String(text.prefix(8_000)))
          try Self.check(worksheet_write_string(worksheet, UInt32(row.number - 1), place, short, formats.reason))
        } else {
          try write(cell, worksheet, UInt32(row.number - 1), place)
        }
      }
    }
  }

  private mutating func prepare(
    _ column: ColumnDraft,
    _ index: Int,
    of sheet: SheetDraft,
    _ worksheet: Worksheet,
    header: Int,
    last: Int
  ) throws(TabularError) -> Double {
    let place = UInt16(clamping: index)
    let format =
      switch column.kind {
      case .text: column.wraps ? formats.wrapped : formats.text
      case .number: formats.plain
      case .date: formats.date
      case .dateAndTime: formats.dateAndTime
      }
    let width = ColumnWidth.fitting(index, of: sheet, dateWidth: options.dates == .era ? 17 : 10)
    var settings = lxw_row_col_options()
    settings.hidden = column.isHidden ? 1 : 0
    try Self.check(worksheet_set_column_opt(worksheet, place, place, width, format, &settings))
    try Self.check(
      worksheet_write_string(worksheet, UInt32(header), place, CellText.escaped(column.header), formats.header)
    )
    try apply(column.rules, worksheet, place, from: header + 1)
    guard !column.choices.isEmpty else { return width }
    // A thousand rows below the last one, for those who add some.
    try offer(column.choices, worksheet, place, from: header + 1, to: min(last + 1000, 1_048_575))
    return width
  }

  /// One rule for each run of lines that expect the same.
  private mutating func apply(
    _ rules: [CellRule?],
    _ worksheet: Worksheet,
    _ column: UInt16,
    from first: Int
  ) throws(TabularError) {
    var start = 0
    while start < rules.count {
      let end = rules[start...].firstIndex { $0 != rules[start] } ?? rules.count
      let (top, bottom) = (first + start, first + end - 1)
      switch rules[start] {
      case nil: break
      case .choices(let choices)?: try offer(choices, worksheet, column, from: top, to: bottom)
      case .wholeNumber(let range)?:
        var rule = Self.doubting(LXW_VALIDATION_TYPE_INTEGER)
        rule.minimum_number = Double(range.lowerBound)
        rule.maximum_number = Double(range.upperBound)
        try Self.check(
          worksheet_data_validation_range(worksheet, UInt32(top), column, UInt32(bottom), column, &rule)
        )
      case .date?:
        // Serial numbers, since a day is one for Excel: from 1900 to 9999.
        var rule = Self.doubting(LXW_VALIDATION_TYPE_DATE_NUMBER)
        rule.minimum_number = 1
        rule.maximum_number = 2_958_465
        try Self.check(
          worksheet_data_validation_range(worksheet, UInt32(top), column, UInt32(bottom), column, &rule)
        )
      }
      start = end
    }
  }

  private static func doubting(_ type: lxw_validation_types) -> lxw_data_validation {
    var rule = lxw_data_validation()
    rule.validate = UInt8(type.rawValue)
    rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    rule.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
    return rule
  }

  /// A drop-down list (X3). It stops nobody from typing something else, since the import understands more than lists.
  private mutating func offer(
    _ choices: [String],
    _ worksheet: Worksheet,
    _ column: UInt16,
    from first: Int,
    to last: Int
  ) throws(TabularError) {
    var validation = lxw_data_validation()
    validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    // Excel counts 255 characters; libxlsxwriter 1.1.4 checks them too but copies into a buffer of as many bytes.
    let isShort = choices.joined(separator: ",").utf8.count <= 255 && !choices.contains { $0.utf8.contains(44) }
    if isShort {
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      var strings: [UnsafeMutablePointer<CChar>?] = choices.map { strdup($0) } + [nil]
      defer { for string in strings { free(string) } }
      let error = strings.withUnsafeMutableBufferPointer { list in
        validation.value_list = list.baseAddress
        return worksheet_data_validation_range(worksheet, UInt32(first), column, UInt32(last), column, &validation)
      }
      try Self.check(error)
    } else {
      let place = longLists.firstIndex(of: choices) ?? longLists.count
      if place == longLists.count { longLists.append(choices) }
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      let letters = CellRange.letters(column: place + Self.listColumn)
      let formula = strdup("='\(Workbook.metaSheet)'!$\(letters)$1:$\(letters)$\(choices.count)")
      defer { free(formula) }
      validation.value_formula = formula
      try Self.check(
        worksheet_data_validation_range(worksheet, UInt32(first), column, UInt32(last), column, &validation)
      )
    }
  }

  private func write(
    _ cell: CellValue,
    _ worksheet: Worksheet,
    _ row: UInt32,
    _ column: UInt16,
    wraps: Bool = false
  ) throws(TabularError) {
    switch cell {
    case .empty: return
    case .number(let number, let text) where text == NumberText.shown(number):
      try Self.check(worksheet_write_number(worksheet, row, column, number, formats.plain))
    // From March 1900 on serial numbers count without Excel's day too many.
    case .date(let day, let minutes) where day.dayNumber + 25_569 > 60 && day.year <= 9999:
      let serial = Double(day.dayNumber + 25_569) + Double(minutes ?? 0) / 1440
      let format = minutes == nil ? formats.date : formats.dateAndTime
      try Self.check(worksheet_write_number(worksheet, row, column, serial, format))
    case .bool(let value):
      try Self.check(worksheet_write_boolean(worksheet, row, column, value ? 1 : 0, formats.plain))
    case .text, .number, .date, .error:
      let text = cell.text
      guard text.utf16.count <= 32_767 else {
        throw .tooLarge("Excelのセルには32,767文字まで", "a cell of Excel holds 32,767 characters")
      }
      let format = wraps || text.utf8.contains(10) || text.utf8.contains(13) ? formats.wrapped : formats.text
      try Self.check(worksheet_write_string(worksheet, row, column, CellText.escaped(text), format))
    }
  }

  /// A4 across, the header on every page, the number of the page below (X4).
  private func setUpPage(_ sheet: SheetDraft, _ worksheet: Worksheet, header: Int, last: Int) {
    worksheet_set_landscape(worksheet)
    worksheet_set_paper(worksheet, 9)
    worksheet_fit_to_pages(worksheet, 1, 0)
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.7, 0.6)
    worksheet_repeat_rows(worksheet, UInt32(header), UInt32(header))
    worksheet_freeze_panes(worksheet, UInt32(header + 1), 0)
    if !sheet.columns.isEmpty {
      worksheet_autofilter(worksheet, UInt32(header), 0, UInt32(last), UInt16(clamping: sheet.columns.count - 1))
    }
    // At most 255 characters fit; `&` begins an instruction.
    let title = String(sheet.title.prefix(80)).replacing("&", with: "&&")
    worksheet_set_header(worksheet, "&L\(title)&R&D")
    worksheet_set_footer(worksheet, "&C&P / &N")
    // Lines on the screen and on paper, so that a row of a form is told from the next.
    worksheet_gridlines(worksheet, UInt8(LXW_SHOW_ALL_GRIDLINES.rawValue))
  }

  /// The first column of the lists in the hidden sheet, right of everything that `metaRows` may hold.
  private static let listColumn = 200

  private func writeHidden() throws(TabularError) {
    guard let worksheet = workbook_add_worksheet(book, Workbook.metaSheet) else { throw Self.failure("worksheet") }
    worksheet_hide(worksheet)
    for (row, (key, value)) in options.meta.sorted(by: { $0.key < $1.key }).enumerated() {
      try Self.check(worksheet_write_string(worksheet, UInt32(row), 0, CellText.escaped(key), formats.text))
      try Self.check(worksheet_write_string(worksheet, UInt32(row), 1, CellText.escaped(value), formats.text))
    }
    for (row, cells) in options.metaRows.enumerated() {
      for (column, text) in cells.prefix(Self.listColumn).enumerated() where !text.isEmpty {
        try Self.check(
          worksheet_write_string(worksheet, UInt32(row), UInt16(column), CellText.escaped(text), formats.text)
        )
      }
    }
    for (index, list) in longLists.enumerated() {
      for (row, choice) in list.enumerated() {
        try Self.check(
          worksheet_write_string(
            worksheet,
            UInt32(row),
            UInt16(clamping: index + Self.listColumn),
            CellText.escaped(choice),
            formats.text
          )
        )
      }
    }
  }

  /// Excel takes 31 characters, none of `[]:*?/\`, and no name twice.
  private static func sheetName(_ title: String, _ taken: inout Set<String>) -> String {
    let safe = title.map { character in
      "[]:*?/\\'".contains(character) || character.unicodeScalars.contains { $0.value < 32 } ? "_" : character
    }
    var name = safe.isEmpty ? "Sheet" : shortened(String(safe), to: 31)
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = shortened(String(safe), to: 26) + " (\(number))"
      number += 1
    }
    return name
  }

  private static func shortened(_ text: String, to units: Int) -> String {
    var shortened = text
    while shortened.utf16.count > units { shortened.removeLast() }
    return shortened
  }
}

/// Texts as the library expects them: no NUL, which would end it, and nothing that reads like an escape of Excel.
private enum CellText {
  static func escaped(_ text: String) -> String {
    var bytes = Array(text.utf8)
    if bytes.contains(0) { bytes.removeAll { $0 == 0 } }
    if bytes.contains(13) { XMLText.unifyLineBreaks(&bytes) }
    guard bytes.contains(UInt8(ascii: "_")) else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: XMLText.escapingUnderscores(bytes), as: UTF8.self)
  }
}

/// The looks of cells. The library owns them and frees them with the workbook.
private struct Formats {
  typealias Format = UnsafeMutablePointer<lxw_format>

  let plain: Format
  let text: Format
  let wrapped: Format
  let date: Format
  let dateAndTime: Format
  let header: Format
  let note: Format
  let reason: Format

  init(_ book: UnsafeMutablePointer<lxw_workbook>, _ dates: SheetWriter.DateForm) throws(TabularError) {
    plain = try Self.format(book)
    text = try Self.format(book, "@")
    wrapped = try Self.format(book, "@")
    format_set_text_wrap(wrapped)
    date = try Self.format(book, dates.format)
    dateAndTime = try Self.format(book, "yyyy/mm/dd h:mm")
    note = try Self.format(book, "@")
    format_set_font_color(note, 0x595959)
    reason = try Self.format(book, "@")
    format_set_text_wrap(reason)
    format_set_font_color(reason, 0xce0000)
    header = try Self.format(book, "@")
    format_set_bold(header)
    format_set_text_wrap(header)
    format_set_bg_color(header, 0xd9e6ff)
    format_set_border(header, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_align(header, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
  }

  private static func format(
    _ book: UnsafeMutablePointer<lxw_workbook>,
    _ code: String? = nil
  ) throws(TabularError) -> Format {
    guard let format = workbook_add_format(book) else { throw BookWriter.failure("format") }
    format_set_font_name(format, "游ゴシック")
    format_set_font_size(format, 11)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    // 49 is Excel's own `@`: by its number every program knows it.
    if code == "@" { format_set_num_format_index(format, 49) } else if let code { format_set_num_format(format, code) }
    return format
  }
}
