import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/surveys`: what was asked, and how many have answered.
struct SurveyListPage {
  let lines: [(survey: Survey, whole: Participation.Line)]
  /// Those that others asked this facility in.
  let asked: [PollStore.Asked]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let mayAsk = request.may(.answerChecks)
    var table = DataTable<(survey: Survey, whole: Participation.Line)>(
      id: "surveys",
      caption: say("調査の一覧", "List of surveys"),
      address: Address(SurveyPath.list),
      columns: [
        .init("title", say("調査", "Survey"), isLong: true) { line in
          "<a href=\"\(SurveyPath.survey(line.survey.id))\">\(line.survey.title)</a>"
        },
        .init("naming", say("答えの扱い", "Naming")) { HTML(text: $0.survey.naming.label[language]) },
        .init("due", say("期限", "Due")) { line in
          HTML(text: request.dates.short(line.survey.due(on: request.now.day)))
        },
        .init("rate", say("回答", "Answered"), isNumeric: true) { line in
          "\(line.whole.answered + line.whole.notConcerned) / \(line.whole.asked)"
        },
        .init("state", say("状態", "State")) { line in
          line.survey.state == .open
            ? Chip(say("受付中", "Open"), .blue).html : Chip(say("締め切り", "Closed"), .grey).html
        },
      ],
      rows: lines,
      rowID: { $0.survey.id },
      rowName: { $0.survey.title }
    )
    table.empty = EmptyState(
      say("調査はまだありません。", "There is no survey yet."),
      say("部門や施設に同じことを尋ね、答えを数えられます。", "Ask departments or facilities the same and count the answers.")
    )
    return .page(
      Page(
        say("調査・問いかけ", "Surveys"),
        lead: HTML(
          text: say(
            "部門への毎月の問いかけと、多くの施設への調査です。記名か集計のみかは、始めるときに決め、あとから変えられません。",
            "Monthly questions to departments and surveys of many facilities. With names or counted only is decided at the start and stays."
          )
        ),
        actions: mayAsk
          ? Button.link(say("調査を始める", "Begin a survey"), SurveyPath.new, size: .small) : nil,
        main: "\(table.html(language))\(ofOthers)"
      ),
      current: "assessment.surveys"
    )
  }

  private var ofOthers: HTML {
    guard !asked.isEmpty else { return .empty }
    let title = say("この施設が尋ねられた調査", "Surveys that this facility was asked in")
    let lines = asked.map { line -> HTML in
      let isOpen = line.survey.state == .open
      let token = line.respondent.token
      let answer: HTML =
        isOpen ? "<a href=\"\(SurveyPath.answer(token))\">\(say("答える", "Answer"))</a>　" : .empty
      let results: HTML =
        "<a href=\"\(SurveyPath.mirror(token))\">\(say("自分の答えと全体の答え", "Your answers and those of all"))</a>"
      return "<li>\(line.survey.title)<span class=\"sub\">\(answer)\(results)</span></li>"
    }
    return "<section><h2>\(title)</h2><ul class=\"log\">\(lines.joined())</ul></section>"
  }
}
