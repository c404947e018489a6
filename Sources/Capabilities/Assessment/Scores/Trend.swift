/// How the rounds of one checklist went, the oldest first.
package struct Trend: Sendable {
  package struct Point: Sendable {
    package let period: String
    package let score: Score
  }

  package let points: [Point]

  /// Of past rounds what the records said when each was answered counts, as nobody knows what they would say of then now.
  package init(_ checklist: Checklist, rounds: [Round]) {
    points = rounds.sorted { $0.period < $1.period }.map { round in
      let items = round.asked.filter(\.isCounted).map { item in
        let answer = round.answers[item.key]
        return CountedItem(key: item.key, topic: item.topic, answer: answer, shown: answer?.suggested)
      }
      return Point(period: round.period, score: Score(items, goal: checklist.goal ?? 2))
    }
  }
}
