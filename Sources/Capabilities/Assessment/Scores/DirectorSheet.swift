import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/assess/director`: how the hospital stands, and three decisions, on one sheet of A4.
struct DirectorSheet {
  let overview: Assessment.Overview
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var month: Assessment.Reading { overview.month }

  var response: WebResponse {
    .sheet(
      PrintSheet(
        say("自己点検の結果と、決めていただくこと", "Self-checks and what to decide"),
        subtitle: say(
          "病院長・経営層向け　\(month.standing.name.ja)の点検",
          "For the director, self-check of \(month.standing.name.en)"
        ),
        printed: request.printedBy,
        stamps: language == .ja ? ["病院長", "安全管理責任者", "担当"] : ["Director", "Safety manager", "Prepared by"],
        backAddress: AssessmentPath.list,
        contents: "<div class=\"onepage\">\(decisions)\(defence)\(matrix)\(own)\(rounds)</div>"
      )
    )
  }

  private var decisions: HTML {
    let title = say("決めていただくこと", "For you to decide")
    guard !overview.decisions.isEmpty else {
      let isAnswered = month.board.whole.unknown < month.board.whole.applicable
      let none =
        isAnswered
        ? say("ありません。", "None.")
        : say("自己点検にまだ答えていないため、示せません。", "No self-check is answered yet, so nothing can be said.")
      return "<section class=\"block\"><h2>\(title)</h2><p>\(none)</p></section>"
    }
    let lines = overview.decisions.map { decision -> HTML in
      "<li><b>\(decision.title[language])</b><br>\(decision.reason[language])</li>"
    }
    return "<section class=\"block\"><h2>\(title)</h2><ol>\(lines.joined())</ol></section>"
  }

  private var defence: HTML {
    let board = month.board
    let view = ScoreView(goal: board.goal, language: language)
    let weakest = board.weakestParts
    let words =
      weakest.isEmpty || weakest.count == board.defences.count
      ? ""
      : say(
        "いちばん弱い面は\(weakest.map { "「\($0.title.ja)」" }.joined())です。",
        "The weakest: \(weakest.map(\.title.en).joined(separator: ", ")). "
      )
    return """
      <section class="block"><h2>\(say("守りの4つの面", "Four parts of the defence"))</h2>\
      <p>\(words)\(say("全体の強さは、いちばん弱い面で決まります。", "The whole is as strong as its weakest part."))</p>\
      \(view.table(board.defences, id: "defences", caption: say("守りの4つの面", "Parts"), address: AssessmentPath.director, first: say("面", "Part")))\
      </section>
      """
  }

  private var matrix: HTML {
    guard let map = overview.matrix.heat else { return .empty }
    let view = ScoreView(goal: overview.matrix.board.goal, language: language)
    let round = overview.matrix.standing.round
    let table = view.heat(
      map,
      link: { AssessmentPath.item(round.checklist.id, $0.key, round.period) },
      address: AssessmentPath.director
    )
    return "<section class=\"block\"><h2>\(say("経営のための3×3", "Management matrix"))</h2>\(table)</section>"
  }

  /// Rows of own checklists on the sheet; the rest is counted.
  private static let mostOwn = 3

  /// The checklists that the facility wrote itself, those furthest from their goal first.
  private var own: HTML {
    guard !overview.own.isEmpty else { return .empty }
    let sorted = overview.own.sorted { ($0.board.whole.percent ?? 100) < ($1.board.whole.percent ?? 100) }
    let title = say("この施設の点検表", "The facility's own checklists")
    func name(_ reading: Assessment.Reading) -> String {
      "\(reading.standing.round.checklist.name[language])\(say("　", ", "))\(reading.standing.name[language])"
    }
    var table = DataTable<Assessment.Reading>(
      id: "own",
      caption: title,
      address: Address(AssessmentPath.director),
      columns: [
        .init("title", say("点検表", "Checklist")) { HTML(text: name($0)) },
        .init("weakest", say("いちばん弱いところ", "Weakest link")) {
          ScoreView(goal: $0.board.goal, language: language).weakest($0.board.whole)
        },
        .init("met", say("目標に届いた項目", "Items at the goal"), isNumeric: true) {
          ScoreView(goal: $0.board.goal, language: language).share($0.board.whole)
        },
      ],
      rows: Array(sorted.prefix(Self.mostOwn)),
      rowID: \.standing.round.checklist.id,
      rowName: name
    )
    table.isDense = true
    let more = sorted.count - Self.mostOwn
    let rest: HTML =
      more > 0 ? "<p class=\"note\">\(say("ほか\(more.things)の点検表", "and \(more) more checklists"))</p>" : .empty
    return """
      <section class="block"><h2>\(title)</h2>\(table.html(language))\(rest)</section>
      """
  }

  private var rounds: HTML {
    // A month that is only begun says nothing yet.
    let points = month.trend.points.filter { $0.period <= month.standing.round.period }.suffix(4)
    let view = ScoreView(goal: month.board.goal, language: language)
    let lines = points.map { point -> HTML in
      let name = Round(of: month.standing.round.checklist, period: point.period)
        .name(startMonth: month.standing.fiscalYearStart)[language]
      return
        "<tr><th scope=\"row\"><span class=\"nb\">\(name)</span></th><td>\(view.bar(point.score))</td><td>\(view.share(point.score))</td></tr>"
    }
    let form: HTML =
      overview.form.map { reading -> HTML in
        "<p>\(reading.standing.round.checklist.title[language])\(language.colon)\(view.share(reading.board.whole))</p>"
      } ?? .empty
    let table: HTML =
      lines.isEmpty
      ? "<p>\(say("まだ答えがありません。", "Nothing is answered yet."))</p>"
      : """
      <table class="dense few"><thead><tr><th scope="col">\(say("回", "Round"))</th>\
      <th scope="col" colspan="2">\(say("目標に届いた項目", "Items at the goal"))</th></tr></thead>\
      <tbody>\(lines.joined())</tbody></table>
      """
    let note = say(
      "前の回は、答えたときの記録で数えています。",
      "Earlier rounds count as the records said when they were answered."
    )
    return """
      <section class="block"><h2>\(say("これまでの回", "Rounds so far"))</h2>\(table)\
      \(lines.count > 1 ? "<p class=\"note\">\(note)</p>" : .empty)\(form)</section>
      """
  }
}
