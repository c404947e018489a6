import Design
import HTML
import Nouns
import Text
import Time
import Web

/// Twelve months of a fiscal year as small tables, and below each day that has something as a list; on phones the list
/// alone.
struct CalendarPage {
  let year: FiscalYear
  let duties: [Duty]
  let calendar: HolidayCalendar
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let byDay = Dictionary(grouping: duties, by: \.due)
    let label = request.dates.fiscalYear(year)
    let actions = Button.row(
      Button.link(say("前の年度", "Previous year"), address(year.startYear - 1), look: .secondary, size: .small),
      Button.link(say("次の年度", "Next year"), address(year.startYear + 1), look: .secondary, size: .small),
      Button.link(say("予定表アプリで見る", "In your calendar program"), "/calendar/feed", look: .secondary, size: .small),
      Button.link(say("ファイルで保存（.ics）", "Save as a file (.ics)"), "/calendar/file", look: .secondary, size: .small),
      Button.print(language)
    )
    let known = calendar.known
    let unknown: HTML =
      known.map { year.last > $0.upperBound || year.first < $0.lowerBound } ?? true
      ? Banner(
        .info,
        say("この年度の祝日はまだ入っていません。", "The national holidays of this year are not in the pack yet."),
        detail: HTML(
          text: say("祝日は毎年2月に官報で公表されたあと、新しい版で足します。", "They are added after their publication each February.")
        )
      ).html(language) : .empty
    return .page(
      Page(
        say("予定", "Calendar"),
        heading: say("\(label)の予定", "Calendar of \(label)"),
        lead: HTML(text: say("「やること」の期限と休日、長い休みの前後の確認です。", "Due dates, days off, and checks around long holidays.")),
        actions: actions,
        width: .wide,
        main: """
          \(unknown)<div class="months">\(each: year.months, { month($0, byDay) })</div>\
          <h2>\(say("日付の順", "By date"))</h2>\(each: year.months, { list($0, byDay) })
          """
      ),
      current: "duties.calendar"
    )
  }

  private func address(_ startYear: Int) -> String { "/calendar?year=\(startYear)" }

  private func title(_ month: Month) -> String {
    language == .ja ? "\(month.year)年\(month.month)月" : "\(LocalDate.englishMonths[month.month - 1]) \(month.year)"
  }

  private func month(_ month: Month, _ byDay: [LocalDate: [Duty]]) -> HTML {
    let names =
      language == .ja
      ? ["日", "月", "火", "水", "木", "金", "土"] : ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]
    var cells: [HTML] = Array(repeating: "<td></td>", count: month.first.weekday)
    cells += (0..<month.last.day).map { cell(month.first.adding(days: $0), byDay) }
    while cells.count % 7 != 0 { cells.append("<td></td>") }
    let rows = stride(from: 0, to: cells.count, by: 7).map { start -> HTML in
      "<tr>\(Array(cells[start..<(start + 7)]))</tr>"
    }
    return """
      <table class="month"><caption>\(title(month))</caption>\
      <thead><tr>\(each: names, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table>
      """
  }

  private func cell(_ day: LocalDate, _ byDay: [LocalDate: [Duty]]) -> HTML {
    let due = byDay[day] ?? []
    let name = calendar.name(of: day, ja: language == .ja)
    var classes: [String] = []
    if !calendar.isWorkingDay(day) { classes.append("off") }
    if day == request.now.day { classes.append("today") }
    if due.contains(where: { $0.state == .overdue }) { classes.append("late") }
    let title = [name, due.isEmpty ? nil : say("やること\(due.count)件", "\(due.count) to do")].compactMap { $0 }
      .joined(separator: say("、", ", "))
    let number: HTML =
      due.isEmpty
      ? "\(day.day)"
      : """
      <a href="#d\(day.iso)">\(day.day)<span class="vh"> \(title)</span><span class="n" aria-hidden="true">\(due.count)</span></a>
      """
    let hidden: HTML? = due.isEmpty ? name.map { "<span class=\"vh\"> \($0)</span>" } : nil
    return """
      <td\(attribute: "class", classes.isEmpty ? nil : classes.joined(separator: " "))\
      \(attribute: "title", title.isEmpty ? nil : title)>\(number)\(hidden)</td>
      """
  }

  private func list(_ month: Month, _ byDay: [LocalDate: [Duty]]) -> HTML {
    let days = (0..<month.last.day).map { month.first.adding(days: $0) }
    let rows = days.compactMap { day -> HTML? in
      let due = byDay[day] ?? []
      let name = calendar.name(of: day, ja: language == .ja)
      guard !due.isEmpty || name != nil else { return nil }
      let weekday = language == .ja ? "\(day.day)日（\(day.weekdayName)）" : day.english
      let holiday: HTML? = name.map { "<span class=\"sub nb\">\($0)</span>" }
      let items = due.map { duty -> HTML in
        let late: HTML = duty.state == .overdue ? Chip(say("超過", "Late"), .red).html : .empty
        return """
          <li><a href="/duties/\(Percent.encode(duty.id))">\(duty.title[language])</a> \(late)\
          <span class="sub nb">\(duty.owner.label[language])</span></li>
          """
      }
      let inner: HTML? = due.isEmpty ? nil : "<ul>\(items)</ul>"
      return "<dt id=\"d\(day.iso)\"><span class=\"nb\">\(weekday)</span>\(holiday)</dt><dd>\(inner)</dd>"
    }
    if rows.isEmpty { return .empty }
    return "<section><h3>\(title(month))</h3><dl class=\"kv agenda\">\(rows)</dl></section>"
  }
}
