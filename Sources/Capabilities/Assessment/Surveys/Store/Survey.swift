import Nouns
import Text
import Time

/// A questionnaire that was put to many: departments of one hospital, or facilities.
package struct Survey: Sendable {
  /// Declared before the first question and never changed.
  package enum Naming: String, Sendable, CaseIterable {
    /// 記名: the sender sees who answered what.
    case named
    /// 集計のみ: answers are kept without who gave them.
    case aggregate

    package var label: Localized {
      switch self {
      case .named: Localized(ja: "記名", en: "With names")
      case .aggregate: Localized(ja: "集計のみ", en: "Counted only")
      }
    }

    /// What the one who answers is told.
    package var declaration: Localized {
      switch self {
      case .named: Localized(ja: "記名の調査です。だれがどう答えたかが、送り主に分かります。", en: "With names: the sender sees who answered what.")
      case .aggregate:
        Localized(
          ja: "集計のみの調査です。答え終えたかどうかは送り主に分かりますが、答えは、だれの答えか分からない形で残ります。送ったあとは直せません。5件より少ない数は公表しません。",
          en:
            "Counted only: the sender sees who has finished, but answers are kept without who gave them, and cannot be changed once sent. Counts below 5 are never shown."
        )
      }
    }
  }

  package enum State: String, Sendable { case open, closed }

  package enum Cycle: String, Sendable, CaseIterable { case once, month }

  package let id: String
  package let facility: FacilityID
  package let title: String
  package let questionnaire: Questionnaire
  package let naming: Naming
  package let cycle: Cycle
  package let state: State
  /// By when it is to be answered; for what is asked monthly the day of the month is its last.
  package fileprivate(set) var due: LocalDate
  /// How many there are in all, of whom a sample was asked; nil where everybody was asked.
  package let population: Int?
  package let createdAt: Instant
  package let createdBy: String

  /// What a round of today is called: empty for what is asked once, else `2026-11`.
  package func round(on day: LocalDate) -> String { cycle == .month ? String(day.iso.prefix(7)) : "" }

  /// 「2026年11月」 for `2026-11`.
  static func name(ofRound round: String) -> Localized {
    LocalDate(iso: round + "-01").map { Month(containing: $0).name } ?? Localized(both: round)
  }

  /// Whether nobody can answer a round any more, `round` nil for all of them together.
  package func isOver(_ round: String?, on day: LocalDate) -> Bool {
    state == .closed || cycle == .month && round.map { $0 < self.round(on: day) } ?? false
  }

  package func due(on day: LocalDate) -> LocalDate { cycle == .month ? Month(containing: day).last : due }

  /// The same with the day by which it is due then, which is what pages, programs and commands tell.
  func asOf(_ day: LocalDate) -> Survey {
    var copy = self
    copy.due = due(on: day)
    return copy
  }
}
