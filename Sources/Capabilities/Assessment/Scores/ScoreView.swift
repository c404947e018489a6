import Design
import HTML
import Text

/// How scores look, the same on the page and on paper.
struct ScoreView {
  let goal: Int
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  func weakest(_ score: Score) -> HTML {
    switch score.weakest {
    case .nothing: Chip(say("該当なし", "Not applicable"), .grey).html
    case .unknown: Unknown.html(language)
    case .exactly(let value): AnswerChips.answer(value, goal: goal, language).html
    case .atMost(.yes): Chip(say("未回答あり", "Not all answered"), .yellow).html
    case .atMost(let value):
      Chip(say("\(value.label.ja)以下（未回答あり）", "\(value.label.en) at most, not all answered"), .yellow).html
    }
  }

  func share(_ score: Score) -> HTML {
    guard let percent = score.percent else { return "<span class=\"nb\">0 / 0</span>" }
    return "<span class=\"nb\">\(score.met) / \(score.applicable)\(language.aside("\(percent)%"))</span>"
  }

  /// A bar as SVG, so that it prints without background colours; the number stands beside it.
  func bar(_ score: Score) -> HTML {
    let percent = score.percent ?? 0
    return """
      <svg width="120" height="14" role="img" aria-label="\(percent)%">\
      <rect x="0" y="1" width="119" height="12" fill="#fff" stroke="#767676"></rect>\
      <rect x="0" y="1" width="\(percent * 119 / 100)" height="12" fill="#0017c1"></rect></svg>
      """
  }

  func table(_ lines: [ScoreBoard.Line], id: String, caption: String, address: String, first: String) -> HTML {
    var table = DataTable<ScoreBoard.Line>(
      id: id,
      caption: caption,
      address: Address(address),
      columns: [
        .init("title", first) { HTML(text: $0.title[language]) },
        .init("weakest", say("いちばん弱いところ", "Weakest link")) { weakest($0.score) },
        .init("met", say("目標に届いた項目", "Items at the goal"), isNumeric: true) { share($0.score) },
        .init("unknown", say("未回答", "Not answered"), isNumeric: true) { HTML(text: String($0.score.unknown)) },
        .init("lowered", say("記録により下げた", "Lowered by records"), isNumeric: true) {
          HTML(text: String($0.score.lowered))
        },
      ],
      rows: lines,
      rowID: \.key,
      rowName: { $0.title[language] }
    )
    table.isDense = true
    return table.html(language)
  }

  func heat(_ map: HeatMap, link: @escaping (ChecklistItem) -> String, address: String) -> HTML {
    let columns = map.columns.indices.map { index in
      DataTable<HeatMap.Row>.Column("column\(index)", map.columns[index][language]) { row in
        guard let cell = row.cells[index] else { return .empty }
        let items = cell.items.map { "<a href=\"\(link($0))\">\($0.name[language])</a>" as HTML }
        return "\(weakest(cell.score)) <span class=\"nb\">\(items.joined(separator: " "))</span>"
      }
    }
    var table = DataTable<HeatMap.Row>(
      id: "heat",
      caption: say("3×3の表", "The 3 × 3 table"),
      address: Address(address),
      columns: [.init("row", say("観点", "Control")) { HTML(text: $0.row.label[language]) }] + columns,
      rows: map.rows,
      rowID: \.row.rawValue,
      rowName: { $0.row.label[language] }
    )
    table.isDense = true
    return table.html(language)
  }
}
