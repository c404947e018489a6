import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/surveys/:id`: who has answered, and what they answered, as far as it may be shown.
struct SurveyPage {
  let survey: Survey
  let round: String
  let rounds: [String]
  let report: SurveyReport
  let respondents: [Respondent]
  let progress: [String: SurveyProgress]
  let texts: [FreeText]
  let cross: CrossTabulation?
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var address: String { SurveyPath.survey(survey.id, round: round) }
  private var mayAsk: Bool { request.may(.answerChecks) }

  var response: WebResponse {
    let whole = report.participation.whole
    let rate = whole.ratePermille.map(SurveyText.percent) ?? "0.0"
    return .page(
      Page(
        survey.title,
        heading: round.isEmpty ? survey.title : "\(survey.title)　\(Survey.name(ofRound: round)[language])",
        lead: HTML(
          text: say(
            "\(survey.naming.label.ja)。\(whole.asked)件のうち\(whole.answered + whole.notConcerned)件が終えました（\(rate)%）。",
            "\(survey.naming.label.en). \(whole.answered + whole.notConcerned) of \(whole.asked) have finished (\(rate)%)."
          )
        ),
        actions: actions,
        crumbs: [Crumb(say("調査・問いかけ", "Surveys"), SurveyPath.list)],
        main: "\(participation)\(people)\(report.isHeldBack ? heldBack : results)\(intake)\(others)"
      ),
      current: "assessment.surveys"
    )
  }

  private var results: HTML {
    "\(SurveyResults(report: report, language: language, address: address).html)\(crossing)\(freeTexts)"
  }

  private var heldBack: HTML {
    """
    <section><h2>\(say("結果", "Results"))</h2>\(Banner(.info, SurveyProblem.heldBack.text[language]).html(language))</section>
    """
  }

  private var actions: HTML? {
    guard mayAsk else { return nil }
    let address = Address("\(SurveyPath.survey(survey.id))/export", round.isEmpty ? [] : [("round", round)])
    let reminding: HTML =
      survey.state == .open && !respondents.isEmpty
      ? Button.link(say("督促", "Reminders"), SurveyPath.reminders(survey.id), look: .secondary, size: .small) : .empty
    guard !report.isHeldBack else { return reminding }
    return reminding
      + Button.link(
        say("Excelで書き出す", "Export to Excel"),
        address.text,
        look: .secondary,
        size: .small
      )
      + Button.link(
        say("CSVで書き出す（ZIP）", "Export as CSV (ZIP)"),
        address.setting("form", SurveyExport.Form.csv.rawValue).text,
        look: .secondary,
        size: .small
      )
  }

  // MARK: Who

  private var participation: HTML {
    let title = say("回答状況", "Response")
    // Where nobody has a stratum the one line would say what the whole says.
    let strata = report.participation.lines.filter { report.participation.lines.count > 1 || !$0.stratum.isEmpty }
    let lines = strata + [report.participation.whole]
    var table = DataTable<(offset: Int, element: Participation.Line)>(
      id: "participation",
      caption: title,
      address: Address(address),
      columns: [
        .init("stratum", say("区分", "Stratum")) { line in
          HTML(text: line.offset == lines.count - 1 ? say("全体", "All") : BedClass.label(line.element.stratum)[language])
        },
        .init("asked", say("依頼", "Asked"), isNumeric: true) { HTML(text: $0.element.asked.grouped) },
        .init("answered", say("回答", "Answered"), isNumeric: true) { HTML(text: $0.element.answered.grouped) },
        .init("none", say("該当なし", "Not concerned"), isNumeric: true) { HTML(text: $0.element.notConcerned.grouped) },
        .init("started", say("途中", "Begun"), isNumeric: true) { HTML(text: $0.element.started.grouped) },
        .init("silent", say("未回答", "Silent"), isNumeric: true) { HTML(text: $0.element.silent.grouped) },
        .init("rate", say("回答率", "Rate"), isNumeric: true) { line in
          HTML(text: line.element.ratePermille.map { SurveyText.percent($0) + "%" } ?? "–")
        },
      ],
      rows: Array(lines.enumerated()),
      rowID: { String($0.offset) },
      rowName: { BedClass.label($0.element.stratum)[language] }
    )
    table.isDense = true
    let weak = report.participation.weak().map { BedClass.label($0.stratum)[language] }
    let note: HTML =
      weak.isEmpty
      ? .empty
      : "<p class=\"note\">\(say("回答率が全体より10ポイント以上低い区分：\(weak.joined(separator: "、"))。この区分の声は結果に弱く表れています。", "More than 10 points under the whole: \(weak.joined(separator: ", ")). Their voice is weak in the results."))</p>"
    return "<section><h2>\(title)</h2>\(table.html(language))\(note)</section>"
  }

  /// The links of each, for whoever asks. Who has finished is no secret; what they said is elsewhere.
  private var people: HTML {
    guard mayAsk else { return .empty }
    let lines = respondents.prefix(500).map { respondent -> HTML in
      let state = progress[respondent.id] ?? .silent
      let chip = Chip(state.label[language], state.isFinished ? .green : state == .started ? .blue : .yellow)
      let by: HTML =
        respondent.answerer.isEmpty
        ? .empty : "<span class=\"sub\">\(say("答える人：", "Answered by: "))\(respondent.answerer)</span>"
      return """
        <li><a href="\(SurveyPath.answer(respondent.token))">\(respondent.name)</a> \(chip.html) \(by)</li>
        """
    }
    let more =
      respondents.count > 500 ? say("ほか\(respondents.count - 500)件", "and \(respondents.count - 500) more") : ""
    return """
      <details\(if: respondents.count <= 60, " open")><summary>\(say("相手ごとの進み具合と、答えるためのリンク", "Each one's progress and link"))</summary>\
      <p>\(say("リンクを知っている人は、その相手として答えられます。本人にだけ渡してください。", "Whoever has a link can answer for that one. Give it to them only."))</p>\
      <ul>\(lines.joined())</ul><p>\(more)</p></details>
      """
  }

  // MARK: Two questions

  private var crossing: HTML {
    let choices = report.lines.filter { [.yesNo, .choice, .matrix].contains($0.question.kind) }.map {
      Choice($0.column.key, SurveyResults.title($0, language))
    }
    guard choices.count >= 2 else { return .empty }
    var bar = FilterBar(
      address: Address(
        SurveyPath.survey(survey.id),
        [("round", round), ("rows", cross?.rows.key ?? ""), ("columns", cross?.columns.key ?? "")]
      ),
      fields: [
        .select(name: "rows", label: say("縦", "Down"), choices: choices, chosen: cross?.rows.key ?? choices[0].value),
        .select(
          name: "columns",
          label: say("横", "Across"),
          choices: choices,
          chosen: cross?.columns.key ?? choices[1].value
        ),
      ]
    )
    let title = say("2つの設問を掛け合わせる", "Two questions against each other")
    bar.purpose = (say("集計する", "Tabulate"), title)
    let table: HTML = cross.map { SurveyResults.cross($0, survey.questionnaire, language, address) } ?? .empty
    return
      "<section><h2>\(title)</h2>\(bar.html(language))\(table)</section>"
  }

  private var freeTexts: HTML {
    guard mayAsk, !texts.isEmpty else { return .empty }
    let lines = texts.prefix(500).map { line -> HTML in
      let name: HTML = line.name.map { "<span class=\"sub\">\($0)</span>" } ?? .empty
      return "<li><b>\(line.question.text[language])</b>\(language.colon)\(line.words(language))\(name)</li>"
    }
    return "<section><h2>\(say("自由記述", "Free text"))</h2><ul>\(lines.joined())</ul></section>"
  }

  // MARK: By file, and the end

  private var intake: HTML {
    guard mayAsk, survey.state == .open else { return .empty }
    var frame = FormFrame(
      action: "\(SurveyPath.survey(survey.id))/import",
      csrf: request.csrf,
      fields: [
        .hidden("round", round),
        .file(
          "file",
          say("回答のファイル（CSV、Excel）", "Answers (CSV or Excel)"),
          accept: ".csv,.xlsx",
          support: say(
            "1行に1件。見出しは「回答者」と、符号表の「列」。",
            "One line each; heads are “Respondent” and the columns of the code book."
          )
        ),
        .checkboxes(
          "replace",
          say("もう答えている相手", "Who answered already"),
          [Choice("yes", say("ファイルの答えに置き換える", "Replace by the file"))]
        ),
      ],
      buttons: Button.submit(say("取り込む", "Import"), look: .secondary)
    )
    frame.isMultipart = true
    let close = Button.post(
      say("調査を締め切る", "Close the survey"),
      "\(SurveyPath.survey(survey.id))/close",
      csrf: request.csrf,
      look: .secondary
    )
    return """
      <details><summary>\(say("届いた回答をファイルで取り込む", "Import answers from a file"))</summary>\(frame.html(language))</details>\
      <details><summary>\(say("締め切る", "Close"))</summary><p>\(say("締め切ると、だれも答えられなくなります。", "Nobody can answer any more."))</p>\(close)</details>
      """
  }

  private var others: HTML {
    let more = rounds.filter { $0 != round && !$0.isEmpty }
    guard !more.isEmpty else { return .empty }
    let links = more.map { round -> HTML in
      "<li><a href=\"\(SurveyPath.survey(survey.id, round: round))\">\(Survey.name(ofRound: round)[language])</a></li>"
    }
    return "<details><summary>\(say("ほかの回", "Other rounds"))</summary><ul>\(links.joined())</ul></details>"
  }
}
