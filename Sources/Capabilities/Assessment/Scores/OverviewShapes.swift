import Nouns
import Text
import Web

extension Assessment.Standing {
  /// How far a round is, as programs and the command line are told.
  package static let shape = JSONShape<Assessment.Standing>([
    .text("id") { $0.round.checklist.id }, .words("title") { $0.round.checklist.title },
    .text("period") { $0.round.period }, .number("items") { $0.counting.count },
    .number("answered") { $0.counting.count { $0.answer != nil } },
    .number("contradicted") { $0.count(.contradicted) }, .flag("locked") { $0.round.lockedAt != nil },
  ])
}

extension Assessment.Overview {
  /// The director's page, as programs and the command line are told.
  package static let shape = JSONShape<Assessment.Overview>([
    .list("rounds", Assessment.Reading.shape) { $0.readings }, .list("decisions", decision) { $0.decisions },
  ])

  private static let decision = JSONShape<Decision>([
    .words("title") { $0.title }, .words("reason") { $0.reason }, .text("link") { $0.link },
  ])
}

extension Assessment.Reading {
  fileprivate static let shape = JSONShape<Assessment.Reading>([
    .text("id") { $0.standing.round.checklist.id }, .words("title") { $0.standing.round.checklist.title },
    .text("period") { $0.standing.round.period }, .flag("own") { $0.standing.round.checklist.isOwn },
    .number("met") { $0.board.whole.met }, .number("applicable") { $0.board.whole.applicable },
    .count("percent") { $0.board.whole.percent }, .maybe("weakest") { $0.board.whole.weakestValue?.text },
    .number("contradicted") { $0.standing.count(.contradicted) },
  ])
}
