import Packs
import Support
import Testing
import Text
import Time

@testable import Assessment

/// Scores that do not flatter: unknown counts against, records lower a claim, the weakest part decides.
@Suite struct ScoreTests {
  private func items(_ values: AnswerValue?...) -> [CountedItem] {
    values.enumerated().map { CountedItem(key: "\($0.offset + 1)", topic: "t\($0.offset + 1)", value: $0.element) }
  }

  @Test func whatIsUnknownCountsAgainstTheWhole() {
    let score = Score(items(.yes, .yes, nil, .notApplicable), goal: 2)
    #expect(score.met == 2 && score.unknown == 1 && score.outside == 1 && score.applicable == 3)
    // Two of three is 66.6: never rounded up.
    #expect(score.percent == 66)
    #expect(Score(items(.notApplicable), goal: 2).percent == nil)
    #expect(Score([], goal: 2).weakest == .nothing)
  }

  @Test(arguments: [
    ([AnswerValue.level(3), .level(1), .level(2)], 0, Score.Weakest.exactly(.level(1)), ["2"]),
    ([.level(3), .level(2)], 1, .atMost(.level(2)), ["2"]),
    // Nothing is lower than 0, whatever is still unknown.
    ([.level(0), .level(2)], 1, .exactly(.level(0)), ["1"]),
    ([.yes, .no, .yes], 2, .exactly(.no), ["2"]),
    ([.yes, .yes], 1, .atMost(.yes), ["1", "2"]),
    ([], 2, .unknown, ["1", "2"]),
    ([.notApplicable], 0, .nothing, []),
  ])
  func theWeakestLinkIsTheLowestPart(
    values: [AnswerValue],
    unknown: Int,
    weakest: Score.Weakest,
    keys: [String]
  ) {
    var all = values.map(Optional.some)
    all += Array(repeating: nil, count: unknown)
    let counted = all.enumerated().map { CountedItem(key: "\($0.offset + 1)", topic: "t", value: $0.element) }
    let score = Score(counted, goal: 2)
    #expect(score.weakest == weakest)
    #expect(score.weakestItems == keys)
  }

  @Test func noAnswerMakesAScoreWorseThanNoneByAddingAYes() {
    // Whatever stands there: one item more that is met never lowers the share, one unknown more never raises it.
    var random = SplitMix64(seed: 20_261_128)
    let values: [AnswerValue?] = [.level(0), .level(1), .level(2), .level(3), .notApplicable, nil]
    for _ in 0..<500 {
      let count = Int.random(in: 0...12, using: &random)
      let some = (0..<count).map { _ in values.randomElement(using: &random) ?? nil }
      func score(_ more: AnswerValue??) -> Score {
        var all = some
        if let more { all.append(more) }
        return Score(all.map { CountedItem(key: "k", topic: "t", value: $0) }, goal: 2)
      }
      let before = score(nil).percent ?? 0
      #expect((score(.some(.level(3))).percent ?? 0) >= before)
      #expect((score(.some(nil)).percent ?? 0) <= before)
      // The weakest link never rises when an item joins.
      #expect(score(.some(.level(1))).weakest.order <= max(score(nil).weakest.order, 3))
    }
  }

  @Test func anAnswerCountsAsWhatTheRecordsShow() {
    let answer = RoundDifferenceTests.answer("1", .level(3))
    #expect(CountedItem(key: "1", topic: "t", answer: answer, shown: .level(1)).value == .level(1))
    #expect(CountedItem(key: "1", topic: "t", answer: answer, shown: .level(1)).isLowered)
    // Records that show more raise nothing: a person has to say so.
    let low = RoundDifferenceTests.answer("1", .level(0))
    #expect(CountedItem(key: "1", topic: "t", answer: low, shown: .level(3)).value == .level(0))
    // Nothing pre-filled counts until a person confirms it.
    #expect(CountedItem(key: "1", topic: "t", answer: nil, shown: .yes).value == nil)
  }

  @Test func everyTopicHasItsPlaceInTheDefence() {
    let topics = Set(Checklists.topics.keys)
    #expect(Defences.shipped.topics.subtracting(topics).isEmpty, "the defence names topics that no checklist knows")
    let homeless = topics.subtracting(Defences.shipped.topics).sorted()
    #expect(homeless.isEmpty, "\(homeless)")
  }

  @Test func aBoardHasFourPartsAndThreeRoles() throws {
    let twenty = try #require(Checklists.checklist("prefecture-20"))
    let counted = twenty.items.map { CountedItem(key: $0.key, topic: $0.topic, value: .level(2)) }
    let full = ScoreBoard(twenty, counted)
    #expect(full.whole.percent == 100 && full.whole.weakest == .exactly(.level(2)))
    #expect(full.defences.map(\.key) == ["organization", "people", "technology", "physical"].map { "defence.\($0)" })
    #expect(full.defences.reduce(0) { $0 + $1.score.applicable } == 20)
    // One question of the media drags its part down, and with it the whole.
    let one = twenty.items.map { item in
      CountedItem(key: item.key, topic: item.topic, value: .level(item.topic == "private-media" ? 1 : 3))
    }
    let board = ScoreBoard(twenty, one)
    #expect(board.weakestParts.map(\.key) == ["defence.physical"] && board.whole.weakest == .exactly(.level(1)))
    #expect(board.whole.weakestItems == ["15"])
  }

  @Test func theMatrixHasNineCells() throws {
    let matrix = try #require(Checklists.checklist("management-3x3"))
    let counted = matrix.items.map { item in
      CountedItem(key: item.key, topic: item.topic, value: item.key == "⑥-2" ? .no : .yes)
    }
    let map = try #require(HeatMap(matrix, counted))
    #expect(map.rows.map(\.row) == [.corrective, .detective, .preventive] && map.columns.count == 3)
    #expect(map.rows.flatMap(\.cells).compactMap { $0 }.count == 9)
    #expect(map.rows[2].cells[1]?.score.weakest == .exactly(.no))
    #expect(map.rows[2].cells[1]?.items.map(\.key) == ["⑥-1", "⑥-2"])
    #expect(map.rows[1].cells[1]?.score.weakest == .exactly(.yes))
    #expect(HeatMap(try #require(Checklists.checklist("bcp-2024")), []) == nil)
  }
}
