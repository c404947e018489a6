/// How a group of items stands. Unknown counts against it, what does not apply counts not at all.
package struct Score: Sendable, Hashable {
  /// The weakest link: a chain holds what its weakest part holds.
  package enum Weakest: Sendable, Hashable {
    /// No item applies.
    case nothing
    /// Nobody answered anything.
    case unknown
    case exactly(AnswerValue)
    /// What is answered is no weaker than this, but something is not answered and may be.
    case atMost(AnswerValue)
  }

  package let met: Int
  package let unmet: Int
  package let unknown: Int
  package let outside: Int
  /// How many answers count less than was claimed.
  package let lowered: Int
  package let weakest: Weakest
  /// The items that set the weakest link, in the order of the form; those without an answer where that is unknown.
  package let weakestItems: [String]

  /// Items that apply.
  package var applicable: Int { met + unmet + unknown }

  /// Of what applies, rounded down, so that 100 means all. Nil where nothing applies.
  package var percent: Int? { applicable == 0 ? nil : met * 100 / applicable }

  /// `goal` is the level that counts as met.
  package init(_ items: [CountedItem], goal: Int) {
    var counts = (met: 0, unmet: 0, unknown: 0, outside: 0)
    var lowest: AnswerValue?
    for item in items {
      switch item.value {
      case nil: counts.unknown += 1
      case .notApplicable?: counts.outside += 1
      case let value?:
        if value.reaches(goal) { counts.met += 1 } else { counts.unmet += 1 }
        if lowest.map({ value.height < $0.height }) ?? true { lowest = value }
      }
    }
    (met, unmet, unknown, outside) = counts
    lowered = items.count(where: \.isLowered)
    if let lowest {
      // Nothing is lower than the lowest answer, so that what is unknown can change nothing.
      weakest = counts.unknown == 0 || lowest.height == 0 ? .exactly(lowest) : .atMost(lowest)
      weakestItems = items.filter { $0.value == lowest }.map(\.key)
    } else {
      weakest = counts.unknown == 0 ? .nothing : .unknown
      weakestItems = items.filter { $0.value == nil }.map(\.key)
    }
  }
}

extension AnswerValue {
  /// Whether it is a yes, or a level that is at least `goal`. What is not graded is not counted and reaches nothing.
  package func reaches(_ goal: Int) -> Bool {
    switch self {
    case .yes: true
    case .no, .notApplicable, .choice, .number, .date, .text: false
    case .level(let level): level >= goal
    }
  }

  /// Where it stands among answers of its form: 0 is the lowest.
  package var height: Int {
    switch self {
    case .no: 0
    case .yes: 3
    case .level(let level): level
    case .notApplicable, .choice, .number, .date, .text: 3
    }
  }
}
