import Design
import HTML
import Text
import Time
import Web

/// `/q/:token/results`: one's own answers beside those of one's stratum, once nobody can answer any more.
struct SurveyMirrorPage {
  let comparison: PollStore.Comparison
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var survey: Survey { comparison.survey }
  private var address: String { SurveyPath.mirror(comparison.respondent.token) }

  var response: WebResponse {
    .page(
      Page(
        say("自分の答えと全体の答え", "Your answers and those of all"),
        lead: HTML(text: comparison.round.isEmpty ? survey.title : "\(survey.title)　\(comparison.round)"),
        main: "\(comparison.mirror.map(shown) ?? nothing)\(others)"
      ),
      surroundings: request.session == nil ? .bare : .full
    )
  }

  private var nothing: HTML {
    comparison.silence.map { Banner(.info, $0[language]).html(language) } ?? .empty
  }

  private func shown(_ mirror: SurveyMirror) -> HTML {
    let group =
      mirror.stratum.map { BedClass.label($0) }
      ?? Localized(ja: "全体（同じ区分の回答が\(Suppression.least)件に満たないため）", en: "all (too few of your stratum answered)")
    let own =
      mirror.knowsOwn
      ? say("印は、あなたの答えです。", "Your own answer is marked.")
      : survey.naming == .aggregate
        ? say(
          "集計のみの調査のため、あなたの答えがどれかは残っていません。",
          "Counted only: nothing was kept of which answers were yours."
        ) : say("あなたの答えはありません。", "You did not answer.")
    let note = say(
      "比べる相手：\(group.ja)。\(own)1〜4件の数と、引き算で分かってしまう数は「×」で隠しています。",
      "Compared with: \(group.en). \(own) Counts from 1 to 4, and what would give them away, are hidden (×)."
    )
    return "<p class=\"note\">\(note)</p>\(mirror.lines.map(question).joined())"
  }

  private func question(_ line: SurveyMirror.Line) -> HTML {
    let row = line.column.row.map { " — \($0.label[language])" } ?? ""
    let title = line.question.text[language] + row
    guard line.question.kind != .number else { return "<section><h3>\(title)</h3>\(number(line))</section>" }
    var table = DataTable<SurveyMirror.Share>(
      id: "m-\(line.column.key)",
      caption: title,
      address: Address(address),
      columns: [
        .init("choice", say("答え", "Answer")) { share in
          let mark: HTML = share.isOwn ? " \(Chip(say("あなたの答え", "Yours"), .blue).html)" : .empty
          return "\(share.choice.label[language])\(mark)"
        },
        .init("count", say("件数", "Count"), isNumeric: true) { SurveyResults.cell($0.count) },
        .init("share", say("割合", "Share"), isNumeric: true) { share in
          HTML(text: share.permille.map { SurveyText.percent($0) + "%" } ?? "×")
        },
      ],
      rows: line.shares,
      rowID: \.choice.key,
      rowName: { $0.choice.label[language] }
    )
    table.isDense = true
    return "<section><h3>\(title)</h3>\(table.html(language))</section>"
  }

  private func number(_ line: SurveyMirror.Line) -> HTML {
    let unit = line.question.format.unit.map { say($0.ja, " \($0.en)") } ?? ""
    func tenths(_ value: Int?) -> String { value.map { SurveyText.percent($0) + unit } ?? "×" }
    var lines = [
      KeyValues.Line(say("平均", "Mean"), text: tenths(line.summary?.meanTenths)),
      KeyValues.Line(say("中央値", "Median"), text: tenths(line.summary?.medianTenths)),
    ]
    if let number = line.number { lines.insert(.init(say("あなたの答え", "Yours"), text: "\(number)\(unit)"), at: 0) }
    return KeyValues(lines).html
  }

  private var others: HTML {
    let more = comparison.rounds.filter { $0 != comparison.round && !$0.isEmpty }
    guard !more.isEmpty else { return .empty }
    let links = more.map { "<li><a href=\"\(address)?round=\($0)\">\($0)</a></li>" as HTML }
    return "<details><summary>\(say("ほかの回", "Other rounds"))</summary><ul>\(links.joined())</ul></details>"
  }
}
