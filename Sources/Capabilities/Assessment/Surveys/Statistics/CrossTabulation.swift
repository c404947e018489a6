/// Two questions against each other, of those who answered both.
package struct CrossTabulation: Sendable {
  package let rows: Questionnaire.Column
  package let columns: Questionnaire.Column
  package let table: PublishedTable

  /// Nil where a question has no choices of one each. What the report hides of either stays hidden here.
  package init?(
    _ report: SurveyReport,
    _ first: String,
    _ second: String,
    responses: some Sequence<SurveyAnswers>
  ) {
    guard first != second, let down = report[first], let across = report[second],
      Self.isOne(down.question), Self.isOne(across.question),
      let downTable = down.tables.first, let acrossTable = across.tables.first
    else { return nil }
    rows = down.column
    columns = across.column
    var inner = Array(
      repeating: Array(repeating: 0, count: across.question.choices.count),
      count: down.question.choices.count
    )
    let downPlaces = Self.places(down.question)
    let acrossPlaces = Self.places(across.question)
    for answers in responses {
      guard let row = downPlaces[answers[rows]], let column = acrossPlaces[answers[columns]] else { continue }
      inner[row][column] += 1
    }
    let grid = CountGrid(inner, columns: across.question.choices.count)
    // A row or column that is hidden for the whole there is hidden here, cell by cell; where even the number of the asked
    // is hidden, nothing can be shown.
    let isClosed = [downTable, acrossTable].contains { $0[$0.rows, $0.columns] == nil }
    var hidden = Suppression.hidden(
      grid,
      margins: .onlyTheWholeIsPublic,
      hiddenRows: isClosed ? Set(0...grid.rows) : downTable.hiddenColumns,
      hiddenColumns: acrossTable.hiddenColumns
    )
    if isClosed { hidden = Array(repeating: true, count: hidden.count) }
    table = PublishedTable(grid, hidden: hidden)
  }

  private static func isOne(_ question: Questionnaire.Question) -> Bool {
    [.yesNo, .choice, .matrix].contains(question.kind)
  }

  private static func places(_ question: Questionnaire.Question) -> [String: Int] {
    Dictionary(question.choices.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { a, _ in a })
  }
}
