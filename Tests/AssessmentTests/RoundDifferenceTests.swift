import Testing
import Text
import Time

@testable import Assessment

/// What changed between rounds and editions, by topic.
@Suite struct RoundDifferenceTests {
  static func answer(
    _ key: String,
    _ value: AnswerValue,
    topic: String = "t",
    suggested: AnswerValue? = nil
  )
    -> GivenAnswer
  {
    GivenAnswer(
      item: key,
      topic: topic,
      value: value,
      reason: "",
      remarks: "",
      checkedOn: SuggestionTests.now.day,
      checkedBy: "佐藤 美咲",
      target: nil,
      secondValue: nil,
      secondOn: nil,
      secondBy: nil,
      suggested: suggested,
      basis: "",
      answeredAt: SuggestionTests.now,
      answeredBy: "佐藤 美咲",
      version: 1
    )
  }

  static func round(
    _ id: String,
    _ period: String,
    _ values: [String: AnswerValue],
    suggested: [String: AnswerValue] = [:]
  ) throws -> Round {
    let checklist = try #require(Checklists.checklist(id))
    var answers: [String: GivenAnswer] = [:]
    for (key, value) in values {
      let topic = try #require(checklist[key]).topic
      answers[key] = answer(key, value, topic: topic, suggested: suggested[key])
    }
    return Round(
      checklist: checklist,
      period: period,
      answers: answers,
      lockedAt: nil,
      lockedBy: nil,
      digest: nil,
      version: 0
    )
  }

  @Test func roundsOfOneChecklistAreComparedItemByItem() throws {
    let october = try Self.round(
      "prefecture-20",
      "2026-10",
      ["1": .level(1), "2": .level(3), "3": .level(2), "4": .level(2)]
    )
    let november = try Self.round(
      "prefecture-20",
      "2026-11",
      ["1": .level(2), "2": .level(1), "3": .level(2), "5": .level(0)]
    )
    let difference = RoundDifference(from: october, to: november)
    let byTopic = Dictionary(uniqueKeysWithValues: difference.lines.map { ($0.topic, $0.change) })
    #expect(byTopic["information-gathering"] == .better && byTopic["network-map"] == .worse)
    #expect(byTopic["responsibility-list"] == .same && byTopic["backup"] == .unanswered)
    #expect(byTopic["accounts"] == .answered)
    #expect(difference.lines.count == 20 && difference.count(.added) == 0 && difference.count(.dropped) == 0)
  }

  @Test func editionsAreComparedByTopicNotByNumber() throws {
    // R6 asks servers, clients and network gear by themselves: the weaker is what it says of computers.
    let six = try Self.round(
      "mhlw-hospital-r6",
      "2024",
      ["2(7):server": .yes, "2(7):client": .no, "2(7):network": .yes]
    )
    let topic = try #require(six.checklist["2(7):server"]).topic
    let seven = try #require(Checklists.checklist("mhlw-hospital-r7"))
    let item = try #require(seven.items.first { $0.topic == topic })
    let after = try Self.round("mhlw-hospital-r7", "2025", [item.key: .yes])
    let line = try #require(RoundDifference(from: six, to: after).lines.first { $0.topic == topic })
    #expect(line.change == .better && line.before?.names.count == 2 && line.before?.value == .no)
    // One of the two not answered: what R6 says of it is not known.
    let partly = try Self.round("mhlw-hospital-r6", "2024", ["2(7):server": .yes])
    let open = try #require(RoundDifference(from: partly, to: after).lines.first { $0.topic == topic })
    #expect(open.change == .answered)
  }

  /// Without a round before, another edition is compared; a checklist that asks of something else is not.
  @Test func onlyWhatAsksTheSameIsOfferedToCompare() throws {
    let now = try #require(Checklists.checklist("mhlw-hospital-r8"))
    let last = try #require(Checklists.checklist("mhlw-hospital-r7"))
    let monthly = try #require(Checklists.checklist("prefecture-20"))
    let manager = try #require(Checklists.checklist("roles-manager"))
    #expect(Assessment.closest(to: now, among: [(monthly, "2026-10"), (manager, "2026")]) == nil)
    let found = Assessment.closest(to: now, among: [(monthly, "2026-10"), (last, "2025"), (manager, "2026")])
    #expect(found?.checklist.id == last.id)
    #expect(Assessment.closest(to: now, among: [(now, "2026")]) == nil)
  }

  @Test func itemsComeAndGoWithEditions() throws {
    let five = try Self.round("mhlw-hospital-r5", "2023", [:])
    let eight = try Self.round("mhlw-hospital-r8", "2026", [:])
    let difference = RoundDifference(from: five, to: eight)
    let old = Set(five.checklist.items.filter { !$0.isGate }.map(\.topic))
    let new = Set(eight.checklist.items.filter { !$0.isGate }.map(\.topic))
    #expect(difference.count(.added) == new.subtracting(old).count && difference.count(.added) > 0)
    #expect(difference.count(.dropped) == old.subtracting(new).count)
    #expect(Set(difference.lines.map(\.topic)).count == difference.lines.count, "each topic once")
  }

  @Test func aLevelIsNoYes() throws {
    func side(_ value: AnswerValue?) -> RoundDifference.Side {
      RoundDifference.Side(names: [], text: Localized(both: ""), value: value)
    }
    #expect(RoundDifference.change(side(.level(2)), side(.yes)) == .incomparable)
    #expect(RoundDifference.change(side(.no), side(.notApplicable)) == .incomparable)
    #expect(RoundDifference.change(nil, side(.yes)) == .added && RoundDifference.change(side(.yes), nil) == .dropped)
  }

  @Test func theTrendCountsByTheRecordsOfItsTime() throws {
    let rounds = [
      try Self.round("prefecture-20", "2026-11", ["1": .level(2)]),
      try Self.round("prefecture-20", "2026-10", ["1": .level(3), "2": .level(2)], suggested: ["1": .level(0)]),
    ]
    let trend = Trend(rounds[0].checklist, rounds: rounds)
    #expect(trend.points.map(\.period) == ["2026-10", "2026-11"])
    #expect(trend.points.map(\.score.met) == [1, 1] && trend.points.map(\.score.lowered) == [1, 0])
    #expect(trend.points[0].score.weakest == .exactly(.level(0)))
  }
}
