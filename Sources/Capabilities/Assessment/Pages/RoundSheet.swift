import Design
import HTML
import Records
import Text
import Time
import Web

/// The form on paper, in the official order: first check, target date, second check, remarks. Nothing is left out, and
/// what is not answered is printed as such.
struct RoundSheet {
  let standing: Assessment.Standing
  let request: WebRequest

  private var round: Round { standing.round }
  private var checklist: Checklist { round.checklist }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let open = standing.items.count { $0.answer == nil }
    return .sheet(
      PrintSheet(
        checklist.title[language],
        subtitle: open == 0
          ? standing.name[language]
          : say("\(standing.name.ja)　未回答\(open)項目", "\(standing.name.en), \(open) items not answered"),
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: AssessmentPath.round(checklist.id, round.period),
        contents: "\(sections.joined())\(PackNote(checklist.pack, language: language).html)"
      )
    )
  }

  private var sections: [HTML] {
    checklist.sections.compactMap { section in
      let lines = section.items.compactMap { standing[$0.key] }
      guard !lines.isEmpty else { return nil }
      let title: HTML = section.number.isEmpty ? .empty : "<h2>\(section.number)　\(section.title[language])</h2>"
      let heads =
        checklist.form == .checklist
        ? [
          say("番号", "No."), say("項目", "Item"), say("1回目", "First"), say("目標日", "Target"),
          say("2回目", "Second"), say("備考", "Remarks"),
        ]
        : [say("番号", "No."), say("項目", "Item"), say("結果", "Level"), say("備考", "Remarks")]
      return """
        <section class="block">\(title)<table class="dense"><thead><tr>\
        \(each: heads, { "<th scope=\"col\" class=\"nb\">\($0)</th>" })</tr></thead><tbody>\(each: lines, row)</tbody></table></section>
        """
    }
  }

  private func row(_ line: ItemStanding) -> HTML {
    let answer = line.answer
    func check(_ value: AnswerValue?, _ day: LocalDate?) -> HTML {
      guard let value else { return .empty }
      return "\(value.label[language])<br><span class=\"nb\">\(day.map { request.dates.short($0) } ?? "")</span>"
    }
    let name: HTML = "<td class=\"nb\">\(line.item.name[language])</td><td>\(line.item.text[language])</td>"
    guard checklist.form == .checklist else {
      return "<tr>\(name)<td>\(check(answer?.value, answer?.checkedOn))</td><td>\(answer?.remarks ?? "")</td></tr>"
    }
    let target = answer?.target.map { request.dates.short($0) } ?? ""
    return """
      <tr>\(name)<td>\(check(answer?.value, answer?.checkedOn))</td><td class="nb">\(target)</td>\
      <td>\(check(answer?.secondValue, answer?.secondOn))</td><td>\(answer?.remarks ?? "")</td></tr>
      """
  }
}
