import Blobs
import Tabular
import Text
import Time

/// The official workbook of a form as a facility loaded it: where each item stands, how it is worded, and filling it.
/// Nothing but the cells that a person would fill in is ever changed.
package struct OfficialForm: Sendable {
  package let checklist: Checklist
  package let bytes: [UInt8]
  /// SHA-256 in hexadecimal.
  package let hash: String
  let book: Workbook
  let layout: FormLayout
  private let lists: [ChoiceList]
  /// Cells that compute something, by sheet: what they show follows the answers.
  private let formulas: [Int: Set<CellPlace>]

  /// Whether it is byte for byte the published file, nil where no fingerprint is known.
  package var isPublished: Bool? { checklist.workbook.map { $0.hash == hash } }

  /// By the key of the item.
  package var wording: [String: String] { layout.lines.mapValues(\.wording).filter { !$0.value.isEmpty } }

  /// Provisional items that the form does not have, by key.
  package var absent: [String] { checklist.items.filter { !$0.isGate && layout.lines[$0.key] == nil }.map(\.key) }

  /// Numbers of the form that the checklist does not have.
  package var unknown: [String] { (layout.unknown + layout.unknownAlone).map(\.number) }

  /// Columns for answers that were not found under the form's heads: what belongs there is not written into the form,
  /// but for a day, which stands beside its answer.
  package var absentColumns: [Localized] {
    let asked = FormColumn.all(checklist).filter { FormColumn.filledIn.contains($0) }
    return asked.filter { layout.columns[$0] == nil }.map { $0.label(of: checklist) }
  }

  package var sheetName: String { layout.sheetName }

  /// Throws what is missing where it is no form of this checklist, and what `TableReader` says of a file that is no workbook.
  package init(_ bytes: [UInt8], name: String, _ checklist: Checklist) throws(TabularError) {
    guard MediaKind(of: bytes) == .workbook else { throw Self.noWorkbook }
    let book = try TableReader.read(bytes, name: name)
    guard let layout = FormLayout.find(in: book, checklist) else { throw Self.noHeads }
    let missing = checklist.items.filter { !$0.isPending && !$0.isGate && layout.lines[$0.key] == nil }
    guard missing.isEmpty else { throw Self.missing(missing, layout) }
    let patch = try WorkbookPatch(bytes)
    lists = try patch.choices(ofSheet: layout.sheet)
    var formulas: [Int: Set<CellPlace>] = [:]
    for index in book.sheets.indices { formulas[index] = try patch.formulas(ofSheet: index) }
    self.formulas = formulas
    self.checklist = checklist
    self.bytes = bytes
    hash = BlobStore.name(of: bytes)
    self.book = book
    self.layout = layout
  }

  private static let noWorkbook = TabularError(
    reason: Localized(ja: "Excelブック（.xlsx）ではありません。", en: "It is no Excel workbook (.xlsx)."),
    remedy: Localized(ja: "公式のサイトにある.xlsxファイルを選んでください。", en: "Choose the .xlsx file of the official site.")
  )

  private static let noHeads = TabularError(
    reason: Localized(
      ja: "「1回目」「目標日」「備考」の見出しが見つかりません。",
      en: "The heads 1回目, 目標日 and 備考 are not there."
    ),
    remedy: Localized(
      ja: "この点検表の公式の様式か確かめてください。",
      en: "Check that it is the official form of this checklist."
    )
  )

  private static func missing(_ items: [ChecklistItem], _ layout: FormLayout) -> TabularError {
    let names = items.map(\.name.ja).joined(separator: "、")
    return TabularError(
      place: TablePlace(sheet: layout.sheetName),
      reason: Localized(
        ja: "様式に次の番号が見つかりません：\(names)。",
        en: "The form lacks these numbers: \(items.map(\.name.en).joined(separator: ", "))."
      ),
      remedy: Localized(
        ja: "年度と種類（医療機関・事業者）が合っているか確かめてください。",
        en: "Check that year and kind (hospital or vendor) are right."
      )
    )
  }

  /// Cells for answers in which one stands already. What merely waits to be filled in (「はい・いいえ」, 「（　／　）」) and what a
  /// formula shows is none; remarks count beside an answer only, as a form may have words of its own there.
  func answeredCells(today: LocalDate) -> [CellPlace] {
    let rows = Dictionary(book.sheets[layout.sheet].rows.map { ($0.number, $0) }, uniquingKeysWith: { a, _ in a })
    return checklist.items.flatMap { item -> [CellPlace] in
      guard let line = layout.lines[item.key], let row = rows[line.row] else { return [] }
      let answered = FormColumn.filledIn.filter { column in
        guard let place = layout.columns[column],
          formulas[layout.sheet]?.contains(CellPlace(row: line.row, column: place)) != true
        else { return false }
        return isAnswer(row[place], column, item, today)
      }
      guard answered.contains(where: { $0 != .remarks }) else { return [] }
      return answered.compactMap { layout.columns[$0] }.map { CellPlace(row: line.row, column: $0) }
    }
  }

  private func isAnswer(_ cell: CellValue, _ column: FormColumn, _ item: ChecklistItem, _ today: LocalDate) -> Bool {
    let text = Width.trimmed(cell.text)
    guard !text.isEmpty else { return false }
    switch column {
    case .remarks: return true
    case .firstOn, .target, .secondOn:
      if case .date = cell { return true }
      return JapaneseDate.read(text, today: today).day != nil
    default:
      // Where there is no column for the day it stands behind the answer: 「はい（2025/06/03）」.
      let word = String(Width.halved(text).prefix { $0 != "(" })
      return item.format.kind != .text && item.read(word, today: today) != nil
    }
  }

  // MARK: Filling

  /// The workbook with the answers in its cells; `name` goes where the form asks for it.
  package func filled(_ answers: [String: FormAnswer], name: String) throws(TabularError) -> [UInt8] {
    var patch = try WorkbookPatch(bytes)
    if let cell = layout.nameCell, !name.isEmpty {
      patch.set(sheet: layout.sheet, row: cell.row, column: cell.column, .text(name))
    }
    for (key, line) in layout.lines {
      guard let answer = answers[key] else { continue }
      for (column, content) in contents(answer, row: line.row) {
        guard let place = layout.columns[column] else { continue }
        patch.set(sheet: layout.sheet, row: line.row, column: place, content)
      }
    }
    return try patch.bytes()
  }

  private func contents(_ answer: FormAnswer, row: Int) -> [(FormColumn, WorkbookPatch.Content)] {
    var contents: [(FormColumn, WorkbookPatch.Content)] = []
    var remarks = answer.remarks
    if let choice = choice(answer.value, .first, row) {
      contents.append((.first, .text(withDay(choice, answer.checkedOn, .firstOn))))
    } else {
      // A form that cannot be answered so is left open; the reason stands in the remarks.
      remarks = [answer.value.label.ja, remarks].filter { !$0.isEmpty }.joined(separator: "　")
    }
    if let day = answer.checkedOn { contents.append((.firstOn, .date(day))) }
    if let target = answer.target { contents.append((.target, .date(target))) }
    if let second = answer.second, let choice = choice(second, .second, row) {
      contents.append((.second, .text(withDay(choice, answer.secondOn, .secondOn))))
      if let day = answer.secondOn { contents.append((.secondOn, .date(day))) }
    }
    if !remarks.isEmpty { contents.append((.remarks, .text(remarks))) }
    return contents
  }

  /// Forms without a column for the day have it beside the answer.
  private func withDay(_ choice: String, _ day: LocalDate?, _ column: FormColumn) -> String {
    guard layout.columns[column] == nil, let day else { return choice }
    return "\(choice)（\(day.slashed)）"
  }

  /// The word the cell offers for a value; its usual one where the cell has no list; nil where the list lacks it.
  private func choice(_ value: AnswerValue, _ column: FormColumn, _ row: Int) -> String? {
    guard let place = layout.columns[column],
      let list = lists.first(where: { $0.ranges.contains { $0.contains(row: row, column: place) } })
    else { return value.label.ja }
    let choices = list.choices(in: book, sheet: layout.sheetName)
    if choices.isEmpty { return value.label.ja }
    return choices.first { AnswerValue(written: $0, checklist.form.kind) == value }
  }

  // MARK: What was changed

  /// Cells of another workbook that differ from this one though nobody fills them in: title, wording, numbers, heads.
  package func differences(in other: Workbook) -> [TabularError] {
    var found: [TabularError] = []
    for (index, sheet) in book.sheets.enumerated() {
      guard let there = other.sheets.first(where: { $0.name == sheet.name }) else {
        found.append(Self.lost(sheet.name))
        continue
      }
      let rows = Dictionary(there.rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
      let own = Dictionary(sheet.rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
      for number in Set(rows.keys).union(own.keys).sorted() {
        let width = max(rows[number]?.cells.count ?? 0, own[number]?.cells.count ?? 0)
        for column in 0..<width where !isFilledIn(index, number, column) {
          let (before, now) = (own[number]?[column].text ?? "", rows[number]?[column].text ?? "")
          if before != now { found.append(Self.changed(sheet.name, number, column, before, now)) }
        }
      }
      if Set(sheet.merges) != Set(there.merges) { found.append(Self.merged(sheet.name)) }
    }
    return found
  }

  /// Whether it is a copy of this workbook, filled in or changed, rather than some other form.
  func isCopy(_ other: Workbook) -> Bool {
    other.meta.isEmpty && Set(other.visibleSheets.map(\.name)) == Set(book.visibleSheets.map(\.name))
  }

  private func isFilledIn(_ sheet: Int, _ row: Int, _ column: Int) -> Bool {
    if formulas[sheet]?.contains(CellPlace(row: row, column: column)) == true { return true }
    guard sheet == layout.sheet else { return false }
    if let cell = layout.nameCell, cell.row == row, cell.column == column { return true }
    guard layout.lines.values.contains(where: { $0.row == row }) else { return false }
    return FormColumn.filledIn.contains { layout.columns[$0] == column }
  }

  private static func changed(
    _ sheet: String,
    _ row: Int,
    _ column: Int,
    _ before: String,
    _ now: String
  ) -> TabularError {
    TabularError(
      place: TablePlace(sheet: sheet, row: row, column: column + 1),
      reason: Localized(
        ja: "「\(before.prefix(60))」が「\(now.prefix(60))」になっています。",
        en: "“\(before.prefix(60))” has become “\(now.prefix(60))”."
      ),
      remedy: Localized(ja: "様式の文を元に戻してください。", en: "Put the wording of the form back.")
    )
  }

  private static func lost(_ sheet: String) -> TabularError {
    TabularError(
      place: TablePlace(sheet: sheet),
      reason: Localized(ja: "シートがありません。", en: "The sheet is missing."),
      remedy: Localized(ja: "公式の様式のままのファイルに記入してください。", en: "Fill in the official form as it was.")
    )
  }

  private static func merged(_ sheet: String) -> TabularError {
    TabularError(
      place: TablePlace(sheet: sheet),
      reason: Localized(ja: "セルの結合が変わっています。", en: "Merged cells have changed."),
      remedy: Localized(ja: "公式の様式のままのファイルに記入してください。", en: "Fill in the official form as it was.")
    )
  }
}
