import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/assess/:pack/scores`: how a round stands in numbers that do not flatter.
struct ScorePage {
  let reading: Assessment.Reading
  let request: WebRequest

  private var checklist: Checklist { reading.standing.round.checklist }
  private var period: String { reading.standing.round.period }
  private var address: String { AssessmentPath.scores(checklist.id, period) }
  private var board: ScoreBoard { reading.board }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var view: ScoreView { ScoreView(goal: board.goal, language: language) }

  var response: WebResponse {
    let title = say("点数と傾向", "Scores and trend")
    return .page(
      Page(
        title,
        heading: "\(reading.standing.heading(language))　\(title)",
        lead: HTML(text: lead),
        actions: """
          \(Button.link(say("経営層向け1枚", "Director's page"), AssessmentPath.director, look: .secondary, size: .small))\
          \(Button.link(say("前の回と比べる", "Compare rounds"), AssessmentPath.difference(checklist.id, period), look: .secondary, size: .small))
          """,
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(checklist.name[language], AssessmentPath.round(checklist.id, period)),
        ],
        main: "\(unanswered)\(weakest)\(groups)\(heat)\(items)\(trend)\(measures)"
      ),
      current: "assessment.list"
    )
  }

  private var lead: String {
    let whole = board.whole
    let percent = whole.percent ?? 0
    return say(
      "目標に届いたのは\(whole.applicable)項目のうち\(whole.met)項目（\(percent)%）です。未回答の\(whole.unknown)項目は届いていないものと数え、記録より良く答えた\(whole.lowered)項目は記録のとおりに数えています。",
      "\(whole.met) of \(whole.applicable) items reach the goal (\(percent)%). \(whole.unknown) without an answer count as not reached, and \(whole.lowered) that claim more than the records count as the records say."
    )
  }

  private func item(_ key: String) -> HTML {
    guard let item = checklist[key] else { return .empty }
    return """
      <li><a href="\(AssessmentPath.item(checklist.id, key, period))">\(item.name[language])　\(item.text[language])</a></li>
      """
  }

  /// At the beginning of a month all is unknown: the last round is a press away.
  private var unanswered: HTML {
    guard board.whole.unknown == board.whole.applicable, let last = reading.trend.points.last, last.period != period
    else { return .empty }
    let name = Round(of: checklist, period: last.period).name(startMonth: reading.standing.fiscalYearStart)[language]
    return Banner(
      .info,
      say("この回は、まだ1つも答えていません。", "Nothing of this round is answered yet."),
      actions: Button.link(
        say("前の回（\(name)）の点数を見る", "See \(name)"),
        AssessmentPath.scores(checklist.id, last.period),
        look: .secondary,
        size: .small
      )
    ).html(language)
  }

  private var weakest: HTML {
    let keys = board.whole.weakestItems
    let shown = keys.prefix(5).map(item)
    let more = keys.count > 5 ? say("ほか\(keys.count - 5)項目", "and \(keys.count - 5) more") : ""
    let why = say("守りの強さは、いちばん弱いところで決まります。", "A defence is as strong as its weakest part.")
    return """
      <section><h2>\(say("いちばん弱いところ", "The weakest link"))</h2>\
      <p>\(view.weakest(board.whole)) \(why)</p><ul>\(shown)</ul>\(more.isEmpty ? .empty : "<p>\(more)</p>")</section>
      """
  }

  private var groups: HTML {
    let parts = [
      (board.defences, "defences", say("守りの4つの面", "Four parts of the defence"), say("面", "Part")),
      (board.sections, "sections", say("区分ごと", "By section"), say("区分", "Section")),
      (board.roles, "roles", say("立場ごと", "By role"), say("立場", "Role")),
      (
        board.departments, "departments", say("部門ごと（頼んでいる項目）", "By department, of the items asked for"),
        say("部門", "Department")
      ),
    ]
    return parts.filter { !$0.0.isEmpty }.map { lines, id, title, first -> HTML in
      let table = view.table(lines, id: id, caption: title, address: address, first: first)
      return "<section><h2>\(title)</h2>\(table)</section>"
    }.joined()
  }

  private var heat: HTML {
    guard let map = reading.heat else { return .empty }
    let table = view.heat(map, link: { AssessmentPath.item(checklist.id, $0.key, period) }, address: address)
    return "<section><h2>\(say("3×3の表", "The 3 × 3 table"))</h2>\(table)</section>"
  }

  /// What each item counts as, beside what was answered.
  private var items: HTML {
    let title = say("項目ごと", "By item")
    var table = DataTable<CountedItem>(
      id: "items",
      caption: title,
      address: Address(address),
      columns: [
        .init("item", say("項目", "Item"), isLong: true) { counted in
          guard let item = checklist[counted.key] else { return .empty }
          let text = "\(item.name[language])　\(item.text[language])"
          return "<a href=\"\(AssessmentPath.item(checklist.id, counted.key, period))\">\(text)</a>"
        },
        .init("counted", say("数えた値", "Counts as")) { counted in
          counted.value.map { AnswerChips.answer($0, goal: board.goal, language).html } ?? Unknown.html(language)
        },
        .init("lowered", say("記録により下げた", "Lowered by records")) { counted in
          guard counted.isLowered, let answer = reading.standing[counted.key]?.answer else { return .empty }
          return HTML(text: say("答えは「\(answer.latest.label.ja)」", "answered “\(answer.latest.label.en)”"))
        },
      ],
      rows: board.items,
      rowID: \.key,
      rowName: { checklist[$0.key]?.name[language] ?? $0.key }
    )
    table.isDense = true
    return "<section><h2>\(title)</h2>\(table.html(language))</section>"
  }

  private var trend: HTML {
    let points = reading.trend.points
    guard !points.isEmpty else { return .empty }
    let title = say("これまでの回", "Rounds so far")
    let start = reading.standing.fiscalYearStart
    var table = DataTable<Trend.Point>(
      id: "trend",
      caption: title,
      address: Address(address),
      columns: [
        .init("period", say("回", "Round")) { point in
          let name = Round(of: checklist, period: point.period).name(startMonth: start)[language]
          return "<a href=\"\(AssessmentPath.scores(checklist.id, point.period))\">\(name)</a>"
        },
        .init("met", say("目標に届いた項目", "Items at the goal"), isNumeric: true) { view.share($0.score) },
        .init("bar", say("割合", "Share")) { view.bar($0.score) },
        .init("weakest", say("いちばん弱いところ", "Weakest link")) { view.weakest($0.score) },
        .init("unknown", say("未回答", "Not answered"), isNumeric: true) { HTML(text: String($0.score.unknown)) },
      ],
      rows: points,
      rowID: \.period,
      rowName: \.period
    )
    table.isDense = true
    let note = say(
      "答え終えた最後の回より前は、答えたときの記録で数えています。",
      "Rounds before the last one that is whole count by what the records said when they were answered."
    )
    return "<section><h2>\(title)</h2>\(table.html(language))<p class=\"note\">\(note)</p></section>"
  }

  // MARK: Measures

  private var measures: HTML {
    let lines = reading.ranking.lines
    let title = say("手間と費用のわりに、よく上がる対策", "What raises the level most for what it takes")
    guard !lines.isEmpty else { return .empty }
    var table = DataTable<MeasureRanking.Line>(
      id: "measures",
      caption: title,
      address: Address(address),
      columns: [
        .init("measure", say("対策", "Measure"), isLong: true) { line in
          let lift: HTML =
            line.liftsWeakest ? " \(Chip(say("いちばん弱いところが上がる", "Lifts the weakest link"), .blue).html)" : .empty
          return """
            \(line.measure.number)　\(line.measure.title[language])\(lift)\
            <span class="sub">\(line.measure.act[language])</span>
            """
        },
        .init("items", say("項目", "Items")) { line in
          HTML(text: line.items.compactMap { checklist[$0]?.name[language] }.joined(separator: say("、", ", ")))
        },
        .init("lack", say("足りない段階", "Levels lacking"), isNumeric: true) { HTML(text: String($0.lack)) },
        .init("weight", say("手間・費用", "Effort, cost")) { HTML(text: $0.weight.label[language]) },
      ],
      rows: lines,
      rowID: \.measure.number,
      rowName: { $0.measure.title[language] }
    )
    table.isDense = true
    let note = say(
      "足りない段階を、手間（1〜3）と費用（0〜3）の合計で割った順です。未回答の項目は数えていません。",
      "Sorted by levels lacking divided by effort (1 to 3) plus cost (0 to 3). Items without an answer are not counted."
    )
    return "<section><h2>\(title)</h2><p>\(note)</p>\(table.html(language))\(weights)</section>"
  }

  private var weights: HTML {
    guard request.may(.answerChecks) else { return .empty }
    let forms = Checklists.measures.map { measure -> HTML in
      let weight = reading.weights[measure.number] ?? measure.weight
      let name = "\(measure.number)　\(measure.title[language])"
      var effort = FormField.select(
        "effort",
        say("手間", "Effort"),
        MeasureWeight.Effort.allCases.map { Choice($0.rawValue, $0.label[language]) },
        chosen: weight?.effort.rawValue ?? ""
      )
      effort.idPrefix = "weight-\(measure.number)"
      var cost = FormField.select(
        "cost",
        say("費用", "Cost"),
        MeasureWeight.Cost.allCases.map { Choice($0.rawValue, $0.label[language]) },
        chosen: weight?.cost.rawValue ?? ""
      )
      cost.idPrefix = "weight-\(measure.number)"
      let frame = FormFrame(
        action: "\(AssessmentPath.list)/\(checklist.id)/measures?period=\(period)",
        csrf: request.csrf,
        fields: [.hidden("measure", measure.number), effort, cost],
        buttons: Button.submit(say("保存", "Save"), look: .secondary, size: .small, context: name)
      )
      return "<h3>\(name)</h3>\(frame.html(language))"
    }
    return """
      <details><summary>\(say("手間と費用の見立てを、この施設に合わせて変える", "Change effort and cost for this facility"))\
      </summary>\(forms.joined())</details>
      """
  }
}
