import Tabular
import Text

/// Where a form stands in a workbook: found by its heads and numbers, not by fixed cells, since official files have titles
/// above, merged categories and heads in two lines.
struct FormLayout: Sendable {
  struct Line: Sendable, Hashable {
    /// From 1.
    let row: Int
    /// As the form words it, without its number.
    let wording: String
  }

  /// The index among all sheets of the workbook.
  let sheet: Int
  let sheetName: String
  /// The last row of the head.
  let head: Int
  /// From 0.
  let columns: [FormColumn: Int]
  /// By the key of the item.
  let lines: [String: Line]
  /// Numbers that the form has and the checklist does not.
  let unknown: [(number: String, row: Int)]
  /// The same where the number has a cell of its own beside the words. In an official form such a line is an item; in what
  /// comes back it may head others, and counts only where it is answered (`FormStrays`).
  let unknownAlone: [(number: String, row: Int)]
  /// Further lines with the number of an item that has its line already.
  let repeated: [(item: String, row: Int)]
  /// The cell that takes the name of vendor or hospital, row from 1 and column from 0.
  let nameCell: (row: Int, column: Int)?

  /// Nil where no sheet has the heads of a form.
  static func find(in book: Workbook, _ checklist: Checklist) -> FormLayout? {
    let found = book.sheets.indices.filter { !book.sheets[$0].isHidden }.compactMap { index in
      FormFinder(sheet: book.sheets[index], index: index, checklist: checklist).find()
    }
    return found.max { $0.lines.count < $1.lines.count }
  }
}

/// Looks through one sheet.
private struct FormFinder {
  let sheet: Sheet
  let index: Int
  let checklist: Checklist

  /// How far down a head may stand.
  private static let deepest = 60

  func find() -> FormLayout? {
    for (place, row) in sheet.rows.enumerated() where row.number <= Self.deepest {
      var columns = heads(row)
      guard let first = columns[.first], columns[.remarks] != nil || columns[.target] != nil else { continue }
      var last = row.number
      // 「1回目」 over 「はい・いいえ」 and 「日付」.
      let below = place + 1 < sheet.rows.count ? sheet.rows[place + 1] : nil
      if let below, below.number == row.number + 1, isSecondLine(below, from: first) {
        last = below.number
        addDays(below, &columns)
      }
      addDays(row, &columns)
      return layout(columns, first: first, head: last)
    }
    return nil
  }

  private func heads(_ row: SheetRow) -> [FormColumn: Int] {
    // A head merged over several lines (備考 beside 「確認結果」 over 「1回目」) stands in the first of them.
    let merged = sheet.merges.filter { $0.firstRow < row.number && $0.lastRow >= row.number }.map { merge in
      (column: merge.firstColumn, text: sheet.rows.first { $0.number == merge.firstRow }?[merge.firstColumn].text ?? "")
    }
    var columns: [FormColumn: Int] = [:]
    for (column, text) in row.cells.enumerated().map({ (column: $0.offset, text: $0.element.text) }) + merged {
      guard let head = FormColumn.named(text), columns[head] == nil else { continue }
      columns[head] = column
    }
    return columns
  }

  /// The line of an item, in which an answer waits to be circled, is none.
  private func isSecondLine(_ row: SheetRow, from first: Int) -> Bool {
    guard row.cells.prefix(first).allSatisfy({ $0.isEmpty || FormColumn.named($0.text) != nil }) else { return false }
    return row.cells.enumerated().contains { column, cell in
      column >= first && (FormColumn.isDay(cell.text) || isBoth(cell.text))
    }
  }

  /// 「はい・いいえ」, which heads a column or waits to be circled.
  private func isBoth(_ text: String) -> Bool { text.contains("はい") && text.contains("いいえ") }

  private func addDays(_ row: SheetRow, _ columns: inout [FormColumn: Int]) {
    guard let first = columns[.first] else { return }
    for (column, cell) in row.cells.enumerated() where FormColumn.isDay(cell.text) {
      if let second = columns[.second], column > second {
        columns[.secondOn] = columns[.secondOn] ?? column
      } else if column > first {
        columns[.firstOn] = columns[.firstOn] ?? column
      }
    }
  }

  private func layout(_ columns: [FormColumn: Int], first: Int, head: Int) -> FormLayout {
    var lines: [String: FormLayout.Line] = [:]
    var unknown: [(number: String, row: Int)] = []
    var alone: [(number: String, row: Int)] = []
    var repeated: [(item: String, row: Int)] = []
    var section: [Int] = []
    var part: ChecklistItem.Part?
    for row in sheet.rows {
      let texts = row.cells.enumerated().prefix(first).map { (column: $0.offset, text: Width.trimmed($0.element.text)) }
        .filter { !$0.text.isEmpty }
      if let gate = gate(texts.map(\.text)), lines[gate] == nil { lines[gate] = line(row, texts.last?.text ?? "") }
      guard row.number > head, !texts.isEmpty else { continue }
      if let heading = texts.first(where: { self.section($0.text) != nil }), let number = self.section(heading.text) {
        if number != section { part = nil }
        section = number
      }
      if let change = texts.lazy.compactMap({ self.part($0.text) }).first { part = change.part }
      guard let (key, wording) = item(texts, section, part) else {
        if let stray = stray(texts, section) {
          stray.isAlone ? alone.append((stray.number, row.number)) : unknown.append((stray.number, row.number))
        }
        continue
      }
      if lines[key] == nil { lines[key] = line(row, wording) } else { repeated.append((key, row.number)) }
    }
    return FormLayout(
      sheet: index,
      sheetName: sheet.name,
      head: head,
      columns: columns,
      lines: lines,
      unknown: unknown,
      unknownAlone: alone,
      repeated: repeated,
      nameCell: nameCell
    )
  }

  private func line(_ row: SheetRow, _ wording: String) -> FormLayout.Line {
    FormLayout.Line(row: row.number, wording: wording)
  }

  /// 「2 医療情報システムの管理・運用」: a plain number and words, or the number alone.
  private func section(_ text: String) -> [Int]? {
    guard let (number, rest) = FormNumber.leading(text), number.parts.count == 1,
      text.first.map({ $0.isNumber && $0.wholeNumberValue != nil && !"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".contains($0) }) == true
    else { return nil }
    guard checklist.sections.contains(where: { FormNumber($0.number)?.parts == number.parts }) else { return nil }
    // In a list numbered 1, 2, 3 … the number of an item is no head.
    let isItem = checklist.items.contains { FormNumber($0.number)?.parts == number.parts }
    return isItem && !isTitle(rest, number.parts) ? nil : number.parts
  }

  private func isTitle(_ text: String, _ number: [Int]) -> Bool {
    checklist.sections.contains { section in
      FormNumber(section.number)?.parts == number
        && [section.title.ja, section.title.en].contains { Fold.key($0) == Fold.key(text) }
    }
  }

  /// 「サーバについて、以下を実施している。」 begins the lines about servers, 「全般について」 ends them.
  private func part(_ text: String) -> (part: ChecklistItem.Part?, Void)? {
    guard text.contains("について") else { return nil }
    if text.contains("ネットワーク機器") && !text.contains("全般") { return (.network, ()) }
    if text.contains("端末") && !text.contains("全般") { return (.client, ()) }
    if text.contains("サーバ") && !text.contains("全般") { return (.server, ()) }
    return text.contains("全般") ? (nil, ()) : nil
  }

  private func gate(_ texts: [String]) -> String? {
    guard let gate = checklist.gate else { return nil }
    let isAsked = texts.contains { text in
      (text.contains("医療情報システム") && (text.contains("有無") || text.contains("導入")))
        || text == gate.name.ja || text == gate.name.en
    }
    return isAsked ? gate.key : nil
  }

  private func item(
    _ texts: [(column: Int, text: String)],
    _ section: [Int],
    _ part: ChecklistItem.Part?
  ) -> (key: String, wording: String)? {
    // The number in a cell of its own, as we write it: 「2(7) サーバ」.
    for (place, cell) in texts.enumerated() {
      let named = checklist.items.first { item in
        !item.isGate && [item.name.ja, item.name.en].contains { Fold.key($0) == Fold.key(cell.text) }
      }
      if let named { return (named.key, texts[place...].dropFirst().last?.text ?? "") }
    }
    for (place, cell) in texts.enumerated().reversed() {
      guard let (number, rest) = FormNumber.leading(cell.text), self.section(cell.text) == nil else { continue }
      guard let found = matching(number, section, part) else { continue }
      let wording = rest.isEmpty ? texts[place...].dropFirst().last?.text ?? "" : rest
      return (found.key, wording)
    }
    return nil
  }

  private func matching(_ number: FormNumber, _ section: [Int], _ part: ChecklistItem.Part?) -> ChecklistItem? {
    for wanted in [number.parts, section + number.parts] {
      let items = checklist.items.filter { !$0.isGate && FormNumber($0.number)?.parts == wanted }
      // A number alone is an item only where items are numbered so; under a head it counts with the head.
      if wanted.count == 1, !section.isEmpty, wanted == number.parts,
        checklist.items.contains(where: { FormNumber($0.number)?.parts == section + number.parts })
      {
        continue
      }
      if items.count == 1 { return items[0].part == nil || part == nil || items[0].part == part ? items[0] : nil }
      if let item = items.first(where: { $0.part == part }) { return item }
    }
    return nil
  }

  /// A marked line that the checklist does not know, its words behind the number or in a cell beside it (`isAlone`).
  private func stray(
    _ texts: [(column: Int, text: String)],
    _ section: [Int]
  ) -> (number: String, isAlone: Bool)? {
    for (place, cell) in texts.enumerated().reversed() where self.section(cell.text) == nil {
      guard let (number, rest) = FormNumber.leading(cell.text), !rest.isEmpty || place + 1 < texts.count else {
        continue
      }
      let parts = number.parts.count == 1 ? section + number.parts : number.parts
      return (parts.map(String.init).joined(separator: "-"), rest.isEmpty)
    }
    return nil
  }

  /// Right of 「事業者名」 or 「医療機関名」.
  private var nameCell: (row: Int, column: Int)? {
    let words = checklist.respondent == .vendor ? ["事業者名"] : ["医療機関名", "施設名", "薬局名"]
    for row in sheet.rows {
      for (column, cell) in row.cells.enumerated() where words.contains(where: { cell.text.hasPrefix($0) }) {
        let merge = sheet.merges.first { $0.contains(row: row.number, column: column) }
        return (row.number, (merge?.lastColumn ?? column) + 1)
      }
    }
    return nil
  }
}
