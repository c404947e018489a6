import Design
import Nouns
import Text

extension Fact {
  /// The value as people read it: 「3 / 120」, 「35日」; 「なし」 where what is counted from never was.
  package var figure: Localized {
    switch unit {
    case .records: Localized(both: population.map { "\(value.grouped) / \($0.grouped)" } ?? value.grouped)
    case .days where value >= Fact.never: Localized(ja: "なし", en: "never")
    case .days: Localized(ja: "\(value.grouped)日", en: value.english("day", "days"))
    }
  }
}
