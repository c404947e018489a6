import Tabular
import Text
import Time

/// What stands above the lines of a vendor's form: who answered, and on which day. In the cell of its name behind a colon,
/// or in the next cell that is filled.
struct FormHead: Sendable, Hashable {
  var respondent = ""
  var repliedOn: LocalDate?
  /// A day that is none, or is still to come.
  var problem: TabularError?

  static let who = Localized(ja: "回答した人", en: "Answered by")
  static let day = Localized(ja: "回答日", en: "Answered on")

  private static let names = [who.ja, who.en, "回答者", "回答者名", "回答者氏名", "記入者", "記入者名", "記入者氏名"]
  private static let days = [day.ja, day.en, "回答年月日", "記入日", "記入年月日"]

  /// `last` is the last row of the heads of the columns.
  init(_ sheet: Sheet, above last: Int, today: LocalDate) {
    for row in sheet.rows where row.number <= last {
      for column in row.cells.indices {
        let (name, value) = Self.line(row, column)
        if respondent.isEmpty, Self.names.contains(name) {
          respondent = String(value.text.prefix(VendorReply.longestName))
        } else if repliedOn == nil, problem == nil, Self.days.contains(name), !value.isEmpty {
          take(value, TablePlace(sheet: sheet.name, row: row.number, column: column + 1), today)
        }
      }
    }
  }

  private static func line(_ row: SheetRow, _ column: Int) -> (name: String, value: CellValue) {
    let text = row[column].text
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "：" || $0 == ":" }.map(String.init)
    // Our own lines above a head begin with a #, so that an import passes over them.
    let name = Width.trimmed(String((parts.first ?? "").drop { $0 == "#" || $0 == " " }))
    let behind = parts.count > 1 ? Width.trimmed(parts[1]) : ""
    if !behind.isEmpty { return (name, .text(behind)) }
    return (name, row.cells.dropFirst(column + 1).first { !$0.isEmpty } ?? .empty)
  }

  private mutating func take(_ value: CellValue, _ place: TablePlace, _ today: LocalDate) {
    let day =
      if case .date(let day, _) = value { Optional(day) } else { JapaneseDate.read(value.text, today: today).day }
    if let day, day <= today {
      repliedOn = day
      return
    }
    problem = TabularError(
      place: place,
      reason: day == nil
        ? Localized(ja: "回答日「\(value.text)」は日付として読み取れません。", en: "“\(value.text)” is no date of the answer.")
        : Localized(ja: "回答日が先の日付です。", en: "The day of the answer is in the future."),
      remedy: Localized(
        ja: "今日までの日を、2026/11/21 や 令和8年11月21日 のように記入してください。",
        en: "Give a day of today or before, like 2026-11-21 or 21 Nov 2026."
      )
    )
  }
}
