import Design
import HTML
import Text
import Time
import Web

/// `/assess/:pack/difference`: what changed between two rounds, also of two editions.
struct DifferencePage {
  let before: Round?
  let after: Round
  /// Every round there is to compare with, as `pack/period` and its name.
  let choices: [(key: String, name: Localized)]
  let request: WebRequest

  private var checklist: Checklist { after.checklist }
  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let title = say("2つの回を比べる", "Compare two rounds")
    let address = Address(
      "\(AssessmentPath.list)/\(checklist.id)/difference",
      [("from", before?.place ?? ""), ("to", after.place)]
    )
    let options = choices.map { Choice($0.key, $0.name[language]) }
    var bar = FilterBar(
      address: address,
      fields: [
        .select(name: "from", label: say("前", "From"), choices: options, chosen: before?.place ?? ""),
        .select(name: "to", label: say("後", "To"), choices: options, chosen: after.place),
      ]
    )
    bar.purpose = (button: say("比べる", "Compare"), name: say("比べる回を選ぶ", "Choose the rounds to compare"))
    return .page(
      Page(
        title,
        lead: HTML(
          text: say(
            "版が変わると番号も変わるため、項目は話題で結び付けて比べます。答えたときの記録より良い答えは、記録のとおりに下げて比べます。",
            "Numbers change between editions, so items are compared by topic. What claimed more than the records showed counts as they did."
          )
        ),
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(checklist.name[language], AssessmentPath.round(checklist.id, after.period)),
        ],
        main: "\(bar.html(language))\(contents(address))"
      ),
      current: "assessment.list"
    )
  }

  private func contents(_ address: Address) -> HTML {
    guard let before else {
      guard choices.count < 2 else {
        return EmptyState(
          say("前の回がありません。", "There is no round before this one."),
          say("比べる回を「前」で選んでください。", "Choose the round to compare with under “From”.")
        ).html(language)
      }
      return EmptyState(
        say("比べる回がまだありません。", "There is no other round yet."),
        say("次の回に答えると、ここで比べられます。", "Once another round is answered, it can be compared here.")
      ).html(language)
    }
    let difference = RoundDifference(from: before, to: after)
    let counts = RoundDifference.Change.allCases.filter { difference.count($0) > 0 }.map { change in
      "\(change.label[language]) \(difference.count(change))"
    }
    let lines = RoundDifference.Change.allCases.flatMap { change in difference.lines.filter { $0.change == change } }
    var table = DataTable<RoundDifference.Line>(
      id: "difference",
      caption: say("変わったこと", "What changed"),
      address: address,
      columns: [
        .init("topic", say("項目", "Item"), isLong: true) { line in
          HTML(text: (line.after ?? line.before)?.text[language] ?? "")
        },
        .init("before", say("前", "From")) { side($0.before, before) },
        .init("after", say("後", "To")) { side($0.after, after) },
        .init("change", say("変化", "Change")) { Chip($0.change.label[language], Self.tint($0.change)).html },
      ],
      rows: lines,
      rowID: \.topic,
      rowName: { ($0.after ?? $0.before)?.text[language] ?? "" }
    )
    table.isDense = true
    return "<p>\(counts.joined(separator: say("、", ", ")))</p>\(table.html(language))"
  }

  private func side(_ side: RoundDifference.Side?, _ round: Round) -> HTML {
    guard let side else { return "<span class=\"sub\">\(say("この版にはない", "Not in this edition"))</span>" }
    let names = side.names.map { $0[language] }.joined(separator: say("、", ", "))
    let value =
      side.value.map { AnswerChips.answer($0, goal: round.checklist.goal, language).html }
      ?? Chip(say("未回答", "Not answered"), .yellow).html
    let lowered = side.isLowered ? say("（記録により下げた）", " (lowered by records)") : ""
    return "\(value)<span class=\"sub\">\(names)\(lowered)</span>"
  }

  private static func tint(_ change: RoundDifference.Change) -> Chip.Tint {
    switch change {
    case .worse: .red
    case .better: .green
    case .answered, .changed: .blue
    case .unanswered, .added: .yellow
    case .dropped, .incomparable, .same: .grey
    }
  }
}
