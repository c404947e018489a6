import Nouns
import Support
import Testing
import Time

@testable import Assessment

/// Nobody can work out a hidden count: shown by trying every table that fits what is published.
@Suite struct SuppressionTests {
  private func published(_ inner: [[Int]], _ margins: Suppression.Margins = .rowsArePublic) -> PublishedTable {
    let grid = CountGrid(inner, columns: inner[0].count)
    return PublishedTable(grid, hidden: Suppression.hidden(grid, margins: margins))
  }

  @Test func nothingSmallNothingHidden() {
    let table = published([[5, 9], [0, 12]])
    #expect(!table.isHiddenSomewhere && table[2, 2] == 26 && table[2, 0] == 5)
  }

  @Test func oneSmallCountHidesWhatWouldGiveItAway() {
    // 3 alone could be had from the row total and from the column total: 20 and its neighbours below go with it.
    let table = published([[3, 20], [30, 40], [50, 60]])
    #expect(table[0, 0] == nil && table[0, 1] == nil)
    #expect(table[1, 0] == nil && table[1, 1] == nil, "the cheaper of the two other rows")
    #expect(table[2, 0] == 50 && table[2, 1] == 60)
    #expect(table[0, 2] == 23 && table[3, 0] == 83, "how many answered stays")
  }

  @Test func aSmallStratumIsHiddenWholeAlsoItsZeros() {
    let table = published([[4, 0], [30, 40], [50, 60]])
    #expect(table[0, 0] == nil && table[0, 1] == nil && table[0, 2] == 4)
  }

  @Test func whatNobodyAnsweredHidesNoTable() {
    let table = published([[2, 1, 0], [30, 40, 0], [50, 60, 0]])
    #expect(table[0, 0] == nil && table[0, 1] == nil && table[0, 2] == 0)
    #expect(table[2, 0] == 50 && table[3, 0] == 82 && table[3, 2] == 0)
    // Where it would tell that all of a few said the same, it is hidden.
    let alike = published([[3, 0], [4, 0]])
    #expect((0...2).allSatisfy { alike[$0, 0] == nil && alike[$0, 1] == nil })
  }

  @Test func aTableOfFewIsAllHidden() {
    let table = published([[2, 1]])
    #expect((0...1).allSatisfy { table[$0, 0] == nil && table[$0, 1] == nil } && table[1, 2] == 3)
  }

  @Test func whereRowsAreAnswersTheirTotalsAreHiddenToo() {
    let table = published([[1, 2], [30, 40], [50, 60]], .onlyTheWholeIsPublic)
    #expect(table[0, 2] == nil && table[3, 2] == 183)
    // A second total goes with it, or the whole would give it away.
    #expect([table[1, 2], table[2, 2]].contains(nil))
  }

  /// The oracle: all tables of whole numbers that have the published cells and margins.
  private func fits(_ table: PublishedTable, total: Int) -> [[[Int]]] {
    var found: [[[Int]]] = []
    var inner = Array(repeating: Array(repeating: 0, count: table.columns), count: table.rows)
    func place(_ at: Int) {
      if at == table.rows * table.columns {
        let grid = CountGrid(inner, columns: table.columns)
        guard grid.total == total else { return }
        for row in 0...table.rows {
          for column in 0...table.columns {
            if let known = table[row, column], known != grid[row, column] { return }
          }
        }
        found.append(inner)
        return
      }
      let (row, column) = (at / table.columns, at % table.columns)
      let done = inner[row][..<column].reduce(0, +)
      let most = table[row, column] ?? (table[row, table.columns] ?? total) - done
      guard most >= 0 else { return }
      for value in (table[row, column] ?? 0)...max(table[row, column] ?? 0, most) {
        inner[row][column] = value
        place(at + 1)
      }
      inner[row][column] = 0
    }
    place(0)
    return found
  }

  @Test(arguments: [Suppression.Margins.rowsArePublic, .onlyTheWholeIsPublic])
  func noHiddenCountCanBeWorkedOut(margins: Suppression.Margins) {
    var random = SplitMix64(seed: 20_261_129)
    var hiddenTables = 0
    for _ in 0..<120 {
      // A cross table of one row has no total but the whole.
      let rows = margins == .rowsArePublic ? Int.random(in: 1...2, using: &random) : 2
      let columns = rows == 1 ? 3 : 2
      let inner = (0..<rows).map { _ in
        (0..<columns).map { _ in [0, 0, 1, 2, 3, 4, 5, 6].randomElement(using: &random) ?? 0 }
      }
      let grid = CountGrid(inner, columns: columns)
      guard grid.total > 0 else { continue }
      let hidden = Suppression.hidden(grid, margins: margins)
      let table = PublishedTable(grid, hidden: hidden)
      guard table.isHiddenSomewhere else { continue }
      hiddenTables += 1
      let possible = fits(table, total: grid.total)
      #expect(possible.contains(inner), "\(inner)")
      for row in 0..<rows {
        for column in 0..<columns where (1..<5).contains(inner[row][column]) {
          #expect(table[row, column] == nil, "\(inner) shows \(row),\(column)")
          let values = Set(possible.map { $0[row][column] })
          #expect(values.count > 1, "\(inner): \(row),\(column) can only be \(values)")
        }
      }
      for column in 0..<columns where (1..<5).contains(grid[rows, column]) {
        #expect(Set(possible.map { $0.reduce(0) { $0 + $1[column] } }).count > 1, "\(inner): total of \(column)")
      }
      if margins == .onlyTheWholeIsPublic {
        for row in 0..<rows where (1..<5).contains(grid[row, columns]) {
          #expect(Set(possible.map { $0[row].reduce(0, +) }).count > 1, "\(inner): total of row \(row)")
        }
      }
    }
    #expect(hiddenTables > 60)
  }

  /// Whoever puts the mirrors of all strata side by side, and knows how many of each answered, works out no hidden count.
  @Test func mirrorsTogetherGiveNoHiddenCountAway() throws {
    var random = SplitMix64(seed: 20_261_130)
    var groups: [SurveyMirror.Group: Int] = [:]
    for _ in 0..<150 {
      let inner = (0..<2).map { _ in
        (0..<3).map { _ in [0, 0, 0, 1, 2, 3, 4, 5, 6].randomElement(using: &random) ?? 0 }
      }
      let (grid, report) = (CountGrid(inner, columns: 3), try SurveyTests.report(inner))
      var hidden = Array(repeating: true, count: grid.counts.count)
      for row in 0...2 { hidden[row * 4 + 3] = false }
      for stratum in 0..<2 {
        guard let mirror = SurveyMirror(report, stratum: "S\(stratum)", own: nil),
          let line = mirror.lines.first(where: { $0.column.key == "vpn" })
        else { continue }
        groups[line.group, default: 0] += 1
        for (column, share) in line.shares.enumerated() {
          guard let count = share.count else { continue }
          let row = line.group == .all ? 2 : stratum
          #expect(line.group != .none && count == grid[row, column], "\(inner)")
          hidden[row * 4 + column] = false
        }
      }
      let table = PublishedTable(grid, hidden: hidden)
      let possible = fits(table, total: grid.total)
      #expect(possible.contains(inner), "\(inner)")
      for column in 0..<3 {
        for row in 0..<2 where (1..<5).contains(inner[row][column]) {
          #expect(Set(possible.map { $0[row][column] }).count > 1, "\(inner): \(row),\(column) is known")
        }
        guard (1..<5).contains(grid[2, column]) else { continue }
        #expect(Set(possible.map { $0[0][column] + $0[1][column] }).count > 1, "\(inner): total of \(column) is known")
      }
    }
    #expect(SurveyMirror.Group.allCases.allSatisfy { groups[$0, default: 0] > 5 }, "\(groups)")
  }

  /// Whoever left a question empty is one of few, too: neither that count nor one that gives it away is told. Every table
  /// that fits what is published is tried, with what is empty as one value more and how many were asked known.
  @Test func whatWasLeftEmptyCannotBeWorkedOut() throws {
    let questionnaire = try SurveyTests.questionnaire()
    let (tools, remarks) = (try #require(questionnaire.column("tools")), try #require(questionnaire.column("remarks")))
    let server = try #require(questionnaire.column("state.server"))
    var random = SplitMix64(seed: 20_261_201)
    var hiddenOnes = 0
    for _ in 0..<80 {
      // By stratum: good, bad, and neither.
      let inner = (0..<2).map { _ in
        (0..<3).map { _ in [0, 1, 2, 3, 4, 5, 6, 7].randomElement(using: &random) ?? 0 }
      }
      var tally = Tally(questionnaire, strata: ["S0", "S1"])
      for (stratum, counts) in inner.enumerated() {
        for (count, value) in zip(counts, ["good", "bad", ""]) {
          var answers = SurveyAnswers(count: questionnaire.columns.count)
          answers[server] = value
          answers[remarks] = value
          answers[tools] = value.isEmpty ? "" : value == "good" ? "edr" : "siem"
          for _ in 0..<count { tally.add(packed: questionnaire.settled(answers).packed, stratum: "S\(stratum)") }
        }
      }
      let lines = inner.enumerated().map { index, counts in
        let all = counts.reduce(0, +)
        return Participation.Line(stratum: "S\(index)", asked: all, started: 0, answered: all, notConcerned: 0)
      }
      let report = SurveyReport(questionnaire, tally, participation: Participation(lines), population: nil)
      let all = CountGrid(inner, columns: 3)
      let line = try #require(report["state.server"])
      let table = try #require(line.tables.first)
      for row in 0...2 {
        #expect(line.answered[row] == table[row, 2] && (line.answered[row] == nil) == (line.empty[row] == nil))
        #expect(line.empty[row].map { $0 == all[row, 2] } ?? true)
      }
      // The table that is published, with what is empty as its third value and how many were asked as its margin.
      let hidden = (0...2).flatMap { row in
        [table[row, 0] == nil, table[row, 1] == nil, line.empty[row] == nil, false]
      }
      let possible = fits(PublishedTable(all, hidden: hidden), total: all.total)
      for row in 0..<2 where (1..<5).contains(inner[row][2]) {
        hiddenOnes += 1
        #expect(line.empty[row] == nil && Set(possible.map { $0[row][2] }).count > 1, "\(inner): \(row)")
      }
      for key in ["remarks", "tools"] {
        let other = try #require(report[key])
        for row in 0..<2 where (1..<5).contains(inner[row][2]) {
          #expect(other.empty[row] == nil && other.answered[row] == nil, "\(inner): \(key) \(row)")
        }
        // How many answered, and left it empty, of all, when one stratum is hidden alone.
        let open = (0...2).filter { other.empty[$0] == nil && all[$0, 3] > 0 }
        #expect(open.count != 1, "\(inner): \(key)")
      }
    }
    #expect(hiddenOnes > 40)
  }

  /// What departments say of themselves is a fact; of what is only counted no fact says how few there are.
  @Test func factsOfDepartmentsHideSmallCountsToo() throws {
    let source = try #require(Questionnaires.source(Questionnaires.departments))
    let questionnaire = try SurveyDraft.read(source, file: "departments.yaml")
    let column = try #require(questionnaire.column("web-use"))
    func values(_ naming: Survey.Naming, yes: Int, no: Int) -> [Int] {
      let survey = Survey(
        id: "s",
        facility: SuggestionTests.facility,
        title: "",
        questionnaire: questionnaire,
        naming: naming,
        cycle: .month,
        state: .open,
        due: SuggestionTests.now.day,
        population: nil,
        createdAt: SuggestionTests.now,
        createdBy: ""
      )
      let answers = (0..<yes + no).map { number in
        var answers = SurveyAnswers(count: questionnaire.columns.count)
        answers[column] = number < yes ? "yes" : "no"
        return answers
      }
      let facts = DepartmentFacts.facts(
        survey,
        "2026-11",
        asked: yes + no,
        answers,
        SuggestionTests.facility,
        SuggestionTests.now
      )
      return facts.filter { $0.key == DepartmentFacts.key("web-use") }.map(\.value)
    }
    #expect(values(.named, yes: 3, no: 2) == [3])
    for (yes, no) in [(3, 2), (6, 2), (4, 0), (2, 9)] { #expect(values(.aggregate, yes: yes, no: no).isEmpty) }
    #expect(values(.aggregate, yes: 6, no: 0) == [6] && values(.aggregate, yes: 0, no: 5) == [0])
  }

  @Test(arguments: [
    // R: prop.test(57, 100, correct=FALSE)$conf.int gives 0.4721, 0.6627 for an endless population.
    (57, 100, 100_000_000, 0.4721, 0.6627),
    (0, 20, 100_000_000, 0.0, 0.1611),
    (20, 20, 20, 1.0, 1.0),
  ])
  func intervalsAreWilsons(count: Int, answered: Int, population: Int, low: Double, high: Double) throws {
    let interval = try #require(Interval(count, of: answered, population: population))
    #expect(abs(interval.low - low) < 0.0006 && abs(interval.high - high) < 0.0006, "\(interval)")
  }

  @Test func aLargerShareOfTheWholeNarrowsTheInterval() throws {
    let wide = try #require(Interval(290, of: 581, population: 100_000))
    let narrow = try #require(Interval(290, of: 581, population: 700))
    #expect(narrow.high - narrow.low < (wide.high - wide.low) / 2)
    #expect(Interval(1, of: 0, population: 10) == nil && Interval(1, of: 5, population: 4) == nil)
  }

  @Test func numbersOfFewAreHiddenAndWithThemAnother() throws {
    let lines = NumberSummary.all([[10, 20, 30, 40, 50], [7, 7], [1, 2, 3, 4, 5, 6]])
    // The second is of two; the smallest other goes too, as the whole less the rest would be theirs.
    #expect(lines[1] == nil && lines[0] == nil && lines[2] != nil)
    #expect(lines[3]?.meanTenths == 142 && lines[2]?.medianTenths == nil && lines[2]?.meanTenths == 35)
    #expect(NumberSummary.all([[1, 2], [3]])[2] == nil)
  }

  /// A median or a quartile is one or two people's own answer: at least five must lie on either side of it.
  @Test(arguments: [
    (5, false, false), (9, false, false), (10, true, false), (11, true, false), (17, true, false), (18, true, true),
    (21, true, true),
  ])
  func orderStatisticsHaveFiveAnswersOnEitherSide(count: Int, hasMedian: Bool, hasQuartiles: Bool) throws {
    let numbers = (1...count).map { $0 * 100 }
    let summary = try #require(NumberSummary(numbers.shuffled()))
    for (told, value) in [
      (hasMedian, summary.medianTenths), (hasQuartiles, summary.lowTenths), (hasQuartiles, summary.highTenths),
    ] {
      #expect((value != nil) == told, "\(count)")
      guard let value else { continue }
      let (below, above) = (numbers.filter { $0 * 10 < value }.count, numbers.filter { $0 * 10 > value }.count)
      #expect(min(below, above) >= Suppression.least, "\(count): \(below) and \(above)")
    }
  }

  /// Where it is hidden how many of a stratum answered, their mean is hidden, and the whole less the others is not theirs.
  @Test func whereACountIsHiddenItsMeanIsToo() {
    let (five, six, seven) = (
      Array(repeating: 5, count: 5), Array(repeating: 6, count: 6), Array(repeating: 7, count: 7)
    )
    func told(_ strata: [[Int]], _ hidden: Set<Int>) -> [Bool] {
      NumberSummary.all(strata, hiddenRows: hidden).map { $0 != nil }
    }
    #expect(told([five, six, seven], []) == [true, true, true, true])
    #expect(told([five, six, seven], [1]) == [false, false, true, true], "the smallest other goes with it")
    #expect(told([five, six, seven], [1, 3]) == [true, false, true, false], "nothing to subtract from")
    #expect(told([five, six], [0]) == [false, false, true])
    #expect(told([five, []], [0]) == [false, false, false], "the whole would be theirs")
    #expect(told([[1], [], seven, six], [1]) == [false, false, true, false, true], "1 and none are fewer than five")
  }

  /// The published numbers never tell a sum of fewer than five answers, nor that of one stratum that is hidden.
  @Test func noHiddenSumIsADifference() {
    var random = SplitMix64(seed: 20_261_202)
    for _ in 0..<400 {
      let strata = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<Int.random(in: 0...9, using: &random)).map { _ in Int.random(in: 0...50, using: &random) }
      }
      let hidden = Set((0...strata.count).filter { _ in Int.random(in: 0...3, using: &random) == 0 })
      let lines = NumberSummary.all(strata, hiddenRows: hidden)
      #expect(hidden.allSatisfy { lines[$0] == nil })
      guard lines[strata.count] != nil else { continue }
      let left = strata.indices.filter { lines[$0] == nil && (!strata[$0].isEmpty || hidden.contains($0)) }
      #expect(left.isEmpty || left.count > 1 && left.reduce(0) { $0 + strata[$1].count } >= 5, "\(strata) \(hidden)")
    }
  }
}
