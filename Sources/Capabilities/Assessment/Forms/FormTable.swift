import HTML
import Text
import Time

/// A form on paper in the official order and columns: first check, target date, second check, remarks. Nothing is left out,
/// and what is not answered is an empty cell.
struct FormTable {
  let checklist: Checklist
  /// What is asked; children that are not asked are printed with when they would be.
  let asked: [ChecklistItem]
  let answers: [String: FormAnswer]
  /// Official wording by the key of the item, where the hospital loaded it.
  let wording: [String: String]
  let day: (LocalDate) -> String
  let language: Language
  /// Of the headings of its sections: below the heading of the paper that it is part of.
  var level = 2
  /// Said of a check that was made after the time of the form.
  var lateness: (LocalDate) -> Localized? = { _ in nil }

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    let keys = Set(asked.map(\.key))
    let isEnded = checklist.gate != nil && asked.allSatisfy(\.isGate)
    let heads =
      checklist.asksTwice
      ? [
        say("番号", "No."), say("項目", "Item"), say("1回目", "First"), say("目標日", "Target"),
        say("2回目", "Second"), say("備考", "Remarks"),
      ]
      : [say("番号", "No."), say("項目", "Item"), say("結果", "Level"), say("備考", "Remarks")]
    return checklist.sections.compactMap { section -> HTML? in
      let items = section.items.filter { keys.contains($0.key) || ($0.parent != nil && !isEnded) }
      guard !items.isEmpty else { return nil }
      let heading = section.heading(language)
      let title: HTML =
        section.number.isEmpty
        ? .empty : level == 2 ? "<h2>\(heading)</h2>" : level == 3 ? "<h3>\(heading)</h3>" : "<h4>\(heading)</h4>"
      return """
        <section class="block">\(title)<table class="dense"><thead><tr>\
        \(each: heads, { "<th scope=\"col\" class=\"nb\">\($0)</th>" })</tr></thead><tbody>\(each: items, { row($0, isAsked: keys.contains($0.key)) })</tbody></table></section>
        """
    }.joined()
  }

  private func row(_ item: ChecklistItem, isAsked: Bool) -> HTML {
    let answer = answers[item.key]
    func check(_ value: AnswerValue?, _ on: LocalDate?) -> HTML {
      guard let value else { return .empty }
      let late: HTML? = on.flatMap(lateness).map { "<br>\($0[language])" }
      return "\(item.words(value)[language])<br><span class=\"nb\">\(on.map(day) ?? "")</span>\(late)"
    }
    let name: HTML =
      "<td class=\"nb\">\(item.name[language])</td><td>\(wording[item.key] ?? item.text[language])</td>"
    guard isAsked else {
      let when = checklist.condition(item)?[language] ?? ""
      return
        "<tr>\(name)<td colspan=\"\(checklist.asksTwice ? 4 : 2)\">\(say("\(when)だけ答えます", "Only \(when)"))</td></tr>"
    }
    guard checklist.asksTwice else {
      return "<tr>\(name)<td>\(check(answer?.value, answer?.checkedOn))</td><td>\(answer?.remarks ?? "")</td></tr>"
    }
    return """
      <tr>\(name)<td>\(check(answer?.value, answer?.checkedOn))</td><td class="nb">\(answer?.target.map(day) ?? "")</td>\
      <td>\(check(answer?.second, answer?.secondOn))</td><td>\(answer?.remarks ?? "")</td></tr>
      """
  }
}
