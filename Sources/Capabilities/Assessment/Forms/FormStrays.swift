import Tabular
import Text

/// Lines of a form whose answers belong to no item: nothing that somebody wrote is passed over without a word.
struct FormStrays {
  let layout: FormLayout
  /// By number.
  let rows: [Int: SheetRow]
  /// Whether it is a file of ours, in which every line below the head is an item's.
  let isOwn: Bool
  let checklist: Checklist

  var problems: [TabularError] {
    let numbers = layout.columns[.number]
    let strange = layout.unknown.map { unknown($0.number, $0.row, numbers) }
    let repeated = layout.repeated.filter { isAnswered($0.row) }.map { line -> TabularError in
      let name = checklist[line.item]?.name ?? Localized(both: line.item)
      return problem(
        line.row,
        numbers,
        Localized(ja: "番号「\(name.ja)」の行が2つあります", en: "The number “\(name.en)” stands twice")
      )
    }
    let known = Set(layout.lines.values.map(\.row) + layout.unknown.map(\.row) + layout.repeated.map(\.row))
    let left = rows.keys.filter { $0 > layout.head && !known.contains($0) && isAnswered($0) }.sorted().compactMap {
      row in
      let number = numbers.map { Width.trimmed(rows[row]?[$0].text ?? "") } ?? ""
      // A file of others may have lines of its own, such as one that counts.
      return isOwn || number.contains(where: \.isNumber) ? unknown(number, row, numbers) : nil
    }
    return (strange + repeated + left).sorted { ($0.place?.row ?? 0) < ($1.place?.row ?? 0) }
  }

  private func unknown(_ number: String, _ row: Int, _ column: Int?) -> TabularError {
    problem(
      row,
      column,
      number.isEmpty
        ? Localized(ja: "番号がありません", en: "There is no number")
        : Localized(ja: "番号「\(number)」は、この点検表にありません", en: "This checklist has no number “\(number)”")
    )
  }

  private func problem(_ row: Int, _ column: Int?, _ what: Localized) -> TabularError {
    let written = written(row).map { String($0.prefix(60)) }
    return TabularError(
      place: TablePlace(sheet: layout.sheetName, row: row, column: column.map { $0 + 1 }),
      reason: written.isEmpty
        ? Localized(ja: "\(what.ja)。", en: "\(what.en).")
        : Localized(
          ja: "\(what.ja)。記入された内容：\(written.joined(separator: "、"))。",
          en: "\(what.en). Written there: \(written.joined(separator: ", "))."
        ),
      remedy: Localized(ja: "様式の番号と行を変えずに記入してください。", en: "Fill in the form without changing numbers and lines.")
    )
  }

  /// A file of ours is empty where nobody wrote; in one of others a word that waits to be circled is no answer.
  private func isAnswered(_ row: Int) -> Bool {
    guard !isOwn else { return !written(row).isEmpty }
    guard let first = layout.columns[.first], let cell = rows[row]?[first] else { return false }
    return AnswerValue(written: cell.text, checklist.form.kind) != nil
  }

  private func written(_ row: Int) -> [String] {
    FormColumn.filledIn.compactMap { layout.columns[$0] }.compactMap { rows[row]?[$0].text }
      .map { Width.trimmed($0) }.filter { $0.contains { $0.isLetter || $0.isNumber } }
  }
}
