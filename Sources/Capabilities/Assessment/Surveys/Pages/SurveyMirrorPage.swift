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
        lead: HTML(
          text: comparison.round.isEmpty
            ? survey.title : "\(survey.title)　\(Survey.name(ofRound: comparison.round)[language])"
        ),
        main: "\(comparison.mirror.map(shown) ?? nothing)\(others)"
      ),
      surroundings: request.session == nil ? .bare : .full
    )
  }

  private var nothing: HTML {
    comparison.silence.map { Banner(.info, $0[language]).html(language) } ?? .empty
  }

  /// What is compared, and what may be shown of it.
  private func shown(_ mirror: SurveyMirror) -> HTML {
    let own =
      mirror.knowsOwn
      ? say("印は、あなたの答えです。", "Your own answer is marked.")
      : survey.naming == .aggregate
        ? say(
          "集計のみの調査のため、あなたの答えがどれかは残っていません。",
          "Counted only: nothing was kept of which answers were yours."
        ) : say("あなたの答えはありません。", "You did not answer.")
    if mirror.isSilent { return "\(nothing)\(ownAlone(mirror))" }
    let group =
      mirror.stratum.map { BedClass.label($0) }
      ?? Localized(
        ja: "全体（同じ区分の回答が\(Suppression.least)件に満たないため）",
        en: "all strata together (fewer than \(Suppression.least) of yours answered)"
      )
    let note = say(
      "比べる相手：\(group.ja)。\(own)1〜4件の数と、引き算で分かってしまう数は「×」で隠しています。",
      "Compared with: \(group.en). \(own) Counts from 1 to 4, and what would give them away, are hidden (×)."
    )
    let hasNumbers = mirror.lines.contains { $0.question.kind == .number }
    let rule: HTML = hasNumbers ? " \(NumberSummary.rule[language])" : .empty
    return "<p class=\"note\">\(note)\(rule)</p>\(mirror.lines.map { question($0, mirror) }.joined())"
  }

  /// One's own answers, where there is nothing beside them.
  private func ownAlone(_ mirror: SurveyMirror) -> HTML {
    let lines = mirror.lines.compactMap { line in
      line.own.map { KeyValues.Line(title(line), text: $0[language] + unit(line)) }
    }
    guard !lines.isEmpty else { return .empty }
    return "<section><h2>\(say("あなたの答え", "Your answers"))</h2>\(KeyValues(lines).html)</section>"
  }

  private func title(_ line: SurveyMirror.Line) -> String {
    line.question.words(line.column)[language]
  }

  private func unit(_ line: SurveyMirror.Line) -> String {
    guard line.question.kind == .number else { return "" }
    return line.question.format.unit.map { say($0.ja, " \($0.en)") } ?? ""
  }

  private func question(_ line: SurveyMirror.Line, _ mirror: SurveyMirror) -> HTML {
    let head: HTML = "<h3>\(title(line))</h3>"
    switch line.group {
    case .none:
      let why = say(
        "件数は出しません。同じ区分でも全体でも、\(Suppression.least)件に満たない数か、引き算で分かってしまう数しかないためです。",
        "No counts: every number, of your stratum and of all together, is below \(Suppression.least) or would give one away."
      )
      let own = line.own.map { KeyValues([.init(say("あなたの答え", "Yours"), text: $0[language] + unit(line))]).html }
      return "<section>\(head)<p class=\"note\">\(why)</p>\(own)</section>"
    case .all where mirror.stratum != nil:
      let chip = Chip(say("全体（すべての区分の合計）", "All strata together"), .yellow).html
      let why = say(
        "同じ区分だけの数は、\(Suppression.least)件に満たないか、引き算でそれが分かってしまうため、出せません。",
        "Of your stratum alone every number is below \(Suppression.least) or would give such a number away."
      )
      return "<section>\(head)<p class=\"note\">\(chip) \(why)</p>\(numbers(line))</section>"
    case .all, .stratum: return "<section>\(head)\(numbers(line))</section>"
    }
  }

  private func numbers(_ line: SurveyMirror.Line) -> HTML {
    guard line.question.kind != .number else { return number(line) }
    var table = DataTable<SurveyMirror.Share>(
      id: "m-\(line.column.key)",
      caption: title(line),
      address: Address(address),
      columns: [
        .init("choice", say("答え", "Answer")) { share in
          let mark: HTML = share.isOwn ? " \(Chip(say("あなたの答え", "Yours"), .blue).html)" : .empty
          return "\(share.choice.label[language])\(mark)"
        },
        .init("count", say("件数", "Count"), isNumeric: true) { SurveyResults.cell($0.count) },
        .init("share", say("割合", "Share"), isNumeric: true) { share in
          HTML(text: share.permille.map { SurveyText.percent($0) + "%" } ?? (line.answered == 0 ? "–" : "×"))
        },
      ],
      rows: line.shares,
      rowID: \.choice.key,
      rowName: { $0.choice.label[language] }
    )
    table.isDense = true
    return table.html(language)
  }

  private func number(_ line: SurveyMirror.Line) -> HTML {
    let unit = unit(line)
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
    let links = more.map { round -> HTML in
      "<li><a href=\"\(address)?round=\(round)\">\(Survey.name(ofRound: round)[language])</a></li>"
    }
    return "<details><summary>\(say("ほかの回", "Other rounds"))</summary><ul>\(links.joined())</ul></details>"
  }
}
