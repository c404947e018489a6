import Design
import HTML
import Text

/// The tables of a report, with small counts hidden.
struct SurveyResults {
  let report: SurveyReport
  let language: Language
  let address: String

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  static func title(_ line: SurveyReport.Line, _ language: Language) -> String {
    line.question.words(line.column)[language]
  }

  var html: HTML {
    let title = say("結果", "Results")
    guard report.participation.whole.answered > 0 else {
      return "<section><h2>\(title)</h2><p>\(say("まだ回答がありません。", "Nobody has answered yet."))</p></section>"
    }
    let note = say(
      "1〜4件の数は「×」で隠し、引き算で分かってしまう数も隠しています。0は隠しません。",
      "Counts from 1 to 4 are hidden (×), and so is what would give them away. 0 is not hidden."
    )
    let hasNumbers = report.lines.contains { $0.question.kind == .number }
    let rule: HTML = hasNumbers ? " \(NumberSummary.rule[language])" : .empty
    return """
      <section><h2>\(title)</h2><p class="note">\(note)\(rule)</p>\(report.lines.map(question).joined())</section>
      """
  }

  private func question(_ line: SurveyReport.Line) -> HTML {
    let contents: HTML
    switch line.question.kind {
    case .yesNo, .level, .choice, .matrix, .choices: contents = counts(line)
    case .number: contents = numbers(line)
    case .date, .text: return .empty
    }
    let empty = line.empty.last ?? 0
    let count = empty.map { $0.grouped } ?? "×"
    let left: HTML = empty == 0 ? .empty : "<p class=\"note\">\(say("無回答\(count)件", "\(count) left it empty"))</p>"
    return "<h3>\(Self.title(line, language))</h3>\(contents)\(left)"
  }

  private var groups: [String] { report.strata.map { BedClass.label($0)[language] } + [say("全体", "All")] }

  static func cell(_ count: Int?) -> HTML { count.map { HTML(text: $0.grouped) } ?? "×" }

  private func counts(_ line: SurveyReport.Line) -> HTML {
    let single = report.strata.count == 1
    let rows = Array(single ? [report.strata.count] : Array(0...report.strata.count))
    var columns: [DataTable<Int>.Column] = [
      .init("stratum", say("区分", "Stratum")) { HTML(text: groups[$0]) }
    ]
    for (index, choice) in line.question.choices.enumerated() {
      let (table, column) = line.question.kind == .choices ? (line.tables[index], 0) : (line.tables[0], index)
      let range: HTML =
        line.intervals.isEmpty
        ? .empty
        : line.intervals[index].map { interval -> HTML in
          "<span class=\"sub\">\(Int((interval.low * 100).rounded()))–\(Int((interval.high * 100).rounded()))%</span>"
        } ?? .empty
      columns.append(
        .init(choice.key, choice.label[language], isNumeric: true) { row in
          let share: HTML =
            table.permille(row, column).map { HTML(text: language.aside("\(SurveyText.percent($0))%")) } ?? .empty
          return
            "<span class=\"nb\">\(Self.cell(table[row, column]))\(share)</span>\(row == table.rows ? range : .empty)"
        }
      )
    }
    columns.append(.init("all", say("答えた数", "Answered"), isNumeric: true) { Self.cell(line.answered[$0]) })
    return table(line.column.key, Self.title(line, language), columns, rows)
  }

  private func numbers(_ line: SurveyReport.Line) -> HTML {
    func tenths(_ value: Int?) -> HTML { value.map { HTML(text: SurveyText.percent($0)) } ?? "×" }
    let unit = line.question.format.unit.map { language.aside($0[language]) } ?? ""
    let columns: [DataTable<Int>.Column] = [
      .init("stratum", say("区分", "Stratum")) { HTML(text: groups[$0]) },
      .init("count", say("答えた数", "Answered"), isNumeric: true) { Self.cell(line.answered[$0]) },
      .init("mean", say("平均", "Mean") + unit, isNumeric: true) { tenths(line.numbers[$0]?.meanTenths) },
      .init("median", say("中央値", "Median") + unit, isNumeric: true) { tenths(line.numbers[$0]?.medianTenths) },
    ]
    return table(line.column.key, Self.title(line, language), columns, Array(line.numbers.indices))
  }

  private func table(_ key: String, _ caption: String, _ columns: [DataTable<Int>.Column], _ rows: [Int]) -> HTML {
    var table = DataTable<Int>(
      id: "q-\(key)",
      caption: caption,
      address: Address(address),
      columns: columns,
      rows: rows,
      rowID: { String($0) },
      rowName: { groups[$0] }
    )
    table.isDense = true
    return table.html(language)
  }

  static func cross(
    _ cross: CrossTabulation,
    _ questionnaire: Questionnaire,
    _ language: Language,
    _ address: String
  ) -> HTML {
    guard let down = questionnaire[cross.rows.question], let across = questionnaire[cross.columns.question] else {
      return .empty
    }
    let (title, head) = (across.words(cross.columns)[language], down.words(cross.rows)[language])
    let caption = Localized(ja: "縦：「\(head)」、横：「\(title)」", en: "Down: “\(head)”, across: “\(title)”")[language]
    let all = Localized(ja: "計", en: "All")[language]
    let names = down.choices.map { $0.label[language] } + [all]
    let columns = (0...cross.table.columns).map { column in
      DataTable<Int>.Column(
        "c\(column)",
        column < across.choices.count ? across.choices[column].label[language] : all,
        isNumeric: true
      ) { cell(cross.table[$0, column]) }
    }
    var table = DataTable<Int>(
      id: "cross",
      caption: caption,
      address: Address(address),
      columns: [.init("row", head) { HTML(text: names[$0]) }] + columns,
      rows: Array(0...cross.table.rows),
      rowID: { String($0) },
      rowName: { names[$0] }
    )
    table.isDense = true
    return "<h3>\(caption)</h3>\(table.html(language))"
  }
}
