import Nouns
import Testing
import Text

@testable import Assessment

/// Which measure first, and what the director is asked.
@Suite struct DecisionTests {
  private func board(_ values: [String: Int]) throws -> ScoreBoard {
    let twenty = try #require(Checklists.checklist("prefecture-20"))
    return ScoreBoard(
      twenty,
      twenty.items.map { item in
        CountedItem(
          key: item.key,
          topic: item.topic,
          value: values[item.key].map { AnswerValue.level($0) } ?? .level(2)
        )
      }
    )
  }

  private func ranking(_ values: [String: Int], _ weights: [String: MeasureWeight] = [:]) throws -> MeasureRanking {
    MeasureRanking(
      try board(values),
      measures: Checklists.measures,
      topics: Checklists.measureTopics,
      weights: weights
    )
  }

  @Test func whatRaisesMostForWhatItTakesComesFirst() throws {
    // Backup (04: weeks, hospital budget: 2 + 2) lacks two levels; reporting (03: days, free: 1) lacks one.
    let lines = try ranking(["4": 0, "19": 1]).lines
    #expect(lines.map(\.measure.number) == ["03", "04"])
    #expect(lines.map(\.lack) == [1, 2] && lines[1].liftsWeakest && !lines[0].liftsWeakest)
    // With this hospital a drive is at hand: two levels for days and no money.
    let here = try ranking(["4": 0, "19": 1], ["04": MeasureWeight(effort: .small, cost: .none)]).lines
    #expect(here.map(\.measure.number) == ["04", "03"])
    #expect(try ranking([:]).lines.isEmpty, "where the goal is reached nothing is ranked")
  }

  @Test func measuresServeOtherChecklistsByTopic() throws {
    let eight = try #require(Checklists.checklist("mhlw-hospital-r8"))
    let item = try #require(eight.items.first { $0.topic == "backup" })
    let counted = eight.items.map { CountedItem(key: $0.key, topic: $0.topic, value: $0.key == item.key ? .no : .yes) }
    let ranking = MeasureRanking(
      ScoreBoard(eight, counted),
      measures: Checklists.measures,
      topics: Checklists.measureTopics
    )
    #expect(ranking.lines.map(\.measure.number) == ["04"] && ranking.lines.first?.lack == 2)
  }

  @Test func everyMeasureSaysWhatItTakes() {
    #expect(Checklists.measures.count == 12 && Checklists.measures.allSatisfy { $0.weight != nil })
    #expect(MeasureWeight(effort: .small, cost: .none).burden == 1)
    #expect(MeasureWeight(effort: .large, cost: .high).burden == 6)
  }

  @Test func threeDecisionsAtMost() throws {
    var basis = Decision.Basis()
    #expect(Decision.three(basis).isEmpty)
    basis.measures = try ranking(["1": 0, "4": 0, "13": 0, "19": 0]).lines
    #expect(basis.measures.count == 4 && Decision.three(basis).count == 3)
    basis.contradicted = [(Localized(both: "form"), 2, "/assess/form"), (Localized(both: "month"), 1, "/assess/month")]
    let two = Decision.three(basis)
    #expect(two.count == 3 && two[0].title.en.contains("3 contradicted") && two[0].link == "/assess/form")
    basis.undated = 1
    basis.formLink = "/assess/year"
    let all = Decision.three(basis)
    #expect(all.count == 3 && all[1].link == "/assess/year" && all[2].title.en.contains("“"))
  }
}
