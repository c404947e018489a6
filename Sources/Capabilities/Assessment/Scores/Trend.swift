/// How the rounds of one checklist went, the oldest first.
package struct Trend: Sendable {
  package struct Point: Sendable {
    package let period: String
    package let score: Score
  }

  package let points: [Point]

  /// The same with the round that is read now as it counts now, so that one round has one number.
  func reading(_ period: String, _ score: Score) -> Trend {
    Trend(points: points.map { $0.period == period ? Point(period: period, score: score) : $0 })
  }

  private init(points: [Point]) { self.points = points }

  /// Of past rounds what the records said when each was answered counts, as nobody knows what they would say of then now.
  package init(_ checklist: Checklist, rounds: [Round]) {
    points = rounds.sorted { $0.period < $1.period }.map { round in
      let items = round.asked.compactMap { item in
        let answer = round.answers[item.key]
        return item.counted(answer, shown: answer?.suggested)
      }
      return Point(period: round.period, score: Score(items, goal: checklist.goal ?? 2))
    }
  }
}
