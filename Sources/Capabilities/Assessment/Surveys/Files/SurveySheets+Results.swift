import Tabular
import Text

extension SurveySheets {
  /// What was counted, by question, value and stratum, and what numbers come to; a hidden one is written as ×, and where
  /// nobody answered there is no share. Of a sample the row of all says between which shares the whole lies.
  func counts(_ report: SurveyReport) -> SheetDraft {
    let groups = report.strata.map { BedClass.label($0)[language] } + [say("全体", "All")]
    let kinds = Set(report.lines.map(\.question.kind))
    let hasNumbers = kinds.contains(.number)
    let isSample = survey.population != nil
    var rows: [[CellValue]] = []
    for line in report.lines {
      func begin(_ choice: AnswerChoice?, _ group: Int) -> [CellValue] {
        [
          .text(line.column.key), .text(line.question.words(line.column)[language]), .text(choice?.key ?? ""),
          .text(choice?.label[language] ?? ""), .text(groups[group]),
        ]
      }
      for (index, choice) in line.question.choices.enumerated() {
        for group in groups.indices {
          rows.append(
            begin(choice, group) + Self.share(line, index, group)
              + (isSample ? Self.interval(line, index, group, groups.count) : [])
          )
        }
      }
      guard line.question.kind == .number else { continue }
      for group in groups.indices {
        rows.append(
          begin(nil, group) + [.empty, Self.cell(line.answered[group]), .empty]
            + (isSample ? [.empty, .empty] : []) + Self.summary(line, group)
        )
      }
    }
    return SheetDraft(
      title: say("集計", "Counts"),
      columns: heads(isSample: isSample, hasNumbers: hasNumbers),
      rows: rows,
      notes: []
    )
  }

  private func heads(isSample: Bool, hasNumbers: Bool) -> [ColumnDraft] {
    let words = [
      say("列", "Column"), say("設問", "Question"), say("値", "Value"), say("意味", "Meaning"), say("区分", "Stratum"),
    ]
    var numbers = [say("件数", "Count"), say("答えた数", "Answered"), say("割合（％）", "Percent")]
    if isSample { numbers += [say("95％区間の下限（％）", "95% from (%)"), say("95％区間の上限（％）", "95% to (%)")] }
    if hasNumbers {
      numbers += [
        say("平均", "Mean"), say("第1四分位数", "First quartile"), say("中央値", "Median"),
        say("第3四分位数", "Third quartile"),
      ]
    }
    return words.map { ColumnDraft($0) } + numbers.map { ColumnDraft($0, kind: .number) }
  }

  private static let hidden = CellValue.text("×")

  private static func cell(_ count: Int?) -> CellValue { count.map(SurveyText.cell(_:)) ?? hidden }

  private static func share(_ line: SurveyReport.Line, _ choice: Int, _ group: Int) -> [CellValue] {
    let (table, column) = line.question.kind == .choices ? (line.tables[choice], 0) : (line.tables[0], choice)
    let answered = line.answered[group]
    let share = table.permille(group, column).map(SurveyText.cell(tenths:)) ?? (answered == 0 ? .empty : hidden)
    return [cell(table[group, column]), cell(answered), share]
  }

  private static func interval(_ line: SurveyReport.Line, _ choice: Int, _ group: Int, _ groups: Int) -> [CellValue] {
    guard group == groups - 1, line.intervals.indices.contains(choice) else { return [.empty, .empty] }
    guard let interval = line.intervals[choice] else {
      return Array(repeating: line.answered[group] == 0 ? .empty : hidden, count: 2)
    }
    return [interval.low, interval.high].map { SurveyText.cell(tenths: Int(($0 * 1000).rounded())) }
  }

  private static func summary(_ line: SurveyReport.Line, _ group: Int) -> [CellValue] {
    guard let summary = line.numbers[group] else {
      return Array(repeating: line.answered[group] == 0 ? .empty : hidden, count: 4)
    }
    return [summary.meanTenths, summary.lowTenths, summary.medianTenths, summary.highTenths].map {
      $0.map(SurveyText.cell(tenths:)) ?? hidden
    }
  }
}
