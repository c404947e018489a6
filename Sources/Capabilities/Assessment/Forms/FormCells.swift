import Tabular
import Text
import Time

/// The cells of one line of a form, read with what is wrong in each.
final class FormCells {
  private let row: SheetRow
  private let layout: FormLayout
  private let reader: FormReader
  private let item: ChecklistItem
  private(set) var problems: [TabularError] = []

  init(row: SheetRow, layout: FormLayout, reader: FormReader, item: ChecklistItem) {
    self.row = row
    self.layout = layout
    self.reader = reader
    self.item = item
  }

  /// Nil where the line is not filled in, or not so that it can be kept.
  func read() -> FormAnswer? {
    let value = answer(.first)
    let target = day(.target)
    let remarks = text(.remarks)
    let second = answer(.second)
    let isTouched = target != nil || second != nil || !remarks.isEmpty
    guard problems.isEmpty else { return nil }
    guard let value else {
      if isTouched {
        report(
          .first,
          Localized(ja: "答えがありません。", en: "There is no answer."),
          item.wanted
        )
      }
      return nil
    }
    let answer = FormAnswer(
      value,
      checkedOn: day(.firstOn),
      target: target,
      second: second,
      secondOn: day(.secondOn),
      remarks: remarks
    )
    check(answer)
    return problems.isEmpty ? answer : nil
  }

  private func check(_ answer: FormAnswer) {
    for problem in reader.rule.problems(answer, item) { report(problem.column, problem.reason, problem.remedy) }
  }

  private func text(_ column: FormColumn) -> String {
    layout.columns[column].map { Width.trimmed(row[$0].text) } ?? ""
  }

  private func answer(_ column: FormColumn) -> AnswerValue? {
    let text = text(column)
    // 「はい・いいえ」 stands in the empty form, to be circled.
    guard !text.isEmpty, !(item.format.kind == .yesNo && text.contains("はい") && text.contains("いいえ")) else {
      return nil
    }
    if item.format.kind == .date, let place = layout.columns[column], case .date(let day, _) = row[place] {
      return .date(day)
    }
    if let value = item.read(text, today: reader.today) { return value }
    report(
      column,
      Localized(ja: "「\(text.prefix(60))」は答えとして読み取れません。", en: "“\(text.prefix(60))” is no answer."),
      item.wanted
    )
    return nil
  }

  private func day(_ column: FormColumn) -> LocalDate? {
    guard let place = layout.columns[column] else { return nil }
    if case .date(let day, _) = row[place] { return day }
    let text = Width.trimmed(row[place].text)
    // 「( / )」 stands in the empty form.
    guard
      text.contains(where: \.isNumber) || text.contains(where: { $0.isLetter && $0 != "年" && $0 != "月" && $0 != "日" })
    else {
      return nil
    }
    if let day = JapaneseDate.read(text, today: reader.today).day { return day }
    report(
      column,
      Localized(ja: "「\(text)」は日付として読み取れません。", en: "“\(text)” is no date."),
      Localized(ja: "2026/11/21 や 令和8年11月21日 のように記入してください。", en: "Write it like 2026-11-21 or 21 Nov 2026.")
    )
    return nil
  }

  private func report(_ column: FormColumn, _ reason: Localized, _ remedy: Localized) {
    problems.append(
      TabularError(
        place: TablePlace(sheet: layout.sheetName, row: row.number, column: (layout.columns[column] ?? 0) + 1),
        reason: Localized(ja: "\(item.name.ja)：\(reason.ja)", en: "\(item.name.en): \(reason.en)"),
        remedy: remedy
      )
    )
  }
}
