import Tabular
import Text
import Time

/// A filled-in form read from a workbook.
struct FormReading: Sendable {
  struct Line: Sendable, Hashable {
    /// Its key.
    let item: String
    /// As the spreadsheet shows it.
    let row: Int
    let answer: FormAnswer
  }

  let lines: [Line]
  /// Each with its place, its reason and what to do.
  let problems: [TabularError]
  /// Versions of the answers when our own file was written, by the key of the item; nil for files of others.
  let versions: [String: Int]?
  /// Who answered at a vendor, and on which day, as far as the file says it.
  var respondent = ""
  var repliedOn: LocalDate?
  /// The sheet that it was read from, with its columns from 0.
  var sheet: String?
  var columns: [FormColumn: Int] = [:]
}

extension FormReading {
  /// Who answered by the file; the vendor itself and today where it does not say.
  func reply(of vendor: String, today: LocalDate) -> VendorReply {
    VendorReply(.file, respondent.isEmpty ? vendor : respondent, on: repliedOn ?? today)
  }

  /// What an answer is refused for, at its cell.
  func problem(_ refusal: FormRefusal) -> TabularError {
    TabularError(
      place: TablePlace(
        sheet: sheet,
        row: lines.first { $0.item == refusal.item.key }?.row,
        column: columns[refusal.column].map { $0 + 1 }
      ),
      reason: refusal.text,
      remedy: Localized(both: "")
    )
  }

  /// A file of which nothing is taken.
  static func refused(_ problems: [TabularError]) -> FormReading {
    FormReading(lines: [], problems: problems, versions: nil)
  }
}

/// Reads forms: ours, and those of others that have the same heads and numbers.
struct FormReader: Sendable {
  let checklist: Checklist
  /// The round it must be for, `2026`.
  let period: String
  /// The vendor it must be from, nil for the hospital's own.
  let vendor: String?
  let year: FiscalYear
  let today: LocalDate

  var rule: FormRule { FormRule(checklist: checklist, year: year, today: today) }

  static let packKey = "pack"
  static let periodKey = "period"
  static let vendorKey = "vendor"
  static let versionKey = "version."
  /// What each item said when the file was written: an answer to another wording is an answer to another question.
  static let textKey = "text."

  /// A file that is no table throws; what is wrong inside comes with its cell.
  func read(_ bytes: [UInt8], name: String) throws(TabularError) -> FormReading {
    read(try TableReader.read(bytes, name: name))
  }

  func read(_ book: Workbook) -> FormReading {
    let meta = book.meta
    if let problem = belongsElsewhere(meta) { return FormReading(lines: [], problems: [problem], versions: nil) }
    guard let layout = FormLayout.find(in: book, checklist) else {
      return FormReading(lines: [], problems: [Self.noHeads(checklist)], versions: nil)
    }
    let sheet = book.sheets[layout.sheet]
    let rows = Dictionary(sheet.rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    var lines: [FormReading.Line] = []
    var problems = FormStrays(layout: layout, rows: rows, isOwn: meta[Self.packKey] != nil, checklist: checklist)
      .problems
    for item in checklist.items {
      guard let line = layout.lines[item.key], let row = rows[line.row] else { continue }
      if let text = meta[Self.textKey + item.key], Fold.key(text) != Fold.key(line.wording) {
        problems.append(reworded(item, text, line, layout))
      }
      let cells = FormCells(row: row, layout: layout, reader: self, item: item)
      if let answer = cells.read() {
        lines.append(FormReading.Line(item: item.key, row: line.row, answer: answer))
      }
      problems += cells.problems
    }
    problems += notAsked(lines, layout)
    if lines.isEmpty, problems.isEmpty { problems.append(Self.nothingFilled(layout.sheetName)) }
    let versions = meta[Self.packKey] == nil ? nil : Self.versions(meta)
    let head = vendor == nil ? nil : FormHead(sheet, above: layout.head, today: today)
    problems += [head?.problem].compactMap(\.self)
    return FormReading(
      lines: lines,
      problems: problems,
      versions: versions,
      respondent: head?.respondent ?? "",
      repliedOn: head?.repliedOn,
      sheet: layout.sheetName,
      columns: layout.columns
    )
  }

  /// Answers to children whose parent the same form answers otherwise. What the form leaves open may be stored already.
  private func notAsked(_ lines: [FormReading.Line], _ layout: FormLayout) -> [TabularError] {
    let filled = Dictionary(lines.map { ($0.item, $0.answer.latest) }, uniquingKeysWith: { first, _ in first })
    return lines.compactMap { line in
      guard let item = checklist[line.item], let parent = item.parent, let above = filled[parent.question],
        !parent.values.contains(above.plain), let when = checklist.condition(item)
      else { return nil }
      return TabularError(
        place: TablePlace(sheet: layout.sheetName, row: line.row, column: (layout.columns[.first] ?? 0) + 1),
        reason: Localized(
          ja: "\(item.name.ja)：\(when.ja)だけに尋ねる項目です。",
          en: "\(item.name.en) is asked only \(when.en)."
        ),
        remedy: Localized(ja: "この行の答えを空にするか、親の項目の答えを直してください。", en: "Empty this line, or mend the answer above.")
      )
    }
  }

  private static func versions(_ meta: [String: String]) -> [String: Int] {
    var versions: [String: Int] = [:]
    for (key, value) in meta where key.hasPrefix(versionKey) {
      versions[String(key.dropFirst(versionKey.count))] = Int(value)
    }
    return versions
  }

  /// A file of ours for another form, round or vendor.
  private func belongsElsewhere(_ meta: [String: String]) -> TabularError? {
    guard let pack = meta[Self.packKey] else { return nil }
    if pack != checklist.id {
      let title = Checklists.checklist(pack)?.title ?? Localized(both: pack)
      return TabularError(
        reason: Localized(ja: "このファイルは「\(title.ja)」の様式です。", en: "This file is a form of “\(title.en)”."),
        remedy: Localized(ja: "その点検表のページで取り込んでください。", en: "Import it on the page of that checklist.")
      )
    }
    if let round = meta[Self.periodKey], round != period {
      return TabularError(
        reason: Localized(ja: "このファイルは別の回（\(round)）の様式です。", en: "This file is the form of another round (\(round))."),
        remedy: Localized(ja: "その回のページで取り込んでください。", en: "Import it on the page of that round.")
      )
    }
    if meta[Self.vendorKey] != vendor {
      return TabularError(
        reason: Localized(ja: "このファイルは別の事業者の様式です。", en: "This file is the form of somebody else."),
        remedy: Localized(ja: "その事業者のページで取り込んでください。", en: "Import it on the page of that vendor.")
      )
    }
    return nil
  }

  private func reworded(
    _ item: ChecklistItem,
    _ before: String,
    _ line: FormLayout.Line,
    _ layout: FormLayout
  ) -> TabularError {
    TabularError(
      place: TablePlace(sheet: layout.sheetName, row: line.row, column: layout.columns[.text].map { $0 + 1 }),
      reason: Localized(
        ja: "\(item.name.ja)：項目の文「\(before.prefix(60))」が「\(line.wording.prefix(60))」になっています。",
        en: "\(item.name.en): its text “\(before.prefix(60))” has become “\(line.wording.prefix(60))”."
      ),
      remedy: Localized(
        ja: "様式の文を元に戻すか、様式を書き出し直して記入してください。",
        en: "Put the wording of the form back, or export the form anew and fill it in."
      )
    )
  }

  private static func noHeads(_ checklist: Checklist) -> TabularError {
    let first = FormColumn.first.label(of: checklist)
    let remarks = FormColumn.remarks.label(of: checklist)
    return TabularError(
      reason: Localized(
        ja: "「\(first.ja)」と「\(remarks.ja)」の見出しが同じ行に見つかりません。",
        en: "No row has the heads “\(first.en)” and “\(remarks.en)”."
      ),
      remedy: Localized(
        ja: "この点検表の様式に記入したファイルを選んでください。",
        en: "Choose a file that was filled in on the form of this checklist."
      )
    )
  }

  private static func nothingFilled(_ sheet: String) -> TabularError {
    TabularError(
      place: TablePlace(sheet: sheet),
      reason: Localized(ja: "記入された行がありません。", en: "No line is filled in."),
      remedy: Localized(ja: "答えを記入して保存したファイルを選んでください。", en: "Choose the file in which the answers were saved.")
    )
  }
}
