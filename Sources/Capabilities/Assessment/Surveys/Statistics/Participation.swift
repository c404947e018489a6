/// Who was asked and who answered, by stratum.
package struct Participation: Sendable {
  package struct Line: Sendable, Hashable {
    package let stratum: String
    package let asked: Int
    /// Began and did not finish.
    package let started: Int
    package let answered: Int
    /// Finished with 「該当なしで完了」: nothing of it applies to them.
    package let notConcerned: Int

    package var silent: Int { asked - started - answered - notConcerned }

    /// Who reacted, of those asked, in tenths of a percent, rounded to the nearest. Nil where nobody was asked.
    package var ratePermille: Int? { asked == 0 ? nil : ((answered + notConcerned) * 2000 + asked) / (2 * asked) }

    package init(stratum: String, asked: Int, started: Int, answered: Int, notConcerned: Int) {
      self.stratum = stratum
      self.asked = asked
      self.started = started
      self.answered = answered
      self.notConcerned = notConcerned
    }
  }

  package let lines: [Line]

  package init(_ lines: [Line]) { self.lines = lines }

  package var whole: Line {
    Line(
      stratum: "",
      asked: lines.reduce(0) { $0 + $1.asked },
      started: lines.reduce(0) { $0 + $1.started },
      answered: lines.reduce(0) { $0 + $1.answered },
      notConcerned: lines.reduce(0) { $0 + $1.notConcerned }
    )
  }

  /// Strata whose rate lies more than `points` tenths of a percent under that of the whole: their voice is weak in it.
  package func weak(points: Int = 100) -> [Line] {
    guard let rate = whole.ratePermille else { return [] }
    return lines.filter { line in line.ratePermille.map { $0 + points < rate } ?? false }
  }
}
