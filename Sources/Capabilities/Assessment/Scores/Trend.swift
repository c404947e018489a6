/// How the rounds of one checklist went, the oldest first.
package struct Trend: Sendable {
  package struct Point: Sendable {
    package let period: String
    package let score: Score
  }

  package let points: [Point]

  /// The same with the round of today as it counts today.
  func reading(_ period: String, _ score: Score) -> Trend {
    Trend(points: points.map { $0.period == period ? Point(period: period, score: score) : $0 })
  }

  private init(points: [Point]) { self.points = points }

  /// What the records said when each was answered counts, so that a round that is settled has one number.
  package init(_ checklist: Checklist, rounds: [Round]) {
    points = rounds.sorted { $0.period < $1.period }.map { round in
      let items = round.asked.compactMap { item in
        let answer = round.answers[item.key]
        return item.counted(answer, shown: answer?.suggested, applies: answer?.applying != nil)
      }
      return Point(period: round.period, score: Score(items, goal: checklist.goal ?? 2))
    }
  }
}
